"""What all public lists share: wrong values, chips, the order of parameters, pages."""

from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.utils.translation import gettext

from articles.filters import ArticleFilterSet
from articles.models import Article
from chambers.filters import (
    AnnexFilterSet,
    ChamberFilterSet,
    OrganisationFilterSet,
    PersonFilterSet,
    ProjectFilterSet,
)
from chambers.models import Annex, Chamber, Organisation, Person, Project
from meetings.filters import AgreementFilterSet, DecisionFilterSet, DocumentFilterSet, MeetingFilterSet
from meetings.models import AgendaItem, Agreement, Document, Meeting
from tests import factories as make
from tests.pages import chips, get, hrefs, result_total, shown, wrong_fields

pytestmark = pytest.mark.django_db

LISTS = {
    "/chambers/": (ChamberFilterSet, Chamber),
    "/meetings/": (MeetingFilterSet, Meeting),
    "/decisions/": (DecisionFilterSet, AgendaItem),
    "/agreements/": (AgreementFilterSet, Agreement),
    "/news/": (ArticleFilterSet, Article),
    "/people/": (PersonFilterSet, Person),
    "/offices/": (AnnexFilterSet, Annex),
    "/organisations/": (OrganisationFilterSet, Organisation),
    "/projects/": (ProjectFilterSet, Project),
    "/documents/": (DocumentFilterSet, Document),
}
SECTIONS = ["meetings", "decisions", "agreements", "news", "people", "offices", "documents"]
every_list = pytest.mark.parametrize("path", LISTS)


def _chips_of(filterset, model, query):
    return [(chip.label, chip.value, chip.query) for chip in filterset(QueryDict(query), model.objects.all()).chips]


# Wrong values


@every_list
def test_an_unknown_parameter_is_ignored(client, path):
    page = get(client, f"{path}?utm_source=x&fbclid=1&colour=%3Cscript%3E&chambre=x")
    assert chips(page) == []
    assert "fbclid" not in page


@every_list
def test_a_text_of_ten_kilobytes_is_named_and_left_out(client, path):
    make.make_meeting()
    page = get(client, f"{path}?q={quote('ب' * 5000)}", 400)
    assert wrong_fields(page) == ["q"]
    assert chips(page) == []


@every_list
def test_a_text_of_a_hundred_letters_is_read(client, path):
    get(client, f"{path}?q={quote('ب' * 100)}")
    get(client, f"{path}?q={quote('ب' * 101)}", 400)


@every_list
def test_a_text_of_a_hundred_words_is_read(client, path):
    get(client, f"{path}?q={quote('ب ' * 50)}")


@every_list
def test_white_space_is_no_filter(client, path):
    assert chips(get(client, f"{path}?q=%20%09%20")) == []


@every_list
@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "page=%00", "unknown=%00", "%00=1"])
def test_a_nul_is_refused(client, path, query):
    page = get(client, f"{path}?{query}", 400)
    assert '<html lang="ar-MA" dir="rtl">' in page


@every_list
def test_a_repeated_parameter_counts_by_its_last_value(client, path):
    page = get(client, f"{path}?q=first&q=last")
    assert 'value="last"' in page
    assert 'value="first"' not in page


@every_list
@pytest.mark.parametrize(
    ("query", "kept"),
    [("q=", ""), ("page=", ""), ("q=&page=1", "?page=1"), ("q=%D9%81%D8%A7%D8%B3&family=", "?q=%D9%81%D8%A7%D8%B3")],
)
def test_what_was_left_empty_leaves_the_address(client, path, query, kept):
    response = client.get(f"{path}?{query}")
    assert (response.status_code, response["Location"]) == (302, f"{path}{kept}")


@every_list
@pytest.mark.parametrize("query", ["", "page=1", "unknown=1"])
def test_a_list_without_filters_has_no_chips(client, path, query):
    assert chips(get(client, f"{path}?{query}")) == []


