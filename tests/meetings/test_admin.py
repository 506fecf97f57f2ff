"""The forms of meetings, agreements and documents."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from meetings.models import Agreement, Document, Meeting
from tests import factories as make
from tests.admin_forms import add_row, admin_url, errors, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make.make_superuser())
    return client


@pytest.fixture
def chamber():
    return make.make_chamber(slug="artisanat-fes-meknes")


def new_meeting(desk, **values):
    data = filled(desk.get(admin_url(Meeting, "add")), **{"title": "دورة", **values})
    response = desk.post(admin_url(Meeting, "add"), data)
    return response, Meeting.objects.order_by("-pk").first()


# The address


@pytest.mark.parametrize(
    ("values", "slug"),
    [
        ({"kind": "ordinary", "session_month": 10}, "artisanat-fes-meknes-octobre"),
        ({"kind": "ordinary", "session_ordinal": 2}, "artisanat-fes-meknes-session-2"),
        ({"kind": "bureau"}, "artisanat-fes-meknes-bureau-1"),
        ({"kind": "training_day"}, "artisanat-fes-meknes-journee-de-formation-1"),
    ],
)
def test_an_empty_address_is_proposed(desk, chamber, values, slug):
    response, meeting = new_meeting(desk, chamber=chamber.pk, session_year=2024, **values)
    assert response.status_code == 302, errors(response)
    assert (meeting.url_year, meeting.slug) == (2024, slug)


def test_a_proposed_address_is_free(desk, chamber):
    for expected in ("artisanat-fes-meknes-octobre", "artisanat-fes-meknes-octobre-2"):
        _response, meeting = new_meeting(desk, chamber=chamber.pk, session_year=2024, session_month=10)
        assert meeting.slug == expected
    for expected in ("artisanat-fes-meknes-bureau-1", "artisanat-fes-meknes-bureau-2"):
        _response, meeting = new_meeting(desk, chamber=chamber.pk, kind="bureau", date="20/10/2024")
        assert meeting.slug == expected


def test_a_meeting_of_an_unnamed_chamber_is_addressed_by_its_family(desk):
    _response, meeting = new_meeting(desk, family="crafts", session_year=2024, session_month=10)
    assert (meeting.chamber, meeting.slug) == (None, "artisanat-octobre")


def test_the_year_in_the_address_is_the_sessions_and_not_the_dates(desk, chamber):
    _response, meeting = new_meeting(desk, chamber=chamber.pk, session_year=2024, session_month=12, date="13/01/2025")
    assert meeting.url_year == 2024


def test_without_a_year_there_is_an_error_at_the_field(desk, chamber):
    response, _meeting = new_meeting(desk, chamber=chamber.pk)
    assert list(errors(response)) == ["url_year"]


def test_an_address_taken_in_the_year_is_an_error(desk, chamber):
    make.make_meeting(chamber=chamber, slug="artisanat-octobre", url_year=2024)
    response, _meeting = new_meeting(desk, chamber=chamber.pk, session_year=2024, slug="artisanat-octobre")
    assert response.status_code == 200


def test_an_address_taken_between_the_check_and_the_saving_is_proposed_anew(desk, chamber, monkeypatch):
    make.make_meeting(chamber=chamber, url_year=2024, slug="artisanat-fes-meknes-octobre")
    proposed = iter(["artisanat-fes-meknes-octobre", "artisanat-fes-meknes-octobre-2"])
    monkeypatch.setattr("meetings.admin.meetings.propose_slug", lambda meeting: next(proposed))
    response, meeting = new_meeting(desk, chamber=chamber.pk, session_year=2024, session_month=10)
    assert response.status_code == 302
    assert meeting.slug == "artisanat-fes-meknes-octobre-2"


def test_the_address_is_frozen_once_public(desk):
    meeting = make.make_meeting(slug="session", url_year=2024)
    response = desk.get(admin_url(meeting))
    assert not {"slug", "url_year"} & filled(response).keys()
    data = filled(response, slug="autre", url_year=2020)
    assert desk.post(admin_url(meeting), data).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.url_year, meeting.slug) == (2024, "session")


@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_the_address_may_change_before(desk, state):
    moment = timezone.now() + timedelta(days=2)
    given = {"state": "draft", "published_at": None} if state == "draft" else {"published_at": moment}
    meeting = make.make_meeting(slug="session", **given)
    data = filled(desk.get(admin_url(meeting)), slug="autre")
    assert desk.post(admin_url(meeting), data).status_code == 302
    meeting.refresh_from_db()
    assert meeting.slug == "autre"


# Bad input


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "2024-13-45"), ("date", "31/11/2024"), ("time", "25:00"), ("session_year", "99999999999999999999999"),
        ("session_year", "0"), ("session_month", "13"), ("members_present", "-3"), ("url_year", "أ"), ("chamber", "x"),
        ("chamber", "99999999999999999999999999"), ("slug", "دورة"), ("state", "unknown"), ("kind", ""),
        ("title", "ع" * 5000), ("title", "دو\x00رة"), ("co_organisers", ["7"]), ("co_organisers", ["x"]),
        ("co_organisers", ["9" * 30]), ("published_at_0", "أمس"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_an_error_and_all_else_stays(desk, chamber, field, value):
    typed = {"chamber": chamber.pk, "session_year": 2024, "summary": "ما كتبه المحرر", field: value}
    data = filled(desk.get(admin_url(Meeting, "add")), **{"title": "دورة", **typed})
    add_row(data, "items", title="نقطة في جدول الأعمال", kind="budget")
    response = desk.post(admin_url(Meeting, "add"), data)
    assert response.status_code == 200
    assert errors(response)
    assert "ما كتبه المحرر" in response.text
    assert "نقطة في جدول الأعمال" in response.text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("total", ["-1", "x", "", "999999"])
def test_a_forged_count_of_rows_is_no_server_error(desk, chamber, total):
    data = filled(desk.get(admin_url(Meeting, "add")), title="دورة", chamber=chamber.pk, items__TOTAL_FORMS=total)
    assert desk.post(admin_url(Meeting, "add"), data).status_code in (200, 302, 400)


def test_digits_and_dates_are_taken_as_people_here_type_them(desk, chamber):
    response, meeting = new_meeting(
        desk, chamber=chamber.pk, session_year="٢٠٢٤", date="٣٠/١٢/٢٠٢٤", time="١٠:٣٠", members_present="٦٢"
    )
    assert response.status_code == 302, errors(response)
    assert (meeting.session_year, meeting.date) == (2024, date(2024, 12, 30))
    assert (meeting.time, meeting.members_present) == (time(10, 30), 62)


def test_amounts_are_taken_in_any_digits(desk, chamber):
    agreement = make.make_agreement(lead_chamber=chamber)
    data = filled(desk.get(admin_url(agreement)), amount="٥ ٠٠٠ ٠٠٠٫٥٠")
    response = desk.post(admin_url(agreement), data)
    assert response.status_code == 302, errors(response)
    agreement.refresh_from_db()
    assert agreement.amount == Decimal("5000000.50")


# The agenda


def test_amounts_are_shown_as_the_messages_ask_for_them(desk):
    agreement = make.make_agreement(amount=Decimal("1250.50"))
    page = admin_url(agreement)
    data = filled(desk.get(page))
    assert data["amount"] == ["1250,50"]
    assert desk.post(page, data).status_code == 302
    agreement.refresh_from_db()
    assert agreement.amount == Decimal("1250.50")


def test_a_meeting_is_entered_with_all_its_parts(desk, chamber):
    data = filled(desk.get(admin_url(Meeting, "add")), title="دورة", chamber=chamber.pk, session_year=2024)
    for title in ("محضر الدورة السابقة", "مشروع الميزانية"):
        add_row(data, "items", title=title, kind="budget")
    add_row(data, "attendances", person=make.make_person().pk, role="presided", status="present")
    add_row(data, "sittings", status="no_quorum", date="01/10/2024", date_precision="day")
    add_row(data, "talks", title="عرض", kind="talk", points="الأولى\nالثانية")
    add_row(data, "recommendations", text="توصية")
    add_row(data, "project_notes", project=make.make_project().pk, status="planned")
    add_row(data, "documents", kind="minutes", title="محضر", state="published")
    add_row(data, "citations", field="all", source=make.make_source().pk, basis="stated", is_followed="on")
    response = desk.post(admin_url(Meeting, "add"), data)
    assert response.status_code == 302, errors(response)
    meeting = Meeting.objects.get()
    assert list(meeting.items.values_list("position", "title")) == [(1, "محضر الدورة السابقة"), (2, "مشروع الميزانية")]
    assert meeting.talks.get().points == ["الأولى", "الثانية"]
    assert (meeting.documents.get().chamber, meeting.documents.get().state) == (chamber, "published")
    for part in ("attendances", "sittings", "recommendations", "project_notes", "citations"):
        assert getattr(meeting, part).count() == 1


def test_items_change_places(desk):
    meeting = make.make_meeting()
    third, fourth = [make.make_item(meeting=meeting, position=n) for n in (1, 2, 3, 4)][2:]
    page = admin_url(meeting)
    data = filled(desk.get(page), items__2__position=4, items__3__position=3)
    assert desk.post(page, data).status_code == 302
    third.refresh_from_db(), fourth.refresh_from_db()
    assert (third.position, fourth.position) == (4, 3)


def test_two_items_at_one_place_are_an_error_at_the_row(desk):
    meeting = make.make_meeting()
    for _ in range(2):
        make.make_item(meeting=meeting)
    page = admin_url(meeting)
    response = desk.post(page, filled(desk.get(page), items__1__position=1, items__1__title="ما كُتب"))
    assert list(errors(response)) == ["items-1-position"]
    assert "ما كُتب" in response.text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"date": "12/10/2024", "end_date": "11/10/2024"}, "end_date"),
        ({"date": "12/10/2024", "time": "15:00", "end_time": "14:00"}, "end_time"),
        ({"date": "", "time": "15:00"}, "time"),
        ({"members_in_office": 40, "members_present": 41}, "members_present"),
        ({"period_start": "01/05/2024", "period_end": "01/04/2024"}, "period_end"),
        ({"session_year": "", "session_month": 10, "url_year": 2024}, "session_year"),
        ({"chamber": ""}, "chamber"),
        ({"results_published_at_0": "12/10/2024", "results_published_at_1": "10:00"}, "agenda_published_at"),
    ],
)
def test_a_broken_rule_is_said_at_its_field(desk, chamber, values, field):
    response, meeting = new_meeting(desk, **{"chamber": chamber.pk, "session_year": 2024, **values})
    assert list(errors(response)) == [field]
    assert meeting is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start": "12/10/2024", "end": "11/10/2024"}, "end"),
        ({"amount": "-1"}, "amount"),
        ({"kind": "partnership", "parent_as_named": "الاتفاقية الأصلية"}, "kind"),
        ({"kind": "addendum"}, "parent_as_named"),
    ],
)
def test_a_broken_rule_of_an_agreement_is_said_at_its_field(desk, chamber, values, field):
    data = new_agreement(desk, lead_chamber=chamber.pk, url_year=2024, **values)
    assert list(errors(desk.post(admin_url(Agreement, "add"), data))) == [field]


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize(
    ("moments", "hidden"),
    [
        ({}, ["جدول الأعمال", "النتائج"]),
        ({"agenda_published_at": timezone.now()}, ["النتائج"]),
        ({"agenda_published_at": timezone.now(), "results_published_at": timezone.now()}, []),
    ],
)
def test_what_a_published_meeting_still_hides_is_said(desk, moments, hidden):
    meeting = make.make_meeting(**{"agenda_published_at": None, "results_published_at": None, **moments})
    make.make_item(meeting=meeting, outcome="adopted")
    page = admin_url(meeting)
    warnings = [words for words in said(desk.post(page, filled(desk.get(page)))) if "لا تعرض" in words]
    assert len(warnings) == len(hidden)
    assert all(f"لا تعرض {part}" in words for part, words in zip(hidden, warnings, strict=True))


def test_a_draft_is_not_warned_of_what_it_hides(desk):
    meeting = make.make_meeting(state="draft", agenda_published_at=None, results_published_at=None)
    make.make_item(meeting=meeting, outcome="adopted")
    page = admin_url(meeting)
    assert not [words for words in said(desk.post(page, filled(desk.get(page)))) if "لا تعرض" in words]


def test_the_form_says_what_the_two_moments_hide(desk):
    text = desk.get(admin_url(Meeting, "add")).text
    assert "لا تعرض الصفحة العمومية جدول الأعمال" in text
    assert "تبقى النتائج والأغلبية والأصوات مخفية" in text


def test_more_votes_than_members_present_is_an_error(desk):
    meeting = make.make_meeting(members_present=40)
    make.make_item(meeting=meeting, outcome="adopted")
    page = admin_url(meeting)
    data = filled(desk.get(page), items__0__votes_for=39, items__0__votes_against=2)
    assert list(errors(desk.post(page, data))) == ["items-0-votes_for"]
    data = filled(desk.get(page), items__0__votes_for=39, items__0__votes_against=1)
    assert desk.post(page, data).status_code == 302


def test_an_item_does_not_take_up_itself_through_another(desk):
    first = make.make_item()
    second = make.make_item(takes_up=first)
    data = filled(desk.get(admin_url(first)), takes_up=second.pk)
    assert "takes_up" in errors(desk.post(admin_url(first), data))


def test_an_item_is_of_a_sitting_of_its_own_meeting(desk):
    item, foreign = make.make_item(), make.make_sitting()
    page = admin_url(item.meeting)
    response = desk.post(page, filled(desk.get(page), items__0__sitting=foreign.pk))
    assert "items-0-sitting" in errors(response)


def test_the_agenda_is_kept_as_it_was_sent(desk):
    meeting = make.make_meeting(status="scheduled", date=date(2030, 1, 1), agenda_published_at=None)
    item = make.make_item(meeting=meeting, number="أ", title="كما أُرسلت")
    page = admin_url(meeting)
    data = filled(desk.get(page), agenda_published_at_0="01/12/2025", agenda_published_at_1="09:00")
    assert desk.post(page, data).status_code == 302
    data = filled(desk.get(page), items__0__title="كما صارت")
    add_row(data, "items", title="أضيفت بعد الإرسال", kind="miscellaneous")
    assert desk.post(page, data).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.sent_number, item.sent_title) == ("كما صارت", "أ", "كما أُرسلت")
    assert meeting.items.get(position=2).sent_title is None


def test_an_item_that_was_sent_is_not_deleted(desk):
    item = make.make_item(sent_number="1", sent_title="كما أُرسلت")
    page = admin_url(item.meeting)
    assert "items" in errors(desk.post(page, filled(desk.get(page), items__0__DELETE="on")))
    assert desk.get(admin_url(item, "delete")).status_code == 403


def test_an_organ_of_another_chamber_is_refused(desk, chamber):
    response, _meeting = new_meeting(desk, chamber=chamber.pk, session_year=2024, body=make.make_body().pk)
    assert list(errors(response)) == ["body"]


def test_notes_on_one_project_are_numbered_across_meetings(desk):
    note = make.make_project_note()
    meeting = make.make_meeting()
    data = filled(desk.get(admin_url(meeting)))
    for _ in range(2):
        add_row(data, "project_notes", project=note.project.pk, status="planned")
    assert desk.post(admin_url(meeting), data).status_code == 302
    assert list(note.project.notes.values_list("position", flat=True)) == [1, 2, 3]


def test_a_long_form_asks_no_more_than_a_short_one(desk, django_assert_max_num_queries):
    meeting = make.make_meeting()
    for _ in range(12):
        make.make_item(meeting=meeting, presenter=make.make_person(), takes_up=make.make_item())
        make.make_attendance(meeting=meeting)
    desk.get(admin_url(meeting))
    with django_assert_max_num_queries(20):
        assert desk.get(admin_url(meeting)).status_code == 200


# Agreements


def new_agreement(desk, **values):
    return filled(desk.get(admin_url(Agreement, "add")), **{"title": "اتفاقية", **values})


def test_a_step_in_a_meeting_dates_the_agreement_for_sorting(desk, chamber):
    item = make.make_item(meeting=make.make_meeting(chamber=chamber, url_year=2024, date=date(2024, 12, 30)))
    data = new_agreement(desk, lead_chamber=chamber.pk)
    add_row(data, "parties", chamber=chamber.pk, role="party")
    add_row(data, "parties", organisation=make.make_organisation().pk, role="funder", share_percent="٥٠")
    add_row(data, "steps", stage="adopted", agenda_item=item.pk, date_precision="day")
    response = desk.post(admin_url(Agreement, "add"), data)
    assert response.status_code == 302, errors(response)
    agreement = Agreement.objects.get()
    assert (agreement.url_year, agreement.sort_hint) == (2024, date(2024, 12, 30))
    assert (agreement.slug, agreement.number) == ("artisanat-fes-meknes", 1)
    assert [party.position for party in agreement.parties.all()] == [1, 2]


def test_an_agreement_without_any_date_asks_for_the_year(desk, chamber):
    data = new_agreement(desk, lead_chamber=chamber.pk)
    assert list(errors(desk.post(admin_url(Agreement, "add"), data))) == ["url_year"]


def test_a_step_in_a_meeting_has_no_date_of_its_own(desk):
    step = make.make_step(agenda_item=make.make_item())
    page = admin_url(step.agreement)
    response = desk.post(page, filled(desk.get(page), steps__0__date="01/01/2024"))
    assert response.status_code == 200
    assert errors(response)


def test_addenda_do_not_lead_back_to_themselves(desk):
    first = make.make_agreement(kind="addendum", parent_as_named="الأصل")
    second = make.make_agreement(kind="addendum", parent=first)
    page = admin_url(first)
    assert "parent" in errors(desk.post(page, filled(desk.get(page), parent=second.pk)))
    assert "parent" in errors(desk.post(page, filled(desk.get(page), parent=first.pk)))


def test_a_party_is_a_chamber_or_an_organisation(desk, chamber):
    agreement = make.make_agreement(lead_chamber=chamber)
    data = filled(desk.get(admin_url(agreement)))
    add_row(data, "parties", chamber=chamber.pk, organisation=make.make_organisation().pk, role="party")
    assert errors(desk.post(admin_url(agreement), data))


def test_a_party_stands_once_in_an_agreement(desk):
    agreement, organisation = make.make_agreement(), make.make_organisation()
    data = filled(desk.get(admin_url(agreement)))
    for _ in range(2):
        add_row(data, "parties", organisation=organisation.pk, role="party")
    assert errors(desk.post(admin_url(agreement), data))


# Papers

PDF = b"%PDF-1.7\n" + b"0" * 2000


def new_paper(desk, chamber, name, content):
    data = filled(desk.get(admin_url(Document, "add")), title="محضر", kind="minutes", chamber=chamber.pk)
    return desk.post(admin_url(Document, "add"), {**data, "file": SimpleUploadedFile(name, content)})


def test_a_paper_is_measured(desk, chamber):
    response = new_paper(desk, chamber, "محضر.pdf", PDF)
    assert response.status_code == 302, errors(response)
    paper = Document.objects.get()
    assert (paper.size, paper.content_type, len(paper.sha512)) == (len(PDF), "application/pdf", 128)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("محضر.pdf", b"<html><script>alert(1)</script></html>"),
        ("محضر.html", PDF),
        ("محضر.docx", PDF),
        ("محضر.pdf", b""),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_refused(desk, chamber, name, content):
    assert list(errors(new_paper(desk, chamber, name, content))) == ["file"]
    assert not Document.objects.exists()


def test_a_forbidden_type_is_named_before_the_content_is_read(desk, chamber):
    (message,) = errors(new_paper(desk, chamber, "محضر.exe", PDF))["file"]
    assert message == "نوع الملف غير مقبول. الأنواع المقبولة: PDF، DOCX، ODT، XLSX، JPG، JPEG، PNG، WEBP."


def test_after_an_error_the_file_is_to_be_chosen_again(desk, chamber):
    data = filled(desk.get(admin_url(Document, "add")), title="", kind="minutes", chamber=chamber.pk)
    again = "اختر الملف من جديد"
    assert again not in desk.post(admin_url(Document, "add"), data).text
    assert again in desk.post(admin_url(Document, "add"), {**data, "file": SimpleUploadedFile("محضر.pdf", PDF)}).text


def test_after_an_error_the_file_of_a_row_is_to_be_chosen_again(desk, chamber):
    data = filled(desk.get(admin_url(Meeting, "add")), title="", chamber=chamber.pk, session_year=2024)
    row = add_row(data, "documents", kind="minutes", title="محضر", state="draft")
    data[f"documents-{row}-file"] = SimpleUploadedFile("محضر.pdf", PDF)
    assert desk.post(admin_url(Meeting, "add"), data).text.count("اختر الملف من جديد") == 1


def test_a_file_that_is_too_large_is_refused(desk, chamber, monkeypatch):
    monkeypatch.setattr("uploads.content.MAX_BYTES", 1000)
    assert list(errors(new_paper(desk, chamber, "محضر.pdf", PDF))) == ["file"]


def test_a_paper_taken_away_leaves_no_facts(desk, chamber):
    new_paper(desk, chamber, "محضر.pdf", PDF)
    paper = Document.objects.get()
    data = filled(desk.get(admin_url(paper)))
    assert desk.post(admin_url(paper), {**data, "file-clear": "on"}).status_code == 302
    paper.refresh_from_db()
    assert (bool(paper.file), paper.size, paper.sha512) == (False, None, "")


def test_a_paper_of_an_item_is_of_its_meeting(desk, chamber):
    item, other = make.make_item(), make.make_meeting()
    paper = make.make_document(chamber=chamber)
    page = admin_url(paper)
    wrong = filled(desk.get(page), agenda_item=item.pk, meeting=other.pk)
    assert "agenda_item" in errors(desk.post(page, wrong))
    assert desk.post(page, filled(desk.get(page), agenda_item=item.pk)).status_code == 302
    paper.refresh_from_db()
    assert paper.meeting == item.meeting


@pytest.mark.parametrize("name", ["date__year", "published_at__year"])
def test_a_year_without_end_is_refused(admin_client, name):
    response = admin_client.get(f"/admin/meetings/meeting/?{name}=99999999999999999999")
    assert response.status_code == 400
