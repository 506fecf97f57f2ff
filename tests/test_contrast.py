"""Every colour is read on the grounds it stands on, by day and by night, and none of them is the only message.

The pairs and what they must reach are written by hand: 4.5 to 1 for text, 3 to 1 for marks, edges and pictures
(WCAG 2.2, 1.4.3 and 1.4.11). The values are those of ``tokens.css``.
"""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from chambers.models import Family
from meetings.models import MeetingStatus, Outcome, Stage
from tests import factories as make

TOKENS = Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css"
TEXT, GRAPHICS = 4.5, 3.0
GROUNDS = ["paper", "card", "sunk"]

# What is written or drawn, the grounds it stands on, and the least contrast.
PAIRS = [
    *[(ink, GROUNDS, TEXT) for ink in ("ink", "ink-2", "muted", "green", "green-hover", "visited", "now", "danger")],
    ("brass", GROUNDS, TEXT),  # an ornament, and the number of an agenda item
    ("line-strong", [*GROUNDS, "map"], GRAPHICS),  # edges of fields and of regions on the map
    ("green", ["map"], GRAPHICS),  # the region pointed at among the others
    ("focus", GROUNDS, GRAPHICS),
    ("on-green", ["green", "green-hover"], TEXT),  # a button
    ("ink", ["mark"], TEXT),  # a word that was searched for
    # Families: the mark is also their text, but for agriculture, whose olive is too light for small letters on sunk.
    *[(f"family-{name}", GROUNDS, TEXT) for name in ("commerce", "crafts", "fisheries")],
    ("family-agriculture", GROUNDS, GRAPHICS),
    ("family-agriculture-text", GROUNDS, TEXT),
    ("family-commerce", ["family-commerce-tint"], TEXT),
    ("family-crafts", ["family-crafts-tint"], TEXT),
    ("family-agriculture-text", ["family-agriculture-tint"], TEXT),
    ("family-agriculture", ["family-agriculture-tint"], GRAPHICS),
    ("family-fisheries", ["family-fisheries-tint"], TEXT),
    *[("ink", [f"family-{name}-tint"], TEXT) for name in ("commerce", "crafts", "agriculture", "fisheries")],
    # Outcomes and states: badges, notices (whose text is ink), parts of the bar, days of the calendar.
    *[(state, [f"{state}-tint"], TEXT) for state in ("adopted", "postponed", "rejected", "informed", "referred")],
    ("withdrawn", ["withdrawn-tint"], TEXT),
    *[("ink", [f"{state}-tint"], TEXT) for state in ("adopted", "postponed", "rejected", "informed")],
    ("adopted", ["card"], TEXT),  # adopted as amended
    ("unknown", ["card"], TEXT),  # no published result
    *[
        (state, ["paper", "card"], GRAPHICS)
        for state in ("adopted", "postponed", "rejected", "informed", "referred", "withdrawn", "unknown")
    ],
    # The calendar: other months' days are muted on sunk, which stands above; today's ring.
    ("now", ["card", "adopted-tint"], GRAPHICS),
]
# Drawn for looks alone: hair lines between what space divides already.
DECOR = {"line", "shadow-menu"}


def declared(block):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6}|rgb\([^)]*\)[^;]*|[^;]*?rgb\([^)]*\))\s*;", block))


def palettes():
    """Return the colour tokens by day and by night, each a dictionary from name to value."""
    day, night = re.split(r"@media \(prefers-color-scheme: dark\)", TOKENS.read_text("utf-8"))
    light = declared(day)
    return {"light": light, "dark": light | declared(night)}


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast of two colours as WCAG reckons it, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_reckoning_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48  # the well-known grey that just fails


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_pair_of_colours_is_read(mode):
    colours = palettes()[mode]
    weak = [
        f"{ink} on {ground}: {contrast(colours[ink], colours[ground]):.2f}, not {least}"
        for ink, grounds, least in PAIRS
        for ground in grounds
        if contrast(colours[ink], colours[ground]) < least
    ]
    assert weak == []


def test_every_colour_is_in_a_pair():
    judged = {ink for ink, _, _ in PAIRS} | {ground for _, grounds, _ in PAIRS for ground in grounds}
    assert set(palettes()["light"]) - judged - DECOR == set()


def test_the_night_has_a_value_for_every_colour():
    night = TOKENS.read_text("utf-8").split("@media (prefers-color-scheme: dark)")[1]
    assert set(palettes()["light"]) - set(declared(night)) <= {"shadow-menu"}


def icon_and_word(markup):
    """Return the icon of a badge or mark and the words beside it."""
    icon = re.search(r"icons\.svg#([\w-]+)", markup)
    return icon and icon[1], " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def assert_each_is_told_without_colour(rendered):
    shown = [icon_and_word(markup) for markup in rendered]
    assert all(icon and word for icon, word in shown), shown
    words = [word for _, word in shown]
    assert len(set(words)) == len(words), "two states have the same words"


def test_outcomes_have_an_icon_and_a_word_each():
    assert_each_is_told_without_colour(
        render_to_string("components/outcome_badge.html", {"code": code}) for code in [*Outcome.values, ""]
    )


def test_states_of_meetings_have_an_icon_and_a_word_each(db):
    meeting = make.make_meeting()
    rendered = []
    for status in MeetingStatus.values:
        meeting.status = status
        rendered.append(render_to_string("components/status_badge.html", {"meeting": meeting}))
    meeting.status = MeetingStatus.SCHEDULED
    rendered.append(render_to_string("components/status_badge.html", {"meeting": meeting, "is_today": True}))
    assert_each_is_told_without_colour(rendered)


def test_stages_of_agreements_have_an_icon_and_a_word_each():
    assert_each_is_told_without_colour(
        render_to_string("components/stage_badge.html", {"stage": stage}) for stage in [*Stage.values, None]
    )


def test_families_have_a_shape_of_their_own_each(db):
    rendered = [
        render_to_string("components/family.html", {"chamber": make.make_chamber(family=family)})
        for family in Family.values
    ]
    assert_each_is_told_without_colour(rendered)
    assert len({icon_and_word(markup)[0] for markup in rendered}) == 4
