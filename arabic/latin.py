"""Arabic words typed in Latin letters, as Moroccans do: «Tantaoui», «sefrou», «fekhari»."""

import re
from itertools import islice, product

from .words import SHORTEST_STEM

# What a sound may be in Arabic; the longest spellings come first. Vowels inside are nothing, as the consonants of a
# stem do without them.
_SOUNDS = {
    "tch": ["تش", "ش"],
    "kh": ["خ"],
    "gh": ["غ"],
    "ch": ["ش"],
    "sh": ["ش"],
    "dj": ["ج"],
    "th": ["ث", "ت"],
    "dh": ["ذ", "ض", "ظ"],
    "ph": ["ف"],
    "qu": ["ك", "ق"],
    "aa": ["ع", ""],
    "b": ["ب"],
    "c": ["ك", "ق", "س"],
    "d": ["د", "ض"],
    "f": ["ف"],
    "g": ["ك", "ج", "غ", "ق"],
    "h": ["ه", "ح", ""],
    "j": ["ج"],
    "k": ["ك", "ق"],
    "l": ["ل"],
    "m": ["م"],
    "n": ["ن"],
    "p": ["ب"],
    "q": ["ق"],
    "r": ["ر"],
    "s": ["س", "ص"],
    "t": ["ت", "ط"],
    "v": ["ف", "ب"],
    "x": ["كس"],
    "z": ["ز", "ظ", "ذ"],
}
_SOUND = re.compile("|".join(_SOUNDS) + "|^ou|[a-z]")
_TWICE = re.compile(r"([^a])\1+|(a)a{2,}")
# What stays of a vowel is where a word begins with it.
_FIRST = {"ou": ["و", "", "ع"], "w": ["و"], "y": ["ي"], "i": ["", "ي", "ع"], "a": ["", "ع"], "e": [""], "o": ["", "ع"]}
_ARTICLE = re.compile(r"^(?:al|el|l)-?(?=[a-z]{4})")
_ENDING = re.compile(r"(?:ani|anes?|an|ines?|in|ounes?|oun|iya|at)$")
MOST_READINGS = 400
LONGEST = 20


def consonants(latin: str) -> list[str]:
    """Return the consonants of the Arabic words that ``latin`` (folded) may stand for, of each form at most 400.

    They are compared with ``arabic.words.skeleton`` of the words that are known; fewer than three say nothing, and
    words of more than twenty letters are none.

    >>> "طنط" in consonants("tantaoui"), "صفر" in consonants("sefrou"), consonants("ab"), consonants("فاس")
    (True, True, [], [])
    """
    if not (latin.isascii() and latin.isalpha() and len(latin) <= LONGEST):
        return []
    forms = {latin, _ARTICLE.sub("", latin)}
    forms |= {_ENDING.sub("", form) for form in forms}
    found: dict[str, None] = {}
    for form in sorted(forms, key=len, reverse=True):
        plain = _TWICE.sub(lambda match: match[1] or "aa", form)
        for reading in islice(product(*map(_options, _SOUND.finditer(plain))), MOST_READINGS):
            if len(bones := "".join(reading)) >= SHORTEST_STEM:
                found[bones] = None
    return list(found)


def _options(sound: re.Match[str]) -> list[str]:
    first = _FIRST.get(sound[0], [""]) if sound.start() == 0 else [""]
    return _SOUNDS.get(sound[0], first)
