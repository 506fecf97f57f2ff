import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arabic.dates import MONTHS, format_partial, parse_date_text, parse_time_text


@pytest.mark.parametrize(
    "text",
    [
        "31 نونبر 2018",
        "29 فبراير 2023",
        "0 ماي 2024",
        "31/11/2018",
        "2018-11-31",
        "23/13/2018",
        "5 ماي 2024 على الساعة 25:00",
        "5 ماي 2024 على الساعة 10:60",
        "24 يوليوز الجاري",
        "31 نونبر",
        "5 ماي 2024 إلى 7 ماي 2024",
        "5 ماي 2024 و06/05/2024",
        "5 ماي 2024 من 10:00 إلى 12:30",
        "5 ماي 2024 على الساعة الثالثة",
    ],
)
def test_what_cannot_be_one_date_is_refused(text):
    with pytest.raises(ValueError):
        parse_date_text(text)


def test_the_refusal_of_a_day_names_day_month_and_year():
    with pytest.raises(ValueError, match=r"31.*نونبر 2018"):
        parse_date_text("31 نونبر 2018")


def test_the_refusal_of_a_time_names_the_time():
    with pytest.raises(ValueError, match=re.escape("25:00")):
        parse_date_text("5 ماي 2024 على الساعة 25:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "دورة أكتوبر 2024",
        "2024",
        "القانون رقم 38.12",
        "الظهير 1-11-91",
        "ظهير 21-09-1",
        "الفترة 2005-2017",
        "الهاتف 0535-62-31-83",
        "الخميس 6",
        "10 ربيع الآخر 1434",
        "15 مارسات 2019",
    ],
)
def test_text_without_a_date(text):
    assert parse_date_text(text) is None


@pytest.mark.parametrize(
    ("text", "day", "hour", "weekday_matches"),
    [
        ("الجمعة 23 نونبر 2018 على الساعة الثالثة بعد الزوال", date(2018, 11, 23), time(15), True),
        ("الخميس 6 يوليوز 2017", date(2017, 7, 6), None, True),
        ("فاتح ماي 2024", date(2024, 5, 1), None, None),
        ("15مارس 2019", date(2019, 3, 15), None, None),
        ("٢٣ نوفمبر ٢٠١٨", date(2018, 11, 23), None, None),
        ("23/11/2018", date(2018, 11, 23), None, None),
        ("23-11-2018", date(2018, 11, 23), None, None),
        ("23.11.2018", date(2018, 11, 23), None, None),
        ("23/11/18", date(2018, 11, 23), None, None),
        ("23 / 11 / 2018", date(2018, 11, 23), None, None),
        ("2018-11-23", date(2018, 11, 23), None, None),
        ("2018-11-23T15:00", date(2018, 11, 23), time(15), None),
        ("٢٣\u200f/١١\u200f/٢٠١٨ ١٥:٠٠", date(2018, 11, 23), time(15), None),
        ("23 نونبر 2018 15h30", date(2018, 11, 23), time(15, 30), None),
        ("23 نونبر 2018، السادسة والنصف مساء", date(2018, 11, 23), time(18, 30), None),
        ("30 دجنبر 2024 الحادية عشرة إلا ربعا صباحا", date(2024, 12, 30), time(10, 45), None),
        ("vendredi 23 novembre 2018 à 15h", date(2018, 11, 23), time(15), True),
        ("1er août 2024", date(2024, 8, 1), None, None),
        ("12 كانون الأول 2017", date(2017, 12, 12), None, None),
    ],
)
def test_nineteen_ways_to_type_a_date(text, day, hour, weekday_matches):
    typed = parse_date_text(text)
    assert (typed.date, typed.time, typed.weekday_matches) == (day, hour, weekday_matches)


@pytest.mark.parametrize(
    ("text", "day", "hour", "weekday_matches"),
    [
        ("على الساعة التاسعة والنصف من صباح يومه الإثنين 28 مارس 2022", date(2022, 3, 28), time(9, 30), True),
        ("الثلاثاء 28 أكتوبر 2025، على الساعة العاشرة (10:00)", date(2025, 10, 28), time(10), True),
        ("على تمام الساعة العاشرة صباحا من يومه الجمعة 26 شتنبر 2025", date(2025, 9, 26), time(10), True),
        ("الساعة الحادية عشرة من صباح يوم الأربعاء 28 أكتوبر 2025", date(2025, 10, 28), time(11), False),
        ("الخميس 26 يونيو 2025، ابتداءً من الساعة العاشرة والنصف صباحًا", date(2025, 6, 26), time(10, 30), True),
        ("22 صفر 1430 (18 فبراير2009)", date(2009, 2, 18), None, None),
        ("الجمعة 15مارس 2019 بعد صلاة الظهر", date(2019, 3, 15), None, True),
        ("الاثنين 25 مارس 2019", date(2019, 3, 25), None, True),
    ],
)
def test_dates_as_the_sources_print_them(text, day, hour, weekday_matches):
    typed = parse_date_text(text)
    assert (typed.date, typed.time, typed.weekday_matches) == (day, hour, weekday_matches)


