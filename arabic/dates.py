"""Dates as Moroccan sources write them: reading typed ones, writing those known only in part."""

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from arabic.folding import fold

Precision = Literal["day", "month", "year"]

# The only list of the months in code; locale_overrides/ar repeats it for Django and a test compares the two.
MONTHS = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
)
WEEKDAYS = ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")  # as date.weekday() counts

_MONTH_VARIANTS = (
    ("كانون الثاني", "كانون2", "janvier"),
    ("شباط", "février"),
    ("آذار", "mars"),
    ("نيسان", "avril"),
    ("مايو", "أيار", "mai"),
    ("حزيران", "juin"),
    ("يوليو", "تموز", "juillet"),
    ("أغسطس", "آب", "août"),
    ("سبتمبر", "أيلول", "septembre"),
    ("تشرين الأول", "تشرين1", "octobre"),
    ("نوفمبر", "تشرين الثاني", "تشرين2", "novembre"),
    ("ديسمبر", "كانون الأول", "كانون1", "décembre"),
)
_FRENCH_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_HOURS = (
    "الواحدة",
    "الثانية",
    "الثالثة",
    "الرابعة",
    "الخامسة",
    "السادسة",
    "السابعة",
    "الثامنة",
    "التاسعة",
    "العاشرة",
    "الحادية عشرة",
    "الثانية عشرة",
)
_MINUTES = {"النصف": 30, "نصف": 30, "الربع": 15, "ربع": 15, "ربعا": 15, "الثلث": 20, "ثلث": 20, "ثلثا": 20}
_MORNING = ("صباحا", "صباح")
_AFTERNOON = ("بعد الزوال", "زوالا", "مساء", "ظهرا", "بعد الظهر", "عصرا")
_NIGHT = ("ليلا",)


def _numbers(*names: Iterable[str]) -> dict[str, int]:
    """Return each folded name with its place, counted from 1, for parallel lists of names."""
    return {fold(name): index for group in names for index, name in enumerate(group, start=1)}


def _any_of(names: Iterable[str]) -> str:
    """Return a pattern for one of ``names`` (folded), the longest first, with any white space between its words."""
    folded = sorted((fold(name) for name in names), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in folded) + ")"


_MONTH_NUMBERS = _numbers(MONTHS) | {
    fold(name): number for number, names in enumerate(_MONTH_VARIANTS, start=1) for name in names
}
_WEEKDAY_NUMBERS = _numbers(WEEKDAYS, _FRENCH_WEEKDAYS)
_HOUR_NUMBERS = _numbers(_HOURS)
_MINUTE_NUMBERS = {fold(name): minutes for name, minutes in _MINUTES.items()}

_ALONE = r"(?<![^\W\d_]){}(?![^\W\d_])"  # no letter on either side; a digit may touch: «15مارس»

_NAMED_DATE = re.compile(
    rf"""
    (?<![\d/.\-]) (?P<day> \d{{1,2}} | (?<!\w)(?:ال)?فاتح | (?<!\w)الاول ) (?:er)?
    \s* (?:من\s+)? (?:شهر\s+)? (?P<month>{_any_of(_MONTH_NUMBERS)}) (?![^\W\d_])
    (?: [\s,،.]* (?:من\s+)? (?:(?:سنه|لسنه|عام)\s+)? (?P<year>[12]\d{{3}}) (?!\d) )?
    """,
    re.VERBOSE,
)
_DAY_FIRST = re.compile(
    r"(?<![\d/.\-]) (?P<day>\d{1,2}) \s*(?P<mark>[/.\-])\s* (?P<month>\d{1,2}) \s*(?P=mark)\s* "
    r"(?P<year>[12]\d{3} | (?<=/)\d{2} | (?<=/\ )\d{2}) (?![\d/])",
    re.VERBOSE,
)
_YEAR_FIRST = re.compile(
    r"(?<![\d/.\-]) (?P<year>[12]\d{3}) (?P<mark>[/.\-]) (?P<month>\d{1,2}) (?P=mark) (?P<day>\d{1,2}) (?![\d/])",
    re.VERBOSE,
)
_TIME = re.compile(
    rf"""
    (?P<cue> الساعه\s+ | {_ALONE.format("س")}\s* )?
    (?:
        (?<![\d/.,:\-]) (?P<clock>\d{{1,2}})
        (?: \s*(?P<mark>[:.]|h(?![^\W\d_]))\s*(?P<minute>\d{{2}}) (?::\d{{2}})? | \s*(?P<suffix>h|س)(?![^\W\d_]) )?
        (?![\d/:])
      | (?<!\w) (?P<word>{_any_of(_HOUR_NUMBERS)}) (?!\w)
    )
    (?: \s+ (?P<sign>و|الا)\s* (?:(?P<part>{_any_of(_MINUTE_NUMBERS)}) | (?P<minutes>\d{{1,2}})\s*(?:دقيقه|دقائق))
        (?!\w) )?
    (?: \s* (?:من\s+|في\s+)? (?P<period>{_any_of((*_MORNING, *_AFTERNOON, *_NIGHT))}) (?!\w) )?
    """,
    re.VERBOSE,
)
_WEEKDAY = re.compile(rf"(?<!\w){_any_of(_WEEKDAY_NUMBERS)}(?!\w)")


@dataclass(frozen=True)
class TypedDate:
    """What a typed date says. The weekday is compared with the date, never used to find it."""

    date: datetime.date
    time: datetime.time | None = None
    weekday_matches: bool | None = None  # None: no weekday was written


