"""Drafts, records in review, scheduled and withdrawn ones are nowhere: each public page is the same without them.

The record under test is tied to the public ones by every link that models allow. Then every page must be, byte for
byte, what it was before the record was there: so no title, no link and no count can give it away.

Cells: 9 kinds of record × 4 hidden states × 60 public pages = 2,160; its own page, print view, calendar, card and
file, 64; 74 more show that the pages do change when the record is public. Agendas and results: 6 cases × 62 pages =
372.
"""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext

from meetings.models import AgendaItem, Meeting, Outcome
from tests import factories as make

pytestmark = pytest.mark.django_db

SECRET = "سجل مكتوم لا يراه أحد"
TOMORROW = timezone.now() + timedelta(days=1)
HIDDEN = {
    "draft": {"state": "draft", "published_at": None},
    "in_review": {"state": "in_review", "published_at": None},
    "scheduled": {"state": "published", "published_at": TOMORROW},
    "withdrawn": {
        "state": "withdrawn",
        "published_at": make.PAST,
        "withdrawn_at": make.PAST,
        "withdrawal_reason": "نشر بالخطأ",
    },
}
SECTIONS = ["meetings", "decisions", "agreements", "news", "people", "offices", "documents"]
LISTS = [
    "/chambers/", "/meetings/", "/decisions/", "/agreements/", "/news/", "/people/", "/offices/", "/organisations/",
    "/projects/", "/documents/",
]  # fmt: skip
FORMATS = [
    "/feeds/meetings.xml", "/feeds/decisions.xml", "/feeds/agreements.xml", "/feeds/news.xml",
    "/meetings/calendar.ics", "/meetings/export.csv", "/decisions/export.csv", "/agreements/export.csv",
    "/news/export.csv", "/documents/export.csv", "/people/export.csv",
    "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-chambers.xml", "/sitemap-meetings.xml", "/sitemap-agreements.xml",
    "/sitemap-documents.xml", "/sitemap-news.xml", "/sitemap-people.xml", "/sitemap-organisations.xml",
    "/sitemap-projects.xml",
]  # fmt: skip


class World:
    """One public record of each kind, all tied together, and the pages that show them."""

    def __init__(self):
        self.region = make.make_region()
        self.chamber = make.make_chamber(regions=[self.region])
        self.other = make.make_chamber(regions=[self.region])
        self.body = make.make_body(chamber=self.chamber)
        self.person = make.make_person()
        make.make_membership(person=self.person, body=self.body)
        self.organisation = make.make_organisation()
        self.project = make.make_project(chamber=self.chamber)
        self.meeting = make.make_meeting(chamber=self.chamber)
        self.item = make.make_item(meeting=self.meeting, outcome=Outcome.ADOPTED, concerned=self.person)
        self.later = make.make_meeting(chamber=self.chamber, date=date(2024, 12, 9), session_month=12)
        self.later_item = make.make_item(meeting=self.later, outcome=Outcome.POSTPONED, takes_up=self.item)
        self.coming = make.make_meeting(
            chamber=self.chamber,
            date=timezone.localdate() + timedelta(days=40),
            session_year=None,
            session_month=None,
            status="scheduled",
            results_published_at=None,
        )
        make.make_item(meeting=self.coming)
        self.unnamed = make.make_meeting(chamber=None, family="crafts", date=date(2024, 10, 22))
        self.attendance = make.make_attendance(meeting=self.meeting, person=self.person, role="member", office="عضو")
        self.talk = make.make_talk(meeting=self.meeting, person=self.person)
        self.meeting.co_organisers.add(self.organisation)
        self.agreement = make.make_agreement(lead_chamber=self.chamber, project=self.project)
        make.make_party(agreement=self.agreement, organisation=self.organisation)
        self.step = make.make_step(agreement=self.agreement, agenda_item=self.item)
        self.addendum = make.make_agreement(
            lead_chamber=self.chamber, kind="addendum", parent_as_named="اتفاقية إطار قديمة"
        )
        self.addendum_step = make.make_step(agreement=self.addendum)
        self.document = make.make_document(meeting=self.meeting, agreement=self.agreement, url="")
        self.document.file.save("paper.pdf", ContentFile(b"%PDF-1.4 paper"))
        self.minutes = make.make_document(meeting=self.meeting, chamber=self.chamber)
        make.make_project_note(project=self.project, meeting=self.meeting)
        self.topic = make.make_topic()
        self.article = make.make_article(
            lead_chamber=self.chamber,
            meetings=[self.meeting],
            agreements=[self.agreement],
            projects=[self.project],
            topics=[self.topic],
        )
        make.make_article(lead_chamber=self.chamber)

    def paths(self):
        chamber = self.chamber.get_absolute_url()
        day = self.coming.date
        return [
            "/", "/about/", "/figures/", *LISTS, *FORMATS, chamber, *(f"{chamber}{name}/" for name in SECTIONS),
            "/meetings/calendar/2024/10/", f"/meetings/calendar/{day.year}/{day.month}/",
            f"/chambers/?region={self.region.slug}", f"/news/?topic={self.topic.slug}",
            self.meeting.get_absolute_url(), f"{self.meeting.get_absolute_url()}calendar.ics",
            self.path_of("print"), f"{self.later.get_absolute_url()}print/",
            self.later.get_absolute_url(), self.coming.get_absolute_url(), self.unnamed.get_absolute_url(),
            self.agreement.get_absolute_url(), self.addendum.get_absolute_url(), self.article.get_absolute_url(),
            self.document.get_absolute_url(), self.person.get_absolute_url(), self.organisation.get_absolute_url(),
            self.project.get_absolute_url(),
        ]  # fmt: skip

    def path_of(self, name):
        """Return an address as it is, ``print`` as that of the meeting's print view, and else a record's page."""
        if name == "print":
            return f"{self.meeting.get_absolute_url()}print/"
        return name if name.startswith("/") else getattr(self, name).get_absolute_url()


