"""Who changed what and when, the record at an earlier moment, and the way back."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chambers.models import Person
from meetings.models import AgendaItem, Meeting
from publishing.history import Change
from tests import factories as make
from tests.admin_forms import add_row, admin_url, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make.make_superuser(first_name="سعاد", last_name="العلمي"))
    return client


@pytest.fixture
def meeting():
    meeting = make.make_meeting(title="الدورة العادية", city="فاس", venue="مقر الغرفة")
    make.make_item(meeting=meeting, title="عرض حول المحضر", kind="minutes")
    make.make_item(meeting=meeting, title="مشروع الميزانية", kind="budget")
    return meeting


def save(desk, row, **changes):
    response = desk.post(admin_url(row), filled(desk.get(admin_url(row)), **changes))
    assert response.status_code == 302
    return Change.objects.first()


def moment_url(row, change):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_moment", args=[row.pk, change.pk])


def shown(response):
    """Return the differences on a page of history: (title of the row, kind, label, old, new)."""
    if "changes" in response.context:
        rows = [row for _change, rows in response.context["changes"] for row in rows]
    else:
        rows = response.context["rows"]
    return [(row.title, row.kind, pair.label, pair.old, pair.new) for row in rows for pair in row.pairs]


# What is recorded


def test_a_saving_keeps_old_and_new_values(desk, meeting):
    change = save(desk, meeting, city="صفرو")
    assert [(row["model"], row["fields"]) for row in change.rows] == [("meetings.meeting", {"city": ["فاس", "صفرو"]})]
    assert (change.user_name, change.kind, change.name) == ("سعاد العلمي", "changed", "الدورة العادية")


def test_saving_what_is_stored_already_is_no_change(desk, meeting):
    assert save(desk, meeting) is None


def test_a_new_record_is_recorded(desk):
    data = filled(desk.get(admin_url(Person, "add")), name="ناجي الفخاري")
    assert desk.post(admin_url(Person, "add"), data).status_code == 302
    change = Change.objects.get()
    assert (change.kind, change.key) == ("added", Person.objects.get().pk)
    assert change.rows[0]["fields"]["name"] == [None, "ناجي الفخاري"]


def test_a_deleted_record_is_recorded_with_its_rows(desk, meeting):
    Meeting.objects.update(state="draft", published_at=None)
    assert desk.post(admin_url(meeting, "delete"), {"post": "yes"}).status_code == 302
    change = Change.objects.get()
    assert (change.kind, len(change.rows)) == ("deleted", 3)
    assert {row["fields"]["title"][0] for row in change.rows} == {
        "الدورة العادية", "عرض حول المحضر", "مشروع الميزانية",
    }  # fmt: skip


def test_rows_added_changed_and_deleted_are_recorded_with_their_record(desk, meeting):
    data = filled(desk.get(admin_url(meeting)), items__0__title="عرض حول محضر يونيو", items__1__DELETE="on")
    add_row(data, "items", title="ملتمس", kind="motion")
    assert desk.post(admin_url(meeting), data).status_code == 302
    change = Change.objects.get()
    assert (change.record, change.key) == ("meetings.meeting", meeting.pk)
    assert [(row["kind"], row["fields"].get("title")) for row in change.rows] == [
        ("changed", ["عرض حول المحضر", "عرض حول محضر يونيو"]),
        ("deleted", ["مشروع الميزانية", None]),
        ("added", [None, "ملتمس"]),
    ]


def test_rows_that_change_places_show_no_place_between(desk, meeting):
    change = save(desk, meeting, items__0__position="2", items__1__position="1")
    assert [row["fields"] for row in change.rows] == [{"position": [1, 2]}, {"position": [2, 1]}]


def test_a_row_saved_on_its_own_page_stands_in_the_history_of_its_record(desk, meeting):
    change = save(desk, meeting.items.get(position=1), outcome="adopted")
    assert (change.record, change.key) == ("meetings.meeting", meeting.pk)
    assert change.rows[0]["fields"] == {"outcome": ["", "adopted"]}


def test_a_row_that_moves_stands_in_both_histories(desk, meeting):
    other = make.make_meeting()
    save(desk, meeting.items.get(position=2), meeting=other.pk)
    assert {(change.key, change.rows[0]["kind"]) for change in Change.objects.all()} == {
        (meeting.pk, "deleted"), (other.pk, "added"),
    }  # fmt: skip


def test_links_to_many_are_recorded(desk, meeting):
    partner = make.make_organisation(name="مجلس جهة طنجة")
    change = save(desk, meeting, co_organisers=[str(partner.pk)])
    assert change.rows[0]["fields"] == {"co_organisers": [[], [partner.pk]]}


def test_an_action_of_the_list_is_recorded_for_each_record(desk):
    people = [make.make_person(state="draft", published_at=None) for _ in range(2)]
    data = {"action": "publish", "_selected_action": [str(person.pk) for person in people]}
    desk.post(admin_url(Person, "changelist"), data)
    assert {change.key for change in Change.objects.all()} == {person.pk for person in people}


def test_what_fails_leaves_no_history(desk, meeting):
    desk.post(admin_url(meeting), filled(desk.get(admin_url(meeting)), title="", city="صفرو"))
    assert not Change.objects.exists()


def test_what_scripts_and_fixtures_save_is_not_recorded(meeting):
    meeting.city = "صفرو"
    meeting.save()
    assert not Change.objects.exists()


# The page


def test_the_history_reads_in_arabic(desk, meeting):
    save(desk, meeting, city="صفرو", status="postponed", items__0__outcome="adopted")
    response = desk.get(admin_url(meeting, "history"))
    assert response.status_code == 200
    assert shown(response) == [
        ("", "changed", "الحالة", "انعقد", "أُجّل"),
        ("", "changed", "المدينة", "فاس", "صفرو"),
        ("نقطة في جدول الأعمال: عرض حول المحضر", "changed", "النتيجة", "", "المصادقة"),
    ]
    assert "سعاد العلمي" in response.text


def test_dates_and_names_are_written_out(desk):
    meeting = make.make_meeting(date=datetime.date(2024, 10, 21), term=None)
    partner = make.make_organisation(name="مجلس جهة طنجة")
    save(desk, meeting, date="30/12/2024", co_organisers=[str(partner.pk)])
    pairs = {label: (old, new) for _row, _kind, label, old, new in shown(desk.get(admin_url(meeting, "history")))}
    assert ("21 أكتوبر 2024", "30 دجنبر 2024") in pairs.values()
    assert ("", "مجلس جهة طنجة") in pairs.values()


def test_a_link_to_what_is_gone_still_reads(desk):
    meeting = make.make_meeting()
    partner = make.make_organisation(name="مجلس جهة طنجة")
    save(desk, meeting, co_organisers=[str(partner.pk)])
    save(desk, meeting, co_organisers=[])
    key = partner.pk
    partner.delete()
    assert f"رقم {key}" in desk.get(admin_url(meeting, "history")).text


def test_a_record_never_changed_says_so(desk, meeting):
    assert "لم يتغير شيء" in desk.get(admin_url(meeting, "history")).text


def test_the_history_of_a_row_is_that_of_its_record(desk, meeting):
    response = desk.get(admin_url(meeting.items.first(), "history"))
    assert response["Location"] == admin_url(meeting, "history")


def test_long_histories_have_pages(desk, meeting):
    for number in range(25):
        Change.objects.create(
            record="meetings.meeting", key=meeting.pk, name="الدورة", kind="changed", user_name="سعاد",
            rows=[{"model": "meetings.meeting", "key": meeting.pk, "name": "الدورة", "kind": "changed",
                   "fields": {"city": [f"مدينة {number}", f"مدينة {number + 1}"]}}],
        )  # fmt: skip
    assert len(shown(desk.get(admin_url(meeting, "history")))) == 20
    assert len(shown(desk.get(admin_url(meeting, "history"), {"page": 2}))) == 5
    assert desk.get(admin_url(meeting, "history"), {"page": "x"}).status_code == 200


def test_the_page_costs_the_same_for_two_rows_and_for_twenty(desk):
    def cost(count):
        meeting = make.make_meeting()
        data = filled(desk.get(admin_url(meeting)))
        for _row in range(count):
            add_row(data, "attendances", person=make.make_person().pk, role="member", status="present")
        assert desk.post(admin_url(meeting), data).status_code == 302
        with CaptureQueriesContext(connection) as queries:
            desk.get(admin_url(meeting, "history"))
        return len(queries)

    cost(1)
    assert cost(2) == cost(20)


# Earlier moments


def test_a_moment_is_compared_with_now(desk, meeting):
    first = save(desk, meeting, city="صفرو")
    save(desk, meeting, city="تازة", items__0__title="عرض")
    save(desk, meeting, city="مكناس", items__1__DELETE="on")
    assert shown(desk.get(moment_url(meeting, first)))[:2] == [
        ("", "changed", "المدينة", "صفرو", "مكناس"),
        ("نقطة في جدول الأعمال: عرض", "changed", "العنوان", "عرض حول المحضر", "عرض"),
    ]
    assert ("نقطة في جدول الأعمال: مشروع الميزانية", "deleted", "العنوان", "مشروع الميزانية", "") in shown(
        desk.get(moment_url(meeting, first))
    )


def test_the_last_moment_is_now(desk, meeting):
    change = save(desk, meeting, city="صفرو", amount_as_printed="")
    assert "كما كان آنذاك" in desk.get(moment_url(meeting, change)).text


@pytest.mark.parametrize("key", ["99999", "9" * 30])
def test_an_unknown_moment_is_not_found(desk, meeting, key):
    address = f"{admin_url(meeting, 'history')}{key}/"
    assert desk.get(address).status_code == 404
    assert desk.get(admin_url(meeting), {"_as_of": key}).status_code == 404


def test_a_moment_of_another_record_is_not_found(desk, meeting):
    change = save(desk, make.make_meeting(), city="صفرو")
    assert desk.get(moment_url(meeting, change)).status_code == 404


# The way back


def test_a_change_is_taken_back_in_the_form_and_saved_by_its_user(desk, meeting):
    change = save(desk, meeting, city="صفرو")
    save(desk, meeting, venue="قاعة أخرى")
    response = desk.get(admin_url(meeting), {"_undo": change.pk})
    data = filled(response)
    assert (data["city"], data["venue"]) == (["فاس"], ["قاعة أخرى"])
    meeting.refresh_from_db()
    assert meeting.city == "صفرو"
    assert desk.post(admin_url(meeting), data).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.city, meeting.venue) == ("فاس", "قاعة أخرى")
    assert Change.objects.first().rows[0]["fields"] == {"city": ["صفرو", "فاس"]}


def test_a_whole_moment_comes_back_with_its_rows(desk, meeting):
    first = save(desk, meeting, venue="قاعة أخرى")
    data = filled(desk.get(admin_url(meeting)), city="صفرو", items__0__title="عرض", items__1__DELETE="on")
    add_row(data, "items", title="ملتمس", kind="motion", position=3)
    assert desk.post(admin_url(meeting), data).status_code == 302
    data = filled(desk.get(admin_url(meeting), {"_as_of": first.pk}))
    assert desk.post(admin_url(meeting), data).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.city, meeting.venue) == ("فاس", "قاعة أخرى")
    assert [(item.position, item.title, item.kind) for item in meeting.items.order_by("position")] == [
        (1, "عرض حول المحضر", "minutes"), (2, "مشروع الميزانية", "budget"),
    ]  # fmt: skip


def test_the_state_of_publication_does_not_come_back(desk):
    person = make.make_person(state="draft", published_at=None)
    change = save(desk, person, state="published", latin_name="Naji")
    data = filled(desk.get(admin_url(person), {"_undo": change.pk}))
    assert (data["state"], data["latin_name"]) == (["published"], [""])


# Rights


def test_an_editor_finds_no_history_of_another_chamber(desk, meeting):
    change = save(desk, meeting, city="صفرو")
    other = Client()
    other.force_login(make.make_editor(make.make_chamber()))
    for address in (admin_url(meeting, "history"), moment_url(meeting, change)):
        assert other.get(address).status_code in (302, 403, 404)
    assert other.get(admin_url(meeting), {"_as_of": change.pk}).status_code in (302, 403, 404)


def test_a_record_that_changed_hands_takes_its_history_along(desk, meeting):
    change = save(desk, meeting, city="صفرو")
    former = Client()
    former.force_login(make.make_editor(meeting.chamber))
    assert former.get(moment_url(meeting, change)).status_code == 200
    Meeting.objects.filter(pk=meeting.pk).update(chamber=make.make_chamber())
    for address in (admin_url(meeting, "history"), moment_url(meeting, change)):
        assert former.get(address).status_code in (302, 403, 404)


def test_every_record_of_the_desk_is_followed(desk):
    for row, field in [
        (make.make_agreement(), "title"), (make.make_article(), "title"), (make.make_document(), "title"),
        (make.make_organisation(), "name"), (make.make_project(), "name"), (make.make_source(), "title"),
        (make.make_person(), "name"), (make.make_chamber(), "seat"),
    ]:  # fmt: skip
        change = save(desk, row, **{field: "نص جديد"})
        assert (change.record, change.key) == (row._meta.label_lower, row.pk)
        assert change.rows[0]["fields"][field][1] == "نص جديد"
        assert desk.get(admin_url(row, "history")).status_code == 200
    assert not AgendaItem.objects.exists()
