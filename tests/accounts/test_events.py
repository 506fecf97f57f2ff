"""What is recorded of accounts, who reads it, and for how long."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import SecurityEvent, User
from tests import factories as make
from tests.admin_forms import admin_url, filled

pytestmark = pytest.mark.django_db


def of(user):
    return [(event.kind, event.by, event.detail) for event in SecurityEvent.objects.filter(user=user).order_by("pk")]


def test_roles_given_changed_and_taken_are_recorded_with_their_chamber():
    chamber = make.make_chamber(short_name="غرفة فاس")
    user = make.make_editor(chamber)
    role = user.editorships.get()
    role.role = "manager"
    role.save()
    role.save()
    role.delete()
    assert of(user) == [
        ("role_given", None, "محرر – غرفة فاس"),
        ("role_changed", None, "مدير الغرفة – غرفة فاس"),
        ("role_taken", None, "مدير الغرفة – غرفة فاس"),
    ]


def test_an_account_that_goes_leaves_its_events_without_a_name():
    user = make.make_editor(make.make_chamber())
    user.delete()
    assert list(SecurityEvent.objects.values_list("kind", "user")) == [("role_given", None)]


def test_rights_changed_in_the_admin_name_who_changed_them(client):
    admin, user = make.make_superuser(), make.make_user()
    client.force_login(admin)
    data = filled(client.get(admin_url(user)), is_superuser="on")
    assert client.post(admin_url(user), data).status_code == 302
    (event,) = of(user)
    assert event[:2] == ("rights_changed", admin)


def test_a_password_given_by_an_administrator_names_them(client):
    admin, user = make.make_superuser(), make.make_user()
    client.force_login(admin)
    new = {"password1": make.PASSWORD + "x", "password2": make.PASSWORD + "x", "usable_password": "true"}
    assert client.post(f"/admin/accounts/user/{user.pk}/password/", new).status_code == 302
    assert of(user) == [("password_changed", admin, "")]


def test_the_account_page_shows_ones_own_events_only(client):
    user, other = make.make_user(), make.make_user()
    SecurityEvent.objects.create(kind="signed_in", user=user, address="203.0.113.9")
    SecurityEvent.objects.create(kind="signed_in", user=other, address="198.51.100.7")
    client.force_login(user)
    page = client.get("/account/").content.decode()
    assert "203.0.113.9" in page
    assert "198.51.100.7" not in page


def test_the_account_page_asks_as_much_for_many_events(client, django_assert_max_num_queries):
    user, by = make.make_user(), make.make_user()
    for _ in range(30):
        SecurityEvent.objects.create(kind="role_given", user=user, by=by, agent="Firefox")
    client.force_login(user)
    client.get("/account/")
    with django_assert_max_num_queries(12):
        assert len(client.get("/account/").context["events"]) == 20


def test_administrators_read_them_and_nobody_writes(client):
    event = SecurityEvent.objects.create(kind="signed_in", user=make.make_user())
    client.force_login(make.make_superuser())
    assert client.get(admin_url(SecurityEvent, "changelist")).status_code == 200
    assert client.get(admin_url(event)).status_code == 200
    assert client.get(admin_url(SecurityEvent, "add")).status_code == 403
    assert client.post(admin_url(event), {"kind": "signed_out"}).status_code == 403
    assert client.post(admin_url(event, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("page", ["changelist", "add", "change", "delete"])
def test_editors_read_none_even_with_the_permission(client, page):
    event = SecurityEvent.objects.create(kind="signed_in")
    editor = make.make_editor(make.make_chamber())
    editor.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client.force_login(editor)
    target = SecurityEvent if page in ("changelist", "add") else event
    assert client.get(admin_url(target, page)).status_code == 403


@pytest.mark.parametrize("model", ["account/emailaddress", "mfa/authenticator", "usersessions/usersession"])
def test_keys_and_sessions_are_not_in_the_admin(client, model):
    client.force_login(make.make_superuser())
    assert client.get(f"/admin/{model}/").status_code == 404


def test_signing_in_forgets_what_is_older_than_the_setting(client, settings):
    settings.SECURITY_EVENT_DAYS = 30
    user = make.make_superuser()
    for days in (29, 31):
        at = timezone.now() - datetime.timedelta(days=days)
        SecurityEvent.objects.create(kind="signed_out", user=user, at=at)
    client.post("/account/login/", {"login": user.username, "password": make.PASSWORD})
    assert [kind for kind, _by, _detail in of(user)] == ["signed_out", "signed_in"]


def test_a_kind_is_one_of_the_list():
    event = SecurityEvent.objects.create(kind="signed_in")
    with pytest.raises(IntegrityError, match="security_event_kind_known"):
        SecurityEvent.objects.filter(pk=event.pk).update(kind="other")


def test_people_are_found_by_their_address_however_it_is_written():
    assert User.objects.create_user("amina", "Amina@Example.MA").email == "amina@example.ma"
