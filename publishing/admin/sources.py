"""Sources and redirects."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.models import Redirect, Source

from .choices import roles_of
from .records import RecordAdmin


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Sources are shared: whoever works in a chamber enters and mends them."""

    list_display = ["code", "outlet", "title", "issued_on"]
    list_filter = ["issued_on"]
    search_fields = ["code", "outlet", "author", "title", "url"]
    date_hierarchy = "issued_on"
    fieldsets = [
        (None, {"fields": ["code", ("outlet", "author"), "title", "url"]}),
        (_("Date and place"), {"fields": [("issued_on", "issued_precision"), "dateline", "note"]}),
    ]

    def may(self, request, act, obj=None):
        return super().may(request, act, obj) or (act != "delete" and bool(roles_of(request)))


@admin.register(Redirect)
class RedirectAdmin(RecordAdmin):
    list_display = ["old_path", "new_path", "created_at"]
    search_fields = ["old_path", "new_path"]
    fields = ["old_path", "new_path"]
