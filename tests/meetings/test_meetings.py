"""Meetings: their place in lists, what is coming, their neighbours, what is refused of their dates."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from meetings.models import Meeting, Sitting
from tests.factories import make_chamber, make_meeting

pytestmark = pytest.mark.django_db

TODAY = date(2024, 10, 21)
NOTHING_KNOWN = {"date": None, "session_year": None, "session_month": None}


@pytest.mark.parametrize(
    ("fields", "sort_on"),
    [
        ({"date": date(2024, 12, 30)}, date(2024, 12, 30)),
        ({"date": None, "session_year": 2024, "session_month": 10}, date(2024, 10, 1)),
        ({"date": None, "session_year": 2024, "session_month": 2, "sort_hint": date(2024, 3, 5)}, date(2024, 2, 1)),
        ({**NOTHING_KNOWN, "sort_hint": date(2017, 7, 6)}, date(2017, 7, 6)),
        ({"date": None, "session_year": 2014, "session_month": None, "session_ordinal": 1}, date(2014, 2, 1)),
        ({"date": None, "session_year": 2014, "session_month": None, "session_ordinal": 2}, date(2014, 6, 1)),
        ({"date": None, "session_year": 2014, "session_month": None, "session_ordinal": 3}, date(2014, 10, 1)),
        ({**NOTHING_KNOWN, "url_year": 2013}, date(2013, 1, 1)),
    ],
    ids=["date", "month", "month before hint", "hint", "first", "second", "third", "year"],
)
def test_meeting_is_placed_by_what_is_known(fields, sort_on):
    meeting = make_meeting(**fields)
    meeting.refresh_from_db()
    assert meeting.sort_on == sort_on


def test_meetings_stand_newest_first():
    dates = [date(2024, 2, 1), date(2024, 10, 21), date(2023, 6, 30)]
    for day in dates:
        make_meeting(date=day)
    assert [meeting.date for meeting in Meeting.objects.all()] == [
        date(2024, 10, 21),
        date(2024, 2, 1),
        date(2023, 6, 30),
    ]


@pytest.mark.parametrize("field", ["url_year", "session_year"])
@pytest.mark.parametrize("year", [0, 1899, 2201, 20244])
def test_year_out_of_range_is_refused_at_the_field(field, year):
    meeting = make_meeting()
    setattr(meeting, field, year)
    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_hour_of_the_end_before_the_start_is_refused():
    meeting = make_meeting(time=time(10, 0))
    meeting.end_time = time(9, 0)
    with pytest.raises(ValidationError):
        meeting.full_clean()


@pytest.mark.parametrize(
    "fields",
    [
        {"time": time(10, 0), "end_time": time(13, 0)},
        {"time": time(21, 0), "end_time": time(1, 0), "end_date": date(2024, 10, 22)},
        {"end_time": time(9, 0)},
    ],
    ids=["same day", "past midnight", "start unknown"],
)
def test_hours_in_order_are_kept(fields):
    make_meeting(**fields).full_clean()


@pytest.mark.parametrize(
    ("fields", "is_upcoming"),
    [
        ({"date": TODAY}, True),
        ({"date": date(2024, 10, 22)}, True),
        ({"date": date(2024, 10, 20)}, False),
        ({"date": date(2024, 10, 22), "status": "cancelled"}, False),
        ({"date": date(2024, 10, 22), "status": "postponed"}, True),
        ({"date": TODAY, "status": "postponed"}, True),
        ({"date": date(2024, 10, 20), "status": "postponed"}, False),
        ({"date": None, "status": "postponed"}, False),
        ({"date": date(2024, 11, 1), "date_precision": "month", "status": "postponed"}, False),
        ({"date": TODAY, "status": "held"}, False),
        ({"date": date(2024, 11, 1), "date_precision": "month"}, False),
        ({"date": None}, False),
    ],
    ids=[
        "today", "tomorrow", "yesterday", "cancelled", "put off to tomorrow", "put off to today",
        "put off to yesterday", "put off without a day", "put off to a month", "held", "month only", "no date",
    ],
)  # fmt: skip
def test_meeting_is_either_coming_or_passed(fields, is_upcoming):
    meeting = make_meeting(**{"status": "scheduled", **fields})
    assert meeting.is_coming(TODAY) is is_upcoming
    assert Meeting.objects.upcoming(TODAY).exists() is is_upcoming
    assert Meeting.objects.passed(TODAY).exists() is not is_upcoming


def test_coming_meetings_stand_soonest_first_and_those_without_an_hour_last():
    for day, hour in [(22, time(15)), (22, None), (23, time(9)), (22, time(9))]:
        make_meeting(date=date(2024, 10, day), time=hour, status="scheduled")
    found = [(meeting.date.day, meeting.time) for meeting in Meeting.objects.upcoming(TODAY)]
    assert found == [(22, time(9)), (22, time(15)), (22, None), (23, time(9))]


def neighbours(meeting):
    found = Meeting.objects.with_neighbours().get(pk=meeting.pk)
    return tuple(card and card["slug"] for card in (found.before, found.after))


def test_neighbours_are_the_meetings_of_the_chamber_next_to_it():
    chamber = make_chamber()
    for month in (2, 6, 10, 12):
        make_meeting(chamber=chamber, slug=f"month-{month}", date=date(2024, month, 5))
    make_meeting(slug="another-chamber", date=date(2024, 6, 6))
    assert neighbours(Meeting.objects.get(slug="month-6")) == ("month-2", "month-10")


def test_first_and_last_meeting_have_one_neighbour():
    chamber = make_chamber()
    first = make_meeting(chamber=chamber, slug="first", date=date(2024, 2, 5))
    last = make_meeting(chamber=chamber, slug="last", date=date(2024, 6, 5))
    assert neighbours(first) == (None, "last")
    assert neighbours(last) == ("first", None)


def test_meetings_of_one_day_are_neighbours_in_the_order_of_lists():
    chamber = make_chamber()
    one, two, three = (make_meeting(chamber=chamber, slug=slug) for slug in ("one", "two", "three"))
    assert list(Meeting.objects.all()) == [one, two, three]
    # Lists run from the newest down, so what stands above is after.
    assert neighbours(two) == ("three", "one")


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_hidden_meeting_is_nobodys_neighbour(state):
    chamber = make_chamber()
    meeting = make_meeting(chamber=chamber, date=date(2024, 6, 5))
    make_meeting(chamber=chamber, date=date(2024, 2, 5), state=state)
    assert neighbours(meeting) == (None, None)


def test_meeting_of_an_unnamed_chamber_has_no_neighbours():
    meeting = make_meeting(family="crafts", date=date(2024, 6, 5))
    make_meeting(family="crafts", date=date(2024, 2, 5))
    assert neighbours(meeting) == (None, None)


def test_neighbour_is_called_by_its_short_title():
    chamber = make_chamber()
    meeting = make_meeting(chamber=chamber, date=date(2024, 6, 5))
    make_meeting(chamber=chamber, date=date(2024, 2, 5), short_title="دورة فبراير", slug="fevrier")
    found = Meeting.objects.with_neighbours().get(pk=meeting.pk)
    assert found.before == {"year": 2024, "slug": "fevrier", "label": "دورة فبراير", "kind": "ordinary"}


@pytest.mark.parametrize(("month", "name"), [(None, ""), (2, "فبراير"), (7, "يوليوز"), (8, "غشت"), (12, "دجنبر")])
def test_month_of_the_session_is_named_as_in_morocco(month, name):
    assert Meeting(session_month=month).session_month_name == name


@pytest.mark.parametrize(
    ("kind", "is_statutory"),
    [
        ("ordinary", True),
        ("extraordinary", True),
        ("bureau", True),
        ("extended_bureau", True),
        ("committee", True),
        ("training_day", False),
        ("information_meeting", False),
        ("study_day", False),
        ("other", False),
    ],
)
def test_sessions_and_meetings_of_organs_are_statutory(kind, is_statutory):
    assert Meeting(kind=kind).is_statutory is is_statutory


def test_family_is_that_of_the_chamber():
    assert make_meeting(chamber=make_chamber(family="agriculture")).family_code == "agriculture"


def test_family_of_an_unnamed_chamber_is_the_meetings_own():
    assert make_meeting(family="crafts").family_code == "crafts"


@pytest.mark.parametrize(
    ("day", "precision", "when"),
    [
        (date(2024, 10, 20), "day", "passed"),
        (TODAY, "day", "coming"),
        (date(2024, 10, 22), "day", "coming"),
        (date(2024, 9, 1), "month", "passed"),
        (date(2024, 10, 1), "month", "unknown"),
        (date(2024, 11, 1), "month", "coming"),
        (date(2023, 1, 1), "year", "passed"),
        (date(2024, 1, 1), "year", "unknown"),
        (date(2025, 1, 1), "year", "coming"),
        (None, "day", "unknown"),
    ],
)
def test_a_sitting_is_coming_passed_or_left_open_by_its_date(day, precision, when):
    assert Sitting(date=day, date_precision=precision).when(TODAY) == when
