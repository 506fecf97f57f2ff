"""Whatever a reader or a robot sends, each public page answers in Arabic and never with an error of ours.

What is ignored, named or refused is tested with the lists and their filters; here every address meets every oddity.
"""

from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile

from articles.filters import ArticleFilterSet
from chambers.filters import (
    AnnexFilterSet,
    ChamberFilterSet,
    OrganisationFilterSet,
    PersonFilterSet,
    ProjectFilterSet,
)
from meetings.filters import AgreementFilterSet, DecisionFilterSet, DocumentFilterSet, MeetingFilterSet
from tests import factories as make

pytestmark = pytest.mark.django_db

EXPECTED = {200, 301, 302, 400, 404, 410}
FILTERS = {
    "/chambers/": ChamberFilterSet,
    "/meetings/": MeetingFilterSet,
    "/meetings/calendar/2024/10/": MeetingFilterSet,
    "/decisions/": DecisionFilterSet,
    "/agreements/": AgreementFilterSet,
    "/news/": ArticleFilterSet,
    "/people/": PersonFilterSet,
    "/offices/": AnnexFilterSet,
    "/organisations/": OrganisationFilterSet,
    "/projects/": ProjectFilterSet,
    "/documents/": DocumentFilterSet,
    "/feeds/meetings.xml": MeetingFilterSet,
    "/feeds/decisions.xml": DecisionFilterSet,
    "/feeds/agreements.xml": AgreementFilterSet,
    "/feeds/news.xml": ArticleFilterSet,
    "/meetings/calendar.ics": MeetingFilterSet,
    "/meetings/export.csv": MeetingFilterSet,
    "/decisions/export.csv": DecisionFilterSet,
    "/agreements/export.csv": AgreementFilterSet,
    "/news/export.csv": ArticleFilterSet,
    "/documents/export.csv": DocumentFilterSet,
    "/people/export.csv": PersonFilterSet,
}
LISTS = [
    "/", "/about/", "/figures/", "/robots.txt", "/sitemap.xml", "/sitemap-meetings.xml", "/meetings/calendar/",
    *FILTERS,
]  # fmt: skip
PARAMETERS = ["page", *dict.fromkeys(name for filters in FILTERS.values() for name in filters.base_filters)]
VALUES = {
    "nothing": "",
    "white space": "%20%09%0A%0D",
    "unknown word": "unknown",
    "NUL": "%00",
    "NUL inside": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%C3%28%FF%FE",
    "ten kilobytes": "x" * 10_000,
    "ten kilobytes of Arabic": "%D8%A8" * 5_000,
    "minus one": "-1",
    "beyond 32 bits": "4294967296",
    "beyond 64 bits": "18446744073709551616",
    "five thousand digits": "9" * 5_000,
    "exponent": "1e309",
    "not a number": "NaN",
    "impossible day": "2024-13-45",
    "first day of all": "0001-01-01",
    "last day of all": "9999-12-31",
    "year zero": "0000-01-01",
    "Arabic-Indic digits": "%D9%A2%D9%A0%D9%A2%D9%A4",
    "quotes": "%27%22%3B--",
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E",
    "template": "%7B%7B%20x%20%7D%7D%7B%25%20x%20%25%7D",
    "path": "../../../etc/passwd",
    "pattern": "%25_%5C%25",
    "marks of direction": "%E2%80%AE%E2%81%A6%E2%80%8F",
    "emoji": "%F0%9F%95%8C" * 10,
}


def check(response, path):
    if response.streaming:
        list(response.streaming_content)  # the file closes at its end
    assert response.status_code in EXPECTED, f"{path[:200]} answers {response.status_code}"
    if response.status_code not in (301, 302) and response["Content-Type"].startswith("text/html"):
        assert '<html lang="ar-MA" dir="rtl">' in response.content.decode()
    if "xml" in response["Content-Type"]:
        ElementTree.fromstring(response.content)


@pytest.fixture
def details():
    """The addresses of one public record of each kind, and of what hangs on them."""
    meeting = make.make_meeting()
    make.make_item(meeting=meeting, outcome="adopted")
    document = make.make_document(meeting=meeting)
    document.file.save("paper.pdf", ContentFile(b"%PDF-1.4"))
    records = [
        meeting, document, make.make_agreement(), make.make_article(), make.make_person(), make.make_organisation(),
        make.make_project(), meeting.chamber,
    ]  # fmt: skip
    paths = [record.get_absolute_url() for record in records]
    chamber = meeting.chamber.get_absolute_url()
    sections = ["meetings", "decisions", "agreements", "news", "people", "offices", "documents"]
    return [
        *paths,
        f"{meeting.get_absolute_url()}calendar.ics",
        f"{document.get_absolute_url()}file/",
        *(f"{chamber}{section}/" for section in sections),
    ]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("path", FILTERS)
def test_a_list_bears_any_value_of_any_parameter(client, path, value):
    make.make_meeting()
    for name in ["page", *FILTERS[path].base_filters]:
        check(client.get(f"{path}?{name}={VALUES[value]}"), f"{path}?{name}={VALUES[value]}")


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("path", LISTS)
def test_a_list_bears_any_value_of_all_parameters_at_once(client, path, value):
    query = "&".join(f"{name}={VALUES[value]}&{name}={VALUES[value]}" for name in PARAMETERS)
    check(client.get(f"{path}?{query}"), path)