@every_list
@pytest.mark.parametrize(
    "number",
    ["0", "-1", "-99999999999999999999", "2", "99999999", "9" * 30, "9" * 5000, "abc", "1.5", "1e3", "0x1", "%D9%A2"],
)
def test_a_page_that_is_not_there_is_not_found(client, path, number):
    get(client, f"{path}?page={number}", 404)


@every_list
def test_the_error_stands_at_the_field_too(client, path):
    page = get(client, f"{path}?q={'x' * 101}", 400)
    assert 'id="id_q_error"' in page
    assert '<details class="filters" open>' in page
    assert 'aria-invalid="true"' in page


@every_list
def test_what_was_typed_is_kept_and_escaped(client, path):
    typed = '"><script>alert(1)</script>' + "x" * 90
    content = client.get(path, {"q": typed}).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content


# Chips and the order of parameters


@every_list
def test_the_filters_stand_in_one_order_whatever_the_address(client, path):
    filterset, model = LISTS[path]
    region, chamber = make.make_region(), make.make_chamber()
    partner, topic = make.make_organisation(), make.make_topic()
    make.make_party(organisation=partner)
    make.make_term(start_year=2021)
    values = {
        "chamber": chamber.slug, "region": region.slug, "family": "crafts", "kind": None, "status": "held",
        "outcome": "adopted", "majority": "unanimous", "stage": "signed", "party": partner.number,
        "topic": topic.slug, "office": "member", "body": "bureau", "term": "2021",
        "amount_min": "10", "amount_max": "20", "year": "2024",
        "from": "2024-10-01", "to": "2024-10-31", "q": "x",
    }  # fmt: skip
    names = list(filterset(QueryDict(), model.objects.all()).form.fields)
    if "kind" in names:
        form = filterset(QueryDict(), model.objects.all()).form
        values["kind"] = next(code for code, _label in form.fields["kind"].choices if code)
    wanted = "&".join(f"{name}={values[name]}" for name in names)
    backwards = "&".join(f"{name}={values[name]}" for name in reversed(names))
    page = get(client, f"{path}?page=1&unknown=1&{backwards}")
    assert f'rel="canonical" href="http://testserver{path}?{wanted}"' in page
    assert len(chips(page)) == len(names)


@every_list
def test_each_chip_drops_itself_and_keeps_the_others(client, path):
    filterset, model = LISTS[path]
    fields = filterset(QueryDict(), model.objects.all()).form.fields
    other = next(name for name in ("kind", "family", "region") if name in fields)
    value = make.make_region().slug
    if other != "region":
        value = next(code for code, _label in fields[other].choices if code)
    page = get(client, f"{path}?q=x&{other}={value}")
    assert sorted(chips(page)) == sorted([f"{path}?q=x", f"{path}?{other}={value}"])


@every_list
def test_a_single_chip_leads_to_the_bare_list(client, path):
    assert chips(get(client, f"{path}?q=x")) == [path]


def test_a_chip_says_its_filter_and_value_in_words():
    chamber = make.make_chamber(short_name="صناعة فاس")
    query = f"chamber={chamber.slug}&kind=bureau&from=2024-10-21&q=ميزانية"
    words = [(label, value) for label, value, _query in _chips_of(MeetingFilterSet, Meeting, query)]
    assert words == [
        (gettext("Chamber"), "صناعة فاس"),
        (gettext("Kind"), gettext("bureau meeting")),
        (gettext("From day"), "21 أكتوبر 2024"),
        ("كلمات للبحث", "ميزانية"),
    ]


def test_a_chip_of_a_partner_says_its_name():
    partner = make.make_organisation(name="وكالة التنمية")
    make.make_party(organisation=partner)
    [(_label, value, query)] = _chips_of(AgreementFilterSet, Agreement, f"party={partner.number}")
    assert (value, query) == ("وكالة التنمية", "")


