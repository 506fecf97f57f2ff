"""The filters of the directory, people, annexes, organisations and projects."""

from datetime import date
from urllib.parse import quote

import pytest

from chambers.models import BodyKind, Family, Office, OrganisationKind
from tests import factories as make
from tests.pages import get, results, shown, wrong_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def fisheries():
    """A chamber that spans two regions."""
    return make.make_chamber(family="sea_fisheries", regions=[make.make_region(), make.make_region()])


# Chambers


def test_chambers_of_a_region(client, fisheries):
    other = make.make_chamber(regions=[make.make_region()])
    region = fisheries.regions.first()
    assert shown(client, f"/chambers/?region={region.slug}", [fisheries, other]) == [fisheries]


def test_a_chamber_of_two_regions_stands_under_one_of_them_when_that_is_asked_for(client, fisheries):
    page = results(get(client, f"/chambers/?region={fisheries.regions.first().slug}"))
    assert page.count(f"<bdi>{fisheries.name}</bdi>") == 1


@pytest.mark.parametrize("family", Family.values)
def test_chambers_of_a_family(client, family):
    region = make.make_region()
    mine = make.make_chamber(family=family, regions=[region])
    other = make.make_chamber(family="crafts" if family != "crafts" else "agriculture", regions=[region])
    assert shown(client, f"/chambers/?family={family}", [mine, other]) == [mine]


@pytest.mark.parametrize("typed", ["صناعة", "الصناعه", "غرفة الصناعة", "الأطلسية", "الاطلسيه"])
def test_chambers_by_words_of_the_name(client, typed):
    mine = make.make_chamber(name="غرفة الصناعة الأطلسية", regions=[make.make_region()])
    other = make.make_chamber(
        name="غرفة الفلاحة لجهة الشرق", family="agriculture", name_fr="", regions=[make.make_region()]
    )
    assert shown(client, f"/chambers/?q={quote(typed)}", [mine, other]) == [mine]


def test_closed_chambers_are_left_out_as_soon_as_a_filter_holds(client):
    closed = make.make_chamber(family="crafts", closed_on=date(2015, 1, 1))
    assert shown(client, "/chambers/", [closed]) == [closed]
    assert shown(client, "/chambers/?family=crafts", [closed]) == []


# People


def _holder(chamber, office="member", **fields):
    person = make.make_person(**fields)
    make.make_membership(person=person, body=make.make_body(chamber=chamber), office=office)
    return person


def test_people_of_a_chamber(client):
    chamber = make.make_chamber()
    mine, other = _holder(chamber), _holder(make.make_chamber())
    assert shown(client, f"/people/?chamber={chamber.slug}", [mine, other]) == [mine]


def test_whoever_holds_two_offices_stands_once(client):
    chamber = make.make_chamber()
    person = _holder(chamber, office="president")
    make.make_membership(person=person, body=make.make_body(chamber=chamber), office="member")
    page = results(get(client, f"/people/?chamber={chamber.slug}"))
    assert page.count(f"<bdi>{person.name}</bdi>") == 1


def test_people_of_a_family(client):
    mine = _holder(make.make_chamber(family="agriculture"))
    others = [_holder(make.make_chamber(family="crafts")), make.make_person()]
    assert shown(client, "/people/?family=agriculture", [mine, *others]) == [mine]


@pytest.mark.parametrize("office", Office.values)
def test_people_of_an_office(client, office):
    chamber = make.make_chamber()
    mine = _holder(chamber, office=office)
    other = _holder(chamber, office="member" if office != "member" else "president")
    assert shown(client, f"/people/?office={office}", [mine, other]) == [mine]


@pytest.mark.parametrize("kind", BodyKind.values)
def test_people_of_an_organ(client, kind):
    people = {}
    for one in BodyKind.values:
        people[one] = make.make_person()
        make.make_membership(person=people[one], body=make.make_body(kind=one))
    assert shown(client, f"/people/?body={kind}", people.values()) == [people[kind]]


def test_people_of_a_term(client):
    mine = make.make_membership(term=make.make_term(start_year=2021, end_year=2027)).person
    other = make.make_membership(term=make.make_term(start_year=2015, end_year=2021)).person
    page = get(client, "/people/?term=2021")
    assert shown(client, "/people/?term=2021", [mine, other]) == [mine]
    assert "المدة الانتدابية: <bdi>من 2021 إلى 2027</bdi>" in page


