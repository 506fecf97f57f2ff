"""Counting outcomes for the bar and the sentence that goes with it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Outcome

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
    """One outcome of a tally: its code, its words, how many, and where its part of the bar lies (percent)."""

    code: str
    label: Any
    count: int
    start: float
    width: float

    @property
    def x(self) -> str:
        """Where the part is drawn, counted from the far side: the bar begins where Arabic lines begin."""
        return f"{100 - self.start - self.width:.3f}"

    @property
    def drawn(self) -> str:
        """The width drawn: a little less than the part's own, so that a gap parts it from the next."""
        return f"{max(self.width - 0.3, 0.5):.3f}"


def tally(counts: dict[str, int]) -> list[Part]:
    """Return the parts of the outcomes bar for counts by outcome (the blank one is unknown), in the fixed order.

    Every part is at least 4 percent wide so that it can be seen; the others give way in proportion.
    """
    present = [(code, _label(code), counts[code]) for code in ORDER if counts.get(code)]
    if counts.get(""):
        present.append((UNKNOWN, _("outcome not published"), counts[""]))
    total = sum(count for _code, _label_, count in present)
    if not total:
        return []
    widths = [max(SMALLEST_SHARE, 100 * count / total) for _code, _label_, count in present]
    scale = 100 / sum(widths)
    parts, start = [], 0.0
    for (code, label, count), width in zip(present, widths, strict=True):
        parts.append(Part(str(code), label, count, round(start, 3), round(width * scale, 3)))
        start += width * scale
    return parts


def _label(code: Outcome) -> Any:
    return code.label
