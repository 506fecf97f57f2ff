"""The page of figures: what is counted, what is not, and that each figure is what its list says."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.figures import counted, said
from tests.pages import get, main_of, section
from tests.test_query_counts import Archive, cost

pytestmark = pytest.mark.django_db

NO_RESULTS = {"results_published_at": None}
DRAFT = {"state": "draft", "published_at": None}


def figures(client, name=""):
    """Return the page's main part, or one of its pictures by the id of its heading."""
    page = main_of(get(client, "/figures/"))
    return section(page, name) if name else page


def rows(picture):
    """Return the figures of a picture by the words that stand beside them."""
    found = re.findall(r'<th scope="row">(.*?)</th>\s*<td><a [^>]*>(\d+)<', picture, re.DOTALL)
    return {re.sub(r"<[^>]+>|[\u2066-\u2069]", "", words).strip(): int(n) for words, n in found}


def lines(picture):
    """Return total and parts of each line of outcomes, in order, by the line's words."""
    found = {}
    for line in re.split(r"(?=<h4 )", picture)[1:]:
        words = re.sub(r"<[^>]+>", "", re.search(r"<h4 [^>]*>(.*?)</h4>", line, re.DOTALL)[1]).strip()
        found[words] = [said(text) for text in re.findall(r"<a [^>]*>(.*?)</a>", line, re.DOTALL)]
    return found


# Decisions


def test_items_are_counted_by_outcome_in_the_order_of_the_bar(client):
    meeting = make.make_meeting()
    for outcome in ["rejected", "adopted", "adopted", "adopted_as_amended", "", "postponed", ""]:
        make.make_item(meeting=meeting, outcome=outcome)
    assert list(rows(figures(client, "outcomes")).items()) == [
        ("صودق عليها", 2), ("صودق عليها مع تعديل", 1), ("أُجّلت", 1), ("رُفضت", 1), ("لم تُعلن النتيجة", 2)
    ]  # fmt: skip


def test_the_heading_says_how_many_were_adopted_with_the_amended_ones(client):
    meeting = make.make_meeting()
    for outcome in ["adopted", "adopted", "adopted_as_amended", "rejected"]:
        make.make_item(meeting=meeting, outcome=outcome)
    assert "صودق على 3 نقط، من أصل 4" in figures(client, "outcomes")


@pytest.mark.parametrize(
    ("adopted", "words"),
    [
        (0, "لم يصادَق على أي نقطة، من أصل 1"),
        (1, "صودق على نقطة واحدة، من أصل 2"),
        (2, "صودق على نقطتين، من أصل 3"),
        (3, "صودق على 3 نقط، من أصل 4"),
        (11, "صودق على 11 نقطة، من أصل 12"),
        (100, "صودق على 100 نقطة، من أصل 101"),
    ],
)
def test_the_heading_counts_in_every_plural(client, adopted, words):
    meeting = make.make_meeting()
    make.make_item(meeting=meeting, outcome="rejected")
    for _n in range(adopted):
        make.make_item(meeting=meeting, outcome="adopted")
    assert words in figures(client, "outcomes")


def test_items_are_counted_by_the_year_of_the_session_newest_first(client):
    old = make.make_meeting(url_year=2019, session_year=2019)
    new = make.make_meeting(url_year=2025, session_year=2025, date=None)
    for meeting, outcome in [(old, "adopted"), (old, "adopted"), (old, "rejected"), (new, "")]:
        make.make_item(meeting=meeting, outcome=outcome)
    assert list(lines(figures(client, "years")).items()) == [("2025", [1, 1]), ("2019", [3, 2, 1])]


def test_at_most_the_twelve_newest_years_are_shown(client):
    for year in range(2010, 2023):
        make.make_item(meeting=make.make_meeting(url_year=year))
    shown = [str(year) for year in range(2022, 2010, -1)]
    assert list(lines(figures(client, "years"))) == shown
    assert list(rows(figures(client, "meeting-years"))) == shown


def test_items_are_counted_by_family_also_those_of_unnamed_chambers(client):
    named = make.make_meeting(chamber=make.make_chamber(family="agriculture"))
    unnamed = make.make_meeting(family="agriculture")
    fishers = make.make_meeting(chamber=make.make_chamber(family="sea_fisheries"))
    for meeting in (named, unnamed, unnamed, fishers):
        make.make_item(meeting=meeting, outcome="adopted")
    assert lines(figures(client, "families")) == {
        "التجارة والصناعة والخدمات": [0], "الصناعة التقليدية": [0], "الفلاحة": [3, 3], "الصيد البحري": [1, 1]
    }  # fmt: skip


