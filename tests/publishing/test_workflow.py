"""The way of a draft to the public: sent, returned with a note, published by a second person, scheduled, withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from chambers.models import Editorship
from meetings.models import Document, Meeting
from publishing.history import Change
from tests import factories as make
from tests.admin_forms import add_row, admin_url, errors, filled

pytestmark = pytest.mark.django_db

DRAFT = {"state": "draft", "published_at": None}
REVIEW = {"state": "in_review", "published_at": None}
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def desk(client):
    client.user = make.make_superuser()
    client.force_login(client.user)
    return client


def take(client, row, step, **changes):
    """Press the button ``step`` in the form of ``row`` with ``changes`` typed; read the row anew."""
    page = admin_url(row)
    response = client.post(page, filled(client.get(page), _step=step, **changes))
    row.refresh_from_db()
    return response


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def buttons(client, row):
    return [step.code for step in client.get(admin_url(row)).context["publication"]["steps"]]


# Steps


def test_a_draft_is_sent_for_review_with_what_was_typed(desk):
    meeting = make.make_meeting(**DRAFT)
    response = take(desk, meeting, "submit", title="دورة أكتوبر")
    assert (meeting.state, meeting.title) == ("in_review", "دورة أكتوبر")
    assert response["Location"] == admin_url(meeting)


def test_a_record_is_published_now(desk):
    person = make.make_person(**REVIEW)
    take(desk, person, "publish")
    assert person.is_public
    assert timezone.now() - person.published_at < timedelta(minutes=1)


def test_a_record_is_scheduled(desk):
    person = make.make_person(**DRAFT)
    take(desk, person, "schedule", published_at_0="01/01/2090", published_at_1="10:00")
    assert (person.state, person.is_scheduled) == ("published", True)


@pytest.mark.parametrize(("day", "hour"), [("", ""), ("01/01/2020", "10:00")])
def test_to_schedule_is_to_name_a_moment_to_come(desk, day, hour):
    person = make.make_person(**DRAFT)
    response = take(desk, person, "schedule", name="اسم كُتب", published_at_0=day, published_at_1=hour)
    assert list(errors(response)) == ["published_at"]
    assert 'value="اسم كُتب"' in response.text
    assert person.state == "draft"


def test_a_schedule_is_given_up(desk):
    person = make.make_person(published_at=timezone.now() + timedelta(days=3))
    take(desk, person, "hold")
    assert (person.state, person.published_at) == ("draft", None)


def test_a_scheduled_record_is_published_at_once(desk):
    person = make.make_person(published_at=timezone.now() + timedelta(days=3))
    take(desk, person, "publish")
    assert person.is_public


def test_a_record_is_withdrawn_only_with_a_reason(desk):
    person = make.make_person()
    assert list(errors(take(desk, person, "withdraw"))) == ["withdrawal_reason"]
    take(desk, person, "withdraw", withdrawal_reason="خلط بين شخصين")
    assert (person.state, person.withdrawal_reason) == ("withdrawn", "خلط بين شخصين")


def test_a_step_nobody_knows_changes_nothing(desk):
    person = make.make_person(**DRAFT)
    assert take(desk, person, "leap").status_code == 302
    assert person.state == "draft"


@pytest.mark.parametrize(
    ("fields", "steps"),
    [
        (DRAFT, ["submit", "publish", "schedule"]),
        (REVIEW, ["publish", "schedule", "return"]),
        ({}, ["withdraw"]),
        ({"published_at": datetime(2090, 1, 1, tzinfo=UTC)}, ["publish", "hold"]),
        ({"state": "withdrawn"}, ["publish"]),
    ],
)
def test_the_form_offers_the_steps_of_the_state(desk, fields, steps):
    assert buttons(desk, make.make_person(**fields)) == steps


def test_enter_in_a_box_saves_and_never_publishes(desk):
    text = desk.get(admin_url(make.make_person(**DRAFT))).text
    form = text[text.index('id="person_form"') :]
    assert form.index('name="_save"') < form.index('name="_step"')


# Return with a note


def test_a_draft_comes_back_with_a_note(desk):
    meeting = make.make_meeting(**REVIEW)
    take(desk, meeting, "return", return_note="ينقص تاريخ الانعقاد.")
    assert (meeting.state, meeting.review_note, meeting.reviewed_by) == ("draft", "ينقص تاريخ الانعقاد.", desk.user)
    page = desk.get(admin_url(meeting)).text
    assert "ينقص تاريخ الانعقاد." in page
    assert "أُرجعت إلى من كتبها" in page


def test_to_return_is_to_say_why(desk):
    meeting = make.make_meeting(**REVIEW)
    response = take(desk, meeting, "return", title="عنوان كُتب")
    assert list(errors(response)) == ["return_note"]
    assert "اكتب ما ينقص السجل" in response.text
    assert 'value="عنوان كُتب"' in response.text
    assert meeting.state == "in_review"


def test_what_came_back_stands_out_in_the_list(desk):
    meeting = make.make_meeting(**REVIEW, title="ما أُرجع")
    take(desk, meeting, "return", return_note="ينقص التاريخ.")
    make.make_meeting(**DRAFT, title="مسودة أخرى")
    found = desk.get(admin_url(meeting, "changelist"), {"returned": "yes"}).text
    assert "ما أُرجع" in found
    assert "مسودة أخرى" not in found
    assert '<td class="field-state_now">أُرجعت</td>' in found


def test_a_note_stays_to_be_read_once_sent_again(desk):
    meeting = make.make_meeting(**REVIEW)
    take(desk, meeting, "return", return_note="ينقص التاريخ.")
    take(desk, meeting, "submit")
    assert not meeting.is_returned
    assert "ينقص التاريخ." in desk.get(admin_url(meeting)).text


# A second person


@pytest.fixture
def chamber():
    return make.make_chamber(four_eyes=True)


@pytest.fixture
def writer(client, chamber):
    client.user = make.make_editor(chamber, role="editor")
    client.force_login(client.user)
    return client


BY_ANOTHER = "سجلات هذه الغرفة ينشرها شخص ثان"


def written_by(user, chamber, **fields):
    return make.make_meeting(chamber=chamber, created_by=user, changed_by=user, **{**REVIEW, **fields})


def test_who_wrote_a_record_does_not_publish_it(writer, chamber):
    meeting = written_by(writer.user, chamber)
    response = take(writer, meeting, "publish")
    assert BY_ANOTHER in str(errors(response)["state"])
    assert meeting.state == "in_review"


def test_nor_does_who_schedules_it(writer, chamber):
    meeting = written_by(writer.user, chamber)
    response = take(writer, meeting, "schedule", published_at_0="01/01/2090", published_at_1="10:00")
    assert BY_ANOTHER in str(errors(response)["state"])


def test_a_new_record_is_not_published_by_who_enters_it(writer, chamber):
    page = admin_url(type(make.make_article()), "add")
    data = filled(
        writer.get(page), lead_chamber=chamber.pk, kind="news", title="خبر", lede="خبر", body="نص", _step="publish"
    )
    assert BY_ANOTHER in str(errors(writer.post(page, data))["state"])


def test_another_publishes_it(writer, chamber):
    meeting = written_by(make.make_editor(chamber), chamber)
    take(writer, meeting, "publish")
    assert meeting.is_public


def test_who_changes_the_words_while_publishing_has_written(writer, chamber):
    meeting = written_by(make.make_editor(chamber), chamber)
    response = take(writer, meeting, "publish", title="عنوان غيّره الناشر")
    assert BY_ANOTHER in str(errors(response)["state"])
    assert 'value="عنوان غيّره الناشر"' in response.text


def test_rows_changed_while_publishing_are_saved_and_not_published(writer, chamber):
    meeting = written_by(make.make_editor(chamber), chamber)
    item = make.make_item(meeting=meeting)
    response = take(writer, meeting, "publish", items__0__title="نقطة غيّرها الناشر")
    item.refresh_from_db()
    assert (meeting.state, item.title) == ("in_review", "نقطة غيّرها الناشر")
    assert meeting.changed_by == writer.user
    assert "حُفظ ما غيّرته ولم يُنشر" in said(response)


def test_a_paper_in_the_form_of_its_meeting_is_held_to_it_too(writer, chamber):
    meeting = written_by(make.make_editor(chamber), chamber)
    paper = make.make_document(meeting=meeting, chamber=chamber, created_by=writer.user, **DRAFT)
    response = take(writer, meeting, "", documents__0__state="published")
    assert BY_ANOTHER in str(errors(response)["documents-0-state"])
    paper.refresh_from_db()
    assert paper.state == "draft"


def test_nor_is_a_paper_public_that_comes_with_a_new_meeting(writer, chamber):
    page = admin_url(Meeting, "add")
    data = filled(writer.get(page), chamber=chamber.pk, kind="ordinary", title="دورة", date="23/10/2026")
    add_row(data, "documents", kind="notice", title="دعوة", state="published", url="https://example.org/d.pdf")
    response = writer.post(page, data)
    assert BY_ANOTHER in str(errors(response)["documents-0-state"])
    assert not Document.objects.exists() and not Meeting.objects.exists()


def test_who_notes_what_became_of_a_project_has_written_it(writer, chamber):
    project = make.make_project(chamber=chamber, created_by=make.make_editor(chamber), **REVIEW)
    note = make.make_project_note(project=project, status_as_printed="في طور الإنجاز")
    data = filled(writer.get(admin_url(note)), status_as_printed="انتهت الأشغال")
    assert writer.post(admin_url(note), data).status_code == 302
    response = take(writer, project, "publish")
    assert BY_ANOTHER in str(errors(response)["state"])


def test_who_enters_a_paper_in_the_form_of_its_meeting_is_known(writer, chamber):
    meeting = written_by(make.make_editor(chamber), chamber)
    page = admin_url(meeting)
    data = filled(writer.get(page))
    add_row(data, "documents", kind="minutes", title="محضر", state="draft", url="https://example.org/pv.pdf")
    assert writer.post(page, data).status_code == 302
    assert meeting.documents.get().written_by(writer.user)


def test_a_step_of_a_meeting_is_no_step_of_its_papers(desk):
    meeting = make.make_meeting(**REVIEW)
    make.make_document(meeting=meeting, **DRAFT)
    assert take(desk, meeting, "return", return_note="ينقص التاريخ.").status_code == 302
    assert take(desk, meeting, "schedule", published_at_0="01/01/2090", published_at_1="10:00").status_code == 302
    assert meeting.documents.get().state == "draft"


def test_who_changes_an_item_on_its_own_has_written_its_meeting(writer, chamber):
    meeting = written_by(make.make_editor(chamber), chamber)
    item = make.make_item(meeting=meeting)
    page = admin_url(item)
    assert writer.post(page, filled(writer.get(page), title="نقطة غيّرها الناشر")).status_code == 302
    assert BY_ANOTHER in str(errors(take(writer, meeting, "publish"))["state"])


def test_publishing_is_no_writing(writer, chamber):
    author = make.make_editor(chamber)
    meeting = written_by(author, chamber)
    take(writer, meeting, "publish")
    assert meeting.changed_by == author


def test_the_first_and_the_last_to_write_are_known(writer, chamber):
    author = make.make_editor(chamber)
    meeting = written_by(author, chamber)
    take(writer, meeting, "", title="عنوان آخر")
    assert (meeting.created_by, meeting.changed_by) == (author, writer.user)


def test_the_form_says_that_somebody_else_publishes(writer, chamber):
    meeting = written_by(writer.user, chamber)
    assert "publish" not in buttons(writer, meeting)
    assert "لا ينشره إلا غيرك" in writer.get(admin_url(meeting)).text


def test_administrators_are_held_to_it_too(desk, chamber):
    meeting = written_by(desk.user, chamber)
    assert BY_ANOTHER in str(errors(take(desk, meeting, "publish"))["state"])
    chamber.four_eyes = False
    chamber.save()
    take(desk, meeting, "publish")
    assert meeting.is_public


def test_a_record_is_not_taken_to_another_chamber_to_be_published(desk, chamber):
    meeting = written_by(desk.user, chamber)
    assert BY_ANOTHER in str(errors(take(desk, meeting, "publish", chamber=make.make_chamber().pk))["state"])


def test_the_parts_of_a_meeting_need_a_second_person_too(writer, chamber):
    meeting = written_by(
        writer.user, chamber, state="published", published_at=MONDAY, agenda_published_at=None,
        results_published_at=None,
    )  # fmt: skip
    make.make_item(meeting=meeting)
    response = take(writer, meeting, "agenda_published_at")
    assert BY_ANOTHER in str(errors(response)["agenda_published_at"])
    assert meeting.agenda_published_at is None


def test_rows_changed_while_a_part_is_published_are_saved_and_the_part_waits(writer, chamber):
    meeting = written_by(
        make.make_editor(chamber), chamber, state="published", published_at=MONDAY, agenda_published_at=None,
        results_published_at=None,
    )  # fmt: skip
    item = make.make_item(meeting=meeting)
    take(writer, meeting, "agenda_published_at", items__0__title="نقطة غيّرها الناشر")
    item.refresh_from_db()
    assert (meeting.agenda_published_at, item.title) == (None, "نقطة غيّرها الناشر")


def test_the_action_of_the_list_leaves_what_the_user_wrote(writer, chamber):
    mine, other = written_by(writer.user, chamber), written_by(make.make_editor(chamber), chamber)
    response = writer.post(
        admin_url(mine, "changelist"), {"action": "publish", "_selected_action": [mine.pk, other.pk]}
    )
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.is_public, other.is_public) == (False, True)
    assert BY_ANOTHER in said(response)


def test_elsewhere_one_person_may_do_it_all(desk):
    chamber = make.make_chamber()
    meeting = written_by(desk.user, chamber)
    take(desk, meeting, "publish", title="عنوان آخر")
    assert meeting.is_public


# The moment is the clock's, not a job's


def test_a_scheduled_record_is_public_from_its_moment_on(client):
    meeting = make.make_meeting(published_at=MONDAY)
    with time_machine.travel(MONDAY - timedelta(seconds=1), tick=False):
        assert not meeting.is_public
    with time_machine.travel(MONDAY, tick=False):
        assert meeting.is_public


# The preview


def test_the_form_leads_to_the_preview_of_a_draft(desk, settings):
    settings.BASE_URL = "https://ghuraf.example"
    meeting = make.make_meeting(**DRAFT)
    shown = desk.get(admin_url(meeting)).context["publication"]
    assert shown["preview_link"] == f"https://ghuraf.example{shown['preview']}"
    assert desk.get(shown["preview"]).status_code == 200


# Ways around the second person


def by_colleague(chamber, **fields):
    return written_by(make.make_editor(chamber), chamber, **fields)


IN_THREE_DAYS = MONDAY + timedelta(days=3)


@pytest.fixture
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_what_is_written_into_a_scheduled_record_waits_for_another(monday, writer, chamber):
    meeting = by_colleague(chamber, state="published", published_at=IN_THREE_DAYS)
    response = take(writer, meeting, "", title="كلام المحرر")
    assert BY_ANOTHER in str(errors(response)["state"])
    assert meeting.title != "كلام المحرر"


def test_rows_written_into_a_scheduled_record_take_it_off_the_schedule(monday, writer, chamber):
    meeting = by_colleague(chamber, state="published", published_at=IN_THREE_DAYS)
    item = make.make_item(meeting=meeting)
    take(writer, meeting, "", items__0__title="كلام المحرر")
    item.refresh_from_db()
    assert (meeting.state, meeting.published_at, item.title) == ("in_review", None, "كلام المحرر")


def test_who_wrote_a_scheduled_record_does_not_bring_its_moment_forward(monday, writer, chamber):
    meeting = written_by(writer.user, chamber, state="published", published_at=IN_THREE_DAYS)
    response = take(writer, meeting, "", published_at_0="01/01/2026", published_at_1="10:00")
    assert BY_ANOTHER in str(errors(response)["state"])
    assert meeting.published_at == IN_THREE_DAYS


def test_rows_written_before_the_agenda_is_due_stop_it(monday, writer, chamber):
    public = {"state": "published", "published_at": MONDAY - timedelta(days=1)}
    meeting = by_colleague(chamber, **public, agenda_published_at=IN_THREE_DAYS, results_published_at=None)
    item = make.make_item(meeting=meeting)
    take(writer, meeting, "", items__0__title="كلام المحرر")
    item.refresh_from_db()
    assert (meeting.state, meeting.agenda_published_at, item.title) == ("published", None, "كلام المحرر")


def test_a_public_record_does_not_move_into_a_chamber_with_a_second_person(writer, chamber):
    elsewhere = make.make_chamber()
    Editorship.objects.create(user=writer.user, chamber=elsewhere, role="editor")
    meeting = make.make_meeting(chamber=elsewhere, created_by=writer.user)
    response = take(writer, meeting, "", chamber=chamber.pk)
    assert BY_ANOTHER in str(errors(response)["chamber"])
    assert meeting.chamber == elsewhere


def test_nor_does_a_paper_of_another_chamber_onto_its_meeting(writer, chamber):
    elsewhere = make.make_chamber()
    Editorship.objects.create(user=writer.user, chamber=elsewhere, role="editor")
    meeting = by_colleague(chamber, state="published", published_at=MONDAY)
    draft = make.make_document(chamber=elsewhere, created_by=writer.user, **DRAFT)
    assert BY_ANOTHER in str(errors(take(writer, draft, "publish", meeting=meeting.pk))["state"])
    public = make.make_document(chamber=elsewhere, created_by=writer.user)
    assert BY_ANOTHER in str(errors(take(writer, public, "", meeting=meeting.pk))["meeting"])


def test_results_are_not_opened_before_there_are_any(desk):
    meeting = make.make_meeting(results_published_at=None)
    make.make_item(meeting=meeting)
    response = take(desk, meeting, "results_published_at")
    assert "لم تُدخل أي نتيجة بعد" in str(errors(response)["results_published_at"])
    assert meeting.results_published_at is None
    assert take(desk, meeting, "results_published_at", items__0__outcome="adopted").status_code == 302


def test_who_wrote_before_another_changed_a_comma_still_wrote(writer, chamber):
    colleague = make.make_editor(chamber, role="contributor")
    meeting = by_colleague(chamber)
    take(writer, meeting, "", title="كلام المحرر كله")
    other = Client()
    other.force_login(colleague)
    take(other, meeting, "", city="فاس")
    assert meeting.changed_by == colleague
    response = take(writer, meeting, "publish")
    assert BY_ANOTHER in str(errors(response)["state"])


def test_what_was_written_before_the_last_publication_counts_no_more(writer, chamber):
    meeting = by_colleague(chamber)
    take(writer, meeting, "", title="كلام المحرر")
    other = Client()
    other.force_login(make.make_editor(chamber))
    take(other, meeting, "publish")
    assert meeting.state == "published"
    take(other, meeting, "withdraw", withdrawal_reason="خطأ")
    take(other, meeting, "", venue="مقر الغرفة")
    take(writer, meeting, "publish")
    assert meeting.state == "published"


def test_to_return_and_to_open_a_part_is_no_writing(desk, chamber):
    meeting = written_by(make.make_editor(chamber), chamber)
    make.make_item(meeting=meeting)
    take(desk, meeting, "return", return_note="ينقص التاريخ.")
    assert not meeting.written_by(desk.user)


# Moments


def test_a_moment_left_alone_keeps_its_seconds_and_is_no_change(desk):
    moment = MONDAY.replace(minute=5, second=36, microsecond=1)
    meeting = make.make_meeting(published_at=moment, agenda_published_at=moment, results_published_at=None)
    take(desk, meeting, "")
    assert (meeting.published_at, meeting.agenda_published_at) == (moment, moment)
    assert not Change.objects.exists()


def test_the_writer_mends_a_word_after_the_agenda_went_out_by_button(writer, chamber):
    moment = timezone.now().replace(second=36) - timedelta(minutes=5)
    moments = {"published_at": moment, "agenda_published_at": moment, "results_published_at": None}
    meeting = written_by(writer.user, chamber, state="published", **moments)
    response = take(writer, meeting, "", venue="مقر الغرفة")
    assert response.status_code == 302 and meeting.venue == "مقر الغرفة"


# A sent agenda


def test_an_item_that_went_out_stays_in_its_agenda(desk):
    meeting, other = make.make_meeting(status="scheduled"), make.make_meeting()
    item = make.make_item(meeting=meeting, sent_number="1", sent_title="كما أُرسلت")
    data = filled(desk.get(admin_url(item)), meeting=other.pk)
    desk.post(admin_url(item), data)
    item.refresh_from_db()
    assert item.meeting == meeting


def test_an_item_brought_back_into_a_sent_agenda_was_added_later(desk):
    meeting = make.make_meeting(status="scheduled", results_published_at=None, **DRAFT)
    item = make.make_item(meeting=meeting, sent_number="1", sent_title="كما أُرسلت")
    make.make_item(meeting=meeting)
    desk.post(admin_url(item, "delete"), {"post": "yes"})
    change = Change.objects.get()
    Meeting.objects.update(state="published", published_at=MONDAY, agenda_published_at=MONDAY)
    assert desk.post(f"/admin/bin/{change.pk}/?row=meetings.agendaitem:{item.pk}").status_code == 302
    item = meeting.items.get(pk=item.pk)
    assert (item.sent_number, item.sent_title) == (None, None)


def test_what_was_scheduled_and_comes_back_too_late_waits_for_a_look(desk):
    with time_machine.travel(MONDAY, tick=False):
        meeting = make.make_meeting(state="published", published_at=IN_THREE_DAYS)
        desk.post(admin_url(meeting, "delete"), {"post": "yes"})
    change = Change.objects.get()
    with time_machine.travel(IN_THREE_DAYS + timedelta(hours=1), tick=False):
        desk.force_login(desk.user)
        assert desk.post(f"/admin/bin/{change.pk}/").status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.published_at) == ("in_review", None)


def test_earlier_values_saved_and_continued_do_not_come_again(desk):
    meeting = make.make_meeting(city="فاس")
    take(desk, meeting, "", city="صفرو")
    page = f"{admin_url(meeting)}?_undo={Change.objects.get().pk}"
    response = desk.post(page, filled(desk.get(page), _continue="1"))
    assert response.status_code == 302 and "_undo" not in response["Location"]
    meeting.refresh_from_db()
    assert meeting.city == "فاس"
