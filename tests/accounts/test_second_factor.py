"""The second factor: whom the admin asks for it, how it is set up, used, lost and removed."""

import datetime
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import SecurityEvent
from tests import factories as make
from tests.admin_forms import admin_url

pytestmark = pytest.mark.django_db
SET_UP = "/account/second-factor/set-up/"
REMOVE = "/account/second-factor/remove/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def code_now(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_factor(user):
    """Return the secret and the recovery codes of the factor that ``user`` now has."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret, RecoveryCodes.activate(user).generate_codes()


def sign_in(client, user):
    return client.post("/account/login/", {"login": user.username, "password": make.PASSWORD})


def make_manager():
    return make.make_editor(make.make_chamber(), role="manager")


def kinds(user):
    return list(SecurityEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("make_one", [make.make_superuser, make_manager])
def test_managers_and_administrators_are_led_to_the_set_up(client, make_one):
    client.force_login(make_one())
    response = client.get("/admin/meetings/meeting/")
    assert response.headers["Location"] == f"{SET_UP}?next=%2Fadmin%2Fmeetings%2Fmeeting%2F"


@pytest.mark.parametrize("path", ["/admin/", "/admin/media/x.pdf", "/admin/autocomplete/", "/admin/no-such/"])
def test_nothing_of_the_admin_opens_without_it(client, path):
    client.force_login(make.make_superuser())
    assert client.get(path).headers["Location"].startswith(SET_UP)


def test_a_form_sent_without_it_is_told_to_come_back_and_saves_nothing(client):
    client.force_login(make.make_superuser())
    person = make.make_person(name="قبل")
    response = client.post(admin_url(person), {"name": "بعد"})
    assert response.status_code == 403
    assert "لم يُحفظ شيء" in response.content.decode()
    person.refresh_from_db()
    assert person.name == "قبل"


def test_other_editors_are_not_asked(client):
    client.force_login(make.make_editor(make.make_chamber()))
    assert client.get("/admin/").status_code == 200


def test_whoever_has_it_enters(client):
    user = make.make_superuser()
    give_factor(user)
    client.force_login(user)
    assert client.get("/admin/").status_code == 200


def test_a_setting_asks_nobody(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make.make_superuser())
    assert client.get("/admin/").status_code == 200


def test_it_is_set_up_with_the_code_of_the_app(client, django_capture_on_commit_callbacks):
    user = make.make_superuser()
    sign_in(client, user)
    page = client.get(SET_UP)
    assert "حتى لا تفتح كلمة مرور مسروقة شيئا" in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(SET_UP, {"code": code_now(page.context["form"].secret)})
    assert response.headers["Location"] == "/account/second-factor/recovery-codes/"
    assert len(client.get(response.headers["Location"]).context["unused_codes"]) == 10
    assert kinds(user) == ["signed_in", "factor_added"]
    assert client.get("/admin/").status_code == 200


def test_setting_it_up_ends_what_was_signed_in_without_it(client):
    user = make_manager()
    elsewhere = Client()
    sign_in(elsewhere, user)
    elsewhere.get("/account/")
    sign_in(client, user)
    secret = client.get(SET_UP).context["form"].secret
    assert client.post(SET_UP, {"code": code_now(secret)}).status_code == 302
    assert client.get("/account/").status_code == 200
    response = elsewhere.get("/account/")
    assert response.status_code == 302 and "login" in response["Location"]


def test_arabic_digits_and_spaces_do_as_well(client):
    user = make.make_superuser()
    sign_in(client, user)
    digits = code_now(client.get(SET_UP).context["form"].secret)
    typed = f" {digits[:3]} {digits[3:]}".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.post(SET_UP, {"code": typed}).status_code == 302


def test_a_wrong_code_sets_up_nothing_and_keeps_the_key(client):
    sign_in(client, make.make_superuser())
    secret = client.get(SET_UP).context["form"].secret
    response = client.post(SET_UP, {"code": "abc"})
    assert "الرمز خاطئ أو سبق استعماله" in response.content.decode()
    assert response.context["form"].secret == secret
    assert not Authenticator.objects.exists()


def test_long_after_signing_in_the_password_is_asked_again_first(client, time_machine):
    sign_in(client, make.make_superuser())
    time_machine.move_to(datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1))
    response = client.get(SET_UP)
    assert response.headers["Location"].startswith("/account/confirm/")
    response = client.post(response.headers["Location"], {"password": make.PASSWORD})
    assert response.headers["Location"] == SET_UP


def test_signing_in_asks_for_the_code(client):
    user = make.make_superuser()
    secret, _codes = give_factor(user)
    assert sign_in(client, user).headers["Location"] == "/account/second-factor/code/"
    assert "_auth_user_id" not in client.session
    assert client.post("/account/second-factor/code/", {"code": code_now(secret)}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_code_opens_once_whatever_the_cache_has_forgotten(client):
    user = make.make_superuser()
    secret, _codes = give_factor(user)
    code = code_now(secret)
    for status in (302, 200):
        sign_in(client, user)
        assert client.post("/account/second-factor/code/", {"code": code}).status_code == status
        client.post("/account/logout/")
        cache.clear()
    assert kinds(user) == ["signed_in", "signed_out", "factor_failed"]


def test_the_code_before_does_as_well_and_the_one_before_that_does_not(client):
    user = make.make_superuser()
    secret, _codes = give_factor(user)
    sign_in(client, user)
    now = int(time.time()) // 30
    for counter, status in ((now - 2, 200), (now - 1, 302)):
        code = format_hotp_value(hotp_value(secret, counter))
        assert client.post("/account/second-factor/code/", {"code": code}).status_code == status


def test_a_recovery_code_opens_once(client):
    user = make.make_superuser()
    _secret, codes = give_factor(user)
    sign_in(client, user)
    assert client.post("/account/second-factor/code/", {"code": codes[0]}).status_code == 302
    assert kinds(user) == ["code_used", "signed_in"]
    client.post("/account/logout/")
    sign_in(client, user)
    page = client.post("/account/second-factor/code/", {"code": codes[0]})
    assert "الرمز خاطئ أو سبق استعماله" in page.content.decode()


def test_wrong_codes_lock_the_account(client):
    user = make.make_superuser()
    secret, _codes = give_factor(user)
    sign_in(client, user)
    for _ in range(5):
        client.post("/account/second-factor/code/", {"code": "000000"})
    page = client.post("/account/second-factor/code/", {"code": code_now(secret)})
    assert "محاولات فاشلة كثيرة. أعد المحاولة بعد الساعة" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert kinds(user) == ["factor_failed"] * 5 + ["locked"]


def test_removing_asks_for_the_password_and_voids_the_codes(client):
    user = make.make_superuser()
    _secret, codes = give_factor(user)
    sign_in(client, user)
    client.post("/account/second-factor/code/", {"code": codes[0]})
    page = client.get(REMOVE)
    assert page.context["form"].errors == {}
    assert "كلمة المرور هذه ليست" in client.post(REMOVE, {"password": "غيرها"}).content.decode()
    assert Authenticator.objects.count() == 2
    assert client.post(REMOVE, {"password": make.PASSWORD}).status_code == 302
    assert not Authenticator.objects.exists()
    assert kinds(user)[-1] == "factor_removed"
    assert client.get("/admin/").headers["Location"].startswith(SET_UP)


def test_codes_are_renewed_and_the_old_ones_void(client, django_capture_on_commit_callbacks):
    user = make.make_superuser()
    _secret, codes = give_factor(user)
    sign_in(client, user)
    client.post("/account/second-factor/code/", {"code": codes[0]})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second-factor/recovery-codes/new/")
    fresh = client.get("/account/second-factor/recovery-codes/").context["unused_codes"]
    assert not set(fresh) & set(codes)
    assert kinds(user)[-1] == "codes_renewed"
    assert client.get("/account/second-factor/recovery-codes/download/").content.decode().split() == fresh


def test_an_administrator_removes_that_of_a_lost_phone(client):
    admin, user = make.make_superuser(), make_manager()
    give_factor(admin)
    give_factor(user)
    client.force_login(admin)
    client.post(admin_url(type(user), "changelist"), {"action": "remove_second_factor", "_selected_action": [user.pk]})
    assert not Authenticator.objects.filter(user=user).exists()
    event = SecurityEvent.objects.get(user=user, kind="factor_removed")
    assert event.by == admin


def test_the_last_administrator_gets_in_again_from_the_server(capsys):
    user = make.make_superuser(username="admin")
    give_factor(user)
    call_command("remove_second_factor", "admin")
    assert not Authenticator.objects.exists()
    assert kinds(user) == ["factor_removed"]
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("remove_second_factor", "admin")
    with pytest.raises(CommandError, match="no account named 'nobody'"):
        call_command("remove_second_factor", "nobody")


@pytest.mark.parametrize(
    "path", [SET_UP, REMOVE, "/account/second-factor/recovery-codes/", "/account/", "/account/password/"]
)
def test_the_pages_are_for_whoever_is_signed_in(client, path):
    response = client.get(path)
    assert response.status_code in (302, 403)
