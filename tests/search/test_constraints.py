"""What the database refuses of the index."""

import pytest

from search.index import row_of
from tests.constraints import assert_refused, constraints_of
from tests.search.documents import entries

pytestmark = pytest.mark.django_db


def test_an_entry_stands_once():
    first, second = (row_of(entry) for entry in entries()[:2])
    first.save()
    second.save()
    assert_refused("searchentry_once", second, {"object_id": first.object_id})


def test_every_constraint_is_broken_here():
    assert set(constraints_of("search")) == {"searchentry_once"}
