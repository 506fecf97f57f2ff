"""What is public: the state, the moment, and when the moment is read."""

import time
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from chambers.models import Person
from publishing.views import Withdrawn, find_public
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def in_an_hour():
    return timezone.now() + timedelta(hours=1)


def a_second_ago():
    return timezone.now() - timedelta(seconds=1)


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_unpublished_record_is_not_public(state):
    make_person(state=state)
    assert not Person.objects.published().exists()


def test_scheduled_record_is_not_public_yet():
    make_person(published_at=in_an_hour())
    assert not Person.objects.published().exists()


def test_withdrawn_record_is_not_public():
    make_person(state="withdrawn")
    assert not Person.objects.published().exists()


def test_published_record_is_public():
    person = make_person(published_at=a_second_ago())
    assert list(Person.objects.published()) == [person]


def test_record_is_public_from_its_moment_on():
    person = make_person(published_at=timezone.now())
    time.sleep(0.01)
    assert list(Person.objects.published()) == [person]


def test_moment_is_read_when_the_query_runs():
    """A queryset that a class keeps since the start shows what became public later."""
    rows = Person.objects.published()
    person = make_person(published_at=in_an_hour())
    assert list(rows.all()) == []
    Person.objects.update(published_at=timezone.now())
    time.sleep(0.01)
    assert list(rows.all()) == [person]


def test_only_withdrawn_records_are_withdrawn():
    make_person()
    make_person(state="draft")
    withdrawn = make_person(state="withdrawn")
    assert list(Person.objects.withdrawn()) == [withdrawn]


def test_record_taken_back_before_it_was_public_was_never_public():
    make_person(state="withdrawn", published_at=in_an_hour())
    assert not Person.objects.withdrawn().exists()


def test_public_record_is_found():
    person = make_person()
    assert find_public(Person.objects.all(), number=person.number) == person


def test_withdrawn_record_is_found_as_withdrawn():
    person = make_person(state="withdrawn")
    with pytest.raises(Withdrawn) as gone:
        find_public(Person.objects.all(), number=person.number)
    assert gone.value.record == person


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft"},
        {"state": "in_review"},
        {"published_at": timezone.now() + timedelta(days=1)},
        {"state": "withdrawn", "published_at": timezone.now() + timedelta(days=1)},
    ],
    ids=["draft", "in review", "scheduled", "withdrawn before its moment"],
)
def test_hidden_record_is_not_found(fields):
    person = make_person(**fields)
    with pytest.raises(Http404):
        find_public(Person.objects.all(), number=person.number)


def test_unknown_record_is_not_found():
    with pytest.raises(Http404):
        find_public(Person.objects.all(), number=999)
