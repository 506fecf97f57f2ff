import io
import zipfile

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from search.texts import read

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def packed(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def docx(*paragraphs):
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return packed(word__document=f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')


def odt(markup):
    spaces = f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}"'
    return packed(content=f"<office:document-content {spaces}>{markup}</office:document-content>")


def pdf(text):
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def text_of(content, name):
    return read(io.BytesIO(content), name)


def test_docx():
    assert text_of(docx("محضر الدورة", "ﺍﻟﻐﺮﻓﺔ"), "a.docx") == ("محضر الدورة\nالغرفة", False)


def test_odt():
    markup = "<text:h>محضر</text:h><text:p>أول<text:s/>ثم <text:span>ثان</text:span> وآخر</text:p>"
    assert text_of(odt(markup), "a.odt") == ("محضر\nأول ثم ثان وآخر", False)


def test_pdf():
    assert text_of(pdf("Convention de partenariat 2024"), "a.pdf") == ("Convention de partenariat 2024", False)


def test_a_pdf_without_text_is_scanned():
    assert text_of(pdf(""), "a.PDF") == ("", True)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_pictures_are_scanned(name):
    assert text_of(b"", name) == ("", True)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt", "a.xlsx", "a"])
def test_a_damaged_file_has_no_text(name):
    assert text_of(b"%PDF-1.4 nothing", name) == ("", False)


def test_entities_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    assert text_of(packed(content=bomb), "a.odt") == ("", False)
