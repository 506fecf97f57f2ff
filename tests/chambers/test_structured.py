from datetime import date

import pytest

from tests import factories as make
from tests.heads import node

pytestmark = pytest.mark.django_db


def test_a_chamber_says_what_is_known_of_it(client):
    region = make.make_region(name="فاس-مكناس")
    chamber = make.make_chamber(
        regions=[region],
        name="غرفة فاس",
        name_fr="Chambre de Fès",
        phone="0535 00 00 00",
        seat="فاس",
        address="شارع السلام",
    )
    make.make_annex(chamber=chamber, name="ملحقة صفرو", city="صفرو")
    found = node(client, chamber.get_absolute_url(), "GovernmentOrganization")
    assert found["name"] == "غرفة فاس"
    assert found["alternateName"] == {"@value": "Chambre de Fès", "@language": "fr"}
    assert found["areaServed"] == [{"@type": "AdministrativeArea", "name": "فاس-مكناس"}]
    assert found["telephone"] == "0535 00 00 00"
    assert found["address"]["streetAddress"] == "شارع السلام"
    assert [office["name"] for office in found["department"]] == ["ملحقة صفرو"]


def test_what_is_not_known_of_a_chamber_is_left_out(client):
    chamber = make.make_chamber(name_fr="")
    found = node(client, chamber.get_absolute_url(), "GovernmentOrganization")
    assert set(found) == {"@type", "@id", "name", "url"}


def test_a_person_is_a_member_in_each_office_held(client):
    person = make.make_person(latin_name="Nom Prénom")
    body = make.make_body()
    make.make_membership(person=person, body=body, office="president", start=date(2021, 8, 12))
    found = node(client, person.get_absolute_url(), "Person")
    (role,) = found["memberOf"]
    assert role["@type"] == "OrganizationRole"
    assert role["memberOf"]["name"] == body.chamber.name
    assert role["startDate"] == "2021-08-12"
    assert found["alternateName"] == "Nom Prénom"


def test_a_former_office_without_a_day_of_its_end_is_not_passed_off_as_held(client):
    person = make.make_person()
    make.make_membership(person=person, is_former=True)
    make.make_membership(person=person, is_former=True, end=date(2021, 1, 1), end_precision="year")
    assert "memberOf" not in node(client, person.get_absolute_url(), "Person")


def test_a_year_is_not_passed_off_as_its_first_day(client):
    person = make.make_person()
    make.make_membership(person=person, start=date(2021, 1, 1), start_precision="year")
    (role,) = node(client, person.get_absolute_url(), "Person")["memberOf"]
    assert "startDate" not in role


def test_annexes_are_listed_with_their_chamber(client):
    annex = make.make_annex(name="ملحقة صفرو", phone="0535 11 11 11", hours="من 9 إلى 16")
    (entry,) = node(client, "/offices/", "ItemList")["itemListElement"]
    assert entry["item"]["@type"] == "GovernmentOffice"
    assert entry["item"]["telephone"] == "0535 11 11 11"
    assert entry["item"]["parentOrganization"]["name"] == annex.chamber.name
    assert "openingHours" not in entry["item"]


@pytest.mark.parametrize(("kind", "expected"), [("ministry", "GovernmentOrganization"), ("company", "Organization")])
def test_only_what_the_law_makes_part_of_the_state_is_called_so(client, kind, expected):
    organisation = make.make_organisation(kind=kind)
    assert node(client, organisation.get_absolute_url(), expected)["name"] == organisation.name
