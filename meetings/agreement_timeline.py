"""An agreement's dated steps on an axis of years, drawn where it came up more than once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import EXIT_STAGES

FEWEST_STEPS = 2
MOST_COLUMNS = 12
# Marks are 24 px wide and the narrowest axis 680 px: nearer ones than this (percent) stand one above another.
NEAREST = 4.0
LANE_HEIGHT, MARK_HEIGHT = 30, 24


@dataclass(frozen=True)
class Point:
    """The steps of one day: their numbers in the history, where they stand, and how they are marked.

    ``place`` is the distance from the axis's start in percent; ``lane`` counts upwards from the axis. ``mark`` is
    ``meeting``, ``paper`` (a step outside a meeting) or ``exit``; ``about`` says the day is not known exactly.
    """

    steps: tuple[Any, ...]
    numbers: tuple[int, ...]
    place: float
    lane: int
    mark: str
    about: bool

    @property
    def label(self) -> str:
        first, last = self.numbers[0], self.numbers[-1]
        return str(first) if first == last else f"{first}–{last}"

    @property
    def href(self) -> str:
        """The agenda item the step was taken at, else its row in the history."""
        at_meeting = next((step for step in self.steps if step.agenda_item_id), None)
        return at_meeting.agenda_item.get_absolute_url() if at_meeting else f"#step-{self.numbers[0]}"

    @property
    def x(self) -> str:
        """The place as an SVG attribute, counted from the far side: the past stands where Arabic lines begin."""
        return f"{100 - self.place:.3f}%"


@dataclass(frozen=True)
class Timeline:
    """Points over columns of equal width, each as many years as ``years`` are apart, the earliest at the start."""

    points: list[Point]
    years: list[int]

    @property
    def height(self) -> int:
        """The height of the marks in pixels."""
        return LANE_HEIGHT * (1 + max(point.lane for point in self.points))

    @property
    def marks(self) -> list[tuple[Point, int]]:
        """Each point with the height of its middle, in pixels from the top."""
        return [(point, self.height - LANE_HEIGHT * point.lane - MARK_HEIGHT // 2 - 2) for point in self.points]

    @property
    def kinds(self) -> list[str]:
        """The marks that occur, in the order of the legend."""
        return [kind for kind in ("meeting", "paper", "exit") if any(point.mark == kind for point in self.points)]


def timeline(steps: Sequence[Any]) -> Timeline | None:
    """Return the dated ones of an agreement's public ``steps`` on an axis, or None where fewer than two have a date.

    A step has ``stage``, ``agenda_item_id``, ``agenda_item`` and ``date_shown``, its date with its precision. Steps
    of one day are one point; a month's or year's stands in the middle of it. The axis has whole years, or columns of
    2, 5, 10, 20, 50 … years where single ones would be more than twelve.
    """
    dated = [
        (_moment(*step.date_shown), number, step) for number, step in enumerate(steps, start=1) if step.date_shown[0]
    ]
    if len(dated) < FEWEST_STEPS:
        return None
    years = _columns(int(min(dated)[0]), int(max(dated)[0]))
    width = years[1] - years[0]
    of_day: dict[float, list[tuple[int, Any]]] = {}
    for moment, number, step in sorted(dated, key=lambda row: row[:2]):
        of_day.setdefault(moment, []).append((number, step))
    points: list[Point] = []
    ends: list[float] = []  # how far each lane is taken
    for moment, together in of_day.items():
        place = round(100 * (moment - years[0]) / (width * (len(years) - 1)), 3)
        lane = next((n for n, end in enumerate(ends) if place - end >= NEAREST), len(ends))
        ends[lane : lane + 1] = [place]
        numbers, taken = zip(*together, strict=True)
        points.append(
            Point(taken, numbers, place, lane, _mark(taken[-1]), any(s.date_shown[1] != "day" for s in taken))
        )
    return Timeline(points, years[:-1])


def _moment(day: date, precision: str) -> float:
    """Return the day as a year and its part that has passed: 2024.5 is the middle of 2024."""
    if precision == "year":
        return day.year + 0.5
    if precision == "month":
        return day.year + (day.month - 0.5) / 12
    whole = date(day.year, 12, 31).timetuple().tm_yday
    return day.year + (day.timetuple().tm_yday - 1) / whole


def _columns(first: int, last: int) -> list[int]:
    """Return the years at which the columns begin, and the one at which the last ends."""
    width = next(
        width
        for width in (factor * 10**power for power in range(5) for factor in (1, 2, 5))
        if last // width - first // width < MOST_COLUMNS
    )
    return [width * n for n in range(first // width, last // width + 2)]


def _mark(step: Any) -> str:
    if step.stage in EXIT_STAGES:
        return "exit"
    return "meeting" if step.agenda_item_id else "paper"
