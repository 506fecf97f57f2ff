"""A chamber's meetings by year and month."""

from datetime import date
from types import SimpleNamespace

import pytest

from meetings.models import Meeting
from meetings.sessions_timeline import sessions_timeline


def meeting(day=None, precision="day", kind="ordinary", status="held", session_year=None, url_year=2024):
    return SimpleNamespace(
        date=day, date_precision=precision, kind=kind, status=status, session_year=session_year, url_year=url_year
    )


def places(picture):
    """Return for each row its year and the months and days of its marks."""
    return [(year.number, [(mark.month, mark.day) for mark in year.marks]) for year in picture.years]


def test_no_meeting_makes_no_row():
    picture = sessions_timeline([])
    assert picture.years == ()
    assert picture.older == 0
    assert picture.has_next is False


def test_one_meeting_stands_in_the_year_and_month_of_its_date():
    assert places(sessions_timeline([meeting(date(2024, 12, 30), session_year=2023)])) == [(2024, [(12, 30)])]


def test_the_newest_year_comes_first_and_january_begins_each():
    days = [date(2023, 11, 2), date(2024, 7, 1), date(2023, 2, 9), date(2024, 7, 3), date(2024, 1, 31)]
    assert places(sessions_timeline(map(meeting, days))) == [
        (2024, [(1, 31), (7, 1), (7, 3)]),
        (2023, [(2, 9), (11, 2)]),
    ]


def test_a_date_known_by_its_month_has_no_day_and_follows_those_with_one():
    known, vague = meeting(date(2024, 5, 20)), meeting(date(2024, 5, 1), precision="month")
    assert places(sessions_timeline([vague, known])) == [(2024, [(5, 20), (5, None)])]


def test_a_date_known_by_its_year_has_no_month_and_ends_the_row():
    vague, known = meeting(date(2024, 1, 1), precision="year"), meeting(date(2024, 12, 5))
    assert places(sessions_timeline([vague, known])) == [(2024, [(12, 5), (0, None)])]


@pytest.mark.parametrize(("session_year", "year"), [(2022, 2022), (None, 2021)])
def test_without_a_date_the_session_or_else_the_address_gives_the_year_and_nothing_the_month(session_year, year):
    dateless = meeting(session_year=session_year, url_year=2021)
    assert places(sessions_timeline([dateless])) == [(year, [(0, None)])]


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("ordinary", "square"),
        ("extraordinary", "square"),
        ("bureau", "circle"),
        ("extended_bureau", "circle"),
        ("committee", "circle"),
        ("training_day", "circle"),
        ("other", "circle"),
    ],
)
def test_sessions_are_squares_and_other_meetings_circles(kind, shape):
    picture = sessions_timeline([meeting(date(2024, 3, 1), kind=kind)])
    assert picture.years[0].marks[0].shape == shape
    assert picture.shapes == {shape}


@pytest.mark.parametrize(
    ("status", "fill"),
    [
        ("held", "held"),
        ("left_open", "held"),
        ("scheduled", "awaited"),
        ("cancelled", "missed"),
        ("postponed", "missed"),
        ("no_quorum", "missed"),
    ],
)
def test_the_fill_tells_what_became_of_the_call(status, fill):
    picture = sessions_timeline([meeting(date(2024, 3, 1), status=status)])
    assert picture.years[0].marks[0].fill == fill
    assert picture.fills == {fill}


def test_only_the_next_meeting_is_marked_as_next():
    first, second = meeting(date(2026, 3, 1), status="scheduled"), meeting(date(2026, 6, 1), status="scheduled")
    picture = sessions_timeline([first, second], next_meeting=first)
    assert [mark.is_next for mark in picture.years[0].marks] == [True, False]
    assert picture.has_next


def test_years_between_two_rows_are_named_once():
    picture = sessions_timeline(meeting(date(year, 5, 1)) for year in (2026, 2025, 2021, 2019))
    assert [(year.number, year.gap) for year in picture.years] == [
        (2026, None),
        (2025, (2022, 2024)),
        (2021, (2020, 2020)),
        (2019, None),
    ]


def test_six_years_are_drawn_and_older_meetings_counted():
    days = [date(year, month, 1) for year in range(2017, 2027) for month in range(1, 4)]
    picture = sessions_timeline(map(meeting, days))
    assert [year.number for year in picture.years] == [2026, 2025, 2024, 2023, 2022, 2021]
    assert picture.older == 12
    assert picture.years[-1].gap is None


def test_older_years_do_not_reach_the_legend():
    old = meeting(date(2001, 5, 1), kind="bureau", status="cancelled")
    picture = sessions_timeline([old, meeting(date(2024, 5, 1))], most_years=1)
    assert (picture.shapes, picture.fills) == ({"square"}, {"held"})


def test_three_hundred_meetings_keep_their_places():
    days = [date(2021 + n % 6, 1 + n % 12, 1 + n % 28) for n in range(300)]
    picture = sessions_timeline(map(meeting, days))
    assert [len(year.marks) for year in picture.years] == [50, 50, 50, 50, 50, 50]
    assert picture.older == 0


def test_on_a_phone_years_stay_open_up_to_twelve_meetings():
    days = [date(2024, n, 1) for n in range(1, 8)] + [date(2023, n, 1) for n in range(1, 6)] + [date(2022, 1, 1)]
    assert [year.is_folded for year in sessions_timeline(map(meeting, days)).years] == [False, False, True]


def test_the_newest_year_is_open_however_much_it_holds():
    days = [date(2024, 3, n) for n in range(1, 21)]
    assert [year.is_folded for year in sessions_timeline(map(meeting, days)).years] == [False]


def test_a_picture_of_no_years_is_refused():
    with pytest.raises(ValueError, match="0 years"):
        sessions_timeline([], most_years=0)


def test_the_columns_are_the_months_from_january_on():
    assert sessions_timeline([]).months[0] == "يناير"
    assert sessions_timeline([]).months[-1] == "دجنبر"


@pytest.mark.parametrize(("day", "fill"), [(4, "missed"), (5, "awaited"), (6, "awaited")])
def test_a_meeting_put_off_to_today_or_later_is_awaited(day, fill):
    put_off = Meeting(date=date(2026, 12, day), status="postponed", kind="ordinary", url_year=2026)
    picture = sessions_timeline([put_off], today=date(2026, 12, 5))
    assert picture.fills == {fill}
