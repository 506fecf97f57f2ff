import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from search.facets import Filters
from search.index import Entry, count_terms, put, remove
from search.models import SearchEntry, SearchTerm
from search.query import search, suggest
from tests.arabic.test_queries import HOSTILE
from tests.search.documents import entries

QUERIES = json.loads((Path(__file__).parent / "queries.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture
def documents():
    put(entries())


def found(text, **options):
    return [hit.object_id for hit in search(text, now=NOW, **options).hits]


def note(key, title, body="", **fields):
    return Entry(kind=fields.pop("kind", "note"), object_id=key, title=title, body=body, **fields)


def shown(pieces):
    return "".join(f"[{text}]" if is_found else text for text, is_found in pieces)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query["kind"])
def test_what_is_relevant_comes_first(documents, query):
    keys = found(query["typed"], typing=query["is_prefix"])
    assert set(keys[: len(query["relevant"])]) == set(query["relevant"])


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("typing", [False, True])
def test_nothing_typed_breaks_the_database(documents, typed, typing):
    results = search(typed, typing=typing)
    assert results.total == sum(results.facets.get("kind", {}).values())
    assert isinstance(suggest(typed), list)


def test_nothing_typed_finds_nothing(documents):
    assert search("؟؟").total == 0


@pytest.mark.parametrize("moment", [None, LATER])
def test_what_is_not_public_is_found_nowhere(moment):
    put([note("hidden", "سرية القنديل", "قنديل أخضر", public_from=moment), note("open", "اجتماع", "كلام")])
    assert found("القنديل") == []
    assert search("اجتماع", now=NOW).total == 1
    assert suggest("القند", now=NOW) == []
    assert search("القنديلل", now=NOW).corrections == []
    assert search("اجتماع القنديل", now=NOW).corrections == []


def test_a_scheduled_entry_is_found_from_its_moment():
    put([note("scheduled", "القنديل", public_from=LATER)])
    assert found("القنديل") == []
    assert search("القنديل", now=LATER).total == 1
    assert suggest("القند", now=LATER) == ["القنديل"]


def test_what_is_taken_back_takes_its_words_along():
    put([note("a", "القنديل"), note("b", "اجتماع")])
    put([note("a", "القنديل", public_from=None)])
    assert found("القنديل") == []
    assert suggest("القند") == []
    assert not SearchTerm.objects.filter(word="القنديل").exists()


def test_what_is_removed_takes_its_words_along():
    put([note("a", "القنديل اجتماع"), note("b", "اجتماع")])
    assert remove("note", ["a", "unknown"]) == 1
    assert not SearchTerm.objects.filter(word="القنديل").exists()
    assert SearchTerm.objects.filter(word="اجتماع").exists()


def test_a_changed_text_is_found_by_its_new_words():
    put([note("a", "القنديل")])
    assert put([note("a", "المصباح")]) == 1
    assert found("القنديل") == []
    assert found("مصباح") == ["a"]
    assert SearchEntry.objects.count() == 1


def test_what_did_not_change_is_not_written_again(django_assert_num_queries):
    put([note("a", "القنديل")])
    with django_assert_num_queries(3):  # a savepoint, and one look
        assert put([note("a", "القنديل")]) == 0


def test_counting_the_words_anew_changes_nothing_of_them(documents):
    before = set(SearchTerm.objects.values_list("word", "stem", "skeleton"))
    assert count_terms() == len(before)
    assert set(SearchTerm.objects.values_list("word", "stem", "skeleton")) == before
    assert SearchTerm.objects.get(word="الغرفه").df == 2


def test_words_are_suggested_as_they_are_written(documents):
    assert suggest("الدبلوم") == ["الدبلوماسية"]
    assert suggest("غرفة التج") == ["غرفة التجارة"]
    assert suggest("غرفة ") == []
    assert suggest("غر") == []


def test_an_article_not_typed_is_suggested(documents):
    assert suggest("دبلوم") == ["الدبلوماسية"]


def test_suggestions_find_something_together_with_what_stands_before(documents):
    assert suggest("صفرو الدبلوم") == []


def test_a_misspelt_word_is_corrected_and_said(documents):
    results = search("الزكرانني")
    assert [hit.object_id for hit in results.hits] == ["casablanca"]
    (correction,) = results.corrections
    assert correction == ("الزكرانني", ["الزكراني"])


def test_exactly_what_was_typed(documents):
    assert found("الزكرانني", exact=True) == []
    assert found("أغسطس", exact=True) == []
    assert found("ترأس", exact=True) == ["fes"]


def test_no_other_form_of_what_was_typed():
    put(
        [
            note("same", "دعم الصُّنَّاع", "كلام"),
            note("singular", "دعم صانع", "كلام"),
            note("behind", "دعم وللصناع", "كلام"),
        ]
    )
    assert set(found("الصناع")) == {"same", "singular", "behind"}
    results = search("الصناع", exact=True, now=NOW)
    assert [hit.object_id for hit in results.hits] == ["same"]
    assert (results.total, results.facets["kind"]) == (1, {"note": 1})
    assert shown(results.hits[0].title) == "دعم [الصُّنَّاع]"
    assert found('"دعم صانع"', exact=True) == ["singular"]


@pytest.mark.parametrize(
    "typed", ["عبدالرحيم", "الدارالبيضاء", "ومراكشآسفي", "بن  موسى", "مُوسَى", "Fès-Meknès", "٢٠٢٤", "المـوسم"]
)
def test_exactly_this_text(typed):
    put([note("same", f"كلمة {typed} هنا"), note("other", "كلام")])
    assert found(typed, exact=True) == ["same"]


def test_the_extract_of_a_long_text_shows_what_was_found():
    put([note("long", "محضر", "كلام كثير " * 3000 + "القنديل " + "كلام كثير " * 3000)])
    (hit,) = search("القنديل", now=NOW).hits
    assert "[القنديل]" in shown(hit.extract)


def test_pages_end_where_the_ranking_ends(monkeypatch):
    monkeypatch.setattr("search.query.MOST_RANKED", 2)
    put([note(str(number), "دورة") for number in range(4)])
    results = search("دورة", size=1, page=3, now=NOW)
    assert (results.total, results.reachable, results.hits) == (4, 2, [])


def test_those_that_hold_half_of_the_words_follow_where_few_hold_all(documents):
    results = search("اتفاقيات صفرو")
    assert [(hit.object_id, hit.is_near) for hit in results.hits] == [("fes", False)]
    put([note("other", "معرض صفرو"), note("third", "معرض بركان")])
    results = search("اتفاقيات صفرو")
    assert [(hit.object_id, hit.is_near) for hit in results.hits] == [("fes", False), ("other", True)]
    assert (results.total, results.facets["kind"], results.is_loose) == (1, {"page": 1}, False)
    assert [hit.object_id for hit in search("اتفاقيات صفرو", filters=Filters(kind=["page"])).hits] == ["fes"]
    assert search("اتفاقيات صفرو", page=2).hits == []
    assert found('"للصناعة التقليدية بصفرو" -بركان', exact=True) == ["fes"]


def test_ten_that_hold_all_words_are_enough():
    put([note(str(number), "دورة أكتوبر") for number in range(10)] + [note("half", "دورة غشت")])
    assert "half" not in found("دورة أكتوبر")
    remove("note", ["0"])
    assert found("دورة أكتوبر")[-1] == "half"


@pytest.mark.parametrize("typed", ["28/10/2025", "٢٨-١٠-٢٠٢٥", "28 أكتوبر 2025", "28.10.2025", "28 octobre 2025"])
def test_a_date_is_found_however_it_is_written(typed):
    put(
        [
            note("words", "دورة 28 أكتوبر 2025"),
            note("numbers", "دورة 28/10/2025"),
            note("other", "دورة 28/11/2025 وغيرها"),
            note("third", "دورة 10 غشت 2025"),
        ]
    )
    found = search(typed, now=NOW)
    assert {hit.object_id for hit in found.hits if not hit.is_near} == {"words", "numbers"}


@pytest.mark.parametrize(
    ("typed", "key"),
    [("Tantaoui", "tantawi"), ("zekrani", "zakrani"), ("elfekhari", "fakhari"), ("Benmoussa", "benmoussa")],
)
def test_arabic_names_typed_in_latin_letters(typed, key):
    put(
        [
            note("tantawi", "كلمة رياض الطنطاوي"),
            note("zakrani", "كلمة عبد الرحيم الزكراني"),
            note("fakhari", "كلمة ناجي الفخاري"),
            note("benmoussa", "كلمة سعيد بن موسى"),
        ]
    )
    results = search(typed, now=NOW)
    assert [hit.object_id for hit in results.hits] == [key]
    assert [one.typed for one in results.corrections] == [typed.lower()]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("مياه السدود", "السد"),
        ("السد الكبير", "سدود"),
        ("انتقلت الغرفة ببني ملال", "بني ملال"),
        ("لقاء بسلا", "سلا"),
        ("دباغو المدينة", "الدباغة"),
        ("مهنيو القطاع", "مهني"),
        ("زيارة المهنيين", "مهنيو القطاع"),
    ],
)
def test_forms_of_a_word(text, typed):
    put([note("a", text), note("b", "محضر")])
    assert found(typed) == ["a"]


