from concurrent.futures import ThreadPoolExecutor

import pytest

from meetings.structured import CardWords
from portal import share
from tests import factories as make

pytestmark = pytest.mark.django_db


def card(meeting):
    return f"/share{meeting.get_absolute_url().rstrip('/')}.png"


@pytest.mark.parametrize(
    "path", ["/share/portal.png", "/share/crafts.png", "/share/sea_fisheries.png", "/share/agriculture.png"]
)
def test_the_portal_and_each_family_have_a_card(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert "max-age=86400" in response["Cache-Control"]
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_a_family_that_is_none_has_no_card(client):
    assert client.get("/share/weavers.png").status_code == 404


def test_a_public_meeting_has_a_card(client):
    meeting = make.make_meeting()
    assert card(meeting) == f"/share/meetings/2024/{meeting.slug}.png"
    assert client.get(card(meeting)).content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"state": "draft"}, 404), ({"state": "in_review"}, 404), ({"state": "withdrawn"}, 410)],
)
def test_a_hidden_meeting_has_none_and_is_answered_as_its_page(client, fields, status):
    meeting = make.make_meeting(**fields)
    assert client.get(meeting.get_absolute_url()).status_code == status
    assert client.get(card(meeting)).status_code == status


def test_a_card_drawn_while_public_is_not_sent_once_withdrawn(client):
    meeting = make.make_meeting()
    client.get(card(meeting))
    type(meeting).objects.update(state="withdrawn", withdrawn_at=make.PAST, withdrawal_reason="نشر بالخطأ")
    assert client.get(card(meeting)).status_code == 410


def test_a_card_is_drawn_once(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(share, "draw", lambda words: drawn.append(words) or b"\x89PNG")
    meeting = make.make_meeting()
    for _n in range(3):
        client.get(card(meeting))
    assert len(drawn) == 1


def test_many_at_once_draw_one_card(monkeypatch):
    drawn = []
    monkeypatch.setattr(share, "draw", lambda words: drawn.append(words) or b"\x89PNG")
    words = CardWords("دورة", "", "", "", "crafts")
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(share._drawn, [words] * 40)) == {b"\x89PNG"}
    assert len(drawn) == 1


def test_a_corrected_title_has_a_card_of_its_own(client):
    meeting = make.make_meeting(title="دورة")
    before = client.get(card(meeting)).content
    type(meeting).objects.update(title="دورة مصححة")
    assert client.get(card(meeting)).content != before
