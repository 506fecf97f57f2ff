"""The form of an article."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import Article
from tests import factories as make
from tests.admin_forms import admin_url, errors, filled

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"


@pytest.fixture
def desk(client):
    client.force_login(make.make_superuser())
    return client


def picture():
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")
    return SimpleUploadedFile("صورة.png", file.getvalue())


def written(desk, **values):
    return filled(desk.get(ADD), **{"title": "خبر", "lede": "مقدمة", **values})


def test_plain_text_becomes_paragraphs_and_lists(desk):
    body = "فقرة أولى\n\nفقرة <script>ثانية\n\n- نقطة\n- نقطتان"
    assert desk.post(ADD, written(desk, body=body)).status_code == 302
    text = Article.objects.get().body
    assert text.count("<p>") == 2
    assert text.count("<li>") == 2
    assert "<script" not in text


def test_the_address_is_proposed_from_what_it_is_about(desk):
    meeting = make.make_meeting(slug="artisanat-fes-meknes-octobre")
    data = written(desk, meetings=[str(meeting.pk)], event_date="30/12/2024")
    assert desk.post(ADD, data).status_code == 302
    article = Article.objects.get()
    assert (article.slug, article.url_year, article.number) == ("artisanat-fes-meknes-octobre", 2024, 1)
    assert list(article.meetings.all()) == [meeting]


def test_the_address_is_frozen_once_public(desk):
    article = make.make_article()
    assert not {"slug", "url_year"} & filled(desk.get(admin_url(article))).keys()


def test_a_picture_needs_its_words(desk):
    data = written(desk)
    assert list(errors(desk.post(ADD, {**data, "picture": picture()}))) == ["picture_alt"]
    assert desk.post(ADD, {**data, "picture": picture(), "picture_alt": "قاعة الاجتماع"}).status_code == 302


def test_what_is_no_picture_is_refused(desk):
    file = SimpleUploadedFile("صورة.png", b"<svg onload=alert(1)>")
    data = written(desk, picture_alt="وصف")
    assert list(errors(desk.post(ADD, {**data, "picture": file}))) == ["picture"]


def test_a_picture_of_a_forbidden_type_is_told_the_accepted_ones(desk):
    file = SimpleUploadedFile("صورة.svg", b"<svg/>")
    response = desk.post(ADD, {**written(desk, picture_alt="وصف"), "picture": file})
    assert errors(response)["picture"] == ["نوع الملف غير مقبول. الأنواع المقبولة: JPG، JPEG، PNG، WEBP."]
    assert "اختر الملف من جديد" in response.text


def test_a_correction_gets_its_moment(desk):
    article = make.make_article()
    page = admin_url(article)
    assert desk.post(page, filled(desk.get(page), correction="صُحّح التاريخ")).status_code == 302
    article.refresh_from_db()
    assert article.corrected_at is not None


def test_publishing_fills_the_moment(desk):
    assert desk.post(ADD, written(desk, state="published")).status_code == 302
    assert Article.objects.published().count() == 1


# The text


def test_without_the_script_the_text_is_in_a_plain_box_with_its_markup(desk):
    article = make.make_article(body="<h2>عنوان</h2><p>نص <strong>مهم</strong></p>")
    page = admin_url(article)
    assert filled(desk.get(page))["body"] == ["<h2>عنوان</h2><p>نص <strong>مهم</strong></p>"]
    assert desk.post(page, filled(desk.get(page))).status_code == 302
    article.refresh_from_db()
    assert article.body == "<h2>عنوان</h2><p>نص <strong>مهم</strong></p>"


def test_the_text_survives_an_error_as_it_was_typed(desk):
    body = "فقرة أولى\n\n<p>فقرة <script>alert(1)</script></p>"
    response = desk.post(ADD, {**written(desk, body=body), "title": ""})
    assert list(errors(response)) == ["title"]
    assert filled(response)["body"] == [body]
    assert "<script>alert(1)" not in response.text


def test_the_tools_are_hidden_until_the_script_comes(desk):
    page = desk.get(ADD).text
    assert '<div class="tools" role="toolbar" aria-label="أدوات النص" hidden>' in page
    assert 'data-editor="/static/django_prose_editor/editor.js"' in page
    assert '<script src="/static/js/richtext.js" type="module"></script>' in page


def test_the_policy_is_as_strict_with_the_editor_as_without(desk):
    policy = desk.get(ADD)["Content-Security-Policy"].split("; ")
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy


# Pictures


def test_a_drawing_that_holds_a_script_is_refused_under_any_name(desk):
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    data = written(desk, picture_alt="وصف")
    said = {
        name: errors(desk.post(ADD, {**data, "picture": SimpleUploadedFile(name, drawing)}))["picture"]
        for name in ("صورة.svg", "صورة.png")
    }
    assert said == {
        "صورة.svg": ["نوع الملف غير مقبول. الأنواع المقبولة: JPG، JPEG، PNG، WEBP."],
        "صورة.png": ["محتوى «صورة.png» لا يوافق اسمه. الأنواع المقبولة: PDF وDOCX وODT وXLSX وJPEG وPNG وWebP."],
    }
    assert not Article.objects.exists()


def test_a_picture_of_too_many_pixels_is_told_why(desk, monkeypatch):
    monkeypatch.setattr("uploads.content.MOST_PIXELS", 11)
    response = desk.post(ADD, {**written(desk, picture_alt="وصف"), "picture": picture()})
    assert "عدد بكسلات الصورة كبير جدا" in errors(response)["picture"][0]


def test_a_picture_needs_its_words_said_at_their_field(desk):
    response = desk.post(ADD, {**written(desk), "picture": picture()})
    assert errors(response) == {"picture_alt": ["الصورة تحتاج إلى نص بديل: صف ما فيها."]}


def test_the_name_kept_is_not_the_senders(desk, media_root):
    file = picture()
    file.name = "م" * 240 + "\u202egnp.png"
    assert desk.post(ADD, {**written(desk, picture_alt="وصف"), "picture": file}).status_code == 302
    name = Article.objects.get().picture.name
    assert re.fullmatch(r"articles/\d{4}/[0-9a-f]{32}\.png", name)
    assert (media_root / name).is_file()
