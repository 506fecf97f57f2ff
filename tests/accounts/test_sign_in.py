"""The page of signing in: one for the admin too, closed after failures, open to no one new."""

import datetime

import pytest
from django.urls import NoReverseMatch, reverse

from accounts.models import SecurityEvent
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = "/account/login/"
LOCKED = "محاولات فاشلة كثيرة. أعد المحاولة بعد الساعة"


def sign_in(client, name, password=make.PASSWORD, **headers):
    return client.post(PAGE, {"login": name, "password": password}, **headers)


def fail(client, name, times, **headers):
    for _ in range(times):
        response = sign_in(client, name, "ليست هي", **headers)
    return response


def kinds(**chosen):
    return list(SecurityEvent.objects.filter(**chosen).order_by("pk").values_list("kind", flat=True))


def test_the_admin_sends_to_the_page_and_back(client):
    client.logout()
    response = client.get("/admin/meetings/meeting/?q=1", follow=True)
    assert response.redirect_chain[-1][0].startswith(PAGE)
    editor = make.make_editor(make.make_chamber())
    response = client.post(
        PAGE, {"login": editor.username, "password": make.PASSWORD, "next": "/admin/meetings/meeting/?q=1"}
    )
    assert response.headers["Location"] == "/admin/meetings/meeting/?q=1"


def test_the_page_never_leads_to_another_site(client):
    user = make.make_superuser()
    response = client.post(
        PAGE, {"login": user.username, "password": make.PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert response.headers["Location"] == "/admin/"


def test_an_address_does_as_well_as_a_name(client):
    user = make.make_superuser(email="Amina@example.ma")
    assert sign_in(client, "amina@EXAMPLE.ma").status_code == 302
    assert kinds(user=user) == ["signed_in"]


def test_a_wrong_password_is_told_in_arabic_and_keeps_the_name(client):
    user = make.make_superuser()
    page = fail(client, user.username, 1).content.decode()
    assert "اسم المستخدم وكلمة المرور لا يتوافقان" in page
    assert f'value="{user.username}"' in page
    assert "ليست هي" not in page
    assert kinds(user=user) == ["sign_in_failed"]


def test_an_unknown_name_reads_as_a_wrong_password_and_is_not_kept(client):
    make.make_superuser()
    page = fail(client, "لا أحد", 1).content.decode()
    assert "اسم المستخدم وكلمة المرور لا يتوافقان" in page
    event = SecurityEvent.objects.get()
    assert event.user is None
    kept = [getattr(event, field.name) for field in SecurityEvent._meta.fields]
    assert not [value for value in kept if "لا أحد" in str(value)]


@pytest.mark.parametrize("name", ["amina", "لا-أحد"])
def test_after_five_failures_the_name_waits_and_reads_until_when(client, time_machine, name):
    time_machine.move_to(datetime.datetime(2026, 11, 26, 10, 0, tzinfo=datetime.UTC), tick=False)
    make.make_superuser(username="amina")
    fail(client, name, 5)
    page = sign_in(client, name).content.decode()
    assert f"{LOCKED} \u206810:15\u2069" in page or f"{LOCKED} \u206610:15\u2069" in page
    time_machine.shift(datetime.timedelta(minutes=16))
    assert LOCKED not in sign_in(client, name, "ليست هي").content.decode()


def test_the_right_password_does_not_open_a_locked_account(client):
    user = make.make_superuser()
    fail(client, user.username, 5)
    assert LOCKED in sign_in(client, user.username).content.decode()
    assert "_auth_user_id" not in client.session
    assert kinds(user=user) == ["sign_in_failed"] * 5 + ["locked"]


def test_the_name_and_the_address_of_an_account_share_one_count(client):
    make.make_superuser(username="amina", email="amina@example.ma")
    fail(client, "amina", 3)
    fail(client, "amina@example.ma", 2)
    assert LOCKED in sign_in(client, "amina").content.decode()


def test_signing_in_clears_the_count(client):
    user = make.make_superuser()
    fail(client, user.username, 4)
    sign_in(client, user.username)
    client.logout()
    fail(client, user.username, 4)
    assert sign_in(client, user.username).status_code == 302


def test_a_network_waits_after_twenty_failures_under_any_names(client):
    user = make.make_superuser()
    for number in range(20):
        fail(client, f"name-{number}", 1)
    page = sign_in(client, user.username).content.decode()
    assert "محاولات فاشلة كثيرة من شبكتك" in page
    assert sign_in(client, user.username, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_without_a_proxy_nobody_chooses_their_address(client):
    fail(client, "x", 1, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert SecurityEvent.objects.get().address == "127.0.0.1"


def test_behind_a_proxy_the_address_is_the_one_it_names(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    fail(client, "x", 1, HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9")
    assert SecurityEvent.objects.get().address == "203.0.113.9"


def test_of_an_ipv6_address_the_network_counts(client):
    fail(client, "x", 1, REMOTE_ADDR="2001:db8:1:2:3:4:5:6")
    assert SecurityEvent.objects.get().address == "2001:db8:1:2::"


def test_an_account_switched_off_is_told_so(client):
    user = make.make_superuser(is_active=False)
    response = client.post(PAGE, {"login": user.username, "password": make.PASSWORD}, follow=True)
    assert "هذا الحساب موقوف" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_whoever_may_not_enter_the_admin_gets_a_page_that_says_so_and_no_loop(client):
    client.force_login(make.make_user())
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


def test_whoever_is_no_member_of_staff_lands_on_their_account(client):
    user = make.make_user()
    assert sign_in(client, user.username).headers["Location"] == "/account/"


def test_nobody_signs_up(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/account/signup/").status_code == 404


def test_signing_out_is_a_form_and_is_recorded(client):
    user = make.make_superuser()
    sign_in(client, user.username)
    assert client.get("/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    response = client.post("/admin/logout/")
    assert response.headers["Location"] == PAGE
    assert kinds(user=user) == ["signed_in", "signed_out"]


def test_a_session_ends_with_the_browser_unless_asked_otherwise(client):
    user = make.make_superuser()
    assert sign_in(client, user.username).cookies["sessionid"]["max-age"] == ""
    client.logout()
    response = client.post(PAGE, {"login": user.username, "password": make.PASSWORD, "remember": "on"})
    assert response.cookies["sessionid"]["max-age"] == 14 * 86_400


@pytest.mark.parametrize("page", [PAGE, "/account/password/reset/", "/account/"])
def test_no_cache_keeps_a_page_of_accounts(client, page):
    control = client.get(page)["Cache-Control"]
    assert "no-store" in control
    assert "private" in control


@pytest.mark.parametrize("page", ["/", "/meetings/", "/no-such-page/"])
def test_public_pages_read_no_session_of_whoever_is_signed_in(client, page):
    client.force_login(make.make_superuser())
    response = client.get(page)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("typed", [{}, {"login": "a\x00b", "password": "x"}, {"login": "x" * 5000, "password": "y"}])
def test_malformed_forms_are_refused_at_their_field(client, typed):
    response = client.post(PAGE, typed)
    assert response.status_code == 200
    assert response.context["form"].errors
