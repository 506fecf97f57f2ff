from datetime import date
from decimal import Decimal, InvalidOperation
from time import perf_counter

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from arabic.templatetags.arabic import isolate, join_arabic, ltr, money, partial_date, short_partial_date


def render(source, **context):
    return Template("{% load arabic %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "run",
    [
        # Read rightly even when plain, and still when isolated.
        "2005/2017",
        "23/11/2018",
        "50.17",
        "15:00",
        "contact@ccis.ma",
        "https://www.ccis.ma/fr?page=2",
        "ISO 9001",
        # Reversed when plain.
        "2005-2017",
        "2018-11-23",
        "2024-10-21",
        "0535-62-31-83",
        "10:00-12:30",
        "20%",
        # Reversed when plain, and under CSS alone.
        "2005–2017",
        "+212 535 62 31 83",
        "1 245 600,00",
        "« Artisanat »",
        "C++",
        "2,4 MDH",
        "1\u00a0245\u00a0600,00",
        "1\u202f245\u202f600,00",
        # From the table of direction rules.
        "0522 26 43 00",
        "05 22 00 00 00",
        "0522264300",
        "+212 (0)535 62 31 83",
        "1 250 000,00",
        "112-14",
        "1-11-91",
        "63,5%",
        "63,5 %",
        "-3,2%",
        "656.062.116,83",
        "74414469.53",
        "10h30",
        "12 kg",
        "ISO 9001:2015",
        "COVID-19",
        "SIAM 2025",
        "www.ccis.ma",
        "Fès-Meknès",
        "Commission Énergie, Mines et Eau",
        "http://cpman.ma/2016/11/النظام-الأساسي",
    ],
)
def test_isolate_wraps_the_whole_run(run):
    assert isolate(f"قبل {run} بعد") == f"قبل <bdi>{run}</bdi> بعد"


@pytest.mark.parametrize(
    "text",
    [
        "سنة 2023 5 اجتماعات",
        "سنة 2023 500 مقاول",
        "المادة 5، الفقرة 3",
        "1. النقطة الأولى",
        "15مارس 2019",
        "نص عربي «بين مزدوجتين»؟",
        "",
    ],
)
def test_isolate_leaves_single_numbers_and_arabic_alone(text):
    assert isolate(text) == text


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("«ONCA» و«OFPPT»", "«<bdi>ONCA</bdi>» و«<bdi>OFPPT</bdi>»"),
        ("مع ONCA، OFPPT وANAPEC.", "مع <bdi>ONCA</bdi>، <bdi>OFPPT</bdi> و<bdi>ANAPEC</bdi>."),
        ("سنة 2024 ONCA نعم", "سنة 2024 <bdi>ONCA</bdi> نعم"),
        ("ISO 9001 5 اجتماعات", "<bdi>ISO 9001</bdi> 5 اجتماعات"),
        ("OFPPT 1 245 600 درهم", "<bdi>OFPPT</bdi> <bdi>1 245 600</bdi> درهم"),
        ("(https://ccis.ma).", "(<bdi>https://ccis.ma</bdi>)."),
        ("بين 10h30 و12h", "بين <bdi>10h30</bdi> و<bdi>12h</bdi>"),
        ("من 5% إلى 10%", "من <bdi>5%</bdi> إلى <bdi>10%</bdi>"),
        ("R&D", "<bdi>R&amp;D</bdi>"),
        ("Chambre d'Artisanat", "<bdi>Chambre d&#x27;Artisanat</bdi>"),
    ],
)
def test_isolate_ends_each_run_where_it_ends(text, markup):
    assert isolate(text) == markup


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        'https://x.ma/"onmouseover="alert(1)',
        "https://x.ma/<b>",
        "a@b.ma<b>",
        "« <b> »",
        "&lt;b&gt;",
    ],
)
def test_isolate_lets_no_markup_through(text):
    markup = isolate(text).replace("<bdi>", "").replace("</bdi>", "")
    assert not set(markup) & set("<>\"'")
    assert markup.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&") == text


def test_isolate_escapes_once():
    assert render("{{ text|isolate }}", text="أ & ب <20%>") == "أ &amp; ب &lt;<bdi>20%</bdi>&gt;"
    assert render("{{ text|isolate|isolate }}", text="أ & 20%") == "أ &amp; <bdi><bdi>20%</bdi></bdi>"


def test_isolate_keeps_safe_markup_and_its_attributes():
    markup = mark_safe('<p title="2005-2017">من 2005-2017 &amp; <a href="http://ccis.ma">موقع ISO</a></p>')
    assert isolate(markup) == (
        '<p title="2005-2017">من <bdi>2005-2017</bdi> &amp; <a href="http://ccis.ma">موقع <bdi>ISO</bdi></a></p>'
    )


