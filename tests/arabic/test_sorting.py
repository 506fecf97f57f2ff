"""The order of names: the same key from the database and from Python, and the order readers expect."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arabic.sorting import fold_letters, sort_fold
from chambers.models import Chamber
from tests.factories import make_chamber

KEYS = [
    ("الأطلسية–الوسطى", "اطلسيه الوسطي"),
    ("الجمعية", "جمعيه"),
    ("إفران", "افران"),
    ("آسفي", "اسفي"),
    ("مؤسسة", "موسسه"),
    ("هيئة", "هييه"),
    ("ڭلميم-واد نون", "كلميم واد نون"),
    ("اتّفاقيّة عُضْوًا", "اتفاقيه عضوا"),
    ("العيــون", "عيون"),
    ("علی", "علي"),
    ("شراكة مع GIZ", "شراكه مع giz"),
    ("Fès-Meknès", "fes meknes"),
    ("Le Bâtiment", "le batiment"),
    ("غرفة التجارة", "غرفه التجاره"),
    ("ميزانية 2025", "ميزانيه 2025"),
    ("ال", ""),
    ("اَلجديدة", "جديده"),
    ("it's 100% «sûr»", "it's 100% «sûr»"),
]
LETTERS = st.sampled_from(
    [
        *"ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىةیھڭپگ",
        *"ـًٌٍَُِّْٰ",
        *"0123456789٠١٢٣",
        *"abcXYZéèâç",
        *" -–،.«»'%_\\",
    ]
)


def key_in_database(name):
    return Chamber.objects.values_list("sort_key", flat=True).get(pk=make_chamber(name=name).pk)


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_python_makes_the_key(name, key):
    assert sort_fold(name) == key


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "key"), KEYS)
def test_database_makes_the_key(name, key):
    assert key_in_database(name) == key


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(LETTERS, max_size=40))
def test_database_and_python_agree(name):
    assert key_in_database(name) == sort_fold(name)


def test_search_keeps_the_article():
    assert fold_letters("الأطلسية") == "الاطلسيه"


@pytest.mark.django_db
def test_chambers_stand_in_the_order_of_the_alphabet():
    for name in ["الدار البيضاء", "طنجة", "آسفي", "الرباط", "بني ملال", "إفران", "العيون", "أكادير", "تازة"]:
        make_chamber(name=name)
    assert [chamber.name for chamber in Chamber.objects.all()] == [
        "آسفي",
        "إفران",
        "أكادير",
        "بني ملال",
        "تازة",
        "الدار البيضاء",
        "الرباط",
        "طنجة",
        "العيون",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["الاطلسيه", "أطلسية", "وسطى اطلسية", "الوسطي"])
def test_search_finds_any_spelling(typed):
    chamber = make_chamber(name="الغرفة الأطلسية–الوسطى")
    make_chamber(name="غرفة الشمال")
    assert list(Chamber.objects.search(typed)) == [chamber]


@pytest.mark.django_db
def test_search_needs_every_word():
    make_chamber(name="الغرفة الأطلسية–الوسطى")
    assert not Chamber.objects.search("الأطلسية الشمالية").exists()
