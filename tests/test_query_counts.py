"""How many queries a page costs: few, and the same for small and large records, for near and far pages."""

import gzip
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from chambers.models import Annex, Body, Chamber, Membership, Organisation, Person, Project
from meetings.models import (
    AgendaItem,
    Agreement,
    AgreementParty,
    AgreementStep,
    Attendance,
    Document,
    Meeting,
    MeetingCitation,
    ProjectNote,
    Recommendation,
    Sitting,
    Talk,
)
from publishing import exports
from publishing.models import Source
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

MOST_FOR_A_LIST, MOST_FOR_A_RECORD = 8, 12
PUBLIC = {"state": "published", "published_at": make.PAST}
LISTS = [
    "/chambers/", "/meetings/", "/decisions/", "/agreements/", "/news/", "/people/", "/offices/", "/organisations/",
    "/projects/", "/documents/", "/meetings/calendar/2024/10/",
]  # fmt: skip
SECTIONS = ["meetings", "decisions", "agreements", "news", "people", "offices", "documents"]


def cost(client, path):
    """Return how many queries ``path`` takes and its content; a first request pays what a connection asks once."""
    client.get("/about/")
    assert connection.features.supports_json_field  # asked of SQLite once, by the first page that needs it
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    return len(queries), content


def bulk(model, rows):
    return model.objects.bulk_create(model(**row) for row in rows)


class Archive:
    """A chamber with ``size`` rows of every kind, each with what its line in a list shows."""

    def __init__(self, size, start=0):
        region = make.make_region()
        self.chamber = make.make_chamber(regions=[region])
        number = range(start + 1, start + size + 1)
        chambers = bulk(
            Chamber,
            (
                {"family": "crafts", "name": f"غرفة {n}", "short_name": f"غ {n}", "slug": f"chamber-{n}"}
                for n in number
            ),
        )
        through = Chamber.regions.through
        through.objects.bulk_create(through(chamber=chamber, region=region) for chamber in chambers)
        self.people = bulk(Person, ({"number": n, "name": f"عضو {n}", **PUBLIC} for n in number))
        body = Body.objects.create(chamber=self.chamber, kind="assembly", name="الجمعية العامة")
        other = Body.objects.create(chamber=chambers[0], kind="bureau", name="المكتب")
        bulk(Membership, ({"person": person, "body": body} for person in self.people))
        bulk(Membership, ({"person": person, "body": other, "is_former": True} for person in self.people))
        bulk(Annex, ({"chamber": self.chamber, "name": f"ملحقة {n}"} for n in number))
        self.organisations = bulk(
            Organisation, ({"number": n, "name": f"مؤسسة {n}", "kind": "company", **PUBLIC} for n in number)
        )
        bulk(Project, ({"number": n, "name": f"مشروع {n}", "chamber": self.chamber, **PUBLIC} for n in number))
        self.meetings = bulk(
            Meeting,
            (
                {
                    "chamber": self.chamber, "title": f"دورة {n}", "slug": f"meeting-{n}", "url_year": 2024,
                    "date": date(2024, 10, 1) + timedelta(days=n % 30), "status": "held",
                    "agenda_published_at": make.PAST, "results_published_at": make.PAST, **PUBLIC,
                }
                for n in number
            ),
        )  # fmt: skip
        items = bulk(
            AgendaItem,
            (
                {"meeting": meeting, "position": 1, "title": f"نقطة {n}", "kind": "budget", "outcome": "adopted"}
                for n, meeting in enumerate(self.meetings)
            ),
        )
        agreements = bulk(
            Agreement,
            (
                {
                    "number": n, "title": f"اتفاقية {n}", "url_year": 2024, "lead_chamber": self.chamber,
                    "amount": n, **PUBLIC,
                }
                for n in number
            ),
        )  # fmt: skip
        pairs = list(zip(agreements, self.organisations, items, strict=True))
        bulk(AgreementParty, ({"agreement": a, "organisation": o, "position": 1} for a, o, _item in pairs))
        bulk(AgreementParty, ({"agreement": a, "chamber": chambers[0], "position": 2} for a, _o, _item in pairs))
        bulk(
            AgreementStep,
            ({"agreement": a, "agenda_item": i, "position": 1, "stage": "adopted"} for a, _o, i in pairs),
        )
        source = make.make_source()
        bulk(
            Article,
            (
                {
                    "number": n, "title": f"خبر {n}", "url_year": 2024, "lede": "ملخص", "source": source,
                    "lead_chamber": self.chamber, **PUBLIC,
                }
                for n in number
            ),
        )  # fmt: skip
        bulk(
            Document,
            (
                {
                    "number": n, "title": f"محضر {n}", "kind": "minutes", "chamber": self.chamber, "meeting": meeting,
                    **PUBLIC,
                }
                for n, meeting in zip(number, self.meetings, strict=True)
            ),
        )  # fmt: skip


