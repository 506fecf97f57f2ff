"""What every answer has in common: the NUL, the minute in caches, the withdrawn page."""

from datetime import UTC, datetime

import pytest

from tests.factories import make_agreement, make_article, make_chamber, make_meeting, make_superuser

pytestmark = pytest.mark.django_db

PUBLIC_PAGES = [
    "/",
    "/about/",
    "/robots.txt",
    "/chambers/",
    "/people/",
    "/offices/",
    "/organisations/",
    "/projects/",
    "/meetings/",
    "/meetings/?kind=ordinary",
    "/meetings/calendar/2024/10/",
    "/decisions/",
    "/agreements/",
    "/documents/",
    "/news/",
]


def caching(response):
    return set(response.get("Cache-Control", "").replace(" ", "").split(",")) - {""}


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/meetings/2024/a%00b/",
        "/chambers/%00/",
        "/meetings/?q=%00",
        "/meetings/?kind=ordinary&chamber=a%00b",
        "/?%00=1",
        "/admin/chambers/chamber/?q=%00",
    ],
)
def test_nul_in_an_address_is_a_bad_request(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="ar-MA" dir="rtl"' in response.content.decode()


def test_words_that_only_look_like_a_nul_are_searched(client):
    assert client.get("/meetings/?q=%2500").status_code == 200


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_public_page_may_be_kept_for_a_minute(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert caching(response) == {"public", "max-age=60"}


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_public_page_owes_nothing_to_a_cookie(client, address):
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("make", [make_meeting, make_agreement, make_article, make_chamber])
def test_page_of_a_record_may_be_kept_for_a_minute(client, make):
    response = client.get(make().get_absolute_url())
    assert caching(response) == {"public", "max-age=60"}
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_public_page_is_the_same_for_an_administrator(client):
    meeting = make_meeting()
    seen_by_all = client.get(meeting.get_absolute_url())
    client.force_login(make_superuser())
    response = client.get(meeting.get_absolute_url())
    assert response.content == seen_by_all.content
    assert caching(response) == {"public", "max-age=60"}


@pytest.mark.parametrize("address", ["/meetings/2024/jamais/", "/meetings/?from=2024-13-45", "/%00"])
def test_error_is_not_kept(client, address):
    assert "public" not in caching(client.get(address))


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/jsi18n/"])
def test_admin_is_never_kept(client, address):
    response = client.get(address)
    assert {"private", "no-store"} <= caching(response)
    assert "public" not in caching(response)


def test_admin_page_of_an_administrator_is_never_kept(client):
    client.force_login(make_superuser())
    response = client.get("/admin/")
    assert response.status_code == 200
    assert {"private", "no-store"} <= caching(response)


@pytest.mark.parametrize("make", [make_meeting, make_agreement, make_article])
def test_withdrawn_record_is_gone_with_date_and_reason(client, make):
    record = make(
        state="withdrawn",
        withdrawn_at=datetime(2025, 7, 31, 23, 30, tzinfo=UTC),
        withdrawal_reason="نشر قبل المصادقة على المحضر",
    )
    response = client.get(record.get_absolute_url())
    assert response.status_code == 410
    page = response.content.decode()
    assert "نشر قبل المصادقة على المحضر" in page
    assert "1 غشت 2025" in page  # half past midnight in Morocco


def test_withdrawn_page_is_not_kept(client):
    response = client.get(make_meeting(state="withdrawn").get_absolute_url())
    assert "public" not in caching(response)


def test_reason_of_a_withdrawal_is_escaped(client):
    record = make_meeting(state="withdrawn", withdrawal_reason="<script>alert(1)</script>")
    assert b"<script>alert(1)" not in client.get(record.get_absolute_url()).content
