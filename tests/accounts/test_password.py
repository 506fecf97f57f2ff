"""A new password: changed by its owner, or by a link that is sent, dies and opens once."""

import datetime
import re
from smtplib import SMTPException

import pytest
from django.core import mail

from accounts.models import SecurityEvent
from tests import factories as make

pytestmark = pytest.mark.django_db
RESET = "/account/password/reset/"
CHANGE = "/account/password/"
NEW = "عبارة-طويلة-جديدة-7"


def ask(client, email):
    return client.post(RESET, {"email": email}, follow=True)


def path_in(letter):
    return re.search(r"^http://testserver(/account/password/reset/\S+)$", letter.body, re.MULTILINE)[1]


def kinds(user):
    return list(SecurityEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_the_letter_is_arabic_plain_text_with_the_link_on_its_own_line(client):
    user = make.make_superuser(username="amina", email="amina@example.ma")
    page = ask(client, "Amina@Example.ma").content.decode()
    assert "إذا كان لهذا العنوان حساب" in page
    letter = mail.outbox[0]
    assert letter.to == ["amina@example.ma"]
    assert letter.subject == "كلمة مرور جديدة في بوابة الغرف"
    assert "\u2068amina\u2069" in letter.body
    assert path_in(letter)
    assert not letter.alternatives
    assert kinds(user) == ["reset_asked"]


def test_the_link_leads_to_the_public_address_whatever_host_was_asked(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://ghuraf.example"
    make.make_superuser(email="amina@example.ma")
    client.post(RESET, {"email": "amina@example.ma"}, HTTP_HOST="evil.example")
    assert "https://ghuraf.example/account/password/reset/" in mail.outbox[0].body
    assert "evil" not in mail.outbox[0].body


def test_an_unknown_address_reads_the_same_and_gets_no_letter(client):
    make.make_superuser(email="amina@example.ma")
    known = ask(client, "amina@example.ma")
    unknown = ask(client, "nobody@example.ma")
    assert unknown.redirect_chain == known.redirect_chain
    assert unknown.content == known.content
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_gives_nothing_away(client, monkeypatch, caplog):
    make.make_superuser(email="amina@example.ma")

    def fail(*arguments, **options):
        raise SMTPException("down")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    assert "إذا كان لهذا العنوان حساب" in ask(client, "amina@example.ma").content.decode()
    assert "could not be sent" in caplog.text


def test_the_link_sets_the_password_once_and_lifts_the_lock(client):
    user = make.make_superuser(email="amina@example.ma")
    for _ in range(5):
        client.post("/account/login/", {"login": user.username, "password": "ليست هي"})
    ask(client, "amina@example.ma")
    path = path_in(mail.outbox[0])
    form = client.get(path).headers["Location"]
    assert path.split("-", 1)[1] not in form
    done = client.post(form, {"password1": NEW, "password2": NEW}, follow=True)
    assert "حُفظت كلمة المرور" in done.content.decode()
    assert client.post("/account/login/", {"login": user.username, "password": NEW}).status_code == 302
    assert kinds(user)[-3:] == ["reset_asked", "password_reset", "signed_in"]
    client.logout()
    assert "انتهت صلاحية هذا الرابط" in client.get(path).content.decode()


def test_the_link_dies_after_three_days(client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 26, 10, tzinfo=datetime.UTC), tick=False)
    make.make_superuser(email="amina@example.ma")
    ask(client, "amina@example.ma")
    time_machine.shift(datetime.timedelta(days=3, seconds=-1))
    assert client.get(path_in(mail.outbox[0])).status_code == 302
    time_machine.shift(datetime.timedelta(seconds=2))
    page = client.get(path_in(mail.outbox[0])).content.decode()
    assert "انتهت صلاحية هذا الرابط" in page
    assert "طلب رابط جديد" in page


def test_no_event_holds_a_password_a_link_or_a_token(client):
    make.make_superuser(email="amina@example.ma")
    ask(client, "amina@example.ma")
    token = path_in(mail.outbox[0]).rstrip("/").split("-", 1)[1]
    client.post("/account/login/", {"login": "سر-كتب-في-خانة-الاسم", "password": "سر"})
    kept = " ".join(str(value) for row in SecurityEvent.objects.values_list() for value in row)
    assert token not in kept
    assert "سر" not in kept


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("قصيرة", "10"),
        ("password123", "شائعة"),
        ("84629175307", "أرقام فقط"),
        ("aminabennani", "اسم المستخدم"),
    ],
)
def test_a_weak_password_is_refused_in_arabic_at_its_field(client, password, said):
    client.force_login(make.make_user(username="aminabennani"))
    response = client.post(CHANGE, {"oldpassword": make.PASSWORD, "password1": password, "password2": password})
    (error,) = response.context["form"].errors["password1"]
    assert said in error


def test_changing_needs_the_present_password(client):
    user = make.make_user()
    client.force_login(user)
    response = client.post(CHANGE, {"oldpassword": "غيرها", "password1": NEW, "password2": NEW})
    assert response.context["form"].errors["oldpassword"] == ["كلمة المرور هذه ليست كلمة مرور حسابك."]
    user.refresh_from_db()
    assert user.check_password(make.PASSWORD)


def test_changing_ends_the_other_sessions_and_keeps_this_one(client, django_user_model):
    from django.test import Client

    user = make.make_superuser()
    other = Client()
    for browser in (client, other):
        browser.post("/account/login/", {"login": user.username, "password": make.PASSWORD})
    client.post(CHANGE, {"oldpassword": make.PASSWORD, "password1": NEW, "password2": NEW})
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
    assert len(client.get("/account/").context["sessions"]) == 1
    assert "password_changed" in kinds(user)
