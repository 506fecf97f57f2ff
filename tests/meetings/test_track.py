"""The five steps that pages show of an agreement's life."""

import pytest

from meetings.models import Stage
from meetings.track import track


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
