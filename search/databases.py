"""What the two databases say differently: full-text expressions, the hits of one, and words by their beginning.

Values reach the database as parameters alone. Stems are letters and digits, so none can leave the quotes it stands in.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from arabic.vocabulary import Stems

from .models import SearchEntry, SearchTerm

# One thing to be found: any of these sequences of stems.
Group = Sequence[Stems]
Sql = tuple[str, list[Any]]

# A stem that ends in this stands for all that begin with it.
BEGUN = "*"
# Title over text.
_BM25 = "-bm25(search_fts, 4.0, 1.0)"
_RANK = "ts_rank_cd('{0.1,0.2,0.4,1.0}', e.tsv, %s::tsquery)"
# PostgreSQL reads every row it ranks; beyond the newest of these, hits have no rank and no page.
MOST_RANKED = 3000
# Any number that no other lock of the portal has.
_INDEX_LOCK = 7_205_133
_PARALLEL = "SET LOCAL max_parallel_workers_per_gather"


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def expression(groups: Sequence[Group], excluded: Sequence[Group] = (), in_title: bool = False) -> str:
    """Return the full-text query for all of ``groups`` and none of ``excluded``, in the database's own notation."""
    if is_sqlite():
        wanted = " AND ".join(_fts5_group(group) for group in groups)
        if in_title:
            wanted = f"{{title_ix}} : ({wanted})"
        return " NOT ".join([f"({wanted})", *(_fts5_group(group) for group in excluded)])
    mark = "A" if in_title else ""
    return " & ".join([*(_tsquery_group(g, mark) for g in groups), *(f"!{_tsquery_group(g, '')}" for g in excluded)])


def _fts5_group(group: Group) -> str:
    def one(sequence: Stems) -> str:
        quoted = f'"{" ".join(sequence)}"'
        return f'{quoted[:-2]}" *' if sequence[-1].endswith(BEGUN) else quoted

    return f"({' OR '.join(map(one, group))})"


def _tsquery_group(group: Group, mark: str) -> str:
    def one(stem: str) -> str:
        marks = f"{mark}*" if stem.endswith(BEGUN) else mark
        return f"'{stem.removesuffix(BEGUN)}':{marks}" if marks else f"'{stem}'"

    return f"({' | '.join('(' + ' <-> '.join(map(one, sequence)) + ')' for sequence in group)})"


def hits(query: str) -> Sql:
    """Return the FROM and WHERE of the entries ``e`` that fit ``query``, to be followed by further conditions.

    SQLite is led to the narrow index, so that it reads no text. PostgreSQL gets no join: it would misjudge it.
    """
    if is_sqlite():
        return (
            " FROM search_fts JOIN search_searchentry e INDEXED BY search_narrow ON e.id = search_fts.rowid"
            " WHERE search_fts MATCH %s",
            [query],
        )
    return " FROM search_searchentry e WHERE e.tsv @@ %s::tsquery", [query]


def ranked(query: str, narrowed: Sql) -> Sql:
    """Return a SELECT of ``id``, ``day``, ``n`` (1) and ``rank`` of the entries that fit query and condition."""
    where, params = narrowed
    found, found_params = hits(query)
    if is_sqlite():
        return (
            # The limit is none: it keeps SQLite from moving the ranking to where it cannot be done.
            f"SELECT e.id AS id, e.date AS day, 1 AS n, {_BM25} AS rank{found} AND {where} LIMIT -1",
            [*found_params, *params],
        )
    return (
        f"SELECT e.id AS id, e.date AS day, 1 AS n, {_RANK} AS rank"  # noqa: S608
        f" FROM (SELECT e.id, e.date, e.tsv{found} AND {where}"
        f" ORDER BY e.date DESC NULLS LAST, e.id LIMIT {MOST_RANKED}) e",
        [query, *found_params, *params],
    )


def one_at_a_time() -> None:
    """Wait until no other transaction writes the index: what is read from now on is what is written last.

    SQLite has one writer in any case.
    """
    if not is_sqlite():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_INDEX_LOCK])


def holding(pattern: str) -> Sql:
    """Return the condition that title, keywords or text of an entry ``e`` fit the regular expression ``pattern``."""
    operator = "REGEXP" if is_sqlite() else "~"
    return f"(e.title || ' ' || e.keywords || ' ' || e.body) {operator} %s", [pattern]


@contextmanager
def by_index() -> Iterator[None]:
    """Have PostgreSQL ask the full-text index meanwhile.

    It thinks little of what it costs to read a text that stands outside its row, and would read all of them for a
    common word.
    """
    if is_sqlite():
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_seqscan = off; {_PARALLEL} = 0")
        yield
        cursor.execute(f"SET LOCAL enable_seqscan TO DEFAULT; {_PARALLEL} TO DEFAULT")


def fetched(select: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(select, params)
        return list(cursor.fetchall())


def public(now: datetime | None) -> Sql:
    """Return the condition that an entry ``e`` is public at ``now``; with None, that it is an entry at all."""
    if now is None:
        return "1 = 1", []
    return "e.public_from <= %s", [connection.ops.adapt_datetimefield_value(now)]


def holders(stem: str, most: int, until: datetime | None = None) -> list[tuple[str, datetime]]:
    """Return text and moment of at most ``most`` entries that hold ``stem`` and are or will be public.

    Those are the first to be public; with ``until``, any that are so by then.
    """
    found, params = hits(expression([[(stem,)]]))
    narrowed, order = "e.public_from IS NOT NULL", " ORDER BY e.public_from, e.id"
    if until is not None:
        narrowed, order = "e.public_from <= %s", ""
        params = [*params, connection.ops.adapt_datetimefield_value(until)]
    rows = SearchEntry.objects.raw(
        f"SELECT e.id, e.public_from, e.title, e.keywords, e.body{found} AND {narrowed}{order} LIMIT {most}",
        params,
    )
    return [(f"{row.title} {row.keywords} {row.body}", row.public_from) for row in rows if row.public_from]


def beginning_with(prefixes: Sequence[str], now: datetime, column: str = "word") -> "QuerySet[SearchTerm]":
    """Return the terms, public at ``now``, whose word (or other ``column``) begins with one of ``prefixes``."""
    terms = SearchTerm.objects.none()
    for prefix in prefixes:
        # LIKE uses an index on PostgreSQL alone, the bounds on SQLite alone, whose order is that of code points.
        if is_sqlite():
            found = SearchTerm.objects.filter(**{f"{column}__gte": prefix, f"{column}__lt": prefix + "\U0010ffff"})
        else:
            found = SearchTerm.objects.filter(**{f"{column}__startswith": prefix})
        terms = terms | found
    return terms.filter(public_from__lte=now)
