"""Cards: whole words, in their order, joined; the same on machines whose Pillow cannot do that."""

from io import BytesIO

import pytest
import uharfbuzz as harfbuzz
from PIL import Image

from meetings.structured import CardWords
from portal import cards
from portal.cards import TEXT_WIDTH, draw, fitted, runs, width, wrapped

WORDS = CardWords("الدورة العادية لشهر أكتوبر 2024", "غرفة الصناعة التقليدية", "الإثنين 21 أكتوبر 2024", "", "crafts")
LONGEST_TITLE = ("المصادقة على اتفاقية الشراكة المتعلقة " * 10)[:250].rsplit(" ", 1)[0]


def picture(words):
    return Image.open(BytesIO(draw(words)))


@pytest.mark.parametrize("family", ["commerce_industry_services", "crafts", "agriculture", "sea_fisheries", ""])
def test_a_card_is_small_and_of_its_size(family):
    drawn = draw(WORDS._replace(family=family, title=LONGEST_TITLE, state="أُلغي"))
    assert Image.open(BytesIO(drawn)).size == (1200, 630)
    assert len(drawn) <= 80_000


def test_the_same_words_give_the_same_picture():
    assert draw(WORDS) == draw(WORDS)


@pytest.mark.parametrize("title", ["اجتماع", WORDS.title, LONGEST_TITLE, "دورة " * 40, "ا" * 250, "x" * 250])
def test_no_line_of_a_title_leaves_its_place(title):
    size, lines = fitted(title.strip())
    assert all(width(line, size) <= TEXT_WIDTH for line in lines)
    assert 301 - size * cards.LEADING * len(lines) / 2 >= cards.TITLE_TOP
    assert 301 + size * cards.LEADING * len(lines) / 2 <= 476


def test_a_longer_title_is_smaller():
    assert fitted("اجتماع")[0] > fitted(LONGEST_TITLE)[0]


def test_a_title_is_whole_where_it_fits():
    size, lines = fitted(WORDS.title)
    assert " ".join(lines) == WORDS.title
    assert size == 70


def test_lines_are_of_about_the_same_length():
    lines = wrapped("الدورة العادية لشهر أكتوبر 2024", 70, TEXT_WIDTH)
    assert lines == ["الدورة العادية", "لشهر أكتوبر 2024"]


def test_what_is_latin_or_a_number_of_groups_is_not_parted_between_lines():
    lines = wrapped("كلمة " * 4 + "Office National Marocain du Tourisme", 36, 700)
    assert [line for line in lines if "Office" in line] == [line for line in lines if "Tourisme" in line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دورة 2024", [("دورة ", "rtl"), ("2024", "ltr")]),
        ("(2024/38) مع ONMT", [("(", "rtl"), ("2024/38", "ltr"), (") مع ", "rtl"), ("ONMT", "ltr")]),
        ("غلاف 1 250 000 درهم", [("غلاف ", "rtl"), ("1 250 000", "ltr"), (" درهم", "rtl")]),
        ("الشاي & السكر", [("الشاي & السكر", "rtl")]),
        ("x < y", [("x", "ltr"), (" < ", "rtl"), ("y", "ltr")]),
    ],
)
def test_numbers_and_latin_words_run_the_other_way(text, expected):
    assert runs(text) == expected


def test_letters_are_joined():
    alone = sum(width(letter, 100) for letter in "اجتماع")
    assert width("اجتماع", 100) < alone * 0.9


@pytest.mark.parametrize("letter", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپڤگڭچ،؛؟«»٪…–")
def test_the_font_has_every_letter_of_a_title(letter):
    face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(cards.FONT)))
    assert harfbuzz.Font(face).get_nominal_glyph(ord(letter))


def test_reading_begins_at_the_right():
    ink = picture(WORDS._replace(title="اجتماع")).convert("RGB").crop((304, 250, 1128, 352))
    dark = [x for x in range(ink.width) if any(sum(ink.getpixel((x, y))) < 150 for y in range(ink.height))]
    assert min(dark) > 400
    assert max(dark) > 800


def test_the_state_of_a_meeting_that_was_stopped_stands_on_its_card():
    assert draw(WORDS._replace(state="أُلغي")) != draw(WORDS)
