"""Who changed what and when: each saving at the editors' desk, with the old and new values of a record and its rows.

A ``Change`` holds only what differs. What a record was at an earlier moment follows from what it is now by taking the
later changes back, so a record that was loaded and never touched needs no history. Rows are the records that are part
of another one: those whose foreign key to it cascades.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.db.models.signals import m2m_changed, pre_delete, pre_save
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search.upkeep import gathered

# What every saving changes, or what nobody reads. It is kept of what is deleted, so that all of it can come back.
SILENT = {"created_at", "updated_at", "created_by", "changed_by", "uuid"}

Values = dict[str, Any]
# The kind and key of a row, then the row and what its fields hold.
State = dict[tuple[str, int], tuple[models.Model, Values]]


class ExactEncoder(DjangoJSONEncoder):
    """JSON with moments to the microsecond, so that what comes back is what was there."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime.datetime) else super().default(o)


class ChangeKind(models.TextChoices):
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")


class Change(models.Model):
    """One saving of one record: by whom, when, and for each row that differs the old and the new values."""

    record = models.CharField(_("kind of record"), max_length=60)
    key = models.BigIntegerField(_("key"))
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("what was done"), max_length=7, choices=ChangeKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("user")
    )
    user_name = models.CharField(_("name of the user"), max_length=310)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    rows = models.JSONField(_("what differs"), encoder=ExactEncoder)
    # The key of the chamber whose record it was, or none: who may bring back what is deleted is asked of it.
    owner = models.BigIntegerField(_("key of the chamber"), null=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["record", "key", "-id"], name="change_of_record"),
            models.Index(fields=["-id"], condition=models.Q(kind="deleted"), name="change_deletions"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ChangeKind.values), name="change_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"


# What belongs to a record


def parent_field(model: type[models.Model]) -> Any:
    """Return the foreign key to the record that ``model`` is a part of, or None."""
    links = (field for field in model._meta.fields if field.many_to_one)
    return next((link for link in links if link.remote_field.on_delete is models.CASCADE), None)  # type: ignore[union-attr]


def is_followed(model: type[models.Model]) -> bool:
    """Say whether changes of ``model`` are kept here; what gives users their rights is recorded with the accounts."""
    users = settings.AUTH_USER_MODEL.lower()
    return not any(
        field.many_to_one and field.remote_field.model._meta.label_lower == users  # type: ignore[union-attr]
        for field in model._meta.fields
        if getattr(field.remote_field, "on_delete", None) is models.CASCADE
    )


def is_record(model: type[models.Model]) -> bool:
    """Say whether ``model`` is followed and stands by itself, not as part of another record."""
    return is_followed(model) and parent_field(model) is None


def root_of(row: Any) -> models.Model:
    """Return the record that ``row`` is a part of, or ``row`` itself."""
    field = parent_field(type(row))
    parent = getattr(row, field.name) if field is not None and getattr(row, field.attname) is not None else None
    return row if parent is None else parent  # type: ignore[no-any-return]


def _parts(model: type[models.Model]) -> list[Any]:
    return [
        link
        for link in model._meta.related_objects
        if link.one_to_many and link.on_delete is models.CASCADE and is_followed(link.related_model)
    ]


def fields_of(model: type[models.Model]) -> list[Any]:
    """Return the fields of ``model`` whose values are kept."""
    own = [field for field in model._meta.concrete_fields if not field.primary_key and not field.generated]
    return [field for field in own if field.name not in SILENT]


def _values(row: models.Model) -> Values:
    return {field.name: field.get_prep_value(field.value_from_object(row)) for field in fields_of(type(row))}


def _silent_values(row: models.Model) -> Values:
    """Return what a deletion does not show and its way back needs: the silent fields, and what is empty by choice."""
    found = {}
    for field in row._meta.concrete_fields:
        value = field.get_prep_value(field.value_from_object(row))
        if field.name in SILENT or (not field.generated and not value and value != field.get_default()):
            found[field.name] = value
    return found


def links_to(row: models.Model) -> dict[str, list[Any]]:
    """Return what would let go of ``row`` if it were deleted: by "app.model.field", the keys of the rows that name it.

    These are foreign keys that become empty and rows of many-to-many fields; parts of ``row`` are deleted with it.
    """
    found: dict[str, list[Any]] = {}
    for link in row._meta.get_fields(include_hidden=True):
        if isinstance(link, ForeignObjectRel) and (link.many_to_many or link.on_delete is models.SET_NULL):
            rows = link.related_model._base_manager.filter(**{link.field.name: row.pk})
            if keys := list(rows.order_by("pk").values_list("pk", flat=True)):
                found[f"{link.related_model._meta.label_lower}.{link.field.name}"] = keys
    return found


