"""JavaScript is optional polish: one small file, never inline, and what only it can serve is hidden without it."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FOR_THE_ADMIN = {"admin.js", "copy_link.js", "richtext.js", "unsent.js"}
MOST_BYTES = 6_000

SITE = ROOT / "static" / "js" / "site.js"


def test_readers_get_one_file():
    """Imports between modules would miss the hashed names that collected files have."""
    assert {path.name for path in SITE.parent.iterdir()} - FOR_THE_ADMIN == {"site.js"}
    assert not re.search(r"^\s*(import|export)\b", SITE.read_text("utf-8"), re.MULTILINE)


def test_the_file_is_small():
    assert len(gzip.compress(SITE.read_bytes())) <= MOST_BYTES


@pytest.mark.parametrize("word", ["?.", "??", "||=", "#private", "static {", "await "])
def test_the_syntax_is_that_of_the_first_browsers_with_modules(word):
    """A browser that does not know a word reports an error and runs nothing of the file."""
    code = re.sub(r"//.*", "", SITE.read_text("utf-8"))
    assert word not in code


def test_a_page_loads_it_as_a_module(client):
    page = client.get("/about/").content.decode()
    assert '<script type="module" src="/static/js/site.js"></script>' in page


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_holds_a_script_or_a_handler(path):
    """The policy refuses both; data for search engines is no script."""
    markup = path.read_text("utf-8")
    scripts = re.findall(r"<script\b([^>]*)>", markup)
    assert [found for found in scripts if "src=" not in found and "application/ld+json" not in found] == []
    assert re.findall(r"<[^>]*\son[a-z]+=", markup) == []


def test_policy_allows_scripts_of_the_site_alone(client):
    policy = client.get("/about/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy.split("; ")
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["default-src"] == ["'none'"]


def test_buttons_for_javascript_are_hidden_without_it():
    markup = render_to_string("components/share.html", {"print": True})
    assert re.match(r'\s*<div class="share" data-share hidden>', markup)
    assert re.findall(r'data-act="([a-z]+)"', markup) == ["copy", "share", "print"]
