"""Which rows a user may change: all for an administrator, an editor's own chamber's, none for the others."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from articles.models import Article
from chambers.models import Annex, Body, Chamber, Editorship, Membership, Organisation, Person, Project
from meetings.models import (
    AgendaItem,
    Agreement,
    AgreementParty,
    AgreementStep,
    Attendance,
    Document,
    Meeting,
    ProjectNote,
    Recommendation,
    Sitting,
    Talk,
)
from publishing.models import Source
from tests.factories import (
    make_agreement,
    make_annex,
    make_article,
    make_attendance,
    make_body,
    make_chamber,
    make_document,
    make_editor,
    make_item,
    make_meeting,
    make_membership,
    make_organisation,
    make_party,
    make_person,
    make_project,
    make_project_note,
    make_recommendation,
    make_sitting,
    make_source,
    make_step,
    make_superuser,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_editorship(chamber):
    return Editorship.objects.create(user=make_user(), chamber=chamber)


# How to make a row that belongs to a chamber.
OF_CHAMBER = {
    Chamber: lambda chamber: chamber,
    Annex: lambda chamber: make_annex(chamber=chamber),
    Body: lambda chamber: make_body(chamber=chamber),
    Editorship: make_editorship,
    Membership: lambda chamber: make_membership(body=make_body(chamber=chamber)),
    Person: lambda chamber: make_membership(body=make_body(chamber=chamber)).person,
    Project: lambda chamber: make_project(chamber=chamber),
    Meeting: lambda chamber: make_meeting(chamber=chamber),
    Sitting: lambda chamber: make_sitting(meeting=make_meeting(chamber=chamber)),
    AgendaItem: lambda chamber: make_item(meeting=make_meeting(chamber=chamber)),
    Attendance: lambda chamber: make_attendance(meeting=make_meeting(chamber=chamber), office="العامل"),
    Talk: lambda chamber: make_talk(meeting=make_meeting(chamber=chamber)),
    Recommendation: lambda chamber: make_recommendation(meeting=make_meeting(chamber=chamber)),
    ProjectNote: lambda chamber: make_project_note(project=make_project(chamber=chamber)),
    Document: lambda chamber: make_document(chamber=chamber),
    Agreement: lambda chamber: make_agreement(lead_chamber=chamber),
    AgreementParty: lambda chamber: make_party(agreement=make_agreement(lead_chamber=chamber)),
    AgreementStep: lambda chamber: make_step(agreement=make_agreement(lead_chamber=chamber)),
    Article: lambda chamber: make_article(lead_chamber=chamber),
}
# Rows that all chambers share.
SHARED = {Organisation: make_organisation, Source: make_source}

of_chamber = pytest.mark.parametrize(("model", "make"), OF_CHAMBER.items(), ids=lambda value: value.__name__)
of_any = pytest.mark.parametrize(
    ("model", "make"),
    [*OF_CHAMBER.items(), *((model, lambda _chamber, make=make: make()) for model, make in SHARED.items())],
    ids=lambda value: value.__name__,
)


def test_every_queryset_of_editable_rows_is_tested_here():
    found = {model for model in apps.get_models() if hasattr(model._default_manager, "editable_by")}
    assert found == {*OF_CHAMBER, *SHARED}


@of_any
def test_administrator_edits_every_row(model, make):
    rows = {make(make_chamber()), make(make_chamber())}
    assert set(model.objects.editable_by(make_superuser())) == rows | set(model.objects.all())


@of_chamber
def test_editor_edits_the_rows_of_their_own_chamber(model, make):
    chamber = make_chamber()
    row = make(chamber)
    make(make_chamber())
    editor = make_editor(chamber)
    own = set(model.objects.editable_by(editor))
    if model is Editorship:
        own.remove(editor.editorships.get())
    assert own == {row}


@of_chamber
def test_editor_of_two_chambers_edits_the_rows_of_both(model, make):
    chambers = [make_chamber(), make_chamber()]
    rows = {make(chamber) for chamber in chambers}
    make(make_chamber())
    editor = make_editor(*chambers)
    own = set(model.objects.editable_by(editor))
    if model is Editorship:
        own -= set(editor.editorships.all())
    assert own == rows


@of_chamber
def test_user_without_a_chamber_edits_nothing(model, make):
    make(make_chamber())
    assert not model.objects.editable_by(make_editor()).exists()


@of_any
def test_inactive_editor_edits_nothing(model, make):
    chamber = make_chamber()
    make(chamber)
    assert not model.objects.editable_by(make_editor(chamber, is_active=False)).exists()


@of_any
def test_inactive_administrator_edits_nothing(model, make):
    make(make_chamber())
    assert not model.objects.editable_by(make_superuser(is_active=False)).exists()


@of_any
def test_visitor_edits_nothing(model, make):
    make(make_chamber())
    assert not model.objects.editable_by(AnonymousUser()).exists()


def test_editor_edits_sources_but_no_organisation():
    make_organisation()
    source = make_source()
    editor = make_editor(make_chamber())
    assert list(Source.objects.editable_by(editor)) == [source]
    assert not Organisation.objects.editable_by(editor).exists()


def test_user_who_is_no_staff_edits_no_source():
    make_source()
    assert not Source.objects.editable_by(make_user()).exists()


def test_editor_edits_an_agreement_their_chamber_is_a_party_to():
    chamber = make_chamber()
    party = make_party(chamber=chamber, agreement=make_agreement())
    step = make_step(agreement=party.agreement)
    editor = make_editor(chamber)
    assert list(Agreement.objects.editable_by(editor)) == [party.agreement]
    assert list(AgreementStep.objects.editable_by(editor)) == [step]


def test_editor_edits_an_agreement_once_however_many_of_their_chambers_are_in_it():
    chambers = [make_chamber(), make_chamber()]
    agreement = make_agreement(lead_chamber=chambers[0])
    for chamber in chambers:
        make_party(agreement=agreement, chamber=chamber)
    assert list(Agreement.objects.editable_by(make_editor(*chambers))) == [agreement]


def test_editor_edits_an_article_about_their_chamber():
    chamber = make_chamber()
    article = make_article(chambers=[chamber])
    assert list(Article.objects.editable_by(make_editor(chamber))) == [article]


def test_editor_edits_a_person_once_however_many_offices_they_hold():
    chamber, person = make_chamber(), make_person()
    for _office in range(2):
        make_membership(person=person, body=make_body(chamber=chamber))
    assert list(Person.objects.editable_by(make_editor(chamber))) == [person]


@pytest.mark.parametrize(
    ("model", "make"),
    [
        (Meeting, lambda: make_meeting(family="crafts")),
        (Document, lambda: make_document(chamber=None)),
        (Agreement, lambda: make_agreement(lead_chamber=None)),
        (Article, lambda: make_article(lead_chamber=None)),
        (Project, lambda: make_project(chamber=None)),
        (Person, make_person),
    ],
    ids=["meeting", "document", "agreement", "article", "project", "person"],
)
def test_row_without_a_chamber_is_for_administrators(model, make):
    row = make()
    assert not model.objects.editable_by(make_editor(make_chamber())).exists()
    assert list(model.objects.editable_by(make_superuser())) == [row]
