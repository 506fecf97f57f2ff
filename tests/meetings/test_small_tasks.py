"""Small acts of an editor's day: put off, called off, an agreement from an item, its next stage, forms begun."""

from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from meetings.admin.from_item import kind_of, name_of
from meetings.admin.next_stage import next_stage
from meetings.models import Agreement, AgreementStep, Document, Meeting
from tests import factories as make
from tests.admin_forms import admin_url, filled

pytestmark = pytest.mark.django_db

OLD, NEW = date(2090, 10, 21), date(2090, 11, 4)


@pytest.fixture
def chamber():
    return make.make_chamber()


@pytest.fixture(autouse=True)
def editor(client, chamber):
    user = make.make_editor(chamber)
    client.force_login(user)
    return user


@pytest.fixture
def meeting(chamber):
    return make.make_meeting(
        chamber=chamber, status="scheduled", date=OLD, time=time(10), venue="مقر الغرفة", city="فاس", end_date=OLD
    )


def task(row, code):
    return f"/admin/meetings/{row._meta.model_name}/{row.pk}/{code}/"


def send(client, row, code, page=None, files=None, **changes):
    url = task(row, code)
    data = filled(page or client.get(url), _step="save", **changes)
    return client.post(url, data | (files or {}))


# Put off, called off


def test_a_meeting_put_off_keeps_its_old_call(client, meeting, editor):
    response = send(
        client, meeting, "postpone", act="new_day", date="٠٤/١١/٢٠٩٠", time="15:30", reason="سوء الأحوال الجوية"
    )
    assert response.url == admin_url(meeting)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.date, meeting.time, meeting.end_date) == ("postponed", NEW, time(15, 30), None)
    assert (meeting.status_reason, meeting.changed_by) == ("سوء الأحوال الجوية", editor)
    sitting = meeting.sittings.get()
    assert (sitting.status, sitting.date, sitting.time, sitting.venue) == ("superseded", OLD, time(10), "مقر الغرفة")
    assert sitting.reason == "سوء الأحوال الجوية"
    page = client.get(meeting.get_absolute_url()).text
    assert "4 نونبر 2090" in page
    assert "سوء الأحوال الجوية" in page


def test_a_meeting_put_off_without_a_day_keeps_its_place_in_lists(client, meeting):
    send(client, meeting, "postpone", act="no_day", reason="أجل غير مسمى")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.date, meeting.time, meeting.sort_on) == (
        "postponed",
        None,
        None,
        date(2024, 10, 1),
    )
    assert meeting.sittings.get().date == OLD


def test_a_meeting_called_off_keeps_its_day_and_gives_the_reason(client, meeting):
    send(client, meeting, "postpone", act="cancel", reason="قوة قاهرة")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.date, meeting.status_reason) == ("cancelled", OLD, "قوة قاهرة")
    assert not meeting.sittings.exists()


def test_a_meeting_is_put_off_twice(client, meeting):
    send(client, meeting, "postpone", act="new_day", date="04/11/2090", reason="أولا")
    send(client, meeting, "postpone", act="new_day", date="06/11/2090", reason="ثانيا")
    assert list(meeting.sittings.values_list("position", "date")) == [(1, OLD), (2, NEW)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"act": "new_day", "date": "", "reason": "سبب"}, "date"),
        ({"act": "new_day", "date": "21/10/2090", "reason": "سبب"}, "date"),
        ({"act": "new_day", "date": "31/02/2090", "reason": "سبب"}, "date"),
        ({"act": "no_day", "date": "04/11/2090", "reason": "سبب"}, "date"),
        ({"act": "cancel", "reason": ""}, "reason"),
        ({"act": "new_day", "date": "04/11/2090", "time": "25:00", "reason": "سبب"}, "time"),
        ({"act": "other", "reason": "سبب"}, "act"),
        ({"act": "cancel", "reason": "س" * 301}, "reason"),
    ],
)
def test_what_is_missing_is_said_at_its_box(client, meeting, changes, field):
    page = send(client, meeting, "postpone", **changes)
    assert [*page.context["form"].errors] == [field]
    meeting.refresh_from_db()
    assert (meeting.status, meeting.date) == ("scheduled", OLD)


