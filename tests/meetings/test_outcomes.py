"""The tally of outcomes: its order, its widths, and the drawing from the side where Arabic begins."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.models import Outcome
from meetings.outcomes import tally

CODES = [
    "adopted",
    "adopted_as_amended",
    "noted",
    "presented",
    "discussed",
    "referred",
    "postponed",
    "withdrawn",
    "rejected",
]


def test_no_items_make_no_bar():
    assert tally({}) == []


def test_outcomes_counted_nought_make_no_part():
    assert tally({"adopted": 0, "": 0}) == []


def test_parts_stand_in_the_fixed_order_with_the_unknown_last():
    parts = tally({"": 1, **dict.fromkeys(reversed(CODES), 1)})
    assert [part.code for part in parts] == [*CODES, "unpublished"]


def test_part_holds_its_words_and_count():
    (part,) = tally({"adopted": 7})
    assert (part.code, part.label, part.count) == ("adopted", Outcome.ADOPTED.label, 7)


def test_blank_outcome_is_counted_as_not_published():
    (part,) = tally({"": 3})
    assert (part.code, str(part.label), part.count) == ("unpublished", "لم تُعلن النتيجة", 3)


def test_single_outcome_fills_the_bar():
    (part,) = tally({"postponed": 2})
    assert (part.start, part.width) == (0, 100)


def test_widths_follow_the_counts():
    parts = tally({"adopted": 8, "postponed": 2})
    assert [(part.start, part.width) for part in parts] == [(0, 80), (80, 20)]


def test_small_part_is_wide_enough_to_be_seen():
    parts = tally({"adopted": 99, "rejected": 1})
    # 99 and, instead of 1, 4: together 103, brought down to 100.
    assert [(part.start, part.width) for part in parts] == [(0, 96.117), (96.117, 3.883)]


def test_bar_is_drawn_from_the_right():
    first, second = tally({"adopted": 8, "postponed": 2})
    assert (first.x, second.x) == ("20.000", "0.000")


def test_gap_parts_two_outcomes():
    first, second = tally({"adopted": 8, "postponed": 2})
    assert (first.drawn, second.drawn) == ("79.700", "19.700")


COUNTS = st.dictionaries(st.sampled_from([*CODES, ""]), st.integers(1, 500), min_size=1)


@given(COUNTS)
def test_widths_add_up_to_the_whole_bar(counts):
    assert sum(part.width for part in tally(counts)) == pytest.approx(100, abs=0.01)


@given(COUNTS)
def test_parts_touch_one_another(counts):
    parts = tally(counts)
    for part, following in pairwise(parts):
        assert following.start == pytest.approx(part.start + part.width, abs=0.01)


@given(COUNTS)
def test_every_part_can_be_seen(counts):
    assert min(part.width for part in tally(counts)) > 2.8