def state_of(model: type[models.Model], key: Any) -> State:
    """Return what is stored of the record and its rows: one query for each kind of them."""
    row = model._base_manager.filter(pk=key).first()
    if row is None:
        return {}
    values = _values(row)
    for field in model._meta.many_to_many:
        values[field.name] = sorted(getattr(row, field.name).order_by().values_list("pk", flat=True))
    state: State = {(model._meta.label_lower, row.pk): (row, values)}
    for link in _parts(model):
        # What rows are called often names what they link to.
        links = [field.name for field in link.related_model._meta.fields if field.many_to_one]
        parts = link.related_model._base_manager.select_related(*links).filter(**{link.field.name: key})
        for part in parts.order_by("pk"):
            state[part._meta.label_lower, part.pk] = (part, _values(part))
    return state


def differences(before: State, after: State) -> list[dict[str, Any]]:
    """Return, row by row, what was ``before`` and is ``after``."""
    found = []
    for place in [*before, *(place for place in after if place not in before)]:
        old_row, old = before.get(place, (None, {}))
        new_row, new = after.get(place, (None, {}))
        kind = ChangeKind.CHANGED if old_row and new_row else ChangeKind.ADDED if new_row else ChangeKind.DELETED
        fields = {
            name: [old.get(name), new.get(name)]
            for name in old | new
            if old.get(name) != new.get(name) and (kind == ChangeKind.CHANGED or old.get(name) or new.get(name))
        }
        if fields or kind != ChangeKind.CHANGED:
            model, key = place
            one = {"model": model, "key": key, "name": str(new_row or old_row), "kind": str(kind), "fields": fields}
            if new_row is None and old_row is not None:
                one["silent"] = _silent_values(old_row)
            found.append(one)
    return found


# Recording


