"""Home, a chamber's overview, about, and the pages for errors."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext

from portal import views
from tests import factories as make
from tests.pages import badges, get, hrefs, main_of, section

pytestmark = pytest.mark.django_db

FUTURE = {"status": "scheduled", "results_published_at": None, "session_year": None, "session_month": None}


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


# Home


def test_home_shows_the_next_meeting(client):
    make.make_meeting(date=in_days(9), **FUTURE)
    soonest = make.make_meeting(date=in_days(2), **FUTURE)
    make.make_meeting()
    assert hrefs(section(get(client, "/"), "next"))[-1] == soonest.get_absolute_url()


def test_home_marks_the_meeting_of_today(client):
    make.make_meeting(date=in_days(0), **FUTURE)
    assert badges(section(get(client, "/"), "next")) == ["today"]


def test_home_counts_the_other_meetings_of_that_day(client):
    day = in_days(2)
    first = make.make_meeting(date=day, time=time(9), **FUTURE)
    for hour in (10, 11, 12):
        make.make_meeting(date=day, time=time(hour), **FUTURE)
    make.make_meeting(date=in_days(3), **FUTURE)
    box = section(get(client, "/"), "next")
    assert first.get_absolute_url() in hrefs(box)
    assert f"/meetings/calendar/{day.year}/{day.month}/#day-{day.day}" in hrefs(box)
    assert "3" in re.search(r"#day-[^>]*>([^<]*)<", box)[1]


def test_home_without_a_coming_meeting_says_so_and_shows_the_last_held(client):
    make.make_meeting(date=date(2024, 1, 5))
    last = make.make_meeting(date=date(2024, 6, 3))
    make.make_meeting(date=date(2024, 9, 1), status="cancelled")
    box = section(get(client, "/"), "next")
    assert gettext("No meeting is scheduled at present.") in box
    assert hrefs(box)[-1] == last.get_absolute_url()


def test_a_coming_day_that_was_given_up_is_not_the_next_meeting(client):
    make.make_meeting(date=in_days(2), **(FUTURE | {"status": "cancelled"}))
    assert gettext("No meeting is scheduled at present.") in section(get(client, "/"), "next")


def test_home_with_an_empty_record_is_a_whole_page(client):
    page = get(client, "/")
    assert gettext("No outcome is published yet.") in page
    assert gettext("No news yet.") in page


def test_home_shows_three_meetings_with_what_they_decided_and_three_news_the_newest_first(client):
    meetings = [make.make_meeting(date=date(2024, n, 1)) for n in range(1, 8)]
    for meeting in meetings:
        make.make_item(meeting=meeting, outcome="adopted")
    make.make_item(meeting=make.make_meeting(date=date(2025, 1, 1)))
    articles = [
        make.make_article(published_at=datetime(2024, n, 1, tzinfo=timezone.get_current_timezone()))
        for n in range(1, 6)
    ]
    page = get(client, "/")
    shown = [href for href in hrefs(section(page, "outcomes")) if href.startswith("/meetings/") and "#" not in href]
    assert shown == [meeting.get_absolute_url() for meeting in meetings[:3:-1]]
    assert hrefs(section(page, "news"))[:-1] == [article.get_absolute_url() for article in articles[:1:-1]]


def test_home_shows_three_items_of_a_meeting_counts_all_and_names_the_rest(client):
    meeting = make.make_meeting()
    items = [make.make_item(meeting=meeting, outcome="adopted") for _n in range(5)]
    make.make_item(meeting=meeting)
    box = section(get(client, "/"), "outcomes")
    assert [href for href in hrefs(box) if "#item" in href] == [point.get_absolute_url() for point in items[:3]]
    assert "6 نقط" in box
    assert "و3 نقط أخرى" in box


def test_home_leads_to_each_region_with_its_chambers_counted(client):
    region = make.make_region()
    for _n in range(11):
        make.make_chamber(regions=[region])
    make.make_chamber(regions=[region], closed_on=date(2015, 1, 1))
    box = section(get(client, "/"), "regions")
    there = f"/chambers/?region={region.slug}"
    # On the map, in words beside it, and the chambers that span regions.
    assert hrefs(box) == [there, there, "/chambers/?family=sea_fisheries"]
    assert "11" in re.search(r"<small>(.*?)</small>", box)[1]


def test_home_counts_what_is_public(client):
    meeting = make.make_meeting()
    for _n in range(2):
        make.make_item(meeting=meeting, outcome="adopted")
    make.make_item(meeting=meeting)
    make.make_agreement(lead_chamber=meeting.chamber)
    figures = re.findall(r'class="figure"[^>]*>(\d+)<', section(get(client, "/"), "counts"))
    assert figures == ["1", "1", "3", "1"]


def test_home_shows_the_month_of_the_next_meeting(client):
    meeting = make.make_meeting(date=in_days(45), **FUTURE)
    assert meeting.get_absolute_url() in hrefs(section(get(client, "/"), "calendar"))


# A chamber


def test_a_chamber_shows_what_is_newest_of_each_section(client):
    chamber = make.make_chamber()
    coming = make.make_meeting(chamber=chamber, date=in_days(9), **FUTURE)
    point = make.make_item(meeting=make.make_meeting(chamber=chamber), outcome="adopted")
    agreement = make.make_agreement(lead_chamber=chamber)
    article = make.make_article(lead_chamber=chamber)
    membership = make.make_membership(body=make.make_body(chamber=chamber), office="president")
    annex = make.make_annex(chamber=chamber)
    page = get(client, chamber.get_absolute_url())
    shown = {
        "next": coming, "outcomes": point, "sessions": point.meeting, "agreements": agreement, "news": article,
        "offices": membership.person, "annexes": annex,
    }  # fmt: skip
    for name, record in shown.items():
        assert record.get_absolute_url() in hrefs(section(page, name)), name


def test_the_bar_of_a_chamber_counts_each_section(client):
    chamber = make.make_chamber()
    meetings = [make.make_meeting(chamber=chamber) for _n in range(2)]
    for _n in range(3):
        make.make_item(meeting=meetings[0])
    for _n in range(4):
        make.make_agreement(lead_chamber=chamber)
    make.make_party(chamber=chamber)
    for _n in range(6):
        make.make_article(chambers=[chamber])
    person = make.make_person()
    for _n in range(2):
        make.make_membership(person=person, body=make.make_body(chamber=chamber))
    for _n in range(7):
        make.make_annex(chamber=chamber)
    for _n in range(8):
        make.make_document(chamber=chamber)
    page = get(client, chamber.get_absolute_url())
    bar = re.search(r'<nav class="chamber-bar".*?</details>', page, re.DOTALL)[0]
    assert re.findall(r"<bdi>\((\d+)\)</bdi>", bar) == ["2", "3", "5", "6", "1", "7", "8"]


@pytest.mark.parametrize("name", ["meetings", "decisions", "agreements", "news", "people", "offices", "documents"])
def test_an_empty_section_is_a_link_to_an_honest_page(client, name):
    chamber = make.make_chamber()
    path = f"{chamber.get_absolute_url()}{name}/"
    assert f'<a href="{path}" class="empty">' in get(client, chamber.get_absolute_url())
    page = get(client, path)
    assert 'class="empty-state"' in page
    assert f'<a href="{path}" aria-current="page"' in page


def test_an_empty_chamber_says_so_and_leads_to_its_neighbours(client):
    region = make.make_region()
    chamber, neighbour = make.make_chamber(regions=[region]), make.make_chamber(regions=[region])
    page = get(client, chamber.get_absolute_url())
    assert gettext("No meeting of this chamber is published yet.") in page
    assert hrefs(section(page, "others")) == [neighbour.get_absolute_url()]
    assert gettext("The offices are not published.") in page
    assert gettext("No annex is published.") in page


def test_a_neighbour_in_two_common_regions_stands_once(client):
    regions = [make.make_region(), make.make_region()]
    chamber, neighbour = make.make_chamber(regions=regions), make.make_chamber(regions=regions)
    others = section(get(client, chamber.get_absolute_url()), "others")
    assert hrefs(others) == [neighbour.get_absolute_url()]


def test_a_chamber_without_a_coming_meeting_shows_the_last_held(client):
    meeting = make.make_meeting()
    box = section(get(client, meeting.chamber.get_absolute_url()), "next")
    assert hrefs(box) == [meeting.get_absolute_url()]
    assert gettext("No meeting is scheduled at present.") in box


def test_a_closed_chamber_says_when_and_leads_to_its_successor(client):
    successor = make.make_chamber()
    closed = make.make_chamber(closed_on=date(2015, 8, 1), closed_precision="year", successor=successor)
    page = main_of(get(client, closed.get_absolute_url()))
    notice = re.search(r'class="notice notice-warn".*?</div>', page, re.DOTALL)[0]
    assert "2015" in notice
    assert hrefs(notice) == [successor.get_absolute_url()]


def test_the_facts_of_a_chamber_stand_left_to_right_where_they_are_latin(client):
    chamber = make.make_chamber(
        name_fr="Chambre d'artisanat de Fès",
        phone="0535 62 21 86",
        email="contact@example.org",
        site="www.example.org",
    )
    facts = section(get(client, chamber.get_absolute_url()), "facts")
    assert '<bdi lang="fr" dir="ltr">Chambre d\'artisanat de Fès</bdi>' in facts
    assert '<bdi dir="ltr">0535\u202f62\u202f21\u202f86</bdi>' in facts
    assert {"mailto:contact@example.org", "https://www.example.org/"} <= set(hrefs(facts))


def test_what_is_missing_of_a_chamber_is_said_in_words(client):
    page = get(client, make.make_chamber(name_fr="").get_absolute_url())
    assert section(page, "facts").count('class="unknown"') == 5  # French name, region, seat, address, telephone
    assert "None" not in page


def test_former_offices_do_not_stand_on_the_overview(client):
    membership = make.make_membership(is_former=True)
    page = get(client, membership.body.chamber.get_absolute_url())
    assert membership.person.name not in section(page, "offices")


def test_the_sources_of_a_chamber_stand_with_what_they_print(client):
    citation = make.make_chamber_citation(field="seat", value="فاس المدينة", is_followed=False)
    assert "فاس المدينة" in section(get(client, citation.chamber.get_absolute_url()), "sources")


# About, robots, errors


def test_about_says_the_rules_of_the_record(client):
    page = get(client, "/about/")
    assert gettext("Rules of the record") in page
    assert f'<li aria-current="page">{gettext("About the portal")}</li>' in page


def test_robots_keeps_crawlers_from_the_admin(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/" in response.content.decode()


@pytest.mark.parametrize("path", ["/nowhere/", "/chambers/unknown/", "/meetings/2024/unknown/", "/people/999999/"])
def test_a_page_that_is_not_there_leads_on_in_arabic(client, path):
    page = get(client, path, 404)
    assert '<html lang="ar-MA" dir="rtl">' in page
    assert 'role="search"' in page
    assert {"/chambers/", "/meetings/", "/decisions/", "/news/"} <= set(hrefs(main_of(page)))
    assert 'content="noindex"' in page


def test_a_withdrawn_page_leads_on(client):
    record = make.make_meeting(state="withdrawn", withdrawal_reason="نشرت خطأ")
    page = get(client, record.get_absolute_url(), 410)
    assert "نشرت خطأ" in page
    assert record.title not in page
    assert {"/chambers/", "/meetings/", "/decisions/", "/news/"} <= set(hrefs(main_of(page)))


@pytest.fixture
def broken(monkeypatch):
    """The about page fails, and from then on the database does not answer."""

    def fail(*_args, **_kwargs):
        def refuse(*_args, **_kwargs):
            raise AssertionError("the page for errors asked the database")

        monkeypatch.setattr(connection, "cursor", refuse)
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(views, "render", fail)


def test_a_fault_of_ours_is_a_static_page_in_arabic(client, broken, caplog):
    client.raise_request_exception = False
    response = client.get("/about/")
    page = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="ar-MA" dir="rtl">' in page
    assert "حدث خلل عندنا" in page
    assert "{%" not in page
    assert "broken on purpose" not in page
    assert "broken on purpose" in caplog.text


@pytest.mark.parametrize("path", ["/", "/about/", "/meetings/", "/chambers/", "/decisions/"])
def test_a_public_page_sets_no_cookie_and_may_be_kept(client, path):
    response = client.get(path)
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")


def test_every_page_can_be_read_without_a_mouse(client):
    page = get(client, "/meetings/")
    skips = re.findall(r'<a class="skip" href="(#[a-z]+)"', page)
    assert skips == ["#content", "#results"]
    assert all(f'id="{skip[1:]}"' in page for skip in skips)
