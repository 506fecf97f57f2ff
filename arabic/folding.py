"""Reduce the many spellings of one Arabic text, digit or number to a single one."""

import re
import unicodedata
from collections.abc import Iterable

_WESTERN_DIGITS = {ord(digit): str(index % 10) for index, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}


def _every(*ranges: tuple[int, int]) -> Iterable[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


_INVISIBLE = _every(
    (0x00AD, 0x00AD), (0x061C, 0x061C), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF)
)
_MARKS = _every(
    (0x0300, 0x036F), (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED)
)
_DELETED: dict[int, None] = dict.fromkeys([*_INVISIBLE, *_MARKS])

_LETTERS = {
    ord(variant): letter
    for letter, variants in {"ي": "ىیې", "ه": "ةۀھہە", "ك": "کڪگڭݣ", "ف": "ڤ", "ب": "پ", "ا": "ٱ"}.items()
    for variant in variants
}
_FOLDED = {**_LETTERS, **_WESTERN_DIGITS, **_DELETED}

_SPACE_IN_NUMBER = re.compile(r"(?<=\d)[^\S\n]+(?=\d{3}(?!\d))")
_GROUPED = re.compile(r"[-+]?\d{1,3}([.,])\d{3}(?:\1\d{3})+")
_GROUPED_WITH_DECIMALS = re.compile(r"([-+]?\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?!\2)[.,](\d+)")


def fold(text: str) -> str:
    """Return the form of ``text`` under which all its usual spellings meet, for comparing and searching.

    Compatibility decomposition splits hamza from its seat and opens presentation forms; then short vowels, tatweel,
    accents and invisible direction marks go, look-alike letters become one, digits become 0-9, case disappears.
    White space and punctuation stay. Folding twice changes nothing more.

    >>> fold("الإجتماعُ الأوّل"), fold("الغرفة"), fold("على")
    ('الاجتماع الاول', 'الغرفه', 'علي')
    >>> fold("العيون السـاقية"), fold("ڭلميم"), fold("٢٠٢٤"), fold("Été")
    ('العيون الساقيه', 'كلميم', '2024', 'ete')
    """
    return unicodedata.normalize("NFKD", text).translate(_FOLDED).casefold()


def fold_digits(text: str) -> str:
    """Return typed ``text`` with Arabic-Indic and Persian digits as 0-9, ``٫`` as a point, and ``٬`` dropped.

    >>> fold_digits("٢٣/١١/٢٠١٨"), fold_digits("۱۲٫۵"), fold_digits("١٬٢٤٥٫٥٠")
    ('23/11/2018', '12.5', '1245.50')
    """
    text = text.translate(_WESTERN_DIGITS)
    return re.sub(r"(?<=\d)٬(?=\d)", "", re.sub(r"(?<=\d)٫(?=\d)", ".", text))


def fold_number(text: str) -> str:
    """Return a typed number in the notation of Python: no groups, a point before the decimals.

    Groups of three may be parted by any space, or by points or commas when that leaves no doubt. A single comma or
    point is a decimal mark, as in Morocco: ``1.245`` is less than two. What is no number comes back as typed, for
    the caller's validation to refuse.

    >>> fold_number("١ ٢٤٥ ٦٠٠٫٥٠"), fold_number("1 245 600,00"), fold_number("12,5")
    ('1245600.50', '1245600.00', '12.5')
    >>> fold_number("656.062.116,83"), fold_number("1.245.600"), fold_number("1,2,3")
    ('656062116.83', '1245600', '1,2,3')
    """
    number = fold_digits(text.translate(_DELETED)).strip().replace("\u2212", "-")
    number = _SPACE_IN_NUMBER.sub("", number)
    if match := _GROUPED_WITH_DECIMALS.fullmatch(number):
        return re.sub(r"[.,]", "", match[1]) + "." + match[3]
    if _GROUPED.fullmatch(number):
        return re.sub(r"[.,]", "", number)
    return number.replace(",", ".") if number.count(",") == 1 and "." not in number else number
