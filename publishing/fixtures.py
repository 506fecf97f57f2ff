"""Reading fixtures with care: every record is checked like a form, and the first problem is named and ends it all.

Django's ``loaddata`` reads the same files, but saves whatever the database swallows and names no field.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Never

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializedObject
from django.db import Error, models, transaction

from search.upkeep import gathered

from .numbering import Numbered, keep_number

# The fields that tell a person which record is meant, the most telling first.
_TELLING = (
    "number", "code", "username", "name", "title", "url_year", "slug", "start_year",
    "meeting", "agreement", "project", "person", "chamber", "body", "position", "field",
)  # fmt: skip


class FixtureError(Exception):
    """What is wrong, with the file, the record and the field."""


class _Object(dict[str, Any]):
    """A JSON object that remembers names written twice, which ``json`` would let pass."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _value in pairs]
        self.twice = next((name for name in names if names.count(name) > 1), None)


class _Record:
    """One record of a file and its place there, for the messages."""

    def __init__(self, file: Path, position: int, raw: Any) -> None:
        self.file, self.position, self.raw = file, position, raw
        self.fields: dict[str, Any] = {}

    def refuse(self, reason: str, field: str = "") -> Never:
        """Raise FixtureError for this record."""
        where = f"{self.file.name}, record {self.position} ({self.label})"
        raise FixtureError(f"{where}, field {field}: {reason}" if field else f"{where}: {reason}")

    @property
    def label(self) -> str:
        model = self.raw.get("model", "no model") if isinstance(self.raw, dict) else "no object"
        told = [f"{name} {_quote(self.fields[name])}" for name in _TELLING if name in self.fields]
        return " ".join([str(model), ", ".join(told[:4])]).strip()


def load(files: list[Path]) -> int:
    """Store the records of ``files``, all or none; return how many there were.

    Records name one another by natural keys and never hold a primary key. A record whose natural key is in the
    database already is refused: what an editor changed is not overwritten.
    """
    count = 0
    with transaction.atomic(), gathered():
        for file in files:
            for record in _records(file):
                _store(record)
                count += 1
    return count


def _records(file: Path) -> Iterator[_Record]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_Object)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise FixtureError(f"{file.name} is not JSON: {error}") from error
    if not isinstance(found, list):
        raise FixtureError(f"{file.name} is to be a list of records, not {_quote(found)}")
    for position, raw in enumerate(found, start=1):
        yield _Record(file, position, raw)


def _store(record: _Record) -> None:
    model = _model(record)
    values: dict[str, Any] = {}
    many: dict[str, Sequence[Any]] = {}
    for name, value in record.fields.items():
        field = _field(record, model, name)
        if field.many_to_many:
            many[name] = _related_rows(record, field, value)
        elif field.remote_field:
            values[name] = None if value is None else _related_row(record, field, value)
        else:
            values[name] = _value(record, field, value)
    instance = model(**values)
    _refuse_gaps(record, instance)
    _refuse_known_key(record, instance)
    _validate(record, instance)
    try:
        DeserializedObject(instance, many).save()
        if isinstance(instance, Numbered):  # the line above passes its save() by
            keep_number(model, instance.number)
    except Error as error:
        record.refuse(f"the database refuses it: {str(error).strip()}")


def _model(record: _Record) -> type[models.Model]:
    """Return the model of a well-formed record and take its fields over."""
    raw = record.raw
    if not isinstance(raw, _Object) or not isinstance(raw.get("fields"), _Object):
        record.refuse('a record is to be an object with "model" and "fields"')
    record.fields = raw["fields"]
    for written in (raw, raw["fields"]):
        if written.twice:
            record.refuse("is written twice", written.twice)
    for name in raw:
        if name not in ("model", "fields"):
            record.refuse('only "model" and "fields" stand beside each other; records are named by natural keys', name)
    try:
        return apps.get_model(str(raw.get("model")))
    except (LookupError, ValueError):
        record.refuse(f"there is no model {_quote(raw.get('model'))}")


def _field(record: _Record, model: type[models.Model], name: str) -> Any:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        record.refuse("there is no such field", name)
    if field.auto_created or not (field.concrete or field.many_to_many) or getattr(field, "generated", False):
        record.refuse("is filled in by the portal itself", name)
    return field


def _value(record: _Record, field: Any, value: Any) -> Any:
    if isinstance(field, models.CharField | models.TextField) and not isinstance(value, str | None):
        record.refuse(f"{_quote(value)} is to be a text", field.name)
    try:
        return field.to_python(value)
    except ValidationError as error:
        record.refuse(f"{_quote(value)}: {' '.join(error.messages)}", field.name)
    except (TypeError, ValueError) as error:
        record.refuse(f"{_quote(value)}: {error}", field.name)


def _related_row(record: _Record, field: Any, key: Any) -> models.Model:
    model = field.remote_field.model
    if not isinstance(key, list):
        record.refuse(f"{_quote(key)} is to be a natural key, which is a list", field.name)
    try:
        row: models.Model = model._default_manager.get_by_natural_key(*key)
    except ObjectDoesNotExist:
        record.refuse(f"there is no {model._meta.label_lower} {_quote(key)}", field.name)
    except (TypeError, ValueError, model.MultipleObjectsReturned) as error:
        record.refuse(f"{_quote(key)} is no natural key of {model._meta.label_lower}: {error}", field.name)
    return row


def _related_rows(record: _Record, field: Any, keys: Any) -> list[models.Model]:
    if not isinstance(keys, list):
        record.refuse(f"{_quote(keys)} is to be a list of natural keys", field.name)
    return [_related_row(record, field, key) for key in keys]


def _refuse_gaps(record: _Record, instance: models.Model) -> None:
    """Refuse a record without a value the database needs; forms fill some of these in, raw saving does not."""
    for field in instance._meta.concrete_fields:
        if field.primary_key or field.null or field.generated:
            continue
        if getattr(instance, field.attname) is None:
            record.refuse("is missing", field.name)


def _refuse_known_key(record: _Record, instance: Any) -> None:
    manager = type(instance)._default_manager
    if not hasattr(instance, "natural_key") or not hasattr(manager, "get_by_natural_key"):
        return
    key = instance.natural_key()
    try:
        manager.get_by_natural_key(*key)
    except ObjectDoesNotExist:
        return
    except instance.MultipleObjectsReturned:
        pass
    record.refuse(f"the key {_quote(list(key))} is taken already")


def _validate(record: _Record, instance: models.Model) -> None:
    try:
        instance.full_clean()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        reason = " ".join(messages)
        if name == NON_FIELD_ERRORS:
            record.refuse(f"{_broken_constraint(instance)}{reason}")
        record.refuse(f"{_quote(record.fields.get(name))}: {reason}", name)


def _broken_constraint(instance: models.Model) -> str:
    for model, constraints in instance.get_constraints():
        for constraint in constraints:
            try:
                constraint.validate(model, instance)
            except ValidationError:
                return f"constraint {constraint.name}: "
    return ""


def _quote(value: Any) -> str:
    """Return ``value`` as it stands in the file, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:79]}…"
