"""What the database refuses of sources and redirects."""

import pytest
from django.db.models import F

from publishing.models import Redirect
from tests.constraints import assert_refused, constraints_of
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def make_redirect():
    return Redirect.objects.create(old_path="/meetings/2024/old/", new_path="/meetings/2024/new/")


CHECKS = [
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
