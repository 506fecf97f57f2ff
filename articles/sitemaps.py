"""Map of the pages of the news."""

from publishing.sitemaps import RecordSitemap

from .models import Article


class ArticleSitemap(RecordSitemap):
    queryset = Article.objects.published()
    fields = ["url_year", "number", "slug"]
