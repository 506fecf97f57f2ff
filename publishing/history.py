"""Who changed what and when: each saving at the editors' desk, with the old and new values of a record and its rows.

A ``Change`` holds only what differs. What a record was at an earlier moment follows from what it is now by taking the
later changes back, so a record that was loaded and never touched needs no history. Rows are the records that are part
of another one: those whose foreign key to it cascades.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.signals import m2m_changed, pre_delete, pre_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What every saving changes, or what nobody reads.
SILENT = {"created_at", "updated_at", "created_by", "changed_by", "uuid"}

Values = dict[str, Any]
# The kind and key of a row, then the row and what its fields hold.
State = dict[tuple[str, int], tuple[models.Model, Values]]


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
    rows = models.JSONField(_("what differs"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["record", "key", "-id"], name="change_of_record")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ChangeKind.values), name="change_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"


# What belongs to a record


def _parent_field(model: type[models.Model]) -> Any:
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


def root_of(row: Any) -> models.Model:
    """Return the record that ``row`` is a part of, or ``row`` itself."""
    field = _parent_field(type(row))
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
            found.append(
                {"model": model, "key": key, "name": str(new_row or old_row), "kind": str(kind), "fields": fields}
            )
    return found


# Recording


class Recording:
    """What the records of one request were before it wrote to them."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.before: dict[tuple[type[models.Model], Any], State] = {}
        self.fresh: list[Any] = []

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
            )


_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording(user: Any) -> Iterator[None]:
    """Record what is saved meanwhile as done by ``user``. What fixtures and scripts save is not recorded."""
    current = Recording(user)
    token = _recording.set(current)
    try:
        yield
    finally:
        _recording.reset(token)
    current.write()


def _before_saving(sender: Any, instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    current = _recording.get()
    if current is not None and not raw:
        current.touch(instance)


def _before_linking(sender: Any, instance: Any, action: str, reverse: bool, **_kwargs: Any) -> None:
    current = _recording.get()
    if current is not None and action.startswith("pre_") and not reverse:
        current.touch(instance)


def follow(model: type[models.Model]) -> None:
    """Keep the changes of ``model`` and of its rows from now on."""
    if not is_followed(model):
        return
    for one in [model, *(link.related_model for link in _parts(model))]:
        pre_save.connect(_before_saving, sender=one, dispatch_uid=f"history of {one._meta.label}")
        pre_delete.connect(_before_saving, sender=one, dispatch_uid=f"history of {one._meta.label}")
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
    return DjangoJSONEncoder().default(value)
