"""Sources and redirects."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.history import parent_field
from publishing.models import Redirect, Source

from .choices import remembered, roles_of
from .records import RecordAdmin


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Sources are shared: whoever works in a chamber enters them, and mends those that only their own records name."""

    list_display = ["code", "outlet", "title", "issued_on"]
    list_filter = ["issued_on"]
    search_fields = ["code", "outlet", "author", "title", "url"]
    date_hierarchy = "issued_on"
    fieldsets = [
        (None, {"fields": ["code", ("outlet", "author"), "title", "url"]}),
        (_("Date and place"), {"fields": [("issued_on", "issued_precision"), "dateline", "note"]}),
    ]

    def may(self, request, act, obj=None):
        if super().may(request, act, obj) or act == "delete" or not roles_of(request):
            return super().may(request, act, obj)
        if act != "change" or obj is None:
            return True
        return remembered(request, (self.opts.label, act, obj.pk), lambda: not self._is_named_elsewhere(request, obj))

    def _is_named_elsewhere(self, request, source) -> bool:
        """Say whether a record that the user may not change names ``source``: its pages would change with it."""
        for link in self.opts.get_fields(include_hidden=True):
            if not link.one_to_many:
                continue
            rows = link.related_model._base_manager.filter(**{link.field.name: source})
            owner, path = self.admin_site._registry.get(link.related_model), "pk"
            if owner is None:
                parent = parent_field(link.related_model)
                owner, path = self.admin_site._registry[parent.remote_field.model], parent.name
            theirs = owner.model._base_manager.filter(owner.reach(request.user, "change"))
            if rows.exclude(**{f"{path}__in": theirs.values("pk")}).exists():
                return True
        return False


@admin.register(Redirect)
class RedirectAdmin(RecordAdmin):
    list_display = ["old_path", "new_path", "created_at"]
    search_fields = ["old_path", "new_path"]
    fields = ["old_path", "new_path"]
