"""Meetings as iCalendar files (RFC 5545), made by the icalendar library from their rows."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from .models import Meeting, MeetingStatus, Sitting

ZONE = ZoneInfo("Africa/Casablanca")
STATUSES = {
    MeetingStatus.CANCELLED: "CANCELLED",
    MeetingStatus.POSTPONED: "TENTATIVE",
    MeetingStatus.NO_QUORUM: "CANCELLED",
}


# How often a program that subscribed may ask again.
REFRESH = timedelta(hours=12)


def meeting_calendar(meeting: Meeting, url: str) -> bytes:
    """Return the calendar file of ``meeting``; ``url`` is its full public address.

    Raises ValueError where no day is known.
    """
    calendar = _empty_calendar()
    calendar.add_component(_event(meeting, url))
    return bytes(calendar.to_ical())


def meetings_calendar(name: str, meetings: Iterable[tuple[Meeting, str]]) -> bytes:
    """Return the calendar called ``name`` of ``meetings``, each with its full public address.

    Raises ValueError where a day is not known.
    """
    calendar = _empty_calendar()
    # The library does not know these two for text. The second is read by programs older than RFC 7986.
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for meeting, url in meetings:
        calendar.add_component(_event(meeting, url))
    return bytes(calendar.to_ical())


def _empty_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Ghuraf//ar-MA")
    calendar.add("version", "2.0")
    return calendar


def _given_up(meeting: Meeting) -> Sitting | None:
    """Return the day from which ``meeting`` was put off last; its list may have been fetched with many meetings'."""
    if meeting.status != MeetingStatus.POSTPONED:
        return None
    days = meeting.given_up if hasattr(meeting, "given_up") else meeting.sittings.given_up()
    return next(iter(days), None)


def _event(meeting: Meeting, url: str) -> Event:
    """Return a meeting without a time as a whole day, one with a time in UTC: no program need know Morocco's rules.

    A meeting put off without a new day stands, cancelled, on the day it was put off from: programs drop that day only
    when they are told so, and its identifier brings it back once there is a new one.
    """
    if meeting.date is None or meeting.date_precision != "day":
        given_up = _given_up(meeting)
        if given_up is None or given_up.date is None:
            raise ValueError(f"meeting {meeting.pk} has no day")
        first = last = given_up.date
        start, end, status = given_up.time, None, "CANCELLED"
    else:
        first, last = meeting.date, meeting.end_date or meeting.date
        start, end = meeting.time, meeting.end_time
        status = STATUSES.get(MeetingStatus(meeting.status), "CONFIRMED")
    event = Event()
    event.add("uid", f"{meeting.uuid}@ghuraf")
    event.add("summary", meeting.title)
    event.add("url", url)
    event.add("dtstamp", meeting.updated_at.astimezone(UTC))
    event.add("last-modified", meeting.updated_at.astimezone(UTC))
    # Never negative: fixtures give the moment of their last change, which lies before the row was entered.
    event.add("sequence", max(0, int((meeting.updated_at - meeting.created_at).total_seconds())))
    event.add("status", status)
    if start is None:
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
    else:
        event.add("dtstart", datetime.combine(first, start, ZONE).astimezone(UTC))
        if end is not None:
            event.add("dtend", datetime.combine(last, end, ZONE).astimezone(UTC))
    place = "، ".join(part for part in (meeting.venue, meeting.city) if part)
    if place:
        event.add("location", place)
    return event
