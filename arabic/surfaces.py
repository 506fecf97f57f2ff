"""Patterns for the words of a text as they stand in it, for those who want no other form of them."""

import re
from functools import cache

from .folding import fold
from .words import is_arabic

_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f"
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
_LATIN = "A-Za-z\u00c0-\u024f"
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_SON = "بن"


def pattern(folded: str) -> str:
    """Return a regular expression, for Python and PostgreSQL alike, that finds the folded words as whole words.

    Only the spellings that fold to the same are let through: hamzas, marks, tatweel, digits, accents and capitals, but
    no article, no letter in front and no ending. Words follow one another, whatever signs stand between.

    >>> found = re.compile(pattern("صانع"))
    >>> [bool(found.search(text)) for text in ("كل صَانِع.", "الصانع", "صانعة")]
    [True, False, False]
    >>> bool(re.search(pattern("الدورات التكوينيه"), "«الدورات» التكوينية"))
    True
    """
    words = folded.split()
    # Marks belong to the letter before them, and are read with it.
    between = f"[^{_ARABIC}{_MARKS}{_LATIN}{_DIGITS}]*"
    first, last = _letters_like(words[0]), _letters_like(words[-1])
    return f"(?:^|[^{first}])" + between.join(map(_word, words)) + f"(?:$|[^{last}])"


def _letters_like(word: str) -> str:
    """Return the letters of which ``word`` is made: where another script or a digit touches it, it ends."""
    if is_arabic(word):
        return _ARABIC + _MARKS
    return _DIGITS if word.isdecimal() else _LATIN + _MARKS


def _word(folded: str) -> str:
    spellings = [f"{_spellings(letter)}[{_MARKS}]*" for letter in folded]
    if folded.startswith(_SON) and len(folded) > len(_SON):
        spellings.insert(len(_SON), r"\s*")
    return "".join(spellings)


@cache
def _spellings(letter: str) -> str:
    found = [letter, *_by_fold().get(letter, "")]
    return f"[{''.join(found)}]" if letter.isalnum() else re.escape(letter)


@cache
def _by_fold() -> dict[str, str]:
    """Return the letters and digits that fold to each single one."""
    found: dict[str, str] = {}
    for code in (*range(0x41, 0x250), *range(0x620, 0x700)):
        one = chr(code)
        folded = fold(one)
        if one.isalnum() and len(folded) == 1 and folded != one:
            found[folded] = found.get(folded, "") + one
    return found