class Recording:
    """What the records of one request were before it wrote to them."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.before: dict[tuple[type[models.Model], Any], State] = {}
        self.fresh: list[Any] = []
        self.links: dict[tuple[str, int], dict[str, list[Any]]] = {}

    def lose(self, row: Any) -> None:
        """Note what ``row`` and its record are, and what names it, before ``row`` is deleted."""
        self.touch(row)
        if row.pk is not None:
            self.links[row._meta.label_lower, row.pk] = links_to(row)

    def touch(self, row: Any) -> None:
        """Note what the record of ``row`` is before ``row`` is written; of a row that moves, both records."""
        self._note(root_of(row))
        place = (row._meta.label_lower, row.pk)
        if row.pk is None or row._state.adding or any(place in state for state in self.before.values()):
            return
        stored = type(row)._base_manager.filter(pk=row.pk).first()
        if stored is not None:
            self._note(root_of(stored))

    def _note(self, root: Any) -> None:
        if root.pk is None or root._state.adding:
            if not any(root is one for one in self.fresh):
                self.fresh.append(root)
        elif (type(root), root.pk) not in self.before and not any(root is one for one in self.fresh):
            self.before[type(root), root.pk] = state_of(type(root), root.pk)

    def write(self) -> None:
        """Store what differs by now. Belongs into the transaction that wrote it."""
        for root in self.fresh:
            if root.pk is not None:
                self.before.setdefault((type(root), root.pk), {})
        for (model, key), before in self.before.items():
            after = state_of(model, key)
            rows = differences(before, after)
            if not rows:
                continue
            for one in rows:
                if one["kind"] == ChangeKind.DELETED and (links := self.links.get((one["model"], one["key"]))):
                    one["links"] = links
            row = next(iter((after or before).values()))[0]
            kind = ChangeKind.CHANGED if before and after else ChangeKind.ADDED if after else ChangeKind.DELETED
            Change.objects.create(
                record=model._meta.label_lower,
                key=key,
                name=str(row)[:300],
                kind=kind,
                user=self.user,
                user_name=(self.user.get_full_name() or self.user.get_username())[:310],
                rows=rows,
                owner=_owner_of(row),
            )


def _owner_of(row: models.Model) -> int | None:
    field = _owner_fields.get(type(row))
    return getattr(row, row._meta.get_field(field).attname) if field else None  # type: ignore[union-attr]


# The foreign key that says whose a record is, for the kinds of records that have one.
_owner_fields: dict[type[models.Model], str] = {}
_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording(user: Any) -> Iterator[None]:
    """Record what is saved meanwhile as done by ``user``. What fixtures and scripts save is not recorded."""
    current = Recording(user)
    token = _recording.set(current)
    try:
        # The search reads each record once, however many rows of it a form saves.
        with gathered():
            yield
    finally:
        _recording.reset(token)
    current.write()


def _before_saving(sender: Any, instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    current = _recording.get()
    if current is not None and not raw:
        current.touch(instance)


def _before_deleting(sender: Any, instance: Any, **_kwargs: Any) -> None:
    current = _recording.get()
    if current is not None:
        current.lose(instance)


def _before_linking(sender: Any, instance: Any, action: str, reverse: bool, **_kwargs: Any) -> None:
    current = _recording.get()
    if current is not None and action.startswith("pre_") and not reverse:
        current.touch(instance)


def follow(model: type[models.Model], owner: str | None = None) -> None:
    """Keep the changes of ``model`` and of its rows from now on; ``owner`` is the field that says whose they are."""
    if not is_followed(model):
        return
    if owner:
        _owner_fields[model] = owner
    for one in [model, *(link.related_model for link in _parts(model))]:
        pre_save.connect(_before_saving, sender=one, dispatch_uid=f"history of {one._meta.label}")
        pre_delete.connect(_before_deleting, sender=one, dispatch_uid=f"history of {one._meta.label}")
    for field in model._meta.many_to_many:
        through = field.remote_field.through
        m2m_changed.connect(_before_linking, sender=through, dispatch_uid=f"history of {through._meta.label}")  # type: ignore[union-attr]


# Earlier moments


def since(change: Change, now: State) -> list[dict[str, Any]]:
    """Return what differs between the record as it was right after ``change`` and as it is ``now``.

    The pairs of values read: then, now.
    """
    present = {place: dict(values) for place, (_row, values) in now.items()}
    names: dict[tuple[str, int], str] = {}
    then = {place: dict(values) for place, values in present.items()}
    later = Change.objects.filter(record=change.record, key=change.key, pk__gt=change.pk).order_by("-pk")
    for one in later.iterator(chunk_size=200):
        for row in one.rows:
            place = (row["model"], row["key"])
            names.setdefault(place, row["name"])
            if row["kind"] == ChangeKind.ADDED:
                then.pop(place, None)
            else:
                then.setdefault(place, {}).update({name: pair[0] for name, pair in row["fields"].items()})
    found = []
    for place in dict.fromkeys([*then, *present]):
        old, new = then.get(place), present.get(place)
        kind = ChangeKind.CHANGED if old is not None and new is not None else ChangeKind.ADDED
        kind = ChangeKind.DELETED if new is None else kind
        pairs = {name: [(old or {}).get(name), (new or {}).get(name)] for name in {**(old or {}), **(new or {})}}
        fields = {name: pair for name, pair in pairs.items() if _plain(pair[0]) != _plain(pair[1])}
        if fields or kind != ChangeKind.CHANGED:
            model, key = place
            name = str(now[place][0]) if place in now else names[place]
            found.append({"model": model, "key": key, "name": name, "kind": str(kind), "fields": fields})
    return found


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON holds it, so that one from a change and one from the database can be equal."""
    if value is None or isinstance(value, str | int | bool | list):
        return "" if value is None else value
    return ExactEncoder().default(value)


# Writers

# What makes a record public or says so, but is no writing.
PUBLISHING = {
    "state", "published_at", "withdrawn_at", "withdrawal_reason", "review_note", "reviewed_by", "reviewed_at",
    "agenda_published_at", "results_published_at", "sent_number", "sent_title",
}  # fmt: skip


def has_written(user: Any, record: models.Model) -> bool:
    """Say whether ``user`` changed what ``record`` or its rows say since somebody last made it public."""
    changes = Change.objects.filter(record=record._meta.label_lower, key=record.pk).order_by("-pk")
    for change in changes.iterator(chunk_size=100):
        wrote = False
        for row in change.rows:
            fields = row["fields"]
            if (row["model"], row["key"]) == (change.record, change.key) and fields.get("state", [None, None])[
                1
            ] == "published":
                return False
            wrote = wrote or row["kind"] != ChangeKind.CHANGED or not fields.keys() <= PUBLISHING
        if wrote and change.user_id == user.pk:
            return True
    return False


# The way back of what was deleted


