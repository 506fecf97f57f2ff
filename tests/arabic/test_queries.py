import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic.queries import MOST_TERMS, parse, parse_prefix, with_clitics
from arabic.words import stems

text = st.one_of(
    st.text(),
    st.text(st.sampled_from("اأبتةكفلو \"«»“”-*()\x00%_\\' aé1٢")),
)

# What people and machines type that breaks engines with a grammar.
HOSTILE = [
    '100% "',
    "AND",
    "a*b",
    "(x",
    "غرفة:",
    "OR -غرفة %s",
    "\\",
    "' '; drop table search_searchentry; --",
    "«»",
    '""',
    "NEAR(",
    "NEAR(a b, 3",
    "غرفة\x00فاس",
    "\x00",
    "😀 👩‍👩‍👧",
    "؟؟",
    "<script>alert(1)</script>",
    "",
    "   ",
    "-",
    "- -",
    "--",
    '"',
    '"غرفة',
    "«غرفة",
    'غرفة" فاس',
    "من في على",
    "و",
    "title_ix : غرفة",
    "^غرفة",
    "{غرفة} + فاس",
    "غرفة & | ! <-> فاس:*",
    "غرفة " * 2000,
    "ا" * 10_000,
    "a" * 60,
    "a" * 10_000,
    "aa bb " * 50,
    "œ" * 60,
    "ß" * 60,
    "ﬃ" * 60,
    "\u202e\u200f\ufeff",
    "ـــــ",
    "ًٌٍ",
    "½ ² ﷺ ﷽",
    "غرفة fès 2024 日本 हिन्दी",
    "\ud7ff\ue000",
]


def folded(terms):
    return [term.folded for term in terms]


def test_words_and_joining_words():
    assert folded(parse("من ترأس لقاء اليوم العالمي للتعاونيات").terms) == [
        "تراس",
        "لقاء",
        "اليوم",
        "العالمي",
        "للتعاونيات",
    ]


def test_joining_words_alone_are_searched():
    assert folded(parse("من في").terms) == ["من", "في"]


@pytest.mark.parametrize("typed", ['"الحلف التعاوني الدولي"', "«الحلف التعاوني الدولي»", "“الحلف التعاوني الدولي”"])
def test_phrases(typed):
    (term,) = parse(typed).terms
    assert term.is_phrase
    assert term.stems == tuple(stems("الحلف التعاوني الدولي").split())


def test_a_quote_without_partner_is_white_space():
    assert [term.is_phrase for term in parse('غرفة "فاس').terms] == [False, False]


def test_exclusion():
    query = parse("اتفاقية -صفرو")
    assert folded(query.terms) == ["اتفاقيه"]
    assert folded(query.excluded) == ["صفرو"]


@pytest.mark.parametrize(
    "region", ["مراكش -آسفي", "مراكش- آسفي", "مراكش-آسفي", "مراكش – آسفي", "كلميم- واد نون", "طنجة- تطوان- الحسيمة"]
)
def test_the_dash_of_a_region_excludes_nothing(region):
    assert parse(region).excluded == ()
    assert stems(region).split() == [part for term in parse(region).terms for part in term.stems]


def test_exclusions_alone_are_words():
    assert folded(parse("-غرفة").terms) == ["غرفه"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("نوفمبر 2018", ("نونبر",)),
        ("تشرين الثاني 2018", ("نونبر",)),
        ("بتشرين الثاني", ("نونبر",)),
        ("في الدار البيضاء", ("بيضاء",)),
        ("Casablanca-Settat", ("سطات",)),
        ("رؤساء", ("رئيس",)),
        ("ولجان", ("لجنة",)),
        ("لفاس", ("فاس",)),
    ],
)
def test_other_names_of_the_same(typed, meant):
    wanted = tuple(stems(" ".join(meant)).split())
    assert any(wanted in term.alternatives for term in parse(typed).terms)


def test_exact_words_stand_for_themselves():
    (term,) = parse("رؤساء", exact=True).terms
    assert term.alternatives == {("رؤساء".replace("ؤ", "و"),)}


def test_clitics_go_in_front_of_arabic_only():
    assert ("وفاس",) in with_clitics(("فاس",))
    assert with_clitics(("fes",)) == [("fes",)]


def test_the_word_being_typed():
    assert parse_prefix("الفخا")[1] == "الفخا"
    assert parse_prefix("غرفة فا")[1] == ""
    assert parse_prefix("غرفة ")[1] == ""
    assert folded(parse_prefix("غرفة فاس")[0].terms) == ["غرفه"]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_is_an_error(typed):
    query = parse(typed)
    assert len(query.terms) <= MOST_TERMS
    assert all(all(part.isalnum() for part in sequence) for term in query.terms for sequence in term.alternatives)
    parse_prefix(typed)


@given(text)
def test_every_text_is_a_query(typed):
    query = parse(typed)
    for term in (*query.terms, *query.excluded):
        assert term.stems in term.alternatives
        for sequence in term.alternatives:
            assert all(part.isalnum() for part in sequence)
    parse_prefix(typed)
    parse(typed, exact=True)
