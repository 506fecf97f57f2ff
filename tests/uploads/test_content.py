"""A paper is what its content says, whatever its name."""

import hashlib
import io
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from uploads.content import DOCX, JPEG, ODT, PDF, PNG, WEBP, XLSX, judge, matches_name, measure, sniff


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


# What is refused, and in which words

TYPES = "[Content_Types].xml"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = "word/_rels/settings.xml.rels"
TEMPLATE = (
    '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
    ' Target="{}" TargetMode="External"/>'
)


def packed(entries, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(**entries):
    return packed({TYPES: DOCUMENT, "word/document.xml": "<w:document/>"} | entries)


def picture(form="PNG", size=(4, 3), mode="RGB"):
    file = io.BytesIO()
    Image.new(mode, size).save(file, form)
    return file.getvalue()


def code_of(name, content):
    """Return the code of the refusal of the file, and an empty string where it is taken."""
    try:
        judge(io.BytesIO(content), name, len(content))
    except ValidationError as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("محضر.pdf", b"%PDF-1.7\n"),
        ("محضر.docx", docx()),
        ("محضر.docx", docx(**{"word/media/image1.png": picture(), "docProps/app.xml": "<Properties/>"})),
        ("ميزانية.xlsx", packed({TYPES: "sheet.main+xml", "xl/workbook.xml": "<workbook/>"})),
        ("محضر.odt", packed({"mimetype": ODT, "content.xml": "<o/>"})),
        ("صورة.jpg", picture("JPEG")),
        ("صورة.jpeg", picture("JPEG", mode="CMYK")),
        ("صورة.png", picture()),
        ("صورة.webp", picture("WEBP")),
    ],
)
def test_an_honest_file_is_taken(name, content):
    assert code_of(name, content) == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("محضر.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("محضر.pdf", b"\n%PDF-1.7"),
        ("محضر.pdf", b"MZ\x90\x00 %PDF-1.7"),
        ("محضر.pdf", docx()),
        ("محضر.docx", b"MZ" + docx()),
        ("محضر.docx", packed({TYPES: "sheet.main+xml", "xl/workbook.xml": "<workbook/>"})),
        ("محضر.docx", docx()[:-30]),
        ("صورة.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("صورة.png", b"GIF89a" + picture()),
        ("صورة.jpg", picture()),
    ],
)
def test_what_begins_as_something_else_is_refused(name, content):
    assert code_of(name, content) == "not_as_named"


@pytest.mark.parametrize(
    "content",
    [
        docx(**{"word/vbaProject.bin": "x"}),
        docx(**{"customUI/VBAPROJECT.BIN": "x"}),
        docx(**{"word/activeX/activeX1.bin": "x"}),
        docx(**{TYPES: MACROS}),
        docx(**{RELATIONS: TEMPLATE.format("https://example.org/t.dotm")}),
        docx(**{RELATIONS: TEMPLATE.format(r"\\\\example.org\\t.dotm")}),
    ],
    ids=["project", "project elsewhere", "control", "docm called docx", "template of a site", "template of a host"],
)
def test_macros_are_refused(content):
    assert code_of("محضر.docx", content) == "macros"


def test_macros_of_a_text_of_opendocument_are_refused():
    content = packed({"mimetype": ODT, "content.xml": "<o/>", "Basic/Standard/Module1.xml": "x"})
    assert code_of("محضر.odt", content) == "macros"


def test_a_template_on_the_writers_own_disk_is_no_danger():
    content = docx(**{RELATIONS: TEMPLATE.format("file:///C:/Users/a/Normal.dotm")})
    assert code_of("محضر.docx", content) == ""


def test_a_bomb_of_zeros_is_refused():
    assert code_of("محضر.docx", docx(**{"word/media/image1.bmp": b"0" * 5_000_000})) == "unpacks_too_large"


def test_a_bomb_of_many_entries_is_refused():
    entries = {f"word/media/{number}": "" for number in range(5_001)}
    assert code_of("محضر.docx", docx(**entries)) == "unpacks_too_large"


def test_a_bomb_that_is_not_even_well_packed_is_refused(monkeypatch):
    monkeypatch.setattr("uploads.content.MOST_UNPACKED", 1_000)
    assert code_of("محضر.docx", docx(**{"word/media/image1.png": picture() * 100})) == "unpacks_too_large"


@pytest.mark.parametrize("name", ["../../evil.xml", "word/../../evil.xml", "/etc/passwd", "C:/evil.xml"])
def test_an_entry_that_leaves_its_folder_is_refused(name):
    assert code_of("محضر.docx", docx(**{name: "x"})) == "strange"


def test_a_locked_document_is_refused():
    content = bytearray(docx())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1  # the flag of a password, in the entry of the content types
    assert code_of("محضر.docx", bytes(content)) == "strange"


def test_a_file_of_thirty_megabytes_is_told_the_limit():
    content = b"%PDF-1.7\n" + bytes(30 * 1024 * 1024)
    with pytest.raises(ValidationError) as refused:
        judge(io.BytesIO(content), "محضر.pdf", len(content))
    (words,) = refused.value.messages
    assert "25" in words
    assert "30" in words


def test_a_picture_of_too_many_pixels_is_refused_without_decoding_it(monkeypatch):
    content = picture(size=(300, 200))
    monkeypatch.setattr("uploads.content.MOST_PIXELS", 59_999)
    assert code_of("صورة.png", content) == "too_many_pixels"
    monkeypatch.setattr("uploads.content.MOST_PIXELS", 60_000)
    assert code_of("صورة.png", content) == ""


def test_a_picture_that_claims_a_billion_pixels_is_refused():
    content = bytearray(picture())
    content[16:24] = (40_000).to_bytes(4, "big") * 2  # width and height stand in the header
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    assert code_of("صورة.png", bytes(content)) == "too_many_pixels"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_cut_short_at_its_head_is_refused(form):
    assert code_of(f"صورة.{form.lower()}", picture(form)[:20]) == "damaged"


def test_the_words_of_a_refusal_hold_no_marks_that_turn_them_round():
    with pytest.raises(ValidationError) as refused:
        judge(io.BytesIO(b"MZ"), "محضر\u202efdp.pdf", 2)
    assert "\u202e" not in refused.value.messages[0]
