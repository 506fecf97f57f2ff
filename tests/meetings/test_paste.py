"""The agenda pasted as text at the desk: preview, saving, and what is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import AgendaItem, Meeting
from publishing.models import PublicationState
from tests import factories as make
from tests.admin_forms import admin_url, filled

pytestmark = pytest.mark.django_db

TEXT = "جدول الأعمال\n1- المصادقة على محضر الدورة السابقة\n2- مشروع الميزانية\n٣- مختلفات"


@pytest.fixture
def chamber():
    return make.make_chamber()


@pytest.fixture
def meeting(chamber):
    return make.make_meeting(
        chamber=chamber, state="draft", published_at=None, agenda_published_at=None, status="scheduled"
    )


@pytest.fixture
def editor(client, chamber):
    user = make.make_editor(chamber, role="contributor")
    client.force_login(user)
    return user


def address(meeting):
    return f"/admin/meetings/meeting/{meeting.pk}/agenda/"


def preview(client, meeting, text=TEXT, **more):
    page = client.get(address(meeting))
    return client.post(address(meeting), filled(page, text=text, _step="preview", **more))


def save(client, meeting, page, **changes):
    return client.post(address(meeting), filled(page, _step="save", **changes))


def titles(meeting):
    return list(meeting.items.values_list("position", "number", "title", "kind"))


def test_the_form_of_a_meeting_leads_to_it(client, meeting, editor):
    assert address(meeting) in client.get(admin_url(meeting)).text


def test_a_preview_saves_nothing(client, meeting, editor):
    page = preview(client, meeting)
    assert [form["title"].value() for form in page.context["lines"]] == [
        "جدول الأعمال", "المصادقة على محضر الدورة السابقة", "مشروع الميزانية", "مختلفات",
    ]  # fmt: skip
    assert not meeting.items.exists()


def test_the_lines_are_saved_as_they_were_left(client, meeting, editor):
    make.make_item(meeting=meeting, position=4, title="عرض سابق")
    page = preview(client, meeting)
    changes = {"lines__2__title": "مشروع ميزانية 2025", "lines__3__use": "left_out", "lines__1__kind": "presentation"}
    response = save(client, meeting, page, **changes)
    assert (response.status_code, response.url) == (302, admin_url(meeting) + "#publication-steps")
    assert titles(meeting) == [
        (4, "", "عرض سابق", "budget"),
        (5, "1", "المصادقة على محضر الدورة السابقة", "presentation"),
        (6, "2", "مشروع ميزانية 2025", "budget"),
    ]
    meeting.refresh_from_db()
    assert meeting.changed_by == editor


def test_saving_stands_in_the_history(client, meeting, editor):
    save(client, meeting, preview(client, meeting))
    page = client.get(admin_url(meeting, "history"))
    assert "مشروع الميزانية" in page.text


def test_an_agenda_still_to_be_sent_is_kept_as_sent(client, meeting, editor):
    Meeting.objects.filter(pk=meeting.pk).update(agenda_published_at=make.PAST)
    save(client, meeting, preview(client, meeting))
    assert list(meeting.items.values_list("sent_number", flat=True)) == ["1", "2", "3"]


def test_what_is_added_to_a_sent_agenda_is_marked_as_added_later(client, chamber):
    meeting = make.make_meeting(chamber=chamber, status="scheduled")
    client.force_login(make.make_editor(chamber))
    page = preview(client, meeting)
    assert "أُضيف لاحقا" in page.text
    save(client, meeting, page)
    assert set(meeting.items.values_list("sent_title", flat=True)) == {None}
    assert meeting.items.count() == 3


def test_a_contributor_leaves_a_public_meeting_alone(client, chamber, editor):
    meeting = make.make_meeting(chamber=chamber)
    assert client.get(address(meeting)).status_code == 403
    assert client.post(address(meeting), {"text": TEXT}).status_code == 403


@pytest.mark.parametrize("count", [300, 301])
def test_three_hundred_lines_are_taken_and_more_are_counted_out(client, meeting, editor, count):
    text = "\n".join(f"{n}- اتفاقية شراكة رقم {n}" for n in range(1, count + 1))
    page = preview(client, meeting, text)
    if count == 300:
        assert save(client, meeting, page).status_code == 302
        assert meeting.items.count() == 300
    else:
        assert "عدد الأسطر 301، ولا يُقبل أكثر من 300" in page.text
        assert filled(page)["text"][0].splitlines()[-1] == "301- اتفاقية شراكة رقم 301"


def test_an_empty_paste_is_told_what_is_missing(client, meeting, editor):
    page = preview(client, meeting, "  \n ")
    assert "ألصق جدول الأعمال هنا، أو اختر جدول أعمال معتادا." in page.text


def test_a_wrong_line_is_named_at_its_box_and_nothing_is_saved(client, meeting, editor):
    page = preview(client, meeting)
    page = save(
        client, meeting, page, lines__1__title="كلمة " * 100, lines__2__title="", lines__3__number="١٢٣٤٥٦٧٨٩٠١"
    )
    errors = [form.errors for form in page.context["lines"]]
    assert [[*found] for found in errors] == [[], ["title"], ["title"], ["number"]]
    assert filled(page)["lines-1-title"] == ["كلمة " * 100]
    assert not meeting.items.exists()


def test_no_item_at_all_is_refused(client, meeting, editor):
    page = preview(client, meeting, "جدول الأعمال")
    page = save(client, meeting, page)
    assert "لا سطر من هذه الأسطر نقطة" in page.text


def test_who_pastes_what_a_colleague_just_pasted_is_told(client, meeting, editor):
    page = preview(client, meeting)
    make.make_item(meeting=meeting, title="مشروع الميزانية")
    page = save(client, meeting, page, lines__3__title="مختلفات أخرى")
    assert "تغيّر جدول الأعمال في الأثناء" in page.text
    assert [form["use"].value() for form in page.context["lines"]] == ["left_out", "item", "left_out", "item"]
    assert save(client, meeting, page).status_code == 302
    assert sorted(meeting.items.values_list("title", flat=True)) == [
        "المصادقة على محضر الدورة السابقة", "مختلفات أخرى", "مشروع الميزانية",
    ]  # fmt: skip


def test_what_a_colleague_just_added_is_found_whatever_cannot_be_seen(client, meeting, editor):
    page = preview(client, meeting, "1- الأولى\n2- الثانية\n3- الثالثة")
    make.make_item(meeting=meeting, title="الثانية وما يليها")
    changed = {"lines__0__title": "الأولى\r\nفي سطرين", "lines__1__title": "الثانية\u2028وما\u200f يليها\r\n"}
    page = save(client, meeting, page, **changed)
    lines = page.context["lines"]
    assert [line["use"].value() for line in lines] == ["item", "left_out", "item"]
    assert lines[1]["remark"].value() == "on_agenda"
    assert [line["title"].value() for line in lines] == [
        "الأولى\r\nفي سطرين", "الثانية\u2028وما\u200f يليها", "الثالثة",
    ]  # fmt: skip
    save(client, meeting, page)
    assert [title for _place, _number, title, _kind in titles(meeting)] == [
        "الثانية وما يليها", "الأولى في سطرين", "الثالثة",
    ]  # fmt: skip


def test_the_preview_counts_what_is_saved_and_what_is_left_out(client, meeting, editor):
    page = preview(client, meeting, "جدول الأعمال\n1- الأولى\n2- الثانية\n3- الثالثة\nوالسلام")
    assert "ستُحفظ 3 نقط. سطران لا يُدخلان، والسبب فوق كل منهما." in page.text
    assert page.text.count("من الرسالة لا من جدول الأعمال") == 1


def test_a_form_without_our_note_is_looked_over_first(client, meeting, editor):
    page = preview(client, meeting)
    answer = save(client, meeting, page, _seen="forged")
    assert answer.status_code == 200
    assert not meeting.items.exists()


def test_a_sign_in_that_ended_keeps_the_text(client, meeting, editor):
    page = preview(client, meeting)
    client.logout()
    away = save(client, meeting, page, lines__2__title="ميزانية مصححة")
    client.force_login(editor)
    page = client.get(away.url.partition("next=")[2].replace("%3F", "?").replace("%3D", "=").replace("%26", "&"))
    assert filled(page)["lines-2-title"] == ["ميزانية مصححة"]
    assert not meeting.items.exists()
    assert save(client, meeting, page).status_code == 302
    assert meeting.items.filter(title="ميزانية مصححة").exists()


@pytest.mark.parametrize(
    ("family", "template", "count"),
    [("crafts", "october", 6), ("commerce_industry_services", "first", 9), ("agriculture", "third", 6),
     ("sea_fisheries", "second", 5)],
)  # fmt: skip
def test_a_usual_agenda_follows_the_family(client, family, template, count):
    meeting = make.make_meeting(
        chamber=make.make_chamber(family=family), state="draft", published_at=None, session_year=2026
    )
    client.force_login(make.make_superuser())
    save(client, meeting, preview(client, meeting, "اتفاقية إضافية", template=template))
    assert meeting.items.count() == count + 1
    assert meeting.items.first().kind == "minutes"
    if template == "october":
        assert meeting.items.get(kind="budget").title == "الدراسة والمصادقة على مشروع ميزانية سنة 2027"


def test_a_form_forged_with_endless_lines_is_bounded(client, meeting, editor):
    page = preview(client, meeting)
    answer = save(client, meeting, page, lines__TOTAL_FORMS="9999999")
    assert answer.status_code == 200
    assert not AgendaItem.objects.exists()


def test_a_meeting_is_copied_as_a_draft(client, chamber, editor):
    meeting = make.make_meeting(
        chamber=chamber, title="الدورة العادية لشهر أكتوبر 2024", venue="مقر الغرفة", status="held"
    )
    make.make_item(meeting=meeting, position=1, number="1", title="الميزانية", outcome="adopted", majority="unanimous")
    make.make_attendance(meeting=meeting)
    url = f"/admin/meetings/meeting/{meeting.pk}/copy/"
    page = client.get(url)
    assert filled(page)["title"] == ["الدورة العادية لشهر أكتوبر 2025"]
    response = client.post(url, filled(page, date="٢١/١٠/٢٠٢٥", _step="save"))
    copy = Meeting.objects.exclude(pk=meeting.pk).get()
    assert response.url == admin_url(copy)
    assert (copy.state, copy.status, copy.venue, copy.chamber) == (
        PublicationState.DRAFT, "scheduled", "مقر الغرفة", chamber,
    )  # fmt: skip
    assert (copy.url_year, copy.session_year, copy.date.isoformat()) == (2025, 2025, "2025-10-21")
    assert copy.slug == f"{chamber.slug}-octobre"
    item = copy.items.get()
    assert (item.title, item.kind, item.outcome, item.majority) == ("الميزانية", "budget", "", "")
    assert not copy.attendances.exists()
    assert copy.created_by == editor


def test_a_copy_without_a_year_is_asked_for_it(client, chamber, editor):
    meeting = make.make_meeting(chamber=chamber, session_year=None, session_month=None, kind="bureau")
    url = f"/admin/meetings/meeting/{meeting.pk}/copy/"
    page = client.post(url, filled(client.get(url), _step="save", date="", session_year="20"))
    assert "session_year" in page.context["form"].errors
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("four_eyes", [True, False])
def test_what_is_written_to_a_scheduled_meeting_waits_for_a_second_person(client, chamber, four_eyes):
    chamber.four_eyes = four_eyes
    chamber.save()
    later = timezone.now() + timedelta(days=3)
    meeting = make.make_meeting(
        chamber=chamber, status="scheduled", published_at=later, agenda_published_at=later, results_published_at=None
    )
    client.force_login(make.make_editor(chamber))
    save(client, meeting, preview(client, meeting))
    meeting.refresh_from_db()
    expected = ("in_review", None, None) if four_eyes else ("published", later, later)
    assert (meeting.state, meeting.published_at, meeting.agenda_published_at) == expected
    assert meeting.items.filter(sent_title__isnull=True).exists() is four_eyes


def test_an_item_saved_alone_leaves_a_scheduled_agenda_to_a_second_person(client, chamber):
    chamber.four_eyes = True
    chamber.save()
    meeting = make.make_meeting(
        chamber=chamber, agenda_published_at=timezone.now() + timedelta(days=3), results_published_at=None
    )
    item = make.make_item(meeting=meeting)
    client.force_login(make.make_editor(chamber))
    client.post(admin_url(item), filled(client.get(admin_url(item)), title="عنوان جديد"))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.agenda_published_at) == ("published", None)