def test_a_meeting_that_was_held_is_not_put_off(client, meeting):
    Meeting.objects.update(status="held")
    assert task(meeting, "postpone") not in client.get(admin_url(meeting)).text
    page = send(client, meeting, "postpone", act="cancel", reason="سبب")
    assert "«انعقد»" in page.text
    assert Meeting.objects.get().status == "held"


def test_who_did_not_see_a_change_confirms_again(client, meeting):
    page = client.get(task(meeting, "postpone"))
    Meeting.objects.update(date=NEW, end_date=None)
    page = send(client, meeting, "postpone", page, act="cancel", reason="قوة قاهرة")
    assert "تغيّر التاريخ أو الحالة في الأثناء" in page.text
    assert Meeting.objects.get().status == "scheduled"
    assert filled(page)["reason"] == ["قوة قاهرة"]
    send(client, meeting, "postpone", page)
    assert Meeting.objects.get().status == "cancelled"


# An agreement from an item


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("الدراسة والمصادقة على مشروع اتفاقية شراكة مع دار الصانع", "اتفاقية شراكة مع دار الصانع"),
        ("المصادقة على ملحق رقم 1 لاتفاقية الشراكة", "ملحق رقم 1 لاتفاقية الشراكة"),
        ("مناقشة والموافقة على بروتوكول تعاون", "بروتوكول تعاون"),
        ("اتفاقية خاصة", "اتفاقية خاصة"),
        ("المصادقة", "المصادقة"),
    ],
)
def test_the_name_of_an_agreement_is_what_the_item_puts_to_the_vote(title, name):
    assert name_of(title) == name


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("اتفاقية شراكة", "partnership"),
        ("ملحق لاتفاقية الشراكة", "addendum"),
        ("بروتوكول تعاون", "cooperation_protocol"),
        ("اتفاقية تعاون وإشراف منتدب", "delegated"),
        ("اتفاقية إطار", "framework"),
        ("اتفاقية", ""),
    ],
)
def test_the_kind_of_an_agreement_follows_from_its_words(title, kind):
    assert kind_of(title) == kind


def test_an_agreement_is_made_from_an_item(client, chamber, editor):
    meeting = make.make_meeting(chamber=chamber, url_year=2024, date=date(2024, 12, 30))
    item = make.make_item(
        meeting=meeting, kind="agreement", title="المصادقة على اتفاقية شراكة مع جمعية", outcome="adopted"
    )
    assert task(item, "agreement") in client.get(admin_url(meeting)).text
    response = send(client, item, "agreement")
    agreement = Agreement.objects.get()
    assert response.url == admin_url(agreement)
    assert (agreement.title, agreement.kind, agreement.state) == ("اتفاقية شراكة مع جمعية", "partnership", "draft")
    assert (agreement.lead_chamber, agreement.url_year, agreement.sort_hint) == (chamber, 2024, meeting.date)
    assert agreement.parties.get().chamber == chamber
    step = agreement.steps.get()
    assert (step.stage, step.agenda_item) == ("adopted", item)
    assert agreement.created_by == editor
    assert task(item, "agreement") not in client.get(admin_url(meeting)).text


@pytest.mark.parametrize(
    ("outcome", "stage"), [("", "proposed"), ("rejected", "rejected"), ("referred", "in_committee")]
)
def test_the_first_step_follows_from_the_outcome(client, chamber, outcome, stage):
    item = make.make_item(meeting=make.make_meeting(chamber=chamber), outcome=outcome, title="اتفاقية")
    assert client.get(task(item, "agreement")).context["form"]["stage"].value() == stage


def test_an_addendum_needs_its_original(client, chamber):
    item = make.make_item(meeting=make.make_meeting(chamber=chamber), title="ملحق اتفاقية", kind="addendum")
    page = send(client, item, "agreement")
    assert [*page.context["form"].errors] == ["parent_as_named"]
    assert not Agreement.objects.exists()
    assert send(client, item, "agreement", page, parent_as_named="الاتفاقية الأصلية").status_code == 302


