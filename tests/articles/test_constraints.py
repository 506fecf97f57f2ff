"""What the database refuses of articles."""

import pytest

from tests.constraints import assert_refused, assert_state_refused, constraints_of, state_checks
from tests.factories import make_article

pytestmark = pytest.mark.django_db

CHECKS = [
    *state_checks("article", make_article),
    ("article_kind_known", make_article, {"kind": "rumour"}),
    ("article_event_precision_known", make_article, {"event_precision": "week"}),
    ("article_picture_has_alternative", make_article, {"picture": "articles/2024/salle.jpg"}),
    ("article_correction_has_moment", make_article, {"correction": "عدد الأعضاء 122 لا 112."}),
]


@pytest.mark.parametrize(("name", "make", "changes"), CHECKS)
def test_database_refuses(name, make, changes):
    assert_refused(name, make(), changes)


def test_database_refuses_unknown_state():
    assert_state_refused("article", make_article())


def test_every_constraint_is_broken_here():
    assert {name for name, _make, _changes in CHECKS} | {"article_state_known"} == set(constraints_of("articles"))
