"""Every type of public page says what it is: title, one address, a line, a card, and its facts as JSON-LD."""

import json
import re
from datetime import datetime
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from PIL import Image

from tests import factories as make
from tests.heads import blocks, canonical, graph, head_of, metas, title, values
from tests.pages import PAGES

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
# Errors and the same record on paper are no addresses of their own.
TYPES = [path for path in PAGES if path != "/no-such-page/" and "2024-13-45" not in path and "/print/" not in path]
URL_KEYS = {"@id", "url", "item", "image", "logo", "mainEntityOfPage"}
DATE_KEYS = {
    "startDate", "endDate", "previousStartDate", "datePublished", "dateModified", "legislationDate", "dissolutionDate",
}  # fmt: skip
HOSTILE = "</script><!--<script>alert(1)</script>\u2028\u2029 & \"'"


@pytest.fixture
def records():
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)


def test_each_type_of_page_has_one_of_each(records, client):
    for path in TYPES:
        head = head_of(client, path)
        found = metas(head)
        for name in (
            "description", "og:title", "og:description", "og:type", "og:url", "og:locale", "og:site_name", "og:image",
            "og:image:alt", "og:image:width", "og:image:height", "twitter:card",
        ):  # fmt: skip
            assert len(found.get(name, [])) == 1, f"{name} on {path}"
        assert len(canonical(head)) == 1, path
        assert len(blocks(head)) == 1, path


def test_each_type_of_page_has_its_own_title_and_line(records, client):
    heads = {path: head_of(client, path) for path in TYPES}
    titles = [title(head) for head in heads.values()]
    lines = [metas(head)["description"][0] for head in heads.values()]
    assert len(set(titles)) == len(titles)
    assert len(set(lines)) == len(lines)
    assert [line for line in lines if not 20 <= len(line) <= 160 or "<" in line or "  " in line] == []
    assert [name for name in titles if name.startswith(("–", " ", "None"))] == []


def test_each_address_in_the_data_is_full_and_answers(records, client):
    asked = set()
    for path in TYPES:
        for key, value in values(graph(client, path)):
            if key in URL_KEYS:
                assert str(value).startswith(f"{SITE}/"), f"{key} {value} on {path}"
                asked.add(urlsplit(value.split("#")[0]))
    pages = {f"{url.path}?{url.query}" if url.query else url.path for url in asked} - {"/static/img/star.svg"}
    assert len(pages) > 100
    assert {page: client.get(page).status_code for page in pages if client.get(page).status_code != 200} == {}


def test_each_moment_has_its_offset_and_each_other_date_is_a_whole_day(records, client):
    found = [
        (key, value)
        for path in [*TYPES, "/meetings/2024/artisanat-fes-meknes-octobre/"]
        for key, value in values(graph(client, path))
        if key in DATE_KEYS
    ]
    assert found
    for key, value in found:
        if "T" in value:
            assert datetime.fromisoformat(value).tzinfo is not None, f"{key} {value}"
        else:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", value), f"{key} {value}"


def test_nothing_empty_stands_in_the_data(records, client):
    for path in TYPES:
        assert [key for key, value in values(graph(client, path)) if value in ("", None)] == [], path


def test_the_canonical_address_owes_nothing_to_the_host(client, settings):
    settings.BASE_URL = "https://ghuraf.example"
    settings.ALLOWED_HOSTS = ["*"]
    response = client.get("/meetings/", headers={"host": "elsewhere.example"})
    head = response.content.decode().split("</head>")[0]
    assert canonical(head) == ["https://ghuraf.example/meetings/"]
    assert "elsewhere" not in head


def test_filters_stand_in_their_order_and_the_first_page_has_no_number(client):
    chamber = make.make_chamber()
    head = head_of(client, f"/meetings/?page=1&q=x&unknown=1&chamber={chamber.slug}")
    assert canonical(head) == [f"{SITE}/meetings/?chamber={chamber.slug}&q=x"]


def test_a_further_page_is_its_own_address(client):
    chamber = make.make_chamber()
    for _n in range(21):
        make.make_meeting(chamber=chamber)
    head = head_of(client, "/meetings/?page=2")
    assert canonical(head) == [f"{SITE}/meetings/?page=2"]
    assert "(2)" in title(head)


def test_a_further_page_goes_on_counting(client):
    chamber = make.make_chamber()
    for _n in range(21):
        make.make_meeting(chamber=chamber)
    (found,) = [node for node in graph(client, "/meetings/?page=2") if node["@type"] == "ItemList"]
    assert found["numberOfItems"] == 21
    assert [entry["position"] for entry in found["itemListElement"]] == [21]


@pytest.mark.parametrize(
    ("query", "is_indexed"),
    [
        ("", True),
        ("?kind=ordinary", True),
        ("?kind=ordinary&status=held", False),
        ("?q=x", False),
        ("?from=2024-10-21", False),
        ("?to=2024-10-21", False),
        ("?year=2024", False),
        ("?unknown=1", True),
    ],
)
def test_one_facet_may_be_indexed_and_no_search(client, query, is_indexed):
    found = metas(head_of(client, f"/meetings/{query}"))
    assert found.get("robots", []) == ([] if is_indexed else ["noindex, follow"])


