"""The search boxes of the editors' desk use the index: drafts are found by those who may see them, by nobody else."""

import pytest
from django.urls import reverse

from meetings.models import Meeting
from tests import factories as make
from tests.admin_forms import admin_url

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

DRAFT = {"state": "draft", "published_at": None}


@pytest.fixture
def chambers():
    return make.make_chamber(), make.make_chamber()


@pytest.fixture
def desk(client, chambers):
    client.force_login(make.make_editor(chambers[0]))
    return client


def found(desk, model, words):
    return list(desk.get(admin_url(model, "changelist"), {"q": words}).context["cl"].result_list)


@pytest.mark.parametrize("words", ["برنامج تكوين", "التكو", "تكوينات القندي", "«برامج التكوين»"])
def test_a_draft_is_found_by_its_text_and_by_other_forms_of_its_words(desk, chambers, words):
    mine = make.make_meeting(chamber=chambers[0], summary="برامج التكوين، قنديل القندييلات", **DRAFT)
    make.make_meeting(chamber=chambers[0])
    assert found(desk, Meeting, words) == [mine]


def test_another_chambers_draft_is_not_found(desk, chambers):
    make.make_meeting(chamber=chambers[1], title="القنديل", **DRAFT)
    assert found(desk, Meeting, "القنديل") == []
    query = {"app_label": "meetings", "model_name": "agendaitem", "field_name": "meeting", "term": "القنديل"}
    assert desk.get(reverse("admin:autocomplete"), query).json()["results"] == []


def test_choices_are_found_by_the_index_too(desk, chambers):
    mine = make.make_meeting(chamber=chambers[0], title="لجان الميزانيات", **DRAFT)
    query = {"app_label": "meetings", "model_name": "agendaitem", "field_name": "meeting", "term": "لجنة ميزانيه"}
    results = desk.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [result["id"] for result in results] == [str(mine.pk)]


@pytest.mark.parametrize("words", ['"', "؟؟", "100% (", "OR -غرفة", "x" * 500])
def test_nothing_typed_at_the_desk_is_an_error(desk, words):
    assert desk.get(admin_url(Meeting, "changelist"), {"q": words}).status_code == 200
