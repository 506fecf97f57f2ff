"""The grid of a month."""

from calendar import Calendar
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2200


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
