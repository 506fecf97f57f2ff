"""Sheets that editors bring, CSV as spreadsheets write it and XLSX, read into rows of text; and XLSX written.

Dates come as ISO 8601 writes them, whole numbers without decimals, everything else as it was typed.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, NamedTuple
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from uploads.content import judge

# What one transaction saves while others wait for SQLite to be free again: 3 to 11 ms a row, its history included.
MOST_ROWS = 5_000
MOST_COLUMNS = 60
# A sheet of the most rows stays far below; what unpacks to more is read by nobody here.
MOST_UNPACKED = 80 * 1024 * 1024
MOST_BYTES = 10 * 1024 * 1024
# What a cell of Excel holds; openpyxl cuts off the rest.
MOST_IN_A_CELL = 32_767
# Rows that are only formatted go on to the end of some sheets.
MOST_BLANK_ROWS = 5_000
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_GUARD = re.compile(r"(?:^|(?<=[;\t\r\n]))'(?=[\s\"']*[=+\-@＝＋－＠])")
# Copied along from pages and messages, seen by nobody: marks and embeddings of direction; a space that does not break.
_HIDDEN = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]) | {0xA0: " "}
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError,
    OSError, EOFError, NotImplementedError, RuntimeError, zlib.error,
)  # fmt: skip


class Row(NamedTuple):
    """A row with something in it, and its number as spreadsheets show it."""

    number: int
    cells: list[str]


class Sheet(NamedTuple):
    header: list[str]
    rows: list[Row]


def read_sheet(file: BinaryIO, name: str, size: int) -> Sheet:
    """Return the header and the rows of the uploaded ``file``, called ``name`` and ``size`` bytes long.

    Raises ValidationError, in words for its sender, for a file that is no such sheet, is harmful or has too many rows.
    """
    if size > MOST_BYTES:
        raise ValidationError(_("The file is too large: a sheet of at most 10 MB is taken."), code="too_large")
    extension = name.rpartition(".")[2].lower()
    head = file.read(4)
    file.seek(0)
    if head.startswith(OLD_EXCEL) or extension == "xls":
        raise ValidationError(
            _("This is Excel's old format: save it as XLSX or CSV, then choose it again."), code="xls"
        )
    if extension == "xlsx":
        rows = _xlsx_rows(file, name, size)
    elif extension in ("csv", "txt", "tsv"):
        rows = _csv_rows(file.read())
    else:
        raise ValidationError(_("CSV and XLSX are taken."), code="extension")
    return _sheet(rows)


def _sheet(rows: Iterator[tuple[int, list[str]]]) -> Sheet:
    """Put the first row that holds something apart as the header; raise ValidationError past the limits."""
    header: list[str] = []
    kept: list[Row] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if len(cells) > MOST_COLUMNS:
            raise ValidationError(
                _("Row %(row)d has %(count)d columns; at most %(most)d are taken."),
                params={"row": number, "count": len(cells), "most": MOST_COLUMNS},
                code="columns",
            )
        if not header:
            header = cells
        elif len(kept) == MOST_ROWS:
            raise ValidationError(
                _("The file has more than %(most)d rows: part it after row %(row)d and repeat the headings."),
                params={"most": MOST_ROWS, "row": kept[-1].number},
                code="rows",
            )
        else:
            kept.append(Row(number, cells))
    if not kept:
        raise ValidationError(_("There is no row below the headings."), code="empty")
    return Sheet(header, kept)


# CSV


def decode(data: bytes) -> str:
    """Return the text of ``data`` in the encoding it shows: UTF-8, UTF-16 or, failing both, Windows-1256.

    Raises ValidationError for what is no text at all.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\x00" in data[:4000]:
        # Without a mark the half that holds the zeros of spaces and commas tells which byte comes first.
        odd, even = data[1:4000:2].count(0), data[0:4000:2].count(0)
        return _decoded(data, "utf-16-le" if odd >= even else "utf-16-be")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1256")
    return _decoded(data, "utf-8")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The text of the file cannot be read: save it as CSV UTF-8."), code="encoding"
        ) from error
    if re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise ValidationError(_("The file holds signs that no text has: save it as CSV UTF-8."), code="binary")
    return text


def _csv_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = decode(data)
    first, _line_break, rest = text.partition("\n")
    if declared := re.fullmatch(r"sep=(.)\s*", first):
        # Excel follows this line and does not show it.
        delimiter, text = declared[1], rest
    else:
        bare = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
        delimiter = max(",;\t", key=bare.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        # A row counts once, as Excel shows it, however many lines of the file its cells take.
        for number, cells in enumerate(reader, start=1):
            yield number, [plain(cell) for cell in cells]
    except csv.Error as error:
        raise ValidationError(
            _("Row %(row)d cannot be read: a quotation mark may be missing."),
            params={"row": number + 1},
            code="csv",
        ) from error


def plain(text: str) -> str:
    """Return what was typed: no signs that only steer its direction, no apostrophe before formulas of ours."""
    return _GUARD.sub("", text.translate(_HIDDEN).replace("\r\n", "\n").strip()).strip()


# XLSX


def _xlsx_rows(file: BinaryIO, name: str, size: int) -> Iterator[tuple[int, list[str]]]:
    unreadable = ValidationError(_("The sheet cannot be read: save it anew as XLSX or CSV."), code="unreadable")
    try:
        judge(file, name, size)
    except ValidationError as error:
        # Its words name what is taken elsewhere: papers and pictures.
        if error.code == "not_as_named":
            raise unreadable from error
        raise
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise ValidationError(_("The sheet unpacks to far more than a sheet holds."), code="bomb")
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What a sheet says of its own size may be wrong: rows beyond it would be lost, rows short of it filled up.
        sheet.reset_dimensions()
        blank = 0
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), start=1):
            texts = [_text(value) for value in cells]
            while texts and not texts[-1]:
                texts.pop()
            blank = 0 if texts else blank + 1
            if blank > MOST_BLANK_ROWS:
                return
            yield number, texts
    except ValidationError:
        raise
    except _BROKEN as error:
        raise unreadable from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        is_day = value.time() == time(0)
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        # Excel counts to fifteen digits and shows no more; what follows is the rest of its arithmetic.
        return f"{value:.15g}"
    return plain(str(value).replace("_x000D_", ""))


def day_of_serial(text: str) -> str:
    """Return the day in ISO 8601 that Excel's number ``text`` stands for; what is no such number stays.

    >>> day_of_serial("45581"), day_of_serial("45581.75"), day_of_serial("2024")
    ('2024-10-16', '2024-10-16', '2024')
    """
    number = re.fullmatch(r"([1-9]\d{4})(?:\.\d+)?", text)
    return (date(1899, 12, 30) + timedelta(days=int(number[1]))).isoformat() if number else text


def write_xlsx(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a workbook of one sheet, right to left; each cell is text, so that none is a formula."""
    book = Workbook()
    sheet = book.active
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    for number, cells in enumerate([header, *rows], start=1):
        for place, value in enumerate(cells, start=1):
            if value:
                cell = sheet.cell(number, place, re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value))
                cell.data_type = "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