def _change(row, **fields):
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


def add_meeting(world, **state):
    meeting = make.make_meeting(chamber=world.chamber, title=SECRET, date=date(2024, 10, 23), **state)
    item = make.make_item(meeting=meeting, title=SECRET, outcome=Outcome.REJECTED, concerned=world.person)
    _change(item, takes_up=world.item)
    _change(world.item, takes_up=item)
    _change(world.meeting, held_with=meeting)
    _change(world.minutes, approved_in=meeting)
    make.make_attendance(meeting=meeting, person=world.person, organisation=world.organisation)
    make.make_talk(meeting=meeting, person=world.person, organisation=world.organisation, title=SECRET)
    make.make_project_note(project=world.project, meeting=meeting, status_as_printed=SECRET)
    make.make_step(agreement=world.agreement, agenda_item=item, stage="proposed", note=SECRET)
    make.make_step(agreement=world.agreement, agenda_item=item, stage="rejected", note=SECRET)
    make.make_document(meeting=meeting, title=SECRET)
    meeting.co_organisers.add(world.organisation)
    world.article.meetings.add(meeting)
    return meeting


def add_coming_meeting(world, **state):
    """Add a meeting that would be the next one of all."""
    return make.make_meeting(
        chamber=world.chamber,
        title=SECRET,
        date=timezone.localdate() + timedelta(days=40),
        time=time(8),
        status="scheduled",
        session_year=None,
        session_month=None,
        **state,
    )


def add_agreement(world, **state):
    agreement = make.make_agreement(lead_chamber=world.chamber, title=SECRET, project=world.project, **state)
    make.make_party(agreement=agreement, chamber=world.other)
    make.make_party(agreement=agreement, organisation=world.organisation)
    make.make_step(agreement=agreement, agenda_item=world.item, by_organisation=world.organisation, note=SECRET)
    make.make_document(agreement=agreement, chamber=world.chamber, title=SECRET)
    _change(world.addendum, parent=agreement)
    world.article.agreements.add(agreement)
    return agreement


def add_addendum(world, **state):
    agreement = make.make_agreement(
        lead_chamber=world.other, title=SECRET, kind="addendum", parent=world.agreement, **state
    )
    make.make_party(agreement=agreement, chamber=world.chamber)
    return agreement


def add_article(world, **state):
    return make.make_article(
        lead_chamber=world.chamber,
        title=SECRET,
        chambers=[world.other],
        meetings=[world.meeting],
        agreements=[world.agreement],
        projects=[world.project],
        topics=[world.topic],
        **state,
    )


