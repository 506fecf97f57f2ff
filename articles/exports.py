"""The news as a table."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.exports import Column, CsvExport, iso_partial, page_address

from .filters import ArticleFilterSet
from .models import Article


class ArticleExport(CsvExport):
    queryset = Article.objects.published().for_listing().order_by("-published_at", "pk")
    filterset_class = ArticleFilterSet
    name = "news"
    columns = [
        Column(_("Published on"), lambda article: timezone.localtime(article.published_at).date()),
        Column(_("date of the event"), lambda article: iso_partial(article.event_date, article.event_precision)),
        Column(_("Kind"), lambda article: article.get_kind_display()),
        Column(_("title"), lambda article: article.title),
        Column(_("summary"), lambda article: article.lede),
        Column(_("Chamber"), lambda article: article.lead_chamber.name if article.lead_chamber else ""),
        Column(_("Source"), lambda article: article.source or ""),
        Column(_("Correction"), lambda article: article.correction),
        Column(_("Link"), page_address),
        Column(_("Identifier"), lambda article: article.uuid),
    ]
