"""What an uploaded file is, judged by its content and never by its name alone."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image

from .names import name_shown

MAX_BYTES = 25 * 1024 * 1024
# A picture of more pixels is not decoded: it could fill the machine's memory.
MOST_PIXELS = 60_000_000
# What a packed document may unpack to: more fills the memory of whoever opens it.
MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
MOST_OF_A_PART = 1024 * 1024

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
PICTURES = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_MACROS = re.compile(r"(^|/)(vbaProject|vbaData|activeX)|^(Basic|Scripts)/.", re.IGNORECASE)
_MACRO_TYPES = (b"macroenabled", b"vbaproject")
# A template fetched from elsewhere brings its macros along.
_REMOTE_TEMPLATE = re.compile(
    rb"<[^>]*(attachedTemplate[^>]*TargetMode|TargetMode[^>]*attachedTemplate)[^>]*>", re.IGNORECASE | re.DOTALL
)
_REMOTE_TARGET = re.compile(rb"""Target\s*=\s*["'](https?:|ftp:|\\\\|file://[^/])""", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error)


@dataclass(frozen=True)
class Paper:
    """The facts of a file: its size in bytes, its media type, its SHA-512 in hexadecimal."""

    size: int
    content_type: str
    sha512: str


def sniff(file: BinaryIO) -> str:
    """Return the media type that the content of ``file`` shows, or an empty string for any other kind.

    Only what stands at the very start counts: what begins as something else may be run as something else.
    """
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
    except _BROKEN:
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


def judge(file: BinaryIO, name: str, size: int) -> str:
    """Return the media type of the uploaded ``file``, called ``name`` by who sends it and ``size`` bytes long.

    Raises ValidationError, in words for that person, for a file that is too large, not what its name says, or harmful
    to whoever opens it. The file is left at its start.
    """
    if size > MAX_BYTES:
        raise ValidationError(
            _("The file is too large: %(size)s, and at most %(most)s are taken."),
            params={"size": filesizeformat(size), "most": filesizeformat(MAX_BYTES)},
            code="too_large",
        )
    content_type = sniff(file)
    if not matches_name(name, content_type):
        raise ValidationError(
            _(
                "The content of «%(name)s» is not what its name says. "
                "PDF, DOCX, ODT, XLSX, JPEG, PNG and WebP are taken."
            ),
            params={"name": name_shown(name)},
            code="not_as_named",
        )
    if content_type in (DOCX, XLSX, ODT):
        _judge_archive(file)
    elif content_type in PICTURES:
        picture_size(file, content_type)
    file.seek(0)
    return content_type


def picture_size(file: BinaryIO, content_type: str) -> tuple[int, int]:
    """Return (width, height) of the picture in ``file``, read without decoding it.

    Raises ValidationError where it cannot be read as ``content_type`` or has more pixels than are ever decoded.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=[PICTURES[content_type]]) as image:
            width, height = image.size
    except Image.DecompressionBombError as bomb:
        raise _too_many_pixels() from bomb
    except Exception as broken:  # Pillow raises whatever its decoders meet
        raise ValidationError(_("The picture is damaged: it cannot be read."), code="damaged") from broken
    finally:
        file.seek(0)
    if width * height > MOST_PIXELS:
        raise _too_many_pixels()
    return width, height


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has too many pixels: at most %(most)s million are taken. Save it smaller."),
        params={"most": MOST_PIXELS // 1_000_000},
        code="too_many_pixels",
    )


def _judge_archive(file: BinaryIO) -> None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _judge_size(entries)
            if any(_is_strange(entry) for entry in entries):
                raise ValidationError(_("The file is locked or not packed as its program packs it."), code="strange")
            if any(_MACROS.search(entry.filename) for entry in entries) or _calls_macros(archive):
                raise ValidationError(
                    _("The file holds macros, or fetches a template that may: save it without them, or as PDF."),
                    code="macros",
                )
    except _BROKEN as broken:
        raise ValidationError(_("The file is damaged: it cannot be read."), code="damaged") from broken


def _judge_size(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    is_bomb = unpacked > MOST_UNPACKED or (unpacked > MOST_OF_A_PART and unpacked > MOST_RATIO * max(packed, 1))
    if is_bomb or len(entries) > MOST_ENTRIES:
        raise ValidationError(
            _("The file unpacks to far more than it seems to hold: it is not taken."), code="unpacks_too_large"
        )


def _is_strange(entry: zipfile.ZipInfo) -> bool:
    """Say whether an entry is locked with a password, or would be unpacked outside the folder it is unpacked in."""
    parts = entry.filename.replace("\\", "/").split("/")
    return bool(entry.flag_bits & 0x1) or ".." in parts or parts[0] == "" or ":" in parts[0]


def _calls_macros(archive: zipfile.ZipFile) -> bool:
    """Say whether the parts that tell what a document is made of speak of macros or of a template from elsewhere."""
    for name in archive.namelist():
        if name == "[Content_Types].xml":
            content = _read(archive, name).lower()
            if any(word in content for word in _MACRO_TYPES):
                return True
        elif name.endswith("settings.xml.rels"):
            found = _REMOTE_TEMPLATE.search(_read(archive, name))
            if found and _REMOTE_TARGET.search(found[0]):
                return True
    return False


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(MOST_OF_A_PART)
