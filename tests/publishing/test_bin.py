"""What was deleted at the desk: where it stands, who finds it there, and how all of it comes back."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from articles.models import Article
from chambers.models import Chamber, Organisation, Person, Project
from meetings.models import AgendaItem, Agreement, Document, Meeting, ProjectNote
from publishing.history import Change
from tests import factories as make
from tests.admin_forms import admin_url, filled

pytestmark = pytest.mark.django_db
BIN = "/admin/bin/"


@pytest.fixture
def desk(client):
    client.force_login(make.make_superuser(first_name="سعاد", last_name="العلمي"))
    return client


def delete(desk, row):
    """Delete ``row`` as an editor does and return the change that says so."""
    response = desk.post(admin_url(row, "delete"), {"post": "yes"})
    assert response.status_code == 302 and not type(row).objects.filter(pk=row.pk).exists()
    return Change.objects.filter(kind="deleted").first()


def entry(change, row=""):
    return reverse("admin:bin_entry", args=[change.pk]) + (f"?row={row}" if row else "")


def everything(*models):
    return {model: sorted(map(repr, model._base_manager.values_list())) for model in models}


# What comes back


def test_a_meeting_comes_back_as_it_was_with_all_its_rows(desk):
    joint = make.make_meeting(title="دورة مشتركة")
    meeting = make.make_meeting(title="الدورة العادية", city="فاس", published_at="2024-03-01T10:00Z", held_with=joint)
    Meeting.objects.filter(pk=joint.pk).update(held_with=meeting)
    sitting = make.make_sitting(meeting=meeting, city="صفرو")
    make.make_item(meeting=meeting, title="عرض حول المحضر", sitting=sitting, outcome="adopted", votes_for=0)
    make.make_item(meeting=meeting, title="مشروع الميزانية")
    make.make_attendance(meeting=meeting, office="عضو")
    make.make_talk(meeting=meeting)
    make.make_recommendation(meeting=meeting, text="توصية")
    make.make_meeting_citation(meeting=meeting, field="date")
    meeting.co_organisers.set([make.make_organisation(), make.make_organisation()])
    article = make.make_article(meetings=[meeting])
    rows = [Meeting, *{link.related_model for link in Meeting._meta.related_objects}, Meeting.co_organisers.through]
    before, address = everything(*rows, Article.meetings.through), meeting.get_absolute_url()

    change = delete(desk, meeting)
    assert not AgendaItem.objects.exists() and not article.meetings.exists()
    assert desk.get(address).status_code == 404
    response = desk.post(entry(change), follow=True)

    assert response.redirect_chain == [(admin_url(meeting), 302)]
    assert "استُرجع: الدورة العادية" in response.text
    after = everything(*rows, Article.meetings.through)
    # Other rows that name it again are saved anew, and rows of many-to-many fields have new keys of their own.
    again = {Meeting: after.pop(Meeting), Article.meetings.through: after.pop(Article.meetings.through)}
    assert [row for row in before.pop(Meeting) if "الدورة العادية" in row] == [
        row for row in again[Meeting] if "الدورة العادية" in row
    ]
    before.pop(Article.meetings.through)
    co_organisers = Meeting.co_organisers.through
    assert len(before.pop(co_organisers)) == len(after.pop(co_organisers)) == 2
    assert after == before
    joint.refresh_from_db()
    assert joint.held_with_id == meeting.pk and [*article.meetings.all()] == [meeting]
    assert desk.get(address).status_code == 200


@pytest.mark.parametrize("model", [Agreement, Article, Document, Project, Person, Organisation, Chamber])
def test_each_kind_of_record_comes_back_value_by_value(desk, model):
    row = getattr(make, f"make_{model._meta.model_name}")()
    before = everything(model)
    change = delete(desk, row)
    assert desk.post(entry(change)).status_code == 302
    assert everything(model) == before


def test_the_file_of_a_document_comes_back(desk):
    document = make.make_document()
    document.file.save("محضر.pdf", ContentFile(b"%PDF-1.4 minutes"))
    change = delete(desk, document)
    desk.post(entry(change))
    with Document.objects.get().file as file:
        assert file.read() == b"%PDF-1.4 minutes"


def test_it_comes_back_with_who_wrote_it_and_when(client):
    chamber = make.make_chamber()
    writer = make.make_editor(chamber)
    meeting = make.make_meeting(chamber=chamber, created_by=writer, changed_by=writer)
    moments = meeting.created_at, meeting.updated_at, meeting.uuid
    client.force_login(make.make_superuser())
    client.post(entry(delete(client, meeting)))
    back = Meeting.objects.get()
    assert (back.created_at, back.updated_at, back.uuid) == moments
    assert back.created_by == back.changed_by == writer


def test_what_is_empty_by_choice_comes_back_empty(desk):
    """A field whose empty value is not the one a new row begins with."""
    item = make.make_item(votes_for=0, votes_against=0)
    delete(desk, item.meeting)
    desk.post(entry(Change.objects.get(kind="deleted")))
    back = AgendaItem.objects.get()
    assert (back.votes_for, back.votes_against, back.votes_abstained) == (0, 0, None)


def test_the_way_back_stands_in_the_history(desk):
    meeting = make.make_meeting(title="الدورة العادية")
    desk.post(entry(delete(desk, meeting)))
    assert [(change.kind, change.key) for change in Change.objects.all()] == [
        ("added", meeting.pk), ("deleted", meeting.pk),
    ]  # fmt: skip
    assert "حُذف" in desk.get(admin_url(meeting, "history")).text


def test_a_row_without_boxes_in_the_form_of_its_record_comes_back_by_itself(desk):
    """Notes on projects are written in the forms of meetings; the history they stand in is the project's."""
    note = make.make_project_note(meeting=make.make_meeting())
    desk.post(admin_url(note, "delete"), {"post": "yes"})
    change = Change.objects.get()
    page = desk.get(admin_url(note.project, "history"))
    address = entry(change, f"meetings.projectnote:{note.pk}")
    assert address.replace(":", "%3A") in page.text
    assert desk.post(address).status_code == 302
    assert ProjectNote.objects.get().pk == note.pk
    # The row is there: it cannot come twice.
    response = desk.post(address)
    assert response.status_code == 409 and ProjectNote.objects.count() == 1


