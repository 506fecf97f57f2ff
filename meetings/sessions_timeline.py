"""The picture of a chamber's meetings: years as rows, the newest first, and in each the twelve months as columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from arabic.dates import MONTHS

from .models import MeetingKind, MeetingStatus

MOST_YEARS = 6
# A phone shows the years as lists: it opens the newest until this many meetings stand there.
MOST_OPEN = 12
SESSIONS = {MeetingKind.ORDINARY, MeetingKind.EXTRAORDINARY}
TOOK_PLACE = {MeetingStatus.HELD, MeetingStatus.LEFT_OPEN}


@dataclass(frozen=True)
class Mark:
    """A meeting in the picture.

    ``month`` is 1 to 12, or 0 where no source gives the month; ``day`` is None where none gives the day. ``shape`` is
    ``square`` for a session of the assembly and ``circle`` for any other meeting. ``fill`` is ``held``; ``awaited``
    for one of which only the call is known, ahead or past; or ``missed`` for one that was cancelled, put off or
    failed for want of quorum.
    """

    meeting: Any
    month: int
    day: int | None
    shape: str
    fill: str
    is_next: bool


@dataclass(frozen=True)
class Year:
    """A row: its marks from January on, those without a month at the end.

    ``is_folded``: on a phone only its count shows. ``gap`` holds the first and the last year without any meeting
    between this row and the next, older one; None where the years follow each other.
    """

    number: int
    marks: tuple[Mark, ...]
    is_folded: bool
    gap: tuple[int, int] | None


@dataclass(frozen=True)
class SessionsTimeline:
    """The rows, how many older meetings they leave out, and which shapes and fills a legend has to explain."""

    years: tuple[Year, ...]
    older: int
    shapes: frozenset[str]
    fills: frozenset[str]
    has_next: bool

    @property
    def months(self) -> tuple[str, ...]:
        """The names over the columns, from January on."""
        return MONTHS


def sessions_timeline(
    meetings: Iterable[Any], next_meeting: Any = None, most_years: int = MOST_YEARS, today: date | None = None
) -> SessionsTimeline:
    """Return the picture of ``meetings`` in any order; at most the ``most_years`` newest years that have one.

    A meeting stands in the year and month of its date. Without a date it stands in the year its session or else its
    address names, and in no month: a session's name is not its date. ``next_meeting``, one of the meetings, gets a
    mark of its own. A meeting put off to ``today`` or later is awaited, not missed. Years without a meeting take no
    row; ``Year.gap`` names them.

    The rows are empty for no meetings. Raises ValueError for ``most_years`` below 1.
    """
    if most_years < 1:
        raise ValueError(f"{most_years} years are no picture; at least 1 is wanted")
    rows: dict[int, list[Mark]] = {}
    for meeting in meetings:
        rows.setdefault(_year(meeting), []).append(_mark(meeting, next_meeting, today))
    numbers = sorted(rows, reverse=True)
    shown = numbers[:most_years]
    years: list[Year] = []
    listed = 0
    for number, older in zip(shown, [*shown[1:], None][: len(shown)], strict=True):
        marks = sorted(rows[number], key=_place)
        # The newest year stands open however much it holds.
        is_folded = listed > 0 and listed + len(marks) > MOST_OPEN
        listed += len(marks)
        gap = (older + 1, number - 1) if older is not None and number - older > 1 else None
        years.append(Year(number, tuple(marks), is_folded, gap))
    drawn = [mark for year in years for mark in year.marks]
    return SessionsTimeline(
        years=tuple(years),
        older=sum(len(rows[number]) for number in numbers[most_years:]),
        shapes=frozenset(mark.shape for mark in drawn),
        fills=frozenset(mark.fill for mark in drawn),
        has_next=any(mark.is_next for mark in drawn),
    )


def _year(meeting: Any) -> int:
    day: date | None = meeting.date
    return day.year if day else int(meeting.session_year or meeting.url_year)


def _mark(meeting: Any, next_meeting: Any, today: date | None) -> Mark:
    day: date | None = meeting.date
    return Mark(
        meeting=meeting,
        month=day.month if day and meeting.date_precision != "year" else 0,
        day=day.day if day and meeting.date_precision == "day" else None,
        shape="square" if meeting.kind in SESSIONS else "circle",
        fill="awaited" if today and meeting.is_coming(today) else _fill(meeting.status),
        is_next=next_meeting is not None and meeting == next_meeting,
    )


def _fill(status: str) -> str:
    if status in TOOK_PLACE:
        return "held"
    return "awaited" if status == MeetingStatus.SCHEDULED else "missed"


def _place(mark: Mark) -> tuple[int, int]:
    return (mark.month or 13, mark.day or 32)
