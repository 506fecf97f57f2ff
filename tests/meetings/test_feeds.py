"""What the feeds of meetings, decisions and agreements say of a record."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import pytest

from meetings.models import Meeting
from tests import factories as make
from tests.feeds import ATOM, entries_of

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)


def summary(client, path):
    (entry,) = entries_of(client, path)
    return entry.findtext(f"{ATOM}summary").split("\n")


def test_a_meeting_says_its_state_chamber_day_and_place(client):
    make.make_meeting(
        chamber=make.make_chamber(name="غرفة الصناعة التقليدية بالاختبار"), date=date(2024, 12, 30), time=time(10, 30),
        venue="مقر الغرفة", city="فاس", summary="صودق على الميزانية.",
    )  # fmt: skip
    assert summary(client, "/feeds/meetings.xml") == [
        "انعقد · غرفة الصناعة التقليدية بالاختبار · الإثنين 30 دجنبر 2024، على الساعة 10:30 · مقر الغرفة · فاس",
        "صودق على الميزانية.",
    ]


def test_a_meeting_that_was_given_up_says_why(client):
    make.make_meeting(family="crafts", status="cancelled", status_reason="ظروف طارئة", date=None)
    assert summary(client, "/feeds/meetings.xml") == ["أُلغي: ظروف طارئة · الصناعة التقليدية · التاريخ غير منشور"]


def test_a_date_known_in_part_is_not_made_whole(client):
    make.make_meeting(chamber=make.make_chamber(name="غرفة"), date=date(2024, 10, 1), date_precision="month")
    assert summary(client, "/feeds/meetings.xml") == ["انعقد · غرفة · أكتوبر 2024"]


def test_a_decision_says_its_outcome_votes_and_meeting(client):
    meeting = make.make_meeting(
        chamber=make.make_chamber(name="غرفة"), short_title="دورة أكتوبر 2024", date=date(2024, 12, 30)
    )
    make.make_item(
        meeting=meeting, outcome="adopted", majority="by_majority", votes_for=62, votes_against=3, votes_abstained=0
    )
    assert summary(client, "/feeds/decisions.xml") == [
        "المصادقة · بالأغلبية · لصالح 62 · ضد 3 · امتناع 0",
        "دورة أكتوبر 2024 · غرفة · الإثنين 30 دجنبر 2024",
    ]


def test_an_outcome_that_nobody_published_is_no_news(client):
    make.make_item(outcome="")
    assert entries_of(client, "/feeds/decisions.xml") == []


@pytest.mark.parametrize("results", [None, datetime(2100, 1, 1, tzinfo=UTC)])
def test_an_outcome_comes_with_the_results_only(client, results):
    make.make_item(outcome="adopted", meeting=make.make_meeting(results_published_at=results))
    assert entries_of(client, "/feeds/decisions.xml") == []


def test_a_decision_came_out_with_the_results_of_its_meeting(client):
    make.make_item(outcome="adopted", meeting=make.make_meeting(results_published_at=LATE))
    Meeting.objects.update(updated_at=EARLY)
    (entry,) = entries_of(client, "/feeds/decisions.xml")
    assert entry.findtext(f"{ATOM}published") == "2026-03-02T09:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-02T09:00:00+00:00"


def test_the_identifier_of_a_decision_is_its_own_and_stays(client):
    meeting = make.make_meeting(uuid=UUID("68a06bd4-f71e-4d52-8630-a118d3a9b492"))
    make.make_item(meeting=meeting, outcome="adopted", position=1)
    make.make_item(meeting=meeting, outcome="rejected", position=2)
    found = [entry.findtext(f"{ATOM}id") for entry in entries_of(client, "/feeds/decisions.xml")]
    # uuid5 of RFC 4122: the meeting's identifier as name space, «item-1» and «item-2» as names.
    assert found == [
        "urn:uuid:29611a83-737c-5967-b018-a0cac33e401a",
        "urn:uuid:57a233c6-0e00-52c3-8f9e-bf409520d642",
    ]


def test_an_agreement_says_its_stage_kind_partners_amount_and_object(client):
    agreement = make.make_agreement(
        lead_chamber=make.make_chamber(name="غرفة"), kind="partnership", amount=Decimal("1250000.00"),
        object="تكوين الصناع.",
    )  # fmt: skip
    make.make_party(agreement=agreement, organisation=make.make_organisation(name="وكالة"))
    make.make_party(agreement=agreement, organisation=make.make_organisation(name="جماعة"))
    make.make_step(agreement=agreement, stage="signed")
    assert summary(client, "/feeds/agreements.xml") == [
        "موقّعة · اتفاقية شراكة · غرفة · 1\u202f250\u202f000\u00a0درهم",
        "الشركاء: وكالة، جماعة",
        "تكوين الصناع.",
    ]


def test_an_agreement_without_a_known_stage_says_so(client):
    make.make_agreement(lead_chamber=None)
    assert summary(client, "/feeds/agreements.xml") == ["المرحلة غير منشورة"]
