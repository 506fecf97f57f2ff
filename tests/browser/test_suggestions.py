"""Suggestions under a search box: by keyboard and by mouse, told to whoever listens, and needed by nobody."""

import pytest

from tests import factories as make

DESK = 1280


@pytest.fixture
def box(transactional_db, page_at):
    make.make_article(title="الدبلوماسية الاقتصادية والدبلوم")
    page = page_at(DESK)
    page.goto("/search/")
    return page.locator("#search")


def type_and_wait(box, words):
    box.press_sequentially(words)
    box.page.locator("[role=option]").first.wait_for()


def test_the_box_says_what_it_is(box):
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-controls") == "search-list"
    assert not box.page.locator("#search-list").is_visible()


def test_words_are_taken_by_keyboard(box):
    type_and_wait(box, "الدبلوم")
    options = box.page.locator("[role=option]").all_inner_texts()
    assert "الدبلوماسية" in options
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    current = box.page.locator("[aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == current.get_attribute("id")
    taken = current.inner_text()
    box.press("Enter")
    box.page.wait_for_url("**/search/?q=*")
    assert box.page.locator("#search").input_value() == taken


def test_the_last_is_one_press_up(box):
    type_and_wait(box, "الدبلوم")
    box.press("ArrowUp")
    assert box.page.locator("[role=option]").last.get_attribute("aria-selected") == "true"


def test_escape_closes_the_list_and_keeps_the_words(box):
    type_and_wait(box, "الدبلوم")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "الدبلوم"


def test_words_are_taken_by_mouse(box):
    type_and_wait(box, "الدبلوم")
    taken = box.page.locator("[role=option]").first.inner_text()
    box.page.locator("[role=option]").first.click()
    box.page.wait_for_url("**/search/?q=*")
    assert box.page.locator("#search").input_value() == taken


def test_enter_without_a_choice_searches_what_was_typed(box):
    type_and_wait(box, "الدبلوم")
    box.press("Enter")
    box.page.wait_for_url("**/search/?q=*")
    assert box.page.locator("#search").input_value() == "الدبلوم"
