"""A paper is what its content says, whatever its name."""

import hashlib
import io
import zipfile

import pytest

from meetings.uploads import DOCX, JPEG, ODT, PDF, PNG, WEBP, XLSX, matches_name, measure, sniff


def archive(**entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return file.getvalue()


CONTENTS = {
    PDF: b"%PDF-1.7\n%\xe2\xe3",
    JPEG: b"\xff\xd8\xff\xe0\x00\x10JFIF",
    PNG: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    WEBP: b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    DOCX: archive(word__document_DOT_xml="<w/>"),
    XLSX: archive(xl__workbook_DOT_xml="<w/>"),
    ODT: archive(mimetype=ODT, content_DOT_xml="<o/>"),
}


@pytest.mark.parametrize("content_type", CONTENTS)
def test_content_is_recognised(content_type):
    assert sniff(io.BytesIO(CONTENTS[content_type])) == content_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><script>alert(1)</script>",
        b"  %PDF-1.7 after spaces is a text",
        b"GIF89a",
        b"PK\x03\x04 cut short",
        archive(mimetype="application/epub+zip"),
        archive(mimetype="x" * len(ODT)),
        archive(evil_DOT_exe="MZ"),
    ],
)
def test_anything_else_is_refused(content):
    assert sniff(io.BytesIO(content)) == ""


def test_a_name_promises_a_content():
    assert matches_name("محضر.PDF", PDF)
    assert matches_name("photo.jpeg", JPEG)
    assert not matches_name("page.pdf", "")
    assert not matches_name("page.html", PDF)
    assert not matches_name("pdf", PDF)


def test_the_facts_of_a_file_are_measured_in_chunks():
    content = CONTENTS[PDF] * 1000
    file = io.BytesIO(content)
    paper = measure(file, [content[:100], content[100:]])
    assert (paper.size, paper.content_type) == (len(content), PDF)
    assert paper.sha512 == hashlib.sha512(content).hexdigest()
    assert file.tell() == 0
