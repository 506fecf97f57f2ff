"""«مهامي»: the lists of the first page, for whom they are, and what they cost."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from meetings.models import Meeting
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def chamber():
    return make.make_chamber(short_name="غرفة الياقوت")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def desk(client, chamber):
    """Return a function for the lists as ``role`` in the chamber sees them: code → (names, links, count)."""

    def open_as(role="editor", address="/admin/"):
        client.force_login(make.make_editor(chamber, role=role))
        return lists(client.get(address))

    return open_as


def lists(page):
    return {
        task.code: ([row.name for row in task.rows], [row.link for row in task.rows], task.count)
        for task in page.context["task_lists"]
    }


def test_the_meetings_of_seven_days(desk, chamber, today):
    for days, status in ((0, "scheduled"), (7, "postponed"), (8, "scheduled"), (-1, "scheduled"), (2, "cancelled")):
        make.make_meeting(chamber=chamber, short_title=f"بعد {days}", date=today + timedelta(days=days), status=status)
    names, links, count = desk()["week"]
    assert (names, count) == (["بعد 0", "بعد 7"], 2)
    assert links[0] == f"/admin/meetings/meeting/{Meeting.objects.get(short_title='بعد 0').pk}/change/"


def test_past_meetings_without_outcomes_lead_to_what_is_missing(desk, chamber, today):
    bare = make.make_meeting(chamber=chamber, short_title="بلا نقط", date=today - timedelta(days=1))
    item = make.make_item(meeting=make.make_meeting(chamber=chamber, short_title="بلا نتائج"))
    make.make_item(meeting=make.make_meeting(chamber=chamber), outcome="adopted")
    make.make_meeting(chamber=chamber, kind="training_day")
    make.make_meeting(chamber=chamber, status="cancelled")
    make.make_meeting(chamber=chamber, date=None)
    names, links, count = desk()["outcomes"]
    assert (names, count) == (["بلا نقط", "بلا نتائج"], 2)
    assert links == [
        f"/admin/meetings/meeting/{bare.pk}/agenda/",
        f"/admin/meetings/meeting/{item.meeting_id}/outcomes/",
    ]


def test_the_minutes_before_an_item_are_of_an_earlier_session(desk, chamber):
    meeting = make.make_meeting(chamber=chamber, title="دورة أكتوبر")
    item = make.make_item(meeting=meeting, kind="minutes", outcome="adopted")
    make.make_document(meeting=meeting, agenda_item=item, kind="minutes")
    assert desk()["minutes"][0] == ["دورة أكتوبر"]
    make.make_document(meeting=meeting, kind="minutes")
    assert desk()["minutes"][0] == []


def test_outcomes_without_minutes_lead_to_a_form_for_them(client, desk, chamber):
    meeting = make.make_item(
        outcome="adopted", meeting=make.make_meeting(chamber=chamber, title="دورة أكتوبر")
    ).meeting
    done = make.make_item(outcome="adopted", meeting=make.make_meeting(chamber=chamber)).meeting
    make.make_document(meeting=done, kind="minutes")
    make.make_document(meeting=meeting, kind="agenda")
    names, links, _count = desk()["minutes"]
    assert names == ["دورة أكتوبر"]
    form = client.get(links[0]).context["adminform"].form
    assert form["title"].value() == "محضر دورة أكتوبر"
    assert str(form["meeting"].value()) == str(meeting.pk)
    assert str(form["chamber"].value()) == str(chamber.pk)
    assert form["kind"].value() == "minutes"


def test_agreements_of_which_nothing_was_heard_for_90_days(desk, chamber, today):
    def agreement(name, stage="signed", days=None, **fields):
        row = make.make_agreement(lead_chamber=chamber, title=name, **fields)
        if days is not None:
            make.make_step(agreement=row, stage=stage, date=today - timedelta(days=days))
        return row

    agreement("قديمة", days=200)
    agreement("أقدم", days=300)
    agreement("بلا مرحلة")
    agreement("حديثة", days=90)
    agreement("منتهية", stage="completed", days=400)
    agreement("مفسوخة", stage="terminated", days=400)
    moment = timezone.make_aware(datetime.combine(today - timedelta(days=5), datetime.min.time()))
    make.make_article(agreements=[agreement("في الأخبار", days=200)], published_at=moment)
    held_lately = make.make_item(meeting=make.make_meeting(chamber=chamber, date=today - timedelta(days=3)))
    make.make_step(agreement=agreement("في دورة حديثة"), agenda_item=held_lately)
    assert desk()["quiet"][0] == ["بلا مرحلة", "أقدم", "قديمة"]


def test_drafts_and_records_in_review_the_last_changed_first(desk, chamber):
    held = {"state": "draft", "published_at": None}
    make.make_meeting(chamber=chamber, title="مسودة اجتماع", **held)
    make.make_agreement(lead_chamber=chamber, title="مسودة اتفاقية", **held)
    make.make_article(lead_chamber=chamber, title="خبر للمراجعة", state="in_review", published_at=None)
    found = desk("contributor")
    assert found["drafts"][0] == ["مسودة اتفاقية", "مسودة اجتماع"]
    assert found["review"][0] == ["خبر للمراجعة"]


def test_a_returned_draft_says_so(client, chamber):
    moment = timezone.now()
    make.make_meeting(
        chamber=chamber, title="دورة مرجعة", state="draft", published_at=None, reviewed_at=moment, review_note="أكمل"
    )
    client.force_login(make.make_editor(chamber))
    (row,) = [
        row for task in client.get("/admin/").context["task_lists"] if task.code == "drafts" for row in task.rows
    ]
    assert "أُرجع" in row.note or "مُرجع" in row.note or "مرجع" in row.note


@pytest.mark.parametrize("role", ["contributor", "editor", "manager"])
def test_nothing_of_another_chamber(desk, today, role):
    other = make.make_chamber()
    make.make_meeting(chamber=other, date=today)
    make.make_item(outcome="adopted", meeting=make.make_meeting(chamber=other))
    make.make_meeting(chamber=other)
    make.make_agreement(lead_chamber=other)
    make.make_article(lead_chamber=other, state="draft", published_at=None)
    assert {count for _names, _links, count in desk(role).values()} == {0}


def test_a_contributor_is_given_what_they_may_change(desk, chamber):
    make.make_meeting(chamber=chamber, title="منشورة")
    make.make_meeting(chamber=chamber, title="مسودة", state="draft", published_at=None)
    assert desk("contributor")["outcomes"][0] == ["مسودة"]


def test_a_long_list_shows_five_and_leads_to_all(client, desk, chamber):
    for number in range(8):
        make.make_meeting(chamber=chamber, title=f"دورة {number}")
    names, _links, count = desk()["outcomes"]
    assert (len(names), count) == (5, 8)
    page = client.get("/admin/?list=outcomes")
    assert 'href="?list=outcomes#tasks-outcomes"' not in page.text
    assert len(lists(page)["outcomes"][0]) == 8
    assert client.get("/admin/?list=" + "x" * 500).status_code == 200


def test_what_is_missing_in_the_record_of_the_chamber(client, desk, chamber):
    chamber.phone, chamber.address = "0500000000", "شارع"
    chamber.save()
    body = make.make_body(chamber=chamber, kind="bureau")
    make.make_membership(body=body, office="president", person=make.make_person())
    meeting = make.make_meeting(chamber=chamber, venue="مقر الغرفة", date=date(2020, 1, 1))
    make.make_item(meeting=meeting, outcome="adopted")
    desk("manager")
    (record,) = client.get("/admin/").context["records"]
    missing = {str(check.name) for check in record.missing}
    assert missing == {
        "البريد الإلكتروني", "الموقع الإلكتروني", "الأعضاء المزاولون", "اجتماع خلال سنة", "محضر كل اجتماع ذي نتائج",
    }  # fmt: skip
    assert record.percent == 54


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_what_only_managers_enter_is_named_to_others_without_a_link(client, desk, chamber, role):
    make.make_meeting(chamber=chamber, venue="مقر الغرفة")
    desk(role)
    page = client.get("/admin/")
    (record,) = page.context["records"]
    assert [str(check.name) for check in record.missing] == ["اجتماع خلال سنة", "نتائج كل اجتماع مضى"]
    expected = "العنوان البريدي، الهاتف، البريد الإلكتروني، الموقع الإلكتروني، رئيس مزاول، الأعضاء المزاولون."
    assert f"يُدخله مدير الغرفة: {expected}" in page.text
    assert f"/admin/chambers/chamber/{chamber.pk}/change/" not in page.text
    assert (
        "/admin/chambers/membership/add/"
        not in page.text.partition("task-list completeness")[2].partition("</section>")[0]
    )


def test_a_place_and_parties_that_are_missing_lead_to_the_form_of_the_latest_without(client, desk, chamber):
    nowhere = make.make_meeting(chamber=chamber, date=date(2023, 5, 1), venue="", city="")
    make.make_meeting(chamber=chamber, date=date(2020, 5, 1), venue="", city="")
    make.make_meeting(chamber=chamber, date=date(2024, 5, 1), city="فاس")
    whole = make.make_agreement(lead_chamber=chamber)
    make.make_party(agreement=whole, chamber=chamber)
    alone = make.make_agreement(lead_chamber=chamber)
    desk()
    (record,) = client.get("/admin/").context["records"]
    links = {str(check.name): check.link for check in record.missing}
    assert links["مكان لكل اجتماع مضى"] == f"/admin/meetings/meeting/{nowhere.pk}/change/#id_venue"
    assert links["أطراف كل اتفاقية"] == f"/admin/meetings/agreement/{alone.pk}/change/#parties-group"
    assert 'id="parties-group"' in client.get(links["أطراف كل اتفاقية"]).text
    assert 'id="id_venue"' in client.get(links["مكان لكل اجتماع مضى"]).text


def test_an_administrator_sees_every_chamber(client, chamber):
    make.make_meeting(chamber=chamber)
    client.force_login(make.make_superuser())
    page = client.get("/admin/")
    assert lists(page)["outcomes"][2] == 1
    assert [record.chamber for record in page.context["records"]] == [chamber]


def complete_in_part(count, places):
    """Return ``count`` chambers; those at ``places`` have a telephone and an e-mail more than the others."""
    chambers = [make.make_chamber(name=f"غرفة رقم {number:02}") for number in range(count)]
    for place in places:
        chambers[place].phone, chambers[place].email = "0500000000", "chambre@example.ma"
        chambers[place].save()
    return chambers


def test_who_works_for_forty_chambers_sees_the_least_complete_and_a_way_to_all(client):
    chambers = complete_in_part(40, [number for number in range(40) if number not in (7, 20, 33)])
    closed = make.make_chamber(closed_on=date(2015, 1, 1))
    user = make.make_editor(chambers[0])
    for chamber in (*chambers[1:], closed):
        user.editorships.create(chamber=chamber, role="editor")
    client.force_login(user)
    page = client.get("/admin/")
    assert [record.chamber for record in page.context["records"]] == [chambers[7], chambers[20], chambers[33]]
    assert 'href="?list=records#tasks-records"' in page.text
    assert "سجلات 37 غرفة أخرى" in page.text
    page = client.get("/admin/?list=records")
    shown = [record.chamber for record in page.context["all_records"]]
    assert shown[:4] == [chambers[7], chambers[20], chambers[33], chambers[0]]
    assert (len(shown), closed in shown, page.context["records"]) == (40, False, [])
    assert page.text.count("<details") >= 40


def test_who_works_for_three_chambers_sees_all_without_a_link(client):
    chambers = complete_in_part(3, [0])
    user = make.make_editor(chambers[0])
    for chamber in chambers[1:]:
        user.editorships.create(chamber=chamber, role="editor")
    client.force_login(user)
    page = client.get("/admin/")
    assert [record.chamber for record in page.context["records"]] == [chambers[1], chambers[2], chambers[0]]
    assert "?list=records" not in page.text


def test_forty_chambers_cost_as_much_as_one(client, chamber, django_assert_num_queries):
    user = make.make_editor(chamber)
    client.force_login(user)
    client.get("/admin/")
    with django_assert_num_queries(16):
        client.get("/admin/")
    for one in complete_in_part(40, [1, 2]):
        user.editorships.create(chamber=one, role="editor")
    for address in ("/admin/", "/admin/?list=records"):
        with django_assert_num_queries(16):
            client.get(address)


def test_the_first_page_costs_the_same_for_many_rows(client, chamber, today, django_assert_num_queries):
    client.force_login(make.make_editor(chamber))

    def fill(count):
        for _number in range(count):
            make.make_meeting(chamber=chamber, date=today)
            make.make_meeting(chamber=chamber)
            make.make_item(outcome="adopted", meeting=make.make_meeting(chamber=chamber))
            make.make_agreement(lead_chamber=chamber)
            make.make_article(lead_chamber=chamber, state="draft", published_at=None)

    fill(1)
    client.get("/admin/")
    with django_assert_num_queries(16):
        client.get("/admin/")
    fill(9)
    with django_assert_num_queries(16):
        client.get("/admin/")
