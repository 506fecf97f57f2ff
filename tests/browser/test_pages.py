"""What only a browser can tell of every type of page, and of the ways between them, on the real records."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from tests.pages import PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def site(transactional_db):
    """The portal with all its records, where the tests' server sees them."""
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_page(site, page_at, width):
    page = page_at(width)
    found = []
    for path in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        # By night only colours differ, and without motion they do so at once.
        for scheme, rules in (("light", RULES), ("dark", {"type": "rule", "values": ["color-contrast"]})):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            # Style sheets need no second download: the browser has them applied.
            result = Axe().run(page, options={"runOnly": rules, "preload": False})
            places = [(v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]]
            found += [f"{path} {scheme}: {rule} {html}" for rule, html in places]
    assert found == []


def test_home_to_a_decision_and_back_by_keyboard_without_javascript(site, page_at):
    # With JavaScript off in the page, what has the focus is still asked through the browser itself.
    page = page_at(1280, js=False)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#content"
    for _ in range(60):
        page.keyboard.press("Tab")
        href = page.locator(":focus").get_attribute("href") or ""
        if "#item-" in href:
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/meetings/**#item-*")
    item = page.locator(".agenda > li:target")
    assert item.locator(".badge").count() == 1
    page.go_back()
    assert page.locator("h1").inner_text() == "ماذا قررت الغرف المهنية في جهتك؟"


def test_the_menu_opens_by_keyboard_on_a_phone(site, page_at):
    page = page_at(360, js=False)
    page.goto("/")
    menu = page.locator(".site-menu summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.locator(".site-menu nav a").first.wait_for(state="visible")
    page.locator(".site-menu nav").get_by_role("link", name="الأخبار").click()
    page.wait_for_url("**/news/")


def test_filters_narrow_a_list_and_a_chip_takes_one_back(site, page_at):
    page = page_at(1280, js=False)
    page.goto("/decisions/")
    before = page.locator(".register tbody tr").count()
    page.select_option("select[name=family]", "sea_fisheries")
    page.select_option("select[name=outcome]", "adopted")
    page.get_by_role("button", name="تطبيق").click()
    page.wait_for_url("**family=sea_fisheries**")
    # 25 March 2019 adopted three items, 15 March 2019 adopted three as well.
    assert page.locator(".register tbody tr").count() == 6
    chips = page.locator(".chips li a:not(.clear)")
    assert chips.count() == 2
    chips.filter(has_text="المصادقة").click()
    page.wait_for_load_state()
    assert "outcome" not in page.url
    assert 6 < page.locator(".register tbody tr").count() < before


def test_filters_open_on_a_phone_without_javascript(site, page_at):
    page = page_at(360, js=False)
    page.goto("/meetings/")
    assert not page.locator("select[name=kind]").is_visible()
    page.locator(".filters summary").click()
    page.select_option("select[name=kind]", "training_day")
    page.get_by_role("button", name="تطبيق").click()
    page.wait_for_url("**kind=training_day**")
    assert page.locator("h3.title").all_inner_texts() == ["يوم تكويني للجمعيات والتمثيليات المهنية بملحقة آسفي"]


def test_a_wrong_day_is_named_at_its_field(site, page_at):
    page = page_at(1280)
    page.goto("/meetings/?from=2024-13-45&family=crafts")
    assert page.locator(".field.has-error input").get_attribute("name") == "from"
    assert page.locator(".form-error a").get_attribute("href") == "#id_from"
    assert page.locator(".chips li").count() == 2


def test_the_calendar_leads_from_month_to_month_and_to_the_meeting(site, page_at):
    page = page_at(360, js=False)
    page.goto("/meetings/calendar/2025/9/")
    page.get_by_role("link", name="الشهر الموالي").click()
    page.wait_for_url("**/2025/10/")
    assert "أكتوبر 2025" in page.locator("h1").inner_text()
    page.locator(".calendar td a", has_text="29").click()
    page.wait_for_url("**/meetings/2025/artisanat-tanger-tetouan-al-hoceima-octobre/")


def test_an_empty_month_leads_to_the_nearest_with_meetings(site, page_at):
    page = page_at(360, js=False)
    page.goto("/meetings/calendar/2025/11/")
    page.get_by_role("link", name="أكتوبر 2025").first.click()
    page.wait_for_url("**/2025/10/")


@pytest.mark.smoke
def test_a_meeting_shows_its_agenda_and_outcomes(site, page):
    page.goto("/meetings/2024/artisanat-fes-meknes-octobre/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar-MA"
    outcomes = [badge.strip() for badge in page.locator(".agenda .badge").all_inner_texts()]
    assert outcomes == ["صودق عليها"] * 7 + ["عُرضت دون تصويت"] * 2 + ["صودق عليها"]


def test_the_arabic_face_is_the_portals_own(site, page):
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('400 17px \"IBM Plex Sans Arabic\"', 'غرفة')")
    faces = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length")
    assert faces >= 2


def test_a_printed_meeting_has_no_navigation(site, page):
    page.goto("/meetings/2024/artisanat-fes-meknes-octobre/")
    page.emulate_media(media="print")
    assert not page.locator(".site-header").is_visible()
    assert page.locator(".agenda").is_visible()
