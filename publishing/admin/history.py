"""The history of a record at the editors' desk: who changed what, the record at an earlier moment, and the way back.

The way back is the form itself: earlier values are put into its boxes, and its user looks them over and saves. So
they pass the same checks as what is typed, rows come back with the record, and the way back stands in the history too.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import history
from publishing.history import Change, ChangeKind

from . import seen
from .choices import is_key

UNDO = "_undo"
AS_OF = "_as_of"
A_PAGE = 20

OLD_VALUES = gettext_lazy(
    "Earlier values were put into this form and nothing is saved yet: look them over, then save. "
    "What is public and since when stays as it is."
)


# Differences as a person reads them


@dataclass
class Pair:
    label: str
    old: str
    new: str


@dataclass
class Row:
    """A row of a record, or the record itself, and what happened to it."""

    title: str
    kind: str
    kind_name: str
    # The kind and key of the row, "app.model:key".
    place: str = ""
    pairs: list[Pair] = field(default_factory=list)
    # Whether it was deleted and is brought back by a button of its own.
    by_itself: bool = False


class Reader:
    """Turns kept values into words; the names of what they point to are read once for each kind."""

    def __init__(self, site: Any, of: tuple[str, int], lists: list[list[dict[str, Any]]]) -> None:
        self.site, self.of = site, of
        keys: dict[type[models.Model], set[Any]] = defaultdict(set)
        for row in (row for rows in lists for row in rows):
            for name, pair in row["fields"].items():
                link = self._field(row["model"], name)
                if link is not None and link.remote_field:
                    for value in pair:
                        keys[link.remote_field.model].update(value if isinstance(value, list) else [value])
        self.names = {model: self._names(model, found - {None, ""}) for model, found in keys.items()}

    def _field(self, model: str, name: str) -> Any:
        try:
            return apps.get_model(model)._meta.get_field(name)
        except (LookupError, FieldDoesNotExist):
            return None  # It was there when the change was written.

    def _names(self, model: type[models.Model], keys: set[Any]) -> dict[Any, str]:
        known = self.site._registry.get(model)
        label = getattr(known, "choice_label", str)
        rows = model._base_manager.select_related(*getattr(known, "choice_select_related", ())).in_bulk(keys)
        return {key: str(label(row)) for key, row in rows.items()}

    def rows(self, rows: list[dict[str, Any]]) -> list[Row]:
        """Return ``rows`` in words, the record itself before what is part of it."""
        found = []
        for row in sorted(rows, key=lambda row: (row["model"], row["key"]) != self.of):
            is_itself = (row["model"], row["key"]) == self.of
            title = "" if is_itself else f"{self._kind_of_row(row['model'])}: {row['name']}"
            place = f"{row['model']}:{row['key']}"
            one = Row(title, row["kind"], str(ChangeKind(row["kind"]).label), place)
            for name in self._in_order(row["model"], row["fields"]):
                old, new = row["fields"][name]
                kept = self._field(row["model"], name)
                label = capfirst(str(kept.verbose_name)) if kept is not None else name
                pair = Pair(label, self.words(kept, old), self.words(kept, new))
                if pair.old != pair.new:
                    one.pairs.append(pair)
            found.append(one)
        return found

    def _in_order(self, model: str, names: Any) -> list[str]:
        """Return ``names`` in the order of the model's fields; PostgreSQL keeps an order of its own in JSON."""
        try:
            options = apps.get_model(model)._meta
        except LookupError:
            return sorted(names)
        place = {field.name: n for n, field in enumerate([*options.fields, *options.many_to_many])}
        return sorted(names, key=lambda name: (place.get(name, len(place)), name))

    def _kind_of_row(self, model: str) -> str:
        try:
            return str(capfirst(str(apps.get_model(model)._meta.verbose_name)))
        except LookupError:
            return model

    def words(self, kept: Any, value: Any) -> str:
        """Return ``value`` of the field ``kept`` as a person reads it; empty for none."""
        if value is None or value == "" or value == []:
            return ""
        if kept is not None and kept.remote_field:
            names = self.names.get(kept.remote_field.model, {})
            values = value if isinstance(value, list) else [value]
            return "، ".join(names.get(one, _("no. %(key)s, deleted since") % {"key": one}) for one in values)
        if getattr(kept, "choices", None):
            return str(dict(kept.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return "\n".join(str(one) for one in value)
        return _moment(kept, value)


def _moment(kept: Any, value: Any) -> str:
    if isinstance(kept, models.DateTimeField):
        moment = value if isinstance(value, datetime.datetime) else parse_datetime(str(value))
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else str(value)
    if isinstance(kept, models.DateField):
        day = value if isinstance(value, datetime.date) else parse_date(str(value))
        return date_format(day, "DATE_FORMAT") if day else str(value)
    if isinstance(kept, models.TimeField):
        hour = value if isinstance(value, datetime.time) else parse_time(str(value))
        return time_format(hour, "TIME_FORMAT") if hour else str(value)
    return str(value)


# Pages


class HistoryAdmin(admin.ModelAdmin):
    """A record's history, its comparison with an earlier moment, and earlier values put into its form."""

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        history.follow(model, getattr(self, "owner", None))

    def may_take_back(self, request) -> models.Q | None:
        """Return the condition on the deletions of this kind that the user may take back, or None for none at all."""
        return models.Q() if request.user.is_active and request.user.is_superuser else None

    def log_deletions(self, request, queryset):
        """Note the deletion, and say that it can be taken back."""
        entries = super().log_deletions(request, queryset)
        if self._has_bin(request):
            link = format_html('<a href="{}">{}</a>', reverse("admin:bin"), _("Open the bin"))
            words = _("What was deleted is kept in the bin, from which it can be brought back.")
            self.message_user(request, format_html("{} {}", words, link), messages.INFO)
        return entries

    def delete_view(self, request, object_id, extra_context=None):
        return super().delete_view(
            request, object_id, {"goes_to_bin": self._has_bin(request), **(extra_context or {})}
        )

    def _has_bin(self, request) -> bool:
        return history.is_record(self.model) and self.may_take_back(request) is not None

    def changelist_view(self, request, extra_context=None):
        address = f"{reverse('admin:bin')}?{urlencode({'record': self.opts.label_lower})}"
        bin_of = address if self._has_bin(request) else ""
        return super().changelist_view(request, {"bin_of": bin_of, **(extra_context or {})})

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_moment"
        view = self.admin_site.admin_view(self.moment_view)
        return [path("<path:object_id>/history/<int:change_id>/", view, name=name), *super().get_urls()]

    def _visible(self, request, object_id):
        """Return the present row, if the user may see it; what it once was is theirs only if it is now."""
        row = self.get_object(request, admin.utils.unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def history_view(self, request, object_id, extra_context=None):
        if not history.is_followed(self.model):
            return super().history_view(request, object_id, extra_context)
        row = self._visible(request, object_id)
        root = history.root_of(row)
        if root is not row:
            return self._history_of(request, root)
        found = Change.objects.filter(record=self.opts.label_lower, key=row.pk)
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        changes = list(page)
        may_change = self.has_change_permission(request, row)
        context = {
            **self._context(request, row, _("History")),
            "page": page,
            "changes": self._in_words(changes, row, may_change),
            "may_change": may_change,
        }
        return TemplateResponse(request, "admin/history.html", context | (extra_context or {}))

    def _in_words(self, changes, row, may_change):
        """Return the changes with their rows in words; a deleted row without boxes in the form comes by itself."""
        reader = Reader(self.admin_site, (self.opts.label_lower, row.pk), [change.rows for change in changes])
        in_form = {inline.model._meta.label_lower for inline in self.inlines}
        found = [(change, reader.rows(change.rows)) for change in changes]
        for change, rows in found:
            for one in rows if may_change and change.kind == ChangeKind.CHANGED else []:
                one.by_itself = one.kind == ChangeKind.DELETED and one.place.partition(":")[0] not in in_form
        return found

    def _history_of(self, request, root):
        """Lead from a row to the history of its record, in which it stands."""
        owner = self.admin_site._registry.get(type(root))
        if owner is None or not owner.has_view_or_change_permission(request, root):
            raise PermissionDenied
        name = f"admin:{owner.opts.app_label}_{owner.opts.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[admin.utils.quote(root.pk)]))

    def moment_view(self, request, object_id, change_id):
        """Show what differs between the record right after a change and now."""
        row = self._visible(request, object_id)
        change = self._change(row, change_id)
        rows = history.since(change, history.state_of(self.model, row.pk))
        context = {
            **self._context(request, row, _("Then and now")),
            "change": change,
            "rows": Reader(self.admin_site, (self.opts.label_lower, row.pk), [rows]).rows(rows),
            "may_change": self.has_change_permission(request, row),
        }
        return TemplateResponse(request, "admin/history_moment.html", context)

    def _context(self, request, row, title):
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(row),
            "opts": self.opts,
            "object": row,
            "media": self.media,
        }

    def _change(self, row, change_id) -> Change:
        if not is_key(change_id):
            raise Http404
        return get_object_or_404(Change, pk=change_id, record=self.opts.label_lower, key=row.pk)

    # Earlier values in the form

    def bring_earlier_values(self, request, object_id) -> bool:
        """Fill ``request`` with the form as it would be sent with the earlier values that its address asks for."""
        asked = request.GET.get(UNDO) or request.GET.get(AS_OF)
        if request.method != "GET" or object_id is None or not asked:
            return False
        row = self._visible(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        change = self._change(row, asked)
        rows = change.rows if UNDO in request.GET else history.since(change, history.state_of(self.model, row.pk))
        with transaction.atomic():
            form, formsets = self._as_stored(request, row)
            data = as_sent(form, formsets)
            note = seen.state_of(form, formsets)
        data[seen.SEEN] = seen.seal(request.user, request.opened_at, self._note_name(row), note)
        kept_back = {*getattr(self, "publication_fields", ()), *getattr(self, "moments", ())}
        for one in rows:
            put_back(one, row, form, formsets, data, kept_back)
        # Reading the files first: a request made a POST afterwards would read its empty body over what is put in.
        _no_files = request.FILES
        request.method, request.POST = "POST", data
        return True


def recorded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return ``view`` such that what it writes is one transaction and stands in the history."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic(), history.recording(request.user):
            return view(request, *args, **kwargs)

    return inner


def as_sent(form: Any, formsets: list[Any]) -> QueryDict:
    """Return what a browser sends if nobody touches ``form`` and ``formsets``."""
    data = QueryDict(mutable=True)
    for name, box in seen.fields_of(form).items():
        seen.write(box, name, data, seen.untouched(box, form.get_initial_for_field(box, name)))
    for formset in formsets:
        boxes = seen.row_fields(formset)
        rows = list(formset.get_queryset())
        for name, value in {"TOTAL": len(rows), "INITIAL": len(rows), "MIN_NUM": 0, "MAX_NUM": 1000}.items():
            data[f"{formset.prefix}-{name}_FORMS"] = str(value)
        for index, row in enumerate(rows):
            data[f"{formset.prefix}-{index}-{row._meta.pk.name}"] = str(row.pk)
            for name, box in boxes.items():
                kept = next((one for one in fields_named(row, name)), None)
                value = kept.value_from_object(row) if kept is not None else box.initial
                seen.write(box, f"{formset.prefix}-{index}-{name}", data, seen.untouched(box, value))
    return data


def fields_named(row: Any, name: str) -> list[Any]:
    return [one for one in row._meta.concrete_fields if one.name == name]


def put_back(
    one: dict[str, Any], row: Any, form: Any, formsets: list[Any], data: QueryDict, kept_back: set[str]
) -> None:
    """Put the old values of ``one`` row of a change into ``data``, as far as the form has boxes for them."""
    if (one["model"], one["key"]) == (row._meta.label_lower, row.pk):
        for name, box in seen.fields_of(form).items():
            if name in one["fields"] and name not in kept_back:
                seen.write(box, name, data, seen.untouched(box, _python(row, name, one["fields"][name][0])))
        return
    formset = next((each for each in formsets if each.model._meta.label_lower == one["model"]), None)
    if formset is None:
        return
    prefix, boxes = formset.prefix, seen.row_fields(formset)
    index = seen.Rows(formset, data).keys.get(str(one["key"]))
    if one["kind"] == ChangeKind.ADDED:
        if index is not None:
            data[f"{prefix}-{index}-{seen.DELETED}"] = "on"
        return
    is_gone = index is None
    if is_gone and one["kind"] != ChangeKind.DELETED:
        return
    if is_gone:
        index = int(data[f"{prefix}-TOTAL_FORMS"])
        data[f"{prefix}-TOTAL_FORMS"] = str(index + 1)
        for name, box in boxes.items():
            seen.write(box, f"{prefix}-{index}-{name}", data, seen.untouched(box, box.initial))
    places = {data.get(f"{prefix}-{each}-position") for each in range(int(data[f"{prefix}-TOTAL_FORMS"]))}
    for name, box in boxes.items():
        if name in one["fields"]:
            value = _python(formset.model, name, one["fields"][name][0])
            if is_gone and name == "position" and str(value) in places:
                continue  # Another row has taken its place: it goes behind all others.
            seen.write(box, f"{prefix}-{index}-{name}", data, seen.untouched(box, value))


def _python(model: Any, name: str, value: Any) -> Any:
    """Return ``value`` from a change as the field ``name`` of ``model`` holds it."""
    kept = model._meta.get_field(name)
    if value is None or kept.remote_field:
        return value
    try:
        return kept.to_python(value)
    except ValidationError:
        return value
