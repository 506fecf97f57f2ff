"""What JavaScript adds, and that every page works without it; and that text does not jump when its fonts come."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from tests import factories as make

PHONE, DESK = 360, 1280
MOST_SHIFT = 0.02

MEETING = "/meetings/2024/octobre/"


@pytest.fixture
def meeting(transactional_db):
    """A session of thirty items, whose page is far longer than a window and has a list to jump by."""
    chamber = make.make_chamber(slug="artisanat-oriental", regions=[make.make_region()])
    meeting = make.make_meeting(chamber=chamber, url_year=2024, slug="octobre", date=date(2024, 10, 21))
    for n in range(30):
        make.make_item(meeting=meeting, outcome=["adopted", "postponed"][n % 2], text="نص النقطة كما ورد. " * 8)
    return meeting


@pytest.fixture
def archive(meeting):
    """Enough meetings and decisions for two pages of a list."""
    for _n in range(25):
        make.make_meeting(chamber=meeting.chamber)
    return meeting


# --- Disclosures -----------------------------------------------------------------------------------------------------

DISCLOSURES = {
    ".site-menu": "/about/",
    ".filters": "/meetings/",
    ".chamber-bar details": "/chambers/artisanat-oriental/",
}
each_disclosure = pytest.mark.parametrize(("selector", "path"), DISCLOSURES.items(), ids=list(DISCLOSURES))


def is_open(page, selector):
    return page.locator(selector).evaluate("one => one.open")


@each_disclosure
def test_escape_closes_and_gives_the_focus_back(meeting, page_at, selector, path):
    page = page_at(PHONE)
    page.goto(path)
    page.locator(f"{selector} > summary").click()
    page.keyboard.press("Tab")
    assert page.locator(selector).evaluate("one => one.open && one.contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not is_open(page, selector)
    assert page.locator(f"{selector} > summary").evaluate("one => one === document.activeElement")


@each_disclosure
def test_click_elsewhere_closes(meeting, page_at, selector, path):
    page = page_at(PHONE)
    page.goto(path)
    page.locator(f"{selector} > summary").click()
    page.mouse.click(4, 790)  # in the margin, far below what was opened
    assert not is_open(page, selector)


@each_disclosure
def test_click_inside_leaves_open(meeting, page_at, selector, path):
    page = page_at(PHONE)
    page.goto(path)
    page.locator(f"{selector} > summary").click()
    page.locator(selector).evaluate("one => one.lastElementChild.click()")
    assert is_open(page, selector)


@each_disclosure
def test_disclosures_open_and_close_without_javascript(meeting, page_at, selector, path):
    page = page_at(PHONE, js=False)
    page.goto(path)
    page.locator(f"{selector} > summary").click()
    page.locator(f"{selector} a, {selector} select").first.wait_for(state="visible")
    page.locator(f"{selector} > summary").click()
    page.locator(f"{selector} a, {selector} select").first.wait_for(state="hidden")


def test_first_escape_in_a_search_box_leaves_the_filters_open(meeting, page_at):
    page = page_at(PHONE)
    page.goto("/meetings/")
    page.locator(".filters > summary").click()
    box = page.locator(".filters input[name=q]")
    box.evaluate("one => { one.type = 'search' }")
    box.fill("دورة")
    box.press("Escape")
    assert is_open(page, ".filters")


# --- The place on the page -------------------------------------------------------------------------------------------


def scroll_of(page):
    return page.evaluate("scrollY")


def test_filtering_keeps_the_place(archive, page_at):
    page = page_at(DESK)
    page.goto("/meetings/")
    page.locator(".filters select[name=kind]").select_option("ordinary")
    page.evaluate("scrollTo(0, 240)")
    with page.expect_navigation():
        page.locator(".filters form").evaluate("form => form.requestSubmit()")
    assert "kind=ordinary" in page.url
    assert scroll_of(page) == 240


def test_next_page_of_a_list_starts_at_its_results(archive, page_at):
    page = page_at(DESK)
    page.goto("/meetings/")
    with page.expect_navigation():
        page.locator(".pagination a[rel=next]").click()
    top = page.locator("#results").evaluate("one => one.getBoundingClientRect().top")
    assert scroll_of(page) > 0
    assert abs(top) <= 1


def test_next_month_keeps_the_place(archive, page_at):
    page = page_at(PHONE, 400)
    page.goto("/meetings/calendar/2024/10/")
    page.evaluate("scrollTo(0, 150)")
    page.locator("main a[href^='/meetings/calendar/2024/11/']").first.evaluate("one => one.click()")
    page.wait_for_url("**/2024/11/")
    assert scroll_of(page) == 150


def test_another_list_starts_at_its_top(archive, page_at):
    page = page_at(DESK)
    page.goto("/meetings/")
    page.evaluate("scrollTo(0, 240)")
    with page.expect_navigation():
        page.evaluate("document.querySelector('main .rows a').click()")
    assert scroll_of(page) == 0


def test_fragment_wins_over_the_place(archive, page_at):
    page = page_at(DESK)
    page.goto("/meetings/")
    page.evaluate("sessionStorage.setItem('place', JSON.stringify({list: '/meetings/', y: 600, at: Date.now()}))")
    page.goto("/meetings/?kind=ordinary#content")
    assert scroll_of(page) < 300


def test_going_back_is_left_to_the_browser(archive, page_at):
    page = page_at(DESK)
    page.goto("/meetings/")
    page.evaluate("scrollTo(0, 500)")
    page.goto("/about/")
    page.evaluate("sessionStorage.setItem('place', JSON.stringify({list: '/meetings/', y: 10, at: Date.now()}))")
    page.go_back()
    page.wait_for_timeout(200)
    assert scroll_of(page) == 500


def test_forbidden_storage_is_no_error(archive, page_at):
    page = page_at(DESK)
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no') } })")
    page.goto("/meetings/")
    with page.expect_navigation():
        page.locator(".pagination a[rel=next]").click()
    assert "page=2" in page.url


# --- Copy, share, print ----------------------------------------------------------------------------------------------


def test_link_is_copied(meeting, page_at):
    page = page_at(DESK)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{MEETING}?outcome=adopted")
    page.locator(".share [data-act=copy]").click()
    page.get_by_text("نُسخ الرابط").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(MEETING)


def test_link_is_shown_where_it_cannot_be_copied(meeting, page_at):
    page = page_at(DESK)
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(MEETING)
    page.locator(".share [data-act=copy]").click()
    page.locator(".share [role=status]", has_text=MEETING).wait_for()


def test_share_button_needs_a_browser_that_shares(meeting, page_at):
    page = page_at(DESK)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'share', { value: undefined })")
    page.goto(MEETING)
    assert page.locator(".share [data-act=copy]").is_visible()
    assert page.locator(".share [data-act=share]").count() == 0


def test_share_hands_over_title_and_address(meeting, page_at):
    page = page_at(PHONE)
    page.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve() }")
    page.goto(MEETING)
    page.locator(".share [data-act=share]").click()
    shared = page.evaluate("shared")
    assert shared["url"].endswith(MEETING)
    assert meeting.title in shared["title"]


def test_print_button_prints(meeting, page_at):
    page = page_at(DESK)
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(f"{MEETING}print/")
    page.locator(".share [data-act=print]").click()
    assert page.evaluate("printed")


def test_without_javascript_there_are_no_dead_buttons(meeting, page_at):
    page = page_at(DESK, js=False)
    for path in (MEETING, f"{MEETING}print/"):
        page.goto(path)
        assert not page.locator(".share").first.is_visible()
    page.goto(MEETING)
    page.locator(f"a[href='{MEETING}print/']").click()
    assert page.url.endswith("/print/")


# --- Agenda, map, paper ----------------------------------------------------------------------------------------------


def test_jump_list_shows_the_item_being_read(meeting, page_at):
    page = page_at(DESK)
    page.goto(MEETING)
    page.locator(".agenda-side .agenda-jump a[href='#item-20']").click()
    page.locator(".agenda-jump a[href='#item-20'][aria-current]").wait_for()
    assert page.locator(".agenda-jump [aria-current]").count() == 1
    page.locator("#item-9").evaluate("one => one.scrollIntoView()")
    page.locator(".agenda-jump a[href='#item-9'][aria-current]").wait_for()


def test_jump_list_works_without_javascript(meeting, page_at):
    page = page_at(DESK, js=False)
    page.goto(MEETING)
    page.locator(".agenda-side .agenda-jump a[href='#item-20']").click()
    assert page.url.endswith("#item-20")


@pytest.mark.parametrize("part", ["hover", "focus"])
def test_region_in_the_list_is_shown_on_the_map(transactional_db, page_at, part):
    call_command("loaddata", "reference", verbosity=0)
    page = page_at(DESK)
    page.goto("/chambers/")
    link = page.locator("li [data-region='03']").first
    getattr(link, part)()
    assert page.locator("svg [data-region='03'].tied").count() == 1
    assert page.locator(".tied:not([data-region='03'])").count() == 0


def test_printing_opens_what_is_folded(meeting, page_at):
    make.make_meeting_citation(meeting=meeting, field="venue", value="دار الصانع", is_followed=False)
    page = page_at(DESK)
    page.goto(MEETING)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details[open]").count() == 0


# --- Nothing jumps, nothing moves ------------------------------------------------------------------------------------

SHIFTS = """window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.hadRecentInput ? 0 : entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_late_fonts_move_nothing(transactional_db, page_at, width):
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)
    page = page_at(width)
    page.add_init_script(SHIFTS)

    def late(route):
        page.wait_for_timeout(1000)
        route.continue_()

    page.route("**/*.woff2", late)
    for path in [
        "/",
        "/meetings/2024/artisanat-fes-meknes-octobre/",
        "/decisions/",
        "/agreements/",
        "/chambers/ccis-marrakech-safi/",
        "/figures/",
        "/news/2026/5-session-octobre-2024-fes-meknes/",
    ]:
        page.goto(path)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.wait_for_timeout(200)
        assert page.evaluate("shift") <= MOST_SHIFT, path


