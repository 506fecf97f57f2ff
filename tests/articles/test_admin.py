"""The form of an article."""

import io

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
