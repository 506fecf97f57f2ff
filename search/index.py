"""Writing the index: put entries in, take them out, and keep the words of the public ones.

Every function works inside the caller's transaction, so that what is searched is what is stored. docs/search.md shows
how plain documents are put in and searched.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as Day
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from arabic.folding import fold
from arabic.words import skeleton, stems, words

from .databases import by_index, holders
from .models import SearchEntry, SearchTerm

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
# A tsvector holds a megabyte; nobody reads further into a paper's text either.
LONGEST_BODY = 250_000
BATCH = 200
# Of how many entries of its stem it is asked whether a word still stands in one of them.
FIRST_LOOK = 5
COMMON = 500
MOST_HOLDERS = 200

# What is written into the table for an entry, and compared with what stands there.
_COLUMNS = [
    "public_from", "date", "date_precision", "year", "family", "chambers", "outcome", "stage", "result_from",
    "stage_before", "is_scanned", "changes_at", "url", "title", "keywords", "body", "title_ix", "body_ix",
]  # fmt: skip

# Signs that no database keeps, or that stand for nothing: control characters, halves of a letter.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Part = TypeVar("Part")


@dataclass(frozen=True)
class Entry:
    """A thing that can be found: ``kind`` and ``object_id`` name it, ``title`` and ``body`` are what is searched.

    ``public_from`` is the moment from which the public finds it; None, and the public never does. ``keywords`` are
    searched like the body and never shown, ``title_words`` like the title: what a thing is also known by, as a session
    by its chamber and its day. ``chambers`` are slugs; the other fields are what results are narrowed by.
    ``outcome`` and ``stage`` hold from ``result_from`` on, where it is given; before that the stage is
    ``stage_before``. ``changes_at`` is the next moment at which the text becomes another by itself.
    """

    kind: str
    object_id: str
    title: str
    body: str = ""
    date: Day | None = None
    public_from: datetime | None = ALWAYS
    keywords: str = ""
    title_words: str = ""
    url: str = ""
    year: int | None = None
    family: str = ""
    chambers: Sequence[str] = ()
    outcome: str = ""
    stage: str = ""
    result_from: datetime | None = None
    stage_before: str = ""
    is_scanned: bool = False
    # How much of ``date`` may be shown: day, month, year; empty where it only orders.
    date_precision: str = ""
    changes_at: datetime | None = None


def put(entries: Iterable[Entry], with_terms: bool = True) -> int:
    """Store ``entries``, each in place of the one of its kind and key; return how many were new or had changed.

    Without ``with_terms`` the words are left for ``count_terms``, which is quicker for many entries at once.
    """
    return len(store(entries, with_terms))


def store(entries: Iterable[Entry], with_terms: bool = True) -> set[tuple[str, str]]:
    """Do what ``put`` does and return kind and key of those entries that were new or had changed."""
    changed: set[tuple[str, str]] = set()
    for batch in batches(entries, BATCH):
        with transaction.atomic():
            changed |= _put(batch, with_terms)
    return changed


def remove(kind: str, object_ids: Iterable[object]) -> int:
    """Take the entries of these keys out of the index; return how many there were."""
    rows = list(SearchEntry.objects.filter(kind=kind, object_id__in=[str(key) for key in object_ids]))
    if rows:
        with transaction.atomic():
            SearchEntry.objects.filter(pk__in=[row.pk for row in rows]).delete()
            _judge_terms(set().union(*(_folded(row) for row in rows if row.public_from is not None)))
    return len(rows)


def clear() -> None:
    """Empty the index."""
    SearchEntry.objects.all().delete()
    SearchTerm.objects.all().delete()


def count_terms() -> int:
    """Count the words of all public entries anew; return how many there are. Searches go on meanwhile."""
    last = SearchTerm.objects.aggregate(last=Max("pk"))["last"] or 0
    counts: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    moments: dict[str, datetime] = {}
    public = SearchEntry.objects.filter(public_from__isnull=False).only("title", "keywords", "body", "public_from")
    for row in public.iterator(chunk_size=BATCH):
        moment = row.public_from or ALWAYS
        for word, shown in _written(row).items():
            counts[word] += 1
            written.setdefault(word, Counter())[shown] += 1
            moments[word] = min(moments.get(word, moment), moment)
    for batch in batches(sorted(counts), 500):
        rows = [_term(word, written[word].most_common(1)[0][0], counts[word], moments[word]) for word in batch]
        SearchTerm.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["word"],
            update_fields=["written", "stem", "skeleton", "df", "public_from"],
        )  # fmt: skip
    # Words that came meanwhile were not counted.
    known = SearchTerm.objects.filter(pk__lte=last).values_list("pk", "word").iterator(chunk_size=2000)
    for stale in batches((key for key, word in known if word not in counts), 500):
        SearchTerm.objects.filter(pk__in=stale).delete()
    return len(counts)


def batches(items: Iterable[Part], size: int) -> Iterator[list[Part]]:
    """Return ``items`` in lists of at most ``size``."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def row_of(entry: Entry) -> SearchEntry:
    """Return the row that stands for ``entry``."""
    title, body, keywords, title_words = (
        _NO_TEXT.sub(" ", text) for text in (entry.title, entry.body, entry.keywords, entry.title_words)
    )
    body = body[:LONGEST_BODY]
    return SearchEntry(
        kind=entry.kind,
        object_id=str(entry.object_id),
        public_from=entry.public_from,
        date=entry.date,
        date_precision=entry.date_precision,
        year=entry.year if entry.year is not None or entry.date is None else entry.date.year,
        family=entry.family,
        chambers=f" {' '.join(entry.chambers)} " if entry.chambers else "",
        outcome=entry.outcome,
        stage=entry.stage,
        result_from=entry.result_from,
        stage_before=entry.stage_before,
        is_scanned=entry.is_scanned,
        changes_at=entry.changes_at,
        url=entry.url,
        title=title,
        keywords=f"{keywords} {title_words}".strip(),
        body=body,
        title_ix=f"{stems(title)} {stems(title_words)}".strip(),
        body_ix=f"{stems(body)} {stems(keywords)}".strip(),
    )


