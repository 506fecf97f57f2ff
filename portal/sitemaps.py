"""The map of the whole site: one of its own for each kind of record, and one for the lists."""

from django.urls import reverse

from articles.sitemaps import ArticleSitemap
from chambers.sitemaps import ChamberSitemap, OrganisationSitemap, PersonSitemap, ProjectSitemap
from meetings.sitemaps import AgreementSitemap, DocumentSitemap, MeetingSitemap
from publishing.sitemaps import PublicSitemap


class PageSitemap(PublicSitemap):
    """The pages that are there whatever is recorded: home, about, the figures and the lists of the whole portal."""

    def items(self):
        return [
            "portal:home", "portal:about", "chambers:list", "meetings:list", "meetings:decisions",
            "meetings:agreements", "articles:list", "chambers:people", "chambers:all_offices",
            "chambers:organisations", "chambers:projects", "meetings:documents", "portal:figures",
        ]  # fmt: skip

    def location(self, route):
        return reverse(route)


SITEMAPS = {
    "pages": PageSitemap,
    "chambers": ChamberSitemap,
    "meetings": MeetingSitemap,
    "agreements": AgreementSitemap,
    "documents": DocumentSitemap,
    "news": ArticleSitemap,
    "people": PersonSitemap,
    "organisations": OrganisationSitemap,
    "projects": ProjectSitemap,
}
