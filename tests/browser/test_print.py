"""On paper: few sheets, nothing cut off, no colour needed, nothing to press."""

import re

import pytest
from django.core.management import call_command

from tests import factories as make

# A4 and its margins of 18 mm, in CSS pixels.
PAPER_WIDTH, PAPER_HEIGHT, MARGIN = 794, 1123, 68
MOST_PAGES = 8
PAGES = [
    "/",
    "/about/",
    "/chambers/",
    "/chambers/artisanat-fes-meknes/",
    "/meetings/",
    "/meetings/2024/artisanat-fes-meknes-octobre/",
    "/meetings/2024/artisanat-fes-meknes-octobre/print/",
    "/meetings/calendar/2025/10/",
    "/decisions/",
    "/agreements/",
    "/agreements/2024/3-exposition-permanente-fes/",
    "/news/2026/5-session-octobre-2024-fes-meknes/",
    "/people/1/",
    "/documents/",
]

# Elements whose text is wider than they are, or that reach past the edge of the sheet. Left out is what is cut off on
# purpose: words for screen readers, and the dots between parts of a line where the line begins.
CUT_OFF = """(margin) => {
  document.body.style.marginInline = `${margin}px`;
  const sheet = document.body.getBoundingClientRect();
  return Array.from(document.querySelectorAll("body *"))
    .filter((one) => one.checkVisibility() && !one.closest("svg, .dots, .visually-hidden, .words"))
    .filter((one) => {
      const box = one.getBoundingClientRect();
      const clips = getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
      return clips || box.left < sheet.left - 1 || box.right > sheet.right + 1;
    })
    .map((one) => one.outerHTML.slice(0, 120));
}"""

# The colours of all text, once each.
COLOURS = """() => Array.from(new Set(Array.from(document.querySelectorAll("body *"))
  .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden"))
  .filter((one) => Array.from(one.childNodes).some((node) => node.nodeType === 3 && node.data.trim()))
  .map((one) => getComputedStyle(one).color)))"""

TO_PRESS = "nav, form, button, .button, summary .icon"


@pytest.fixture
def site(transactional_db):
    """The portal with all its records, where the tests' server sees them."""
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)


@pytest.fixture
def long_session(transactional_db):
    """A session of forty items, each with its votes, its words and a paper, and of sixty members."""
    meeting = make.make_meeting(report="افتُتحت الدورة في موعدها.\n\n" * 4, url_year=2024, slug="longue")
    person = make.make_person(name="عبد الرحمان بن عبد السلام")
    for n in range(40):
        row = make.make_item(
            meeting=meeting,
            title=f"الدراسة والمصادقة على مشروع اتفاقية شراكة رقم {n} من أجل تأهيل الفضاءات المهنية بأقاليم الجهة",
            outcome=["adopted", "adopted_as_amended", "postponed", "rejected", ""][n % 5],
            votes_for=62,
            votes_against=3,
            votes_abstained=1,
            presenter=person,
        )
        make.make_document(meeting=meeting, agenda_item=row, title=f"مشروع الاتفاقية رقم {n}")
    for n in range(60):
        make.make_attendance(meeting=meeting, person=make.make_person(name=f"عضو الجمعية العامة {n}"), role="member")
    for n in range(5):
        make.make_talk(meeting=meeting, title=f"عرض {n}", person=person, summary="قدم معطيات القطاع. " * 10)
        make.make_recommendation(meeting=meeting, text=f"الإسراع بإنجاز المشروع رقم {n} وإخبار الجمعية بتقدمه")
    return meeting


def on_paper(page_at, path):
    page = page_at(PAPER_WIDTH, PAPER_HEIGHT, js=False)
    page.emulate_media(media="print")
    page.goto(path)
    return page


def sheets(page):
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_session_of_forty_items_fills_eight_sheets_at_most(long_session, page_at):
    page = on_paper(page_at, "/meetings/2024/longue/print/")
    assert page.locator("main ol.print-items > li").count() == 40
    assert page.evaluate(CUT_OFF, MARGIN) == []
    assert sheets(page) <= MOST_PAGES


def test_pages_are_whole_on_paper(site, page_at):
    page = on_paper(page_at, "/")
    for path in PAGES:
        page.goto(path)
        assert page.evaluate(CUT_OFF, MARGIN) == [], path


def test_pages_need_no_colour_on_paper(site, page_at):
    """Every letter is grey or black, and dark enough to read on white: 4.5 to 1 is #767676."""
    make.make_meeting(url_year=2024, slug="reportee", status="postponed")
    page = on_paper(page_at, "/")
    for path in [*PAGES, "/meetings/2024/reportee/", "/meetings/2024/reportee/print/", "/figures/"]:
        page.goto(path)
        for colour in page.evaluate(COLOURS):
            red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
            assert red == green == blue <= 0x76, f"{path}: {colour}"


def test_pages_have_nothing_to_press_on_paper(site, page_at):
    page = on_paper(page_at, "/")
    for path in PAGES:
        page.goto(path)
        shown = [one for one in page.locator(TO_PRESS).all() if one.is_visible()]
        assert [one.evaluate("one => one.outerHTML.slice(0, 100)") for one in shown] == [], path


def test_pages_name_their_address_on_paper(site, page_at):
    page = on_paper(page_at, "/decisions/")
    assert page.locator(".print-only").is_visible()
    assert page.locator(".print-only").inner_text().endswith("/decisions/")


def test_folded_notes_are_open_on_paper(transactional_db, page_at):
    meeting = make.make_meeting(url_year=2024, slug="octobre")
    make.make_meeting_citation(meeting=meeting, field="venue", value="دار الصانع بالمدينة", is_followed=False)
    page = on_paper(page_at, "/meetings/2024/octobre/")
    assert page.get_by_text("دار الصانع بالمدينة").is_visible()


def test_registers_are_tables_on_paper(site, page_at):
    page = on_paper(page_at, "/decisions/")
    table = page.locator("table.register")
    assert table.evaluate("one => getComputedStyle(one).display") == "table"
    assert table.locator("thead").evaluate("one => getComputedStyle(one).display") == "table-header-group"