def add_document(world, **state):
    document = make.make_document(
        chamber=world.chamber, title=SECRET, meeting=world.meeting, agreement=world.agreement, **state
    )
    document.file.save("secret.pdf", ContentFile(b"%PDF-1.4 secret"))
    _change(document, agenda_item=world.item)
    _change(world.step, document=document)
    return document


def add_person(world, **state):
    person = make.make_person(name=SECRET, **state)
    make.make_membership(person=person, body=world.body, office="president")
    make.make_attendance(meeting=world.meeting, person=person, organisation=world.organisation)
    make.make_attendance(meeting=world.later, person=person, role="presided")
    make.make_talk(meeting=world.later, person=person, organisation=world.organisation, title="")
    _change(world.talk, person=person)
    _change(world.item, presenter=person)
    _change(world.later_item, concerned=person)
    return person


def add_organisation(world, **state):
    organisation = make.make_organisation(name=SECRET, **state)
    make.make_party(agreement=world.agreement, organisation=organisation)
    make.make_party(agreement=world.addendum, organisation=organisation)
    _change(world.addendum_step, by_organisation=organisation)
    _change(world.attendance, organisation=organisation)
    _change(world.talk, organisation=organisation)
    world.meeting.co_organisers.add(organisation)
    return organisation


def add_project(world, **state):
    project = make.make_project(name=SECRET, chamber=world.chamber, **state)
    make.make_project_note(project=project, meeting=world.meeting)
    _change(world.addendum, project=project)
    world.article.projects.add(project)
    return project


KINDS = {
    "meeting": add_meeting,
    "coming meeting": add_coming_meeting,
    "agreement": add_agreement,
    "addendum": add_addendum,
    "article": add_article,
    "document": add_document,
    "person": add_person,
    "organisation": add_organisation,
    "project": add_project,
}


def _read(client, paths):
    """Return the answers by path: status and content, a file's too."""
    answers = {}
    for path in paths:
        response = client.get(path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        answers[path] = (response.status_code, content.decode())
    return answers


def _differing(before, after):
    return [path for path in before if before[path] != after[path]]


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_record_changes_no_public_page(client, world, kind):
    paths = world.paths()
    if kind == "person":
        _change(world.talk, person=None)
        _change(world.later_item, concerned=None)
    before = _read(client, paths)
    assert {status for status, _content in before.values()} == {200}
    record = KINDS[kind](world, **HIDDEN["draft"])
    for state, fields in HIDDEN.items():
        _change(record, **fields)
        after = _read(client, paths)
        assert (state, [path for path in paths if SECRET in after[path][1]]) == (state, [])
        assert (state, _differing(before, after)) == (state, [])


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("meeting", ["/", "/meetings/", "/decisions/", "meeting", "print", "later", "agreement", "article", "person",
                     "project", "organisation", "chamber", "/feeds/meetings.xml", "/feeds/decisions.xml",
                     "/meetings/export.csv", "/decisions/export.csv", "/documents/export.csv"]),
        ("coming meeting", ["/", "/meetings/", "chamber", "/feeds/meetings.xml", "/meetings/calendar.ics",
                            "/meetings/export.csv"]),
        ("agreement", ["/", "/agreements/", "meeting", "print", "addendum", "article", "organisation", "project",
                       "chamber", "/feeds/agreements.xml", "/agreements/export.csv"]),
        ("addendum", ["/agreements/", "agreement", "chamber", "/feeds/agreements.xml", "/agreements/export.csv"]),
        ("article", ["/", "/news/", "meeting", "print", "agreement", "project", "article", "chamber",
                     "/feeds/news.xml", "/news/export.csv"]),
        ("document", ["/documents/", "meeting", "print", "agreement", "/documents/export.csv"]),
        ("person", ["/people/", "meeting", "print", "later", "organisation", "chamber", "/people/export.csv"]),
        ("organisation", ["/organisations/", "/agreements/", "meeting", "print", "agreement", "addendum",
                          "/feeds/agreements.xml", "/agreements/export.csv"]),
        ("project", ["/projects/", "meeting", "print", "addendum", "article"]),
    ],
)  # fmt: skip
def test_the_same_record_stands_there_when_it_is_public(client, world, kind, where):
    KINDS[kind](world)
    paths = [world.path_of(name) for name in where]
    answers = _read(client, paths)
    unmoved = [path for path in paths if SECRET not in answers[path][1]]
    # The home page counts agreements and names none.
    assert unmoved == (["/"] if kind == "agreement" else [])


