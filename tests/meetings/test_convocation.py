"""A meeting becomes public in parts, and its agenda stays as it was sent."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import factories as make
from tests.admin_forms import add_row, admin_url, errors, filled

pytestmark = pytest.mark.django_db

TITLE = "الحساب الإداري لسنة 2025"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
AHEAD = {"status": "scheduled", "date": date(2090, 1, 1)}
NOTICE = {**AHEAD, "agenda_published_at": None, "results_published_at": None}


@pytest.fixture
def desk(client):
    client.force_login(make.make_superuser())
    return client


def take(client, row, step="", **changes):
    """Press the button ``step`` in the form of ``row`` with ``changes`` typed; read the row anew."""
    page = admin_url(row)
    response = client.post(page, filled(client.get(page), _step=step, **changes))
    row.refresh_from_db()
    return response


def parts(client, meeting):
    return {str(part["name"]): part for part in client.get(admin_url(meeting)).context["publication"]["parts"]}


def sent(meeting):
    return list(meeting.items.values_list("sent_number", "sent_title"))


def page_of(client, meeting):
    return client.get(meeting.get_absolute_url()).text


# Four parts


def test_notice_agenda_results_and_minutes_each_show_once_published(desk):
    meeting = make.make_meeting(**NOTICE | {"state": "draft", "published_at": None})
    make.make_item(meeting=meeting, title=TITLE)
    assert desk.get(meeting.get_absolute_url()).status_code == 404

    take(desk, meeting, "publish")
    assert TITLE not in page_of(desk, meeting)

    take(desk, meeting, "agenda_published_at")
    assert TITLE in page_of(desk, meeting)

    take(desk, meeting, status="held", date="02/11/2026", items__0__outcome="rejected")
    assert "رُفض" not in page_of(desk, meeting)

    take(desk, meeting, "results_published_at")
    assert "رُفض" in page_of(desk, meeting)

    minutes = make.make_document(
        meeting=meeting, kind="minutes", title="محضر الدورة", state="draft", published_at=None
    )
    assert "محضر الدورة" not in page_of(desk, meeting)
    take(desk, minutes, "publish")
    assert "محضر الدورة" in page_of(desk, meeting)


def test_an_agenda_without_items_is_not_published(desk):
    meeting = make.make_meeting(**NOTICE)
    response = take(desk, meeting, "agenda_published_at")
    assert "لا توجد أي نقطة بعد" in str(errors(response)["agenda_published_at"])


def test_items_typed_along_with_the_step_are_enough(desk):
    meeting = make.make_meeting(**NOTICE)
    page = admin_url(meeting)
    data = filled(desk.get(page), _step="agenda_published_at")
    add_row(data, "items", title=TITLE, kind="budget")
    assert desk.post(page, data).status_code == 302
    assert sent(meeting) == [("1", TITLE)]


def test_results_are_not_published_without_the_agenda(desk):
    meeting = make.make_meeting(agenda_published_at=None)
    make.make_item(meeting=meeting, outcome="adopted")
    assert list(errors(take(desk, meeting, "results_published_at"))) == ["agenda_published_at"]


def test_results_are_not_scheduled_before_the_agenda(desk):
    meeting = make.make_meeting(agenda_published_at=None)
    make.make_item(meeting=meeting, outcome="adopted")
    response = take(
        desk, meeting,
        agenda_published_at_0="02/01/2090", agenda_published_at_1="10:00",
        results_published_at_0="01/01/2090", results_published_at_1="10:00",
    )  # fmt: skip
    assert "لا تُنشر النتائج قبل جدول الأعمال" in str(errors(response)["results_published_at"])


@pytest.mark.parametrize("name", ["agenda_published_at", "results_published_at"])
@pytest.mark.parametrize(("day", "hour"), [("", ""), ("01/01/2090", "10:00")])
def test_what_the_public_has_seen_is_not_taken_back_in_silence(desk, name, day, hour):
    meeting = make.make_meeting()
    make.make_item(meeting=meeting, outcome="adopted")
    response = take(desk, meeting, **{f"{name}_0": day, f"{name}_1": hour})
    assert "هذا منشور للعموم" in str(errors(response)[name])


def test_the_form_shows_how_far_each_part_is(desk):
    meeting = make.make_meeting(**NOTICE)
    make.make_item(meeting=meeting, outcome="adopted")
    found = parts(desk, meeting)
    assert list(found) == ["الإعلان", "جدول الأعمال", "النتائج", "المحضر"]
    assert (found["الإعلان"]["is_public"], found["جدول الأعمال"]["is_public"]) == (True, False)
    assert found["جدول الأعمال"]["step"] == "agenda_published_at"
    assert "step" not in found["النتائج"]
    assert found["المحضر"]["link"].startswith("/admin/meetings/document/add/?kind=minutes&title=")


def test_after_the_agenda_the_form_offers_the_results(desk):
    meeting = make.make_meeting(results_published_at=None)
    make.make_item(meeting=meeting, outcome="adopted")
    found = parts(desk, meeting)
    assert found["النتائج"]["step"] == "results_published_at"
    assert "step" not in found["جدول الأعمال"]


# As it was sent


def test_the_agenda_is_kept_in_the_moment_it_is_published(desk):
    meeting = make.make_meeting(**NOTICE)
    make.make_item(meeting=meeting, number="أ", title=TITLE)
    make.make_item(meeting=meeting, number="", title="مختلفات")
    assert sent(meeting) == [(None, None), (None, None)]
    take(desk, meeting, "agenda_published_at")
    assert sent(meeting) == [("أ", TITLE), ("2", "مختلفات")]


def test_a_scheduled_agenda_is_kept_as_it_is_when_it_is_due(desk):
    meeting = make.make_meeting(**NOTICE)
    item = make.make_item(meeting=meeting, title="عنوان أول")
    take(desk, meeting, agenda_published_at_0="01/01/2090", agenda_published_at_1="10:00")
    take(desk, meeting, items__0__title=TITLE)
    page = admin_url(meeting)
    data = filled(desk.get(page))
    add_row(data, "items", title="أضيفت قبل الإرسال", kind="miscellaneous")
    desk.post(page, data)
    assert sent(meeting) == [("1", TITLE), ("2", "أضيفت قبل الإرسال")]
    page = admin_url(item)
    desk.post(page, filled(desk.get(page), title="عنوان أخير"))
    assert sent(meeting)[0] == ("1", "عنوان أخير")


def test_after_that_moment_nothing_of_it_changes(desk):
    meeting = make.make_meeting(**AHEAD, results_published_at=None)
    item = make.make_item(meeting=meeting, title="كما صارت", sent_number="1", sent_title="كما أُرسلت")
    take(desk, meeting, items__0__title="كما صارت أخيرا", items__0__number="3")
    page = admin_url(item)
    desk.post(page, filled(desk.get(page), title="كما صارت بعد ذلك"))
    assert sent(meeting) == [("1", "كما أُرسلت")]


def test_an_item_of_an_agenda_not_yet_sent_may_be_deleted(desk):
    meeting = make.make_meeting(
        **AHEAD, agenda_published_at=datetime(2090, 1, 1, tzinfo=UTC), results_published_at=None
    )
    make.make_item(meeting=meeting, sent_number="1", sent_title="نقطة")
    make.make_item(meeting=meeting, sent_number="2", sent_title="نقطة 2")
    take(desk, meeting, items__0__DELETE="on")
    assert meeting.items.count() == 1


def test_a_draft_whose_agenda_has_its_moment_is_still_being_written(desk):
    meeting = make.make_meeting(**AHEAD, state="draft", published_at=None, results_published_at=None)
    make.make_item(meeting=meeting, title="عنوان أول")
    take(desk, meeting)
    take(desk, meeting, items__0__title=TITLE)
    assert sent(meeting) == [("1", TITLE)]


def test_the_action_of_the_list_keeps_the_agenda_too(desk):
    meeting = make.make_meeting(**AHEAD, state="draft", published_at=None, results_published_at=None)
    make.make_item(meeting=meeting, title=TITLE)
    desk.post(admin_url(meeting, "changelist"), {"action": "publish", "_selected_action": [meeting.pk]})
    assert sent(meeting) == [("1", TITLE)]


def test_of_a_meeting_entered_afterwards_nobody_knows_what_was_sent(desk):
    meeting = make.make_meeting(status="held", agenda_published_at=None, results_published_at=None)
    make.make_item(meeting=meeting)
    take(desk, meeting, "agenda_published_at")
    assert sent(meeting) == [(None, None)]


# What has changed since is marked


@pytest.fixture
def meeting():
    meeting = make.make_meeting(**AHEAD, results_published_at=None)
    make.make_item(meeting=meeting, title="نقطة كما أُرسلت", sent_number="1", sent_title="نقطة كما أُرسلت")
    return meeting


MARKS = ["أُضيفت بعد إرسال جدول الأعمال", "سُحبت بعد إرسال جدول الأعمال", "الرقم عند الإرسال:", "كما أُرسلت:"]


def marks(client, meeting, page=""):
    text = client.get(meeting.get_absolute_url() + page).text
    return [mark for mark in MARKS if mark in text]


@pytest.mark.parametrize("page", ["", "print/"])
def test_an_agenda_as_it_was_sent_has_no_mark(client, meeting, page):
    assert marks(client, meeting, page) == []


@pytest.mark.parametrize("page", ["", "print/"])
@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"sent_number": None, "sent_title": None}, MARKS[0]),
        ({"sent_number": "2", "sent_title": "نقطة", "outcome": "withdrawn"}, MARKS[1]),
        ({"sent_number": "5", "sent_title": "نقطة"}, MARKS[2]),
        ({"sent_number": "2", "sent_title": "نقطة أخرى"}, MARKS[3]),
    ],
)
def test_each_change_has_its_mark(client, meeting, page, fields, mark):
    make.make_item(meeting=meeting, title="نقطة", number="", **fields)
    assert marks(client, meeting, page) == [mark]


def test_an_item_withdrawn_at_the_meeting_is_a_result(client, meeting):
    meeting.items.update(outcome="withdrawn")
    type(meeting).objects.filter(pk=meeting.pk).update(status="held", date=date(2026, 1, 5))
    assert marks(client, meeting) == []


# The moment is the clock's, not a job's


def test_a_scheduled_meeting_is_public_from_its_moment_on(client):
    """The database tells the time here, so the test waits for it."""
    moment = timezone.now() + timedelta(seconds=1)
    meeting = make.make_meeting(published_at=moment)
    assert client.get(meeting.get_absolute_url()).status_code == 404
    time.sleep(max(0, (moment - timezone.now()).total_seconds()) + 0.1)
    assert client.get(meeting.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(("name", "words"), [("agenda_published_at", TITLE), ("results_published_at", "رُفض")])
def test_a_scheduled_part_is_public_from_its_moment_on(client, name, words):
    meeting = make.make_meeting(date=date(2026, 11, 2), **{"results_published_at": MONDAY, name: MONDAY})
    make.make_item(meeting=meeting, title=TITLE, outcome="rejected")
    with time_machine.travel(MONDAY - timedelta(seconds=1), tick=False):
        assert words not in page_of(client, meeting)
    with time_machine.travel(MONDAY, tick=False):
        assert words in page_of(client, meeting)
