"""What an uploaded paper is, judged by its content and never by its name alone."""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

MAX_BYTES = 25 * 1024 * 1024

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"

EXTENSIONS = {
    "pdf": PDF,
    "docx": DOCX,
    "xlsx": XLSX,
    "odt": ODT,
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": PNG,
    "webp": WEBP,
}


@dataclass(frozen=True)
class Paper:
    """The facts of a file: its size in bytes, its media type, its SHA-512 in hexadecimal."""

    size: int
    content_type: str
    sha512: str


def sniff(file: BinaryIO) -> str:
    """Return the media type that the content of ``file`` shows, or an empty string for any other kind."""
    file.seek(0)
    head = file.read(16)
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    return _sniff_zip(file) if head.startswith(b"PK\x03\x04") else ""


def _sniff_zip(file: BinaryIO) -> str:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return DOCX
            if "xl/workbook.xml" in names:
                return XLSX
            # OpenDocument's first entry is its media type, stored and short.
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT):
                return ODT if archive.read("mimetype") == ODT.encode() else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return ""
    return ""


def matches_name(name: str, content_type: str) -> bool:
    """Say whether a file called ``name`` may hold ``content_type``."""
    stem, _dot, extension = name.rpartition(".")
    return bool(stem) and EXTENSIONS.get(extension.lower()) == content_type


def measure(file: BinaryIO, chunks: Iterable[bytes]) -> Paper:
    """Return the facts of ``file``, whose content ``chunks`` yields from its start; the file is left at its start."""
    digest, size = hashlib.sha512(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
    paper = Paper(size, sniff(file), digest.hexdigest())
    file.seek(0)
    return paper
