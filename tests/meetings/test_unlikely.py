"""What is valid and probably a slip: a task asks before it saves, a form warns after saving; nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from meetings.models import Agreement, AgreementStep, Document, Meeting
from publishing.admin.guards import long_title
from tests import factories as make
from tests.admin_forms import admin_url, filled

pytestmark = pytest.mark.django_db

OLD = date(2090, 10, 23)
ASKED = "لم يُحفظ شيء بعد"


@pytest.fixture
def chamber():
    return make.make_chamber()


@pytest.fixture(autouse=True)
def editor(client, chamber):
    client.force_login(make.make_editor(chamber))


@pytest.fixture
def meeting(chamber):
    return make.make_meeting(chamber=chamber, status="scheduled", date=OLD, venue="مقر الغرفة")


@pytest.fixture
def agreement(chamber):
    row = make.make_agreement(lead_chamber=chamber, url_year=2024)
    make.make_step(agreement=row, stage="adopted", date=date(2024, 10, 21))
    return row


def task(row, code):
    return f"/admin/meetings/{row._meta.model_name}/{row.pk}/{code}/"


def send(client, row, code, page=None, **changes):
    """Send the task filled in; with a page, the one that was shown last."""
    return client.post(task(row, code), filled(page or client.get(task(row, code)), _step="save", **changes))


def sure(client, row, code, page, **changes):
    """Press the button of the page that saves in spite of its doubts."""
    return client.post(task(row, code), filled(page, _sure=page.context["task"].sure, **changes), follow=True)


def messages(page):
    return [str(message) for message in page.context["messages"]]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("04/11/2020", "التاريخ الجديد، 4 نونبر 2020، قد مضى."),
        ("20/10/2090", "التاريخ الجديد، 20 أكتوبر 2090، قبل القديم، 23 أكتوبر 2090."),
        ("04/11/2098", "التاريخ أبعد من ثمانية عشر شهرا: راجع السنة."),
        ("05/11/2090", "هذا اليوم يوم أحد: راجع التاريخ."),
    ],
)
def test_an_unlikely_new_day_is_asked_about_before_anything_is_saved(client, meeting, day, words):
    page = send(client, meeting, "postpone", act="new_day", date=day, reason="سبب")
    assert ASKED in page.text
    assert page.context["task"].doubts == [words]
    assert Meeting.objects.get().date == OLD
    assert not meeting.sittings.exists()
    assert (filled(page)["date"], filled(page)["reason"]) == ([day], ["سبب"])
    assert sure(client, meeting, "postpone", page).redirect_chain
    assert Meeting.objects.get().date.strftime("%d/%m/%Y") == day


def test_a_usual_new_day_is_not_asked_about(client, meeting):
    assert send(client, meeting, "postpone", act="new_day", date="06/11/2090", reason="سبب").status_code == 302


def test_who_is_sure_of_one_day_is_asked_about_another(client, meeting):
    page = send(client, meeting, "postpone", act="new_day", date="04/11/2020", reason="سبب")
    page = sure(client, meeting, "postpone", page, date="05/11/2098")
    assert ASKED in page.text
    assert Meeting.objects.get().date == OLD


def test_a_day_mended_is_saved_by_the_usual_button(client, meeting):
    page = send(client, meeting, "postpone", act="new_day", date="04/11/2020", reason="سبب")
    assert send(client, meeting, "postpone", page, date="06/11/2090").status_code == 302
    assert Meeting.objects.get().date == date(2090, 11, 6)


def test_being_sure_saves_nothing_over_an_error(client, meeting):
    page = send(client, meeting, "postpone", act="new_day", date="04/11/2020", reason="سبب")
    page = sure(client, meeting, "postpone", page, reason="")
    assert [*page.context["form"].errors] == ["reason"]
    assert Meeting.objects.get().date == OLD


def test_what_was_unlikely_before_the_task_is_not_said_again(client, chamber):
    row = make.make_meeting(chamber=chamber, status="scheduled", date=date(2020, 10, 20), title="كلمة " * 30)
    page = send(client, row, "postpone", act="cancel", reason="سبب")
    page = client.get(page.url)
    assert messages(page) == ["أُلغي الاجتماع، وتتبعه المفكرات والخلاصات."]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date": "20/10/2024"}, "تكون مرحلة «موقّعة» أقدم من «صودق عليها» قبلها، وهي بتاريخ 21 أكتوبر 2024."),
        ({"date": "21/10/2062"}, "تاريخ مرحلة «موقّعة» لم يحن بعد، والمرحلة تُسجل عند بلوغها."),
        ({"stage": "proposed", "date": "22/10/2024"}, "الاتفاقية في مرحلة «صودق عليها»، و«مشروع» تسبقها."),
        ({"stage": "adopted", "date": "22/10/2024"}, "الاتفاقية في مرحلة «صودق عليها» من قبل."),
    ],
)
def test_an_unlikely_stage_is_asked_about(client, agreement, changes, words):
    page = send(client, agreement, "stage", **changes)
    assert page.context["task"].doubts == [words]
    assert agreement.steps.count() == 1
    assert sure(client, agreement, "stage", page).redirect_chain
    assert agreement.steps.count() == 2


@pytest.mark.parametrize("changes", [{}, {"date": "21/10/2024"}, {"date": "01/10/2024", "date_precision": "month"}])
def test_a_usual_stage_is_not_asked_about(client, agreement, changes):
    assert send(client, agreement, "stage", **changes).status_code == 302


def test_the_form_of_an_agreement_warns_of_its_stages_too(client, agreement):
    make.make_step(agreement=agreement, stage="signed", date=date(2023, 1, 2))
    data = filled(client.get(admin_url(agreement)), _continue="1")
    page = client.post(admin_url(agreement), data, follow=True)
    assert any("تكون مرحلة «موقّعة» أقدم" in words for words in messages(page))


def test_a_paper_that_was_let_go_while_asking_is_missed(client, agreement):
    paper = SimpleUploadedFile("نص.pdf", b"%PDF-1.4 text", content_type="application/pdf")
    data = filled(client.get(task(agreement, "stage")), _step="save", date="20/10/2024")
    page = client.post(task(agreement, "stage"), data | {"file": paper})
    assert "اختر الملف من جديد" in page.text
    page = sure(client, agreement, "stage", page)
    assert [*page.context["form"].errors] == ["file"]
    assert AgreementStep.objects.count() == 1
    page = send(client, agreement, "stage", page)
    paper.seek(0)
    data = filled(page, _sure=page.context["task"].sure)
    assert client.post(task(agreement, "stage"), data | {"file": paper}).status_code == 302
    assert Document.objects.get().content_type == "application/pdf"


def test_a_copy_whose_years_do_not_fit_is_asked_about(client, chamber):
    row = make.make_meeting(chamber=chamber, date=date(2024, 10, 21), session_year=2024, session_month=10)
    page = send(client, row, "copy", date="21/10/2019", session_year="2025")
    assert page.context["task"].doubts == [
        "الدورة لسنة 2025، والتاريخ في سنة 2019: راجع السنتين.",
    ]
    assert Meeting.objects.count() == 1
    page = sure(client, row, "copy", page)
    assert Meeting.objects.count() == 2
    assert "مضى تاريخه وحالته ما زالت «مبرمج»: راجع التاريخ أو الحالة." in messages(page)


def test_a_stage_that_the_outcome_does_not_tell_is_asked_about(client, chamber):
    meeting = make.make_meeting(chamber=chamber)
    item = make.make_item(meeting=meeting, title="اتفاقية", outcome="rejected")
    page = send(client, item, "agreement", stage="signed")
    assert page.context["task"].doubts == ["نتيجة النقطة «الرفض»، والمرحلة «موقّعة»: راجع المرحلة."]
    assert not Agreement.objects.exists()
    sure(client, item, "agreement", page)
    assert Agreement.objects.get().steps.get().stage == "signed"


def test_outcomes_of_a_meeting_that_was_called_off_are_asked_about(client, chamber):
    meeting = make.make_meeting(chamber=chamber, status="cancelled")
    make.make_item(meeting=meeting)
    page = send(client, meeting, "outcomes", items__0__outcome="adopted")
    assert page.context["task"].doubts == ["حالة الاجتماع «أُلغي»، ولنقطه نتائج: راجع الحالة."]
    assert meeting.items.get().outcome == ""
    sure(client, meeting, "outcomes", page)
    assert meeting.items.get().outcome == "adopted"


def members_of(chamber, count):
    bureau = make.make_body(chamber=chamber, kind="bureau")
    for place in range(count):
        make.make_membership(body=bureau, office="member", person=make.make_person(name=f"عضو {place}"))


def test_attendance_of_a_meeting_still_ahead_is_asked_about(client, chamber):
    members_of(chamber, 1)
    day = timezone.localdate() + timedelta(days=30)
    meeting = make.make_meeting(chamber=chamber, status="scheduled", date=day)
    page = send(client, meeting, "attendance", attendances__0__status="present")
    assert page.context["task"].doubts == ["الاجتماع لم يُعقد بعد، وقد سُجل من حضره: راجع تاريخه."]
    assert not meeting.attendances.exists()
    # Who excuses himself does so beforehand.
    assert send(client, meeting, "attendance", page, attendances__0__status="excused").status_code == 302


def test_more_present_than_the_number_says_is_asked_about(client, chamber):
    members_of(chamber, 2)
    meeting = make.make_meeting(chamber=chamber)
    both = {"attendances__0__status": "present", "attendances__1__status": "remote"}
    page = send(client, meeting, "attendance", members_present="1", **both)
    assert page.context["task"].doubts == ["عدد من سُجلوا حاضرين (2) أكبر مما في «الأعضاء الحاضرون» (1)."]
    assert send(client, meeting, "attendance", page, members_present="2").status_code == 302


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date": "21/10/2019"}, "مضى تاريخه وحالته ما زالت «مبرمج»: راجع التاريخ أو الحالة."),
        ({"date": "21/10/1990", "session_year": "2024"}, "الدورة لسنة 2024، والتاريخ في سنة 1990: راجع السنتين."),
        ({"date": "22/10/2090"}, "هذا اليوم يوم أحد: راجع التاريخ."),
    ],
)
def test_the_form_of_a_meeting_warns_of_an_unlikely_day(client, meeting, changes, words):
    page = client.post(
        admin_url(meeting), filled(client.get(admin_url(meeting)), _continue="1", **changes), follow=True
    )
    assert words in messages(page)


@pytest.mark.parametrize(
    ("day", "issued", "words"),
    [
        (OLD, "", "هذا محضر، والاجتماع لم يُعقد بعد: راجع تاريخه."),
        (date(2024, 10, 21), "20/10/2024", "يكون المحضر أقدم من اجتماعه: راجع تاريخ الإصدار."),
        (date(2024, 10, 21), "20/10/2062", "تاريخ الإصدار لم يحن بعد: راجعه."),
    ],
)
def test_unlikely_minutes_are_pointed_out(client, chamber, day, issued, words):
    meeting = make.make_meeting(chamber=chamber, date=day)
    paper = make.make_document(kind="minutes", meeting=meeting, chamber=chamber)
    data = filled(client.get(admin_url(paper)), _continue="1", issued_on=issued)
    page = client.post(admin_url(paper), data, follow=True)
    assert words in messages(page)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (121, "في العنوان 121 حرفا،"), (200, "في العنوان 200 حرف،"), (203, "في العنوان 203 أحرف،"),
        (210, "في العنوان 210 أحرف،"), (211, "في العنوان 211 حرفا،"),
    ],
)  # fmt: skip
def test_the_letters_of_a_title_are_counted_in_good_arabic(count, words):
    assert [*long_title("س" * count)] == [f"{words} وما زاد على 120 حرفا تصعب قراءته في القوائم."]
    assert [*long_title("س" * 120)] == []
