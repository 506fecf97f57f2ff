"""Drafts shown by a signed link: as their pages will be, to nobody without it, for a week."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from publishing.preview import path_of
from tests import factories as make

pytestmark = pytest.mark.django_db

DRAFT = {"state": "draft", "published_at": None}
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (make.make_meeting, "title"),
        (make.make_agreement, "title"),
        (make.make_document, "title"),
        (make.make_article, "title"),
        (make.make_person, "name"),
        (make.make_organisation, "name"),
        (make.make_project, "name"),
    ],
)
@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_every_kind_of_draft_is_shown_as_its_page(client, factory, field, state):
    record = factory(state=state, published_at=None, **{field: "ما لم يُنشر بعد"})
    response = client.get(path_of(record))
    assert response.status_code == 200
    assert "<bdi>ما لم يُنشر بعد</bdi>" in response.text
    assert "معاينة: لم تُنشر بعد" in response.text
    assert client.get(record.get_absolute_url()).status_code == 404


def test_a_preview_is_kept_by_nobody(client):
    response = client.get(path_of(make.make_meeting(**DRAFT)))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, follow">' in response.text
    assert "application/ld+json" not in response.text
    assert not response.cookies
    assert not response.has_header("Vary") or "Cookie" not in response["Vary"]


def test_a_preview_asks_nobody_who_they_are(client):
    client.force_login(make.make_superuser())
    signed_in = client.get(path_of(make.make_person(**DRAFT, name="شخص")))
    assert "Cookie" not in signed_in.get("Vary", "")


def test_a_link_dies_after_seven_days_and_says_so(client):
    meeting = make.make_meeting(**DRAFT)
    with time_machine.travel(MONDAY, tick=False) as clock:
        link = path_of(meeting)
        clock.shift(timedelta(days=7))
        assert client.get(link).status_code == 200
        clock.shift(timedelta(seconds=1))
        late = client.get(link)
    assert late.status_code == 410
    assert "انتهت صلاحية رابط المعاينة" in late.text
    assert meeting.title not in late.text
    assert "no-store" in late["Cache-Control"]


def test_the_page_names_the_moment_its_link_dies(client):
    with time_machine.travel(MONDAY, tick=False):
        assert "30 نونبر 2026" in client.get(path_of(make.make_meeting(**DRAFT))).text


@pytest.mark.parametrize(
    "forge",
    [
        lambda link: link[:-2] + ("A/" if link[-2] != "A" else "B/"),
        lambda link: link.replace("meeting-", "agreement-"),
        lambda link: link.replace("/preview/", "/preview/x"),
        lambda link: "/preview/meetings.meeting-1/",
        lambda link: "/preview/::/",
        lambda link: f"/preview/{signing.TimestampSigner().sign(link.split('/')[2].split(':')[0])}/",
        lambda link: (
            f"/preview/{signing.TimestampSigner(salt='publishing.preview').sign('accounts.user-' + '0' * 32)}/"
        ),
    ],
)
def test_a_link_that_was_not_given_out_is_404(client, forge):
    link = path_of(make.make_meeting(**DRAFT))
    assert client.get(link).status_code == 200
    assert client.get(forge(link)).status_code == 404


def test_a_link_dies_with_its_record(client):
    meeting = make.make_meeting(**DRAFT)
    link = path_of(meeting)
    meeting.delete()
    assert client.get(link).status_code == 404


def test_the_link_to_a_withdrawn_record_says_why(client):
    response = client.get(path_of(make.make_meeting(state="withdrawn", withdrawal_reason="نشر بالخطأ")))
    assert response.status_code == 410
    assert "نشر بالخطأ" in response.text


def test_the_link_to_what_is_public_leads_there(client):
    meeting = make.make_meeting()
    response = client.get(path_of(meeting))
    assert (response.status_code, response["Location"]) == (302, meeting.get_absolute_url())


def test_a_preview_is_only_looked_at(client):
    assert client.post(path_of(make.make_meeting(**DRAFT))).status_code == 405


# What is beside it


def test_a_scheduled_record_says_when_it_will_be_public(client):
    with time_machine.travel(MONDAY, tick=False):
        response = client.get(path_of(make.make_article(published_at=datetime(2026, 12, 1, 8, 30, tzinfo=UTC))))
    assert "ستُنشر هذه الصفحة ابتداء من" in response.text
    assert "1 دجنبر 2026، 08:30" in response.text


def test_the_parts_of_a_meeting_show_before_they_are_public(client):
    meeting = make.make_meeting(agenda_published_at=None, results_published_at=None)
    make.make_item(meeting=meeting, title="الحساب الإداري", outcome="rejected")
    assert "الحساب الإداري" not in client.get(meeting.get_absolute_url()).text
    shown = client.get(path_of(meeting)).text
    assert "الحساب الإداري" in shown
    assert "لم يُنشر جدول الأعمال بعد." in shown
    assert "لم تُنشر النتائج بعد." in shown
    meeting.refresh_from_db()
    assert meeting.agenda_published_at is None


def test_an_agenda_without_outcomes_is_not_shown_as_decided(client):
    meeting = make.make_meeting(**DRAFT, agenda_published_at=None, results_published_at=None)
    make.make_item(meeting=meeting, title="الحساب الإداري", outcome="")
    shown = client.get(path_of(meeting)).text
    assert "الحساب الإداري" in shown
    assert "جدول الأعمال والنتائج" not in shown


def test_other_hidden_records_stay_hidden(client):
    meeting = make.make_meeting(**DRAFT)
    hidden = make.make_document(**DRAFT, meeting=meeting, title="وثيقة مخفية")
    make.make_document(meeting=meeting, title="وثيقة جاهزة")
    person = make.make_person(**DRAFT, name="شخص مخفي")
    make.make_attendance(meeting=meeting, person=person, office="")
    shown = client.get(path_of(meeting)).text
    assert "وثيقة جاهزة" in shown
    assert hidden.title not in shown
    assert "شخص مخفي" not in shown


def test_the_preview_of_a_paper_does_not_name_the_draft_it_belongs_to(client):
    meeting = make.make_meeting(**DRAFT, title="اجتماع مخفي")
    paper = make.make_document(meeting=meeting, title="محضر")
    shown = client.get(path_of(paper)).text
    assert "اجتماع مخفي" not in shown
    assert "لم يُنشر بعد ما تنتمي إليه هذه الصفحة." in shown


def test_an_agreement_of_a_draft_meeting_is_shown_at_its_item(client):
    meeting = make.make_meeting(**DRAFT)
    item = make.make_item(meeting=meeting)
    agreement = make.make_agreement(title="اتفاقية منشورة")
    make.make_step(agreement=agreement, agenda_item=item, stage="adopted")
    assert agreement.get_absolute_url() in client.get(path_of(meeting)).text
    assert client.get(agreement.get_absolute_url()).text.count(meeting.title) == 0


def test_the_notes_of_a_draft_project_are_shown(client):
    project = make.make_project(**DRAFT)
    make.make_project_note(project=project, meeting=make.make_meeting(title="اجتماع علني"))
    make.make_project_note(project=project, meeting=make.make_meeting(**DRAFT, title="اجتماع مخفي"))
    shown = client.get(path_of(project)).text
    assert "اجتماع علني" in shown
    assert "اجتماع مخفي" not in shown


def test_the_file_of_a_draft_is_sent_to_its_preview_only(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 draft")
    paper = make.make_document(**DRAFT, file="paper.pdf", content_type="application/pdf")
    link = path_of(paper)
    assert f"{link}file/" in client.get(link).text
    sent = client.get(f"{link}file/")
    assert b"".join(sent.streaming_content) == b"%PDF-1.4 draft"
    assert "no-store" in sent["Cache-Control"]
    assert client.get(f"{path_of(make.make_person(**DRAFT))}file/").status_code == 404


def test_the_file_dies_with_the_link(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 draft")
    paper = make.make_document(**DRAFT, file="paper.pdf", content_type="application/pdf")
    with time_machine.travel(MONDAY, tick=False):
        link = path_of(paper)
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        assert client.get(f"{link}file/").status_code == 404


def test_a_preview_costs_two_questions_more_than_the_page(client, django_assert_max_num_queries):
    meeting = make.make_meeting(published_at=timezone.now() + timedelta(days=1))
    for _ in range(12):
        make.make_item(meeting=meeting)
    with django_assert_max_num_queries(14):
        assert client.get(path_of(meeting)).status_code == 200
