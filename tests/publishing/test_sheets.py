"""Sheets as spreadsheets write them: encodings, separators, dates, and what is refused with its row."""

import io
import re
import zipfile
from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook

from publishing.sheets import day_of_serial, read_sheet, write_xlsx

TEXT = "الاسم,الصفة\nفاطمة الزهراء,رئيسة\n"


def read(data, name="sheet.csv"):
    return read_sheet(io.BytesIO(data), name, len(data))


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def refusal(data, name="sheet.csv"):
    with pytest.raises(ValidationError) as refused:
        read(data, name)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_excel_are_told_apart(encoding):
    sheet = read(TEXT.encode(encoding))
    assert sheet.header == ["الاسم", "الصفة"]
    assert sheet.rows == [(2, ["فاطمة الزهراء", "رئيسة"])]


@pytest.mark.parametrize(("separator", "before"), [(",", ""), (";", ""), ("\t", ""), (";", "sep=;\n")])
def test_the_separators_of_spreadsheets_are_told_apart(separator, before):
    sheet = read((before + TEXT.replace(",", separator)).encode())
    assert sheet.header == ["الاسم", "الصفة"]
    assert sheet.rows[0].cells == ["فاطمة الزهراء", "رئيسة"]
    assert sheet.rows[0].number == 2


def test_a_cell_of_several_lines_is_one_row_as_excel_counts():
    sheet = read('أ,ب\n"سطر\nثان\r\nثالث",1\n\nثالث,"=2"\n'.encode())
    assert [row.number for row in sheet.rows] == [2, 4]
    assert sheet.rows[0].cells == ["سطر\nثان\nثالث", "1"]


def test_a_row_that_cannot_be_read_is_named_as_excel_counts():
    assert "السطر 3" in refusal(b'a,b\n"one\ntwo",2\n"' + b"x" * 140_000 + b"\n")


def test_rows_that_a_workbook_leaves_out_are_counted():
    assert [row.number for row in read(xlsx(["أ"], ["1"], [], [], ["2"]), "a.xlsx").rows] == [2, 5]


def test_what_our_tables_write_before_formulas_is_taken_away_again():
    sheet = read("أ,ب\n'=1+1,لا'=1\n".encode())
    assert sheet.rows[0].cells == ["=1+1", "لا'=1"]


def test_cells_of_excel_become_text():
    row = [date(2024, 10, 21), datetime(2024, 10, 21, 9, 30), time(9, 30), 12.0, 1.1 + 2.2, 7, True, None, "نص "]
    sheet = read(xlsx([f"ع{n}" for n in range(9)], row), "sheet.xlsx")
    assert sheet.rows[0].cells == ["2024-10-21", "2024-10-21 09:30", "09:30", "12", "3.3", "7", "1", "", "نص"]


def test_signs_that_nobody_sees_are_ignored_in_headings_and_cells():
    hidden = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    rows = [[f"{hidden}الاسم\u00a0", "الصفة"], [f"\u00a0علي{hidden} العلوي", f"{hidden}1\u00a0245"], ["", hidden]]
    for data, name in (("\n".join(";".join(row) for row in rows).encode(), "a.csv"), (xlsx(*rows), "a.xlsx")):
        sheet = read(data, name)
        assert sheet.header == ["الاسم", "الصفة"]
        assert sheet.rows == [(2, ["علي العلوي", "1 245"])]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("45581", "2024-10-16"),
        ("45581.5", "2024-10-16"),
        ("19360", "1953-01-01"),
        ("2024", "2024"),
        ("21/10/2024", "21/10/2024"),
        ("123456", "123456"),
    ],
)
def test_a_number_that_excel_means_as_a_day(text, day):
    assert day_of_serial(text) == day


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old.xls", "صيغة إكسيل القديمة"),
        (b"%PDF-1.4", "paper.pdf", "CSV"),
        (b"not a zip", "sheet.xlsx", "احفظه من جديد بصيغة XLSX أو CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02", "sheet.csv", "CSV"),
        ("أ,ب\nنص\x07,2\n".encode(), "sheet.csv", "رموز ليست من النصوص"),
        ("أ,ب\nنص\x07,2\n".encode("utf-16"), "sheet.csv", "رموز ليست من النصوص"),
        (b"a,b\n" + b"x,y\n" * 2_000 + b"x\x00,y\n", "sheet.csv", "رموز ليست من النصوص"),
        (b"", "sheet.csv", "لا سطر تحت العناوين"),
        ("أ,ب\n".encode(), "sheet.csv", "لا سطر تحت العناوين"),
        ((",".join("ع" * 61) + "\nأ\n").encode(), "sheet.csv", "61"),
        (b"a,b\n" + b'"' + b"x" * 140_000 + b"\n", "sheet.csv", "السطر"),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_reason(data, name, words):
    assert words in refusal(data, name)


@pytest.mark.parametrize("count", [5_001, 20_000])
def test_more_rows_than_one_transaction_saves_are_refused(count):
    words = refusal(("أ\n" + "قيمة\n" * count).encode())
    assert "5000" in words
    assert "بعد السطر 5001" in words
    assert len(read(("أ\n" + "قيمة\n" * 5_000).encode()).rows) == 5_000


def test_a_bomb_is_refused_before_it_is_read():
    held = io.BytesIO(xlsx(["أ"], ["ب"]))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/bomb.xml", b"0" * (90 * 1024 * 1024))
    assert refusal(held.getvalue(), "sheet.xlsx")


def test_entities_that_blow_up_are_refused():
    good = io.BytesIO(xlsx(["أ"], ["ب"]))
    bad = io.BytesIO()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for part in source.namelist():
            body = source.read(part)
            if part == "xl/worksheets/sheet1.xml":
                body = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + body
            target.writestr(part, body)
    assert "لا يمكن قراءة" in refusal(bad.getvalue(), "sheet.xlsx")


def test_a_sheet_cut_off_is_refused():
    whole = xlsx(["أ"], ["ب"])
    assert refusal(whole[: len(whole) // 2], "sheet.xlsx")


def test_what_is_written_is_read_again_and_never_a_formula():
    book = write_xlsx(["العنوان", "فارغ"], [["=1+1", ""], ["نص\x07", "2"]])
    sheet = load_workbook(io.BytesIO(book)).active
    assert sheet["A2"].data_type == "s"
    assert sheet.sheet_view.rightToLeft
    assert read(book, "sheet.xlsx").rows == [(2, ["=1+1"]), (3, ["نص", "2"])]


def repacked(data, name, change):
    """Return the workbook ``data`` with ``change`` made to its part ``name``."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return held.getvalue()


@pytest.mark.parametrize("claimed", [b"A1:A1", b"A1:XFD1048576"])
def test_the_size_a_sheet_claims_is_not_believed(claimed):
    def claim(content):
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + claimed + b'"', content)

    data = repacked(xlsx(["النقطة", "النوع"], ["المحضر", "minutes"]), "xl/worksheets/sheet1.xml", claim)
    sheet = read(data, "sheet.xlsx")
    assert (sheet.header, [row.cells for row in sheet.rows]) == (["النقطة", "النوع"], [["المحضر", "minutes"]])


def test_a_damaged_part_is_refused_and_no_error_of_the_server():
    data = bytearray(xlsx(["النقطة"], ["المحضر" * 200]))
    place = data.index(b"xl/worksheets/sheet1.xml") + len(b"xl/worksheets/sheet1.xml") + 10
    data[place : place + 8] = b"\xff" * 8
    assert refusal(bytes(data), "sheet.xlsx")
