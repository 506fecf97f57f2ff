"""Lists as tables: what a spreadsheet reads, what a filter leaves, what no cell may do."""

import csv
import io
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import RequestFactory

from chambers.models import Organisation
from meetings.filters import MeetingFilterSet
from meetings.models import Meeting
from publishing.exports import Column, cell, csv_lines, iso_partial
from publishing.listing import WrongFilters, read_filters
from tests import factories as make
from tests.pages import get, hrefs

pytestmark = pytest.mark.django_db

EXPORTS = [
    "/meetings/export.csv", "/decisions/export.csv", "/agreements/export.csv", "/news/export.csv",
    "/documents/export.csv", "/people/export.csv",
]  # fmt: skip
every_export = pytest.mark.parametrize("path", EXPORTS)


def text_of(response):
    return b"".join(response.streaming_content).decode()


def rows_of(client, path):
    """Return the lines of a table as lists of cells, the headings first, the mark at its start cut off."""
    response = client.get(path)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(text_of(response).removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (-5, "-5"),
        (Decimal("5000000.00"), "5000000.00"),
        (date(2024, 12, 30), "2024-12-30"),
        (time(10, 30), "10:30"),
        (datetime(2026, 10, 1, 9, 15, tzinfo=ZoneInfo("UTC")), "2026-10-01T09:15+00:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("دورة أكتوبر", "دورة أكتوبر"),
        ("قال «=» ثم", "قال «=» ثم"),
    ],
)
def test_a_cell_says_what_the_value_is(value, written):
    assert cell(value) == written


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+212",
        "-2+3",
        "@SUM(A1)",
        "  =1",
        "\u00a0=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
        "\tنص",
    ],
)
def test_text_that_looks_like_a_formula_stays_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("دورة;=1+1", "دورة;'=1+1"),
        ("دورة; =1+1", "دورة;' =1+1"),
        ("دورة;;+1;@A1", "دورة;;'+1;'@A1"),
        ('دورة;"=1+1"', 'دورة;\'"=1+1"'),
        ("دورة;＝1+1", "دورة;'＝1+1"),
        ("دورة\n=1+1", "دورة\n'=1+1"),
        ("دورة\t-1", "دورة\t'-1"),
        ("=1;=2", "'=1;'=2"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\n=1", "'\n'=1"),
    ],
)
def test_a_formula_after_a_semicolon_or_a_break_stays_text(text, written):
    assert cell(text) == written


@pytest.mark.parametrize("text", ["دورة؛ -1", "دورة; 1", "أ=ب", "1,-1", "سطر\nثان", "2024-10-21; 2024-10-22"])
def test_text_that_begins_no_formula_is_left_as_it_is(text):
    assert cell(text) == text


@every_export
def test_every_heading_stands_in_quotes(client, path):
    headings = rows_of(client, path)[0]
    line = text_of(client.get(path)).removeprefix("\ufeff").removesuffix("\r\n")
    assert line == ",".join(f'"{heading}"' for heading in headings)


def test_every_cell_stands_in_quotes():
    make.make_organisation(name="جمعية;=1+1")
    rows = Organisation.objects.published()
    columns = [Column("name", lambda row: row.name), Column("nothing", lambda row: None), Column("n", lambda row: 5)]
    lines = "".join(csv_lines(rows, [rows.get().pk], columns))
    assert lines == '\ufeff"name","nothing","n"\r\n"جمعية;\'=1+1","","5"\r\n'


def test_a_formula_in_a_title_stays_text_in_the_file(client):
    make.make_meeting(title='=HYPERLINK("https://example.org/","اضغط")')
    assert '\'=HYPERLINK("https://example.org/","اضغط")' in rows_of(client, "/meetings/export.csv")[1]


@pytest.mark.parametrize(("precision", "written"), [("day", "2024-12-30"), ("month", "2024-12"), ("year", "2024")])
def test_a_date_is_written_as_far_as_it_is_known(precision, written):
    assert iso_partial(date(2024, 12, 30), precision) == written


def test_an_unknown_date_is_an_empty_cell():
    assert iso_partial(None) == ""


@every_export
def test_a_table_begins_with_the_mark_and_ends_its_lines_as_the_rfc_says(client, path):
    text = text_of(client.get(path))
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    assert text.count("\n") == 1


@every_export
def test_headings_are_in_arabic_and_each_stands_once(client, path):
    headings = rows_of(client, path)[0]
    assert [heading for heading in headings if heading.isascii()] == (["SHA-512"] if "documents" in path else [])
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("quoted", ['قال: "نعم"', "سطر\nثان", "واحد,اثنان", "فاصلة، عربية"])
def test_marks_inside_a_title_are_read_back(client, quoted):
    make.make_article(title=quoted)
    assert quoted in rows_of(client, "/news/export.csv")[1]


