"""Maps of the pages of meetings, agreements and documents."""

from publishing.sitemaps import RecordSitemap

from .models import Agreement, Document, Meeting


class MeetingSitemap(RecordSitemap):
    queryset = Meeting.objects.published()
    fields = ["url_year", "slug"]


class AgreementSitemap(RecordSitemap):
    queryset = Agreement.objects.published()
    fields = ["url_year", "number", "slug"]


class DocumentSitemap(RecordSitemap):
    queryset = Document.objects.published()
    fields = ["number", "slug"]