def test_isolate_after_linebreaks():
    assert render("{{ text|linebreaks|isolate }}", text="نسبة 20%\n<b>") == (
        "<p>نسبة <bdi>20%</bdi><br>&lt;<bdi>b</bdi>&gt;</p>"
    )


def test_isolate_of_nothing():
    assert isolate(None) == ""
    assert isinstance(isolate(None), SafeString)


@given(st.text())
def test_isolate_only_adds_tags(text):
    markup = isolate(text).replace("<bdi>", "").replace("</bdi>", "")
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        markup = markup.replace(entity, character)
    assert markup == text


@pytest.mark.parametrize(
    "piece", ["a", "1 ", "1 111", "a-", "<", "a@", "a.", "1.1,", "« A", ".", "+1 ", '<a "', "a b, "]
)
def test_isolate_is_quick_on_hostile_text(piece):
    start = perf_counter()
    isolate(mark_safe("http://" + piece * 10_000))
    assert perf_counter() - start < 2


@pytest.mark.parametrize(
    ("value", "markup"),
    [
        ("0522 26 43 00", '<bdi dir="ltr">0522\u202f26\u202f43\u202f00</bdi>'),
        ("+212 535 62 31 83", '<bdi dir="ltr">+212\u202f535\u202f62\u202f31\u202f83</bdi>'),
        ("2024/38", '<bdi dir="ltr">2024/38</bdi>'),
        ("112-14", '<bdi dir="ltr">112-14</bdi>'),
        (38, '<bdi dir="ltr">38</bdi>'),
        ("<b>", '<bdi dir="ltr">&lt;b&gt;</bdi>'),
        ("", ""),
        (None, ""),
    ],
)
def test_ltr(value, markup):
    assert render("{{ value|ltr }}", value=value) == markup
    assert isinstance(ltr(value), SafeString)


@pytest.mark.parametrize(
    ("amount", "digits"),
    [
        (Decimal("1245600.00"), "1\u202f245\u202f600"),
        (Decimal("1245600.50"), "1\u202f245\u202f600,50"),
        (Decimal("74414469.53"), "74\u202f414\u202f469,53"),
        (Decimal("999.995"), "1\u202f000"),
        (Decimal("-12.5"), "−12,50"),
        (Decimal("-0.001"), "0"),
        (5000000, "5\u202f000\u202f000"),
        ("0", "0"),
    ],
)
def test_money(amount, digits):
    assert render("{{ amount|money }}", amount=amount) == f'<bdi dir="ltr">{digits}</bdi>\u00a0درهم'


def test_money_of_nothing():
    assert money(None) == ""
    assert money("") == ""


def test_money_refuses_what_is_no_number():
    with pytest.raises(InvalidOperation):
        money("<b>")


@pytest.mark.parametrize(
    ("precision", "text"), [("day", "الإثنين 30 دجنبر 2024"), ("month", "دجنبر 2024"), ("year", "2024")]
)
def test_partial_date(precision, text):
    assert render("{{ d|partial_date:precision }}", d=date(2024, 12, 30), precision=precision) == text


def test_short_partial_date():
    assert render('{{ d|short_partial_date:"day" }}', d=date(2024, 12, 30)) == "30 دجنبر 2024"
    assert render('{{ d|short_partial_date:"month" }}', d=date(2024, 10, 1)) == "أكتوبر 2024"


def test_partial_date_of_nothing():
    assert partial_date(None, "day") == ""
    assert short_partial_date(None) == ""


@pytest.mark.parametrize(
    ("values", "markup"),
    [
        ([], ""),
        (["فاس"], "فاس"),
        (["فاس", "مكناس"], "فاس ومكناس"),
        (["فاس", "مكناس", "صفرو"], "فاس، مكناس وصفرو"),
        (["الرباط", "وجدة"], "الرباط ووجدة"),
        (["الوزارة", "ONCA"], "الوزارة و<bdi>ONCA</bdi>"),
        (["ONCA", "OFPPT", "الوزارة"], "<bdi>ONCA</bdi>، <bdi>OFPPT</bdi> والوزارة"),
        ([2023, 2024], "<bdi>2023</bdi> و<bdi>2024</bdi>"),
        (["أ", "«المجلس»"], "أ و«المجلس»"),
        (["أ", '"المجلس"'], "أ و&quot;المجلس&quot;"),
    ],
)
def test_join_arabic(values, markup):
    assert render("{{ values|join_arabic }}", values=values) == markup


def test_join_arabic_lets_no_markup_through():
    assert join_arabic(["<b>ب</b>", "<i>"]) == "<bdi>&lt;b&gt;ب&lt;/b&gt;</bdi> و<bdi>&lt;i&gt;</bdi>"


def test_join_arabic_keeps_links():
    links = [mark_safe('<a href="/a/">فاس</a>'), mark_safe('<a href="/b/">ONCA</a>')]
    assert join_arabic(links) == '<a href="/a/">فاس</a> و<bdi><a href="/b/">ONCA</a></bdi>'
