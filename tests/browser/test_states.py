"""Every state of every page is free of what axe finds, on a phone by day."""

from datetime import time

from axe_playwright_python.sync_playwright import Axe

from tests import factories as make
from tests.states import TO_COME, all_states, in_days

# As in test_pages.py, where the pages of the real records are tried at more widths and by night.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EMPTY = [
    "/", "/chambers/", "/meetings/", "/decisions/", "/agreements/", "/news/", "/people/", "/offices/",
    "/organisations/", "/projects/", "/documents/", "/meetings/calendar/2024/10/", "/meetings/?status=cancelled",
    "/decisions/?q=سور&outcome=rejected",
]  # fmt: skip


def findings(page, places):
    """Return what axe finds at each of ``places``, from name to path."""
    found = []
    for name, path in places.items():
        page.goto(path)
        # Style sheets need no second download: the browser has them applied.
        result = Axe().run(page, options={"runOnly": RULES, "preload": False})
        found += [f"{name}: {v['id']} {v['nodes'][0]['html'][:120]}" for v in result.response["violations"]]
    return found


def test_axe_finds_nothing_on_any_state(transactional_db, page_at):
    assert findings(page_at(360), all_states()) == []


def test_axe_finds_nothing_on_empty_pages(transactional_db, page_at):
    assert findings(page_at(360), {path: path for path in EMPTY}) == []


def test_axe_finds_nothing_where_several_meetings_are_on_one_day(transactional_db, page_at):
    chamber = make.make_chamber(regions=[make.make_region()])
    for hour in (9, 10, 11):
        make.make_meeting(chamber=chamber, date=in_days(3), time=time(hour), **TO_COME)
    day = in_days(3)
    places = ["/", chamber.get_absolute_url(), "/meetings/", f"/meetings/calendar/{day.year}/{day.month}/"]
    assert findings(page_at(360), {path: path for path in places}) == []
