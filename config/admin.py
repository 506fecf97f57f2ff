"""The editors' site: the stock Django admin with the portal's name, order and look."""

from allauth.account.views import logout
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

# The apps as an editor's day needs them, and in each the records: what is entered every week comes first.
ORDER = {
    "meetings": ["Meeting", "Agreement", "Document", "AgendaItem", "ProjectNote"],
    "articles": ["Article", "Topic"],
    "chambers": [
        "Chamber", "Person", "Membership", "Organisation", "Project", "Body", "Annex", "Editorship", "Term", "Region",
        "Province",
    ],
    "publishing": ["Source", "Redirect"],
    "accounts": ["User", "SecurityEvent"],
}  # fmt: skip


class NameableRows(AutocompleteJsonView):
    """Offer to whoever may fill a field the rows they may name in it, whether or not they may open these rows."""

    def get_queryset(self):
        if not hasattr(self.model_admin, "nameable"):
            return super().get_queryset()
        manager = self.model_admin.model._default_manager
        rows = manager.filter(self.model_admin.nameable(self.request.user, self.source_field))
        rows = rows.complex_filter(self.source_field.get_limit_choices_to())
        rows = rows.order_by(*self.model_admin.get_ordering(self.request) or self.model_admin.opts.ordering)
        found, duplicates = self.model_admin.get_search_results(self.request, rows, self.term)
        found = found.select_related(*self.model_admin.choice_select_related)
        return found.distinct() if duplicates else found

    def has_perm(self, request, obj=None):
        if not hasattr(self.model_admin, "nameable"):
            return super().has_perm(request, obj)
        source, forms = self.source_field.model, self.admin_site._registry
        parts = [inline(model, self.admin_site) for model in forms for inline in forms[model].inlines]
        filled_in = [form for form in (*forms.values(), *parts) if form.model is source]
        return any(_may_add(form, request) or form.has_change_permission(request) for form in filled_in)

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        if hasattr(self.model_admin, "choice_label"):
            result["text"] = self.model_admin.choice_label(obj)
        return result


class GhurafAdminSite(admin.AdminSite):
    site_header = _("Ghuraf, the editors' desk")
    site_title = _("Ghuraf")
    index_title = _("My tasks")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def admin_view(self, view, cacheable=False):
        # Importing any admin of ours registers it, for which this site must be there.
        from publishing.admin.history import recorded
        from publishing.admin.kept import keeping

        return keeping(self, recorded(super().admin_view(view, cacheable)))

    def autocomplete_view(self, request):
        return NameableRows.as_view(admin_site=self)(request)

    def login(self, request, extra_context=None):
        """Send to the one page of signing in; whoever is signed in and comes here may not enter."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        query = urlencode({"next": request.GET.get("next") or reverse("admin:index")})
        return redirect(f"{reverse('account_login')}?{query}")

    def logout(self, request, extra_context=None):
        return logout(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def get_urls(self):
        # The stock address would tell any member of staff where a draft of another chamber is to stand.
        from publishing.admin.bin import bin_urls

        to_site = self.admin_view(self.to_site)
        return [
            *bin_urls(self),
            path("r/<path:content_type_id>/<path:object_id>/", to_site, name="view_on_site"),
            *super().get_urls(),
        ]

    def to_site(self, request, content_type_id, object_id):
        """Lead to the public page of a row that the user may see here; raises Http404 for any other."""
        if not content_type_id.isascii() or not content_type_id.isdecimal() or len(content_type_id) > 9:
            raise Http404
        kind = get_object_or_404(ContentType, pk=content_type_id)
        row_admin = self._registry.get(kind.model_class())
        row = row_admin and row_admin.get_object(request, object_id)
        if row is None or not row_admin.has_view_permission(request, row):
            raise Http404
        return shortcut(request, content_type_id, object_id)

    def index(self, request, extra_context=None):
        """Open the desk with what its reader has to do, then the records."""
        from portal.desk import desk_of

        return super().index(request, {**desk_of(request, self), **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            models = ORDER.get(app["app_label"], [])
            app["models"].sort(key=lambda model: _place(models, model["object_name"]))
        return sorted(apps, key=lambda app: _place([*ORDER], app["app_label"]))


def _place(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _may_add(form, request) -> bool:
    is_row = isinstance(form, admin.options.InlineModelAdmin)
    return form.has_add_permission(request, None) if is_row else form.has_add_permission(request)
