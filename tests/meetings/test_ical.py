"""The calendar file of a meeting: instants in UTC by Morocco's clock of the day, whole days, the state."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from meetings.ical import meeting_calendar
from meetings.models import Meeting
from tests.factories import make_chamber, make_meeting, make_sitting

pytestmark = pytest.mark.django_db

ADDRESS = "http://testserver/meetings/2025/session/"


def lines(meeting):
    return meeting_calendar(meeting, ADDRESS).decode().split("\r\n")


def event(meeting):
    (found,) = Calendar.from_ical(meeting_calendar(meeting, ADDRESS)).walk("VEVENT")
    return found


def line(meeting, name):
    """Return the one line of the file that begins with ``name``, None where there is none."""
    found = [text for text in lines(meeting) if text.startswith(name)]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2025, 7, 15), "20250715T093000Z", "20250715T120000Z"),  # summer: GMT+1
        (date(2025, 3, 10), "20250310T103000Z", "20250310T130000Z"),  # Ramadan: GMT
        (date(2026, 9, 18), "20260918T093000Z", "20260918T120000Z"),  # the last Friday of GMT+1
        (date(2026, 10, 5), "20261005T103000Z", "20261005T130000Z"),  # GMT for good
        (date(2027, 7, 15), "20270715T103000Z", "20270715T130000Z"),
    ],
)
def test_hours_are_instants_by_the_clock_of_the_day(day, start, end):
    meeting = make_meeting(date=day, time=time(10, 30), end_time=time(13, 0))
    assert line(meeting, "DTSTART") == f"DTSTART:{start}"
    assert line(meeting, "DTEND") == f"DTEND:{end}"


def test_unknown_hour_of_the_end_is_not_made_up():
    meeting = make_meeting(date=date(2025, 7, 15), time=time(10, 30))
    assert line(meeting, "DTEND") is None


def test_last_day_counts_for_the_hour_of_the_end():
    meeting = make_meeting(date=date(2025, 7, 15), time=time(10, 30), end_date=date(2025, 7, 16), end_time=time(9, 0))
    assert line(meeting, "DTEND") == "DTEND:20250716T080000Z"


def test_meeting_without_an_hour_is_a_whole_day():
    meeting = make_meeting(date=date(2024, 10, 21))
    assert line(meeting, "DTSTART") == "DTSTART;VALUE=DATE:20241021"
    assert line(meeting, "DTEND") == "DTEND;VALUE=DATE:20241022"


def test_meeting_of_days_ends_after_the_last():
    meeting = make_meeting(date=date(2024, 12, 30), end_date=date(2024, 12, 31))
    assert line(meeting, "DTSTART") == "DTSTART;VALUE=DATE:20241230"
    assert line(meeting, "DTEND") == "DTEND;VALUE=DATE:20250101"


@pytest.mark.parametrize(
    ("status", "written"),
    [
        ("scheduled", "CONFIRMED"),
        ("held", "CONFIRMED"),
        ("left_open", "CONFIRMED"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
        ("no_quorum", "CANCELLED"),
    ],
)
def test_status_is_written(status, written):
    assert line(make_meeting(status=status), "STATUS") == f"STATUS:{written}"


@pytest.mark.parametrize(
    "fields",
    [{"date": None}, {"date_precision": "month"}, {"date_precision": "year"}],
    ids=["no date", "month", "year"],
)
def test_unknown_day_makes_no_file(fields):
    with pytest.raises(ValueError, match="has no day"):
        meeting_calendar(make_meeting(**fields), ADDRESS)


def test_title_is_read_back_whole():
    title = "الدورة العادية لشهر أكتوبر 2024؛ المصادقة على الميزانية، والحسابات, ومشروع الاتفاقية مع GIZ \\ ADEREE"
    assert event(make_meeting(title=title))["SUMMARY"] == title


def test_lines_are_no_longer_than_75_octets():
    written = meeting_calendar(make_meeting(title="الدورة العادية " * 15), ADDRESS)
    assert max(len(text) for text in written.split(b"\r\n")) <= 75


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"venue": "مقر الغرفة", "city": "فاس"}, "مقر الغرفة، فاس"),
        ({"venue": "مقر الغرفة"}, "مقر الغرفة"),
        ({"city": "فاس"}, "فاس"),
    ],
)
def test_place_is_what_is_known(fields, place):
    assert event(make_meeting(**fields))["LOCATION"] == place


def test_unknown_place_is_left_out():
    assert "LOCATION" not in event(make_meeting())


def test_file_names_its_maker_its_page_and_the_meeting():
    meeting = make_meeting()
    assert lines(meeting)[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ghuraf//ar-MA"]
    assert line(meeting, "URL") == "URL:http://testserver/meetings/2025/session/"
    assert event(meeting)["UID"] == f"{meeting.uuid}@ghuraf"


def entered_and_changed(entered, changed):
    meeting = make_meeting()
    Meeting.objects.update(created_at=entered, updated_at=changed)
    meeting.refresh_from_db()
    return meeting


def test_moment_of_the_last_change_is_written():
    meeting = entered_and_changed(datetime(2026, 10, 1, 8, tzinfo=UTC), datetime(2026, 10, 2, 9, 30, tzinfo=UTC))
    assert line(meeting, "DTSTAMP") == "DTSTAMP:20261002T093000Z"
    assert line(meeting, "LAST-MODIFIED") == "LAST-MODIFIED:20261002T093000Z"


@pytest.mark.parametrize(
    ("after", "sequence"),
    [(timedelta(0), 0), (timedelta(seconds=90), 90), (timedelta(milliseconds=-1), 0), (timedelta(days=-30), 0)],
)
def test_sequence_grows_with_changes_and_is_never_negative(after, sequence):
    entered = datetime(2026, 10, 1, 8, tzinfo=UTC)
    assert line(entered_and_changed(entered, entered + after), "SEQUENCE") == f"SEQUENCE:{sequence}"


def test_page_of_the_file(client):
    meeting = make_meeting(url_year=2025, slug="session", date=date(2025, 7, 15), time=time(10, 30))
    response = client.get("/meetings/2025/session/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="2025-session.ics"'
    assert response.content == meeting_calendar(meeting, ADDRESS)


def test_file_of_an_unknown_day_is_404(client):
    meeting = make_meeting(date=None)
    assert client.get(f"{meeting.get_absolute_url()}calendar.ics").status_code == 404


@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
def test_file_of_a_hidden_meeting_is_not_there(client, state, status):
    meeting = make_meeting(state=state)
    assert client.get(f"{meeting.get_absolute_url()}calendar.ics").status_code == status


def put_off(day, number=1, hour=None, **fields):
    """Return a meeting that was put off from ``day``, without a new one unless ``fields`` give it."""
    meeting = make_meeting(**({"date": None, "status": "postponed"} | fields))
    make_sitting(meeting=meeting, position=number, status="superseded", date=day, time=hour)
    return meeting


def test_a_meeting_put_off_without_a_new_day_is_called_off_on_the_old_one():
    meeting = put_off(date(2026, 12, 4), venue="مقر الغرفة")
    assert line(meeting, "DTSTART") == "DTSTART;VALUE=DATE:20261204"
    assert line(meeting, "DTEND") == "DTEND;VALUE=DATE:20261205"
    assert line(meeting, "STATUS") == "STATUS:CANCELLED"
    assert line(meeting, "UID") == f"UID:{meeting.uuid}@ghuraf"
    assert event(meeting)["LOCATION"] == "مقر الغرفة"


def test_the_hour_of_the_day_called_off_is_kept():
    assert line(put_off(date(2026, 12, 4), hour=time(10, 30)), "DTSTART") == "DTSTART:20261204T103000Z"


def test_a_new_month_calls_off_the_old_day():
    meeting = put_off(date(2026, 12, 4), date=date(2027, 1, 1), date_precision="month")
    assert (line(meeting, "DTSTART"), line(meeting, "STATUS")) == (
        "DTSTART;VALUE=DATE:20261204", "STATUS:CANCELLED",
    )  # fmt: skip


def test_of_several_days_given_up_the_last_announced_is_called_off():
    meeting = put_off(date(2026, 12, 4))
    make_sitting(meeting=meeting, position=2, status="superseded", date=date(2026, 12, 2))
    make_sitting(meeting=meeting, position=3, status="superseded", date=date(2027, 1, 1), date_precision="month")
    make_sitting(meeting=meeting, position=4, status="no_quorum", date=date(2026, 12, 9))
    assert line(meeting, "DTSTART") == "DTSTART;VALUE=DATE:20261202"


def test_calling_off_raises_the_sequence():
    meeting = put_off(None)
    Meeting.objects.update(
        created_at=datetime(2026, 10, 1, 8, tzinfo=UTC), updated_at=datetime(2026, 10, 1, 8, 2, tzinfo=UTC)
    )
    meeting.sittings.update(date=date(2026, 12, 4))
    meeting.refresh_from_db()
    assert line(meeting, "SEQUENCE") == "SEQUENCE:120"


def test_a_new_day_takes_the_place_of_the_old_one():
    meeting = put_off(date(2026, 12, 4), date=date(2026, 12, 18))
    assert line(meeting, "DTSTART") == "DTSTART;VALUE=DATE:20261218"
    assert line(meeting, "STATUS") == "STATUS:TENTATIVE"


def test_page_of_the_file_calls_off_the_old_day(client):
    response = client.get(f"{put_off(date(2026, 12, 4)).get_absolute_url()}calendar.ics")
    assert response.status_code == 200
    assert b"STATUS:CANCELLED" in response.content


# A calendar to subscribe to


def feed(client, query=""):
    response = client.get(f"/meetings/calendar.ics{query}")
    assert response.status_code == 200
    return Calendar.from_ical(response.content)


def identifiers(client, query=""):
    return [str(found["UID"]) for found in feed(client, query).walk("VEVENT")]


def in_days(days, **fields):
    return make_meeting(date=timezone.localdate() + timedelta(days=days), **fields)


def test_the_calendar_holds_what_is_ahead_and_a_year_back(client):
    kept = [in_days(days) for days in (400, 1, 0, -365)]
    in_days(-366)
    assert identifiers(client) == [f"{meeting.uuid}@ghuraf" for meeting in kept]


@pytest.mark.parametrize("fields", [{"date": None}, {"date_precision": "month"}, {"date_precision": "year"}])
def test_a_meeting_without_its_day_is_in_no_calendar(client, fields):
    make_meeting(**({"date": timezone.localdate()} | fields))
    assert identifiers(client) == []


@pytest.mark.parametrize(("status", "written"), [("cancelled", "CANCELLED"), ("postponed", "TENTATIVE")])
def test_the_calendar_says_what_became_of_a_meeting(client, status, written):
    in_days(3, status=status)
    (found,) = feed(client).walk("VEVENT")
    assert found["STATUS"] == written


def test_the_calendar_calls_off_the_days_of_meetings_put_off_without_a_new_one(client):
    ahead, a_year_ago = (put_off(timezone.localdate() + timedelta(days=days)) for days in (3, -365))
    put_off(timezone.localdate() - timedelta(days=366))
    put_off(None)
    known = in_days(5)
    put_off(timezone.localdate(), status="held")
    found = {str(one["UID"]): str(one["STATUS"]) for one in feed(client).walk("VEVENT")}
    assert found == {
        f"{ahead.uuid}@ghuraf": "CANCELLED",
        f"{a_year_ago.uuid}@ghuraf": "CANCELLED",
        f"{known.uuid}@ghuraf": "CONFIRMED",
    }


def test_the_days_called_off_cost_one_query_however_many(client, django_assert_num_queries):
    for days in range(1, 6):
        put_off(timezone.localdate() + timedelta(days=days))
    with django_assert_num_queries(2):
        assert len(identifiers(client)) == 5


def test_a_meeting_called_off_is_the_same_event_in_its_own_file_and_in_the_calendar(client):
    meeting = put_off(timezone.localdate())
    (alone,) = Calendar.from_ical(client.get(f"{meeting.get_absolute_url()}calendar.ics").content).walk("VEVENT")
    (among,) = feed(client).walk("VEVENT")
    assert among.to_ical() == alone.to_ical()


def test_a_meeting_is_the_same_event_in_its_own_file_and_in_the_calendar(client):
    meeting = in_days(3, time=time(10, 30))
    (alone,) = Calendar.from_ical(client.get(f"{meeting.get_absolute_url()}calendar.ics").content).walk("VEVENT")
    (among,) = feed(client).walk("VEVENT")
    assert among.to_ical() == alone.to_ical()


def test_the_calendar_of_a_filter_holds_its_meetings_and_says_so(client):
    chamber = make_chamber(short_name="غرفة فاس")
    mine = in_days(3, chamber=chamber)
    in_days(3)
    query = f"?chamber={chamber.slug}&page=4"
    assert identifiers(client, query) == [f"{mine.uuid}@ghuraf"]
    assert feed(client, query)["X-WR-CALNAME"] == "الاجتماعات – غرفة فاس – بوابة الغرف"


def test_the_calendar_says_how_often_to_come_back(client):
    written = client.get("/meetings/calendar.ics").content.decode().split("\r\n")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in written
    assert "X-PUBLISHED-TTL:PT12H" in written


def test_addresses_in_the_calendar_are_the_public_ones(client, settings):
    settings.BASE_URL = "https://ghuraf.example"
    meeting = in_days(3)
    for path in ("/meetings/calendar.ics", f"{meeting.get_absolute_url()}calendar.ics"):
        (found,) = Calendar.from_ical(client.get(path, HTTP_HOST="127.0.0.1").content).walk("VEVENT")
        assert found["URL"] == f"https://ghuraf.example{meeting.get_absolute_url()}"


def test_a_program_that_has_the_calendar_is_told_so(client):
    in_days(3)
    tag = client.get("/meetings/calendar.ics")["ETag"]
    assert client.get("/meetings/calendar.ics", HTTP_IF_NONE_MATCH=tag).status_code == 304


@pytest.mark.parametrize("query", ["chamber=unknown", "kind=unknown", "from=2024-13-45"])
def test_wrong_filters_make_no_calendar(client, query):
    response = client.get(f"/meetings/calendar.ics?{query}")
    assert response.status_code == 400
    assert f"({query.partition('=')[0]})" in response.content.decode()


@pytest.mark.parametrize("query", ["q=%01%0B", "q=a%0AEND:VCALENDAR"])
def test_a_searched_word_cannot_end_the_calendar(client, query):
    in_days(3)
    assert feed(client, f"?{query}")["X-WR-CALNAME"]
