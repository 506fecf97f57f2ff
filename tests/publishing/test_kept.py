"""A sign-in that ended while somebody was typing: the text comes back after the next one, unsaved."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article
from chambers.models import Person
from meetings.models import Meeting
from publishing.admin.seen import unseal
from tests import factories as make
from tests.admin_forms import admin_url, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make.make_superuser()


@pytest.fixture
def person():
    return make.make_person(name="ناجي الفخاري")


@pytest.fixture
def desk(client, user):
    client.force_login(user)
    return client


def returns_to(response):
    """Return the address to which the page of signing in leads on."""
    assert response.status_code == 302
    return parse_qs(urlsplit(response["Location"]).query)["next"][0]


def ended(desk, page, **changes):
    """Send the form of ``page`` after the sign-in has ended; return the address where the text comes back."""
    data = filled(desk.get(page), **changes)
    desk.logout()
    return returns_to(desk.post(page, data))


def test_the_text_comes_back_after_signing_in(desk, user, person):
    address = ended(desk, admin_url(person), latin_name="Naji Fakhari")
    desk.force_login(user)
    response = desk.get(address)
    assert filled(response)["latin_name"] == ["Naji Fakhari"]
    assert "ما كتبته هنا" in response.text


def test_nothing_is_saved_before_its_writer_says_so(desk, user, person):
    address = ended(desk, admin_url(person), latin_name="Naji Fakhari")
    desk.force_login(user)
    desk.get(address)
    person.refresh_from_db()
    assert person.latin_name != "Naji Fakhari"


def test_sent_again_it_is_saved_and_put_away(desk, user, person):
    address = ended(desk, admin_url(person), latin_name="Naji Fakhari")
    desk.force_login(user)
    assert desk.post(address, filled(desk.get(address))).status_code == 302
    person.refresh_from_db()
    assert person.latin_name == "Naji Fakhari"
    assert "ما كتبته هنا" not in desk.get(address).text


def test_a_new_record_comes_back_too(desk, user):
    address = ended(desk, admin_url(Article, "add"), title="خبر جديد", lede="مقدمة")
    desk.force_login(user)
    response = desk.get(address)
    assert (filled(response)["title"], filled(response)["lede"]) == (["خبر جديد"], ["مقدمة"])
    assert not Article.objects.exists()


def test_rows_come_back_too(desk, user):
    meeting = make.make_meeting()
    make.make_item(meeting=meeting, title="قبل")
    address = ended(desk, admin_url(meeting), items__0__title="بعد")
    desk.force_login(user)
    assert filled(desk.get(address))["items-0-title"] == ["بعد"]


def test_a_change_by_somebody_else_meanwhile_is_shown(desk, user, person):
    address = ended(desk, admin_url(person), latin_name="Naji Fakhari")
    Person.objects.filter(pk=person.pk).update(latin_name="N. Fakhari")
    desk.force_login(user)
    assert desk.get(address).context["comparison"] is not None


def test_it_is_not_shown_to_another_account(desk, person):
    address = ended(desk, admin_url(person), latin_name="Naji Fakhari")
    desk.force_login(make.make_superuser())
    response = desk.get(address)
    assert "Naji Fakhari" not in response.text
    assert "حسابا آخر" in response.text


def test_files_are_asked_for_again(desk, user):
    article = make.make_article()
    page = admin_url(article)
    data = filled(desk.get(page)) | {"picture": SimpleUploadedFile("photo.png", b"png")}
    desk.logout()
    address = returns_to(desk.post(page, data))
    desk.force_login(user)
    assert "اختر الملف من جديد" in desk.get(address).text


def test_a_stranger_fills_no_session(client, person):
    response = client.post(admin_url(person), {"name": "x" * 1000, "_seen": "forged"})
    assert response.status_code == 302
    assert "_kept" not in response["Location"]
    assert "kept_forms" not in client.session


def test_three_forms_are_kept_at_most(desk, person):
    data = filled(desk.get(admin_url(person)))
    desk.logout()
    for _time in range(5):
        desk.post(admin_url(person), data)
    assert len(desk.session["kept_forms"]) == 3


def test_an_address_with_an_unknown_key_opens_the_stored_record(desk, person):
    assert filled(desk.get(f"{admin_url(person)}?_kept=nothing"))["name"] == ["ناجي الفخاري"]


def test_the_note_names_its_reader(desk, user, person):
    note = unseal(filled(desk.get(admin_url(person)))["_seen"][0])
    assert note["user"] == user.pk


# Tokens against forged forms


@pytest.fixture
def strict(user):
    """A browser whose forms are checked for their token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def test_a_form_opened_before_signing_in_anew_in_another_window_comes_back(strict, user, person):
    data = filled(strict.get(admin_url(person)), latin_name="Naji Fakhari", csrfmiddlewaretoken="a" * 64)
    response = strict.post(admin_url(person), data)
    assert response.status_code == 302
    shown = strict.get(response["Location"])
    assert filled(shown)["latin_name"] == ["Naji Fakhari"]
    person.refresh_from_db()
    assert person.latin_name != "Naji Fakhari"
    assert strict.post(response["Location"], filled(shown)).status_code == 302
    person.refresh_from_db()
    assert person.latin_name == "Naji Fakhari"


def test_a_forged_form_is_refused_and_not_kept(strict, person):
    response = strict.post(admin_url(person), {"name": "اسم آخر"})
    assert response.status_code == 403
    assert "kept_forms" not in strict.session


def test_a_form_with_the_note_of_another_account_is_refused_and_not_kept(strict, person):
    other = Client()
    other.force_login(make.make_superuser())
    data = filled(other.get(admin_url(person)), name="اسم آخر")
    assert strict.post(admin_url(person), data).status_code == 403


# The reason of a withdrawal, asked for from a list


@pytest.fixture
def withdrawal(desk):
    """A public meeting, and the address at which the reason of its withdrawal comes back."""
    meeting = make.make_meeting()
    page = admin_url(Meeting, "changelist")
    asked = desk.post(page, {"action": "withdraw", "_selected_action": [meeting.pk]})
    data = filled(asked, reason="نشر خطأ قبل المصادقة")
    desk.logout()
    return meeting, returns_to(desk.post(page, data))


def test_the_reason_of_a_withdrawal_comes_back_and_withdraws_nothing(desk, user, withdrawal):
    meeting, address = withdrawal
    desk.force_login(user)
    response = desk.get(address)
    assert filled(response)["reason"] == ["نشر خطأ قبل المصادقة"]
    assert "ما كتبته هنا" in response.text and str(meeting) in response.text
    meeting.refresh_from_db()
    assert meeting.state == "published"


def test_sent_again_it_withdraws_and_is_put_away(desk, user, withdrawal):
    meeting, address = withdrawal
    desk.force_login(user)
    assert desk.post(address, filled(desk.get(address))).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.withdrawal_reason) == ("withdrawn", "نشر خطأ قبل المصادقة")
    assert desk.get(address).status_code == 200
    assert not desk.session.get("kept_forms")


def test_no_other_action_comes_back(desk, user):
    meeting = make.make_meeting(state="draft", published_at=None)
    page = admin_url(Meeting, "changelist")
    asked = desk.post(page, {"action": "withdraw", "_selected_action": [meeting.pk]})
    data = filled(asked, action="publish", _selected_action=meeting.pk)
    desk.logout()
    address = returns_to(desk.post(page, data))
    desk.force_login(user)
    assert desk.get(address).status_code == 400
    meeting.refresh_from_db()
    assert meeting.state == "draft"
