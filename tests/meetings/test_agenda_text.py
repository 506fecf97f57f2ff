"""Pasted agendas: numbers and marks stripped, kinds guessed, lines that are no items told apart."""

import pytest

from meetings.agenda_text import guess_kind, joined, lines_of, read_agenda


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("1- المصادقة على المحضر", "1"),
        ("١ - المصادقة على المحضر", "1"),
        ("12. المصادقة على المحضر", "12"),
        ("(3) المصادقة على المحضر", "3"),
        ("4) المصادقة على المحضر", "4"),
        ("5/ المصادقة على المحضر", "5"),
        ("٦ـ المصادقة على المحضر", "6"),
        ("7\tالمصادقة على المحضر", "7"),
        ("• المصادقة على المحضر", ""),
        ("- المصادقة على المحضر؛", ""),
        ("– المصادقة على المحضر.", ""),
        ("\uf0b7 المصادقة على المحضر", ""),
        ("- 8. المصادقة على المحضر", "8"),
        ("أ- المصادقة على المحضر", "أ"),
        ("أولا: المصادقة على المحضر", "1"),
        ("ثالثاً - المصادقة على المحضر", "3"),
        ("النقطة الثانية: المصادقة على المحضر", "2"),
        ("النقطة رقم ٩: المصادقة على المحضر", "9"),
        ("\u200f10- المصادقة على المحضر", "10"),
    ],
)
def test_what_numbers_and_marks_a_line_is_stripped(line, number):
    (found,) = read_agenda(line)
    assert (found.number, found.title, found.use) == (number, "المصادقة على المحضر", "item")


@pytest.mark.parametrize(
    "line", ["28 مارس 2022: جلسة", "2024 سنة الميزانية", "12/06/2024 محضر", "3.5 مليون درهم للمشاريع"]
)
def test_a_number_that_belongs_to_the_words_stays(line):
    (found,) = read_agenda(line)
    assert (found.number, found.title) == ("", line)


def test_digits_of_the_words_become_western():
    assert read_agenda("٢- ميزانية ٢٠٢٥")[0].title == "ميزانية 2025"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("المصادقة على محضر الدورة السابقة", "minutes"),
        ("التقرير الأدبي لدورة أكتوبر 2024", "activity_report"),
        ("حصيلة أنشطة الغرفة", "activity_report"),
        ("التقرير المالي", "financial_report"),
        ("بيان تنفيذ الميزانية", "financial_report"),
        ("الحساب الإداري برسم سنة 2023", "administrative_account"),
        ("برمجة الفائض الحقيقي", "surplus"),
        ("مشروع ميزانية الغرفة برسم سنة 2025", "budget"),
        ("برنامج العمل لسنة 2025", "programme"),
        ("اتفاقية: البرنامج الجهوي للتكوين", "agreement"),
        ("بروتوكول تعاون مع جمعية", "agreement"),
        ("عقد برنامج مع الجهة", "agreement"),
        ("ملحق رقم 1 لاتفاقية الشراكة", "addendum"),
        ("تعديل النظام الداخلي للغرفة", "internal_rules"),
        ("تكوين اللجان وانتخاب رؤسائها ونوابهم", "committees"),
        ("انتخاب النائب الرابع للرئيس", "election"),
        ("إقالة عضو من المكتب", "removal"),
        ("تحيين تعرفة الخدمات", "fees"),
        ("تفويض المكتب لإبرام اتفاقيات", "delegation"),
        ("عرض حول القطاع", "presentation"),
        ("عرض عن اتفاقية الشراكة", "presentation"),
        ("رفع ملتمس إلى الوزارة", "motion"),
        ("توصيات اليوم الدراسي", "recommendation"),
        ("مختلفات", "miscellaneous"),
        ("كراء المقر", ""),
    ],
)
def test_the_kind_follows_from_the_words(title, kind):
    assert guess_kind(title) == kind


def test_a_kind_that_no_word_tells_is_pointed_out():
    (line,) = read_agenda("1- كراء المقر")
    assert (line.kind, line.remark) == ("miscellaneous", "kind_unknown")


def test_lines_that_are_no_items_are_left_out_with_the_reason():
    text = "\n".join(
        [
            "بسم الله الرحمن الرحيم",
            "جدول أعمال الدورة العادية لشهر أكتوبر 2024",
            "النقط المدرجة كالتالي:",
            "",
            "-----",
            "المصادقة على المحضر",
            "المصادقة على  المحضَر",
            "مشروع الميزانية",
            "كلمة " * 80,
        ]
    )
    assert [(line.use, line.remark) for line in read_agenda(text, ["مشروع الميزانيه"])] == [
        ("left_out", "heading"),
        ("left_out", "heading"),
        ("left_out", "heading"),
        ("left_out", "no_words"),
        ("item", ""),
        ("left_out", "repeated"),
        ("left_out", "on_agenda"),
        ("left_out", "paragraph"),
    ]


def test_an_unnumbered_line_among_numbered_ones_goes_on_from_the_line_above():
    text = "غرفة الصناعة التقليدية\n1- اتفاقية شراكة مع\nدار الصانع\n2- الميزانية\nمختلفات"
    lines = read_agenda(text)
    assert [line.use for line in lines] == ["left_out", "item", "joined", "item", "item"]
    rows = [(line.use, line.title) for line in lines]
    assert [*joined(rows)] == [(1, "اتفاقية شراكة مع دار الصانع"), (3, "الميزانية"), (4, "مختلفات")]


def test_a_first_line_that_goes_on_from_nothing_is_an_item():
    assert [*joined([("left_out", "أ"), ("joined", "ب"), ("joined", "ج")])] == [(1, "ب ج")]


def test_blank_lines_and_unseen_signs_do_not_count():
    assert lines_of("\u200e\n  \nأ\u202bب\x07\n\t\n") == ["أب"]
