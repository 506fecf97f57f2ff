"""The words of a text as the search knows them: where each stands, how it folds, and its light stem.

One analysis serves the index, the query and the marking of words in extracts, so that what is found is what is marked.
Nothing here uses a list of words of the language; those are in ``arabic.vocabulary`` and touch the query alone.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .folding import fold
from .places import REGION_NAMES

# Letters with their marks, and what is written inside words without being seen.
_INSIDE = (
    "\u00ad\u0300-\u036f\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2060-\u2069\ufeff"
)
_ARABIC = (
    "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)
_RUN = re.compile(
    rf"[{_ARABIC}][{_ARABIC}{_INSIDE}]*|(?![{_ARABIC}])[^\W\d_](?:(?![{_ARABIC}])[^\W\d_]|[{_INSIDE}])*|\d+"
)
_FOLDED_RUN = re.compile(rf"[{_ARABIC}]+|(?:(?![{_ARABIC}])[^\W\d_])+|\d+")
_IS_ARABIC = re.compile(rf"[{_ARABIC}]+")

_PREFIXES = ["وبال", "فبال", "وكال", "وال", "بال", "كال", "فال", "ولل", "فلل", "ال", "لل"]
_SUFFIXES = ["تهما", "تهم", "تها", "يات", "هما", "ها", "هم", "نا", "ات", "ان", "ون", "ين", "يه", "وا", "ه", "ي", "ا"]
SHORTEST_STEM = 3
LONGEST_WORD = 60

_SERVANT = re.compile("([وبلكف]?عبد)(ال.{3,})")
_SON = "بن"


class Word(NamedTuple):
    """A word of a text: the part from ``start`` to ``end`` of it, folded, and its stem."""

    start: int
    end: int
    folded: str
    stem: str


def words(text: str) -> list[Word]:
    """Return the words of ``text`` in order: letters of one script, or digits, taken apart where they touch.

    A name that is written together as well as apart is taken apart («عبدالرحيم», «مراكشآسفي»), «بن» goes with the name
    after it; then several words share their place in the text, or one word spans two.

    >>> [word.folded for word in words("وفبراير2023: الغُرفـة")]
    ['وفبراير', '2023', 'الغرفه']
    >>> [word.stem for word in words("عبدالرحيم بن موسى")]
    ['عبد', 'رحيم', 'بنموس']
    """
    found: list[Word] = []
    for match in _RUN.finditer(text):
        for folded, stemmed in _parts(match[0]):
            before = found[-1] if found else None
            if before is not None and before.folded == _SON and is_arabic(folded):
                joined = _SON + folded
                found[-1] = Word(before.start, match.end(), joined, stem(joined))
            else:
                found.append(Word(match.start(), match.end(), folded, stemmed))
    return found


def stems(text: str) -> str:
    """Return ``text`` as the index holds it: the stems of its words in order, parted by spaces.

    >>> stems("المصادقة على اتفاقيات الشراكة، ٦ يوليوز")
    'مصادق علي اتفاق شراك 6 يوليوز'
    """
    return " ".join(word.stem for word in words(text))


def is_arabic(word: str) -> bool:
    """Say whether ``word`` is of Arabic letters alone."""
    return _IS_ARABIC.fullmatch(word) is not None


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the light stem of a folded ``word``: without article, endings of number and gender, and pronouns.

    Single letters in front («وكالة», «بفاس») stay: in many words they are the root's own, and the query knows both.
    Of Latin words the final s goes, of days and months the leading zero.

    >>> stem("الاتفاقيات"), stem("اتفاقيه"), stem("وكاله"), stem("والمراقبه")
    ('اتفاق', 'اتفاق', 'وكال', 'مراقب')
    >>> stem("cooperatives"), stem("06")
    ('cooperative', '6')
    """
    if word.isdecimal():
        return word.lstrip("0") or "0" if len(word) <= 2 else word
    if not is_arabic(word):
        plain = word.replace("œ", "oe").replace("æ", "ae")
        return plain[:-1] if plain.endswith("s") and len(plain) > SHORTEST_STEM else plain
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_STEM:
            word = word[len(prefix) :]
            break
    for _time in range(2):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM:
                word = word[: -len(suffix)]
                break
    return word


def skeleton(stemmed: str) -> str:
    """Return the consonants of a stem, which a singular often shares with its broken plural; "" if they are too few.

    >>> skeleton("قارب"), skeleton("قوارب"), skeleton("لجن")
    ('قرب', 'قرب', 'لجن')
    """
    if not is_arabic(stemmed):
        return ""
    first, rest = stemmed[:1], stemmed[1:]
    if first == "ا":  # the plural puts one in front: طفل, أطفال
        first, rest = "", rest
    bones = first + "".join(letter for letter in rest if letter not in "اويء")
    return bones if len(bones) >= SHORTEST_STEM else ""


@lru_cache(maxsize=100_000)
def _parts(run: str) -> tuple[tuple[str, str], ...]:
    """Return the folded words and stems of a run of letters; decomposed signs may hold several words."""
    return tuple(
        (part[:LONGEST_WORD], stem(part[:LONGEST_WORD])[:LONGEST_WORD])
        for folded in _FOLDED_RUN.findall(fold(run))
        for part in _apart("".join(filter(str.isalnum, folded)))
        if part
    )


def _apart(word: str) -> Iterator[str]:
    if name := _SERVANT.fullmatch(word):
        yield from name.groups()
        return
    for clitic in ("", *"وبل"):
        parts = _GLUED.get(word.removeprefix(clitic)) if word.startswith(clitic) else None
        if parts:
            yield clitic + parts[0]
            yield from parts[1:]
            return
    yield word


def _glued_names() -> dict[str, list[str]]:
    """Return the names of regions, and of parts of them, as some write them: in one word."""
    glued = {}
    for name in REGION_NAMES:
        parts = fold(name).replace("-", " ").split()
        for first in range(len(parts)):
            for last in range(first + 2, len(parts) + 1):
                glued["".join(parts[first:last])] = parts[first:last]
    return glued


_GLUED = _glued_names()