# What stands in the way


def test_an_address_taken_meanwhile_stands_in_the_way(desk):
    chamber = make.make_chamber()
    meeting = make.make_meeting(chamber=chamber, title="الدورة العادية")
    change = delete(desk, meeting)
    make.make_meeting(chamber=chamber, slug=meeting.slug, url_year=meeting.url_year)
    response = desk.post(entry(change))
    assert response.status_code == 409
    assert "لم يُسترجع شيء" in response.text and "الدورة العادية:" in response.text
    assert Meeting.objects.count() == 1 and Change.objects.count() == 1


def test_a_chamber_that_is_gone_is_named(desk):
    document = make.make_document(chamber=make.make_chamber(), meeting=make.make_meeting(), title="محضر")
    province = make.make_province()
    agreement = make.make_agreement(title="اتفاقية", province=province)
    change = delete(desk, agreement)
    province.delete()
    assert not type(province).objects.exists()
    page = desk.post(entry(change), follow=True).text
    # An optional link is left out and named.
    assert "لم يرجع هذا: «إقليم» في «اتفاقية»: لم يعد موجودا." in page
    assert Agreement.objects.get().province is None
    item = make.make_item(meeting=document.meeting, presenter=make.make_person())
    desk.post(admin_url(item, "delete"), {"post": "yes"})
    gone = Change.objects.first()
    AgendaItem.objects.all().delete()
    Document.objects.all().delete()
    Meeting.objects.filter(pk=item.meeting_id).delete()
    # The record of the row is gone with it: nothing to come back to.
    assert desk.post(entry(gone, f"meetings.agendaitem:{item.pk}")).status_code == 404


def test_what_is_back_is_out_of_the_bin(desk):
    change = delete(desk, make.make_meeting())
    assert desk.get(entry(change)).status_code == 200
    desk.post(entry(change))
    assert desk.get(entry(change)).status_code == 404
    assert "لا شيء محذوف ينتظر هنا" in desk.get(BIN).text


# Who finds what


