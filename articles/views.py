"""Public pages of the news."""

from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from chambers.models import Project
from chambers.views import ChamberRecordList
from meetings.models import AgendaItem, Agreement, Meeting
from publishing.richtext import render as render_rich_text
from publishing.views import find_public, open_stored

from .filters import ArticleFilterSet
from .models import Article
from .structured import article_page


class ArticleList(ChamberRecordList):
    queryset = Article.objects.published().for_listing().order_by("-published_at", "pk")
    title = _("News")
    counted = ngettext_lazy("%(n)s news item", "%(n)s news items", "n")
    filterset_class = ArticleFilterSet
    template_name = "articles/article_list.html"
    section = "news"


def picture_size(picture):
    """Return (width, height) in pixels of a stored picture, None where there is none or its file is gone."""
    try:
        return (picture.width, picture.height) if picture else None
    except OSError:
        return None


def article_picture(request, year, number):
    """Send the picture of a public article; the picture of a draft has no public address."""
    article = find_public(Article.objects.all(), number=number)
    if not article.picture or article.url_year != year:
        raise Http404
    return FileResponse(open_stored(article.picture))


def article_detail(request, year, number):
    article = find_public(Article.objects.select_related("lead_chamber", "source"), number=number)
    if request.path != article.get_absolute_url():
        return HttpResponsePermanentRedirect(article.get_absolute_url())
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
        "picture_size": picture_size(article.picture),
        "body": render_rich_text(article.body),
        "meetings": list(meetings.filter(articles=article)),
        "agreements": list(Agreement.objects.published().with_stage().filter(articles=article)),
        "projects": list(Project.objects.published().filter(articles=article)),
        "chambers": list(article.chambers.all()),
        "topics": list(article.topics.all()),
        "sources": [article.source] if article.source else [],
        "more": list(more.order_by("-published_at", "pk")[:3]),
    }
    return render(request, "articles/article_detail.html", context | {"meta": article_page(context)})