MOVING = """() => Array.from(document.querySelectorAll("*")).filter((one) => {
  const style = getComputedStyle(one);
  return style.transitionDuration.split(", ").some((time) => time !== "0s") || style.animationName !== "none"
    || style.scrollBehavior === "smooth";
}).length"""


def test_nothing_moves_where_less_motion_is_asked_for(archive, page_at):
    page = page_at(DESK)
    page.emulate_media(reduced_motion="reduce")
    for path in ("/", "/meetings/", MEETING, "/chambers/artisanat-oriental/"):
        page.goto(path)
        assert page.evaluate(MOVING) == 0, path


# --- Colours that the reader chose -----------------------------------------------------------------------------------

# The colour of the line below each link of the main navigation, and the one of the link to the present section.
LINES = """() => Array.from(document.querySelectorAll(".site-nav a"))
  .map((link) => [link.hasAttribute("aria-current"), getComputedStyle(link).borderBlockEndColor])"""


def forced(page_at, path):
    page = page_at(DESK)
    page.emulate_media(forced_colors="active")
    page.goto(path)
    return page


def test_present_section_is_told_in_forced_colours(archive, page_at):
    lines = forced(page_at, "/meetings/").evaluate(LINES)
    present = {colour for is_present, colour in lines if is_present}
    others = {colour for is_present, colour in lines if not is_present}
    assert len(present) == len(others) == 1
    assert present != others


@pytest.mark.time_machine(datetime(2024, 10, 21, 9, tzinfo=UTC))
def test_today_is_told_in_forced_colours(archive, page_at):
    page = forced(page_at, "/meetings/calendar/2024/10/")
    assert page.locator("td.today").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_badges_have_an_edge_and_a_picture_in_forced_colours(archive, page_at):
    page = forced(page_at, MEETING)
    for badge in page.locator(".badge").all():
        assert badge.evaluate("one => getComputedStyle(one).borderTopStyle") in ("solid", "dashed", "double")
        assert badge.locator("svg").count() == 1


def test_buttons_have_an_edge_and_focus_a_ring_in_forced_colours(archive, page_at):
    page = forced(page_at, f"{MEETING}print/")
    button = page.locator(".share [data-act=copy]")
    assert button.evaluate("one => getComputedStyle(one).borderTopWidth") == "1px"
    page.keyboard.press("Tab")
    ring = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "solid 3px" in ring
