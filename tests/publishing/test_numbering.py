"""Serial numbers: given once, in order, and never again."""

import json

import pytest
from django.db import IntegrityError, transaction

from chambers.models import Person
from publishing.fixtures import load
from tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db


def test_first_number_is_one():
    assert make_person().number == 1


def test_numbers_follow_one_another():
    assert [make_person().number, make_person().number, make_person().number] == [1, 2, 3]


def test_each_kind_of_record_counts_for_itself():
    make_person()
    assert make_organisation().number == 1


def test_number_of_a_deleted_record_is_not_given_again():
    make_person()
    make_person().delete()
    assert make_person().number == 3


def test_number_stays_when_a_record_is_saved_again():
    person = make_person()
    person.name = "اسم آخر"
    person.save()
    person.refresh_from_db()
    assert person.number == 1


def test_number_given_by_hand_is_kept():
    assert make_person(number=40).number == 40


def test_next_number_is_above_the_highest():
    make_person(number=40)
    make_person(number=7)
    assert make_person().number == 41


def test_number_given_by_hand_is_used_up_when_its_record_is_deleted():
    make_person(number=40).delete()
    assert make_person().number == 41


def test_number_written_past_save_is_respected():
    make_person()
    Person.objects.update(number=12)
    assert make_person().number == 13


def test_number_from_a_fixture_is_used_up_when_its_record_is_deleted(tmp_path):
    file = tmp_path / "people.json"
    fields = {"number": 25, "name": "فلانة الفلانية", "updated_at": "2026-10-01T08:00:00Z"}
    file.write_text(json.dumps([{"model": "chambers.person", "fields": fields}]), encoding="utf-8")
    load([file])
    Person.objects.all().delete()
    assert make_person().number == 26


def test_two_records_cannot_have_one_number():
    make_person(number=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person(number=5)


def test_a_failed_save_uses_no_number_up():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person(state="hidden", published_at=None)
    assert make_person().number == 1
