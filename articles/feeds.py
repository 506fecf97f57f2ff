"""The feed of the news."""

from django.utils.translation import gettext_lazy as _

from publishing.feeds import RecordFeed, dotted

from .filters import ArticleFilterSet
from .models import Article


class ArticleFeed(RecordFeed):
    queryset = Article.objects.published().for_listing()
    filterset_class = ArticleFilterSet
    name = _("News")
    route = "articles:feed"
    list_route = "articles:list"
    order = ["-published_at", "pk"]

    def summary(self, article):
        whence = dotted(article.lead_chamber, article.source)
        return "\n".join(filter(None, [article.lede, article.correction, whence]))
