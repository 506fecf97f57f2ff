"""Two people at one record: what a form has seen travels with it, and nothing unseen is overwritten.

A form carries, signed, what its boxes would have sent untouched. When it comes back, that is compared with what is
stored by then and with what was typed. If somebody changed the record or a row of it meanwhile, nothing is saved: what
they changed and the writer did not is taken into the form, what both changed is shown both ways, and the form is sent
again over what its writer has now seen.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .choices import is_key

SEEN = "_seen"
TAKE = "_take"
SALT = "publishing.admin.seen"
DELETED = DELETION_FIELD_NAME
MOST_WRITERS = 5

# What the boxes of one form hold, by field, as strings; what is empty is left out.
Parts = list[str]
Boxes = dict[str, Parts]
# The boxes of a record's form under "" and "", those of its rows under the formset's prefix and the row's key.
State = dict[str, dict[str, Boxes]]


# Boxes


def _widget(box: forms.Field) -> forms.Widget:
    return box.widget.widget if isinstance(box.widget, RelatedFieldWidgetWrapper) else box.widget


def _names(box: forms.Field, name: str) -> list[str]:
    widget = _widget(box)
    return [name + ending for ending in widget.widgets_names] if isinstance(widget, forms.MultiWidget) else [name]


def _is_many(box: forms.Field) -> bool:
    return bool(getattr(_widget(box), "allow_multiple_selected", False))


def untouched(box: forms.Field, value: Any) -> Parts:
    """Return what ``box`` sends if it holds ``value`` and nobody touches it."""
    widget = _widget(box)
    value = box.prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        parts = value if isinstance(value, list | tuple) else widget.decompress(value)
        shown = [one.format_value(part) for one, part in zip(widget.widgets, parts, strict=True)]
    elif isinstance(widget, forms.FileInput):
        shown = [getattr(value, "name", value) if value else ""]
    elif isinstance(widget, forms.CheckboxInput):
        shown = ["on" if value else ""]
    else:
        given = widget.format_value(value)
        shown = given if isinstance(given, list | tuple) else [given]
    return ["" if part is None else str(part) for part in shown]


def _typed(box: forms.Field, name: str, data: QueryDict, files: Any, held: Parts) -> Parts:
    """Return what was sent for ``box``; a file box that was left alone sends nothing and holds what it held."""
    widget = _widget(box)
    if isinstance(widget, forms.FileInput):
        if name in files:
            return [files[name].name]
        return [""] if f"{name}-clear" in data else held
    if isinstance(widget, forms.CheckboxInput):
        return ["on" if widget.value_from_datadict(data, files, name) else ""]
    return data.getlist(name) if _is_many(box) else [data.get(one, "") for one in _names(box, name)]


def write(box: forms.Field, name: str, data: QueryDict, parts: Parts) -> None:
    """Put ``parts`` into ``data`` as if ``box`` had sent them; a file stays where it is."""
    widget = _widget(box)
    if isinstance(widget, forms.FileInput):
        return
    if _is_many(box) or (isinstance(widget, forms.CheckboxInput) and parts != ["on"]):
        data.pop(name, None)
        if _is_many(box):
            data.setlist(name, [part for part in parts if part])
        return
    names = _names(box, name)
    for one, part in zip(names, [*parts, *[""] * len(names)], strict=False):
        data[one] = part


def _value(box: forms.Field, parts: Parts) -> Any:
    """Return what ``parts`` mean, so that two ways of writing one value are equal."""
    if isinstance(box, forms.ModelChoiceField | forms.MultipleChoiceField):
        return sorted(part for part in parts if part)
    parts = [part.replace("\r\n", "\n") for part in parts]
    if isinstance(box, forms.FileField):
        return parts[:1] or [""]
    try:
        if isinstance(box, forms.MultiValueField):
            return box.clean(parts) if any(parts) else None
        return box.to_python(parts[0] if parts else "")
    except ValidationError:
        return parts


def _is_same(box: forms.Field, one: Parts, other: Parts) -> bool:
    return one == other or _value(box, one) == _value(box, other)


def _shown(box: forms.Field, parts: Parts) -> str:
    """Return ``parts`` as a person reads them."""
    filled = [part for part in parts if part]
    if isinstance(box, forms.ModelChoiceField):
        rows = getattr(box, "every", box.queryset).filter(pk__in=[part for part in filled if is_key(part)])
        return "، ".join(str(box.label_from_instance(row)) for row in rows)
    if isinstance(box, forms.BooleanField) and isinstance(_widget(box), forms.CheckboxInput):
        return _("yes") if filled else _("no")
    choices = getattr(_widget(box), "choices", None)
    if choices is not None:
        words = {}
        for key, label in choices:
            words.update({str(k): v for k, v in label} if isinstance(label, list | tuple) else {str(key): label})
        return "، ".join(str(words.get(part, part)) for part in filled)
    return " ".join(filled)


# What a form has seen


def fields_of(form: forms.ModelForm, *left_out: str) -> dict[str, forms.Field]:
    return {name: box for name, box in form.fields.items() if name not in left_out and not box.disabled}


def row_fields(formset: Any) -> dict[str, forms.Field]:
    """Return the fields that each row of ``formset`` shows, what holds it to its record aside."""
    return fields_of(formset.empty_form, formset.model._meta.pk.name, formset.fk.name, DELETED)


def state_of(form: forms.ModelForm, formsets: Iterable[Any]) -> State:
    """Return what the boxes of ``form`` and of the stored rows of ``formsets`` hold, untouched."""
    own = fields_of(form)
    state: State = {"": {"": _boxes(own, {name: form.get_initial_for_field(own[name], name) for name in own})}}
    for formset in formsets:
        boxes = row_fields(formset)
        state[formset.prefix] = {
            str(row.pk): _boxes(boxes, model_to_dict(row, fields=[*boxes])) for row in formset.get_queryset()
        }
    return state


def _boxes(boxes: dict[str, forms.Field], values: dict[str, Any]) -> Boxes:
    found = {name: untouched(box, values.get(name)) for name, box in boxes.items()}
    return {name: parts for name, parts in found.items() if any(parts)}


def seal(user: Any, at: datetime, of: str, state: State | None) -> str:
    """Return the signed note of what ``user`` saw of the record ``of`` from ``at`` on; ``None`` for a new one."""
    return signing.dumps({"user": user.pk, "at": at.timestamp(), "of": of, "state": state}, salt=SALT, compress=True)


def unseal(note: str, of: str | None = None) -> dict[str, Any] | None:
    """Return what ``note`` says, if it is ours and, where ``of`` is given, of that record."""
    try:
        found: dict[str, Any] = signing.loads(note, salt=SALT)
    except signing.BadSignature:
        return None
    return found if of is None or found["of"] == of else None


# What changed meanwhile


@dataclass
class Difference:
    """One field that somebody else changed; ``take`` names it where the writer changed it too."""

    label: str
    seen: str
    stored: str
    mine: str = ""
    take: str = ""


@dataclass
class Part:
    """The record itself, or one row of it, with what somebody else did to it."""

    title: str = ""
    note: str = ""
    differences: list[Difference] = field(default_factory=list)


@dataclass
class Writer:
    """One saving by somebody else, or by the same person in another window."""

    name: str
    at: datetime
    is_oneself: bool


class Rows:
    """The rows of one formset as they were sent, to be put in another order and sent on."""

    def __init__(self, formset: Any, data: QueryDict) -> None:
        self.prefix = formset.prefix
        self.pk_name = formset.model._meta.pk.name
        self.data = data
        self.count = self._number("INITIAL_FORMS")
        self.keys = {
            data.get(f"{self.prefix}-{index}-{self.pk_name}", ""): index for index in range(min(self.count, 2000))
        }

    def _number(self, name: str) -> int:
        value = self.data.get(f"{self.prefix}-{name}", "")
        return int(value) if is_key(value) else 0

    def name(self, index: int, box: str) -> str:
        return f"{self.prefix}-{index}-{box}"

    def rearrange(self, dropped: set[int], freed: set[int], added: list[tuple[str, Boxes, dict]]) -> None:
        """Leave ``dropped`` rows out, make ``freed`` ones new, and put ``added`` ones behind the stored ones."""
        pattern = re.compile(rf"{re.escape(self.prefix)}-([0-9]{{1,4}})-(.+)")
        sent: dict[int, dict[str, list[str]]] = {}
        for name in [name for name in self.data if pattern.fullmatch(name)]:
            index, box = pattern.fullmatch(name).groups()  # type: ignore[union-attr]  # it matched the line before
            sent.setdefault(int(index), {})[box] = self.data.pop(name)
        stored = [sent[index] for index in sorted(sent) if index < self.count and index not in dropped | freed]
        fresh = [sent[index] for index in sorted(sent) if index in freed or index >= self.count]
        for index in freed:
            sent[index][self.pk_name] = [""]
            sent[index].pop(DELETED, None)
        for index, row in enumerate([*stored, *[{} for _row in added], *fresh]):
            for box, values in row.items():
                self.data.setlist(self.name(index, box), values)
        for index, (pk, parts, boxes) in enumerate(added, start=len(stored)):
            self.data[self.name(index, self.pk_name)] = pk
            for name, box in boxes.items():
                write(box, self.name(index, name), self.data, parts.get(name, [""]))
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(stored) + len(added))
        self.data[f"{self.prefix}-TOTAL_FORMS"] = str(len(stored) + len(added) + len(fresh))


class Comparison:
    """What was sent for ``form`` beside what it had seen and what is stored; ``data`` is what to go on with."""

    def __init__(self, form: forms.ModelForm, formsets: list[Any], seen: State | None, data: QueryDict, files: Any):
        self.form, self.formsets, self.seen, self.files = form, formsets, seen, files
        self.stored = state_of(form, formsets)
        self.data = data.copy()
        self.parts: list[Part] = []
        self._take()
        self._compare_record()
        for formset in formsets:
            self._compare_rows(formset)

    def _take(self) -> None:
        """Put in what is stored wherever the writer, having seen it, chose it."""
        for choice in self.data.getlist(TAKE):
            prefix, _colon, rest = choice.partition(":")
            pk, _colon, name = rest.partition(":")
            parts = self.stored.get(prefix, {}).get(pk)
            formset = next((one for one in self.formsets if one.prefix == prefix), None)
            boxes = row_fields(formset) if formset is not None else fields_of(self.form)
            index = Rows(formset, self.data).keys.get(pk) if formset is not None else None
            if parts is None or (formset is not None and index is None):
                continue
            sent = name if index is None else f"{prefix}-{index}-{name}"
            if name == DELETED:
                self.data.pop(sent, None)
            elif name in boxes:
                write(boxes[name], sent, self.data, parts.get(name, [""]))
        self.data.pop(TAKE, None)

    def _compare_record(self) -> None:
        seen = self.seen[""][""] if self.seen is not None else None
        found = [*self._differences("", "", fields_of(self.form), seen, self.stored[""][""], "")]
        if found:
            self.parts.append(Part(differences=found))

    def _differences(
        self, prefix: str, pk: str, boxes: dict[str, forms.Field], seen: Boxes | None, stored: Boxes, sent: str
    ) -> Iterator[Difference]:
        for name, box in boxes.items():
            now = stored.get(name, [""])
            if seen is not None and _is_same(box, seen.get(name, [""]), now):
                continue
            before = seen.get(name, [""]) if seen is not None else now
            mine = _typed(box, f"{sent}{name}", self.data, self.files, before)
            if _is_same(box, mine, now):
                continue
            found = Difference(capfirst(str(box.label or name)), _shown(box, before), _shown(box, now))
            if seen is not None and _is_same(box, mine, before):
                write(box, f"{sent}{name}", self.data, now)
            else:
                found.mine = _shown(box, mine)
                found.take = f"{prefix}:{pk}:{name}"
            yield found

    def _compare_rows(self, formset: Any) -> None:
        stored = self.stored[formset.prefix]
        seen = self.seen.get(formset.prefix, {}) if self.seen is not None else None
        if f"{formset.prefix}-INITIAL_FORMS" not in self.data:
            return
        rows, boxes = Rows(formset, self.data), row_fields(formset)
        names = {str(row.pk): row for row in formset.get_queryset()}
        for place, (pk, row) in enumerate(names.items(), start=1):
            if pk not in rows.keys:
                continue
            index = rows.keys[pk]
            before = seen.get(pk) if seen is not None else None
            found = [*self._differences(formset.prefix, pk, boxes, before, stored[pk], rows.name(index, ""))]
            if found and rows.name(index, DELETED) in self.data:
                # It was to go, but not as it is now.
                take = f"{formset.prefix}:{pk}:{DELETED}"
                found = [Difference(one.label, one.seen, one.stored) for one in found]
                found.append(Difference(_("Delete this row"), "", _("kept"), _("to be deleted"), take))
            if found:
                self.parts.append(Part(_row_title(formset, place, row), differences=found))
        added = [pk for pk in stored if pk not in rows.keys and (seen is None or pk not in seen)]
        for pk in added:
            title = _row_title(formset, [*names].index(pk) + 1, names[pk])
            self.parts.append(Part(title, _("This row was added."), [*_described(boxes, {}, stored[pk])]))
        gone = [pk for pk in rows.keys if seen is not None and pk in seen and pk not in stored]
        dropped, freed = set(), set()
        for pk in gone:
            index = rows.keys[pk]
            part = Part(f"{_model_name(formset)} {index + 1}", _("This row was deleted."))
            mine = {
                name: _typed(box, rows.name(index, name), self.data, self.files, seen[pk].get(name, [""]))
                for name, box in boxes.items()
            }
            touched = [name for name in boxes if not _is_same(boxes[name], mine[name], seen[pk].get(name, [""]))]
            part.differences = [*_described(boxes, seen[pk], {})]
            if touched and rows.name(index, DELETED) not in self.data:
                part.note = _("This row was deleted, but you changed it: it stands among the new rows of your form.")
                for one in part.differences:
                    one.mine = next((_shown(boxes[n], mine[n]) for n in touched if _label(boxes, n) == one.label), "")
                freed.add(index)
            else:
                dropped.add(index)
            self.parts.append(part)
        if added or gone:
            rows.rearrange(dropped, freed, [(pk, stored[pk], boxes) for pk in added])


def _label(boxes: dict[str, forms.Field], name: str) -> str:
    return capfirst(str(boxes[name].label or name))


def _described(boxes: dict[str, forms.Field], before: Boxes, now: Boxes) -> Iterator[Difference]:
    for name, box in boxes.items():
        if name in before or name in now:
            yield Difference(
                _label(boxes, name), _shown(box, before.get(name, [""])), _shown(box, now.get(name, [""]))
            )


def _model_name(formset: Any) -> str:
    return str(capfirst(str(formset.model._meta.verbose_name)))


def _row_title(formset: Any, place: int, row: Model) -> str:
    return f"{_model_name(formset)} {getattr(row, 'position', None) or place}: {row}"


def writers(user: Any, row: Model, formsets: Iterable[Any], seen: dict[str, Any] | None) -> list[Writer]:
    """Return who saved ``row`` or one of its rows since it was ``seen``, the last first."""
    if seen is None:
        return []
    of = Q(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
    for formset in formsets:
        known = {str(one.pk) for one in formset.get_queryset()} | {*(seen["state"] or {}).get(formset.prefix, {})}
        if known:
            of |= Q(content_type=ContentType.objects.get_for_model(formset.model), object_id__in=known)
    since = datetime.fromtimestamp(seen["at"], tz=timezone.get_current_timezone())
    entries = LogEntry.objects.filter(of, action_time__gte=since).select_related("user").order_by("-action_time")
    return [
        Writer(entry.user.get_full_name() or entry.user.get_username(), entry.action_time, entry.user_id == user.pk)
        for entry in entries[:MOST_WRITERS]
    ]