def test_what_is_asked_of_an_office_is_asked_of_one_office(client):
    """A president elsewhere who is a mere member here is no president of this chamber."""
    chamber = make.make_chamber()
    mine, other = _holder(chamber, office="president"), _holder(make.make_chamber(), office="president")
    make.make_membership(person=other, body=make.make_body(chamber=chamber), office="member")
    assert shown(client, f"/people/?chamber={chamber.slug}&office=president", [mine, other]) == [mine]


@pytest.mark.parametrize("typed", ["أحمد", "احمد", "الزهراوي", "زهراوى", "أَحْمَد"])
def test_people_by_words_of_the_name(client, typed):
    mine, other = make.make_person(name="أحمد الزهراوي"), make.make_person(name="محمد العلوي")
    assert shown(client, f"/people/?q={quote(typed)}", [mine, other]) == [mine]


# Annexes


def _annexes(client, path):
    return {name.split('"')[0] for name in results(get(client, path)).split('<li id="annex-')[1:]}


def test_annexes_of_a_chamber(client):
    mine = make.make_annex()
    make.make_annex()
    assert _annexes(client, f"/offices/?chamber={mine.chamber.slug}") == {str(mine.pk)}


def test_annexes_of_a_region_stand_once_though_the_chamber_spans_two(client, fisheries):
    mine = make.make_annex(chamber=fisheries)
    make.make_annex()
    path = f"/offices/?region={fisheries.regions.first().slug}"
    assert _annexes(client, path) == {str(mine.pk)}
    assert results(get(client, path)).count(f'id="annex-{mine.pk}"') == 1


def test_annexes_by_words_of_the_name(client):
    mine = make.make_annex(name="الملحقة الإقليمية بآسفي")
    make.make_annex(name="وكالة الخدمات")
    assert _annexes(client, f"/offices/?q={quote('الملحقه باسفي')}") == {str(mine.pk)}


# Organisations


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_organisations_of_a_kind(client, kind):
    mine = make.make_organisation(kind=kind)
    other = make.make_organisation(kind="ministry" if kind != "ministry" else "company")
    assert shown(client, f"/organisations/?kind={kind}", [mine, other]) == [mine]


def test_organisations_by_words_of_the_name(client):
    mine, other = (
        make.make_organisation(name="الوكالة الوطنية"),
        make.make_organisation(name="مجلس الجهة", kind="council"),
    )
    assert shown(client, f"/organisations/?q={quote('الوكاله')}", [mine, other]) == [mine]


# Projects


def test_projects_of_a_chamber(client):
    mine, other = make.make_project(), make.make_project()
    assert shown(client, f"/projects/?chamber={mine.chamber.slug}", [mine, other]) == [mine]


def test_projects_of_a_region_stand_once_though_the_chamber_spans_two(client, fisheries):
    mine, other = make.make_project(chamber=fisheries), make.make_project()
    path = f"/projects/?region={fisheries.regions.last().slug}"
    assert shown(client, path, [mine, other]) == [mine]
    assert results(get(client, path)).count(f"<bdi>{mine.name}</bdi>") == 1


def test_projects_by_words_of_the_name(client):
    mine, other = make.make_project(name="المركب المندمج بصفرو"), make.make_project(name="دار الصانعة")
    assert shown(client, f"/projects/?q={quote('المركب')}", [mine, other]) == [mine]


@pytest.mark.parametrize(
    "path",
    [
        "/chambers/?region=unknown", "/chambers/?family=unknown",
        "/people/?chamber=unknown", "/people/?family=unknown", "/people/?office=unknown",
        "/offices/?chamber=unknown", "/offices/?region=unknown",
        "/organisations/?kind=unknown",
        "/projects/?chamber=unknown", "/projects/?region=unknown",
    ],
)  # fmt: skip
def test_an_unknown_value_is_named_and_narrows_nothing(client, path):
    chamber = make.make_chamber(regions=[make.make_region()])
    person = _holder(chamber)
    rows = {
        "chambers": chamber,
        "people": person,
        "offices": make.make_annex(chamber=chamber),
        "organisations": make.make_organisation(),
        "projects": make.make_project(chamber=chamber),
    }
    page = get(client, path, 400)
    assert wrong_fields(page) == [path.split("?")[1].split("=")[0]]
    assert f"<bdi>{rows[path.split('/')[1]].name}</bdi>" in results(page)
