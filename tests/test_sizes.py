"""What a reader's phone has to fetch stays small: style sheet, scripts, fonts, icons and every type of page.

Sizes are those on the wire: gzip for text, as WhiteNoise and the proxy send it. tests/browser/test_first_load.py adds
up what one visit really asks for.
"""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.pages import PAGES
from tests.states import LONG_TITLE, session_of_forty

STATIC = Path(__file__).resolve().parent.parent / "static"
KB = 1024
ADMIN_ONLY = {"admin.js", "copy_link.js", "richtext.js"}


def gzipped(content):
    return len(gzip.compress(content, 9, mtime=0))


class Elements(HTMLParser):
    """Counts the elements of a page."""

    def __init__(self, markup):
        super().__init__()
        self.count = 0
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.count += 1


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder of static files as `collectstatic` makes it for a production site."""
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("static")
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "config.storage.BundledStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def test_the_style_sheet_is_one_file_of_at_most_12_kb(collected):
    (sheet,) = collected.glob("css/site.*.css")
    assert "@import" not in sheet.read_text("utf-8")
    assert gzipped(sheet.read_bytes()) <= 12 * KB


@pytest.mark.parametrize("name", ["pictures", "print_view"])
def test_the_sheet_of_a_few_pages_is_at_most_3_kb(collected, name):
    (sheet,) = collected.glob(f"css/{name}.*.css")
    assert "@import" not in sheet.read_text("utf-8")
    assert gzipped(sheet.read_bytes()) <= 3 * KB


def test_all_scripts_for_readers_are_at_most_6_kb_together():
    scripts = [path for path in STATIC.glob("js/**/*.js") if path.name not in ADMIN_ONLY]
    assert sum(gzipped(path.read_bytes()) for path in scripts) <= 6 * KB


def test_fonts_are_at_most_130_kb_together():
    assert sum(path.stat().st_size for path in STATIC.glob("fonts/*.woff2")) <= 130 * KB


def test_the_star_is_under_500_bytes():
    assert (STATIC / "img" / "star.svg").stat().st_size < 500


def test_the_star_is_at_most_three_times_on_a_page(db, client):
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)
    counts = {
        path: len(re.findall(r"icons\.svg#star\b|/star\.svg", client.get(path).content.decode())) for path in PAGES
    }
    # Once more for the icon of the window.
    assert {path: n for path, n in counts.items() if n > 4} == {}


def test_pages_are_at_most_15_kb_and_1500_elements(db, client):
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)
    heavy = []
    for path in PAGES:
        content = client.get(path).content
        size, elements = gzipped(content), Elements(content.decode()).count
        if size > 15 * KB or elements > 1500:
            heavy.append(f"{path}: {size / KB:.1f} kB, {elements} elements")
    assert heavy == []


def test_a_session_of_forty_items_is_at_most_60_kb(db, client):
    meeting = session_of_forty()
    content = client.get(meeting.get_absolute_url()).content
    assert content.decode().count('id="item-') == 40
    assert LONG_TITLE in content.decode()
    assert gzipped(content) <= 60 * KB
