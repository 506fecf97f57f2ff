"""Maps of the pages of chambers and of those around them."""

from publishing.sitemaps import PublicSitemap, RecordSitemap

from .models import Chamber, Organisation, Person, Project


class ChamberSitemap(PublicSitemap):
    """All chambers, those closed too: their pages stay. When one last changed is not recorded."""

    def items(self):
        return Chamber.objects.only("slug").order_by("pk")


class PersonSitemap(RecordSitemap):
    queryset = Person.objects.published()
    fields = ["number", "latin_name"]


class OrganisationSitemap(RecordSitemap):
    queryset = Organisation.objects.published()
    fields = ["number", "slug"]


class ProjectSitemap(RecordSitemap):
    queryset = Project.objects.published()
    fields = ["number", "slug"]
