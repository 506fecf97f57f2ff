"""What the database refuses of chambers, of those around them and of their editors."""

from datetime import date

import pytest
from django.db.models import F

from chambers.models import Editorship, PersonCitation
from tests.constraints import assert_refused, assert_refused_twin, assert_state_refused, constraints_of, state_checks
from tests.factories import (
    make_annex,
    make_body,
    make_chamber,
    make_chamber_citation,
    make_membership,
    make_organisation,
    make_person,
    make_project,
    make_province,
    make_region,
    make_source,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_person_citation(**fields):
    fields.setdefault("person", None)
    fields.setdefault("source", None)
    fields["person"] = fields["person"] or make_person()
    fields["source"] = fields["source"] or make_source()
    return PersonCitation.objects.create(**{"field": "name", **fields})


def make_unfollowed_chamber_citation(**fields):
    return make_chamber_citation(is_followed=False, **fields)


def make_unfollowed_person_citation(**fields):
    return make_person_citation(is_followed=False, **fields)


def make_editorship(**fields):
    fields["user"] = fields.get("user") or make_user()
    fields["chamber"] = fields.get("chamber") or make_chamber()
    return Editorship.objects.create(**fields)


def make_closed_chamber():
    return make_chamber(closed_on=date(2015, 9, 4))


def make_membership_since_2021(**fields):
    return make_membership(start=date(2021, 8, 20), **fields)


CHECKS = [
    ("region_code_one_to_twelve", make_region, {"code": "13"}),
    ("region_code_one_to_twelve", make_region, {"code": "00"}),
    ("region_iso_code_is_moroccan", make_region, {"iso_code": "FR-01"}),
    ("province_kind_known", make_province, {"kind": "district"}),
    ("province_code_in_a_region", make_province, {"code": "13.001"}),
    ("province_code_in_a_region", make_province, {"code": "00.999"}),
    ("chamber_family_known", make_chamber, {"family": "mining"}),
    ("chamber_closed_precision_known", make_chamber, {"closed_precision": "week"}),
    ("chamber_successor_only_if_closed", make_chamber, {"successor": make_chamber}),
    ("chamber_not_its_own_successor", make_closed_chamber, {"successor": F("pk")}),
    ("chamber_citation_field_known", make_chamber_citation, {"field": "budget"}),
    ("chamber_citation_basis_known", make_chamber_citation, {"basis": "guessed"}),
    ("body_kind_known", make_body, {"kind": "club"}),
    ("body_of_an_annex_is_a_committee", make_body, {"annex": make_annex}),
    ("term_ends_after_start", make_term, {"end_year": F("start_year")}),
    ("editorship_role_known", make_editorship, {"role": "owner"}),
    *state_checks("organisation", make_organisation),
    ("organisation_kind_known", make_organisation, {"kind": "party"}),
    *state_checks("project", make_project),
    *state_checks("person", make_person),
    ("person_citation_field_known", make_person_citation, {"field": "party"}),
    ("person_citation_basis_known", make_person_citation, {"basis": "guessed"}),
    ("membership_office_known", make_membership, {"office": "king"}),
    ("membership_end_reason_known", make_membership, {"is_former": True, "end_reason": "bored"}),
    ("membership_ends_after_start", make_membership_since_2021, {"end": date(2021, 8, 19)}),
    ("membership_end_reason_only_if_former", make_membership, {"end_reason": "resigned"}),
    ("membership_votes_within_cast", make_membership, {"votes_for": 71, "votes_cast": 70}),
    ("membership_precisions_known", make_membership, {"start_precision": "week"}),
    ("membership_precisions_known", make_membership, {"end_precision": "week"}),
    ("membership_precisions_known", make_membership, {"seen_precision": "week"}),
]

TWINS = [
    ("chamber_citation_one_followed", make_chamber_citation, ["chamber"], {"field": "seat"}),
    (
        "chamber_citation_source_once_a_field",
        make_unfollowed_chamber_citation,
        ["chamber", "source"],
        {"field": "seat"},
    ),
    ("person_citation_one_followed", make_person_citation, ["person"], {"field": "office"}),
    (
        "person_citation_source_once_a_field",
        make_unfollowed_person_citation,
        ["person", "source"],
        {"field": "office"},
    ),
    ("annex_name_once_per_chamber", make_annex, ["chamber"], {"name": "ملحقة أخرى"}),
    ("body_name_once_per_chamber", make_body, ["chamber"], {"name": "لجنة أخرى"}),
    ("editorship_once_per_chamber", make_editorship, ["user"], {"chamber": make_chamber}),
    ("organisation_name_once", make_organisation, [], {"name": "مؤسسة أخرى"}),
    ("membership_once_per_start", make_membership_since_2021, ["person", "body"], {"rank": 2}),
]


@pytest.mark.parametrize(("name", "make", "changes"), CHECKS)
def test_database_refuses(name, make, changes):
    assert_refused(name, make(), changes)


@pytest.mark.parametrize(("name", "make", "shared", "different"), TWINS)
def test_database_refuses_twin(name, make, shared, different):
    assert_refused_twin(name, make, shared, different)


@pytest.mark.parametrize(
    ("record", "make"), [("organisation", make_organisation), ("project", make_project), ("person", make_person)]
)
def test_database_refuses_unknown_state(record, make):
    assert_state_refused(record, make())


def test_citation_not_followed_may_stand_beside_the_followed_one():
    followed = make_chamber_citation(field="name")
    other = make_chamber_citation(chamber=followed.chamber, field="name", is_followed=False)
    assert set(followed.chamber.citations.all()) == {followed, other}


def test_every_constraint_is_broken_here():
    broken = {name for name, *_how in [*CHECKS, *TWINS]}
    broken |= {"organisation_state_known", "project_state_known", "person_state_known"}
    assert broken == set(constraints_of("chambers"))
