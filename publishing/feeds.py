"""Lists as Atom feeds (RFC 4287): the newest records of any filter, for readers that come back by themselves."""

import re
from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import gettext

from .addresses import absolute
from .listing import ListFilterSet, read_filters

NEWEST = 50
# A feed without entries changes only when it gets one, so it must not say that it changed just now.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# XML 1.0 has no way to write these characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class PlainAtom(Atom1Feed):
    """Atom whose summaries are plain text: Django calls them HTML."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER


class RecordFeed(Feed):
    """The records of a list that changed last; the parameters are the filters of the list, wrong ones give 400.

    Subclasses give the attributes and ``summary``. ``moments`` are the fields of which the latest is when a record
    last changed for the public: one that was scheduled changed when it came out, not when it was written. ``order``
    is that of the list, for the records of one moment.
    """

    feed_type = PlainAtom
    language = "ar-MA"
    item_guid_is_permalink = False
    queryset: QuerySet[Any]
    filterset_class: type[ListFilterSet]
    name: str | Promise
    route: str
    list_route: str
    moments = ["published_at", "updated_at"]
    order: list[str]

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        # The latest change says nothing of what was withdrawn since; the ETag, made of the content, does.
        del response["Last-Modified"]
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> ListFilterSet:
        return read_filters(request, self.filterset_class, self.queryset.all())

    def title(self, filters: ListFilterSet) -> str:
        active = [f"{chip.label}: {chip.value}" for chip in filters.chips]
        return plain(" – ".join([str(self.name), *active, gettext("Ghuraf portal")]))

    def link(self, filters: ListFilterSet) -> str:
        return self._address(self.list_route, filters)

    def feed_url(self, filters: ListFilterSet) -> str:
        return self._address(self.route, filters)

    feed_guid = feed_url

    def author_name(self) -> str:
        return gettext("Ghuraf portal")

    def items(self, filters: ListFilterSet) -> list[Any]:
        changed = filters.qs.annotate(changed=Greatest(*self.moments))
        return list(changed.order_by("-changed", *self.order)[:NEWEST])

    def item_title(self, record: Any) -> str:
        return plain(str(record))

    def item_description(self, record: Any) -> str:
        return plain(self.summary(record))

    def item_link(self, record: Any) -> str:
        return absolute(record.get_absolute_url())

    def item_guid(self, record: Any) -> str:
        return f"urn:uuid:{record.uuid}"

    def item_pubdate(self, record: Any) -> datetime:
        return record.published_at  # type: ignore[no-any-return]

    def item_updateddate(self, record: Any) -> datetime:
        return record.changed  # type: ignore[no-any-return]

    def summary(self, record: Any) -> str:
        """Return what the feed says of ``record`` under its title, as plain text."""
        raise NotImplementedError

    def _address(self, route: str, filters: ListFilterSet) -> str:
        query = filters.canonical_query
        return absolute(f"{reverse(route)}?{query}" if query else reverse(route))


def plain(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def dotted(*parts: object) -> str:
    """Return those of ``parts`` that say something, in one line."""
    return " · ".join(str(part) for part in parts if part)
