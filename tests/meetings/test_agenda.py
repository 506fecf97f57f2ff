"""Agenda items: taking one another up, what of them is public, what they are called."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings.models import AgendaItem
from tests.factories import make_item, make_meeting

pytestmark = pytest.mark.django_db


def in_an_hour():
    return timezone.now() + timedelta(hours=1)


def make_chain(count):
    """Make ``count`` items, each of which takes up the one before."""
    items = [make_item()]
    while len(items) < count:
        items.append(make_item(takes_up=items[-1]))
    return items


def test_item_may_take_up_an_earlier_one():
    make_chain(3)[-1].full_clean()


def test_item_cannot_take_up_itself():
    item = make_item()
    item.takes_up = item
    with pytest.raises(ValidationError) as refused:
        item.clean()
    assert list(refused.value.message_dict) == ["takes_up"]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_items_cannot_take_up_one_another_in_a_circle(count):
    items = make_chain(count)
    items[0].takes_up = items[-1]
    with pytest.raises(ValidationError) as refused:
        items[0].full_clean()
    assert list(refused.value.message_dict) == ["takes_up"]


def test_circle_that_the_item_is_not_in_ends_the_search():
    first, second = make_chain(2)
    AgendaItem.objects.filter(pk=first.pk).update(takes_up=second)
    item = AgendaItem(takes_up=AgendaItem.objects.get(pk=second.pk), meeting=first.meeting, position=9)
    with pytest.raises(ValidationError):
        item.clean()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft"},
        {"state": "in_review"},
        {"state": "withdrawn"},
        {"published_at": timezone.now() + timedelta(days=1)},
        {"agenda_published_at": None, "results_published_at": None},
        {"agenda_published_at": timezone.now() + timedelta(days=1), "results_published_at": None},
    ],
    ids=["draft", "in review", "withdrawn", "scheduled", "agenda kept back", "agenda to come"],
)
def test_item_of_a_hidden_agenda_is_not_public(fields):
    make_item(meeting=make_meeting(**fields), outcome="adopted")
    assert not AgendaItem.objects.with_public_agenda().exists()
    assert not AgendaItem.objects.with_public_results().exists()


@pytest.mark.parametrize("moment", [None, timezone.now() + timedelta(days=1)], ids=["kept back", "to come"])
def test_item_without_public_results_shows_only_in_the_agenda(moment):
    item = make_item(meeting=make_meeting(results_published_at=moment), outcome="adopted")
    assert list(AgendaItem.objects.with_public_agenda()) == [item]
    assert not AgendaItem.objects.with_public_results().exists()


def test_item_with_public_results_shows_them():
    item = make_item(outcome="adopted")
    assert list(AgendaItem.objects.with_public_results()) == [item]


@pytest.mark.parametrize(("number", "shown"), [("", "3"), ("3 مكرر", "3 مكرر")])
def test_number_as_printed_goes_before_the_place(number, shown):
    assert AgendaItem(position=3, number=number).number_shown == shown


@pytest.mark.parametrize(
    ("votes", "has_votes"),
    [({}, False), ({"votes_for": 0}, True), ({"votes_against": 2}, True), ({"votes_abstained": 1}, True)],
)
def test_item_has_votes_where_one_is_counted(votes, has_votes):
    assert AgendaItem(**votes).has_votes is has_votes


def test_search_finds_any_spelling_of_the_title():
    item = make_item(title="المصادقة على اتّفاقيّة الشراكة")
    make_item(title="المصادقة على الميزانية")
    assert list(AgendaItem.objects.search("اتفاقيه شراكه")) == [item]
