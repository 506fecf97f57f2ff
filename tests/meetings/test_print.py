"""The page of a meeting for paper: nothing folded, and nothing that the meeting's own page keeps back."""

from datetime import UTC, datetime

import pytest

from tests import factories as make
from tests.pages import badges, get, hrefs, item, main_of, section

pytestmark = pytest.mark.django_db

FAR_AHEAD = datetime(2099, 1, 1, tzinfo=UTC)


def print_of(meeting):
    return f"/meetings/{meeting.url_year}/{meeting.slug}/print/"


@pytest.mark.parametrize(
    "fields", [{"state": "draft", "published_at": None}, {"published_at": FAR_AHEAD}], ids=["draft", "scheduled"]
)
def test_what_is_not_public_has_no_print(client, fields):
    assert client.get(print_of(make.make_meeting(**fields))).status_code == 404


def test_withdrawn_meeting_says_so(client):
    meeting = make.make_meeting(state="withdrawn", withdrawal_reason="نشرت مرتين")
    assert "نشرت مرتين" in get(client, print_of(meeting), 410)


def test_results_wait_for_their_publication(client):
    meeting = make.make_meeting(results_published_at=None)
    make.make_item(
        meeting=meeting, title="ميزانية السنة", outcome="rejected", votes_for=37, outcome_as_printed="لم يصادق عليها"
    )
    found = get(client, print_of(meeting))
    assert "ميزانية السنة" in found
    assert badges(found) == ["held", "unpublished"]
    assert "37" not in section(found, "agenda")
    assert "لم يصادق عليها" not in found


def test_agenda_waits_for_its_publication(client):
    meeting = make.make_meeting(agenda_published_at=None)
    make.make_item(meeting=meeting, title="ميزانية السنة")
    assert "ميزانية السنة" not in get(client, print_of(meeting))


def test_hidden_person_is_not_named(client):
    meeting = make.make_meeting()
    make.make_attendance(meeting=meeting, person=make.make_person(name="زيد المستتر", state="draft"))
    assert "زيد المستتر" not in get(client, print_of(meeting))


def test_search_engines_are_sent_to_the_meeting(client):
    meeting = make.make_meeting(url_year=2024, slug="octobre")
    found = get(client, print_of(meeting))
    assert '<meta name="robots" content="noindex' in found
    assert '<link rel="canonical" href="http://testserver/meetings/2024/octobre/">' in found


def test_meeting_leads_to_its_print(client):
    meeting = make.make_meeting(url_year=2024, slug="octobre")
    assert "/meetings/2024/octobre/print/" in hrefs(main_of(get(client, meeting.get_absolute_url())))


def test_item_shows_its_outcome_votes_text_and_papers(client):
    meeting = make.make_meeting()
    row = make.make_item(
        meeting=meeting, outcome="adopted", votes_for=62, votes_against=3, text="نص المقرر كما ورد", title="عقد برنامج"
    )
    make.make_document(meeting=meeting, agenda_item=row, title="مشروع العقد")
    found = item(get(client, print_of(meeting)), row.position)
    assert badges(found) == ["adopted"]
    for words in ["62", "نص المقرر كما ورد", "مشروع العقد"]:
        assert words in found


def test_every_part_of_the_meeting_is_there(client):
    meeting = make.make_meeting(report="سارت الأشغال في هدوء.")
    make.make_talk(meeting=meeting, title="عرض حول التكوين")
    make.make_recommendation(meeting=meeting, text="الإسراع بالأشغال")
    make.make_attendance(meeting=meeting, office="عامل الإقليم")
    make.make_document(meeting=meeting, title="محضر الدورة")
    make.make_meeting_citation(meeting=meeting, field="venue", value="دار الصانع", is_followed=False)
    make.make_meeting_citation(meeting=meeting, source=make.make_source(title="بلاغ الغرفة"))
    found = get(client, print_of(meeting))
    for name, words in {
        "course": "سارت الأشغال في هدوء.",
        "talks": "عرض حول التكوين",
        "recommendations": "الإسراع بالأشغال",
        "attendance": "عامل الإقليم",
        "papers": "محضر الدورة",
        "notes": "دار الصانع",
        "sources": "بلاغ الغرفة",
    }.items():
        assert words in section(found, name), name


def test_nothing_is_folded(client):
    meeting = make.make_meeting(status="cancelled")
    for _n in range(20):
        make.make_document(meeting=meeting, agenda_item=make.make_item(meeting=meeting))
    make.make_meeting_citation(meeting=meeting, field="date", value="يوم الإثنين", is_followed=False)
    assert "<details" not in main_of(get(client, print_of(meeting)))


def test_foot_names_chamber_address_and_day(client, time_machine):
    time_machine.move_to(datetime(2026, 3, 5, 10, tzinfo=UTC))
    chamber = make.make_chamber(name="غرفة الصناعة التقليدية لجهة الشرق")
    found = get(client, print_of(make.make_meeting(chamber=chamber, url_year=2024, slug="octobre")))
    foot = found[found.index('class="colophon"') :]
    for words in [
        "غرفة الصناعة التقليدية لجهة الشرق",
        ">http://testserver/meetings/2024/octobre/<",
        "طُبعت في 5 مارس 2026",
    ]:
        assert words in foot
