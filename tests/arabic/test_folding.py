import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic.folding import fold, fold_digits, fold_number


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أإآٱا", "ااااا"),
        ("مسؤول", "مسوول"),
        ("هيئة", "هييه"),
        ("على", "علي"),
        ("الغرفة", "الغرفه"),
        ("مُعَلِّمُو الدِّبَاغَة", "معلمو الدباغه"),
        ("العيون السـاقية الحمراء", "العيون الساقيه الحمراء"),
        ("ڭلميم", "كلميم"),
        ("أݣادير", "اكادير"),
        ("ڤاس پاس", "فاس باس"),
        ("فارسی کرد", "فارسي كرد"),
        ("ﺍﻟﻐﺮﻓﺔ", "الغرفه"),
        ("٢٠٢٤ و۲۰۲۵", "2024 و2025"),
        ("Fès-MEKNÈS", "fes-meknes"),
        ("Œuvre Été", "œuvre ete"),
        ("23\u200f/11\u200e/\u2068 2018\u2069", "23/11/ 2018"),
        ("\ufeffغر\u00adفة\u200b", "غرفه"),
        ("1\u00a0245\u202f600", "1 245 600"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_fold_keeps_hamza_on_the_line_and_punctuation():
    assert fold("الأعضاء، «مساء»؟") == "الاعضاء، «مساء»؟"


arabic_text = st.text(
    st.one_of(
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0x300, max_codepoint=0x36F),
    )
)


@given(st.one_of(st.text(), arabic_text))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(arabic_text)
def test_no_mark_is_left(text):
    # U+06DD and U+06DE are signs of their own, and no combining marks.
    assert not [character for character in fold(text) if unicodedata.category(character) == "Mn"]


@given(st.text(alphabet="ابتثجحخد", min_size=1), st.lists(st.sampled_from("ًٌٍَُِّْـ"), max_size=20))
def test_marks_between_the_letters_change_nothing(word, marks):
    marked = "".join(letter + mark for letter, mark in zip(word, [*marks, *[""] * len(word)], strict=False))
    assert fold(marked) == fold(word)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("٢٣/١١/٢٠١٨", "23/11/2018"),
        ("۲۳-۱۱-۲۰۱۸", "23-11-2018"),
        ("١٢٫٥", "12.5"),
        ("١٬٢٤٥٬٦٠٠٫٥٠", "1245600.50"),
        ("الساعة ١٥:٣٠", "الساعة 15:30"),
        ("٫ و٬", "٫ و٬"),
        ("2024", "2024"),
    ],
)
def test_fold_digits(typed, digits):
    assert fold_digits(typed) == digits


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("١٢٫٥", "12.5"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1 245 600,00", "1245600.00"),
        ("1\u00a0245\u00a0600,00", "1245600.00"),
        ("1\u202f245\u202f600", "1245600"),
        ("\u200f1245600\u200e", "1245600"),
        ("656.062.116,83", "656062116.83"),
        ("656,062,116.83", "656062116.83"),
        ("1.245,6", "1245.6"),
        ("1.245.600", "1245600"),
        ("1.245", "1.245"),
        ("\u221212,5", "-12.5"),
        (" 7 ", "7"),
    ],
)
def test_fold_number(typed, number):
    assert fold_number(typed) == number


@pytest.mark.parametrize("typed", ["1,2,3", "12 34", "1 2456", "1.2.3", "عشرة", ""])
def test_what_is_no_number_stays_as_typed(typed):
    assert fold_number(typed) == typed