def test_a_word_behind_letters_is_found_by_its_beginning():
    put([note("a", "الراحة البيولوجية للأخطبوط")])
    assert found("الاخط", typing=True) == ["a"]


def test_where_nothing_holds_all_words_the_rarest_count(documents):
    results = search("القانون الدستوري في صفرو")
    assert results.is_loose
    assert {hit.object_id for hit in results.hits} == {"safi", "fes"}


def test_exclusion(documents):
    assert set(found("التعاونيات")) == {"marrakech", "fes"}
    assert found("التعاونيات -صفرو") == ["marrakech"]


def test_a_title_that_says_it_exactly_comes_first():
    put(
        [
            note("body", "محضر", "دورة أكتوبر دورة أكتوبر دورة أكتوبر"),
            note("apart", "أكتوبر شهر كل دورة"),
            note("same", "دورة أكتوبر"),
        ]
    )
    assert found("دورة أكتوبر")[0] == "same"
    assert found("دورة أكتوبر")[-1] == "body"


def test_of_two_equal_ones_the_recent_comes_first():
    put([note("old", "دورة", date=date(2015, 1, 1)), note("new", "دورة", date=date(2026, 1, 1))])
    assert found("دورة") == ["new", "old"]


def test_by_date():
    put(
        [
            note("old", "دورة", date=date(2015, 1, 1)),
            note("undated", "دورة"),
            note("new", "محضر", "دورة", date=date(2026, 1, 1)),
        ]
    )
    assert found("دورة", by_date=True) == ["new", "old", "undated"]