def test_a_chip_keeps_what_was_typed_in_the_other_filters():
    chips_ = _chips_of(MeetingFilterSet, Meeting, "from=٢١/١٠/٢٠٢٤&q=أ ب&kind=bureau")
    assert QueryDict(chips_[0][2]).dict() == {"from": "٢١/١٠/٢٠٢٤", "q": "أ ب"}


def test_a_wrong_value_is_no_chip_and_in_no_link(client):
    page = get(client, "/meetings/?kind=unknown&q=x", 400)
    assert chips(page) == ["/meetings/"]
    assert 'href="http://testserver/meetings/?q=x"' in page
    assert not [href for href in hrefs(page) if "unknown" in href]


def test_the_other_view_of_meetings_keeps_the_filters(client):
    page = get(client, "/meetings/?q=x&kind=bureau")
    assert "/meetings/calendar/?kind=bureau&q=x" in hrefs(page)


# Chambers' sections: the same lists with the chamber fixed


@pytest.mark.parametrize("section", SECTIONS)
def test_the_chamber_of_a_section_is_no_chip_and_no_field(client, section):
    chamber = make.make_chamber()
    page = get(client, f"/chambers/{chamber.slug}/{section}/")
    assert chips(page) == []
    for name in ("chamber", "region", "family"):
        assert f'name="{name}"' not in page


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_cannot_be_led_to_another_chamber(client, section):
    chamber, other = make.make_chamber(), make.make_chamber(family="agriculture", regions=[make.make_region()])
    body = make.make_body(chamber=chamber)
    meeting = make.make_meeting(chamber=chamber)
    person = make.make_person()
    make.make_membership(person=person, body=body)
    mine = {
        "meetings": meeting,
        "decisions": make.make_item(meeting=meeting),
        "agreements": make.make_agreement(lead_chamber=chamber),
        "news": make.make_article(lead_chamber=chamber),
        "people": person,
        "offices": make.make_annex(chamber=chamber),
        "documents": make.make_document(chamber=chamber),
    }[section]
    query = f"chamber={other.slug}&family=agriculture&region={other.regions.get().slug}"
    assert shown(client, f"/chambers/{chamber.slug}/{section}/?{query}", [mine]) == [mine]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_of_an_unknown_chamber_is_not_found(client, section):
    get(client, f"/chambers/unknown/{section}/", 404)


def test_a_wrong_value_in_a_section_is_named(client):
    chamber = make.make_chamber()
    assert wrong_fields(get(client, f"/chambers/{chamber.slug}/meetings/?kind=unknown", 400)) == ["kind"]


# Pages


@pytest.fixture
def organisations():
    return [make.make_organisation(name=f"مؤسسة {n:03}") for n in range(1, 46)]


def test_twenty_a_page(client, organisations):
    assert shown(client, "/organisations/", organisations) == organisations[:20]
    assert shown(client, "/organisations/?page=3", organisations) == organisations[40:]


def test_the_total_counts_all_pages(client, organisations):
    assert result_total(get(client, "/organisations/?page=2")) == 45


def test_the_word_last_is_the_last_page(client, organisations):
    assert shown(client, "/organisations/?page=last", organisations) == organisations[40:]


def test_links_to_pages_keep_the_filters_in_order(client, organisations):
    links = hrefs(get(client, "/organisations/?page=2&q=مؤسسة&kind=public_agency"))
    query = f"kind=public_agency&q={quote('مؤسسة')}"
    assert [link for link in links if "page=" in link] == [
        f"?{query}&page={n}" for n in (1, 1, 3, 3)
    ]  # previous and 1, 3 and next


def test_one_page_has_no_links_to_pages(client, organisations):
    assert 'class="pagination"' not in get(client, "/organisations/?q=001")


def test_links_to_pages_leave_a_wrong_value_out(client, organisations):
    links = hrefs(get(client, "/organisations/?kind=unknown", 400))
    assert "?page=2" in links


def test_an_empty_list_says_so_with_a_way_out(client):
    page = get(client, "/organisations/?q=x")
    assert 'class="empty-state"' in page
    assert gettext("No organisations match these filters") in page