def test_a_second_agreement_of_one_item_is_asked_about(client, chamber):
    item = make.make_item(meeting=make.make_meeting(chamber=chamber), title="اتفاقيتان")
    page = client.get(task(item, "agreement"))
    make.make_step(agreement=make.make_agreement(lead_chamber=chamber, title="الأولى"), agenda_item=item)
    assert f'href="{admin_url(item.meeting)}"' in page.text
    page = send(client, item, "agreement", page)
    assert "لهذه النقطة اتفاقية من قبل" in page.text
    assert send(client, item, "agreement", page).status_code == 302
    assert Agreement.objects.count() == 2


# The next stage


@pytest.mark.parametrize(
    ("stage", "after"),
    [
        (None, "proposed"), ("proposed", "adopted"), ("adopted", "signed"), ("sent_for_approval", "approved"),
        ("awaiting_signature", "signed"), ("signed", "in_force"), ("in_force", "completed"),
        ("completed", "completed"), ("suspended", "in_force"),
    ],
)  # fmt: skip
def test_the_stage_that_usually_follows(stage, after):
    assert next_stage(stage) == after


@pytest.fixture
def agreement(chamber):
    row = make.make_agreement(lead_chamber=chamber)
    make.make_step(agreement=row, stage="adopted")
    return row


def test_an_agreement_moves_a_stage_with_its_paper(client, agreement, chamber, editor):
    paper = SimpleUploadedFile("نص.pdf", b"%PDF-1.4 text", content_type="application/pdf")
    response = send(client, agreement, "stage", files={"file": paper}, date="20/11/2024")
    assert response.url == admin_url(agreement)
    step = agreement.steps.order_by("position").last()
    assert (step.position, step.stage, step.date) == (2, "signed", date(2024, 11, 20))
    document = Document.objects.get()
    assert step.document == document
    assert (document.agreement, document.chamber, document.state) == (agreement, chamber, "draft")
    assert (document.kind, document.content_type) == ("agreement", "application/pdf")
    assert document.created_by == editor


def test_a_paper_that_is_none_is_refused_and_nothing_saved(client, agreement):
    paper = SimpleUploadedFile("نص.exe", b"MZ", content_type="application/pdf")
    page = send(client, agreement, "stage", files={"file": paper}, date="20/11/2024")
    assert [*page.context["form"].errors] == ["file"]
    assert "اختر الملف من جديد" in page.text or "اختر الملف" in page.text
    assert agreement.steps.count() == 1
    assert filled(page)["date"] == ["20/11/2024"]


def test_a_wrong_day_of_a_stage_is_named(client, agreement):
    page = send(client, agreement, "stage", date="غدا")
    assert [*page.context["form"].errors] == ["date"]


def test_a_paper_of_another_agreement_cannot_be_named(client, agreement):
    other = make.make_document(agreement=make.make_agreement())
    page = send(client, agreement, "stage", document=other.pk)
    assert [*page.context["form"].errors] == ["document"]


def test_a_stage_that_a_colleague_entered_is_shown_first(client, agreement):
    page = client.get(task(agreement, "stage"))
    make.make_step(agreement=agreement, stage="signed")
    page = send(client, agreement, "stage", page)
    assert "تغيّرت المراحل في الأثناء" in page.text
    assert AgreementStep.objects.count() == 2


def test_the_editor_of_another_party_moves_the_stage_too(client, agreement):
    other = make.make_chamber()
    make.make_party(agreement=agreement, chamber=other)
    client.force_login(make.make_editor(other))
    paper = SimpleUploadedFile("نص.pdf", b"%PDF-1.4 text", content_type="application/pdf")
    assert send(client, agreement, "stage", files={"file": paper}, date="20/11/2024").status_code == 302
    # Their paper is of their own chamber: that of the one that leads is not theirs to name.
    assert Document.objects.get().chamber == other


# Forms that begin with a meeting


