"""What a reader types into a search box, taken apart: words, "phrases", -exclusions, and what each word may stand for.

A query never has a wrong form: quotes without a partner, operators of other engines, signs and emoji are read as
white space, so every text gives a ``Query``, though perhaps an empty one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from .places import REGION_NAMES
from .vocabulary import GROUPS, LONGEST_MEMBER, MONTH_NAMES, MONTH_NUMBERS, PLACE_STEMS, Stems, is_stop_word, synonyms
from .words import SHORTEST_STEM, Word, is_arabic, stem, words

LONGEST_QUERY = 300
MOST_TERMS = 16
SHORTEST_PREFIX = 3

CLITICS = "وبلكف"
PUT_IN_FRONT = ["و", "ب", "ل", "ك", "ف", "وب", "ول"]
ARTICLES = ["ال", "وال", "بال", "لل", "فال", "كال"]
SHORTEST_WITH_CLITIC = 5
# What a plural ends in where its owner follows: «مربو الماشية», «مهنيو الصيد».
PUT_BEHIND = ["و", "يو"]

_QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]')
_EXCLUDED = re.compile(r"(?:(?<=\s)|^)[-−](?=\w)")
_DATE = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_SPACED_DASH = re.compile(r"(\S+)\s+-(?=\w)")
_NEIGHBOURS = frozenset(pair for name in REGION_NAMES for pair in pairwise(word.stem for word in words(name)))


@dataclass(frozen=True)
class Term:
    """One thing to be found: a word, a phrase, or a name of several words.

    ``typed`` is how it was written, ``folded`` the same folded; ``alternatives`` are the sequences of stems any of
    which will do, the plain one (``stems``) among them.
    """

    typed: str
    folded: str
    stems: Stems
    alternatives: frozenset[Stems]
    is_phrase: bool = False

    @property
    def is_word(self) -> bool:
        return len(self.stems) == 1 and not self.is_phrase


@dataclass(frozen=True)
class Query:
    """All terms are to be found and none of ``excluded``; ``folded`` are the words in the order they were typed."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    folded: tuple[str, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        return bool(self.terms)


def parse(text: str, exact: bool = False) -> Query:
    """Return the query that ``text`` stands for; with ``exact``, no word stands for any other one.

    Words that only join others are left out unless there is nothing else. Where only exclusions are left, they were
    none: a dash in front of a word may be a bullet.

    >>> query = parse('«الأساس الثاني» في فاس -صفرو')
    >>> [(term.folded, term.is_phrase) for term in query.terms], [term.folded for term in query.excluded]
    ([('الاساس الثاني', True), ('فاس', False)], ['صفرو'])
    >>> [term.folded for term in parse("من ترأس لقاء").terms], parse('؟؟ " * (').terms
    (['تراس', 'لقاء'], ())
    """
    text = text[:LONGEST_QUERY].replace("\x00", " ")
    phrases = [next(filter(None, match.groups()), "") for match in _QUOTED.finditer(text)]
    rest = _join_places(_QUOTED.sub(" ", text))
    rest = rest if exact else _DATE.sub(_with_month_name, rest)
    excluded: list[Word] = []
    pieces = _EXCLUDED.split(rest)
    plain = words(pieces[0])
    for piece in pieces[1:]:
        found = words(piece)
        excluded += found[:1]
        plain += found[1:]
    told = [word for word in plain if not is_stop_word(word.folded)]
    terms = [phrase for phrase in map(_phrase, phrases) if phrase is not None]
    if not told and not terms:
        told, excluded = plain or excluded, []
    terms += _exact_terms(told) if exact else _with_month_numbers(_terms(told))
    folded = tuple(word.folded for word in words(text))
    return Query(tuple(terms[:MOST_TERMS]), tuple(_exact_terms(excluded)), folded)


def parse_prefix(text: str) -> tuple[Query, str]:
    """Return the query of the words that are complete and the folded beginning of the one being typed.

    The beginning is empty where fewer than three letters of it are typed, or a space follows it.

    >>> query, prefix = parse_prefix("غرفة الفخا")
    >>> [term.folded for term in query.terms], prefix
    (['غرفه'], 'الفخا')
    """
    text = text[:LONGEST_QUERY].replace("\x00", " ")
    found = words(text)
    if not found or found[-1].end != len(text.rstrip('"»”')) or len(found[-1].folded) < SHORTEST_PREFIX:
        return parse(text), ""
    return parse(text[: found[-1].start]), found[-1].folded


def with_clitics(member: Stems) -> list[Stems]:
    """Return ``member`` and the forms it takes behind «و», «ب», «ل», «ك», «ف».

    With a letter in front a short name may lose an ending that it keeps alone; words of two letters keep the article.

    >>> with_clitics(("فاس", "مكناس"))[:3]
    [('فاس', 'مكناس'), ('وفاس', 'مكناس'), ('بفاس', 'مكناس')]
    >>> ("ببن", "ملال") in with_clitics(("بني", "ملال"))
    True
    """
    first, *rest = member
    if not is_arabic(first):
        return [member]
    longer = [clitic + first for clitic in PUT_IN_FRONT]
    if len(first) < SHORTEST_STEM:
        longer += [article + first for article in ARTICLES]
    if rest or first in PLACE_STEMS:
        longer += map(stem, longer[:])
    return [member, *((one, *rest) for one in dict.fromkeys(longer))]


