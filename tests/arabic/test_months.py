"""Django's own words after the overrides: months, formats, plurals, and nothing left in English."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django
import polib
import pytest
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.template import Context, Template
from django.template.defaultfilters import filesizeformat
from django.utils import formats
from django.utils.dateformat import format as date_format_with
from django.utils.formats import date_format, number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext, override
from django.views.i18n import JSONCatalog

from arabic.dates import MONTHS, WEEKDAYS

OVERRIDES = Path(__file__).resolve().parents[2] / "locale_overrides" / "ar" / "LC_MESSAGES"
DJANGO = Path(django.__file__).parent
TWELVE = [
    (1, "يناير"),
    (2, "فبراير"),
    (3, "مارس"),
    (4, "أبريل"),
    (5, "ماي"),
    (6, "يونيو"),
    (7, "يوليوز"),
    (8, "غشت"),
    (9, "شتنبر"),
    (10, "أكتوبر"),
    (11, "نونبر"),
    (12, "دجنبر"),
]


@pytest.fixture(autouse=True)
def arabic():
    with override("ar"):
        yield


@pytest.fixture
def script_words(rf):
    response = JSONCatalog.as_view(packages=["django.contrib.admin"])(rf.get("/"))
    return json.loads(response.content)["catalog"]


@pytest.mark.parametrize(("month", "name"), TWELVE)
@pytest.mark.parametrize("letter", ["F", "E", "N", "b", "M"])
def test_month_names_in_every_form(month, name, letter):
    assert date_format_with(date(2024, month, 1), letter) == name


@pytest.mark.parametrize(("month", "name"), TWELVE)
def test_month_names_of_date_format(month, name):
    assert date_format(date(2024, month, 1), "F") == name


def test_django_and_our_own_table_agree():
    assert [date_format(date(2024, month, 1), "F") for month in range(1, 13)] == list(MONTHS)
    assert [date_format(date(2024, 12, day), "l") for day in range(2, 9)] == list(WEEKDAYS)


@pytest.mark.parametrize(
    ("english", "month", "short"),
    [("May", "ماي", "May"), ("July", "يوليوز", "Jul"), ("August", "غشت", "Aug"), ("December", "دجنبر", "Dec")],
)
def test_month_names_in_the_admins_scripts(script_words, english, month, short):
    assert script_words[english] == month
    assert script_words[f"abbrev. month {english}\x04{short}"] == month


def test_day_names_in_the_admins_scripts(script_words):
    assert script_words["Monday"] == "الإثنين"
    assert script_words["one letter Monday\x04M"] == "ن"


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        (date(2018, 11, 23), "DATE_FORMAT", "23 نونبر 2018"),
        (date(2018, 11, 23), "SHORT_DATE_FORMAT", "23/11/2018"),
        (datetime(2018, 11, 23, 15), "DATETIME_FORMAT", "23 نونبر 2018، 15:00"),
        (datetime(2018, 11, 23, 15), "SHORT_DATETIME_FORMAT", "23/11/2018 15:00"),
        (date(2018, 11, 23), "YEAR_MONTH_FORMAT", "نونبر 2018"),
        (date(2018, 11, 23), "MONTH_DAY_FORMAT", "23 نونبر"),
        (date(2018, 11, 23), "l j F Y", "الجمعة 23 نونبر 2018"),
    ],
)
def test_date_formats(value, name, text):
    assert date_format(value, name) == text


def test_times_run_to_24_hours():
    assert formats.time_format(datetime(2018, 11, 23, 15).time()) == "15:00"


def test_the_week_starts_on_monday():
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


def test_numbers_take_an_unbreakable_space_and_a_comma():
    assert number_format("1245600.00", force_grouping=True) == "1\u00a0245\u00a0600,00"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "يوم واحد"),
        (2, "يومين"),
        (3, "3\u00a0أيام"),
        (6, "6\u00a0أيام"),
        (7, "أسبوع واحد"),
        (14, "أسبوعين"),
        (61, "شهرين"),
        (730, "سنتين"),
        (365 * 11 + 3, "11\u00a0سنة"),
        (365 * 101 + 25, "101\u00a0سنة"),
    ],
)
def test_spans_of_days(days, text):
    start = datetime(2001, 1, 1)
    assert timesince(start, start + timedelta(days=days), depth=1).replace(" ", "\u00a0") == text.replace(
        " ", "\u00a0"
    )


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "أقل من دقيقة"),
        (1, "دقيقة واحدة"),
        (2, "دقيقتين"),
        (10, "10 دقائق"),
        (11, "11 دقيقة"),
        (60, "ساعة واحدة"),
        (120, "ساعتين"),
        (125, "ساعتين، 5 دقائق"),
        (720, "12 ساعة"),
    ],
)
def test_spans_of_minutes(minutes, text):
    start = datetime(2001, 1, 1)
    assert timesince(start, start + timedelta(minutes=minutes)).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("past", "text"),
    [
        (timedelta(seconds=2), "منذ ثانيتين"),
        (timedelta(minutes=2), "منذ دقيقتين"),
        (timedelta(hours=5), "منذ 5 ساعات"),
        (timedelta(days=2), "منذ يومين"),
        (timedelta(days=-2, seconds=-60), "بعد يومين"),
    ],
)
def test_natural_time(past, text, time_machine):
    time_machine.move_to(datetime(2026, 1, 15, 12, tzinfo=UTC), tick=False)
    assert naturaltime(datetime(2026, 1, 15, 12, tzinfo=UTC) - past).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 بايت"), (1, "بايت واحد"), (2, "بايتان"), (3, "3 بايتات"), (11, "11 بايتا"), (100, "100 بايت")],
)
def test_sizes_in_six_forms(count, text):
    assert filesizeformat(count).replace("\u00a0", " ") == text


def test_sizes_are_spelt_out():
    assert filesizeformat(1_258_291).replace("\u00a0", " ") == "1,2 ميغابايت"


def test_the_admin_bears_our_name():
    assert gettext("Django administration") == "إدارة بوابة الغرف"
    assert gettext("Django site admin") == "إدارة بوابة الغرف"


def test_words_of_templates():
    assert Template("{{ d|date:'l j F Y' }}").render(Context({"d": date(2018, 8, 23)})) == "الخميس 23 غشت 2018"


def entries(path):
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


@pytest.mark.parametrize(
    ("package", "domain"),
    [
        ("conf", "django"),
        ("contrib/admin", "django"),
        ("contrib/admin", "djangojs"),
        ("contrib/auth", "django"),
        ("contrib/contenttypes", "django"),
        ("contrib/humanize", "django"),
        ("contrib/sessions", "django"),
    ],
)
def test_no_text_of_django_is_left_in_english(package, domain):
    folder = DJANGO / package / "locale"
    arabic = entries(folder / "ar" / "LC_MESSAGES" / f"{domain}.po") | entries(OVERRIDES / f"{domain}.po")
    english = entries(folder / "en" / "LC_MESSAGES" / f"{domain}.po")
    missing = [key for key in english if key not in arabic or not arabic[key].translated()]
    assert not missing


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_override_replaces_or_adds_a_text_of_django(domain):
    english = {}
    for path in DJANGO.glob(f"**/locale/en/LC_MESSAGES/{domain}.po"):
        english |= entries(path)
    unknown = [key for key in entries(OVERRIDES / f"{domain}.po") if key not in english]
    assert not unknown


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_overrides_count_as_django_does(domain):
    overrides = polib.pofile(str(OVERRIDES / f"{domain}.po"))
    djangos = polib.pofile(str(DJANGO / "contrib" / "admin" / "locale" / "ar" / "LC_MESSAGES" / f"{domain}.po"))
    assert overrides.metadata["Plural-Forms"] == djangos.metadata["Plural-Forms"]