class CannotRestore(Exception):
    """What stands in the way of bringing back what was deleted: ``reasons``, in words."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def in_the_bin() -> models.QuerySet[Change]:
    """Return the deletions of records that have not come back since."""
    later = Change.objects.filter(
        record=models.OuterRef("record"), key=models.OuterRef("key"), pk__gt=models.OuterRef("pk")
    )
    return Change.objects.filter(~models.Exists(later), kind=ChangeKind.DELETED)


def restore(change: Change, places: set[tuple[str, int]] | None = None) -> tuple[list[models.Model], list[str]]:
    """Bring back the rows that ``change`` deleted, all or those at ``places``, with their keys and what named them.

    Returns the rows and, in words, what could not be tied again. Raises CannotRestore if the record would not be
    valid: its address is taken, or something that it must name is gone. Belongs into a transaction, which is to be
    rolled back then.
    """
    kept = [one for one in change.rows if one["kind"] == ChangeKind.DELETED]
    kept = [one for one in kept if places is None or (one["model"], one["key"]) in places]
    rows = []
    lost: list[str] = []
    reasons: list[str] = []
    for one in kept:
        row, links = _from_kept(one, {(each["model"], each["key"]) for each in kept}, lost, reasons)
        rows.append((one, row, links))
    for _one, row, _links in rows:
        # What a kind of record has to say to its coming back.
        getattr(row, "came_back", lambda _change: None)(change)
        try:
            row.validate_unique()
            row.validate_constraints()
        except ValidationError as error:
            reasons += [f"{row}: {words}" for words in error.messages]
    if reasons or not rows:
        raise CannotRestore(list(dict.fromkeys(reasons)) or [gettext("Nothing of it is left to bring back.")])
    current = _recording.get()
    for one, row, _links in rows:
        if current is not None and change.kind != ChangeKind.DELETED:
            current.touch(root_of(row))
        elif current is not None and (one["model"], one["key"]) == (change.record, change.key):
            current.touch(row)
        # Raw: with its own moments, without proposing an address or noting a writer anew.
        row.save_base(raw=True, force_insert=True)
    for one, row, links in rows:
        for name, keys in links.items():
            getattr(row, name).set(_still_there(row._meta.get_field(name).related_model, keys))
        _tie_again(row, one.get("links", {}), lost)
    for _one, row, _links in rows:
        try:
            row.full_clean()
        except ValidationError as error:
            reasons += [f"{row}: {words}" for words in error.messages]
    if reasons:
        raise CannotRestore(list(dict.fromkeys(reasons)))
    return [row for _one, row, _links in rows], list(dict.fromkeys(lost))


def _still_there(model: Any, keys: list[Any]) -> list[Any]:
    return list(model._base_manager.filter(pk__in=keys))


def _from_kept(one: dict[str, Any], together: set[tuple[str, int]], lost: list[str], reasons: list[str]) -> Any:
    """Return the row of ``one`` entry as it was, unsaved, and the keys of its many-to-many fields by name.

    Adds to ``lost`` the optional links and to ``reasons`` the necessary ones whose targets are gone.
    """
    model = apps.get_model(one["model"])
    values, links = {model._meta.pk.attname: one["key"]}, {}
    known = {field.name: field for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
    for name, value in {**{name: pair[0] for name, pair in one["fields"].items()}, **one.get("silent", {})}.items():
        field = known.get(name)
        if field is None:
            continue
        if field.many_to_many:
            links[name] = value or []
        elif field.many_to_one and value is not None:
            target = field.related_model
            if (target._meta.label_lower, value) in together or target._base_manager.filter(pk=value).exists():
                values[field.attname] = value
            elif field.null:
                words = gettext("%(field)s of %(row)s: it is gone.")
                if name not in SILENT:
                    lost.append(words % {"field": field.verbose_name, "row": one["name"]})
            else:
                words = gettext("%(row)s names %(field)s that is gone.")
                reasons.append(words % {"field": field.verbose_name, "row": one["name"]})
        else:
            values[field.attname] = field.to_python(value)
    return model(**values), links


def _tie_again(row: models.Model, links: dict[str, list[Any]], lost: list[str]) -> None:
    """Have the rows that named ``row`` name it again, unless they name another by now."""
    for place, keys in links.items():
        label, _dot, name = place.rpartition(".")
        model = apps.get_model(label)
        field = model._meta.get_field(name)
        for other in _still_there(model, keys):
            if field.many_to_many:
                getattr(other, name).add(row)
            elif getattr(other, field.attname) is None:
                setattr(other, name, row)
                other.save(update_fields=[name])
            elif getattr(other, field.attname) != row.pk:
                lost.append(
                    gettext("%(row)s names another %(field)s by now.") % {"row": other, "field": field.verbose_name}
                )