def test_a_date_without_year_takes_it_from_the_context():
    assert parse_date_text("24 يوليوز الجاري", year=2025).date == date(2025, 7, 24)


def test_a_written_year_wins_over_the_context():
    assert parse_date_text("24 يوليوز 2024", year=2025).date == date(2024, 7, 24)


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("يناير", 1),
        ("كانون الثاني", 1),
        ("شباط", 2),
        ("آذار", 3),
        ("إبريل", 4),
        ("ابريل", 4),
        ("مايو", 5),
        ("ماي", 5),
        ("حزيران", 6),
        ("يوليو", 7),
        ("يوليوز", 7),
        ("أغسطس", 8),
        ("غشت", 8),
        ("سبتمبر", 9),
        ("شتنبر", 9),
        ("اكتوبر", 10),
        ("تشرين الأول", 10),
        ("نوفمبر", 11),
        ("ديسمبر", 12),
        ("دجنبر", 12),
    ],
)
def test_month_names_of_other_countries_are_read(name, month):
    assert parse_date_text(f"7 {name} 2024").date == date(2024, month, 7)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("15:00", time(15)),
        ("15:00:30", time(15)),
        ("15h30", time(15, 30)),
        ("15h", time(15)),
        ("س 15", time(15)),
        ("10 س", time(10)),
        ("الساعة 10.30", time(10, 30)),
        ("10 صباحا", time(10)),
        ("الساعة 3 بعد الزوال", time(15)),
        ("الساعة العاشرة و 30 دقيقة", time(10, 30)),
        ("السادسة والنصف مساء", time(18, 30)),
        ("السادسة والنصف مساءً", time(18, 30)),
        ("الحادية عشرة إلا ربعا صباحا", time(10, 45)),
        ("العاشرة والثلث صباحا", time(10, 20)),
        ("الواحدة إلا ربعا زوالا", time(12, 45)),
        ("الثانية عشرة زوالا", time(12)),
        ("الثامنة والربع ليلا", time(20, 15)),
        ("الثانية عشرة ليلا", time(0)),
        ("الساعة الثالثة (15:00)", time(15)),
        ("على الساعة التاسعة", time(9)),
        ("١٥:٣٠", time(15, 30)),
        ("بعد صلاة الظهر", None),
        ("الدورة الثالثة", None),
        ("الخميس 6", None),
        ("12", None),
        ("", None),
    ],
)
def test_parse_time_text(text, hour):
    assert parse_time_text(text) == hour


@pytest.mark.parametrize("text", ["24:00", "10:75", "الساعة الثالثة", "10:00 أو 11:00", "الساعة التاسعة (10:00)"])
def test_doubtful_times_are_refused(text):
    with pytest.raises(ValueError):
        parse_time_text(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31)))
def test_a_written_day_reads_back(day):
    typed = parse_date_text(format_partial(day, "day"))
    assert (typed.date, typed.weekday_matches) == (day, True)


@given(st.text(alphabet="0123456789/-.: الساعةهونصفصباحا15مارسماي2024h"))
def test_any_text_gives_a_date_none_or_a_refusal(text):
    try:
        typed = parse_date_text(text)
    except ValueError as error:
        assert str(error)
    else:
        assert typed is None or 1000 <= typed.date.year <= 2999


def test_months_are_twelve():
    assert len(set(MONTHS)) == 12


@pytest.mark.parametrize(
    ("precision", "text"), [("day", "الإثنين 30 دجنبر 2024"), ("month", "دجنبر 2024"), ("year", "2024")]
)
def test_format_partial(precision, text):
    assert format_partial(date(2024, 12, 30), precision) == text


def test_format_partial_without_the_weekday():
    assert format_partial(date(2024, 10, 1), "day", weekday=False) == "1 أكتوبر 2024"


def test_format_partial_refuses_another_precision():
    with pytest.raises(ValueError, match="week"):
        format_partial(date(2024, 12, 30), "week")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (2, "الإثنين"),
        (3, "الثلاثاء"),
        (4, "الأربعاء"),
        (5, "الخميس"),
        (6, "الجمعة"),
        (7, "السبت"),
        (8, "الأحد"),
    ],
)
def test_weekday_names(day, name):
    assert format_partial(date(2024, 12, day), "day") == f"{name} {day} دجنبر 2024"