def _own_paths(record):
    path = record.get_absolute_url()
    own = [path]
    if isinstance(record, Meeting):
        own += [f"{path}print/", f"{path}calendar.ics", f"/share{path.rstrip('/')}.png"]
    if hasattr(record, "file"):
        own.append(f"{path}file/")
    return own


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_record_has_no_page_of_its_own(client, world, kind, state):
    record = KINDS[kind](world, **HIDDEN[state])
    expected = 410 if state == "withdrawn" else 404
    for path in _own_paths(record):
        response = client.get(path)
        assert (path, response.status_code) == (path, expected)
        assert SECRET not in response.content.decode()


@pytest.mark.parametrize("kind", ["agreement", "article", "document", "person", "organisation", "project"])
@pytest.mark.parametrize("state", HIDDEN)
def test_a_wrong_slug_does_not_tell_the_right_one_of_a_hidden_record(client, world, kind, state):
    record = KINDS[kind](world, **HIDDEN[state])
    year = f"{record.url_year}/" if hasattr(record, "url_year") else ""
    base = record.get_absolute_url().strip("/").split("/", 1)[0]
    response = client.get(f"/{base}/{year}{record.number}-autre/")
    assert response.status_code == (410 if state == "withdrawn" else 404)
    assert not response.has_header("Location")


def test_a_record_withdrawn_before_it_was_ever_public_is_not_found(client):
    article = make.make_article(**(HIDDEN["withdrawn"] | {"published_at": TOMORROW}))
    assert client.get(article.get_absolute_url()).status_code == 404


def test_a_withdrawn_page_says_when_and_why(client):
    reason = "طلبت الغرفة سحب الخبر لخطأ في التاريخ"
    withdrawn_at = datetime(2024, 3, 5, 12, tzinfo=timezone.get_current_timezone())
    article = make.make_article(title=SECRET, state="withdrawn", withdrawn_at=withdrawn_at, withdrawal_reason=reason)
    page = client.get(article.get_absolute_url()).content.decode()
    assert reason in page
    assert "5 مارس 2024" in page


def test_a_scheduled_record_appears_when_its_moment_has_come(client):
    article = make.make_article(published_at=timezone.now() + timedelta(hours=1))
    _change(article, published_at=timezone.now() - timedelta(seconds=1))
    assert client.get(article.get_absolute_url()).status_code == 200


def test_the_file_of_a_public_document_of_a_hidden_meeting_is_not_found(client, world):
    _change(world.meeting, state="draft", published_at=None)
    for path in _own_paths(world.document):
        assert client.get(path).status_code == 404


def test_the_file_of_a_public_document_of_a_hidden_agreement_is_not_found(client, world):
    _change(world.agreement, state="draft", published_at=None)
    for path in _own_paths(world.document):
        assert client.get(path).status_code == 404


# Agendas and results


def _decide(world, meeting):
    """Give a meeting an item with everything that tells a result, and all that hangs on it."""
    item = make.make_item(
        meeting=meeting,
        title=SECRET,
        outcome=Outcome.REJECTED,
        outcome_as_printed="رفض المقرر المكتوم",
        majority="by_majority",
        votes_for=7,
        votes_against=61,
        votes_abstained=2,
        concerned=world.person,
        takes_up=world.later_item,
    )
    make.make_step(agreement=world.agreement, agenda_item=item, stage="rejected", note="رفض المقرر المكتوم")
    make.make_meeting_citation(
        meeting=meeting, field="outcomes", value="رفض المقرر المكتوم", is_followed=False,
        source=make.make_source(outlet="", title="", url="https://example.org/"),
    )  # fmt: skip
    return item


def _without_sources(pages):
    """Return pages without the sources of a meeting, which are named and counted whatever they state."""
    counted = re.compile(rf"<p>{gettext('Entered so far:')}.*?</p>", re.DOTALL)
    named = '<section class="sources"'
    return {path: (status, counted.sub("", text.split(named)[0])) for path, (status, text) in pages.items()}


HIDDEN_AGENDAS = {
    "no agenda": {"agenda_published_at": None, "results_published_at": None},
    "agenda tomorrow": {"agenda_published_at": TOMORROW, "results_published_at": None},
    "both tomorrow": {"agenda_published_at": TOMORROW, "results_published_at": TOMORROW},
}


