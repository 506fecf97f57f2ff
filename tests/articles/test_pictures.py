"""The sizes in which pictures are shown, and who may see them."""

import io
import os
import zlib

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from articles.pictures import rendition_name
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


def png(pixel, mode="RGB", size=(40, 40)):
    buffer = io.BytesIO()
    Image.new(mode, size, pixel).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("mode", "pixel"), [("RGBA", (200, 0, 0, 0)), ("RGBA", (0, 0, 0, 0)), ("LA", (0, 0))], ids=["red", "black", "grey"]
)
def test_what_is_transparent_becomes_white(client, mode, pixel):
    article = make.make_article(picture_alt="شعار")
    article.picture.save("logo.png", ContentFile(png(pixel, mode)))
    for size in ("picture", "card"):
        _content, image = picture_at(client, f"{article.get_absolute_url()}{size}/")
        assert image.convert("RGB").getpixel((20, 20)) == (255, 255, 255)


def test_what_is_half_transparent_is_half_white(client):
    article = make.make_article(picture_alt="شعار")
    article.picture.save("logo.png", ContentFile(png((0, 0, 0, 128), "RGBA")))
    _content, image = picture_at(client, f"{article.get_absolute_url()}picture/")
    assert all(abs(value - 127) <= 4 for value in image.convert("RGB").getpixel((20, 20)))


def test_a_colour_of_a_palette_may_be_transparent(client):
    article = make.make_article(picture_alt="شعار")
    buffer = io.BytesIO()
    Image.new("P", (40, 40), 0).save(buffer, "PNG", transparency=0)
    article.picture.save("logo.png", ContentFile(buffer.getvalue()))
    _content, image = picture_at(client, f"{article.get_absolute_url()}picture/")
    assert image.convert("RGB").getpixel((20, 20)) == (255, 255, 255)


# Kept in the storage


def test_a_rendition_is_made_once(client, tmp_path):
    article = with_picture((40, 30))
    contents = {picture_at(client, f"{article.get_absolute_url()}card/")[0] for _n in range(3)}
    assert len(contents) == 1
    assert len(list((tmp_path / "renditions").rglob("*.card.webp"))) == 1


def test_a_name_given_to_another_picture_shows_that_one(client):
    article = make.make_article(picture_alt="شعار")
    article.picture.save("logo.png", ContentFile(png((255, 255, 255))))
    path = f"{article.get_absolute_url()}picture/"
    assert picture_at(client, path)[1].convert("RGB").getpixel((20, 20)) == (255, 255, 255)
    storage, name = article.picture.storage, article.picture.name
    storage.delete(name)
    assert storage.save(name, ContentFile(png((0, 0, 0)))) == name
    assert picture_at(client, path)[1].convert("RGB").getpixel((20, 20)) == (0, 0, 0)


def test_the_name_of_a_rendition_tells_size_and_moment_of_its_original(tmp_path):
    original = tmp_path / "news" / "salle.png"
    original.parent.mkdir()
    original.write_bytes(b"x" * 1234)
    os.utime(original, (1_700_000_000, 1_700_000_000))  # 14 November 2023, 22:13:20 UTC
    assert rendition_name("news/salle.png", "card") == (
        "renditions/news/salle.png.1234-20231114221320000000.card.webp"
    )


def test_a_storage_that_knows_no_moment_names_the_size_alone(tmp_path, monkeypatch):
    def unknown(self, name):
        raise NotImplementedError

    (tmp_path / "salle.png").write_bytes(b"x" * 1234)
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.get_modified_time", unknown)
    assert rendition_name("salle.png", "page") == "renditions/salle.png.1234.page.webp"
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.size", unknown)
    assert rendition_name("salle.png", "page") == "renditions/salle.png.page.webp"


def test_a_picture_that_is_gone_has_no_rendition(client):
    article = with_picture((40, 30))
    path = f"{article.get_absolute_url()}card/"
    picture_at(client, path)
    article.picture.storage.delete(article.picture.name)
    assert client.get(path).status_code == 404


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


# Pictures that are more, or less, than a picture


@pytest.mark.parametrize("form", ["WEBP", "PNG"])
def test_an_animation_shows_its_first_picture_and_stands_still(client, form):
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("white", "black")]
    buffer = io.BytesIO()
    frames[0].save(buffer, form, save_all=True, append_images=frames[1:], duration=100)
    article = make.make_article(picture_alt="قاعة")
    article.picture.save(f"salle.{form.lower()}", ContentFile(buffer.getvalue()))
    _content, image = picture_at(client, f"{article.get_absolute_url()}picture/")
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((30, 20)) == (255, 255, 255)


def test_the_colours_of_a_printer_become_those_of_a_screen(client):
    buffer = io.BytesIO()
    Image.new("CMYK", (60, 40), (0, 255, 255, 0)).save(buffer, "JPEG")  # magenta and yellow make red
    article = make.make_article(picture_alt="قاعة")
    article.picture.save("salle.jpg", ContentFile(buffer.getvalue()))
    _content, image = picture_at(client, f"{article.get_absolute_url()}card/")
    red, green, blue = image.convert("RGB").getpixel((160, 120))
    assert red > 200
    assert max(green, blue) < 60


def test_a_large_photograph_keeps_its_form_and_its_side(client):
    """It is decoded at a part of its size, before it is turned."""
    exif = Image.Exif()
    exif[0x0112] = 6
    article = with_picture((4000, 2000), "JPEG", exif=exif)
    _content, image = picture_at(client, f"{article.get_absolute_url()}picture/")
    assert image.size == (576, 1152)


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"GIF89a\x01\x00\x01\x00", b"\xff\xd8\xff\xe0" + b"\x00" * 40],
    ids=["nothing", "drawing", "head alone", "another type", "zeros"],
)
def test_what_is_no_picture_is_a_missing_page(client, content):
    article = make.make_article(picture_alt="قاعة")
    article.picture.save("salle.png", ContentFile(content))
    path = article.get_absolute_url()
    assert client.get(f"{path}picture/").status_code == 404
    assert client.get(path).status_code == 200


def test_a_picture_cut_short_is_a_missing_page(client):
    article = with_picture((300, 200))
    name = article.picture.name
    with article.picture.open("rb") as file:
        half = file.read()[:2000]
    article.picture.storage.delete(name)
    article.picture.storage.save(name, ContentFile(half))
    assert client.get(f"{article.get_absolute_url()}card/").status_code == 404


def test_a_picture_that_claims_a_billion_pixels_is_a_missing_page(client):
    content = bytearray(png((0, 0, 0)))
    content[16:24] = (40_000).to_bytes(4, "big") * 2  # width and height stand in the header
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    article = make.make_article(picture_alt="قاعة")
    article.picture.save("bomb.png", ContentFile(bytes(content)))
    path = article.get_absolute_url()
    assert client.get(f"{path}picture/").status_code == 404
    assert client.get(path).status_code == 200


def test_no_browser_runs_anything_in_a_picture(client):
    response = client.get(f"{with_picture((40, 30)).get_absolute_url()}picture/")
    b"".join(response.streaming_content)
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
