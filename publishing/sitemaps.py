"""Maps of the site for crawlers (sitemaps.org): every public record of a kind, and when it last changed."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Greatest


class PublicSitemap(Sitemap):
    """Addresses under the public address of the site, whatever host the request named."""

    # A crawler takes 50,000 at once; a tenth of that is answered before a proxy grows impatient.
    limit = 5_000

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return settings.BASE_URL.partition("://")[2]

    def extent(self) -> tuple[int, datetime | None]:
        """Return how many pages the map has and when what it lists last changed, if that is known."""
        return self.paginator.num_pages, None


class RecordSitemap(PublicSitemap):
    """The public records of ``queryset``; ``fields`` are those that an address is made of."""

    queryset: QuerySet[Any]
    fields: list[str]

    def items(self) -> QuerySet[Any]:
        return self._changed().only(*self.fields).order_by("pk")

    def lastmod(self, record: Any) -> datetime:
        return record.changed  # type: ignore[no-any-return]

    def extent(self) -> tuple[int, datetime | None]:
        found = self._changed().aggregate(n=Count("pk"), latest=Max("changed"))
        return max(1, -(-found["n"] // self.limit)), found["latest"]

    def _changed(self) -> QuerySet[Any]:
        # A scheduled record changed for the public when it came out.
        changed: QuerySet[Any] = self.queryset.annotate(changed=Greatest("published_at", "updated_at"))
        return changed
