"""The style guide is for whoever works on the portal, and leaves no component out."""

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests import factories as make

ROOT = Path(__file__).resolve().parent.parent.parent
COMPONENTS = ROOT / "templates/components"
SHEETS = ROOT / "static/css/components"
# What a page says to machines has nothing to look at.
IN_THE_HEAD = {"components/feed_links.html", "components/page_meta.html"}
LONG_TITLE_LETTERS = 175

pytestmark = pytest.mark.django_db


def guide(client):
    """Return the page as whoever develops sees it."""
    response = client.get("/styleguide/")
    assert response.status_code == 200
    return response


def test_the_public_is_told_that_there_is_no_such_page(client):
    response = client.get("/styleguide/")
    assert response.status_code == 404
    assert "الصفحة غير موجودة" in response.content.decode()


def test_whoever_is_logged_in_without_being_staff_is_told_so_too(client):
    client.force_login(make.make_user())
    assert client.get("/styleguide/").status_code == 404


def test_staff_see_it(client):
    client.force_login(make.make_user(is_staff=True))
    assert "دليل المكونات" in guide(client).content.decode()


def test_developers_see_it(client, settings):
    settings.DEBUG = True
    assert "دليل المكونات" in guide(client).content.decode()


@pytest.mark.parametrize("is_debug", [True, False])
def test_no_cache_and_no_search_engine_keeps_it(client, settings, is_debug):
    settings.DEBUG = is_debug
    client.force_login(make.make_user(is_staff=True))
    response = guide(client)
    assert response["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex' in response.content.decode()


def test_its_absence_is_kept_by_no_cache_either(client):
    """What staff see and what the public sees stand at one address."""
    assert client.get("/styleguide/")["Cache-Control"] == "private, no-store"


def test_it_can_only_be_read(client, settings):
    settings.DEBUG = True
    assert client.post("/styleguide/").status_code == 405


@pytest.fixture(scope="module")
def response(django_db_setup, django_db_blocker):
    """The page, asked for once: it holds every component."""
    with override_settings(DEBUG=True), django_db_blocker.unblock():
        return guide(Client())


def test_every_component_with_a_sheet_of_its_own_is_shown(response):
    own_sheet = {f"components/{path.stem}.html" for path in SHEETS.glob("*.css")}
    templates = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    shown = {template.name for template in response.templates}
    assert own_sheet & templates - shown == set()


def test_every_other_component_is_shown_as_well(response):
    templates = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    shown = {template.name for template in response.templates}
    assert templates - shown - IN_THE_HEAD == set()


def test_every_entry_of_the_index_leads_to_a_component(response):
    page = response.content.decode()
    index = re.search(r'<nav class="guide-index.*?</nav>', page, re.DOTALL)[0]
    entries = re.findall(r'<section class="guide-entry" id="([^"]+)"', page)
    assert re.findall(r'href="#([^"]+)"', index) == entries
    assert len(entries) >= 29  # as many as the design counts


def test_no_id_stands_twice(response):
    ids = re.findall(r'\sid="([^"]+)"', response.content.decode())
    assert sorted(set(ids)) == sorted(ids)


def test_labels_and_descriptions_name_what_stands_on_the_page(response):
    page = response.content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    named = re.findall(r'\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"', page)
    assert {one for names in named for one in names.split()} - ids == set()


def test_the_longest_title_has_as_many_letters_as_it_says(response):
    page = response.content.decode()
    titles = re.findall(r"<bdi>(مثال لعنوان طويل[^<]*)</bdi>", page)
    assert {len(title) for title in titles} == {LONG_TITLE_LETTERS}


def test_it_says_that_all_is_example(response):
    assert "كل ما في هذه الصفحة مثال" in response.content.decode()


def test_it_writes_nothing(client, settings, django_assert_max_num_queries):
    """Only the choices of the filters are asked for, however many components there are."""
    settings.DEBUG = True
    with django_assert_max_num_queries(20) as asked:
        guide(client)
    # PostgreSQL reads the choices of a filter through a cursor.
    assert all(query["sql"].startswith(("SELECT", "DECLARE")) for query in asked.captured_queries)


def test_it_shows_the_words_of_each_state(response):
    text = re.sub(r"<[^>]+>", "", response.content.decode())
    wanted = [
        "لا اجتماعات", "اجتماع واحد", "اجتماعان", "3 اجتماعات", "11 اجتماعا", "100 اجتماع", "مبرمج", "أُجّل", "أُلغي",
        "اليوم على الساعة", "تعذر لعدم اكتمال النصاب", "غير منشور", "لم تُعلن النتيجة", "بالإجماع", "إزالة:",
        "عضو سابق",
    ]  # fmt: skip
    assert [words for words in wanted if words not in text] == []
