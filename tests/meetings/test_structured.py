from datetime import date, time

import pytest

from meetings.structured import card_words
from tests import factories as make
from tests.heads import graph, node

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
SCHEMA = "https://schema.org/"


def event(client, meeting):
    return node(client, meeting.get_absolute_url(), "Event")


# Dates


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2024, 10, 21), "2024-10-21T10:00:00+01:00"),
        (date(2024, 3, 15), "2024-03-15T10:00:00+00:00"),  # Ramadan of 1445
        (date(2026, 11, 23), "2026-11-23T10:00:00+00:00"),  # after 20 September 2026
        (date(2017, 7, 6), "2017-07-06T10:00:00+01:00"),  # summer time
        (date(2017, 1, 12), "2017-01-12T10:00:00+00:00"),
    ],
)
def test_a_start_has_the_offset_of_its_day(client, on, expected):
    assert event(client, make.make_meeting(date=on, time=time(10)))["startDate"] == expected


def test_a_start_without_a_time_is_a_day(client):
    assert event(client, make.make_meeting(date=date(2024, 10, 21)))["startDate"] == "2024-10-21"


@pytest.mark.parametrize("precision", ["month", "year"])
def test_a_start_of_which_the_day_is_not_known_is_left_out(client, precision):
    found = event(client, make.make_meeting(date=date(2024, 10, 1), date_precision=precision))
    assert "startDate" not in found


def test_an_end_has_its_time_where_the_start_has_one(client):
    meeting = make.make_meeting(date=date(2024, 10, 21), time=time(10), end_time=time(13, 30))
    assert event(client, meeting)["endDate"] == "2024-10-21T13:30:00+01:00"


def test_the_last_of_several_days_is_the_end(client):
    assert event(client, make.make_meeting(date=date(2024, 10, 21), end_date=date(2024, 10, 22)))["endDate"] == (
        "2024-10-22"
    )


def test_an_end_that_is_not_known_is_left_out(client):
    assert "endDate" not in event(client, make.make_meeting(time=time(10)))


# Status


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "scheduled"}, "EventScheduled"),
        ({"status": "held"}, "EventScheduled"),
        ({"status": "cancelled"}, "EventCancelled"),
        ({"status": "postponed", "date": None}, "EventPostponed"),
        ({"status": "postponed"}, "EventRescheduled"),
    ],
)
def test_a_status_has_its_word(client, fields, expected):
    assert event(client, make.make_meeting(**fields))["eventStatus"] == SCHEMA + expected


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "no_quorum"},
        {"status": "no_quorum", "date": None},
        {"status": "held", "date": None},
        {"status": "held", "date": date(2024, 10, 1), "date_precision": "month"},
        {"status": "scheduled", "date": None},
    ],
)
def test_a_status_that_no_source_states_is_left_out(client, fields):
    assert "eventStatus" not in event(client, make.make_meeting(**fields))


def test_a_second_call_that_failed_too_is_not_rescheduled(client):
    meeting = make.make_meeting(status="no_quorum", date=date(2024, 12, 30))
    make.make_sitting(meeting=meeting, status="superseded", date=date(2024, 10, 21))
    assert "eventStatus" not in event(client, meeting)


def test_a_meeting_that_was_put_off_names_the_day_first_announced(client):
    meeting = make.make_meeting(date=date(2024, 12, 30))
    make.make_sitting(meeting=meeting, status="superseded", date=date(2024, 10, 21), time=time(9))
    found = event(client, meeting)
    assert found["eventStatus"] == f"{SCHEMA}EventRescheduled"
    assert found["previousStartDate"] == "2024-10-21T09:00:00+01:00"


# What is known and what is not


def test_a_meeting_of_which_little_is_known_says_no_more(client):
    meeting = make.make_meeting(chamber=None, family="crafts", date=None)
    assert set(event(client, meeting)) == {"@type", "@id", "name", "url", "image"}


def test_a_place_is_named_as_far_as_it_is_known(client):
    meeting = make.make_meeting(venue="قاعة الاجتماعات", city="فاس", mode="hybrid")
    found = event(client, meeting)
    assert found["location"]["name"] == "قاعة الاجتماعات"
    assert found["location"]["address"]["addressLocality"] == "فاس"
    assert found["eventAttendanceMode"] == f"{SCHEMA}MixedEventAttendanceMode"


def test_the_minutes_are_a_document_about_the_meeting(client):
    meeting = make.make_meeting()
    paper = make.make_document(meeting=meeting, title="محضر الدورة")
    (found,) = event(client, meeting)["subjectOf"]
    assert found["@type"] == "DigitalDocument"
    assert found["name"] == "محضر الدورة"
    assert found["url"] == SITE + paper.get_absolute_url()


