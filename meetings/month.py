"""The grid of a month."""

from calendar import Calendar
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2200
# A cell of 72 pixels holds three marks beside the day.
MARKS = 3


def month_grid(year: int, month: int) -> list[list[date]]:
    """Return the month's weeks, Monday first, seven dates each, filled with days of the neighbouring months.

    Raises ValueError for a month outside 1..12 or a year outside 1900..2200.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} is not between 1 and 12")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return Calendar(firstweekday=0).monthdatescalendar(year, month)


def next_month(year: int, month: int) -> tuple[int, int]:
    """Return the year and month that follow."""
    return (year + 1, 1) if month == 12 else (year, month + 1)


def previous_month(year: int, month: int) -> tuple[int, int]:
    """Return the year and month before."""
    return (year - 1, 12) if month == 1 else (year, month - 1)


class Day(NamedTuple):
    """A day of the grid: its meetings in their order, and what its cell must know of them."""

    date: date
    meetings: list[Any]

    @property
    def more(self) -> int:
        """How many meetings a cell that draws three marks leaves out."""
        return max(len(self.meetings) - MARKS, 0)

    @property
    def is_off(self) -> bool:
        """Whether all that was called for this day was cancelled."""
        return bool(self.meetings) and all(meeting.status == "cancelled" for meeting in self.meetings)


def month_days(weeks: list[list[date]], meetings: Iterable[Any]) -> list[list[Day]]:
    """Return the grid's days with the meetings of each; ``meetings`` have their ``date`` known to the day."""
    of_day: dict[date, list[Any]] = {}
    for meeting in meetings:
        of_day.setdefault(meeting.date, []).append(meeting)
    return [[Day(day, of_day.get(day, [])) for day in week] for week in weeks]