@pytest.mark.parametrize("value", VALUES)
def test_a_record_bears_any_value_of_any_parameter(client, details, value):
    query = "&".join(f"{name}={VALUES[value]}" for name in PARAMETERS)
    for path in details:
        check(client.get(f"{path}?{query}"), path)


@pytest.mark.parametrize("query", ["", "&&&", "=", "=&=", "?", "%", "%%", "q", "q[]=1", "q[a]=1", "a" * 20_000])
def test_a_query_string_need_not_be_one(client, details, query):
    for path in [*LISTS, *details]:
        check(client.get(f"{path}?{query}"), path)


def test_a_thousand_parameters_are_borne(client):
    for path in LISTS:
        check(client.get(f"{path}?{'&'.join(f'a{n}=1' for n in range(1000))}"), path)


def test_more_parameters_than_anybody_needs_are_borne(client):
    for path in LISTS:
        check(client.get(f"{path}?{'q=1&' * 25_000}"), path)


WORDS = {
    "unknown": "unknown",
    "NUL": "%00",
    "NUL inside": "artisanat%00fes",
    "very long": "a" * 5_000,
    "Arabic": "%D8%BA%D8%B1%D9%81%D8%A9",
    "broken UTF-8": "%C3%28",
    "space": "%20",
    "percent": "%25",
    "dots": "..",
    "encoded slash": "a%2Fb",
    "markup": "%3Cscript%3E",
    "huge number": "9" * 30,
    "ten digits": "9999999999",
    "nine digits": "999999999",
    "zero": "0",
    "negative": "-1",
    "number with NUL": "1-%00",
    "upper case": "1-ABC",
    "decimal": "1.5",
}
PLACES = [
    "/{}/", "/chambers/{}/", "/chambers/{}/meetings/", "/chambers/{}/offices/", "/meetings/{}/x/",
    "/meetings/2024/{}/", "/meetings/2024/{}/calendar.ics", "/meetings/calendar/{}/10/", "/meetings/calendar/2024/{}/",
    "/agreements/{}/1/", "/agreements/2024/{}/", "/news/{}/1/", "/news/2024/{}/", "/people/{}/", "/organisations/{}/",
    "/projects/{}/", "/documents/{}/", "/documents/{}/file/",
    "/feeds/{}.xml", "/sitemap-{}.xml", "/{}/export.csv",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("place", PLACES)
def test_an_address_bears_any_word(client, place, word):
    path = place.format(WORDS[word])
    response = client.get(path)
    check(response, path)
    assert response.status_code in (400, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/meetings/calendar/2024/0/", "/meetings/calendar/2024/13/", "/meetings/calendar/0/1/",
        "/meetings/calendar/1899/12/", "/meetings/calendar/2201/1/", "/meetings/calendar/10000/1/",
    ],
)  # fmt: skip
def test_a_month_that_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/meetings/calendar/1900/1/", "/meetings/calendar/2200/12/"])
def test_the_first_and_last_months_there_are_open(client, path):
    make.make_meeting()
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("outcome", ["unknown", "%00", "x" * 10_000, "%3Cscript%3E", "adopted&outcome=rejected"])
def test_the_agenda_bears_any_outcome(client, details, outcome):
    check(client.get(f"{details[0]}?outcome={outcome}"), details[0])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "head"])
def test_no_method_is_an_error(client, details, method):
    for path in [*LISTS, *details]:
        response = getattr(client, method)(path)
        if response.streaming:
            list(response.streaming_content)
        assert response.status_code in EXPECTED | {405}


def test_what_is_posted_changes_no_list(client):
    for path in LISTS:
        assert client.post(path, {"q": "x" * 10_000, "page": "-1"}).status_code in (200, 302, 405)


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_ACCEPT_LANGUAGE": "x" * 5000}, {"HTTP_ACCEPT_LANGUAGE": "fr"}, {"HTTP_COOKIE": "sessionid=\x80\x00"},
        {"HTTP_COOKIE": "x" * 8000}, {"HTTP_REFERER": "javascript:1"}, {"HTTP_X_FORWARDED_FOR": "' OR 1=1"},
        {"HTTP_IF_MODIFIED_SINCE": "yesterday"}, {"HTTP_IF_NONE_MATCH": "x" * 5000}, {"HTTP_RANGE": "bytes=-1"},
        {"CONTENT_TYPE": "multipart/form-data"},
    ],
)  # fmt: skip
def test_no_header_is_an_error(client, details, header):
    for path in [*LISTS, *details]:
        check(client.get(path, **header), path)


@pytest.mark.parametrize("host", ["evil.example", "a b", "testserver:port", "x" * 300])
def test_an_unknown_host_is_refused_in_arabic(client, host):
    response = client.get("/meetings/", HTTP_HOST=host)
    assert response.status_code == 400
    assert '<html lang="ar-MA" dir="rtl">' in response.content.decode()