def add_coming(chamber, size):
    day = timezone.localdate() + timedelta(days=3)
    bulk(
        Meeting,
        (
            {
                "chamber": chamber, "title": f"مقبلة {n}", "slug": f"coming-{n}", "url_year": 2026, "date": day,
                "status": "scheduled", **PUBLIC,
            }
            for n in range(size)
        ),
    )  # fmt: skip


@pytest.fixture(params=[10, 300])
def archive(request):
    return Archive(request.param)


# Lists: what a list costs is written out, so that a test of ten rows and one of three hundred hold the same number.

EXPECTED = {
    "/chambers/": 7,
    "/meetings/": 6,
    "/decisions/": 5,
    "/agreements/": 7,
    "/news/": 6,
    "/people/": 6,
    "/offices/": 5,
    "/organisations/": 3,
    "/projects/": 5,
    "/documents/": 5,
    "/meetings/calendar/2024/10/": 5,
}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_for_ten_rows_and_three_hundred(client, archive, path):
    found, _content = cost(client, path)
    assert found == EXPECTED[path]
    assert found <= MOST_FOR_A_LIST


EXPECTED_SECTIONS = {
    "meetings": 6, "decisions": 5, "agreements": 7, "news": 6, "people": 7, "offices": 5, "documents": 5,
}  # fmt: skip


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_of_a_chamber_costs_the_same_for_ten_rows_and_three_hundred(client, archive, section):
    found, _content = cost(client, f"{archive.chamber.get_absolute_url()}{section}/")
    assert found == EXPECTED_SECTIONS[section]
    assert found <= MOST_FOR_A_LIST


# What is asked of a list, once more for the row of the chamber that the filter names.
EXPECTED_FORMATS = {
    "/feeds/meetings.xml": 2,
    "/feeds/decisions.xml": 2,
    "/feeds/agreements.xml": 3,
    "/feeds/news.xml": 2,
    "/meetings/calendar.ics": 2,
    "/meetings/export.csv": 3,
    "/decisions/export.csv": 3,
    "/agreements/export.csv": 4,
    "/news/export.csv": 3,
    "/documents/export.csv": 3,
    "/people/export.csv": 4,
}


@pytest.mark.parametrize("path", EXPECTED_FORMATS)
def test_another_format_of_a_list_costs_the_same_for_ten_rows_and_three_hundred(client, archive, path):
    add_coming(archive.chamber, 10)
    found, _content = cost(client, f"{path}?chamber={archive.chamber.slug}")
    assert found == EXPECTED_FORMATS[path]
    assert found <= MOST_FOR_A_LIST


def test_a_table_costs_the_same_for_each_piece(client, monkeypatch):
    monkeypatch.setattr(exports, "ROWS_AT_ONCE", 100)
    Archive(300)
    found, content = cost(client, "/agreements/export.csv")
    # The keys; then, for each hundred, the rows and the parties.
    assert found == 1 + 3 * 2
    assert content.count(b"\r\n") == 301


EXPECTED_MAPS = {
    "": 8, "-pages": 0, "-chambers": 2, "-meetings": 2, "-agreements": 2, "-documents": 2, "-news": 2, "-people": 2,
    "-organisations": 2, "-projects": 2,
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED_MAPS)
def test_a_map_of_the_site_costs_the_same_for_ten_rows_and_three_hundred(client, archive, name):
    assert cost(client, f"/sitemap{name}.xml")[0] == EXPECTED_MAPS[name]


def test_home_costs_the_same_for_ten_rows_and_three_hundred(client, archive):
    assert cost(client, "/")[0] == 11


def test_the_overview_of_a_chamber_costs_the_same_for_ten_rows_and_three_hundred(client, archive):
    assert cost(client, archive.chamber.get_absolute_url())[0] == 12


def test_coming_meetings_cost_nothing_more(client, archive):
    before, _content = cost(client, "/meetings/")
    add_coming(archive.chamber, 90)
    assert cost(client, "/meetings/")[0] == before


@pytest.mark.parametrize("path", ["/meetings/", "/decisions/", "/agreements/", "/people/", "/documents/", "/news/"])
def test_a_far_page_of_two_thousand_rows_costs_what_the_second_does(client, path):
    Archive(2000)
    second, _content = cost(client, f"{path}?page=2")
    far, _content = cost(client, f"{path}?page=100")
    assert far == second <= MOST_FOR_A_LIST


