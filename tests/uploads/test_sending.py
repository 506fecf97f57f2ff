"""Whatever lies in the storage, no browser runs it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests import factories as make
from uploads.content import DOCX, PDF

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
POLYGLOT = b"%PDF-1.7\n" + HTML
PNG = b"\x89PNG\r\n\x1a\n" + HTML


def paper(name, content, **fields):
    document = make.make_document(**fields)
    document.file.save(name, ContentFile(content))
    return document


def file_of(client, document):
    response = client.get(f"{document.get_absolute_url()}file/")
    assert response.status_code == 200
    b"".join(response.streaming_content)
    return response


def is_sandboxed(response):
    policy = response["Content-Security-Policy"].split("; ")
    return "sandbox" in policy and "default-src 'none'" in policy


@pytest.mark.parametrize("name", ["a.pdf", "a.html", "a.svg", "a.jpg"])
@pytest.mark.parametrize("content", [HTML, SVG, b"", b"MZ"], ids=["html", "svg", "nothing", "program"])
def test_a_file_of_no_type_that_we_take_is_plain_bytes(client, name, content):
    response = file_of(client, paper(name, content, content_type="text/html"))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert is_sandboxed(response)


def test_a_pdf_is_read_at_once_and_never_taken_for_a_page(client):
    response = file_of(client, paper("a.pdf", POLYGLOT))
    assert response["Content-Type"] == PDF
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_type_is_that_of_the_content_and_not_of_the_name(client):
    response = file_of(client, paper("a.html", PNG, content_type="text/html"))
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("attachment")
    assert is_sandboxed(response)


def test_the_name_at_the_readers_is_that_of_the_record(client):
    document = paper("../../\u202eevil.pdf", POLYGLOT, slug="minutes")
    assert f'filename="{document.number}-minutes.pdf"' in file_of(client, document)["Content-Disposition"]


def test_the_name_kept_is_nobodys(client, media_root):
    document = paper("../../etc/محضر.pdf", POLYGLOT)
    kept = (media_root / document.file.name).resolve()
    assert kept.is_relative_to(media_root.resolve() / "documents")
    assert "محضر" not in document.file.name


@pytest.mark.parametrize(("content", "content_type"), [(HTML, "application/octet-stream"), (POLYGLOT, PDF)])
def test_an_editor_gets_any_upload_as_a_download(admin_client, content, content_type):
    name = default_storage.save("documents/2026/a.html", ContentFile(content))
    response = admin_client.get(f"/admin/media/{name}")
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith("attachment")
    assert is_sandboxed(response)
    assert b"".join(response.streaming_content) == content


@pytest.mark.parametrize(
    "name", ["../ghuraf.sqlite3", "..%2f..%2fetc%2fpasswd", "/etc/passwd", ".", "a" * 300, "no.pdf"]
)
def test_an_editor_gets_nothing_else(admin_client, name):
    assert admin_client.get(f"/admin/media/{name}").status_code == 404


def test_the_public_gets_no_upload_by_its_name(client):
    name = default_storage.save("documents/2026/a.pdf", ContentFile(POLYGLOT))
    assert client.get(f"/admin/media/{name}").status_code == 302


def test_a_word_document_is_a_download(client):
    from tests.uploads.test_content import docx

    response = file_of(client, paper("a.docx", docx()))
    assert response["Content-Type"] == DOCX
    assert response["Content-Disposition"].startswith("attachment")
