"""What stands for a word that no public text holds: words of the same consonants, else the nearest in letters.

A word in Latin letters may stand for one in Arabic letters.
"""

import time
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max, Sum
from rapidfuzz import process
from rapidfuzz.distance import OSA

from arabic.latin import consonants
from arabic.queries import CLITICS
from arabic.words import SHORTEST_STEM, skeleton, stem

from .databases import beginning_with
from .models import SearchTerm

MOST_CORRECTIONS = 3
MOST_COMPLETIONS = 20
LONG_WORD = 8
SHORTEST_CORRECTED = 4
# How long a process keeps the words of the index by heart, in seconds, where no new one came.
KEPT = 300

_ARTICLES = ["", "ال"]


def known_stems(stems: Sequence[str], now: datetime | None) -> dict[str, int]:
    """Return those of ``stems`` that words public at ``now`` have, with the number of entries that hold them."""
    terms = SearchTerm.objects.filter(stem__in=stems)
    if now is not None:
        terms = terms.filter(public_from__lte=now)
    return dict(terms.values_list("stem").annotate(Sum("df")).values_list("stem", "df__sum"))


def corrections(folded: str, now: datetime) -> list[SearchTerm]:
    """Return the terms that an unknown word may have meant, the likeliest first, at most three."""
    if bones := skeleton(stem(folded)):
        same = SearchTerm.objects.filter(skeleton=bones, public_from__lte=now).order_by("-df", "word")
        if found := _one_a_stem(list(same[:50]), MOST_CORRECTIONS):
            return found
    if len(folded) < SHORTEST_CORRECTED or folded.isdecimal():
        return []
    near = _nearest(folded)
    if not near and (readings := consonants(folded)):
        fronted = [front + bones for bones in readings for front in ("", *"بلو")]
        same = SearchTerm.objects.filter(skeleton__in=fronted, public_from__lte=now).order_by("-df", "word")
        if found := _one_a_stem(list(same[:50]), MOST_CORRECTIONS):
            return found
    if not near:
        return _one_a_stem(list(completions(folded, now)), MOST_CORRECTIONS)
    terms = SearchTerm.objects.filter(word__in=near, public_from__lte=now)
    return _one_a_stem(sorted(terms, key=lambda term: (near[term.word], -term.df, term.word)), MOST_CORRECTIONS)


def completions(prefix: str, now: datetime) -> list[SearchTerm]:
    """Return the terms that begin with ``prefix``, with or without article and clitic, the commonest first.

    Where no word does, those whose stem does: of «للأخطبوط» it is «اخطبوط».
    """
    bare = prefix.removeprefix("ال")
    beginnings = {prefix, bare} if len(bare) >= SHORTEST_STEM else {prefix}
    stripped = prefix[1:] if prefix[:1] in CLITICS and len(prefix) > SHORTEST_STEM + 1 else ""
    with_article = {f"ال{beginning}" for beginning in beginnings if not beginning.startswith("ال")}
    found = beginning_with(sorted(beginnings | with_article), now).order_by("-df", "word")[:MOST_COMPLETIONS]
    terms = list(found)
    if not terms and len(bare) >= SHORTEST_STEM:
        terms = list(beginning_with([bare], now, "stem").order_by("-df", "word")[:MOST_COMPLETIONS])
    if not terms and stripped:
        terms = list(beginning_with([stripped, f"ال{stripped}"], now).order_by("-df", "word")[:MOST_COMPLETIONS])
    return terms


def _one_a_stem(terms: Sequence[SearchTerm], most: int) -> list[SearchTerm]:
    return list({term.stem: term for term in reversed(terms)}.values())[::-1][:most]


def _nearest(folded: str) -> dict[str, float]:
    """Return the words at the smallest distance from ``folded``, one letter, of long words two, with the distance."""
    reach = 1 if len(folded) < LONG_WORD else 2
    vocabulary = _vocabulary()
    found: dict[str, float] = {}
    for typed in {folded, folded.removeprefix("ال")}:
        if len(typed) < SHORTEST_CORRECTED:
            continue
        choices = [w for size in range(len(typed) - reach, len(typed) + reach + 1) for w in vocabulary.get(size, ())]
        for word, distance, _place in process.extract(
            typed, choices, scorer=OSA.distance, processor=None, score_cutoff=reach, limit=50
        ):
            # The first letter is seldom the wrong one.
            cost = distance + (0.5 if word[:1] != typed[:1] else 0) + (0.25 if word.isdecimal() else 0)
            found[word] = min(cost, found.get(word, cost))
    least = min(found.values(), default=0)
    return {word: cost for word, cost in found.items() if cost < least + 1}


_kept: tuple[int, float, dict[int, list[str]]] = (0, 0.0, {})


def _vocabulary() -> dict[int, list[str]]:
    """Return the words of the index by their length. What is no longer there is sorted out by the query after."""
    global _kept
    newest = SearchTerm.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if _kept[0] != newest or time.monotonic() - _kept[1] > KEPT:
        by_length: dict[int, list[str]] = {}
        for word in SearchTerm.objects.order_by("word").values_list("word", flat=True).iterator(chunk_size=5000):
            by_length.setdefault(len(word), []).append(word)
        _kept = (newest, time.monotonic(), by_length)
    return _kept[2]
