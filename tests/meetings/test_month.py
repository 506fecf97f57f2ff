"""The grid of a month and its neighbours."""

from datetime import date

import pytest

from meetings.month import month_grid, next_month, previous_month


def test_grid_begins_on_the_monday_before_the_first():
    weeks = month_grid(2024, 10)  # 1 October 2024 is a Tuesday
    assert weeks[0] == [
        date(2024, 9, 30),
        date(2024, 10, 1),
        date(2024, 10, 2),
        date(2024, 10, 3),
        date(2024, 10, 4),
        date(2024, 10, 5),
        date(2024, 10, 6),
    ]


def test_grid_ends_on_the_sunday_after_the_last():
    weeks = month_grid(2024, 10)  # 31 October 2024 is a Thursday
    assert weeks[-1] == [
        date(2024, 10, 28),
        date(2024, 10, 29),
        date(2024, 10, 30),
        date(2024, 10, 31),
        date(2024, 11, 1),
        date(2024, 11, 2),
        date(2024, 11, 3),
    ]


@pytest.mark.parametrize(
    ("year", "month", "count"),
    [(2024, 10, 5), (2021, 2, 4), (2024, 9, 6), (2024, 2, 5), (1900, 1, 5), (2200, 12, 5)],
)
def test_grid_has_as_many_weeks_as_the_month_touches(year, month, count):
    weeks = month_grid(year, month)
    assert len(weeks) == count
    assert {len(week) for week in weeks} == {7}


def test_leap_day_stands_in_the_grid():
    assert date(2024, 2, 29) in [day for week in month_grid(2024, 2) for day in week]


@pytest.mark.parametrize("month", [0, 13, -1, 99])
def test_month_outside_the_year_is_refused(month):
    with pytest.raises(ValueError, match=rf"month {month} is not between 1 and 12"):
        month_grid(2024, month)


@pytest.mark.parametrize("year", [0, 1899, 2201, 9999])
def test_year_out_of_range_is_refused(year):
    with pytest.raises(ValueError, match=rf"year {year} is not between 1900 and 2200"):
        month_grid(year, 10)


@pytest.mark.parametrize(
    ("month", "following"), [((2024, 10), (2024, 11)), ((2024, 12), (2025, 1)), ((2024, 1), (2024, 2))]
)
def test_next_month(month, following):
    assert next_month(*month) == following


@pytest.mark.parametrize(
    ("month", "before"), [((2024, 10), (2024, 9)), ((2024, 1), (2023, 12)), ((2024, 12), (2024, 11))]
)
def test_previous_month(month, before):
    assert previous_month(*month) == before
