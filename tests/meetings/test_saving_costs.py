"""What saving a long form costs, with every check that it had."""

import pytest
from django.db import DatabaseError, connection
from django.db.models import F, IntegerField, Q, Value
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from meetings.models import AgendaItem, Attendance, Meeting
from publishing.constraints import all_hold
from tests import factories as make
from tests.admin_forms import admin_url, errors, filled

pytestmark = pytest.mark.django_db


def long_meeting(chamber, count):
    meeting = make.make_meeting(chamber=chamber, venue="مقر الغرفة")
    for _ in range(count):
        make.make_item(meeting=meeting)
        make.make_attendance(meeting=meeting, person=make.make_person())
    return meeting


def cost_of_saving(client, meeting, **changes):
    data = filled(client.get(admin_url(meeting)), _continue="1", **changes)
    with CaptureQueriesContext(connection) as queries:
        assert client.post(admin_url(meeting), data).status_code == 302
    return len(queries)


def test_saving_a_long_meeting_costs_no_more_than_a_short_one(client):
    chamber = make.make_chamber()
    client.force_login(make.make_editor(chamber))
    # Whatever is asked once a process, such as the kinds of content, is asked here.
    cost_of_saving(client, long_meeting(chamber, 1))
    ten = cost_of_saving(client, long_meeting(chamber, 10))
    assert ten < 90
    assert cost_of_saving(client, long_meeting(chamber, 30)) == ten


def test_a_changed_line_asks_for_its_rules_once(client):
    chamber = make.make_chamber()
    client.force_login(make.make_editor(chamber))
    meeting = long_meeting(chamber, 2)
    data = filled(client.get(admin_url(meeting)), items__0__votes_for="12", attendances__0__office="المدير")
    with CaptureQueriesContext(connection) as queries:
        assert client.post(admin_url(meeting), data).status_code == 302
    rules = [query["sql"] for query in queries if "_check" in query["sql"] or "_holds" in query["sql"]]
    # The meeting, its item and its line of the attendance.
    assert len(rules) == 3


def test_each_broken_rule_is_still_said_at_its_field(client):
    chamber = make.make_chamber()
    client.force_login(make.make_editor(chamber))
    meeting = long_meeting(chamber, 1)
    changes = {"items__0__majority": "by_majority", "items__0__outcome": "", "attendances__0__count": "3"}
    data = filled(client.get(admin_url(meeting)), end_date="01/01/2001", **changes)
    response = client.post(admin_url(meeting), data)
    found = errors(response)
    assert sorted(found) == ["attendances-0-__all__", "end_date", "items-0-majority"]
    assert [*AgendaItem.objects.values_list("majority")] == [("",)]
    assert [*Attendance.objects.values_list("count")] == [(None,)]


def test_a_line_of_another_meeting_is_still_refused(client):
    chamber = make.make_chamber()
    client.force_login(make.make_editor(chamber))
    meeting, other = long_meeting(chamber, 1), long_meeting(chamber, 1)
    foreign = other.items.get()
    data = filled(client.get(admin_url(meeting)), items__0__id=foreign.pk, items__0__title="عنوان مزور")
    client.post(admin_url(meeting), data)
    foreign.refresh_from_db()
    assert (foreign.meeting_id, foreign.title) != (meeting.pk, "عنوان مزور")
    assert not AgendaItem.objects.filter(title="عنوان مزور", meeting=other).exists()


def test_who_stands_in_a_line_may_stay_and_nobody_else_who_cannot_be_named(client):
    chamber = make.make_chamber()
    client.force_login(make.make_editor(chamber))
    meeting = long_meeting(chamber, 1)
    hidden = make.make_person(state="draft", published_at=None)
    Attendance.objects.update(person=hidden)
    data = filled(client.get(admin_url(meeting)), attendances__0__office="المدير")
    assert client.post(admin_url(meeting), data).status_code == 302
    stranger = make.make_person(state="draft", published_at=None)
    data = filled(client.get(admin_url(meeting)), attendances__0__person=stranger.pk)
    assert client.post(admin_url(meeting), data).status_code == 200
    assert Attendance.objects.get().person == hidden


ROW = {"a": 1, "b": None}


@pytest.mark.parametrize(
    ("conditions", "hold"),
    [
        ([Q(a=1)], True),
        ([Q(a=1), Q(a__lte=2)], True),
        ([Q(a=1), Q(a=2)], False),
        # What the database does not know holds, as in a constraint, and hides no rule that is broken.
        ([Q(a__lt=F("b")), Q(a=1)], True),
        ([Q(a__lt=F("b")), Q(a=2)], False),
        ([Q(a__lt=F("b")) | Q(a=1)], True),
        # What cannot be asked is not said to hold.
        ([Q(a=1), Q(unknown=1)], False),
    ],
)
def test_rules_asked_together_hold_as_each_alone(conditions, hold):
    row = {name: Value(value, output_field=IntegerField()) for name, value in ROW.items()}
    assert all_hold(conditions, row, "default") is hold


def test_a_question_that_the_database_cannot_answer_leaves_the_transaction_alone(monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(SQLCompiler, "execute_sql", fail)
    assert all_hold([Q(a=1), Q(a=1)], {"a": 1}, "default") is False
    monkeypatch.undo()
    assert Meeting.objects.count() == 0