def test_news_about_a_meeting_begins_with_what_is_known(client, chamber):
    meeting = make.make_meeting(chamber=chamber, date=date(2024, 12, 30), slug="artisanat-octobre")
    page = client.get(admin_url(meeting))
    link = next(one["link"] for one in page.context["tasks"] if "articles" in one["link"])
    form = client.get(link).context["adminform"].form
    assert str(form["lead_chamber"].value()) == str(chamber.pk)
    assert [str(key) for key in form["meetings"].value()] == [str(meeting.pk)]
    assert (form["event_date"].value(), form["slug"].value()) == ("30/12/2024", "artisanat-octobre")


def test_the_minutes_are_offered_until_they_are_there(client, meeting):
    links = [one["link"] for one in client.get(admin_url(meeting)).context["tasks"]]
    assert any(link.startswith("/admin/meetings/document/add/?kind=minutes") for link in links)
    make.make_document(meeting=meeting, kind="minutes")
    links = [one["link"] for one in client.get(admin_url(meeting)).context["tasks"]]
    assert not any("document/add" in link for link in links)


# The way back


def links(client, row):
    return [(one["words"], one["link"]) for one in client.get(admin_url(row)).context["tasks"]]


def test_what_was_entered_from_a_meeting_leads_back_to_it(client, chamber, meeting):
    paper = make.make_document(meeting=meeting, chamber=chamber)
    article = make.make_article(lead_chamber=chamber)
    article.meetings.add(meeting)
    agreement = make.make_agreement(lead_chamber=chamber)
    make.make_step(agreement=agreement, agenda_item=make.make_item(meeting=meeting))
    for row in (paper, article, agreement):
        assert links(client, row)[0] == (f"عودة إلى: {meeting.label}", admin_url(meeting))


def test_nothing_leads_back_to_what_is_not_its_readers(client, chamber):
    hidden = make.make_meeting(chamber=make.make_chamber(), state="draft", published_at=None)
    assert links(client, make.make_document(meeting=hidden, chamber=chamber)) == []
    assert links(client, make.make_document(chamber=chamber)) == []


# Warnings


def saved(client, row, **changes):
    response = client.post(admin_url(row), filled(client.get(admin_url(row)), _continue="1", **changes), follow=True)
    assert response.redirect_chain, response.context["errors"]
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "كلمة " * 30}, "في العنوان 149 حرفا"),
        ({"summary": "كلمة " * 100}, "فقرة واحدة أطول من 450 حرفا"),
        ({"items__0__outcome": "adopted", "confirmed": "on"}, "الاجتماع لم يُعقد بعد، ولجدول أعماله نتائج"),
        ({"date": "21/10/2095", "end_date": ""}, "التاريخ أبعد من ثمانية عشر شهرا"),
        ({"status": "postponed"}, "يقرأ العموم 21 أكتوبر 2090 على أنه الموعد الجديد"),
    ],
)
def test_a_probable_slip_is_pointed_out_and_saved(client, meeting, changes, words):
    make.make_item(meeting=meeting)
    assert any(words in message for message in saved(client, meeting, **changes))


def test_a_past_meeting_without_a_place_is_pointed_out(client, chamber):
    meeting = make.make_meeting(chamber=chamber)
    assert "الاجتماع مضى وليس له مكان ولا مدينة." in saved(client, meeting)
    assert "الاجتماع مضى وليس له مكان ولا مدينة." not in saved(client, meeting, city="فاس")


def test_a_meeting_with_nothing_amiss_is_not_warned_of(client, chamber):
    meeting = make.make_meeting(
        chamber=chamber, status="scheduled", date=timezone.localdate() + timedelta(days=9), venue="مقر"
    )
    assert len(saved(client, meeting)) == 1


def test_long_paragraphs_of_news_are_counted(client, chamber):
    article = make.make_article(lead_chamber=chamber)
    body = f"<p>{'كلمة ' * 100}</p><p>قصيرة</p><p>{'كلمة ' * 100}</p>"
    assert any("فقرتان أطول من 450 حرفا" in words for words in saved(client, article, body=body))


def test_a_person_without_a_latin_name_is_pointed_out(client, chamber):
    person = make.make_person()
    make.make_membership(person=person, body=make.make_body(chamber=chamber))
    assert any("ليس للاسم كتابة لاتينية" in words for words in saved(client, person))
    assert not any("لاتينية" in words for words in saved(client, person, latin_name="Foulane"))