@pytest.fixture
def sessions():
    put(
        [
            note("1", "دورة", kind="meeting", chambers=["fes", "safi"], family="crafts", year=2024),
            note("2", "دورة", kind="meeting", chambers=["fes"], family="crafts", year=2023),
            note("3", "دورة", kind="item", chambers=["safi"], family="crafts", outcome="adopted"),
            note("4", "دورة", kind="item", outcome="rejected", stage="signed", stage_before="adopted",
                 result_from=LATER),
        ]
    )  # fmt: skip


def test_facets_count_what_fits_the_other_filters(sessions):
    results = search("دورة", filters=Filters(kind=["meeting"], chambers=["fes"]), now=NOW)
    assert results.total == 2
    assert results.facets["kind"] == {"meeting": 2}
    assert results.facets["chambers"] == {"fes": 2, "safi": 1}
    assert results.facets["year"] == {2024: 1, 2023: 1}


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        (Filters(kind=["item"]), {"3", "4"}),
        (Filters(chambers=["safi"]), {"1", "3"}),
        (Filters(chambers=["saf"]), set()),
        (Filters(family=["crafts"], year=[2023]), {"2"}),
        (Filters(outcome=["adopted"]), {"3"}),
        (Filters(outcome=["rejected"]), set()),
        (Filters(stage=["adopted"]), {"4"}),
    ],
)
def test_filters(sessions, filters, keys):
    results = search("دورة", filters=filters, now=NOW)
    assert {hit.object_id for hit in results.hits} == keys
    assert results.total == len(keys)


def test_a_result_counts_from_its_moment(sessions):
    assert search("دورة", now=NOW).facets["outcome"] == {"adopted": 1}
    assert search("دورة", now=LATER).facets["outcome"] == {"adopted": 1, "rejected": 1}
    assert search("دورة", now=LATER).facets["stage"] == {"signed": 1}


def test_pages_hold_every_hit_once():
    put([note(str(n), "دورة", "كلام " * n) for n in range(23)])
    pages = [found("دورة", page=page, size=10) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 3]
    assert len({key for page in pages for key in page}) == 23


def test_best_bets_hold_every_word_in_their_name():
    put([note("fes", "غرفة فاس", kind="chamber"), note("other", "غرفة", "فاس", kind="chamber"), note("n", "غرفة فاس")])
    assert [hit.object_id for hit in search("غرفة بفاس", best_kinds=["chamber"]).best] == ["fes"]


def test_words_are_marked_as_they_are_written():
    put([note("a", "مُعَلِّمُو الدِّبَاغَة", "في غشت ٢٠٢٤ بفاس")])
    (hit,) = search("الدباغه أغسطس 2024 فاس").hits
    assert shown(hit.title) == "مُعَلِّمُو [الدِّبَاغَة]"
    assert shown(hit.extract) == "في [غشت] [٢٠٢٤] [بفاس]"


def test_a_nul_in_a_text_is_white_space():
    put([note("a", "غرفة\x00فاس")])
    assert found("فاس") == ["a"]


def test_a_very_long_text_is_indexed_as_far_as_the_database_can_hold():
    put([note("a", "محضر", " ".join(f"كلمة{n}ا" for n in range(60_000)))])
    assert found("محضر") == ["a"]
