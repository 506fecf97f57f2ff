"""Each component is one template, closed to what stands around it, and one sheet of the same name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
CSS = ROOT / "static" / "css"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
SHEETS = sorted((CSS / "components").glob("*.css"))
# The parts that pages are made of.
PARTS = [
    "skip_links",
    "site_header",
    "site_menu",
    "breadcrumb",
    "chamber_header",
    "chamber_bar",
    "search_box",
    "filter_panel",
    "filter_chips",
    "results_line",
    "meeting_row",
    "meeting_card",
    "badge",
    "facts",
    "notice",
    "agenda",
    "votes",
    "document_row",
    "talk",
    "person_card",
    "track",
    "calendar",
    "pagination",
    "article_body",
    "register",
    "stat_tile",
    "export_bar",
    "empty_state",
    "form_error",
    "site_footer",
]
# The home page is no component; what it alone needs stands with them.
SHARED_SHEETS = {"home"}
# Rows that views have fetched along with the record, so that reading them asks the database nothing.
FETCHED_ALONG = {"person.memberships.all"}

named = pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_pages_is_a_component(part):
    assert (TEMPLATES / "components" / f"{part}.html").is_file()
    assert (CSS / "components" / f"{part}.css").is_file()


@named
def test_a_component_opens_with_a_comment_that_says_what_it_is(path):
    said = re.match(r"\{% comment %\}(.+?)\{% endcomment %\}", path.read_text("utf-8"), re.DOTALL)
    assert said
    assert len(said[1]) > 20


@named
def test_a_component_asks_the_database_nothing(path):
    asks = re.compile(r"\b[\w.]+\.(?:all|exists|objects|order_by|[a-z]+_set)\b(?!=)")
    inside = " ".join(re.findall(r"\{[{%].*?[}%]\}", path.read_text("utf-8")))
    assert set(asks.findall(inside)) <= FETCHED_ALONG


@named
def test_a_component_is_used_somewhere(path):
    users = [page for page in TEMPLATES.rglob("*.html") if f'"components/{path.name}"' in page.read_text("utf-8")]
    assert users


def test_whatever_is_included_sees_only_what_it_is_given():
    open_ones = [
        f"{page.relative_to(TEMPLATES)}: {tag}"
        for page in TEMPLATES.rglob("*.html")
        if "admin" not in page.parts
        for tag in re.findall(r"\{% include .*?%\}", page.read_text("utf-8"))
        if not tag.endswith(" only %}")
    ]
    assert open_ones == []


def test_every_sheet_has_a_template_of_its_name():
    assert {path.stem for path in SHEETS} - {path.stem for path in COMPONENTS} == SHARED_SHEETS


def test_every_sheet_is_gathered_once_and_in_order():
    gathered = [
        re.findall(r'@import url\("components/([\w]+)\.css"\)', (CSS / entry).read_text("utf-8"))
        for entry in ("site.css", "pictures.css")
    ]
    assert all(names == sorted(names) for names in gathered)
    assert sorted(name for names in gathered for name in names) == [path.stem for path in SHEETS]