@pytest.mark.parametrize("query", ["?amount_min=10", "?amount_max=10"])
def test_an_amount_is_no_facet_for_engines(client, query):
    assert metas(head_of(client, f"/agreements/{query}"))["robots"] == ["noindex, follow"]


SECTIONS = ["meetings", "decisions", "agreements", "news", "people", "offices", "documents"]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("extra", ["", "&page=1", "&q=%20", "&unknown=1"])
def test_the_list_of_one_chamber_has_the_address_of_its_section(client, section, extra):
    make.make_chamber(slug="artisanat-fes-meknes")
    wanted = [f"{SITE}/chambers/artisanat-fes-meknes/{section}/"]
    narrowed = head_of(client, f"/{section}/?chamber=artisanat-fes-meknes{extra}")
    assert canonical(narrowed) == wanted
    assert metas(narrowed)["og:url"] == wanted
    assert canonical(head_of(client, f"/chambers/artisanat-fes-meknes/{section}/")) == wanted


def test_its_further_page_is_that_of_the_section(client):
    chamber = make.make_chamber(slug="artisanat-fes-meknes")
    for _n in range(21):
        make.make_meeting(chamber=chamber)
    wanted = [f"{SITE}/chambers/artisanat-fes-meknes/meetings/?page=2"]
    assert canonical(head_of(client, "/meetings/?chamber=artisanat-fes-meknes&page=2")) == wanted
    assert canonical(head_of(client, "/chambers/artisanat-fes-meknes/meetings/?page=2")) == wanted


@pytest.mark.parametrize(
    "path",
    [
        "/meetings/?chamber=artisanat-fes-meknes&kind=ordinary",
        "/chambers/artisanat-fes-meknes/meetings/?kind=ordinary",
        "/meetings/?kind=ordinary",
        "/meetings/?family=crafts",
        "/projects/?chamber=artisanat-fes-meknes",
    ],
)
def test_any_other_list_keeps_its_own_address(client, path):
    make.make_chamber(slug="artisanat-fes-meknes")
    assert canonical(head_of(client, path)) == [f"{SITE}{path}"]


def test_a_list_with_a_wrong_filter_is_not_indexed(client):
    assert metas(head_of(client, "/meetings/?from=never", 400))["robots"] == ["noindex, follow"]


def test_a_page_of_an_error_has_no_address_and_no_data(client):
    withdrawn = make.make_meeting(state="withdrawn", title="اجتماع سُحب")
    for path, status in (("/no-such-page/", 404), (withdrawn.get_absolute_url(), 410)):
        head = head_of(client, path, status)
        assert canonical(head) == []
        assert blocks(head) == []
        assert metas(head)["robots"] == ["noindex"]


def test_a_page_for_paper_leads_to_the_record_itself(client):
    meeting = make.make_meeting()
    head = head_of(client, f"{meeting.get_absolute_url()}print/")
    assert canonical(head) == [f"{SITE}{meeting.get_absolute_url()}"]
    assert metas(head)["robots"] == ["noindex, follow"]
    assert blocks(head) == []


def test_what_titles_hold_ends_no_script_and_opens_no_tag(client):
    chamber = make.make_chamber(name=HOSTILE, short_name=HOSTILE[:60])
    meeting = make.make_meeting(chamber=chamber, title=HOSTILE, theme=HOSTILE)
    item = make.make_item(meeting=meeting, title=HOSTILE, outcome="adopted")
    agreement = make.make_agreement(title=HOSTILE, lead_chamber=chamber)
    make.make_step(agreement=agreement, agenda_item=item)
    records = [chamber, meeting, agreement, make.make_article(title=HOSTILE, lede=HOSTILE, meetings=[meeting])]
    records += [make.make_document(title=HOSTILE), make.make_person(name=HOSTILE), make.make_project(name=HOSTILE)]
    records += [make.make_organisation(name=HOSTILE)]
    for path in [row.get_absolute_url() for row in records] + ["/decisions/"]:
        head = head_of(client, path)
        (block,) = blocks(head)
        assert not {"<", ">", "&", "\u2028", "\u2029"} & set(block), path
        assert "alert(1)" in json.dumps(json.loads(block)), path
        assert "<script>" not in head, path
        assert "alert(1)" not in "".join(metas(head)["og:url"]), path


def test_the_card_of_each_page_is_a_picture_of_its_size(records, client):
    addresses = {metas(head_of(client, path))["og:image"][0] for path in TYPES}
    assert len(addresses) > 5
    for address in addresses:
        assert address.startswith(f"{SITE}/share/")
        response = client.get(address.removeprefix(SITE))
        assert response.status_code == 200, address
        assert Image.open(BytesIO(response.content)).size == (1200, 630)


def test_the_home_page_names_the_search_it_has(records, client):
    (site,) = [node for node in graph(client, "/") if node["@type"] == "WebSite"]
    address = site["potentialAction"]["target"]["urlTemplate"]
    assert address == f"{SITE}/search/?q={{search_term_string}}"
    assert client.get("/decisions/?q=x").status_code == 200
