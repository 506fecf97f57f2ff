"""The outcomes of a whole agenda on one screen."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from meetings.models import Meeting
from tests import factories as make
from tests.admin_forms import admin_url, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def chamber():
    return make.make_chamber()


@pytest.fixture
def meeting(chamber):
    meeting = make.make_meeting(
        chamber=chamber, status="scheduled", date=date(2024, 10, 21), results_published_at=None, members_present=20
    )
    for title, kind in (("المحضر", "minutes"), ("الميزانية", "budget"), ("عرض", "presentation")):
        make.make_item(meeting=meeting, title=title, kind=kind)
    return meeting


@pytest.fixture(autouse=True)
def editor(client, chamber):
    user = make.make_editor(chamber)
    client.force_login(user)
    return user


def address(meeting):
    return f"/admin/meetings/meeting/{meeting.pk}/outcomes/"


def send(client, meeting, page=None, step="save", **changes):
    data = filled(page or client.get(address(meeting)), _step=step, **changes)
    return client.post(address(meeting), data)


def outcomes(meeting):
    return list(meeting.items.values_list("outcome", "majority"))


def test_adopted_for_all_then_the_exceptions(client, meeting, editor):
    page = send(client, meeting, step="adopt")
    assert outcomes(meeting) == [("", "")] * 3
    response = send(client, meeting, page, items__1__outcome="rejected", items__1__votes_against="١٢")
    assert response.url == admin_url(meeting) + "#publication-steps"
    assert outcomes(meeting) == [("adopted", ""), ("rejected", ""), ("", "")]
    assert meeting.items.get(title="الميزانية").votes_against == 12
    meeting.refresh_from_db()
    assert (meeting.status, meeting.changed_by) == ("held", editor)


def test_unanimous_for_all_leaves_what_was_chosen_already(client, meeting):
    page = send(client, meeting, step="adopt-unanimously", items__0__outcome="noted")
    send(client, meeting, page)
    assert outcomes(meeting) == [("noted", ""), ("adopted", "unanimous"), ("", "")]


def test_the_public_still_sees_no_outcome_and_the_editor_is_told(client, meeting):
    page = client.get(address(meeting))
    response = client.post(address(meeting), filled(page, _step="save", items__0__outcome="adopted"), follow=True)
    assert "لا تزال الصفحة العمومية" in response.text or "results_published_at" in response.text
    assert "صودق عليها" not in client.get(meeting.get_absolute_url()).text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items__0__majority": "by_majority"}, "majority"),
        ({"items__0__outcome": "adopted", "items__0__votes_for": "21"}, "votes_for"),
        ({"items__0__outcome": "adopted", "items__0__votes_for": "كثيرة"}, "votes_for"),
        ({"items__0__outcome": "adopted", "items__0__votes_for": "99999"}, "votes_for"),
        ({"items__0__outcome": "made-up"}, "outcome"),
        (
            {"items__0__outcome": "adopted", "items__0__majority": "unanimous", "items__0__votes_against": "1"},
            "majority",
        ),
    ],
)
def test_a_wrong_outcome_is_named_at_its_box_and_nothing_is_saved(client, meeting, changes, field):
    page = send(client, meeting, items__1__outcome="adopted", **changes)
    assert [*page.context["formset"].forms[0].errors] == [field]
    assert outcomes(meeting) == [("", "")] * 3
    name, value = next(iter(changes.items()))
    assert filled(page)["items-1-outcome"] == ["adopted"]
    assert value == "made-up" or filled(page)[name.replace("__", "-")] == [value]


def test_an_outcome_of_a_meeting_still_ahead_asks_for_confirmation(client, meeting):
    Meeting.objects.update(date=timezone.localdate() + timedelta(days=9))
    page = send(client, meeting, items__0__outcome="adopted")
    assert [*page.context["form"].errors] == ["confirmed"]
    assert outcomes(meeting) == [("", "")] * 3
    assert send(client, meeting, page, confirmed="on").status_code == 302
    assert outcomes(meeting)[0] == ("adopted", "")


def test_an_item_may_be_withdrawn_ahead_of_the_meeting(client, meeting):
    Meeting.objects.update(date=timezone.localdate() + timedelta(days=9))
    assert send(client, meeting, items__0__outcome="withdrawn").status_code == 302


def test_what_a_colleague_entered_meanwhile_is_kept(client, meeting):
    page = client.get(address(meeting))
    meeting.items.filter(position=2).update(outcome="postponed")
    page = send(client, meeting, page, items__0__outcome="adopted")
    assert page.context["comparison"].parts
    assert outcomes(meeting) == [("", ""), ("postponed", ""), ("", "")]
    send(client, meeting, page)
    assert outcomes(meeting) == [("adopted", ""), ("postponed", ""), ("", "")]


def test_an_item_added_meanwhile_stands_in_the_form_before_saving(client, meeting):
    page = client.get(address(meeting))
    make.make_item(meeting=meeting, title="نقطة مضافة")
    page = send(client, meeting, page, items__0__outcome="adopted")
    assert "نقطة مضافة" in page.text
    assert send(client, meeting, page).status_code == 302
    assert outcomes(meeting)[0] == ("adopted", "")


def test_a_sign_in_that_ended_keeps_what_was_chosen(client, meeting, editor):
    page = client.get(address(meeting))
    client.logout()
    away = send(client, meeting, page, items__0__outcome="rejected")
    assert away.status_code == 302
    assert outcomes(meeting)[0] == ("", "")


def test_an_item_of_another_meeting_cannot_be_forged_in(client, meeting):
    other = make.make_item(meeting=make.make_meeting(), title="غيرها")
    send(client, meeting, items__0__id=other.pk, items__0__outcome="rejected")
    other.refresh_from_db()
    assert (other.outcome, other.meeting_id != meeting.pk) == ("", True)


def test_forty_items_cost_no_more_queries_than_three(client, meeting, django_assert_max_num_queries):
    for number in range(37):
        make.make_item(meeting=meeting, title=f"النقطة {number}")
    with django_assert_max_num_queries(25):
        client.get(address(meeting))
