"""Counting outcomes and stages for the bar and the sentence that goes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Outcome, Stage

# The fixed order of the bar, from its start; unknown comes last.
ORDER = [
    Outcome.ADOPTED,
    Outcome.ADOPTED_AS_AMENDED,
    Outcome.NOTED,
    Outcome.PRESENTED,
    Outcome.DISCUSSED,
    Outcome.REFERRED,
    Outcome.POSTPONED,
    Outcome.WITHDRAWN,
    Outcome.REJECTED,
]
UNKNOWN = "unpublished"
SMALLEST_SHARE = 4.0


@dataclass(frozen=True)
class Part:
    """One outcome or stage of a tally: its code, its words, how many, and where it lies on the bar (percent)."""

    code: str
    label: Any
    count: int
    start: float
    width: float

    @property
    def drawn(self) -> str:
        """The width as an SVG attribute, with a point whatever the language."""
        return f"{self.width:.3f}"


def tally(counts: Mapping[str, int]) -> list[Part]:
    """Return the parts of the outcomes bar for counts by outcome (the blank one is unknown), in the fixed order.

    A part below 4 percent is drawn at 4 percent, so that it can be seen; the larger ones give way in proportion.
    """
    return _parts(counts, ORDER, counts.get("", 0), _("outcome not published"))


def stage_tally(counts: Mapping[str | None, int]) -> list[Part]:
    """Return the parts of the same bar for counts of agreements by stage (None is unknown), in the order of stages."""
    return _parts(counts, list(Stage), counts.get(None, 0), _("stage not published"))


def _parts(counts: Mapping[Any, int], order: Sequence[Any], unknown: int, unknown_label: Any) -> list[Part]:
    present = [(str(code), code.label, counts[code]) for code in order if counts.get(code)]
    if unknown:
        present.append((UNKNOWN, unknown_label, unknown))
    parts, start = [], 0.0
    for (code, label, count), width in zip(present, _widths([row[2] for row in present]), strict=True):
        parts.append(Part(code, label, count, round(start, 3), round(width, 3)))
        start += width
    return parts


def _widths(counts: Sequence[int]) -> list[float]:
    """Return the percentages of ``counts``, none below the smallest share; together they make a hundred."""
    small: set[int] = set()
    while True:
        rest = sum(count for place, count in enumerate(counts) if place not in small)
        scale = (100 - SMALLEST_SHARE * len(small)) / rest if rest else 0
        # Widening one part narrows the others, and one of these may then be too small itself.
        fallen = {place for place, count in enumerate(counts) if count * scale < SMALLEST_SHARE} - small
        if not fallen:
            return [SMALLEST_SHARE if place in small else count * scale for place, count in enumerate(counts)]
        small |= fallen
