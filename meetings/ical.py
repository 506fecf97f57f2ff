"""One meeting as an iCalendar file (RFC 5545), made by the icalendar library from a meeting's row."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from .models import Meeting, MeetingStatus

ZONE = ZoneInfo("Africa/Casablanca")
STATUSES = {
    MeetingStatus.CANCELLED: "CANCELLED",
    MeetingStatus.POSTPONED: "TENTATIVE",
    MeetingStatus.NO_QUORUM: "CANCELLED",
}


def meeting_calendar(meeting: Meeting, url: str) -> bytes:
    """Return the calendar file of ``meeting``; ``url`` is its full public address.

    A meeting without a time is a whole day. Instants are written in UTC, so no calendar program needs to know
    Morocco's rules. Raises ValueError where the day is not known.
    """
    if meeting.date is None or meeting.date_precision != "day":
        raise ValueError(f"meeting {meeting.pk} has no day")
    calendar = Calendar()
    calendar.add("prodid", "-//Ghuraf//ar-MA")
    calendar.add("version", "2.0")
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
    calendar.add_component(event)
    return bytes(calendar.to_ical())
