"""Every component in every state, on the page that shows them all: roles, contrast, reflow, targets."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_pages import RULES
from tests.browser.test_reflow import CLIPPED, ENLARGED, SMALL_TARGETS, SPACED, WIDER_THAN_WINDOW


@pytest.fixture
def guide(transactional_db, settings):
    """The address of the style guide, open to the tests as to whoever develops."""
    settings.DEBUG = True
    return "/styleguide/"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_any_component(guide, page_at, width, scheme):
    page = page_at(width, color_scheme=scheme)
    page.goto(guide)
    # Style sheets need no second download: the browser has them applied.
    result = Axe().run(page, options={"runOnly": RULES, "preload": False})
    found = [f"{v['id']} {node['html'][:120]}" for v in result.response["violations"] for node in v["nodes"]]
    assert found == [], "\n".join(found)


def test_no_component_scrolls_the_page_sideways_or_clips_its_text(guide, page_at):
    page = page_at(320, height=700)
    page.goto(guide)
    wrong = []

    def look(what):
        if page.evaluate(WIDER_THAN_WINDOW):
            wrong.append(f"{what}: scrolls sideways")
        wrong.extend(f"{what}: clips {box}" for box in page.evaluate(CLIPPED))

    look("at 320 px")
    page.evaluate(SPACED)
    look("with text spacing")
    page.evaluate("() => { document.adoptedStyleSheets = [] }")
    page.set_viewport_size({"width": 640, "height": 700})
    page.evaluate(ENLARGED)
    look("with text twice as large")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("width", [360, 1280])
def test_every_link_and_control_of_a_component_is_24_pixels_high_and_wide(guide, page_at, width):
    page = page_at(width)
    page.goto(guide)
    small = page.evaluate(SMALL_TARGETS)
    assert small == [], "\n".join(small)


def test_the_index_leads_to_each_component_without_javascript(guide, page_at):
    page = page_at(360, js=False)
    page.goto(guide)
    page.locator(".guide-index a", has_text="شريط النتائج").click()
    place = page.locator("#outcomes-bar").bounding_box()
    assert -1 <= place["y"] < 300
