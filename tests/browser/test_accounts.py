"""The pages of accounts in a browser: the way of a new administrator from invitation to a second factor and back."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.core import mail

from accounts import invitations
from accounts.models import SecurityEvent
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page, name, password=make.PASSWORD):
    page.goto("/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    send(page)


def send(page, button="main input[type=submit]"):
    """Send the form and wait for the answer; else what follows might look at the page before it."""
    with page.expect_navigation():
        page.click(button)


def code_now(page):
    secret = re.sub(r"\W", "", page.locator(".account-key").inner_text())
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_an_invited_manager_gets_in_sets_up_the_second_factor_and_signs_in_with_a_recovery_code(page, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    chamber = make.make_chamber()
    user = invitations.invite("nadia@example.ma", by=make.make_superuser(), chamber_name=chamber.name)
    user.editorships.create(chamber=chamber, role="manager")
    page.goto(re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1])
    page.fill("#id_password1", "قصيرة")
    page.fill("#id_password2", "قصيرة")
    send(page)
    assert "10" in page.locator(".field-error").first.inner_text()
    page.fill("#id_password1", make.PASSWORD)
    page.fill("#id_password2", make.PASSWORD)
    send(page)
    sign_in(page, "nadia@example.ma")
    assert page.locator("h1").inner_text() == "تفعيل التحقق بخطوتين"
    # The picture is shown although the policy is strict, and the page has no error of the console.
    assert page.locator(".account-code").evaluate("picture => picture.naturalWidth") > 0
    page.fill("#id_code", "000000")
    send(page)
    assert page.locator(".field-error").is_visible()
    page.fill("#id_code", code_now(page))
    send(page)
    recovery = page.locator(".account-codes bdi").first.inner_text()
    page.goto("/admin/")
    assert page.locator("#content-main").is_visible()
    send(page, "#logout-form button")
    sign_in(page, "nadia@example.ma")
    page.fill("#id_code", recovery)
    send(page)
    assert page.locator("#content-main").is_visible()
    kinds = SecurityEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-4:] == ["factor_added", "signed_out", "code_used", "signed_in"]


def test_a_locked_account_says_until_when_and_the_reset_opens_it(page):
    user = make.make_superuser(email="amina@example.ma")
    for _ in range(5):
        sign_in(page, user.username, "ليست هي")
    sign_in(page, user.username)
    assert re.search(r"أعد المحاولة بعد الساعة \W?\d\d:\d\d", page.locator(".notice-stop").inner_text())
    assert page.input_value("#id_username") == user.username
    page.click("text=نسيت كلمة المرور؟")
    page.fill("#id_email", "amina@example.ma")
    send(page)
    page.goto(re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1])
    page.fill("#id_password1", "عبارة-طويلة-جديدة-7")
    page.fill("#id_password2", "عبارة-طويلة-جديدة-7")
    send(page)
    sign_in(page, user.username, "عبارة-طويلة-جديدة-7")
    assert page.locator("#content-main").is_visible()


def test_a_session_is_ended_from_another_device(page_at):
    user = make.make_superuser()
    phone, desk = page_at(360), page_at(1280)
    sign_in(phone, user.username)
    sign_in(desk, user.username)
    desk.goto("/account/")
    desk.click("text=إنهاء هذه الجلسة")
    assert "أُنهيت الجلسة" in desk.locator(".account-messages").inner_text()
    phone.goto("/admin/")
    assert phone.locator("h1").inner_text() == "تسجيل الدخول"
    desk.goto("/admin/")
    assert desk.locator("#content-main").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_fit_and_everything_has_a_name(page_at, live_server, settings, width, scheme):
    settings.REQUIRE_SECOND_FACTOR = True
    page = page_at(width, color_scheme=scheme, for_axe=True)
    found = []

    def judge():
        address = page.url.removeprefix(live_server.url)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address} scrolls sideways")
        for violation in Axe().run(page).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]][:3]
            found.append(f"{address} {violation['id']} ({len(violation['nodes'])}): {nodes}")

    user = make.make_superuser()
    for address in ("/account/password/reset/", "/account/password/reset/sent/", "/account/password/reset/1-x-y/"):
        page.goto(address)
        judge()
    sign_in(page, user.username, "ليست هي")
    judge()
    sign_in(page, user.username)
    judge()
    page.fill("#id_code", code_now(page))
    send(page)
    judge()
    for address in ("", "password/", "second-factor/remove/", "second-factor/recovery-codes/new/", "logout/"):
        page.goto(f"/account/{address}")
        judge()
    page.goto("/admin/accounts/securityevent/")
    judge()
    send(page, "#logout-form button")
    sign_in(page, user.username)
    page.fill("#id_code", "000000")
    send(page)
    judge()
    assert not found, "\n".join(found)