def test_the_bin_names_what_went_along_and_who_deleted_it(desk):
    meeting = make.make_meeting(title="الدورة العادية")
    make.make_item(meeting=meeting)
    make.make_item(meeting=meeting)
    change = delete(desk, meeting)
    page = desk.get(BIN).text
    assert "الدورة العادية" in page and "سعاد العلمي" in page and "نقط جدول الأعمال (2)" in page
    assert reverse("admin:bin_entry", args=[change.pk]) in page
    assert "الدورة العادية" in desk.get(f"{BIN}?record=meetings.meeting").text
    assert "الدورة العادية" not in desk.get(f"{BIN}?record=articles.article").text


def test_the_list_and_the_confirmation_name_the_bin(desk):
    meeting = make.make_meeting()
    assert f"{BIN}?record=meetings.meeting" in desk.get(admin_url(Meeting, "changelist")).text
    assert "سلة المحذوفات" in desk.get(admin_url(meeting, "delete")).text
    page = desk.post(admin_url(meeting, "delete"), {"post": "yes"}, follow=True).text
    assert f'href="{BIN}"' in page


def test_an_editor_finds_their_own_chamber_s_deletions_only(client):
    mine, other = make.make_chamber(), make.make_chamber()
    client.force_login(make.make_superuser())
    own = delete(client, make.make_meeting(chamber=mine, title="دورة لنا"))
    foreign = delete(client, make.make_meeting(chamber=other, title="دورة لغيرنا"))
    led = delete(client, make.make_article(lead_chamber=mine, chambers=[other], title="خبر لنا"))
    nobody_s = delete(client, make.make_organisation(name="شريك"))
    client.get(BIN)
    client.force_login(make.make_editor(mine))
    page = client.get(BIN).text
    assert "دورة لنا" in page and "خبر لنا" in page and "لغيرنا" not in page and "شريك" not in page
    for change in (foreign, nobody_s):
        assert client.get(entry(change)).status_code == client.post(entry(change)).status_code == 404
    assert client.post(entry(own)).status_code == client.post(entry(led)).status_code == 302
    assert [meeting.title for meeting in Meeting.objects.all()] == ["دورة لنا"]


def test_who_may_not_delete_has_no_bin(client):
    chamber = make.make_chamber()
    client.force_login(make.make_superuser())
    change = delete(client, make.make_meeting(chamber=chamber))
    client.get(admin_url(Meeting, "changelist"))
    client.force_login(make.make_editor(chamber, role="contributor"))
    assert client.get(BIN).status_code == client.post(entry(change)).status_code == 404
    assert BIN not in client.get(admin_url(Meeting, "changelist")).text
    client.logout()
    assert client.get(BIN).status_code == 302


def test_a_row_of_another_chamber_does_not_come_back(client):
    chamber, other = make.make_chamber(), make.make_chamber()
    note = make.make_project_note(project=make.make_project(chamber=other), meeting=make.make_meeting(chamber=other))
    client.force_login(make.make_superuser())
    client.post(admin_url(note, "delete"), {"post": "yes"})
    client.force_login(make.make_editor(chamber))
    address = entry(Change.objects.get(), f"meetings.projectnote:{note.pk}")
    assert client.get(address).status_code == client.post(address).status_code == 404


@pytest.mark.parametrize("row", ["meetings.projectnote:1", "nothing:1", "meetings.meeting:", ":", "a:b:c", "x" * 300])
def test_an_invented_row_is_not_found(desk, row):
    change = delete(desk, make.make_meeting())
    assert desk.post(entry(change, row)).status_code == 404


def test_the_list_costs_the_same_for_two_and_for_twenty(desk, django_assert_num_queries):
    for n in range(2):
        delete(desk, make.make_meeting(title=f"دورة {n}"))
    desk.get(BIN)
    with django_assert_num_queries(5):
        desk.get(BIN)
    for n in range(18):
        delete(desk, make.make_meeting(title=f"دورة {n}"))
    with django_assert_num_queries(5):
        desk.get(BIN)


def test_a_failed_way_back_keeps_what_stands(desk):
    """The second of two people who bring back the same record changes nothing."""
    meeting = make.make_meeting(title="الدورة العادية")
    change = delete(desk, meeting)
    desk.post(entry(change))
    data = filled(desk.get(admin_url(meeting)), city="صفرو")
    desk.post(admin_url(meeting), data)
    assert desk.post(entry(change)).status_code == 404
    assert Meeting.objects.get().city == "صفرو"