def differs(row: SearchEntry, stored: SearchEntry) -> bool:
    """Say whether anything of an entry differs from what is stored."""
    return any(getattr(row, name) != getattr(stored, name) for name in _COLUMNS)


def _put(entries: Sequence[Entry], with_terms: bool) -> set[tuple[str, str]]:
    rows = {(row.kind, row.object_id): row for row in map(row_of, entries)}
    condition = Q()
    for kind in {kind for kind, _key in rows}:
        condition |= Q(kind=kind, object_id__in=[key for one, key in rows if one == kind])
    stored = {(row.kind, row.object_id): row for row in SearchEntry.objects.filter(condition)}
    changed = {key: row for key, row in rows.items() if key not in stored or differs(row, stored[key])}
    if not changed:
        return set()
    SearchEntry.objects.bulk_create(
        changed.values(), update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=_COLUMNS
    )
    if with_terms:
        for key, row in changed.items():
            _keep_terms(row, stored.get(key))
    return set(changed)


def _keep_terms(row: SearchEntry, before: SearchEntry | None) -> None:
    old = _folded(before) if before is not None and before.public_from is not None else set()
    now = _written(row) if row.public_from is not None else {}
    moment = row.public_from
    was_at = before.public_from if before is not None else None
    if moment is not None:
        is_moved = was_at != moment
        added = sorted(now if is_moved else now.keys() - old)
        for batch in batches(added, 500):
            SearchTerm.objects.bulk_create(
                [_term(word, now[word], 1, moment) for word in batch], ignore_conflicts=True
            )
            SearchTerm.objects.filter(word__in=batch, public_from__gt=moment).update(public_from=moment)
    is_later = was_at is not None and moment is not None and moment > was_at
    _judge_terms(old if is_later else old - now.keys())


def _judge_terms(lost: set[str]) -> None:
    """Set of each word in ``lost`` the moment from which an entry really holds it; forget it where none does."""
    for batch in batches(sorted(lost), 500):
        terms = SearchTerm.objects.filter(word__in=batch)
        # Any few entries show that a common word is still there, and reading on until they are met is quickest.
        _judge(terms.filter(df__gte=COMMON))
        with by_index():
            _judge(terms.filter(df__lt=COMMON))


def _judge(terms: "QuerySet[SearchTerm]") -> None:
    gone = []
    for term in terms:
        moment = _first_moment(term)
        if moment is None:
            gone.append(term.pk)
        elif moment != term.public_from:
            SearchTerm.objects.filter(pk=term.pk).update(public_from=moment)
    SearchTerm.objects.filter(pk__in=gone).delete()


def _first_moment(term: SearchTerm) -> datetime | None:
    """Return from when an entry holds a word; None if none is found, though one far behind may.

    Entries of its stem may hold other words of it. Of a common word most often one of the first few proves that its
    moment holds still.
    """
    letter = r"\d" if term.word.isdecimal() else r"[^\W\d_]"
    held = re.compile(f"(?<!{letter}){re.escape(term.word)}(?!{letter})")
    for text, _moment in holders(term.stem, until=term.public_from, most=FIRST_LOOK):
        if held.search(fold(text)):
            return term.public_from
    return next((moment for text, moment in holders(term.stem, most=MOST_HOLDERS) if held.search(fold(text))), None)


def _term(word: str, shown: str, df: int, moment: datetime) -> SearchTerm:
    stemmed = stems(word).split(" ")[0]
    return SearchTerm(
        word=word, written=shown[:80], stem=stemmed, skeleton=skeleton(stemmed), df=df, public_from=moment
    )


def _folded(row: SearchEntry) -> set[str]:
    return {word.folded for text in (row.title, row.keywords, row.body) for word in words(text)}


def _written(row: SearchEntry) -> dict[str, str]:
    """Return the folded words of an entry, each with how it is written there, without marks."""
    found: dict[str, str] = {}
    for text in (row.title, row.keywords, row.body):
        for word in words(text):
            if word.folded not in found:
                shown = _plain(text[word.start : word.end])
                # Of what was written together only the folded parts are known.
                found[word.folded] = shown if fold(shown) == word.folded else word.folded
    return found


def _plain(text: str) -> str:
    kept = (letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter)[0] in "LN")
    return "".join(kept).replace("ـ", "")
