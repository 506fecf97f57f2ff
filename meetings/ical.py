"""Meetings as iCalendar files (RFC 5545), made by the icalendar library from their rows."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from .models import Meeting, MeetingStatus

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

    Raises ValueError where the day is not known.
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


def _event(meeting: Meeting, url: str) -> Event:
    """Return a meeting without a time as a whole day, one with a time in UTC: no program need know Morocco's rules."""
    if meeting.date is None or meeting.date_precision != "day":
        raise ValueError(f"meeting {meeting.pk} has no day")
    event = Event()
    event.add("uid", f"{meeting.uuid}@ghuraf")
    event.add("summary", meeting.title)
    event.add("url", url)
    event.add("dtstamp", meeting.updated_at.astimezone(UTC))
    event.add("last-modified", meeting.updated_at.astimezone(UTC))
    # Never negative: fixtures give the moment of their last change, which lies before the row was entered.
    event.add("sequence", max(0, int((meeting.updated_at - meeting.created_at).total_seconds())))
    event.add("status", STATUSES.get(MeetingStatus(meeting.status), "CONFIRMED"))
    last_day = meeting.end_date or meeting.date
    if meeting.time is None:
        event.add("dtstart", meeting.date)
        event.add("dtend", last_day + timedelta(days=1))
    else:
        event.add("dtstart", datetime.combine(meeting.date, meeting.time, ZONE).astimezone(UTC))
        if meeting.end_time is not None:
            event.add("dtend", datetime.combine(last_day, meeting.end_time, ZONE).astimezone(UTC))
    place = "، ".join(part for part in (meeting.venue, meeting.city) if part)
    if place:
        event.add("location", place)
    return event
