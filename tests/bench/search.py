"""How quick the search is at 50,000 documents: ``python tests/bench/search.py [number of documents]``.

Run it on a database of its own, named by DATABASE_URL: it empties the index, fills it with made-up texts and prints
milliseconds. It is no test: what a shared machine measures is no reason to fail.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-0123456789")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from arabic.folding import fold
from arabic.queries import parse
from portal.searching import results
from search import query
from search.facets import Filters
from search.index import Entry, clear, count_terms, put
from search.models import SearchEntry
from search.query import search, suggest

WORDS_IN_A_TEXT = 154
VOCABULARY = 60_000
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
COMMON = (
    *(
        "الغرفة",
        "التجارة",
        "والصناعة",
        "والخدمات",
        "لجهة",
        "فاس",
        "مكناس",
        "مراكش",
        "آسفي",
        "الدار",
        "البيضاء",
        "سطات",
    ),
    *(
        "اتفاقية",
        "شراكة",
        "المصادقة",
        "مشروع",
        "الميزانية",
        "دورة",
        "أكتوبر",
        "يوليوز",
        "2023",
        "2024",
        "رئيس",
        "أعضاء",
    ),
    *("لجنة", "الصناعة", "التقليدية", "التعاونيات", "برنامج", "تكوين", "معرض", "صفرو"),
)
QUERIES = [
    "الغرفة", "2023", "رئيس الغرفة", "اتفاقيه صفرو", "غشت ٢٠٢٤", "fes meknes", "لجان الميزانيه", "اتفاقيات الشراكة",
    "من ترأس دورة أكتوبر", '"الصناعة التقليدية"', "التعاونيات -صفرو", "ميزانيه 2025", "الصناعه التقليديه بفاس",
    "مشروع تكوين الصناع", "الغررفة", "اتفاقبة شراكة", "casablanca settat", "دورات", "القندييل", "معرض الصناعات بمكناس",
]  # fmt: skip


def vocabulary(dice: random.Random) -> list[str]:
    made = {"".join(dice.choices(LETTERS, k=dice.randint(3, 7))) for _ in range(VOCABULARY)}
    return [f"ال{word}" if dice.random() < 0.4 else word for word in sorted(made)]


def documents(total: int) -> Iterator[Entry]:
    dice = random.Random(7)
    words = [*COMMON, *vocabulary(dice)]
    # As in a language: the commonest word in most texts, the rare ones in one or two.
    weights = [1 / (place + 10) ** 0.9 for place in range(len(words))]
    for number in range(total):
        text = dice.choices(words, weights, k=WORDS_IN_A_TEXT)
        day = date(2015, 1, 1) + timedelta(days=dice.randrange(4_300))
        yield Entry(
            kind=dice.choice(["meeting", "item", "article", "agreement", "document"]),
            object_id=str(number),
            title=" ".join(text[:9]),
            body=" ".join(text[9:]),
            date=day,
            chambers=[f"chamber-{dice.randrange(40)}"],
            family=dice.choice(["crafts", "agriculture"]),
            outcome=dice.choice(["", "adopted", "rejected"]),
        )


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def report(name: str, times: list[float]) -> None:
    times = sorted(times)
    high = times[min(len(times) - 1, int(len(times) * 0.95))]
    print(f"{name:34} median {median(times):8.1f}   95 % {high:8.1f}   worst {times[-1]:8.1f} ms")


def sizes() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(LENGTH(title) + LENGTH(body)) FROM search_searchentry")
        letters = cursor.fetchone()[0]
        if connection.vendor == "sqlite":
            cursor.execute("SELECT SUM(LENGTH(block)) FROM search_fts_data")
        else:
            cursor.execute("SELECT pg_relation_size('search_searchentry_tsv')")
        index = cursor.fetchone()[0]
    # An Arabic letter takes two bytes.
    return f"index {index / 1e6:.0f} MB, text about {letters * 1.8 / 1e6:.0f} MB"


def with_icontains(text: str) -> None:
    rows = SearchEntry.objects.all()
    for word in text.split():
        rows = rows.filter(body__icontains=word)
    list(rows[:20])


def the_query_alone(text: str) -> None:
    """Find and rank the first page, without counts, extracts and second thoughts."""
    now = timezone.now()
    terms = query._resolve(parse(text), now, exact=False)[0]
    hits = query._hits(terms, [], Filters(), query._visible(None, now), now)
    query._rows(hits.ranked, query._BY_RANK, 0, 20)


def page_of(text: str) -> None:
    response = results(RequestFactory().get("/search/", {"q": text}, headers={"host": "localhost"}))
    assert response.status_code == 200


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    call_command("migrate", verbosity=0)
    if SearchEntry.objects.count() != total:
        clear()
        print(f"indexing {total} texts: {timed(lambda: put(documents(total), with_terms=False)) / 1000:.0f} s")
        print(f"counting their words: {timed(count_terms) / 1000:.0f} s")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE search_searchentry")
                cursor.execute("ANALYZE search_searchterm")
    print(connection.vendor, sizes())
    search("تمهيد")
    # As readers type: half of what they look for is rare, and some of it is in most texts.
    rare = random.Random(3).sample(vocabulary(random.Random(7)), 20)
    for name, queries in (("rare", rare), ("rare and common", [*rare, *QUERIES]), ("common", QUERIES)):
        report(f"the query alone, {name}", [timed(lambda q=q: the_query_alone(q)) for q in queries for _ in range(2)])
    report("search, rare words", [timed(lambda q=q: search(q)) for q in rare for _ in range(2)])
    report(
        "search, rare and common alike", [timed(lambda q=q: search(q)) for q in [*rare, *QUERIES] for _ in range(2)]
    )
    report("search, common words", [timed(lambda q=q: search(q)) for q in QUERIES for _ in range(3)])
    for text in QUERIES if "-v" in sys.argv else []:
        print(f"   {text:30} {timed(lambda q=text: search(q)):8.1f} ms {search(text).total}")
    report(
        "the page in HTML, all of them", [timed(lambda q=q: page_of(q)) for q in [*rare, *QUERIES] for _ in range(2)]
    )
    narrowed = Filters(kind=["item"], year=[2023])
    report("the same, narrowed", [timed(lambda q=q: search(q, filters=narrowed)) for q in QUERIES for _ in range(2)])
    begun = [fold(word)[:size] for word in ("الغرفة", "اتفاقية", "الصناعة", "صفرو", "مكناس") for size in (3, 4)]
    report("suggestions", [timed(lambda b=b: suggest(b)) for b in begun for _ in range(3)])
    changed = [Entry(entry.kind, entry.object_id, f"{entry.title} جديد", entry.body) for entry in documents(30)]
    report("saving one entry", [timed(lambda e=e: put([e])) for e in changed])
    report("icontains, beside it", [timed(lambda q=q: with_icontains(q)) for q in QUERIES[:6]])


if __name__ == "__main__":
    main()
