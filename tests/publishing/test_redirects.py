"""Old paths: kept alive through every move, without chains and loops, and never before a page that exists."""

import pytest
from django.urls import reverse

from publishing.models import Redirect
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db

OLD, NEW, NEWEST = "/meetings/2024/ancien/", "/meetings/2024/nouveau/", "/meetings/2024/dernier/"


def moves():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_move_is_recorded():
    Redirect.objects.record_move(OLD, NEW)
    assert moves() == {OLD: NEW}


def test_move_to_the_same_path_is_none():
    Redirect.objects.record_move(OLD, OLD)
    assert moves() == {}


def test_second_move_takes_the_first_old_path_along():
    Redirect.objects.record_move(OLD, NEW)
    Redirect.objects.record_move(NEW, NEWEST)
    assert moves() == {OLD: NEWEST, NEW: NEWEST}


def test_move_back_leaves_no_loop():
    Redirect.objects.record_move(OLD, NEW)
    Redirect.objects.record_move(NEW, OLD)
    assert moves() == {NEW: OLD}


def test_move_round_in_a_circle_leaves_no_loop():
    Redirect.objects.record_move(OLD, NEW)
    Redirect.objects.record_move(NEW, NEWEST)
    Redirect.objects.record_move(NEWEST, OLD)
    assert moves() == {NEW: OLD, NEWEST: OLD}


def test_old_path_that_moves_again_leads_to_the_latest():
    Redirect.objects.record_move(OLD, NEW)
    Redirect.objects.record_move(OLD, NEWEST)
    assert moves() == {OLD: NEWEST}


def test_old_path_leads_to_the_new_one_for_good(client):
    Redirect.objects.record_move(OLD, NEW)
    response = client.get(OLD)
    assert (response.status_code, response["Location"]) == (301, NEW)


def test_head_is_led_too(client):
    Redirect.objects.record_move(OLD, NEW)
    assert client.head(OLD).status_code == 301


def test_post_is_not_led(client):
    Redirect.objects.record_move(OLD, NEW)
    assert client.post(OLD).status_code == 404


def test_path_that_was_never_a_record_is_404(client):
    Redirect.objects.record_move(OLD, NEW)
    assert client.get("/meetings/2024/jamais/").status_code == 404


def test_page_that_exists_is_not_led_away(client):
    meeting = make_meeting()
    Redirect.objects.record_move(meeting.get_absolute_url(), NEW)
    assert client.get(meeting.get_absolute_url()).status_code == 200


def test_withdrawn_record_says_so_before_any_redirect(client):
    meeting = make_meeting(state="withdrawn")
    Redirect.objects.record_move(meeting.get_absolute_url(), NEW)
    assert client.get(meeting.get_absolute_url()).status_code == 410


def test_page_that_exists_asks_for_no_redirect(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        client.get(reverse("portal:robots"))
