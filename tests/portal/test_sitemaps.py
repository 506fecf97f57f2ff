"""The map of the site: the public pages, when they changed, and nothing else."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from meetings.models import Meeting
from meetings.sitemaps import MeetingSitemap
from tests import factories as make

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SECTIONS = ["pages", "chambers", "meetings", "agreements", "documents", "news", "people", "organisations", "projects"]
MAKERS = {
    "meetings": make.make_meeting,
    "agreements": make.make_agreement,
    "documents": make.make_document,
    "news": make.make_article,
    "people": make.make_person,
    "organisations": make.make_organisation,
    "projects": make.make_project,
}


def places(client, path):
    """Return the addresses that a map names, each with its last change or None."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return [
        (part.findtext(f"{MAP}loc"), part.findtext(f"{MAP}lastmod"))
        for part in ElementTree.fromstring(response.content)
    ]


def test_the_index_names_a_map_for_each_kind(client):
    assert places(client, "/sitemap.xml") == [(f"http://testserver/sitemap-{name}.xml", None) for name in SECTIONS]


def test_the_index_says_when_a_kind_last_changed(client):
    make.make_meeting(), make.make_meeting()
    Meeting.objects.update(updated_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert ("http://testserver/sitemap-meetings.xml", "2026-03-02T09:00:00+00:00") in places(client, "/sitemap.xml")


def test_a_long_map_has_further_pages(client, monkeypatch):
    monkeypatch.setattr(MeetingSitemap, "limit", 2)
    meetings = [make.make_meeting() for _n in range(5)]
    named = [place for place, _changed in places(client, "/sitemap.xml") if "meetings" in place]
    assert named == [
        "http://testserver/sitemap-meetings.xml",
        "http://testserver/sitemap-meetings.xml?p=2",
        "http://testserver/sitemap-meetings.xml?p=3",
    ]
    listed = [place for path in named for place, _changed in places(client, path.removeprefix("http://testserver"))]
    assert listed == [f"http://testserver{meeting.get_absolute_url()}" for meeting in meetings]


@pytest.mark.parametrize("name", MAKERS)
def test_a_record_stands_in_the_map_of_its_kind_with_its_change(client, name):
    record = MAKERS[name](published_at=datetime(2100, 1, 1, tzinfo=UTC))
    path = f"/sitemap-{name}.xml"
    assert places(client, path) == []
    type(record).objects.update(
        published_at=datetime(2026, 3, 2, 9, tzinfo=UTC), updated_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert places(client, path) == [(f"http://testserver{record.get_absolute_url()}", "2026-03-02")]


def test_the_map_of_chambers_names_those_closed_too(client):
    chamber = make.make_chamber()
    closed = make.make_chamber(closed_on=datetime(2015, 1, 1).date(), successor=chamber)
    found = [place for place, _changed in places(client, "/sitemap-chambers.xml")]
    assert found == [f"http://testserver{row.get_absolute_url()}" for row in (chamber, closed)]


def test_the_map_of_pages_names_what_is_there_whatever_is_recorded(client):
    assert sorted(place for place, _changed in places(client, "/sitemap-pages.xml")) == [
        "http://testserver/", "http://testserver/about/", "http://testserver/agreements/",
        "http://testserver/chambers/", "http://testserver/decisions/", "http://testserver/documents/",
        "http://testserver/figures/", "http://testserver/meetings/", "http://testserver/news/",
        "http://testserver/offices/", "http://testserver/organisations/", "http://testserver/people/",
        "http://testserver/projects/",
    ]  # fmt: skip


def test_every_address_of_the_map_of_pages_answers(client):
    for place, _changed in places(client, "/sitemap-pages.xml"):
        assert client.get(place.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("path", ["/sitemap.xml", *(f"/sitemap-{name}.xml" for name in SECTIONS)])
def test_addresses_are_the_public_ones_whatever_the_host(client, settings, path):
    settings.BASE_URL = "https://ghuraf.example"
    for maker in MAKERS.values():
        maker()
    found = [place for place, _changed in places(client, path)]
    assert found
    assert all(place.startswith("https://ghuraf.example/") for place in found)


@pytest.mark.parametrize("path", ["/sitemap.xml", *(f"/sitemap-{name}.xml" for name in SECTIONS)])
def test_a_map_may_be_kept_and_sets_no_cookie(client, path):
    response = client.get(path)
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", ["/sitemap-unknown.xml", "/sitemap-meetings.xml?p=2", "/sitemap-meetings.xml?p=x"])
def test_a_map_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_robots_find_the_map_and_stay_out_of_the_admin_and_the_tables(client, settings):
    settings.BASE_URL = "https://ghuraf.example"
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /*/export.csv\n\nSitemap: https://ghuraf.example/sitemap.xml\n"
    )
