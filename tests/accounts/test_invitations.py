"""An invitation: an account without a password and a letter; who is known already is not given away."""

import re
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts import invitations
from accounts.models import SecurityEvent, User
from tests import factories as make

pytestmark = pytest.mark.django_db
CHAMBER = "غرفة الصناعة التقليدية لجهة فاس – مكناس"


def invite(email="nadia@example.ma"):
    by = make.make_user(first_name="أمينة", last_name="البناني")
    return invitations.invite(email, by=by, chamber_name=CHAMBER)


def test_a_new_address_gets_an_account_of_staff_without_a_password():
    user = invite(" Nadia@Example.ma ")
    assert (user.username, user.email) == ("nadia@example.ma", "nadia@example.ma")
    assert user.is_staff
    assert not user.is_superuser
    assert not user.has_usable_password()


def test_the_letter_names_who_and_where_and_isolates_both():
    invite()
    letter = mail.outbox[0]
    assert letter.subject == "دعوة إلى فضاء المحررين في بوابة الغرف"
    assert f"يدعوك \u2068أمينة البناني\u2069 إلى تحرير صفحات \u2068{CHAMBER}\u2069" in letter.body
    assert "الرابط صالح لمدة 3 أيام ولمرة واحدة." in letter.body
    assert re.search(r"^http://testserver/account/password/reset/\S+/$", letter.body, re.MULTILINE)


def test_the_link_sets_the_password_and_opens_the_desk(client):
    user = invite()
    path = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(path).headers["Location"]
    assert client.post(form, {"password1": make.PASSWORD, "password2": make.PASSWORD}).status_code == 302
    client.post("/account/login/", {"login": "nadia@example.ma", "password": make.PASSWORD})
    assert client.get("/admin/").status_code == 200
    kinds = SecurityEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["invited", "password_reset", "signed_in"]


def test_a_known_address_keeps_its_account_and_is_told_to_sign_in():
    known = make.make_user(username="nadia", email="nadia@example.ma", is_staff=True)
    assert invite() == known
    known.refresh_from_db()
    assert known.check_password(make.PASSWORD)
    assert "لك حساب في البوابة" in mail.outbox[0].body
    assert "password/reset" not in mail.outbox[0].body
    assert "http://testserver/account/login/" in mail.outbox[0].body


def test_whoever_never_used_the_first_link_gets_another():
    first = invite()
    assert invite() == first
    assert "password/reset" in mail.outbox[1].body
    assert User.objects.filter(email="nadia@example.ma").count() == 1


def test_an_account_switched_off_stays_off_and_gets_no_letter():
    off = make.make_user(username="nadia@example.ma", email="nadia@example.ma", is_active=False)
    assert invite() == off
    off.refresh_from_db()
    assert not off.is_active
    assert not off.is_staff
    assert not mail.outbox


@pytest.mark.parametrize("email", ["", "nadia", "nadia@", "a@b.ma\nBcc: c@d.ma"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(ValidationError):
        invite(email)
    assert not User.objects.filter(is_staff=True).exists()


def test_a_mail_server_that_is_down_leaves_no_account(monkeypatch):
    def fail(self):
        raise SMTPException("down")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    with pytest.raises(invitations.LetterNotSent):
        invite()
    assert not User.objects.filter(email="nadia@example.ma").exists()
    assert not SecurityEvent.objects.exists()