def test_a_far_page_fetches_no_row_it_does_not_show(client):
    Archive(200)
    with CaptureQueriesContext(connection) as queries:
        client.get("/meetings/?page=9")
    skipping = [query["sql"] for query in queries if "OFFSET" in query["sql"]]
    assert len(skipping) == 1
    assert "summary" not in skipping[0]


@pytest.mark.parametrize(
    "query",
    ["family=crafts&kind=ordinary&status=held&from=2024-01-01&to=2024-12-31&q=دورة", "kind=unknown&from=2024-13-45"],
)
def test_filters_cost_no_more_than_a_list_may(client, query):
    archive = Archive(30)
    path = f"/meetings/?chamber={archive.chamber.slug}&{query}"
    client.get("/about/")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) <= MOST_FOR_A_LIST


# Records


def large_meeting(items, attendances):
    chamber = make.make_chamber()
    organisation, person = make.make_organisation(), make.make_person()
    earlier = make.make_item(meeting=make.make_meeting(chamber=chamber, date=date(2023, 1, 9)))
    meeting = make.make_meeting(chamber=chamber, body=make.make_body(chamber=chamber), term=make.make_term())
    later = make.make_meeting(chamber=chamber, date=date(2024, 12, 9))
    sources = bulk(Source, ({"code": f"s-{n}", "outlet": f"منبر {n}"} for n in range(items)))
    bulk(Sitting, ({"meeting": meeting, "position": n, "status": "no_quorum"} for n in range(min(items, 5))))
    rows = bulk(
        AgendaItem,
        (
            {
                "meeting": meeting, "position": n, "title": f"الدراسة والمصادقة على النقطة رقم {n} من جدول الأعمال",
                "kind": "budget", "outcome": ["adopted", "postponed", "rejected", ""][n % 4], "presenter": person,
                "concerned": person, "takes_up": earlier, "votes_for": 3,
            }
            for n in range(1, items + 1)
        ),
    )  # fmt: skip
    bulk(
        AgendaItem,
        (
            {"meeting": later, "position": n, "title": f"نقطة {n}", "kind": "budget", "takes_up": row}
            for n, row in enumerate(rows)
        ),
    )
    agreements = bulk(
        Agreement, ({"number": n, "title": f"اتفاقية {n}", "url_year": 2024, **PUBLIC} for n in range(1, items + 1))
    )
    bulk(
        AgreementStep,
        (
            {"agreement": agreement, "agenda_item": row, "position": 1, "stage": "adopted"}
            for agreement, row in zip(agreements, rows, strict=True)
        ),
    )
    papers = [
        {"title": f"ملحق {n}", "kind": "budget", "meeting": meeting, "agenda_item": row} for n, row in enumerate(rows)
    ]
    minutes = [
        {"title": f"محضر {n}", "kind": "minutes", "meeting": meeting, "approved_in": later} for n in range(items)
    ]
    bulk(Document, ({"number": n, **PUBLIC, **row} for n, row in enumerate(papers + minutes, 1)))
    people = bulk(Person, ({"number": 1000 + n, "name": f"عضو {n}", **PUBLIC} for n in range(attendances)))
    bulk(
        Attendance,
        (
            {"meeting": meeting, "position": n, "person": one, "organisation": organisation, "role": "member"}
            for n, one in enumerate(people)
        ),
    )
    bulk(
        Talk,
        (
            {"meeting": meeting, "position": n, "person": person, "organisation": organisation, "title": f"عرض {n}"}
            for n in range(items)
        ),
    )
    bulk(Recommendation, ({"meeting": meeting, "position": n, "text": f"توصية {n}"} for n in range(items)))
    projects = bulk(Project, ({"number": n, "name": f"مشروع {n}", **PUBLIC} for n in range(1, items + 1)))
    bulk(
        ProjectNote,
        ({"meeting": meeting, "project": project, "status": "planned", "source": sources[0]} for project in projects),
    )
    fields = ["all", "date", "time", "venue", "chair"]
    bulk(
        MeetingCitation,
        (
            {"meeting": meeting, "source": source, "field": fields[n % 5], "value": "س", "is_followed": False}
            for n, source in enumerate(sources)
        ),
    )
    for _n in range(min(items, 5)):
        make.make_article(meetings=[meeting])
    return meeting


@pytest.mark.parametrize(("items", "attendances"), [(1, 1), (40, 122)])
def test_a_meeting_costs_the_same_small_and_large(client, items, attendances):
    path = large_meeting(items, attendances).get_absolute_url()
    assert cost(client, path)[0] == MOST_FOR_A_RECORD


