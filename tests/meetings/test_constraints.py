"""What the database refuses of meetings and of all that belongs to them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db.models import F

from meetings.models import AgreementCitation
from tests.constraints import assert_refused, assert_refused_twin, assert_state_refused, constraints_of, state_checks
from tests.factories import (
    make_agreement,
    make_attendance,
    make_chamber,
    make_document,
    make_item,
    make_meeting,
    make_meeting_citation,
    make_organisation,
    make_party,
    make_project_note,
    make_recommendation,
    make_sitting,
    make_source,
    make_step,
    make_talk,
)

pytestmark = pytest.mark.django_db


def make_meeting_of_family():
    return make_meeting(family="crafts")


def make_meeting_by_ordinal():
    return make_meeting(session_month=None, session_ordinal=2)


def make_meeting_at_ten():
    return make_meeting(time=time(10, 0))


def make_meeting_of_two_days():
    return make_meeting(date=date(2024, 10, 21), end_date=date(2024, 10, 22), time=time(10, 0), end_time=time(9, 0))


def make_unanimous_item():
    return make_item(outcome="adopted", majority="unanimous", votes_for=30)


def make_item_as_sent():
    return make_item(sent_number="1", sent_title="النقطة كما أرسلت")


def make_addendum():
    return make_agreement(kind="addendum", parent_as_named="اتفاقية سنة 2019")


def make_agreement_from_2024():
    return make_agreement(start=date(2024, 1, 1))


def make_agreement_citation(**fields):
    fields["agreement"] = fields.get("agreement") or make_agreement()
    fields["source"] = fields.get("source") or make_source()
    return AgreementCitation.objects.create(**{"field": "amount", **fields})


def make_chamber_party(**fields):
    return make_party(**{"chamber": fields.pop("chamber", None) or make_chamber(), **fields})


def make_step_in_meeting():
    return make_step(agenda_item=make_item())


def make_group():
    return make_attendance(group="رؤساء اللجان", count=4)


def make_unfollowed_meeting_citation(**fields):
    return make_meeting_citation(is_followed=False, **fields)


def make_unfollowed_agreement_citation(**fields):
    return make_agreement_citation(is_followed=False, **fields)


DAY = date(2024, 10, 21)

CHECKS = [
    *state_checks("meeting", make_meeting),
    ("meeting_chamber_or_family", make_meeting, {"chamber": None}),
    ("meeting_chamber_or_family", make_meeting, {"family": "crafts"}),
    ("meeting_family_known", make_meeting_of_family, {"family": "mining"}),
    ("meeting_kind_known", make_meeting, {"kind": "picnic"}),
    ("meeting_status_known", make_meeting, {"status": "dreamt"}),
    ("meeting_mode_known", make_meeting, {"mode": "by_post"}),
    ("meeting_precisions_known", make_meeting, {"date_precision": "week"}),
    ("meeting_precisions_known", make_meeting, {"period_precision": "week"}),
    ("meeting_years_in_range", make_meeting, {"url_year": 1899}),
    ("meeting_years_in_range", make_meeting, {"url_year": 2201}),
    ("meeting_years_in_range", make_meeting, {"session_year": 20244}),
    ("meeting_session_month_in_year", make_meeting, {"session_month": 13}),
    ("meeting_session_month_in_year", make_meeting, {"session_month": 0}),
    ("meeting_session_label_has_year", make_meeting, {"session_year": None}),
    ("meeting_session_label_has_year", make_meeting_by_ordinal, {"session_year": None}),
    ("meeting_ends_after_start", make_meeting, {"end_date": date(2024, 10, 20)}),
    ("meeting_ends_after_start", make_meeting, {"date": None, "end_date": DAY}),
    ("meeting_end_time_after_time", make_meeting_at_ten, {"end_time": time(9, 0)}),
    ("meeting_end_time_after_time", make_meeting_at_ten, {"end_time": time(10, 0)}),
    ("meeting_end_time_after_time", make_meeting_of_two_days, {"end_date": DAY}),
    ("meeting_time_needs_day", make_meeting_at_ten, {"date": None}),
    ("meeting_time_needs_day", make_meeting_at_ten, {"date_precision": "month"}),
    ("meeting_period_in_order", make_meeting, {"period_start": DAY, "period_end": date(2024, 10, 20)}),
    ("meeting_present_within_office", make_meeting, {"members_in_office": 122, "members_present": 123}),
    ("meeting_not_held_with_itself", make_meeting, {"held_with": F("pk")}),
    ("meeting_results_after_agenda", make_meeting, {"agenda_published_at": None}),
    ("meeting_results_not_before_agenda", make_meeting, {"results_published_at": datetime(2020, 1, 1, tzinfo=UTC)}),
    ("meeting_citation_field_known", make_meeting_citation, {"field": "weather"}),
    ("meeting_citation_basis_known", make_meeting_citation, {"basis": "guessed"}),
    ("sitting_status_known", make_sitting, {"status": "dreamt"}),
    ("sitting_date_precision_known", make_sitting, {"date_precision": "week"}),
    ("sitting_present_within_office", make_sitting, {"members_in_office": 60, "members_present": 61}),
    ("agendaitem_kind_known", make_item, {"kind": "gossip"}),
    ("agendaitem_outcome_known", make_item, {"outcome": "lost"}),
    ("agendaitem_majority_known", make_unanimous_item, {"majority": "narrow"}),
    ("agendaitem_majority_needs_vote", make_item, {"outcome": "", "majority": "unanimous"}),
    ("agendaitem_majority_needs_vote", make_item, {"outcome": "postponed", "majority": "by_majority"}),
    ("agendaitem_unanimous_without_dissent", make_unanimous_item, {"votes_against": 1}),
    ("agendaitem_unanimous_without_dissent", make_unanimous_item, {"votes_abstained": 1}),
    ("agendaitem_amount_not_negative", make_item, {"amount": Decimal("-0.01")}),
    ("agendaitem_not_taking_up_itself", make_item, {"takes_up": F("pk")}),
    ("agendaitem_sent_number_with_title", make_item, {"sent_number": "1"}),
    ("agendaitem_sent_number_with_title", make_item_as_sent, {"sent_number": None}),
    *state_checks("agreement", make_agreement),
    ("agreement_url_year_in_range", make_agreement, {"url_year": 1899}),
    ("agreement_url_year_in_range", make_agreement, {"url_year": 20244}),
    ("agreement_kind_known", make_agreement, {"kind": "handshake"}),
    ("agreement_precisions_known", make_agreement, {"start_precision": "week"}),
    ("agreement_precisions_known", make_agreement, {"end_precision": "week"}),
    ("agreement_ends_after_start", make_agreement_from_2024, {"end": date(2023, 12, 31)}),
    ("agreement_amount_not_negative", make_agreement, {"amount": Decimal("-0.01")}),
    ("agreement_not_its_own_original", make_addendum, {"parent": F("pk")}),
    ("agreement_original_only_of_addendum", make_agreement, {"parent": make_agreement}),
    ("agreement_original_only_of_addendum", make_agreement, {"parent_as_named": "اتفاقية سنة 2019"}),
    ("agreement_original_only_of_addendum", make_agreement, {"addendum_number": 1}),
    ("agreement_addendum_names_original", make_agreement, {"kind": "addendum"}),
    ("agreement_citation_field_known", make_agreement_citation, {"field": "weather"}),
    ("agreement_citation_basis_known", make_agreement_citation, {"basis": "guessed"}),
    ("agreementparty_chamber_or_organisation", make_party, {"chamber": make_chamber}),
    ("agreementparty_chamber_or_organisation", make_party, {"organisation": None}),
    ("agreementparty_role_known", make_party, {"role": "witness"}),
    ("agreementparty_share_not_negative", make_party, {"share_amount": Decimal("-0.01")}),
    ("agreementparty_percent_in_range", make_party, {"share_percent": Decimal("100.01")}),
    ("agreementparty_percent_in_range", make_party, {"share_percent": Decimal("-0.01")}),
    ("agreementstep_stage_known", make_step, {"stage": "forgotten"}),
    ("agreementstep_date_precision_known", make_step, {"date_precision": "week"}),
    ("agreementstep_date_from_meeting", make_step_in_meeting, {"date": DAY}),
    ("agreementstep_of_one_party", make_step, {"by_chamber": make_chamber, "by_organisation": make_organisation}),
    ("attendance_role_known", make_attendance, {"role": "dreamer"}),
    ("attendance_status_known", make_attendance, {"status": "asleep"}),
    ("attendance_person_office_or_group", make_attendance, {"person": None}),
    ("attendance_person_office_or_group", make_attendance, {"group": "رؤساء اللجان"}),
    ("attendance_person_office_or_group", make_group, {"office": "العامل"}),
    ("attendance_count_of_a_group", make_attendance, {"count": 4}),
    *state_checks("document", make_document),
    ("document_kind_known", make_document, {"kind": "poem"}),
    ("document_issued_precision_known", make_document, {"issued_precision": "week"}),
    ("document_only_minutes_are_approved", make_document, {"kind": "budget", "approved_in": make_meeting}),
    ("document_item_needs_meeting", make_document, {"agenda_item": make_item}),
    ("talk_kind_known", make_talk, {"kind": "song"}),
    ("talk_has_speaker_or_subject", make_talk, {"title": ""}),
    ("projectnote_status_known", make_project_note, {"status": "dreamt"}),
    ("projectnote_date_precision_known", make_project_note, {"date_precision": "week"}),
    ("projectnote_has_meeting_or_source", make_project_note, {"source": None}),
]

TWINS = [
    ("meeting_slug_once_per_year", make_meeting, [], {"slug": "autre-session"}),
    ("meeting_citation_one_followed", make_meeting_citation, ["meeting"], {"field": "date"}),
    (
        "meeting_citation_source_once_a_field",
        make_unfollowed_meeting_citation,
        ["meeting", "source"],
        {"field": "date"},
    ),
    ("sitting_position_once", make_sitting, ["meeting"], {"position": 2}),
    ("agendaitem_position_once", make_item, ["meeting"], {"position": 2}),
    ("agreement_citation_one_followed", make_agreement_citation, ["agreement"], {"field": "dates"}),
    (
        "agreement_citation_source_once_a_field",
        make_unfollowed_agreement_citation,
        ["agreement", "source"],
        {"field": "dates"},
    ),
    ("agreementparty_position_once", make_party, ["agreement"], {"position": 2}),
    ("agreementparty_chamber_once", make_chamber_party, ["agreement"], {"chamber": make_chamber}),
    ("agreementparty_organisation_once", make_party, ["agreement"], {"organisation": make_organisation}),
    ("agreementstep_position_once", make_step, ["agreement"], {"position": 2}),
    ("attendance_position_once", make_attendance, ["meeting"], {"position": 2}),
    ("attendance_person_once_per_role", make_attendance, ["meeting", "person"], {"role": "speaker"}),
    ("talk_position_once", make_talk, ["meeting"], {"position": 2}),
    ("recommendation_position_once", make_recommendation, ["meeting"], {"position": 2}),
    ("projectnote_position_once", make_project_note, ["project"], {"position": 2}),
]


@pytest.mark.parametrize(("name", "make", "changes"), CHECKS)
def test_database_refuses(name, make, changes):
    assert_refused(name, make(), changes)


@pytest.mark.parametrize(("name", "make", "shared", "different"), TWINS)
def test_database_refuses_twin(name, make, shared, different):
    assert_refused_twin(name, make, shared, different)


@pytest.mark.parametrize(
    ("record", "make"), [("meeting", make_meeting), ("agreement", make_agreement), ("document", make_document)]
)
def test_database_refuses_unknown_state(record, make):
    assert_state_refused(record, make())


def test_address_may_return_in_another_year():
    make_meeting(slug="session-octobre", url_year=2023)
    assert make_meeting(slug="session-octobre", url_year=2024).pk


def test_every_constraint_is_broken_here():
    broken = {name for name, *_how in [*CHECKS, *TWINS]}
    broken |= {"meeting_state_known", "agreement_state_known", "document_state_known"}
    assert broken == set(constraints_of("meetings"))
