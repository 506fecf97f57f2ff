"""What the database refuses of sources and redirects."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import F

from publishing.history import Change
from publishing.models import PlacedErrors, Redirect
from tests.constraints import assert_refused, constraints_of
from tests.factories import make_agreement, make_source

pytestmark = pytest.mark.django_db


def make_redirect():
    return Redirect.objects.create(old_path="/meetings/2024/old/", new_path="/meetings/2024/new/")


def make_change():
    return Change.objects.create(record="meetings.meeting", key=1, name="دورة", kind="added", user_name="", rows=[])


CHECKS = [
    ("change_kind_known", make_change, {"kind": "seen"}),
    ("source_names_something", make_source, {"outlet": "", "author": "", "title": "", "url": ""}),
    ("source_issued_precision_known", make_source, {"issued_precision": "week"}),
    ("redirect_paths_are_local", make_redirect, {"old_path": "meetings/2024/old/"}),
    ("redirect_paths_are_local", make_redirect, {"new_path": "https://example.org/"}),
    ("redirect_goes_elsewhere", make_redirect, {"new_path": F("old_path")}),
]


@pytest.mark.parametrize(("name", "make", "changes"), CHECKS)
def test_database_refuses(name, make, changes):
    assert_refused(name, make(), changes)


def test_every_constraint_is_broken_here():
    assert {name for name, _make, _changes in CHECKS} == set(constraints_of("publishing"))


PLACED = [model for model in apps.get_models() if issubclass(model, PlacedErrors) and model.constraint_fields]


@pytest.mark.parametrize("model", PLACED, ids=lambda model: model.__name__)
def test_messages_are_placed_at_fields_there_are(model):
    assert model.constraint_fields.keys() <= {constraint.name for constraint in model._meta.constraints}
    assert set(model.constraint_fields.values()) <= {field.name for field in model._meta.fields}


def broken(row, **validation):
    with pytest.raises(ValidationError) as caught:
        row.validate_constraints(**validation)
    return [*caught.value.message_dict]


def test_broken_rule_is_said_at_its_field():
    agreement = make_agreement()
    agreement.kind, agreement.parent_as_named = "partnership", "الأصلية"
    assert broken(agreement) == ["kind"]


def test_broken_rule_of_a_field_that_is_not_asked_for_is_said_above(monkeypatch):
    agreement = make_agreement()
    agreement.kind, agreement.parent_as_named = "partnership", "الأصلية"
    monkeypatch.setitem(agreement.constraint_fields, "agreement_original_only_of_addendum", "place")
    assert broken(agreement, exclude={"place"}) == ["__all__"]
