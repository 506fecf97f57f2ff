"""Public pages of the news."""

import logging

from django.core.files.storage import default_storage
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from chambers.models import Project
from chambers.views import ChamberRecordList
from meetings.models import AgendaItem, Agreement, Meeting
from publishing.richtext import render as render_rich_text
from publishing.views import find_public
from uploads.sending import harmless

from .filters import ArticleFilterSet
from .models import Article
from .pictures import page_size, rendition
from .structured import article_page

logger = logging.getLogger(__name__)


class ArticleList(ChamberRecordList):
    queryset = Article.objects.published().for_listing().order_by("-published_at", "pk")
    filterset_class = ArticleFilterSet
    template_name = "articles/article_list.html"
    title = _("News")
    counted = ngettext_lazy("%(n)s news item", "%(n)s news items", "n")
    exports = {"csv": "articles:export", "atom": "articles:feed"}
    section = "news"


def article_picture(request, year, number, size="page"):
    """Send the picture of a public article; the picture of a draft has no public address."""
    article = find_public(Article.objects.all(), number=number)
    if not article.picture or article.url_year != year:
        raise Http404
    try:
        name = rendition(article.picture, size)
    except OSError as broken:
        logger.error("The picture %s of article %s cannot be shown: %s", article.picture.name, article.number, broken)
        raise Http404 from broken
    return harmless(FileResponse(default_storage.open(name), content_type="image/webp"))


def article_detail(request, year, number):
    article = find_public(Article.objects.select_related("lead_chamber", "source"), number=number)
    if request.path != article.get_absolute_url():
        return HttpResponsePermanentRedirect(article.get_absolute_url())
    return render(request, "articles/article_detail.html", article_context(article))


def article_context(article):
    """Return what the page of ``article`` is made of."""
    results = AgendaItem.objects.with_public_results()
    meetings = (
        Meeting.objects.published().for_listing().prefetch_related(Prefetch("items", results, to_attr="results"))
    )
    more = Article.objects.published().for_listing().exclude(pk=article.pk)
    if article.lead_chamber:
        more = more.filter(lead_chamber=article.lead_chamber)
    context = {
        "article": article,
        "chamber": article.lead_chamber,
        "picture_size": page_size(article.picture),
        "body": render_rich_text(article.body),
        "meetings": list(meetings.filter(articles=article)),
        "agreements": list(Agreement.objects.published().with_stage().filter(articles=article)),
        "projects": list(Project.objects.published().filter(articles=article)),
        "chambers": list(article.chambers.all()),
        "topics": list(article.topics.all()),
        "sources": [article.source] if article.source else [],
        "more": list(more.order_by("-published_at", "pk")[:3]),
    }
    return context | {"meta": article_page(context)}