@pytest.mark.parametrize("case", HIDDEN_AGENDAS)
def test_an_agenda_that_is_not_public_changes_no_page(client, world, case):
    meeting = make.make_meeting(chamber=world.chamber, **HIDDEN_AGENDAS[case])
    world.article.meetings.add(meeting)
    paths = [*world.paths(), meeting.get_absolute_url(), f"{meeting.get_absolute_url()}print/"]
    before = _read(client, paths)
    _decide(world, meeting)
    after = _read(client, paths)
    assert [path for path in paths if SECRET in after[path][1]] == []
    assert _differing(_without_sources(before), _without_sources(after)) == []


HIDDEN_RESULTS = {
    "no results": {"results_published_at": None},
    "results tomorrow": {"results_published_at": TOMORROW},
}


@pytest.mark.parametrize("case", HIDDEN_RESULTS)
def test_results_that_are_not_public_change_no_page(client, world, case):
    meeting = make.make_meeting(chamber=world.chamber, **HIDDEN_RESULTS[case])
    world.article.meetings.add(meeting)
    item = _decide(world, meeting)
    paths = [*world.paths(), meeting.get_absolute_url(), f"{meeting.get_absolute_url()}print/"]
    shown = _read(client, paths)
    AgendaItem.objects.filter(pk=item.pk).update(
        outcome="", outcome_as_printed="", majority="", votes_for=None, votes_against=None, votes_abstained=None
    )
    item.agreement_steps.all().delete()
    meeting.citations.filter(field="outcomes").update(value="")
    assert [path for path in paths if "رفض المقرر المكتوم" in shown[path][1]] == []
    assert _differing(shown, _read(client, paths)) == []
    assert SECRET in shown[meeting.get_absolute_url()][1]


@pytest.mark.parametrize("outcome", ["rejected", "unpublished"])
def test_the_outcome_links_of_a_meeting_do_not_narrow_hidden_results(client, world, outcome):
    meeting = make.make_meeting(results_published_at=None)
    for _n in range(8):
        make.make_item(meeting=meeting, outcome=Outcome.REJECTED)
    path = meeting.get_absolute_url()
    assert client.get(f"{path}?outcome={outcome}").content == client.get(path).content


def test_hidden_results_are_not_found_by_the_filters_of_the_register(client, world):
    meeting = make.make_meeting(chamber=world.chamber, results_published_at=None)
    make.make_item(meeting=meeting, title=SECRET, outcome=Outcome.REJECTED)
    for query in ("outcome=rejected", "q=مكتوم", f"chamber={world.chamber.slug}"):
        assert SECRET not in client.get(f"/decisions/?{query}").content.decode()


def test_a_stage_that_is_not_public_is_not_found_by_the_filter_of_stages(client, world):
    meeting = make.make_meeting(results_published_at=None)
    agreement = make.make_agreement(title=SECRET)
    make.make_step(agreement=agreement, agenda_item=make.make_item(meeting=meeting), stage="rejected")
    assert SECRET not in client.get("/agreements/?stage=rejected").content.decode()


def test_a_proposal_shows_with_the_agenda_before_the_results(client):
    meeting = make.make_meeting(results_published_at=None)
    agreement = make.make_agreement(title=SECRET)
    make.make_step(agreement=agreement, agenda_item=make.make_item(meeting=meeting), stage="proposed")
    assert SECRET in client.get("/agreements/?stage=proposed").content.decode()


@pytest.mark.parametrize(("results", "named"), [(None, False), (TOMORROW, False), (make.PAST, True)])
def test_who_was_elected_is_named_with_the_results_only(client, results, named):
    meeting = make.make_meeting(results_published_at=results)
    item = make.make_item(
        meeting=meeting, kind="election", concerned=make.make_person(), concerned_office="رئيس الغرفة"
    )
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert (item.concerned.name in page) is named
    assert item.concerned_office in page


def test_who_is_to_be_removed_is_named_with_the_agenda(client):
    meeting = make.make_meeting(results_published_at=None)
    item = make.make_item(meeting=meeting, kind="removal", concerned=make.make_person())
    assert item.concerned.name in client.get(meeting.get_absolute_url()).content.decode()
