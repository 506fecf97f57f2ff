"""When a meeting is, seen from today; and that its page asks no more however long the agenda."""

from datetime import date

import pytest

from meetings.dossier import meeting_dossier, phase
from meetings.models import Meeting
from tests.factories import make_item, make_meeting

TODAY = date(2024, 10, 21)


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ({"date": TODAY}, "today"),
        ({"date": date(2024, 10, 20), "end_date": TODAY}, "today"),
        ({"date": date(2024, 10, 20), "end_date": date(2024, 10, 22)}, "today"),
        ({"date": date(2024, 10, 20)}, "past"),
        ({"date": date(2024, 10, 18), "end_date": date(2024, 10, 20)}, "past"),
        ({"date": date(2024, 10, 22)}, "future"),
        ({"date": date(2024, 10, 22), "status": "held"}, "future"),
        ({"date": date(2024, 10, 1), "date_precision": "month", "status": "scheduled"}, "future"),
        ({"date": date(2024, 10, 1), "date_precision": "month", "status": "held"}, "past"),
        ({"status": "scheduled"}, "future"),
        ({"status": "held"}, "past"),
        ({"status": "cancelled"}, "past"),
        ({"status": "postponed"}, "future"),
        ({"date": date(2024, 10, 20), "status": "postponed"}, "past"),
    ],
)
def test_phase_follows_the_day_and_else_the_status(fields, when):
    assert phase(Meeting(**fields), TODAY) == when


def of_outcomes(*outcomes, **meeting):
    meeting = make_meeting(**meeting)
    for outcome in outcomes:
        make_item(meeting=meeting, outcome=outcome)
    return meeting


def shown(meeting, outcome=""):
    dossier = meeting_dossier(meeting, TODAY, outcome)
    return [item.outcome for item in dossier["items"]], dossier["shown_outcome"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("adopted", (["adopted", "adopted"], "adopted")),
        ("unpublished", ([""], "unpublished")),
        ("rejected", (["adopted", "", "adopted", "postponed"], "")),
        ("no-such-outcome", (["adopted", "", "adopted", "postponed"], "")),
        ("", (["adopted", "", "adopted", "postponed"], "")),
    ],
)
def test_agenda_is_narrowed_only_to_an_outcome_it_has(outcome, expected):
    assert shown(of_outcomes("adopted", "", "adopted", "postponed"), outcome) == expected


@pytest.mark.django_db
def test_agenda_is_not_narrowed_by_results_that_are_not_public():
    meeting = of_outcomes("adopted", "postponed", results_published_at=None)
    dossier = meeting_dossier(meeting, TODAY, "adopted")
    assert len(dossier["items"]) == 2
    assert dossier["tally"] == []


@pytest.mark.django_db
def test_hidden_agenda_has_no_items():
    dossier = meeting_dossier(of_outcomes("adopted", agenda_published_at=None), TODAY)
    assert (dossier["items"], dossier["item_total"], dossier["agenda_is_public"]) == ([], 0, False)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["published", "draft"])
def test_item_names_the_public_items_that_take_it_up(state):
    earlier = make_item(outcome="postponed")
    later = make_item(takes_up=earlier, meeting=make_meeting(state=state))
    (item,) = meeting_dossier(earlier.meeting, TODAY)["items"]
    assert item.later == ([later] if state == "published" else [])


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 40])
def test_dossier_takes_as_many_queries_for_forty_items_as_for_one(count, django_assert_max_num_queries):
    meeting = Meeting.objects.for_page().get(pk=of_outcomes(*["adopted"] * count).pk)
    with django_assert_max_num_queries(11):
        meeting_dossier(meeting, TODAY)
