"""The five steps that pages show of an agreement's life."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from meetings.models import Stage
from meetings.track import Age, age, track


def states(*stages):
    return [(step.code, step.state) for step in track(list(stages))]


def test_no_public_step_makes_no_track():
    assert track([]) == []


@pytest.mark.parametrize(
    ("stage", "shown"),
    [
        ("proposed", ["current", "next", "next", "next", "next"]),
        ("in_committee", ["current", "next", "next", "next", "next"]),
        ("adopted", ["unknown", "current", "next", "next", "next"]),
        ("sent_for_approval", ["unknown", "current", "next", "next", "next"]),
        ("approved", ["unknown", "current", "next", "next", "next"]),
        ("awaiting_signature", ["unknown", "unknown", "current", "next", "next"]),
        ("signed", ["unknown", "unknown", "current", "next", "next"]),
        ("in_force", ["unknown", "unknown", "unknown", "current", "next"]),
        ("completed", ["unknown", "unknown", "unknown", "unknown", "current"]),
    ],
)
def test_stage_alone_is_current_and_what_lies_behind_it_unknown(stage, shown):
    assert states(stage) == list(zip(["draft", "adopted", "signature", "running", "ended"], shown, strict=True))


def test_stated_steps_are_done():
    assert states("proposed", "adopted", "signed") == [
        ("draft", "done"),
        ("adopted", "done"),
        ("signature", "current"),
        ("running", "next"),
        ("ended", "next"),
    ]


def test_step_that_no_source_states_is_unknown_between_stated_ones():
    assert states("proposed", "in_force") == [
        ("draft", "done"),
        ("adopted", "unknown"),
        ("signature", "unknown"),
        ("running", "current"),
        ("ended", "next"),
    ]


def test_stages_of_one_step_are_one_step():
    assert states("adopted", "sent_for_approval", "approved")[:2] == [("draft", "unknown"), ("adopted", "current")]


@pytest.mark.parametrize("stage", ["suspended", "terminated"])
def test_exit_stops_the_track_after_the_last_step_reached(stage):
    assert states("proposed", "adopted", stage) == [("draft", "done"), ("adopted", "done"), ("exit", "exit")]


def test_rejection_follows_the_draft():
    assert states("proposed", "rejected") == [("draft", "done"), ("exit", "exit")]


def test_exit_leaves_unstated_steps_unknown():
    assert states("signed", "terminated") == [
        ("draft", "unknown"),
        ("adopted", "unknown"),
        ("signature", "done"),
        ("exit", "exit"),
    ]


@pytest.mark.parametrize("stage", ["suspended", "terminated", "rejected"])
def test_exit_alone_is_all_that_is_known(stage):
    assert states(stage) == [("exit", "exit")]


@pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.TERMINATED, Stage.REJECTED])
def test_exit_is_named_after_its_stage(stage):
    assert track([stage])[-1].label == stage.label


def test_agreement_goes_on_after_a_suspension():
    assert states("adopted", "suspended", "in_force") == [
        ("draft", "unknown"),
        ("adopted", "done"),
        ("signature", "unknown"),
        ("running", "current"),
        ("ended", "next"),
    ]


def test_agreement_brought_back_to_the_assembly_stands_there_again():
    assert states("awaiting_signature", "adopted") == [
        ("draft", "unknown"),
        ("adopted", "current"),
        ("signature", "next"),
        ("running", "next"),
        ("ended", "next"),
    ]


@pytest.mark.parametrize("stage", Stage.values)
def test_every_stage_has_a_place(stage):
    assert track([stage])


def behind(*stages):
    """Return the place in the record, from one, of the step behind each step of the track."""
    return [(step.code, step.taken) for step in track(list(stages), list(range(1, len(stages) + 1)))]


def test_behind_each_step_stands_the_step_of_the_record_that_gave_it_its_name():
    assert behind("proposed", "in_committee", "adopted", "approved", "awaiting_signature", "signed", "in_force") == [
        ("draft", 1), ("adopted", 3), ("signature", 6), ("running", 7), ("ended", None),
    ]  # fmt: skip


def test_behind_the_present_step_stands_the_last_one_of_the_record():
    assert behind("signed", "awaiting_signature")[2] == ("signature", 2)


def test_of_two_adoptions_the_last_one_counts():
    assert behind("adopted", "adopted", "signed")[1] == ("adopted", 2)


def test_behind_an_unknown_step_stands_nothing():
    assert behind("in_force")[:3] == [("draft", None), ("adopted", None), ("signature", None)]


def test_behind_an_exit_stands_the_step_that_was_the_exit():
    assert behind("proposed", "rejected") == [("draft", 1), ("exit", 2)]


def test_a_step_taken_back_leaves_nothing_behind_the_steps_after_it():
    assert behind("adopted", "signed", "proposed")[1:3] == [("adopted", None), ("signature", None)]


TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 26), Age("days", 0)),
        (date(2026, 11, 25), Age("days", 1)),
        (date(2026, 10, 25), Age("days", 32)),
        (date(2026, 8, 19), Age("days", 99)),
        (date(2026, 8, 18), Age("months", 3)),
        (date(2025, 11, 27), Age("months", 11)),
        (date(2025, 11, 26), Age("months", 12)),
        (date(2024, 12, 30), Age("months", 22)),
        (date(2024, 11, 27), Age("months", 23)),
        (date(2024, 11, 26), Age("years", 2)),
        (date(2018, 2, 27), Age("years", 8)),
    ],
)
def test_age_is_told_in_days_then_months_then_years(day, expected):
    assert age(day, "day", TODAY) == expected


@pytest.mark.parametrize("precision", ["month", "year"])
def test_age_of_a_day_that_is_not_known_is_not_told(precision):
    assert age(date(2026, 10, 1), precision, TODAY) is None


def test_nothing_dated_has_no_age():
    assert age(None, "day", TODAY) is None


def test_a_step_still_to_come_has_no_age():
    assert age(date(2026, 11, 27), "day", TODAY) is None


@pytest.mark.parametrize(
    ("unit", "n", "words"),
    [
        ("days", 0, "منذ اليوم"),
        ("days", 1, "منذ يوم واحد"),
        ("days", 2, "منذ يومين"),
        ("days", 3, "منذ 3 أيام"),
        ("days", 10, "منذ 10 أيام"),
        ("days", 11, "منذ 11 يوما"),
        ("days", 32, "منذ 32 يوما"),
        ("days", 99, "منذ 99 يوما"),
        ("months", 3, "منذ 3 أشهر"),
        ("months", 11, "منذ 11 شهرا"),
        ("years", 1, "منذ سنة واحدة"),
        ("years", 2, "منذ سنتين"),
        ("years", 8, "منذ 8 سنوات"),
        ("years", 11, "منذ 11 سنة"),
        ("years", 100, "منذ 100 سنة"),
    ],
)
def test_sentence_says_the_age_in_the_form_of_its_number(unit, n, words):
    step = {"stage": "awaiting_signature", "date_shown": (date(2024, 9, 20), "day")}
    sentence = render_to_string("components/stage_sentence.html", {"step": step, "age": Age(unit, n)})
    assert f"<span>{words}</span>" in sentence
    assert "(20 شتنبر 2024)" in sentence


def test_sentence_of_a_step_known_to_the_month_names_the_month():
    step = {"stage": "signed", "date_shown": (date(2024, 9, 1), "month")}
    sentence = render_to_string("components/stage_sentence.html", {"step": step, "age": None})
    assert "<span>في شتنبر 2024</span>" in sentence


def test_sentence_of_an_undated_step_is_the_stage_alone():
    step = {"stage": "signed", "date_shown": (None, "day")}
    sentence = render_to_string("components/stage_sentence.html", {"step": step, "age": None})
    assert "منذ" not in sentence
    assert "None" not in sentence
