"""Users are the administrators' affair."""

import pytest
from django.contrib.auth.models import Permission

from accounts.models import User
from tests import factories as make
from tests.admin_forms import add_row, admin_url, filled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["changelist", "add", "change", "delete"])
def test_an_editor_reaches_no_user_even_with_the_permission(client, page):
    editor = make.make_editor(make.make_chamber())
    editor.user_permissions.set(
        Permission.objects.filter(codename__in=["view_user", "add_user", "change_user", "delete_user"])
    )
    client.force_login(editor)
    target = User if page in ("changelist", "add") else editor
    assert client.get(admin_url(target, page)).status_code == 403


def test_an_administrator_gives_a_user_a_chamber(client):
    client.force_login(make.make_superuser())
    user, chamber = make.make_user(is_staff=True), make.make_chamber()
    data = filled(client.get(admin_url(user)))
    add_row(data, "editorships", chamber=chamber.pk, role="editor")
    assert client.post(admin_url(user), data).status_code == 302
    assert user.editorships.get().chamber == chamber


def test_a_new_user_begins_with_name_and_password(client):
    client.force_login(make.make_superuser())
    page = admin_url(User, "add")
    data = filled(client.get(page), username="محررة", password1=make.PASSWORD, password2=make.PASSWORD)
    assert client.post(page, data).status_code == 302
    assert User.objects.filter(username="محررة").exists()
