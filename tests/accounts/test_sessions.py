"""Where an account is signed in: named, listed to its owner alone, ended one by one or all at once."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts import sessions
from accounts.models import SecurityEvent
from tests import factories as make

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"


def signed_in(user, agent=PHONE):
    client = Client(headers={"user-agent": agent})
    client.post("/account/login/", {"login": user.username, "password": make.PASSWORD})
    return client


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PHONE, "Chrome – Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox – Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge – Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari – iPhone"),
        ("curl/8.0", "جهاز غير معروف"),
        ("", "جهاز غير معروف"),
    ],
)
def test_a_device_has_a_plain_name(agent, name):
    assert sessions.device(agent) == name


@pytest.mark.django_db
def test_the_account_lists_its_own_sessions_the_present_first():
    user = make.make_superuser()
    mine, _other = signed_in(user), signed_in(user, "Firefox Windows")
    signed_in(make.make_superuser())
    listed = mine.get("/account/").context["sessions"]
    assert [(session.device, session.is_present) for session in listed] == [
        ("Chrome – Android", True),
        ("Firefox – Windows", False),
    ]


@pytest.mark.django_db
def test_one_session_is_ended():
    user = make.make_superuser()
    mine, other, third = signed_in(user), signed_in(user), signed_in(user)
    row = UserSession.objects.get(session_key=other.session.session_key)
    page = mine.post("/account/sessions/end/", {"session": row.pk}, follow=True).content.decode()
    assert "أُنهيت الجلسة" in page
    assert other.get("/admin/").status_code == 302
    assert third.get("/admin/").status_code == 200
    event = SecurityEvent.objects.get(kind="session_ended")
    assert (event.user, event.detail) == (user, "Chrome – Android")


@pytest.mark.django_db
def test_all_others_are_ended():
    user = make.make_superuser()
    mine, other, third = signed_in(user), signed_in(user), signed_in(user)
    mine.post("/account/sessions/end-others/")
    assert [browser.get("/admin/").status_code for browser in (mine, other, third)] == [200, 302, 302]


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", "x", "-1", "0", "9" * 40, "١"])
def test_a_session_that_is_nobodys_is_not_found(value):
    assert signed_in(make.make_superuser()).post("/account/sessions/end/", {"session": value}).status_code == 404


@pytest.mark.django_db
def test_the_session_of_another_is_not_found():
    victim = signed_in(make.make_superuser())
    row = UserSession.objects.get()
    assert signed_in(make.make_superuser()).post("/account/sessions/end/", {"session": row.pk}).status_code == 404
    assert victim.get("/admin/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/sessions/end/", "/account/sessions/end-others/"])
def test_ending_is_no_link(path):
    assert signed_in(make.make_superuser()).get(path).status_code == 405


@pytest.mark.django_db
def test_the_moment_last_seen_is_written_every_five_minutes(time_machine):
    start = datetime.datetime(2026, 11, 26, 10, tzinfo=datetime.UTC)
    time_machine.move_to(start, tick=False)
    client = signed_in(make.make_superuser())
    time_machine.shift(datetime.timedelta(minutes=4))
    client.get("/admin/")
    assert UserSession.objects.get().last_seen_at == start
    time_machine.shift(datetime.timedelta(minutes=2))
    client.get("/admin/")
    assert UserSession.objects.get().last_seen_at == start + datetime.timedelta(minutes=6)


@pytest.mark.django_db
def test_a_session_from_before_is_listed_too(client):
    client.force_login(make.make_superuser())
    assert len(client.get("/account/").context["sessions"]) == 1


@pytest.mark.django_db
def test_an_administrator_ends_the_sessions_of_others_and_stays(client):
    user, admin = make.make_superuser(), make.make_superuser()
    other, mine = signed_in(user), signed_in(admin)
    mine.post("/admin/accounts/user/", {"action": "end_sessions", "_selected_action": [user.pk, admin.pk]})
    assert other.get("/admin/").status_code == 302
    assert mine.get("/admin/").status_code == 200
    assert SecurityEvent.objects.get(kind="session_ended").by == admin
