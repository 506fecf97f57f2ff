"""What the database refuses of accounts."""

import pytest

from accounts.models import SecurityEvent
from tests.constraints import assert_refused, constraints_of

pytestmark = pytest.mark.django_db

CHECKS = [("security_event_kind_known", {"kind": "seen"})]


@pytest.mark.parametrize(("name", "changes"), CHECKS)
def test_database_refuses(name, changes):
    assert_refused(name, SecurityEvent.objects.create(kind="signed_in"), changes)


def test_every_constraint_is_broken_here():
    assert {name for name, _changes in CHECKS} == set(constraints_of("accounts"))