def test_an_item_counts_under_each_region_of_its_chamber(client):
    north, south = make.make_region(name="جهة الشمال"), make.make_region(name="جهة الجنوب")
    both = make.make_meeting(chamber=make.make_chamber(regions=[north, south]))
    one = make.make_meeting(chamber=make.make_chamber(regions=[north]))
    nowhere = make.make_meeting(chamber=make.make_chamber())
    for meeting in (both, one, one, nowhere):
        make.make_item(meeting=meeting)
    assert rows(figures(client, "regions")) == {"جهة الشمال": 3, "جهة الجنوب": 1}


@pytest.mark.parametrize("hidden", [DRAFT | NO_RESULTS, NO_RESULTS, {"agenda_published_at": None}])
def test_items_whose_results_are_not_public_are_not_counted(client, hidden):
    make.make_item(meeting=make.make_meeting(), outcome="adopted")
    make.make_item(meeting=make.make_meeting(**hidden), outcome="rejected")
    assert rows(figures(client, "outcomes")) == {"صودق عليها": 1}


def test_bars_begin_at_the_start_and_are_as_long_as_their_counts(client):
    meeting = make.make_meeting()
    for outcome in ["adopted"] * 4 + ["rejected"]:
        make.make_item(meeting=meeting, outcome=outcome)
    widths = re.findall(r'mark-(\w+)" width="([\d.]+%)"', figures(client, "outcomes"))
    assert widths == [("adopted", "100.00%"), ("rejected", "25.00%")]


def test_a_line_of_outcomes_is_as_long_as_its_total(client):
    many, few = make.make_meeting(url_year=2025), make.make_meeting(url_year=2024)
    for meeting, outcome in [(many, "adopted")] * 4 + [(few, "adopted"), (few, "rejected")]:
        make.make_item(meeting=meeting, outcome=outcome)
    widths = re.findall(r'mark-(\w+)" width="([\d.]+%)"', figures(client, "years"))
    assert widths == [("adopted", "100.00%"), ("adopted", "25.00%"), ("rejected", "25.00%")]


# Agreements


def test_agreements_are_counted_by_their_present_stage_along_the_track(client):
    for stages in (["adopted", "signed"], ["signed"], ["proposed"], ["suspended"]):
        agreement = make.make_agreement()
        for stage in stages:
            make.make_step(agreement=agreement, stage=stage)
    assert list(rows(figures(client, "stages")).items()) == [
        ("مشروع", 1), ("في لجنة", 0), ("صودق عليها", 0), ("أُحيلت للتأشير", 0), ("أشّرت عليها سلطة الوصاية", 0),
        ("في انتظار التوقيع", 0), ("موقّعة", 2), ("قيد التنفيذ", 0), ("منتهية", 0), ("معلّقة", 1), ("مفسوخة", 0),
        ("مرفوضة", 0),
    ]  # fmt: skip


def test_agreements_without_a_public_step_are_counted_apart(client):
    make.make_agreement()
    make.make_step(agenda_item=make.make_item(meeting=make.make_meeting(**NO_RESULTS)), stage="adopted")
    assert "stage=unpublished" in figures(client, "stages")
    assert list(rows(figures(client, "stages")).values()) == [0] * 12 + [2]


def test_partners_are_counted_by_their_public_agreements_the_most_first(client):
    bank, league = make.make_organisation(name="بنك"), make.make_organisation(name="عصبة")
    hidden = make.make_organisation(name="هيئة غير منشورة", **DRAFT)
    shared = make.make_agreement()
    for organisation in (bank, league, hidden):
        make.make_party(agreement=shared, organisation=organisation)
    make.make_party(organisation=league)
    make.make_party(organisation=bank, agreement=make.make_agreement(**DRAFT))
    make.make_party(chamber=make.make_chamber(), agreement=shared)
    assert list(rows(figures(client, "partners")).items()) == [("عصبة", 2), ("بنك", 1)]


def test_at_most_fifteen_partners_are_listed(client):
    agreement = make.make_agreement()
    for _n in range(16):
        make.make_party(agreement=agreement)
    assert len(rows(figures(client, "partners"))) == 15
    assert '<a class="more" href="/organisations/">' in figures(client, "partners")


def test_agreements_without_a_named_partner_say_so(client):
    make.make_agreement()
    assert "لم يُذكر أي شريك بعد." in figures(client, "partners")


# Meetings and what the figures cover