@every_export
def test_a_table_is_a_download_with_its_day_in_the_name(client, path):
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Africa/Casablanca")), tick=False):
        response = client.get(path)
    name = path.split("/")[1]
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == f'attachment; filename="{name}-2026-11-25.csv"'


@every_export
@pytest.mark.parametrize("query", ["chamber=unknown", "kind=unknown&office=unknown"])
def test_wrong_filters_are_refused_as_in_the_list(client, path, query):
    assert client.get(f"{path.removesuffix('export.csv')}?{query}").status_code == 400
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@every_export
def test_the_wrong_filter_is_named_in_the_answer(client, path):
    assert client.get(f"{path}?chamber=unknown").content.decode() == (
        "تعذرت قراءة المرشحات الآتية، فصحّحها أو احذفها:\n- الغرفة (chamber)\n"
    )


def test_all_wrong_filters_are_named_and_no_right_one():
    with pytest.raises(WrongFilters) as wrong:
        read_filters(RequestFactory().get("/?kind=x&from=y&status=held&q=z"), MeetingFilterSet, Meeting.objects.all())
    assert wrong.value.names == {"kind": "النوع", "from": "من تاريخ"}


def test_what_was_typed_is_not_repeated(client):
    response = client.get("/meetings/export.csv?kind=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "alert" not in response.content.decode()


@every_export
def test_a_table_may_be_kept_and_sets_no_cookie(client, path):
    response = client.get(path)
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@every_export
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_table_is_only_read(client, path, method):
    assert getattr(client, method)(path).status_code == 405


def test_asking_for_the_head_reads_no_row(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.head("/meetings/export.csv")
    assert response.status_code == 200


def test_unknown_parameters_and_the_page_change_nothing(client):
    for _n in range(21):
        make.make_meeting()
    assert len(rows_of(client, "/meetings/export.csv?page=2&utm_source=x")) == 22


def test_rows_come_in_the_order_asked_for_whatever_the_pieces():
    made = [make.make_organisation() for _n in range(7)]
    keys = [organisation.pk for organisation in reversed(made)]
    lines = "".join(csv_lines(Organisation.objects.published(), keys, [Column("name", lambda row: row.name)]))
    assert lines == '\ufeff"name"\r\n' + "".join(f'"{row.name}"\r\n' for row in reversed(made))


def test_a_row_taken_back_since_its_key_was_read_is_left_out():
    organisation = make.make_organisation()
    rows = Organisation.objects.published()
    keys = list(rows.values_list("pk", flat=True))
    Organisation.objects.filter(pk=organisation.pk).update(state="draft", published_at=None)
    assert "".join(csv_lines(rows, keys, [Column("name", lambda row: row.name)])) == '\ufeff"name"\r\n'


# Links to tables, feeds and calendars


@pytest.mark.parametrize(
    ("path", "links"),
    [
        ("/meetings/", ["/meetings/export.csv", "/feeds/meetings.xml", "/meetings/calendar.ics"]),
        ("/decisions/", ["/decisions/export.csv", "/feeds/decisions.xml"]),
        ("/agreements/", ["/agreements/export.csv", "/feeds/agreements.xml"]),
        ("/news/", ["/news/export.csv", "/feeds/news.xml"]),
        ("/documents/", ["/documents/export.csv"]),
        ("/people/", ["/people/export.csv"]),
    ],
)
def test_a_list_leads_to_its_other_formats(client, path, links):
    chamber = make.make_chamber()
    meeting = make.make_meeting(chamber=chamber)
    make.make_item(meeting=meeting)
    make.make_agreement(lead_chamber=chamber)
    make.make_article(lead_chamber=chamber)
    make.make_document(meeting=meeting)
    make.make_membership(body=make.make_body(chamber=chamber))
    bar = _bar(get(client, path))
    assert hrefs(bar) == links
    assert bar.count('rel="nofollow"') == len(links)
    query = f"chamber={chamber.slug}"
    assert hrefs(_bar(get(client, f"{path}?{query}&page=1"))) == [f"{link}?{query}" for link in links]
    section = f"{chamber.get_absolute_url()}{path[1:]}"
    assert hrefs(_bar(get(client, section))) == [f"{link}?{query}" for link in links]


def test_the_links_keep_the_filters_of_a_section(client):
    chamber = make.make_chamber()
    make.make_meeting(chamber=chamber)
    section = f"{chamber.get_absolute_url()}meetings/?kind=ordinary&region=unknown&from=2024-13-45"
    links = hrefs(_bar(get(client, section, 400)))
    assert links[0] == f"/meetings/export.csv?chamber={chamber.slug}&kind=ordinary"


def test_an_empty_list_has_nothing_to_export(client):
    assert "export-bar" not in get(client, "/meetings/")


def _bar(page):
    start = page.index('class="export-bar"')
    return page[start : page.index("</p>", start)]
