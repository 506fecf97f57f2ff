"""The form of an agenda item on its own: an outcome of a meeting that is still ahead is asked about."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetings.models import AgendaItem
from tests import factories as make

pytestmark = pytest.mark.django_db

ITEMS = "/admin/meetings/agendaitem/"
MEANT = "نعم، سجّل نتائج اجتماع لم يُعقد بعد"


@pytest.fixture
def meeting(client):
    chamber = make.make_chamber()
    client.force_login(make.make_editor(chamber))
    ahead = timezone.localdate() + timedelta(days=1)
    return make.make_meeting(chamber=chamber, date=ahead, state="draft", published_at=None)


def send(client, where, item, **typed):
    page = client.get(where)
    sent = {"meeting": item["meeting"].pk, "position": 1, "title": "المحضر", "kind": "minutes", "outcome": "adopted"}
    sent |= {"meeting": item["meeting"].pk, "_seen": page.context["seen_note"], **typed}
    return client.post(where, sent)


@pytest.mark.parametrize("stored", [True, False])
def test_an_outcome_is_saved_once_its_editor_says_that_it_is_meant(client, meeting, stored):
    where = f"{ITEMS}add/"
    if stored:
        item = make.make_item(meeting=meeting, position=1, title="المحضر", kind="minutes", outcome="")
        where = f"{ITEMS}{item.pk}/change/"
    answer = send(client, where, {"meeting": meeting}, text="نص كتبته")
    assert answer.context["adminform"].form.errors.keys() == {"confirmed"}
    assert MEANT in answer.text
    assert "نص كتبته" in answer.text
    assert not AgendaItem.objects.filter(outcome="adopted").exists()
    assert send(client, where, {"meeting": meeting}, confirmed="on").status_code == 302
    assert AgendaItem.objects.get().outcome == "adopted"


@pytest.mark.parametrize("outcome", ["", "withdrawn"])
def test_what_needs_no_meeting_is_not_asked_about(client, meeting, outcome):
    assert send(client, f"{ITEMS}add/", {"meeting": meeting}, outcome=outcome).status_code == 302


def test_an_item_of_a_meeting_that_was_held_is_not_asked_about(client, meeting):
    meeting.date = date(2024, 10, 1)
    meeting.save()
    item = make.make_item(meeting=meeting, position=1, title="المحضر", kind="minutes")
    assert MEANT not in client.get(f"{ITEMS}{item.pk}/change/").text
    assert send(client, f"{ITEMS}{item.pk}/change/", {"meeting": meeting}).status_code == 302


def test_who_only_reads_an_item_is_not_asked(client, meeting):
    item = make.make_item(meeting=make.make_meeting(chamber=meeting.chamber, date=meeting.date), outcome="")
    client.force_login(make.make_editor(meeting.chamber, role="contributor"))
    page = client.get(f"{ITEMS}{item.pk}/change/")
    assert page.status_code == 200
    assert MEANT not in page.text
