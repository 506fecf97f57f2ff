"""Rows that other records show: who writes one writes to those, and what waits there waits for a second person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.admin_forms import add_row, admin_url, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def later():
    return timezone.now() + timedelta(days=3)


@pytest.fixture
def chamber():
    return make.make_chamber(four_eyes=True)


@pytest.fixture(autouse=True)
def editor(client, chamber):
    user = make.make_editor(chamber)
    client.force_login(user)
    return user


@pytest.fixture
def project(chamber, later):
    return make.make_project(chamber=chamber, published_at=later)


def state_of(row):
    row.refresh_from_db()
    return row.state, row.published_at


def save(client, row, **changes):
    response = client.post(admin_url(row), filled(client.get(admin_url(row)), **changes))
    assert response.status_code == 302


def test_a_note_leaves_its_scheduled_project_to_a_second_person(client, project, editor):
    note = make.make_project_note(project=project)
    save(client, note, status_as_printed="انطلقت الأشغال")
    assert state_of(project) == ("in_review", None)
    assert project.changed_by == editor


def test_a_note_of_a_chamber_without_a_second_person_leaves_the_moment(client, chamber, project, later):
    chamber.four_eyes = False
    chamber.save()
    save(client, make.make_project_note(project=project), status_as_printed="انطلقت الأشغال")
    assert state_of(project) == ("published", later)


def test_a_note_changes_nothing_of_a_project_that_is_public(client, chamber):
    project = make.make_project(chamber=chamber)
    save(client, make.make_project_note(project=project), status_as_printed="انطلقت الأشغال")
    assert state_of(project)[0] == "published"


def test_a_note_moved_away_holds_back_both_projects(client, chamber, project, later):
    other = make.make_project(chamber=chamber, published_at=later)
    save(client, make.make_project_note(project=project), project=other.pk)
    assert [state_of(project)[0], state_of(other)[0]] == ["in_review", "in_review"]


def test_a_note_holds_back_the_scheduled_meeting_that_shows_it(client, chamber, later):
    meeting = make.make_meeting(chamber=chamber, published_at=later)
    note = make.make_project_note(project=make.make_project(chamber=chamber), meeting=meeting)
    save(client, note, status_as_printed="انطلقت الأشغال")
    assert state_of(meeting) == ("in_review", None)


def test_a_note_leaves_the_meeting_of_another_chamber_alone(client, chamber, later):
    other = make.make_chamber(four_eyes=True)
    meeting = make.make_meeting(chamber=other, published_at=later)
    note = make.make_project_note(project=make.make_project(chamber=chamber), meeting=meeting)
    save(client, note, status_as_printed="انطلقت الأشغال")
    assert state_of(meeting) == ("published", later)
    assert meeting.changed_by is None


def test_a_note_taken_away_holds_back_its_project(client, project):
    note = make.make_project_note(project=project)
    assert client.post(admin_url(note, "delete"), {"post": "yes"}).status_code == 302
    assert state_of(project)[0] == "in_review"


def test_notes_taken_away_in_the_list_hold_back_their_projects(client, project):
    note = make.make_project_note(project=project)
    data = {"action": "delete_selected", "_selected_action": [note.pk], "post": "yes"}
    assert client.post(admin_url(type(note), "changelist"), data).status_code == 302
    assert state_of(project)[0] == "in_review"


def test_a_note_in_the_form_of_a_meeting_holds_back_its_project(client, chamber, project):
    meeting = make.make_meeting(chamber=chamber, venue="مقر الغرفة")
    data = filled(client.get(admin_url(meeting)))
    add_row(data, "project_notes", project=project.pk, status="under_way")
    assert client.post(admin_url(meeting), data).status_code == 302
    assert project.notes.get().meeting == meeting
    assert state_of(project) == ("in_review", None)


def test_an_item_taken_away_leaves_its_scheduled_meeting_to_a_second_person(client, chamber, later):
    meeting = make.make_meeting(
        chamber=chamber, published_at=later, agenda_published_at=None, results_published_at=None
    )
    item = make.make_item(meeting=meeting)
    assert client.post(admin_url(item, "delete"), {"post": "yes"}).status_code == 302
    assert state_of(meeting) == ("in_review", None)
