from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.cache import cache

from meetings.structured import CardWords, card_words
from portal import share
from tests import factories as make

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG IEND\xaeB`\x82"


def card(meeting):
    return f"/share{meeting.get_absolute_url().rstrip('/')}.png"


@pytest.fixture
def drawn(monkeypatch):
    """The words of the cards drawn during the test, in order; drawing itself is left out."""
    words_of_all = []
    monkeypatch.setattr(share, "draw", lambda words: words_of_all.append(words) or PNG)
    return words_of_all


@pytest.fixture
def busy(monkeypatch):
    """Another request is drawing a card all the while."""
    monkeypatch.setattr(share, "PATIENCE", 0.01)
    with share._drawing:
        yield


def files_in(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "path", ["/share/portal.png", "/share/crafts.png", "/share/sea_fisheries.png", "/share/agriculture.png"]
)
def test_the_portal_and_each_family_have_a_card(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=86400"
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


def test_a_corrected_title_has_a_card_of_its_own(client):
    meeting = make.make_meeting(title="دورة")
    before = client.get(card(meeting)).content
    type(meeting).objects.update(title="دورة مصححة")
    assert client.get(card(meeting)).content != before


# How long other caches may keep it


def test_a_card_at_the_address_of_its_words_may_be_kept_an_hour(client):
    meeting = make.make_meeting()
    response = client.get(f"{card(meeting)}?v={card_words(meeting).mark}")
    assert response["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789", "?w=1"])
def test_a_card_at_any_other_address_may_be_kept_a_minute(client, drawn, query):
    response = client.get(card(make.make_meeting()) + query)
    assert response["Cache-Control"] == "public, max-age=60"


# Drawn once


@pytest.mark.parametrize("path", ["/share/portal.png", "/share/crafts.png", ""])
def test_a_card_is_drawn_once_whatever_the_cache_forgets(client, drawn, media_root, path):
    path = path or card(make.make_meeting())
    for _n in range(3):
        assert client.get(path).content == PNG
        cache.clear()
    assert len(drawn) == 1
    (kept,) = files_in(media_root / "renditions" / "cards")
    assert kept.read_bytes() == PNG
    assert kept.suffix == ".png"


def test_a_new_design_draws_each_card_anew(client, drawn, monkeypatch):
    client.get("/share/portal.png")
    monkeypatch.setattr(share, "DESIGN", 999)
    client.get("/share/portal.png")
    assert len(drawn) == 2


def test_a_file_that_was_never_finished_is_drawn_again(client, drawn, media_root):
    client.get("/share/portal.png")
    (kept,) = files_in(media_root)
    kept.write_bytes(b"\x89PNG and no more")
    assert client.get("/share/portal.png").content == PNG
    assert [path.read_bytes() for path in files_in(media_root)] == [PNG]
    assert len(drawn) == 2


def test_many_at_once_draw_one_card(drawn):
    words = CardWords("دورة", "", "", "", "crafts")
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(share._common, [words] * 40)) == {PNG}
    assert len(drawn) == 1


# While others are drawn


def test_whoever_would_wait_for_long_is_sent_to_the_card_of_the_family(client, busy):
    meeting = make.make_meeting(chamber=make.make_chamber(family="sea_fisheries"))
    response = client.get(card(meeting))
    assert response.status_code == 302
    assert response["Location"] == "/share/sea_fisheries.png"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_a_meeting_without_a_chamber_is_sent_to_its_family_too(client, busy):
    response = client.get(card(make.make_meeting(chamber=None, family="crafts")))
    assert response["Location"] == "/share/crafts.png"


def test_a_card_drawn_before_waits_for_nothing(client, drawn):
    meeting = make.make_meeting()
    paths = [card(meeting), "/share/crafts.png", "/share/portal.png"]
    for path in paths:
        client.get(path)
    with share._drawing:
        assert [client.get(path).status_code for path in paths] == [200, 200, 200]


def test_a_drawing_that_fails_keeps_no_other_from_being_drawn(client, monkeypatch):
    monkeypatch.setattr(share, "draw", lambda words: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.get(card(make.make_meeting()))
    assert not share._drawing.locked()
