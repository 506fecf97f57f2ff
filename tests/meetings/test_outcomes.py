"""The tally of outcomes and of stages: its order, its widths, its words."""

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from meetings.models import Outcome, Stage
from meetings.outcomes import stage_tally, tally

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
    assert [(part.start, part.width) for part in parts] == [(0, 96), (96, 4)]


def test_part_pushed_below_the_smallest_share_by_others_is_widened_too():
    # 4.1 percent of the whole, but only 3.9 of what the small one leaves: both are drawn at 4.
    parts = tally({"adopted": 949, "postponed": 41, "rejected": 1, "withdrawn": 9})
    assert [part.width for part in parts] == [88, 4, 4, 4]


def test_width_is_drawn_with_a_point():
    first, second = tally({"adopted": 2, "postponed": 1})
    assert (first.drawn, second.drawn) == ("66.667", "33.333")


def test_stages_stand_in_the_order_of_an_agreements_life_with_the_unknown_last():
    counts = {None: 1, "rejected": 1, "signed": 1, "awaiting_signature": 1, "in_committee": 1, "proposed": 1}
    assert [part.code for part in stage_tally(counts)] == [
        "proposed", "in_committee", "awaiting_signature", "signed", "rejected", "unpublished",
    ]  # fmt: skip


def test_stage_that_is_not_known_is_counted_as_not_published():
    (part,) = stage_tally({None: 2})
    assert (part.code, str(part.label), part.count) == ("unpublished", "لم تُنشر المرحلة", 2)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "واحدة صودق عليها"),
        (2, "اثنتان صودق عليهما"),
        (3, "3 صودق عليها"),
        (10, "10 صودق عليها"),
        (11, "11 صودق عليها"),
        (99, "99 صودق عليها"),
        (100, "100 صودق عليها"),
        (102, "102 صودق عليها"),
    ],
)
@pytest.mark.parametrize("component", ["outcome_count", "stage_count"])
def test_counts_are_said_in_the_form_of_their_number(component, n, words):
    assert render_to_string(f"components/{component}.html", {"code": "adopted", "n": n}) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "واحدة في طور المشروع"),
        (2, "اثنتان في طور المشروع"),
        (3, "3 في طور المشروع"),
        (11, "11 في طور المشروع"),
        (99, "99 في طور المشروع"),
        (100, "100 في طور المشروع"),
    ],
)
def test_drafts_are_counted_in_the_form_of_their_number(n, words):
    assert render_to_string("components/stage_count.html", {"code": "proposed", "n": n}) == words


@pytest.mark.parametrize("code", [*Stage.values, "unpublished"])
def test_every_stage_has_words_of_its_own(code):
    def words(of):
        return render_to_string("components/stage_count.html", {"code": of, "n": 12})

    assert words(code) not in [words(other) for other in [*Stage.values, "unpublished"] if other != code]


def test_bar_has_a_part_for_each_outcome_and_a_key_in_the_sentence():
    bar = render_to_string("components/outcomes_bar.html", {"tally": tally({"adopted": 3, "rejected": 1})})
    assert re.findall(r'mark-(\w+)" width="([\d.%]+)"', bar) == [
        ("adopted", "14"), ("rejected", "14"), ("adopted", "75.000%"), ("rejected", "25.000%"),
    ]  # fmt: skip


def test_bar_is_hidden_from_readers_of_screens_and_the_sentence_is_not():
    bar = render_to_string("components/outcomes_bar.html", {"tally": tally({"adopted": 3, "rejected": 1}), "total": 4})
    seen, hidden = bar.split('<div class="bar" aria-hidden="true">')
    read = " ".join(re.sub(r'<span aria-hidden="true">.*?</span>|<[^>]+>', "", seen).split())
    assert read == "4 نقط: 3 صودق عليها، واحدة رُفضت."
    assert re.sub(r"<[^>]+>", "", hidden).split() == []


@pytest.mark.parametrize(
    ("code", "pattern"), [("postponed", "hatch"), ("rejected", "dotted"), ("adopted", None), ("withdrawn", None)]
)
def test_postponed_is_hatched_and_rejected_dotted_for_grey_print(code, pattern):
    mark = render_to_string("components/outcome_mark.html", {"code": code, "width": "14"})
    assert re.findall(r'<line class="(\w+)"', mark) == ([pattern] if pattern else [])


def test_single_outcome_needs_no_bar():
    bar = render_to_string("components/outcomes_bar.html", {"tally": tally({"adopted": 3})})
    assert 'class="bar"' not in bar
    assert "3 صودق عليها" in bar


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
    assert min(part.width for part in tally(counts)) >= 4
