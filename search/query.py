"""Searching: what was typed becomes groups of stems, the database finds, the best come first.

All groups have to be found; where few or no entries hold them all, those that hold some of the rarest follow. The
public finds what is public at the moment of the query, and neither counts, corrections nor suggestions come
from anything else.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import log
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from arabic.extracts import Piece, extract, marked
from arabic.queries import Query, Term, are_together, parse, parse_prefix, with_clitics, with_endings
from arabic.surfaces import pattern
from arabic.vocabulary import Stems
from arabic.words import SHORTEST_STEM, stem, words

from .databases import BEGUN, MOST_RANKED, Group, Sql, by_index, expression, fetched, hits, holding, public, ranked
from .facets import Cell, Cells, Filters
from .models import SearchEntry
from .spelling import completions, corrections, known_stems
from .upkeep import catch_up

PAGE_SIZE = 20
# Among so many of the best, those whose title says it exactly and the recent ones are moved up.
RERANKED = 200
RECENT = timedelta(days=730)
RECENT_BOOST = 1.1
TITLE_BOOSTS = {"same": 6.0, "holds": 3.0, "all": 2.0}
# Of two that fit alike, the whole before its parts: the session before its items, which are found by its name too.
KIND_BOOSTS = {"meeting": 1.5, "chamber": 1.3, "person": 1.2}
# What holds none of the words in its title weighs half as much as what holds all of them.
LEAST_TITLE_SHARE = 0.5
# Where few entries hold all words, others fill up the first page to so many.
ENOUGH = 10
# They are sought by so many words at most, and by none that is common: that has more entries than both of these.
MOST_LOOSE = 5
COMMON_SHARE = 0.1
NEVER_COMMON = 2000
MOST_SUGGESTIONS = 8
# So many letters of a text are looked through at once for an extract.
LONG_PART = 8000
MOST_TRIED = 12

_LINE_ENDS = re.compile(r"([.؟!:؛،]?)\n+")


class Correction(NamedTuple):
    """A word that no public text holds, and the words that were searched for instead."""

    typed: str
    found: list[str]


@dataclass
class Hit:
    """An entry that was found; ``title`` and ``extract`` are in pieces, the words found marked.

    ``is_near``: it holds only some of the words, while others hold all of them.
    """

    entry: SearchEntry
    score: float
    title: list[Piece]
    extract: list[Piece]
    is_near: bool = False
    outcome: str = ""
    stage: str = ""

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def object_id(self) -> str:
        return self.entry.object_id


@dataclass
class Results:
    """What a search found.

    ``total`` counts what fits query and filters; ``facets`` counts, for each filter, what fits the query and the other
    filters, by value. ``is_loose``: nothing holds all words, these hold some. Where fewer than ten hold all, ``hits``
    goes on with those that hold at least half of them (``Hit.is_near``), which are counted nowhere. ``best`` are
    entries of the kinds asked for whose title holds every word.
    """

    query: Query
    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    best: list[Hit] = field(default_factory=list)
    facets: dict[str, Counter[Any]] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)
    is_loose: bool = False
    cells: Cells = field(default_factory=lambda: Cells({}, Filters()))

    @property
    def reachable(self) -> int:
        """How many of the hits can be paged through."""
        return min(self.total, MOST_RANKED)


class _Sought(NamedTuple):
    term: Term
    group: Group
    df: int


def search(
    text: str,
    *,
    filters: Filters | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
    by_date: bool = False,
    exact: bool = False,
    typing: bool = False,
    best_kinds: Collection[str] = (),
    now: datetime | None = None,
) -> Results:
    """Return page ``page`` of what is found for ``text``, with counts.

    ``exact`` finds the words in the form in which they were typed and in no other, though in any spelling of it;
    ``typing`` reads the last word as the beginning of one. ``now`` is the moment at which things have to be public, by
    default the present.
    """
    now = now or timezone.now()
    catch_up(now)
    with by_index():
        return _search(text, filters or Filters(), page, size, by_date, exact, typing, best_kinds, now)


def _search(
    text: str,
    filters: Filters,
    page: int,
    size: int,
    by_date: bool,
    exact: bool,
    typing: bool,
    best_kinds: Collection[str],
    now: datetime,
) -> Results:
    query, beginning = parse_prefix(text) if typing else (parse(text, exact), "")
    sought, corrected = _resolve(query, now, exact)
    if beginning:
        sought.append(_completed(beginning, now))
    results = Results(query, corrections=corrected)
    if not sought:
        return results
    excluded = [_every_form(term) for term in query.excluded]
    condition = _visible(query if exact else None, now)
    found = _hits(sought, excluded, filters, condition, now)
    cells = _cells(found.query, condition, now)
    may_be_loose = len(sought) > 1 and not exact
    if not cells and may_be_loose:
        found = _loose_hits(sought, excluded, filters, condition, now)
        cells = _cells(found.query, condition, now)
        results.is_loose = bool(cells)
    results.cells = Cells(cells, filters)
    results.total, results.facets = results.cells.facets()
    show = _Shown(_sequences(sought, exact), exact, now)
    if results.total:
        wanted = [_plain_words(query.folded), [one.group for one in sought]]
        _fill(results, found, show, wanted, page, size, by_date, best_kinds)
    if 0 < results.total < ENOUGH and may_be_loose and not results.is_loose and page == 1:
        hits_of_some = _loose_hits(sought, excluded, filters, condition, now)
        near = _near(hits_of_some, len(sought), {hit.entry.pk for hit in results.hits})
        results.hits += show.hits(near[: ENOUGH - results.total], are_near=True)
    return results


def suggest(text: str, now: datetime | None = None) -> list[str]:
    """Return what ``text`` may be completed to, the likeliest first: each of them finds something public."""
    now = now or timezone.now()
    query, beginning = parse_prefix(text)
    if not beginning:
        return []
    found = words(text)
    before = text[: found[-1].start]
    sought, corrected = _resolve(query, now, exact=False) if query else ([], [])
    if corrected:
        return []
    tried: dict[str, str] = {}
    for term in completions(beginning, now)[:MOST_TRIED]:
        tried.setdefault(term.stem, f"{before}{term.written}")
    groups = [one.group for one in sought]
    finds = _find_public([expression([*groups, [(stemmed,)]]) for stemmed in tried], now)
    return [text for text, is_found in zip(tried.values(), finds, strict=True) if is_found][:MOST_SUGGESTIONS]


def keys_sql(text: str, kind: str, with_drafts: bool = False) -> Sql:
    """Return a SELECT of the keys (as text) of the entries of ``kind`` that hold all of ``text``.

    The last word may be only begun, and nothing is corrected: this is for lists and the editors' desk, which say
    themselves which of their rows may be seen. ``with_drafts`` has drafts found by other forms of their words as well,
    though no word of theirs is known.
    """
    query = parse(text)
    if with_drafts:
        sought = [_Sought(term, _every_form(term), 0) for term in query.terms]
    else:
        sought = _resolve(query, None, exact=False)[0]
    _unfinished, beginning = parse_prefix(text)
    groups = [one.group for one in sought]
    if beginning and query and query.terms[-1].folded.endswith(beginning):
        bare = beginning.removeprefix("ال")
        begun = [(one + BEGUN,) for one in dict.fromkeys([stem(beginning), bare]) if len(one) >= SHORTEST_STEM]
        groups[-1] = [*groups[-1], *(form for one in begun for form in with_clitics(one))]
    if not groups:
        return "SELECT e.object_id FROM search_searchentry e WHERE 1 = 0", []
    found, params = hits(expression(groups, [_every_form(term) for term in query.excluded]))
    return f"SELECT e.object_id{found} AND e.kind = %s", [*params, kind]


# From words to groups of stems


def _resolve(query: Query, now: datetime | None, exact: bool) -> tuple[list[_Sought], list[Correction]]:
    """Return for each term what may stand for it in the index, and which terms had to be corrected.

    Without ``now`` all is known that any entry public some day holds, and nothing is corrected.
    """
    candidates = {part for term in query.terms for one in term.alternatives for s in _forms(one, exact) for part in s}
    known = known_stems(sorted(candidates), now)
    sought, corrected = [], []
    for term in query.terms:
        group = _group(term, known, exact)
        df = sum(min(known.get(part, 0) for part in sequence) for sequence in group)
        if df == 0 and now is not None and not exact and term.is_word:
            instead = corrections(term.folded, now)
            if instead:
                corrected.append(Correction(term.typed, [one.written for one in instead]))
                group = list(dict.fromkeys([*group, *(s for one in instead for s in with_clitics((one.stem,)))]))
                df = sum(one.df for one in instead)
        sought.append(_Sought(term, group, df))
    return sought, corrected


def _group(term: Term, known: dict[str, int], exact: bool = False) -> list[Stems]:
    """Return the sequences of stems that stand for ``term``, its own first, of the others those that are ``known``."""
    forms = dict.fromkeys(form for one in sorted(term.alternatives) for form in _forms(one, exact))
    kept = [form for form in forms if all(part in known for part in form)]
    return list(dict.fromkeys([term.stems, *kept]))


def _every_form(term: Term) -> list[Stems]:
    return [form for one in sorted(term.alternatives) for form in with_clitics(one)]


def _forms(sequence: Stems, exact: bool) -> list[Stems]:
    return [sequence] if exact else [form for one in with_endings(sequence) for form in with_clitics(one)]


def _completed(beginning: str, now: datetime) -> _Sought:
    own = stem(beginning)
    term = Term(beginning, beginning, (own,), frozenset([(own,)]))
    found = completions(beginning, now)
    group = dict.fromkeys([(own,), *((one.stem,) for one in found)])
    return _Sought(term, list(group), sum(one.df for one in found))


# Hits


class _Hits(NamedTuple):
    """What finds: ``ranked`` selects id, day, n and rank of what fits the filters; ``query`` fits all of it."""

    ranked: Sql
    query: str


def _visible(exactly: Query | None, now: datetime) -> Sql:
    """Return the condition that an entry ``e`` is public, and holds the words of ``exactly`` in their own form."""
    condition, params = public(now)
    for term in exactly.terms if exactly else ():
        held, more = holding(pattern(term.folded))
        condition, params = f"{condition} AND {held}", [*params, *more]
    return condition, params


def _hits(
    sought: Sequence[_Sought], excluded: Sequence[Group], filters: Filters, condition: Sql, now: datetime
) -> _Hits:
    query = expression([one.group for one in sought], excluded)
    return _Hits(ranked(query, _narrowed(filters, condition, now)), query)


def _loose_hits(
    sought: Sequence[_Sought], excluded: Sequence[Group], filters: Filters, condition: Sql, now: datetime
) -> _Hits:
    """Return the hits of the rarest terms; ``n`` is how many of them an entry holds."""
    total = SearchEntry.objects.count()
    common = max(NEVER_COMMON, total * COMMON_SHARE)
    rarest = sorted((one for one in sought if one.df), key=lambda one: one.df) or list(sought)
    rare = [one for one in rarest if one.df <= common][:MOST_LOOSE] or rarest[:2]
    narrowed = _narrowed(filters, condition, now)
    parts, params = [], []
    for place, one in enumerate(rare):
        select, more = ranked(expression([one.group], excluded), narrowed)
        weight = 1 + log(max(total, 1) / max(one.df, 1)) if one.df < total else 1.0
        parts.append(f"SELECT id, day, n, rank * {weight:.3f} AS rank FROM ({select}) part{place}")  # noqa: S608
        params += more
    union = " UNION ALL ".join(parts)
    summed = f"SELECT id, MAX(day) AS day, SUM(n) AS n, SUM(rank) AS rank FROM ({union}) part GROUP BY id"  # noqa: S608
    anything = [sequence for one in rare for sequence in one.group]
    return _Hits((summed, params), expression([anything], excluded))


def _near(found: _Hits, terms: int, without: set[int]) -> list[tuple[int, float]]:
    """Return id and score of the best entries that hold at least half of the terms and are not those ``without``."""
    rows = _rows(found.ranked, _BY_RANK, 0, ENOUGH + len(without))
    return [(row[0], row[1]) for row in rows if row[0] not in without and row[1] * 2 >= terms]


def _narrowed(filters: Filters, visible: Sql, now: datetime) -> Sql:
    """Return the condition that an entry ``e`` fits ``visible`` and ``filters``."""
    condition, params = visible
    conditions = [condition]
    result, result_params = _result_columns(now)
    columns: dict[str, Sql] = {
        "kind": ("e.kind", []),
        "family": ("e.family", []),
        "year": ("e.year", []),
        "outcome": (result["outcome"], result_params[:1]),
        "stage": (result["stage"], result_params[1:]),
    }
    for name, (column, column_params) in columns.items():
        if values := list(getattr(filters, name)):
            conditions.append(f"{column} IN ({', '.join(['%s'] * len(values))})")
            params = [*params, *column_params, *values]
    if filters.chambers:
        conditions.append(f"({' OR '.join(['e.chambers LIKE %s'] * len(filters.chambers))})")
        params = [*params, *(f"% {slug} %" for slug in filters.chambers)]
    return " AND ".join(conditions), params


def _result_columns(now: datetime) -> tuple[dict[str, str], list[Any]]:
    moment = connection.ops.adapt_datetimefield_value(now)
    reached = "(e.result_from IS NULL OR e.result_from <= %s)"
    return {
        "outcome": f"CASE WHEN {reached} THEN e.outcome ELSE '' END",
        "stage": f"CASE WHEN {reached} THEN e.stage ELSE e.stage_before END",
    }, [moment, moment]


def _find_public(queries: Sequence[str], now: datetime) -> Sequence[bool]:
    """Return for each of ``queries`` whether it finds anything public."""
    if not queries:
        return []
    condition, more = public(now)
    parts, params = [], []
    for query in queries:
        found, own = hits(query)
        parts.append(f"EXISTS (SELECT 1{found} AND {condition})")
        params += [*own, *more]
    with by_index():
        return fetched(f"SELECT {', '.join(parts)}", params)[0]


# Counting


def _cells(query: str, visible: Sql, now: datetime) -> dict[Cell, int]:
    """Return how many hits there are of each combination of what can be filtered by."""
    found, params = hits(query)
    condition, more = visible
    result, result_params = _result_columns(now)
    rows = fetched(
        "SELECT e.kind, e.chambers, e.family, e.year,"
        f" {result['outcome']} AS shown_outcome, {result['stage']} AS shown_stage, COUNT(*)"
        f"{found} AND {condition}"
        " GROUP BY 1, 2, 3, 4, 5, 6",
        [*result_params, *params, *more],
    )
    return {row[:-1]: row[-1] for row in rows}


# The page

_BY_RANK = "found.n DESC, found.rank DESC, found.day DESC NULLS LAST, found.id"
_BY_DATE = "found.day DESC NULLS LAST, found.n DESC, found.rank DESC, found.id"


def _fill(
    results: Results,
    found: _Hits,
    show: "_Shown",
    wanted: list[Any],
    page: int,
    size: int,
    by_date: bool,
    best_kinds: Collection[str],
) -> None:
    first = (page - 1) * size
    if first >= results.reachable:
        return
    if by_date:
        keys = [(row[0], row[2]) for row in _rows(found.ranked, _BY_DATE, first, size)]
    else:
        top = _rows(found.ranked, _BY_RANK, 0, RERANKED)
        ordered = _reordered(top, wanted, show.now)
        keys = [(key, score) for key, score, _kind, _is_whole in ordered][first : first + size]
        if first + size > RERANKED:
            further = max(first, RERANKED)
            keys += [(row[0], row[2]) for row in _rows(found.ranked, _BY_RANK, further, first + size - further)]
        best = [(key, score) for key, score, kind, is_whole in ordered if kind in best_kinds and is_whole][:3]
        results.best = show.hits(best) if page == 1 and best else []
    results.hits = show.hits(keys)


def _rows(selection: Sql, order: str, first: int, size: int) -> list[tuple[Any, ...]]:
    """Return id, n, rank, kind, date, title and stems of the title, in ``order``."""
    select, params = selection
    return fetched(
        "SELECT e.id, found.n, found.rank, e.kind, e.date, e.title, e.title_ix"  # noqa: S608
        f" FROM (SELECT * FROM ({select}) found ORDER BY {order} LIMIT %s OFFSET %s) found"
        f" JOIN search_searchentry e ON e.id = found.id ORDER BY {order}",
        [*params, size, first],
    )


def _reordered(rows: list[tuple[Any, ...]], wanted: list[Any], now: datetime) -> list[tuple[int, float, str, bool]]:
    """Return id, score, kind and whether the title holds every word, the best first."""
    typed, groups = wanted
    since = (now - RECENT).date()
    scored = []
    for place, (key, n, rank, kind, day, title, title_ix) in enumerate(rows):
        score = float(rank) * KIND_BOOSTS.get(kind, 1.0)
        if (date.fromisoformat(day) if isinstance(day, str) else day or date.min) > since:
            score *= RECENT_BOOST
        found = title_ix.split()
        held = sum(any(are_together(sequence, found) for sequence in group) for group in groups)
        is_whole = held == len(groups)
        score *= LEAST_TITLE_SHARE + (1 - LEAST_TITLE_SHARE) * held / len(groups)
        if is_whole:
            in_title = _plain_words(word.folded for word in words(title))
            holds = are_together(typed, in_title)
            score *= TITLE_BOOSTS["same" if typed == in_title else "holds" if holds else "all"]
        scored.append((-n, -score, place, key, kind, is_whole))
    return [(key, -score, kind, is_whole) for _n, score, _place, key, kind, is_whole in sorted(scored)]


def _plain_words(folded: Any) -> list[str]:
    return [word.removeprefix("ال") for word in folded]


def _sequences(sought: Sequence[_Sought], exact: bool) -> list[Stems]:
    if exact:
        return [tuple(one.term.folded.split()) for one in sought]
    return [sequence for one in sought for sequence in one.group]


class _Shown(NamedTuple):
    """How hits are shown: which sequences of stems are marked (``exact``: of folded words), and at which moment."""

    sequences: list[Stems]
    exact: bool
    now: datetime

    def hits(self, keys: list[tuple[int, float]], are_near: bool = False) -> list[Hit]:
        wanted = [key for key, _score in keys]
        found = SearchEntry.objects.defer("title_ix", "body_ix", "keywords").in_bulk(wanted)
        return [self._hit(found[key], score, are_near) for key, score in keys if key in found]

    def _hit(self, entry: SearchEntry, score: float, is_near: bool) -> Hit:
        is_out = entry.result_from is None or entry.result_from <= self.now
        return Hit(
            entry=entry,
            score=score,
            title=marked(entry.title, self.sequences, self.exact),
            extract=extract(_part_of(entry.body, self.sequences, self.exact), self.sequences, exact=self.exact),
            is_near=is_near,
            outcome=entry.outcome if is_out else "",
            stage=entry.stage if is_out else entry.stage_before,
        )


def _part_of(body: str, sequences: list[Stems], exact: bool) -> str:
    """Return ``body`` as one line, of a long one the first part that holds anything of what is sought."""
    for start in range(0, len(body), LONG_PART):
        # A word on the border stands whole in one of the two.
        part = _one_line(body[max(0, start - 100) : start + LONG_PART])
        if len(body) <= LONG_PART or any(is_found for _text, is_found in marked(part, sequences, exact)):
            return part
    return _one_line(body[:LONG_PART])


def _one_line(text: str) -> str:
    """Return ``text`` as one line, its lines parted by dots where they are no sentences."""
    lines = "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)
    return _LINE_ENDS.sub(lambda match: f"{match[1]} " if match[1] else " · ", lines)
