"""Every type of page and the style sheet are what the standards say, judged by the Nu Html Checker.

The checker is a Java program: `make validator` fetches it once, VNU_JAR names another. Where it or Java is missing
these tests are skipped with a line that says so; with REQUIRE_VALIDATOR=1 they fail.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import get_resolver, resolve

from tests import factories as make
from tests.pages import PAGES

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
HOW_TO_GET_IT = "no Nu Html Checker: make validator fetches it (with npm), or name one: VNU_JAR=/path/to/vnu.jar"
HOW_TO_GET_JAVA = "no Java: install it for the Nu Html Checker (Debian: apt install default-jre-headless)"
# Right, and known to the browsers, but not to the checker's copy of the grammar of CSS.
NEWER_THAN_CHECKER = [
    "“field-sizing”: Property “field-sizing” doesn't exist",
    "The types are incompatible",  # a length in a custom property, inside calc() or min()
]
# Addresses that answer with something else than a page.
NO_PAGES = {
    "articles:card",
    "articles:picture",
    "meetings:calendar_now",
    "meetings:document_file",
    "meetings:ics",
    "portal:card",
    "portal:family_card",
    "portal:meeting_card",
    "portal:opensearch",
    "portal:search_suggest",
    "portal:preview",  # a draft's page is the public one with a banner; tests/portal/test_previews.py compares them
    "portal:preview_file",
    "portal:robots",
    "portal:sitemap",
    "portal:sitemap_index",
    "portal:styleguide",  # none for the public; it has a test of its own
}


def missing(how_to_get_it):
    (pytest.fail if os.environ.get("REQUIRE_VALIDATOR") else pytest.skip)(how_to_get_it)


@pytest.fixture(scope="module")
def errors_in():
    """Return a function from a file or folder, and options of the checker, to the errors in it, one a line."""
    jar = os.environ.get("VNU_JAR", "")
    if not Path(jar).is_file():
        missing(HOW_TO_GET_IT)
    if not shutil.which("java"):
        missing(HOW_TO_GET_JAVA)

    def check(path, *options):
        command = ["java", "-Xss1024k", "-jar", jar, "--errors-only", "--format", "json", "--stdout", *options, path]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert done.stdout.startswith("{"), done.stderr
        return [
            f"{Path(found['url']).name}:{found.get('lastLine')}: {found['message']} {found.get('extract', '')}"
            for found in json.loads(done.stdout)["messages"]
        ]

    return check


def test_the_checker_finds_a_mistake(errors_in, tmp_path):
    page, sheet = tmp_path / "wrong.html", tmp_path / "wrong.css"
    page.write_text('<!DOCTYPE html><html lang="ar"><title>x</title><p id="a"><p id="a">')
    sheet.write_text("p { colour: red }")
    assert len(errors_in(page)) == 1
    assert len(errors_in(sheet, "--css")) == 1


def test_every_type_of_page_is_valid_html(errors_in, db, client, tmp_path):
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)
    withdrawn = make.make_meeting(state="withdrawn")
    for number, path in enumerate([*PAGES, withdrawn.get_absolute_url()]):
        response = client.get(path)
        assert response.status_code in (200, 400, 404, 410), path
        name = path.strip("/").replace("/", ",").replace("?", ",") or "home"
        (tmp_path / f"{number:03}-{name}.html").write_bytes(response.content)
    errors = errors_in(tmp_path)
    assert errors == [], "\n".join(errors)


def test_the_style_guide_is_valid_html(errors_in, db, client, settings, tmp_path):
    settings.DEBUG = True
    (tmp_path / "styleguide.html").write_bytes(client.get("/styleguide/").content)
    errors = errors_in(tmp_path)
    assert errors == [], "\n".join(errors)


def test_the_pages_of_errors_are_valid_html(errors_in, client, rf, tmp_path):
    from django.template.loader import render_to_string

    for name in ("400.html", "403.html", "403_csrf.html", "500.html"):
        (tmp_path / name).write_text(render_to_string(name, request=rf.get("/")))
    errors = errors_in(tmp_path)
    assert errors == [], "\n".join(errors)


def test_the_style_sheets_are_valid_css(errors_in, tmp_path):
    shutil.copytree(CSS, tmp_path / "css")
    errors = [line for line in errors_in(tmp_path, "--skip-non-css") if not any(map(line.count, NEWER_THAN_CHECKER))]
    assert errors == [], "\n".join(errors)


def page_names(resolver=None, prefix=""):
    """Return the names of all public addresses, ``app:name``."""
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            if entry.app_name != "admin":
                found |= page_names(entry, f"{entry.app_name}:" if entry.app_name else prefix)
        elif prefix:
            found.add(prefix + entry.name)
    return found


def test_the_list_of_pages_knows_every_type():
    """A new address enters PAGES, and with it this check, axe, reflow and the bars of size; or it is no page."""
    visited = {resolve(path.partition("?")[0]).view_name for path in PAGES if path != "/no-such-page/"}
    other_formats = {name for name in page_names() if name.endswith(("feed", "export"))}
    assert page_names() - visited - other_formats - NO_PAGES == set()
