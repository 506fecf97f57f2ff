"""The axis of an agreement's dated steps."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from meetings.agreement_timeline import timeline


class Item:
    def __init__(self, url):
        self.url = url

    def get_absolute_url(self):
        return self.url


def step(day, precision="day", stage="adopted", at=""):
    """Return a step of ``day``; ``at`` is the address of the agenda item it was taken at."""
    return SimpleNamespace(
        stage=stage,
        date_shown=(day, precision),
        agenda_item_id=1 if at else None,
        agenda_item=Item(at) if at else None,
    )


def places(*steps):
    return [(point.label, point.place) for point in timeline(steps).points]


@pytest.mark.parametrize(
    "steps", [[], [step(date(2024, 5, 1))], [step(date(2024, 5, 1)), step(None)], [step(None), step(None)]]
)
def test_fewer_than_two_dated_steps_make_no_axis(steps):
    assert timeline(steps) is None


def test_steps_stand_where_their_day_lies_in_the_years():
    # 2022 and 2023 have 365 days each: 2 July is the 183rd, 182 are over.
    assert places(step(date(2022, 1, 1)), step(date(2022, 7, 2)), step(date(2023, 7, 2))) == [
        ("1", 0), ("2", 24.932), ("3", 74.932),
    ]  # fmt: skip


def test_the_past_is_drawn_at_the_right():
    first, second = timeline([step(date(2022, 1, 1)), step(date(2023, 7, 2))]).points
    assert (first.x, second.x) == ("100.000%", "25.068%")


def test_steps_without_a_date_keep_their_number_and_are_left_out():
    assert [label for label, _place in places(step(date(2022, 1, 1)), step(None), step(date(2023, 1, 1)))] == [
        "1",
        "3",
    ]


def test_steps_are_placed_by_date_though_numbered_by_their_order():
    assert [label for label, _place in places(step(date(2023, 5, 1)), step(date(2022, 5, 1)))] == ["2", "1"]


def test_a_month_stands_in_its_middle_and_is_marked_as_inexact():
    first, second = timeline([step(date(2024, 1, 1), "month"), step(date(2024, 7, 2))]).points
    assert (first.place, first.about, second.about) == (4.167, True, False)


def test_a_year_stands_in_its_middle():
    assert places(step(date(2022, 1, 1), "year"), step(date(2023, 12, 31)))[0] == ("1", 25)


def test_steps_of_one_day_are_one_point():
    day = date(2024, 5, 1)
    assert [label for label, _place in places(step(day), step(day), step(day), step(date(2022, 1, 1)))] == ["4", "1–3"]


def test_two_steps_of_one_day_are_an_axis_of_one_point():
    assert [label for label, _place in places(step(date(2024, 1, 1)), step(date(2024, 1, 1)))] == ["1–2"]


def test_near_points_stand_one_above_another_and_far_ones_on_the_axis():
    days = [date(2022, 1, 1), date(2023, 1, 1), date(2023, 1, 9), date(2023, 1, 17), date(2023, 12, 1)]
    assert [point.lane for point in timeline([step(day) for day in days]).points] == [0, 0, 1, 2, 0]


def test_height_grows_with_the_points_that_stand_one_above_another():
    far = timeline([step(date(2022, 1, 1)), step(date(2023, 1, 1))])
    near = timeline([step(date(2022, 1, 1)), step(date(2022, 1, 5))])
    assert (far.height, near.height) == (30, 60)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (2024, 2024, [2024]),
        (2022, 2024, [2022, 2023, 2024]),
        (2013, 2024, list(range(2013, 2025))),
        (2013, 2025, [2012, 2014, 2016, 2018, 2020, 2022, 2024]),
        (1958, 2026, [1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020]),
        (1776, 2026, [1750, 1800, 1850, 1900, 1950, 2000]),
    ],
)
def test_columns_are_years_or_round_numbers_of_years(first, last, years):
    assert timeline([step(date(first, 5, 1)), step(date(last, 5, 1))]).years == years


def test_steps_in_columns_of_several_years_stand_where_they_lie_in_the_whole():
    # From 2012 to 2026 are fourteen years; 2019 begins in the middle.
    assert places(step(date(2013, 1, 1)), step(date(2019, 1, 1)), step(date(2025, 5, 1)))[:2] == [
        ("1", 7.143), ("2", 50),
    ]  # fmt: skip


def test_the_last_year_that_dates_know_is_no_fault():
    assert timeline([step(date(9999, 12, 31)), step(date(1, 1, 1))]).years[-1] == 9000


@pytest.mark.parametrize(
    ("taken", "mark"),
    [
        (step(date(2024, 5, 1), at="/m/#item-3"), "meeting"),
        (step(date(2024, 5, 1)), "paper"),
        (step(date(2024, 5, 1), stage="suspended"), "exit"),
        (step(date(2024, 5, 1), stage="terminated"), "exit"),
        (step(date(2024, 5, 1), stage="rejected", at="/m/#item-3"), "exit"),
    ],
)
def test_points_are_marked_by_where_the_step_was_taken(taken, mark):
    assert timeline([step(date(2022, 1, 1)), taken]).points[-1].mark == mark


def test_a_point_leads_to_its_agenda_item():
    assert timeline([step(date(2022, 1, 1)), step(date(2024, 5, 1), at="/m/#item-3")]).points[1].href == "/m/#item-3"


def test_a_point_outside_a_meeting_leads_to_its_row_in_the_history():
    assert timeline([step(date(2022, 1, 1)), step(None), step(date(2024, 5, 1))]).points[1].href == "#step-3"


def test_the_picture_is_kept_from_readers_of_screens_and_from_the_keyboard():
    drawn = timeline([step(date(2022, 1, 1)), step(date(2024, 5, 1), at="/m/#item-3")])
    picture = render_to_string("components/agreement_timeline.html", {"timeline": drawn})
    assert picture.lstrip().startswith('<div class="agreement-timeline" aria-hidden="true">')
    assert picture.count("<a ") == picture.count('tabindex="-1"') == 2
    assert [year for year in ("2022", "2023", "2024") if f"<li>{year}</li>" in picture] == ["2022", "2023", "2024"]
