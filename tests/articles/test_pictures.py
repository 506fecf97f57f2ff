"""The sizes in which pictures are shown, and who may see them."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def with_picture(size, file_format="PNG", exif=None, **fields):
    """Return a public article with a picture of noise, which compresses badly."""
    article = make.make_article(picture_alt="قاعة الاجتماع", **fields)
    buffer = io.BytesIO()
    extra = {"exif": exif} if exif else {}
    Image.effect_noise(size, 90).convert("RGB").save(buffer, file_format, **extra)
    article.picture.save(f"salle.{file_format.lower()}", ContentFile(buffer.getvalue()))
    return article


def picture_at(client, path):
    response = client.get(path)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    return content, Image.open(io.BytesIO(content))


def test_a_card_is_four_to_three_and_light(client):
    article = with_picture((1600, 900))
    content, image = picture_at(client, f"{article.get_absolute_url()}card/")
    assert image.size == (320, 240)
    assert image.format == "WEBP"
    assert len(content) <= 40_000


def test_a_page_shows_a_large_picture_smaller_and_keeps_its_form(client):
    article = with_picture((2304, 1000), "JPEG")
    path = article.get_absolute_url()
    _content, image = picture_at(client, f"{path}picture/")
    assert image.size == (1152, 500)
    assert 'width="1152" height="500"' in client.get(path).content.decode()


def test_a_small_picture_is_not_made_larger(client):
    article = with_picture((300, 200))
    _content, image = picture_at(client, f"{article.get_absolute_url()}picture/")
    assert image.size == (300, 200)


def test_a_picture_held_sideways_is_turned_and_loses_what_the_camera_wrote(client):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "where it was taken"
    article = with_picture((400, 300), "JPEG", exif=exif)
    path = article.get_absolute_url()
    _content, image = picture_at(client, f"{path}picture/")
    assert image.size == (300, 400)
    assert dict(image.getexif()) == {}
    assert 'width="300" height="400"' in client.get(path).content.decode()


def test_the_list_shows_the_card_beside_the_first_words(client):
    article = with_picture((400, 300))
    assert f'src="{article.get_absolute_url()}card/"' in client.get("/news/").content.decode()


@pytest.mark.parametrize("fields", [{"state": "draft", "published_at": None}])
def test_the_picture_of_a_draft_has_no_public_address(client, fields):
    article = with_picture((40, 30), **fields)
    for size in ("picture", "card"):
        assert client.get(f"{article.get_absolute_url()}{size}/").status_code == 404


def test_a_file_that_is_gone_is_a_missing_page(client):
    article = with_picture((40, 30))
    article.picture.storage.delete(article.picture.name)
    assert client.get(f"{article.get_absolute_url()}card/").status_code == 404


def test_a_picture_too_large_to_decode_is_a_missing_page(client, monkeypatch):
    monkeypatch.setattr("articles.pictures.MOST_PIXELS", 1000)
    article = with_picture((40, 30))
    assert client.get(f"{article.get_absolute_url()}picture/").status_code == 404
