"""Two people at one record: the second to save sees both versions and overwrites nothing unseen."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import Attendance, Meeting
from tests import factories as make
from tests.admin_forms import add_row, admin_url, filled

pytestmark = pytest.mark.django_db


def desk_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def first():
    return desk_of(make.make_superuser(first_name="سعاد", last_name="العلمي"))


@pytest.fixture
def second():
    return desk_of(make.make_superuser())


@pytest.fixture
def meeting():
    meeting = make.make_meeting(title="الدورة العادية", city="فاس", venue="مقر الغرفة")
    make.make_item(meeting=meeting, title="عرض حول المحضر", kind="minutes")
    make.make_item(meeting=meeting, title="مشروع الميزانية", kind="budget")
    return meeting


def save(desk, row, data):
    return desk.post(admin_url(row), data)


def panel(response):
    """Return the differences shown: (title of the row, label, seen, stored, mine), as a person reads them."""
    comparison = response.context["comparison"]
    return [
        (part.title, one.label, one.seen, one.stored, one.mine)
        for part in comparison.parts
        for one in part.differences
    ]


def test_a_form_that_saw_the_stored_version_saves(first, meeting):
    data = filled(first.get(admin_url(meeting)), city="صفرو")
    assert save(first, meeting, data).status_code == 302
    meeting.refresh_from_db()
    assert meeting.city == "صفرو"


def test_the_second_to_save_is_shown_both_versions(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="تازة")
    save(first, meeting, filled(first.get(admin_url(meeting)), city="صفرو"))
    response = save(second, meeting, late)
    assert response.status_code == 200
    assert panel(response) == [("", "المدينة", "فاس", "صفرو", "تازة")]
    meeting.refresh_from_db()
    assert meeting.city == "صفرو"


def test_who_saved_meanwhile_is_named(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="تازة")
    save(first, meeting, filled(first.get(admin_url(meeting)), city="صفرو"))
    assert "سعاد العلمي" in save(second, meeting, late).text


def test_all_typed_stays_in_the_form(first, second, meeting):
    late = filled(
        second.get(admin_url(meeting)), city="تازة", summary="ملخص طويل", items__1__title="الميزانية المعدلة"
    )
    save(first, meeting, filled(first.get(admin_url(meeting)), city="صفرو"))
    kept = filled(save(second, meeting, late))
    assert (kept["city"], kept["summary"], kept["items-1-title"]) == (["تازة"], ["ملخص طويل"], ["الميزانية المعدلة"])


def test_saved_again_the_typed_text_goes_over_the_version_now_seen(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="تازة")
    save(first, meeting, filled(first.get(admin_url(meeting)), city="صفرو"))
    again = filled(save(second, meeting, late))
    assert save(second, meeting, again).status_code == 302
    meeting.refresh_from_db()
    assert meeting.city == "تازة"


def test_the_stored_value_can_be_taken_instead(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="تازة", venue="قاعة أخرى")
    save(first, meeting, filled(first.get(admin_url(meeting)), city="صفرو"))
    again = filled(save(second, meeting, late), _take="::city")
    assert save(second, meeting, again).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.city, meeting.venue) == ("صفرو", "قاعة أخرى")


def test_what_only_the_other_changed_is_taken_into_the_form(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="تازة")
    save(first, meeting, filled(first.get(admin_url(meeting)), venue="قاعة الاجتماعات", status="postponed"))
    response = save(second, meeting, late)
    assert [(label, seen, stored) for _row, label, seen, stored, _mine in panel(response)] == [
        ("الحالة", "انعقد", "أُجّل"),
        ("مكان الاجتماع", "مقر الغرفة", "قاعة الاجتماعات"),
    ]
    assert save(second, meeting, filled(response)).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.city, meeting.venue, meeting.status) == ("تازة", "قاعة الاجتماعات", "postponed")


def test_a_third_version_saved_while_the_second_was_compared_is_shown_too(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="تازة")
    save(first, meeting, filled(first.get(admin_url(meeting)), city="صفرو"))
    again = filled(save(second, meeting, late))
    save(first, meeting, filled(first.get(admin_url(meeting)), city="مكناس"))
    assert panel(save(second, meeting, again)) == [("", "المدينة", "صفرو", "مكناس", "تازة")]


def test_both_having_typed_the_same_is_no_difference(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="صفرو")
    save(first, meeting, filled(first.get(admin_url(meeting)), city="صفرو"))
    assert save(second, meeting, late).status_code == 302


def test_one_date_written_in_two_ways_is_no_difference(first, second):
    meeting = make.make_meeting(date=datetime.date(2024, 12, 30))
    late = filled(second.get(admin_url(meeting)), date="٢٠٢٤-١٢-٣١")
    save(first, meeting, filled(first.get(admin_url(meeting)), date="31/12/2024"))
    assert save(second, meeting, late).status_code == 302


def test_a_changed_row_counts(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), items__1__title="ميزانية 2025")
    save(first, meeting, filled(first.get(admin_url(meeting)), items__1__title="ميزانية 2026"))
    response = save(second, meeting, late)
    assert panel(response) == [
        ("نقطة في جدول الأعمال 2: ميزانية 2026", "العنوان", "مشروع الميزانية", "ميزانية 2026", "ميزانية 2025")
    ]
    assert meeting.items.get(position=2).title == "ميزانية 2026"


def test_a_row_changed_on_its_own_page_counts(first, second, meeting):
    item = meeting.items.get(position=1)
    late = filled(second.get(admin_url(meeting)), city="تازة")
    save(first, item, filled(first.get(admin_url(item)), outcome="adopted"))
    response = save(second, meeting, late)
    assert [(label, stored) for _row, label, _seen, stored, _mine in panel(response)] == [("النتيجة", "المصادقة")]
    assert "سعاد العلمي" in response.text
    assert save(second, meeting, filled(response)).status_code == 302
    item.refresh_from_db()
    assert item.outcome == "adopted"


def test_the_stored_value_of_a_row_can_be_taken(first, second, meeting):
    item = meeting.items.get(position=2)
    late = filled(second.get(admin_url(meeting)), items__1__title="ميزانية 2025")
    save(first, meeting, filled(first.get(admin_url(meeting)), items__1__title="ميزانية 2026"))
    again = filled(save(second, meeting, late), _take=f"items:{item.pk}:title")
    assert save(second, meeting, again).status_code == 302
    item.refresh_from_db()
    assert item.title == "ميزانية 2026"


def test_a_row_added_meanwhile_comes_into_the_form(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="تازة")
    mine = add_row(late, "items", title="نقطة الثاني", kind="motion")
    other = filled(first.get(admin_url(meeting)))
    add_row(other, "items", title="نقطة الأول", kind="motion")
    save(first, meeting, other)
    response = save(second, meeting, late)
    assert "أُضيف هذا الصف" in response.text
    again = filled(response)
    assert mine == 2
    assert (again["items-2-title"], again["items-3-title"]) == (["نقطة الأول"], ["نقطة الثاني"])
    assert save(second, meeting, again).status_code == 302
    assert [item.title for item in meeting.items.order_by("position")] == [
        "عرض حول المحضر", "مشروع الميزانية", "نقطة الأول", "نقطة الثاني",
    ]  # fmt: skip


def test_an_untouched_row_deleted_meanwhile_leaves_the_form(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="تازة")
    save(first, meeting, filled(first.get(admin_url(meeting)), items__0__DELETE="on"))
    response = save(second, meeting, late)
    assert "حُذف هذا الصف" in response.text
    assert save(second, meeting, filled(response)).status_code == 302
    assert [item.title for item in meeting.items.all()] == ["مشروع الميزانية"]


def test_a_row_deleted_meanwhile_that_was_being_changed_is_kept_as_a_new_one(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), items__0__title="عرض حول محضر دورة يونيو")
    save(first, meeting, filled(first.get(admin_url(meeting)), items__0__DELETE="on"))
    again = filled(save(second, meeting, late))
    assert (again["items-0-title"], again["items-1-title"]) == (["مشروع الميزانية"], ["عرض حول محضر دورة يونيو"])
    assert again["items-1-id"] == [""]
    assert save(second, meeting, again).status_code == 302
    assert {item.title for item in meeting.items.all()} == {"مشروع الميزانية", "عرض حول محضر دورة يونيو"}


def test_a_row_to_be_deleted_that_was_changed_meanwhile_is_not_deleted_unseen(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), items__1__DELETE="on")
    save(first, meeting, filled(first.get(admin_url(meeting)), items__1__title="ميزانية 2026"))
    response = save(second, meeting, late)
    assert response.status_code == 200
    assert meeting.items.filter(title="ميزانية 2026").exists()
    item = meeting.items.get(position=2)
    again = filled(response, _take=f"items:{item.pk}:DELETE")
    assert save(second, meeting, again).status_code == 302
    assert meeting.items.filter(pk=item.pk).exists()


def test_a_form_without_the_note_overwrites_nothing(second, meeting):
    data = filled(second.get(admin_url(meeting)), city="تازة")
    del data["_seen"]
    response = save(second, meeting, data)
    assert panel(response) == [("", "المدينة", "فاس", "فاس", "تازة")]
    assert save(second, meeting, filled(response)).status_code == 302


def test_the_note_of_another_record_is_no_note(second, meeting):
    other = make.make_meeting(city="مكناس")
    data = filled(second.get(admin_url(meeting)), city="تازة")
    data["_seen"] = filled(second.get(admin_url(other)))["_seen"]
    assert save(second, meeting, data).status_code == 200


@pytest.mark.parametrize("note", ["", "x", "a:b:c", "\udc80", "x" * 10_000])
def test_a_forged_note_is_no_server_error(second, meeting, note):
    data = filled(second.get(admin_url(meeting)), city="تازة", _seen=note.encode("utf-8", "replace").decode())
    assert save(second, meeting, data).status_code == 200


@pytest.mark.parametrize("take", ["", ":", "::", "items", "items:x:title", "none:1:title", "::none", "items:9:DELETE"])
def test_a_forged_choice_is_no_server_error(second, meeting, take):
    data = filled(second.get(admin_url(meeting)), city="تازة", _take=take)
    assert save(second, meeting, data).status_code == 302


def test_many_to_many_fields_count(first, second):
    meeting = make.make_meeting(title="لقاء")
    partner = make.make_organisation(name="مجلس جهة طنجة")
    late = filled(second.get(admin_url(meeting)), city="تازة")
    save(first, meeting, filled(first.get(admin_url(meeting)), co_organisers=[str(partner.pk)]))
    response = save(second, meeting, late)
    assert [(seen, stored) for _row, _label, seen, stored, _mine in panel(response)] == [("", "مجلس جهة طنجة")]
    assert save(second, meeting, filled(response)).status_code == 302
    assert [*meeting.co_organisers.all()] == [partner]


def test_a_moment_of_two_boxes_counts(first, second, meeting):
    late = filled(second.get(admin_url(meeting)), city="تازة")
    data = filled(first.get(admin_url(meeting)), results_published_at_0="01/12/2025", results_published_at_1="10:00")
    data |= {"agenda_published_at_0": ["01/12/2025"], "agenda_published_at_1": ["10:00"]}
    assert save(first, meeting, data).status_code == 302
    assert save(second, meeting, filled(save(second, meeting, late))).status_code == 302
    meeting.refresh_from_db()
    assert meeting.results_published_at is not None


def test_two_notes_of_one_person_name_the_other_window(first, meeting):
    late = filled(first.get(admin_url(meeting)), city="تازة")
    save(first, meeting, filled(first.get(admin_url(meeting)), city="صفرو"))
    assert "أنت، في نافذة أخرى" in save(first, meeting, late).text


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (make.make_person, "name"), (make.make_organisation, "name"), (make.make_project, "name"),
        (make.make_chamber, "seat"), (make.make_annex, "city"), (make.make_agreement, "title"),
        (make.make_article, "title"), (make.make_document, "title"), (make.make_source, "title"),
        (make.make_item, "title"),
    ],
)  # fmt: skip
def test_every_record_is_guarded(first, second, factory, field):
    row = factory()
    late = filled(second.get(admin_url(row)), **{field: "نص الثاني"})
    assert save(first, row, filled(first.get(admin_url(row)), **{field: "نص الأول"})).status_code == 302
    response = save(second, row, late)
    assert response.context["comparison"] is not None
    row.refresh_from_db()
    assert getattr(row, field) == "نص الأول"
    assert save(second, row, filled(response)).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "نص الثاني"


def test_a_failed_validation_keeps_the_text_and_what_was_seen(first, second, meeting):
    wrong = filled(second.get(admin_url(meeting)), city="تازة", summary="ملخص طويل", title="")
    response = save(second, meeting, wrong)
    kept = filled(response)
    assert (kept["city"], kept["summary"]) == (["تازة"], ["ملخص طويل"])
    save(first, meeting, filled(first.get(admin_url(meeting)), city="صفرو"))
    assert panel(save(second, meeting, {**kept, "title": ["الدورة العادية"]})) == [
        ("", "المدينة", "فاس", "صفرو", "تازة")
    ]


def test_an_editor_is_not_shown_what_they_may_not_open(first):
    chambers = make.make_chamber(), make.make_chamber()
    desk = desk_of(make.make_editor(chambers[1]))
    theirs = make.make_meeting(chamber=chambers[0], city="فاس")
    response = save(desk, theirs, {"city": "تازة"})
    assert response.status_code in (302, 403, 404)
    assert Meeting.objects.get().city == "فاس"


def test_comparing_costs_the_same_for_two_rows_and_for_twenty(second):
    def cost(rows):
        meeting = make.make_meeting()
        for _row in range(rows):
            make.make_attendance(meeting=meeting, person=make.make_person())
        data = filled(second.get(admin_url(meeting)), title="")
        Attendance.objects.filter(meeting=meeting).update(role="speaker")
        with CaptureQueriesContext(connection) as queries:
            save(second, meeting, data)
        return len(queries)

    cost(2)
    few = cost(2)
    assert cost(20) - few <= 18 * 8  # The form itself asks about each row that changed.


def test_the_note_is_small(second):
    meeting = make.make_meeting()
    for number in range(40):
        make.make_item(meeting=meeting, title=f"النقطة رقم {number} من جدول أعمال الدورة العادية")
    note = re.search(r'name="_seen" value="([^"]+)"', second.get(admin_url(meeting)).text)
    assert len(note[1]) < 6_000
