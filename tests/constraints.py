"""Breaking the rules of the database through ``update()``, past every form, ``clean()`` and ``save()``."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

Make = Callable[..., models.Model]


def constraints_of(app: str) -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    """Return the named constraints of an app's models, each with its model."""
    found = apps.get_app_config(app).get_models()
    return {constraint.name: (model, constraint) for model in found for constraint in model._meta.constraints}


def state_checks(record: str, make: Make) -> list[tuple[str, Make, dict[str, Any]]]:
    """Return the ways to break the rules that every record with a state of publication has."""
    moment, withdrawal = f"{record}_public_moment_goes_with_state", f"{record}_withdrawal_goes_with_state"

    def make_draft():
        return make(state="draft")

    def make_withdrawn():
        return make(state="withdrawn")

    return [
        (moment, make, {"published_at": None}),
        (moment, make_draft, {"published_at": models.functions.Now()}),
        (moment, make_withdrawn, {"published_at": None}),
        (withdrawal, make_withdrawn, {"withdrawn_at": None}),
        (withdrawal, make_withdrawn, {"withdrawal_reason": ""}),
        (withdrawal, make, {"withdrawal_reason": "نشر بالخطأ"}),
        (withdrawal, make, {"withdrawn_at": models.functions.Now()}),
        (f"{record}_review_note_has_moment", make, {"review_note": "ينقص التاريخ"}),
        (f"{record}_review_note_has_moment", make, {"reviewed_at": models.functions.Now()}),
    ]


def assert_refused(name: str, row: models.Model, changes: dict[str, Any]) -> None:
    """Assert that the database refuses ``changes`` to ``row`` for the constraint ``name`` and no other.

    A change may be a function, which is called for the value.
    """
    message = refusal(row, changes)
    model, constraint = constraints_of(row._meta.app_label)[name]
    assert model is type(row)
    if connection.vendor == "postgresql":
        assert f'constraint "{name}"' in message
    elif isinstance(constraint, models.UniqueConstraint):
        # SQLite names the columns of an index, not the index.
        columns = [f"{model._meta.db_table}.{model._meta.get_field(field).column}" for field in constraint.fields]
        assert message == f"UNIQUE constraint failed: {', '.join(columns)}"
    else:
        assert message == f"CHECK constraint failed: {name}"


def assert_refused_twin(name: str, make: Make, shared: list[str], different: dict[str, Any]) -> None:
    """Assert that a second row, made with the ``shared`` values of a first, may not become equal to it.

    ``different`` holds what keeps the second row apart; those fields are then set to the first row's values.
    """
    first = make()
    apart = {field: value() if callable(value) else value for field, value in different.items()}
    second = make(**{field: getattr(first, field) for field in shared}, **apart)
    assert_refused(name, second, {field: getattr(first, field) for field in different})


def refusal(row: models.Model, changes: dict[str, Any]) -> str:
    """Return what the database says when it refuses ``changes`` to ``row``."""
    values = {field: value() if callable(value) else value for field, value in changes.items()}
    rows = type(row)._default_manager.filter(pk=row.pk)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.update(**values)
    return str(refused.value).strip()


def assert_state_refused(record: str, row: models.Model) -> None:
    """Assert that an unknown state is refused; two rules forbid it, and each database names the one it reads first."""
    message = refusal(row, {"state": "hidden"})
    assert f"{record}_state_known" in message or f"{record}_public_moment_goes_with_state" in message