def test_meetings_are_counted_by_kind_status_and_year_coming_ones_too(client):
    make.make_meeting(url_year=2023)
    make.make_meeting(kind="bureau", status="cancelled")
    make.make_meeting(
        kind="bureau", status="scheduled", date=timezone.localdate() + timedelta(days=9), url_year=2026, **NO_RESULTS
    )
    make.make_meeting(**DRAFT | NO_RESULTS)
    assert rows(figures(client, "kinds")) == {"دورة عادية": 1, "اجتماع المكتب": 2}
    assert rows(figures(client, "statuses")) == {"مبرمج": 1, "انعقد": 1, "أُلغي": 1}
    assert list(rows(figures(client, "meeting-years")).items()) == [("2026", 1), ("2024", 1), ("2023", 1)]


def test_the_page_says_what_its_figures_cover(client):
    chamber = make.make_chamber()
    meetings = [make.make_meeting(chamber=chamber, url_year=year) for year in (2019, 2022, 2024)]
    source = make.make_source()
    for meeting in (*meetings, make.make_meeting(**DRAFT | NO_RESULTS)):
        make.make_meeting_citation(meeting=meeting, source=source)
    words = re.sub(r"<[^>]+>", "", figures(client, "coverage"))
    assert "3 اجتماعات من 2019 إلى 2024 · غرفة واحدة · مصدر واحد" in words


def test_nothing_recorded_is_said(client):
    page = figures(client)
    assert "لم يُنشر بعد ما يمكن عدّه" in page
    assert '<table class="bars' not in page


def test_agreements_alone_are_counted(client):
    make.make_step(agreement=make.make_agreement(), stage="signed")
    page = figures(client)
    assert rows(section(page, "stages"))["موقّعة"] == 1
    assert "لم تُنشر أي نتيجة بعد." in page


# The page


def record_of_all_kinds():
    """Make records that lists and figures could count differently, were their rules not one."""
    region, other = make.make_region(), make.make_region()
    fishers = make.make_chamber(family="sea_fisheries", regions=[region, other])
    farmers = make.make_chamber(family="agriculture", regions=[region])
    held = make.make_meeting(chamber=fishers, url_year=2024)
    undated = make.make_meeting(chamber=farmers, url_year=2022, date=None, kind="extraordinary")
    unnamed = make.make_meeting(family="crafts", url_year=2023)
    later = timezone.localdate() + timedelta(days=30)
    make.make_meeting(chamber=farmers, url_year=2024, status="scheduled", date=later, **NO_RESULTS)
    hidden = [make.make_meeting(chamber=fishers, **fields) for fields in (DRAFT | NO_RESULTS, NO_RESULTS)]
    outcomes = ["adopted", "adopted", "", "rejected", "postponed", "noted"]
    items = [make.make_item(meeting=m, outcome=o) for m in (held, undated, unnamed, *hidden) for o in outcomes]
    for n, stage in enumerate(["adopted", "signed", "signed", "rejected", None]):
        agreement = make.make_agreement(lead_chamber=farmers)
        if stage:
            make.make_step(agreement=agreement, stage="proposed")
            make.make_step(agreement=agreement, stage=stage)
        for organisation in [make.make_organisation(), make.make_organisation(**DRAFT)][: n % 3]:
            make.make_party(agreement=agreement, organisation=organisation)
    make.make_step(stage="adopted", agenda_item=items[-1])  # of a meeting whose results are not public
    make.make_agreement(**DRAFT)


def test_every_figure_is_what_its_list_says(client):
    record_of_all_kinds()
    found = counted(figures(client))
    assert {"/chambers/", "/meetings/", "/decisions/", "/agreements/"} <= {href for href, _n in found}
    assert any("party=" in href for href, _n in found)
    wrong = [(href, n) for href, n in found if said(get_heading(client, href)) != n]
    assert wrong == []


def get_heading(client, href):
    return re.search(r'id="results"[^>]*>\s*<h2>(.*?)</h2>', get(client, href), re.DOTALL)[1]


def test_no_picture_is_read_out_and_every_table_has_headers(client):
    record_of_all_kinds()
    page = figures(client)
    drawn = re.findall(r'<(?:div|span) class="bar"[^>]*>', page)
    assert drawn
    assert all('aria-hidden="true"' in tag for tag in drawn)
    assert "style=" not in page
    assert page.count("<table") == page.count("<caption") == page.count("<thead")


def test_the_page_has_a_description_and_its_one_address(client):
    page = get(client, "/figures/?utm=x")
    assert re.search(r'<meta name="description" content="ما قررته الغرف حسب النتيجة', page)
    assert '<link rel="canonical" href="http://testserver/figures/">' in page


def test_every_page_leads_to_the_figures(client):
    assert '<a href="/figures/">' in get(client, "/about/")


@pytest.mark.parametrize("size", [10, 300])
def test_the_figures_cost_the_same_for_ten_rows_and_three_hundred(client, size):
    Archive(size)
    assert cost(client, "/figures/")[0] == 9
