"""The bin: what was deleted at the editors' desk, what went with it, and the way back."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing import history
from publishing.history import CannotRestore, Change, ChangeKind

from .choices import is_key
from .history import A_PAGE, Reader


def bin_urls(site: Any) -> list[Any]:
    """Return the addresses of the bin of ``site``, named admin:bin and admin:bin_entry."""

    def entries(request: HttpRequest) -> HttpResponse:
        return _entries(site, request)

    def entry(request: HttpRequest, change_id: int) -> HttpResponse:
        return _entry(site, request, change_id)

    return [
        path("bin/", site.admin_view(entries), name="bin"),
        path("bin/<int:change_id>/", site.admin_view(entry), name="bin_entry"),
    ]


def _reach(site: Any, request: HttpRequest, record: str = "") -> models.Q | None:
    """Return the condition on the deletions that the user may take back, of one kind of record if one is named."""
    found = None
    for model, model_admin in site._registry.items():
        if record in ("", model._meta.label_lower) and hasattr(model_admin, "may_take_back"):
            mine = model_admin.may_take_back(request)
            if mine is not None:
                mine &= models.Q(record=model._meta.label_lower)
                found = mine if found is None else found | mine
    return found


def _entries(site: Any, request: HttpRequest) -> HttpResponse:
    """List what the user may bring back, the latest deletion first."""
    record = request.GET.get("record", "")
    reach = _reach(site, request, record)
    if reach is None:
        raise Http404
    page = Paginator(history.in_the_bin().filter(reach), A_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": _("Bin"),
        "page": page,
        "entries": [(change, kind_of(change.record), went_along(change)) for change in page],
        "record": record,
        "kind": kind_of(record, plural=True) if record else "",
    }
    return TemplateResponse(request, "admin/bin.html", context)


def kind_of(label: str, plural: bool = False) -> str:
    """Return what records of the kind ``label`` are called, or ``label`` if there are none such any more."""
    try:
        options = apps.get_model(label)._meta
    except LookupError:
        return label
    return str(capfirst(str(options.verbose_name_plural if plural else options.verbose_name)))


def went_along(change: Change) -> list[tuple[str, int]]:
    """Return the kinds of rows that were deleted with the record, each with their number."""
    counts: dict[str, int] = {}
    for row in change.rows:
        if (row["model"], row["key"]) != (change.record, change.key):
            name = kind_of(row["model"], plural=True)
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items())


def _entry(site: Any, request: HttpRequest, change_id: int) -> HttpResponse:
    """Show what was deleted, all of its values, and bring it back when told to."""
    change, places = _asked(site, request, change_id)
    reasons: list[str] = []
    if request.method == "POST":
        try:
            with transaction.atomic():
                rows, lost = history.restore(change, places)
        except CannotRestore as error:
            reasons = error.reasons
        else:
            return _brought_back(site, request, rows[0], lost)
    shown = [row for row in change.rows if places is None or (row["model"], row["key"]) in places]
    context = {
        **site.each_context(request),
        "title": _("Bring back"),
        "subtitle": change.name,
        "change": change,
        "kind": kind_of(change.record),
        "rows": Reader(site, (change.record, change.key), [shown]).rows(shown),
        "along": [] if places else went_along(change),
        "reasons": reasons,
        "place": request.GET.get("row", ""),
    }
    return TemplateResponse(request, "admin/bin_entry.html", context, status=409 if reasons else 200)


def _asked(site: Any, request: HttpRequest, change_id: int) -> tuple[Change, set[tuple[str, int]] | None]:
    """Return the deletion and the place of the one row that is asked for, if any. Raises Http404 for others' own."""
    if not is_key(change_id):
        raise Http404
    asked = request.GET.get("row", "")
    model, _colon, key = asked.partition(":")
    if not asked:
        reach = _reach(site, request)
        if reach is None:
            raise Http404
        return get_object_or_404(history.in_the_bin().filter(reach), pk=change_id), None
    change = get_object_or_404(Change, pk=change_id, kind=ChangeKind.CHANGED)
    owner = site._registry.get(apps.get_model(change.record))
    row = owner and owner.get_object(request, str(change.key))
    place = (model, int(key)) if is_key(key) else None
    deleted = {(row["model"], row["key"]) for row in change.rows if row["kind"] == ChangeKind.DELETED}
    if row is None or not owner.has_change_permission(request, row) or place not in deleted:
        raise Http404
    return change, {place}


def _brought_back(site: Any, request: HttpRequest, row: Any, lost: list[str]) -> HttpResponse:
    messages.success(request, _("Brought back: %(name)s.") % {"name": row})
    for words in lost:
        messages.warning(request, _("This did not come back: %(what)s") % {"what": words})
    owner = site._registry.get(type(row))
    if owner is None or not owner.has_view_permission(request, row):
        return HttpResponseRedirect(reverse("admin:index"))
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return HttpResponseRedirect(reverse(name, args=[row.pk]))