@pytest.mark.parametrize(("items", "attendances"), [(1, 1), (40, 122)])
def test_the_print_of_a_meeting_costs_what_the_meeting_does(client, items, attendances):
    path = large_meeting(items, attendances).get_absolute_url()
    assert cost(client, f"{path}print/")[0] == MOST_FOR_A_RECORD


def test_a_meeting_of_forty_items_stays_below_sixty_kilobytes(client):
    _found, content = cost(client, large_meeting(40, 122).get_absolute_url())
    assert len(gzip.compress(content)) < 60_000


@pytest.mark.parametrize("path", [*LISTS, "/"])
def test_a_list_stays_below_fifteen_kilobytes(client, path):
    Archive(300)
    _found, content = cost(client, path)
    assert len(gzip.compress(content)) < 15_000


@pytest.mark.parametrize("size", [1, 40])
def test_an_agreement_costs_the_same_small_and_large(client, size):
    chamber, organisation = make.make_chamber(), make.make_organisation()
    project = make.make_project()
    agreement = make.make_agreement(lead_chamber=chamber, project=project)
    meeting = make.make_meeting(chamber=chamber)
    for n in range(size):
        item = make.make_item(meeting=meeting)
        paper = make.make_document(agreement=agreement, chamber=chamber)
        make.make_step(
            agreement=agreement, agenda_item=item, by_organisation=organisation, document=paper,
            source=make.make_source(),
        )  # fmt: skip
        make.make_party(agreement=agreement)
        make.make_party(agreement=agreement, chamber=make.make_chamber())
        make.make_agreement(lead_chamber=chamber, kind="addendum", parent=agreement, addendum_number=n + 1)
        make.make_article(agreements=[agreement], source=make.make_source())
    found, _content = cost(client, agreement.get_absolute_url())
    assert found == 7


@pytest.mark.parametrize("size", [1, 40])
def test_a_person_costs_the_same_small_and_large(client, size):
    person = make.make_person()
    for _n in range(size):
        meeting = make.make_meeting()
        make.make_membership(person=person, body=make.make_body(chamber=meeting.chamber), source=make.make_source())
        make.make_attendance(meeting=meeting, person=person, organisation=make.make_organisation())
        make.make_talk(meeting=meeting, person=person)
        make.make_item(meeting=meeting, concerned=person, outcome="adopted")
    assert cost(client, person.get_absolute_url())[0] == 6


@pytest.mark.parametrize("size", [1, 40])
def test_an_organisation_costs_the_same_small_and_large(client, size):
    organisation = make.make_organisation()
    for _n in range(size):
        meeting, agreement = make.make_meeting(), make.make_agreement()
        meeting.co_organisers.add(organisation)
        make.make_party(agreement=agreement, organisation=organisation)
        make.make_attendance(meeting=meeting, organisation=organisation)
        make.make_talk(meeting=meeting, organisation=organisation, person=make.make_person())
    assert cost(client, organisation.get_absolute_url())[0] == 6


@pytest.mark.parametrize("size", [1, 40])
def test_a_project_costs_the_same_small_and_large(client, size):
    project = make.make_project()
    for _n in range(size):
        meeting = make.make_meeting()
        make.make_project_note(project=project, meeting=meeting, source=make.make_source())
        agreement = make.make_agreement(project=project)
        make.make_party(agreement=agreement)
        make.make_article(projects=[project])
    assert cost(client, project.get_absolute_url())[0] == 5


@pytest.mark.parametrize("size", [1, 20])
def test_an_article_costs_the_same_small_and_large(client, size):
    chamber = make.make_chamber()
    meetings = [make.make_meeting(chamber=make.make_chamber()) for _n in range(size)]
    for meeting in meetings:
        make.make_item(meeting=meeting, outcome="adopted")
    article = make.make_article(
        lead_chamber=chamber,
        meetings=meetings,
        agreements=[make.make_agreement() for _n in range(size)],
        projects=[make.make_project() for _n in range(size)],
        topics=[make.make_topic() for _n in range(size)],
        chambers=[make.make_chamber() for _n in range(size)],
        source=make.make_source(),
    )
    for _n in range(size):
        make.make_article(lead_chamber=chamber)
    assert cost(client, article.get_absolute_url())[0] == 8


def test_a_document_costs_one_query(client):
    meeting = make.make_meeting()
    document = make.make_document(meeting=meeting, agenda_item=make.make_item(meeting=meeting))
    assert cost(client, document.get_absolute_url())[0] == 1


@pytest.mark.parametrize("path", ["/about/", "/robots.txt"])
def test_a_page_without_records_asks_the_database_nothing(client, path):
    assert cost(client, path)[0] == 0


def test_a_page_that_is_not_there_costs_one_query(client):
    client.get("/about/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/nowhere/")
    assert len(queries) == 1
