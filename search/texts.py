"""The text inside papers: PDF, DOCX and ODT. A scanned paper has none, and is told from one that could be read."""

import logging
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from xml.etree import ElementTree

import pypdf

logger = logging.getLogger(__name__)

MOST_PAGES = 400
MOST_LETTERS = 400_000
# Of a packed paper no part is read further than this, whatever it claims to hold.
MOST_BYTES_OF_A_PART = 30 * 1024 * 1024
# Fewer letters than this on a page are the mark of a scanner, not text.
FEWEST_LETTERS = 20

_DOCX_PARTS = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"]
_ODT_PARTS = ["content.xml"]
_PARAGRAPHS = {"p", "h", "tr"}
_SPACES = {"tab", "br", "s", "line-break", "cr"}
# Control characters and halves of a letter, which damaged fonts give.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
PICTURES = {"jpg", "jpeg", "png", "webp"}


class PaperText(NamedTuple):
    """The text of a file, and whether it is a picture of text that cannot be searched."""

    text: str
    is_scanned: bool


def read(file: BinaryIO, name: str) -> PaperText:
    """Return the text of the paper ``file``, whose ``name`` tells its format; of other formats none.

    A damaged file has no text and is no scan; it is logged.
    """
    ending = name.rpartition(".")[2].lower()
    if ending in PICTURES:
        return PaperText("", is_scanned=True)
    try:
        if ending == "pdf":
            return _pdf(file)
        if ending in ("docx", "odt"):
            return PaperText(_tidy(_packed(file, _DOCX_PARTS if ending == "docx" else _ODT_PARTS)), is_scanned=False)
    except Exception as broken:  # pypdf, zipfile and expat raise whatever a damaged file makes them meet
        logger.warning("The text of %s cannot be read: %s", name, broken)
    return PaperText("", is_scanned=False)


def _pdf(file: BinaryIO) -> PaperText:
    reader = pypdf.PdfReader(file)
    pages, letters, seen = [], 0, 0
    for page in reader.pages[:MOST_PAGES]:
        text = _tidy(page.extract_text() or "")
        pages.append(text)
        seen += 1
        letters += sum(letter.isalnum() for letter in text)
        if letters > MOST_LETTERS:
            break
    is_scanned = seen > 0 and letters < FEWEST_LETTERS * seen
    return PaperText("" if is_scanned else "\n".join(pages), is_scanned)


def _packed(file: BinaryIO, parts: list[str]) -> str:
    texts = []
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        for part in (part for part in parts if part in names):
            with archive.open(part) as packed:
                texts.append("".join(_letters(packed.read(MOST_BYTES_OF_A_PART))))
    return "\n".join(texts)


def _letters(markup: bytes) -> Iterator[str]:
    """Return the text of a part of a paper. Entities of its own, by which a small file grows huge, are refused."""
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise ValueError("it declares entities")
    yield from _walk(ElementTree.fromstring(markup))  # noqa: S314


def _walk(element: ElementTree.Element) -> Iterator[str]:
    # Word keeps its text in elements of their own and writes what is white space nowhere else.
    is_word = "wordprocessingml" in element.tag
    name = element.tag.rpartition("}")[2]
    if element.text and (name == "t" or not is_word):
        yield element.text
    for child in element:
        yield from _walk(child)
        if child.tail and not is_word:
            yield child.tail
    if name in _PARAGRAPHS:
        yield "\n"
    elif name in _SPACES:
        yield " "


def _tidy(text: str) -> str:
    """Return ``text`` with presentation forms as plain letters, and without what no text holds."""
    plain = _NO_TEXT.sub(" ", unicodedata.normalize("NFKC", text))
    return "\n".join(" ".join(line.split()) for line in plain.splitlines() if line.strip())[:MOST_LETTERS]