def with_endings(member: Stems) -> list[Stems]:
    """Return ``member`` and the plurals of one word that is owned by the next; no place is made of a word so.

    >>> with_endings(("فلاح",)), with_endings(("صفر",))
    ([('فلاح',), ('فلاحو',), ('فلاحيو',)], [('صفر',), ('صفريو',)])
    """
    if len(member) > 1 or not is_arabic(member[0]):
        return [member]
    longer = [member[0] + ending for ending in PUT_BEHIND]
    return [member, *((one,) for one in longer if one not in PLACE_STEMS)]


def bare_stems(folded: str) -> list[str]:
    """Return the stem of a folded word, then those without one or two letters in front that may be clitics.

    Words of two letters are known with their article and without, plurals also without the ending they have before
    their owner.

    >>> bare_stems("بتارودانت"), bare_stems("لفاس"), bare_stems("وكاله")
    (['بتارودانت', 'تارودانت'], ['لفاس', 'فاس'], ['وكال', 'كال', 'اله'])
    >>> bare_stems("السد"), bare_stems("سد"), bare_stems("دباغو")
    (['السد', 'سد'], ['سد', 'السد'], ['دباغو', 'دباغ'])
    """
    found = [stem(folded)]
    if not is_arabic(folded):
        return found
    if folded.endswith("و") and len(folded) >= SHORTEST_WITH_CLITIC and found[0] not in PLACE_STEMS:
        found.append(stem(folded[:-1]))
    rest = folded
    for _time in range(2):
        rest, clitic = rest[1:], rest[:1]
        if clitic not in CLITICS or len(rest) < SHORTEST_STEM:
            break
        if len(folded) >= SHORTEST_WITH_CLITIC or stem(rest) in PLACE_STEMS:
            found.append(stem(rest))
    found += [other for one in found for other in _with_or_without_article(one)]
    return list(dict.fromkeys(found))


def _with_or_without_article(word: str) -> list[str]:
    if len(word) == 2 and not is_stop_word(word):
        return [f"ال{word}"]
    if len(word) == 4 and word.startswith("ال") and not is_stop_word(word[2:]):
        return [word[2:]]
    return []


def _join_places(text: str) -> str:
    """Read the dash of «مراكش -آسفي» as part of the region's name and not as an exclusion."""

    def joined(match: re.Match[str]) -> str:
        before, after = words(match[1]), words(text[match.end() : match.end() + 40])
        is_region = before and after and (before[-1].stem, after[0].stem) in _NEIGHBOURS
        return f"{match[1]} " if is_region else match[0]

    return _SPACED_DASH.sub(joined, text)


def _with_month_name(match: re.Match[str]) -> str:
    """Read 28/10/2025 as the words it stands for, which in turn stand for the numbers."""
    name = MONTH_NAMES.get(int(match[3]))
    return f"{match[1]} {name} {match[4]}" if name else match[0]


def _with_month_numbers(terms: Sequence[Term]) -> list[Term]:
    """Let the name of a month before its year stand for its number before it as well: 10/2025."""
    found = list(terms)
    for place, (term, year) in enumerate(pairwise(terms)):
        numbers = {MONTH_NUMBERS[one] for one in term.alternatives if one in MONTH_NUMBERS}
        if numbers and len(year.folded) == 4 and year.folded.isdecimal():
            dated = {(str(number), year.folded) for number in numbers}
            found[place] = replace(term, alternatives=term.alternatives | dated)
    return found


def _phrase(text: str) -> Term | None:
    found = words(text)
    if not found:
        return None
    plain = tuple(word.stem for word in found)
    return Term(text.strip(), " ".join(word.folded for word in found), plain, frozenset([plain]), is_phrase=True)


def _exact_terms(found: Sequence[Word]) -> list[Term]:
    """Return a term for each word, and one for the parts of what was written in one."""
    terms = []
    for _place, group in groupby(found, key=lambda word: (word.start, word.end)):
        parts = list(group)
        folded = " ".join(part.folded for part in parts)
        own = tuple(part.stem for part in parts)
        terms.append(Term(folded, folded, own, frozenset([own])))
    return terms


def _terms(found: Sequence[Word]) -> list[Term]:
    """Return the words as terms; names of several words that have other names, and months of two, are one term."""
    terms: list[Term] = []
    place = 0
    while place < len(found):
        size = _known_name(found[place : place + LONGEST_MEMBER])
        group = found[place : place + size]
        terms.append(_name(group) if size > 1 else _word(group[0]))
        place += size
    return terms


def _known_name(found: Sequence[Word]) -> int:
    """Return of how many words the longest known name is that ``found`` begins with, 1 if with none."""
    for size in range(len(found), 1, -1):
        if any(sequence in GROUPS for sequence in _readings(found[:size])):
            return size
    return 1


def _readings(found: Sequence[Word]) -> Iterable[Stems]:
    rest = tuple(word.stem for word in found[1:])
    return [(first, *rest) for first in bare_stems(found[0].folded)]


def _name(found: Sequence[Word]) -> Term:
    readings = [reading for reading in _readings(found) if reading in GROUPS]
    folded = " ".join(word.folded for word in found)
    alternatives = frozenset(member for reading in readings for member in synonyms(reading)) | {
        tuple(word.stem for word in found)
    }
    return Term(folded, folded, readings[0], alternatives)


def _word(word: Word) -> Term:
    bare = bare_stems(word.folded)
    alternatives = frozenset(member for one in bare for member in synonyms((one,)))
    return Term(word.folded, word.folded, (word.stem,), alternatives)


def are_together(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Say whether the words ``wanted`` stand in ``found`` one after the other.

    >>> are_together(["ب", "ج"], ["ا", "ب", "ج"]), are_together(["ا", "ج"], ["ا", "ب", "ج"])
    (True, False)
    """
    size = len(wanted)
    return any(list(found[place : place + size]) == list(wanted) for place in range(len(found) - size + 1))
