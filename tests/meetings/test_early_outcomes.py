"""The form of a meeting: outcomes of one that is still ahead are asked about, and nothing typed is lost meanwhile."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetings.models import Meeting
from tests import factories as make
from tests.admin_forms import admin_url, errors, filled

pytestmark = pytest.mark.django_db

MEANT = "نعم، سجّل نتائج اجتماع لم يُعقد بعد"


@pytest.fixture
def meeting(client):
    chamber = make.make_chamber()
    client.force_login(make.make_editor(chamber))
    ahead = timezone.localdate() + timedelta(days=7)
    meeting = make.make_meeting(chamber=chamber, date=ahead, state="draft", published_at=None, title="دورة مقبلة")
    make.make_item(meeting=meeting, position=1, title="المحضر", outcome="")
    return meeting


def send(client, row, **typed):
    return client.post(admin_url(row), filled(client.get(admin_url(row)), **typed))


def outcome(meeting):
    return meeting.items.get(position=1).outcome


def test_outcomes_of_a_meeting_ahead_are_saved_once_they_are_meant(client, meeting):
    assert MEANT not in client.get(admin_url(meeting)).text
    answer = send(client, meeting, **{"items-0-outcome": "adopted", "city": "تازة"})
    assert answer.status_code == 200
    assert "confirmed" in answer.context["adminform"].form.errors
    assert MEANT in answer.text
    assert 'value="تازة"' in answer.text
    assert outcome(meeting) == ""
    assert client.post(admin_url(meeting), filled(answer, confirmed="on")).status_code == 302
    assert outcome(meeting) == "adopted"
    # What was meant once is not asked about again.
    assert send(client, meeting, city="فاس").status_code == 302
    assert Meeting.objects.get().city == "فاس"


def test_a_meeting_moved_ahead_asks_about_the_outcomes_typed_with_it(client, meeting):
    Meeting.objects.update(date=date(2024, 10, 21))
    ahead = timezone.localdate() + timedelta(days=7)
    answer = send(client, meeting, **{"date": f"{ahead:%d/%m/%Y}", "items-0-outcome": "adopted"})
    assert MEANT in answer.text
    assert Meeting.objects.get().date == date(2024, 10, 21)


@pytest.mark.parametrize("day", [None, "غدا"])
def test_a_day_that_was_not_sent_or_cannot_be_read_is_the_stored_one(client, meeting, day):
    sent = filled(client.get(admin_url(meeting)), **{"items-0-outcome": "adopted"})
    sent.pop("date")
    answer = client.post(admin_url(meeting), sent | ({"date": day} if day else {}))
    assert MEANT in answer.text
    assert outcome(meeting) == ""


@pytest.mark.parametrize("typed", [{"items-0-outcome": "withdrawn"}, {"items-0-outcome": ""}, {"city": "تازة"}])
def test_what_needs_no_meeting_is_not_asked_about(client, meeting, typed):
    assert send(client, meeting, **typed).status_code == 302


def test_a_meeting_that_was_held_is_not_asked_about(client, meeting):
    Meeting.objects.update(date=date(2024, 10, 21))
    answer = send(client, meeting, **{"items-0-outcome": "adopted"})
    assert answer.status_code == 302, errors(answer)