@pytest.mark.parametrize("query", ["", "?outcome=rejected", "?outcome=unpublished", "?outcome=unknown"])
def test_the_whole_agenda_is_told_whatever_the_page_is_narrowed_to(client, query):
    meeting = make.make_meeting()
    make.make_item(meeting=meeting, title="الميزانية", outcome="adopted")
    make.make_item(meeting=meeting, title="القرض", outcome="rejected")
    found = node(client, meeting.get_absolute_url() + query, "Event")
    assert [topic["name"] for topic in found["about"]] == ["الميزانية", "القرض"]


def test_an_agenda_that_is_not_public_is_not_told(client):
    meeting = make.make_meeting(agenda_published_at=None, results_published_at=None)
    make.make_item(meeting=meeting, title="نقطة مكتومة")
    assert "about" not in event(client, meeting)


def test_a_hidden_organiser_is_not_named(client):
    meeting = make.make_meeting()
    meeting.co_organisers.add(make.make_organisation(name="هيئة مكتومة", state="draft"))
    assert [found["name"] for found in event(client, meeting)["organizer"]] == [meeting.chamber.name]


# Decisions


def test_only_what_was_adopted_is_an_act_of_its_chamber(client):
    meeting = make.make_meeting(date=date(2024, 10, 21))
    make.make_item(meeting=meeting, title="الميزانية", outcome="adopted")
    make.make_item(meeting=meeting, title="القرض", outcome="rejected")
    found = [entry["item"] for entry in node(client, "/decisions/", "ItemList")["itemListElement"]]
    assert [(act["name"], act["@type"]) for act in found] == [("الميزانية", "Legislation"), ("القرض", "CreativeWork")]
    assert found[0]["legislationDate"] == "2024-10-21"
    assert found[0]["legislationPassedBy"]["name"] == meeting.chamber.name
    assert found[0]["url"] == f"{SITE}{meeting.get_absolute_url()}#item-1"
    assert "legislationDate" not in found[1]


def test_a_list_of_meetings_holds_their_addresses_alone(client):
    meeting = make.make_meeting()
    (entry,) = node(client, "/meetings/", "ItemList")["itemListElement"]
    assert entry == {"@type": "ListItem", "position": 1, "url": SITE + meeting.get_absolute_url()}


# Agreements


def test_an_agreement_names_its_stage_its_parties_and_the_act_it_rests_on(client):
    agreement = make.make_agreement(title="اتفاقية المعرض")
    make.make_party(agreement=agreement, organisation=make.make_organisation(name="وكالة التنمية"))
    make.make_party(agreement=agreement, organisation=make.make_organisation(name="جمعية مكتومة", state="draft"))
    item = make.make_item(title="المصادقة على الاتفاقية", outcome="adopted")
    make.make_step(agreement=agreement, agenda_item=item)
    make.make_step(agreement=agreement, stage="signed")
    (found, _trail) = graph(client, agreement.get_absolute_url())
    assert found["@type"] == "CreativeWork"
    assert found["creativeWorkStatus"] == "موقّعة"
    assert [party["name"] for party in found["contributor"]] == ["وكالة التنمية"]
    assert [act["name"] for act in found["isBasedOn"]] == ["المصادقة على الاتفاقية"]


def test_an_agreement_does_not_rest_on_an_outcome_that_is_not_public(client):
    meeting = make.make_meeting(results_published_at=None)
    agreement = make.make_agreement()
    make.make_step(agreement=agreement, agenda_item=make.make_item(meeting=meeting, outcome="adopted"))
    (found, _trail) = graph(client, agreement.get_absolute_url())
    assert "isBasedOn" not in found


# Words of the card


def test_a_card_says_title_chamber_and_day(client):
    chamber = make.make_chamber(name="غرفة الصيد", family="sea_fisheries")
    words = card_words(make.make_meeting(title="دورة يونيو", chamber=chamber, date=date(2024, 10, 21)))
    assert words == ("دورة يونيو", "غرفة الصيد", "الإثنين 21 أكتوبر 2024", "", "sea_fisheries")


def test_a_card_says_that_a_meeting_was_cancelled_and_never_more_than_is_known_of_its_day():
    meeting = make.make_meeting(status="cancelled", date=date(2024, 10, 1), date_precision="month")
    assert card_words(meeting).when == "أكتوبر 2024"
    assert card_words(meeting).state


def test_new_words_give_the_card_a_new_address():
    meeting = make.make_meeting(title="دورة")
    before = card_words(meeting).mark
    meeting.title = "دورة مصححة"
    assert card_words(meeting).mark != before