def parse_date_text(text: str, *, year: int | None = None) -> TypedDate | None:
    """Read the one date, and the time of day if there is one, in ``text``; None when there is no date.

    Understood are day, month name (Moroccan, Eastern or French) and year, «فاتح» for the first, 23/11/2018 with
    ``/`` ``-`` ``.``, 2018-11-23 and 23/11/18; times as in :func:`parse_time_text`. ``year`` completes a date
    written without one.

    Raises ValueError, with a message for the person who typed, for a day that does not exist («31 نونبر»), a date
    without a year, and two different dates or times.

    >>> parse_date_text("الجمعة 23 نونبر 2018 على الساعة الثالثة بعد الزوال")
    TypedDate(date=datetime.date(2018, 11, 23), time=datetime.time(15, 0), weekday_matches=True)
    """
    folded = fold(text)
    found = {_named_date(match, year) for match in _NAMED_DATE.finditer(folded)}
    rest = _NAMED_DATE.sub(" | ", folded)
    for pattern in (_YEAR_FIRST, _DAY_FIRST):
        found |= {_numeric_date(match) for match in pattern.finditer(rest)}
        rest = pattern.sub(" | ", rest)
    if not found:
        return None
    if len(found) > 1:
        raise ValueError(_("Write one date and one time only."))
    (date,) = found
    weekdays = {_WEEKDAY_NUMBERS[_one_space(match[0])] for match in _WEEKDAY.finditer(rest)}
    return TypedDate(date, _time_in(rest), weekdays == {date.isoweekday()} if weekdays else None)


def parse_time_text(text: str) -> datetime.time | None:
    """Read the one time of day in ``text``; None when there is none.

    Understood are 15:00, 15h30, «س 15», «10 صباحا» and spoken hours: «السادسة والنصف مساء» (18:30), «الحادية عشرة
    إلا ربعا صباحا» (10:45). Vague words such as «بعد صلاة الظهر» are no time.

    Raises ValueError for a time that does not exist, two different times, and an early spoken hour that may be in
    the morning or in the afternoon.
    """
    return _time_in(fold(text))


def format_partial(value: datetime.date, precision: Precision, *, weekday: bool = True) -> str:
    """Return ``value`` no more precisely than it is known; ``weekday`` counts for whole days only.

    >>> day = datetime.date(2024, 12, 30)
    >>> format_partial(day, "day"), format_partial(day, "month"), format_partial(day, "year")
    ('الإثنين 30 دجنبر 2024', 'دجنبر 2024', '2024')

    Raises ValueError for any other precision.
    """
    month = f"{MONTHS[value.month - 1]} {value.year}"
    if precision == "day":
        return f"{WEEKDAYS[value.weekday()]} {value.day} {month}" if weekday else f"{value.day} {month}"
    if precision == "month":
        return month
    if precision == "year":
        return str(value.year)
    raise ValueError(f"A date's precision is day, month or year, not {precision!r}.")


def _one_space(text: str) -> str:
    return " ".join(text.split())


def _named_date(match: re.Match[str], year: int | None) -> datetime.date:
    if match["year"]:
        year = int(match["year"])
    if year is None:
        raise ValueError(_("Write the year of the date too."))
    day = int(match["day"]) if match["day"].isdigit() else 1
    return _date(year, _MONTH_NUMBERS[_one_space(match["month"])], day)


def _numeric_date(match: re.Match[str]) -> datetime.date:
    year = int(match["year"])
    if year < 100:
        year += 2000 if year < 69 else 1900  # as strptime's %y does
    return _date(year, int(match["month"]), int(match["day"]))


def _date(year: int, month: int, day: int) -> datetime.date:
    if not 1 <= month <= 12:
        raise ValueError(_("There is no month %(month)d.") % {"month": month})
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(
            _("There is no day %(day)d in %(month)s %(year)d.")
            % {"day": day, "month": MONTHS[month - 1], "year": year}
        )
    return datetime.date(year, month, day)


def _time_in(folded: str) -> datetime.time | None:
    """Return the time in folded text from which dates were taken out."""
    sure: set[int] = set()
    vague: set[int] = set()  # spoken hours without a part of the day: on a dial they are two
    for match in _TIME.finditer(folded):
        minutes = _minutes_of_day(match)
        if minutes is not None:
            (vague if match["word"] and not match["period"] else sure).add(minutes)
    if sure:
        vague = {minutes for minutes in vague if minutes % 720 not in {minutes % 720 for minutes in sure}}
    elif any(minutes < 8 * 60 for minutes in vague):
        raise ValueError(_("Write whether the hour is in the morning or in the afternoon."))
    times = sure | vague
    if len(times) > 1:
        raise ValueError(_("Write one date and one time only."))
    return datetime.time(*divmod(times.pop(), 60)) if times else None


def _minutes_of_day(match: re.Match[str]) -> int | None:
    """Return the minutes from midnight, or None where the match is a bare number or a bare ordinal."""
    cued = match["cue"] or match["sign"] or match["period"]
    if not cued and (match["word"] or match["mark"] == "." or not (match["mark"] or match["suffix"])):
        return None
    hour = _HOUR_NUMBERS[_one_space(match["word"])] if match["word"] else int(match["clock"])
    minute = int(match["minute"] or 0)
    if hour > 23 or minute > 59 or int(match["minutes"] or 0) > 59:
        raise ValueError(
            _("There is no time %(typed)s.") % {"typed": f"{hour}:{match['minute'] or match['minutes'] or 0:>02}"}
        )
    period = _one_space(match["period"] or "")
    if period in map(fold, _NIGHT) and (hour == 12 or hour < 6):
        hour %= 12  # «الثانية عشرة ليلا» is midnight
    elif period in map(fold, (*_AFTERNOON, *_NIGHT)) and hour < 12:
        hour += 12
    shift = _MINUTE_NUMBERS[match["part"]] if match["part"] else int(match["minutes"] or 0)
    return (hour * 60 + minute + (-shift if match["sign"] == "الا" else shift)) % (24 * 60)
