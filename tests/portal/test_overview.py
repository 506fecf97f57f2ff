"""A chamber's overview: its header and bar, its newest outcomes, its meetings by year, and what stands for nothing."""

import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext

from tests import factories as make
from tests.pages import get, hrefs, section

pytestmark = pytest.mark.django_db

FUTURE = {"status": "scheduled", "results_published_at": None, "session_year": None, "session_month": None}


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def overview(client, chamber):
    return get(client, chamber.get_absolute_url())


def header_of(page):
    return re.search(r'<header class="page-head chamber-head.*?</header>', page, re.DOTALL)[0]


def words(markup):
    """Return the text of ``markup``, its spaces as one."""
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


def marks(page):
    """Return address and text of each mark of the picture, in order."""
    found = re.findall(
        r'<li class="month-(\d+)"><a[^>]*href="([^"]*)">(.*?)</a>', section(page, "sessions"), re.DOTALL
    )
    return [(int(month), href, words(text)) for month, href, text in found]


# Header


def test_the_header_names_family_region_seat_and_a_telephone_to_dial(client):
    region = make.make_region(name="سوس-ماسة")
    page = header_of(overview(client, make.make_chamber(regions=[region], seat="أكادير", phone="0528 84 10 20")))
    assert "الصناعة التقليدية" in words(page)
    assert "جهة سوس-ماسة" in words(page)
    assert "المقر: أكادير" in words(page)
    assert '<a href="tel:0528841020"><bdi dir="ltr">0528\u202f84\u202f10\u202f20</bdi></a>' in page


def test_the_header_leads_to_each_of_several_regions(client):
    regions = [make.make_region(), make.make_region()]
    page = header_of(overview(client, make.make_chamber(regions=regions)))
    assert {region.get_absolute_url() for region in regions} <= set(hrefs(page))


def test_the_header_is_silent_on_what_the_record_has_not(client):
    page = header_of(overview(client, make.make_chamber()))
    assert hrefs(page) == []
    assert "الهاتف" not in page


def test_the_header_gives_the_day_and_hour_of_the_next_meeting(client):
    meeting = make.make_meeting(date=in_days(9), time=time(10, 30), **FUTURE)
    line = re.search(r'<p class="chamber-next">.*?</p>', header_of(overview(client, meeting.chamber)), re.DOTALL)[0]
    assert hrefs(line) == [meeting.get_absolute_url()]
    assert words(line).startswith("الاجتماع المقبل:")
    assert words(line).endswith("على الساعة 10:30")


def test_the_bar_is_read_once_at_any_width_and_named_after_the_chamber(client):
    page = overview(client, make.make_chamber(short_name="غرفة الاختبار"))
    bar = re.search(r'<nav class="chamber-bar" aria-label="([^"]*)">\s*<details>.*?</details>\s*<ul>', page, re.DOTALL)
    assert bar[1] == "أقسام غرفة الاختبار"
    assert words(re.search(r"<summary>.*?</summary>", bar[0], re.DOTALL)[0]) == "أقسام الغرفة: نظرة عامة"


# Next, last, none


def test_without_a_coming_meeting_the_date_of_the_last_held_stands_in_words(client):
    meeting = make.make_meeting(date=date(2024, 12, 30))
    box = words(section(overview(client, meeting.chamber), "next"))
    assert "لا اجتماع مبرمج حاليا. آخر اجتماع نُشر انعقاده: الإثنين 30 دجنبر 2024." in box


def test_nobody_waits_for_a_meeting_of_a_closed_chamber(client):
    closed = make.make_chamber(closed_on=date(2015, 1, 1), closed_precision="year")
    make.make_meeting(chamber=closed, date=date(2013, 3, 19))
    box = words(section(overview(client, closed), "next"))
    assert "لا اجتماع مبرمج حاليا" not in box
    assert "الثلاثاء 19 مارس 2013" in box


def test_of_two_meetings_on_a_day_the_one_with_the_earlier_hour_is_next(client):
    chamber = make.make_chamber()
    make.make_meeting(chamber=chamber, date=in_days(3), time=None, **FUTURE)
    make.make_meeting(chamber=chamber, date=in_days(3), time=time(15), **FUTURE)
    first = make.make_meeting(chamber=chamber, date=in_days(3), time=time(9), **FUTURE)
    assert hrefs(section(overview(client, chamber), "next")) == [first.get_absolute_url()]


def test_a_chamber_whose_only_meeting_was_cancelled_says_none_is_scheduled(client):
    meeting = make.make_meeting(status="cancelled", results_published_at=None)
    page = overview(client, meeting.chamber)
    assert words(section(page, "next")) == "الاجتماع المقبل لا اجتماع مبرمج حاليا."
    assert gettext("No meeting of this chamber is published yet.") not in page


def test_a_chamber_in_no_region_leads_to_those_of_its_family(client):
    chamber = make.make_chamber(family="sea_fisheries")
    sister = make.make_chamber(family="sea_fisheries")
    make.make_chamber(family="crafts")
    assert hrefs(section(overview(client, chamber), "others")) == [sister.get_absolute_url()]


def test_a_chamber_with_meetings_does_not_lead_away(client):
    region = make.make_region()
    chamber = make.make_chamber(regions=[region])
    make.make_chamber(regions=[region])
    make.make_meeting(chamber=chamber)
    assert section(overview(client, chamber), "others") == ""


# Outcomes


def test_five_outcomes_of_one_meeting_name_it_once(client):
    meeting = make.make_meeting(title="دورة فريدة")
    for _n in range(7):
        make.make_item(meeting=meeting, outcome="adopted")
    box = section(overview(client, meeting.chamber), "outcomes")
    assert box.count("دورة فريدة") == 1
    assert hrefs(box)[1:6] == [f"{meeting.get_absolute_url()}#item-{n}" for n in range(1, 6)]
    assert "ونقطتان أخريان" in words(box)


def test_the_bar_of_a_meeting_counts_all_its_items_also_those_without_an_outcome(client):
    meeting = make.make_meeting()
    for outcome in ("adopted", "adopted", "adopted", "rejected", ""):
        make.make_item(meeting=meeting, outcome=outcome)
    box = words(section(overview(client, meeting.chamber), "outcomes"))
    assert "5 نقط" in box
    assert "3 صودق عليها" in box


def test_outcomes_of_two_meetings_stand_under_each_the_newer_first(client):
    chamber = make.make_chamber()
    old = make.make_meeting(chamber=chamber, date=date(2023, 5, 4))
    new = make.make_meeting(chamber=chamber, date=date(2024, 5, 4))
    for meeting in (old, new):
        make.make_item(meeting=meeting, outcome="adopted")
    assert hrefs(section(overview(client, chamber), "outcomes"))[:-1] == [
        new.get_absolute_url(), f"{new.get_absolute_url()}#item-1",
        old.get_absolute_url(), f"{old.get_absolute_url()}#item-1",
    ]  # fmt: skip


def test_results_that_are_not_public_yet_do_not_stand_on_the_overview(client):
    meeting = make.make_meeting(results_published_at=None)
    make.make_item(meeting=meeting, outcome="adopted")
    assert section(overview(client, meeting.chamber), "outcomes") == ""


# Sessions by year


def test_a_mark_leads_to_its_meeting_and_says_kind_date_and_state(client):
    meeting = make.make_meeting(kind="bureau", short_title="مكتب ماي", date=date(2024, 5, 7))
    assert marks(overview(client, meeting.chamber)) == [
        (5, meeting.get_absolute_url(), "7 مكتب ماي ، اجتماع المكتب، 7 ماي 2024، انعقد")
    ]


def test_the_mark_of_the_next_meeting_says_so(client):
    meeting = make.make_meeting(date=in_days(4), **FUTURE)
    ((_month, _href, text),) = marks(overview(client, meeting.chamber))
    assert text.endswith("، الاجتماع المقبل")


def test_a_meeting_known_by_its_year_says_that_its_month_is_not_known(client):
    meeting = make.make_meeting(date=date(2024, 1, 1), date_precision="year")
    ((month, _href, text),) = marks(overview(client, meeting.chamber))
    assert month == 0
    assert "2024 (بلا شهر معروف)" in text


def test_a_meeting_without_a_date_is_in_the_list_and_in_no_month(client):
    meeting = make.make_meeting(date=None, session_year=2022, session_month=6)
    page = overview(client, meeting.chamber)
    ((month, href, text),) = marks(page)
    assert (month, href) == (0, meeting.get_absolute_url())
    assert "التاريخ غير منشور" in text
    assert "2022 اجتماع واحد" in words(section(page, "sessions"))


@pytest.mark.parametrize(
    ("total", "counted"),
    [(1, "اجتماع واحد"), (2, "اجتماعان"), (3, "3 اجتماعات"), (11, "11 اجتماعا"), (100, "100 اجتماع")],
)
def test_a_year_counts_its_meetings(client, total, counted):
    chamber = make.make_chamber()
    for _n in range(total):
        make.make_meeting(chamber=chamber, date=date(2024, 3, 5))
    heading = re.search(r"<h3>.*?</h3>", section(overview(client, chamber), "sessions"), re.DOTALL)[0]
    assert words(heading) == f"2024 {counted}"


def test_years_without_meetings_are_said_in_words(client):
    chamber = make.make_chamber()
    for year in (2024, 2020, 2018):
        make.make_meeting(chamber=chamber, date=date(year, 3, 5))
    text = words(section(overview(client, chamber), "sessions"))
    assert "من 2021 إلى 2023: لا اجتماعات منشورة" in text
    assert "2019: لا اجتماعات منشورة" in text


def test_meetings_older_than_six_years_are_counted_and_lie_behind_the_link(client):
    chamber = make.make_chamber()
    for year in range(2016, 2025):
        make.make_meeting(chamber=chamber, date=date(year, 3, 5))
    box = section(overview(client, chamber), "sessions")
    assert "في اللائحة الكاملة 3 اجتماعات أقدم." in words(box)
    assert hrefs(box)[-1] == f"{chamber.get_absolute_url()}meetings/"
    assert "(9)" in words(box)


def test_a_draft_has_no_mark(client):
    meeting = make.make_meeting()
    make.make_meeting(chamber=meeting.chamber, state="draft", published_at=None)
    assert [href for _month, href, _text in marks(overview(client, meeting.chamber))] == [meeting.get_absolute_url()]


# The rest


def test_agreements_in_force_come_first(client):
    chamber = make.make_chamber()
    running = make.make_agreement(lead_chamber=chamber, url_year=2019)
    make.make_step(agreement=running, stage="in_force")
    newer = make.make_agreement(lead_chamber=chamber, url_year=2024)
    make.make_step(agreement=newer, stage="signed")
    assert hrefs(section(overview(client, chamber), "agreements"))[:2] == [
        running.get_absolute_url(),
        newer.get_absolute_url(),
    ]


def test_the_bureau_comes_first_in_the_order_of_its_offices(client):
    chamber = make.make_chamber()
    committee = make.make_body(chamber=chamber, kind="committee", name="لجنة المالية")
    bureau = make.make_body(chamber=chamber, kind="bureau", name="المكتب")
    chair = make.make_membership(body=committee, office="chair")
    treasurer = make.make_membership(body=bureau, office="treasurer")
    second = make.make_membership(body=bureau, office="vice_president", rank=2)
    president = make.make_membership(body=bureau, office="president")
    box = section(overview(client, chamber), "offices")
    assert hrefs(box)[:-1] == [row.person.get_absolute_url() for row in (president, second, treasurer, chair)]
    assert re.findall(r'<h3 class="organ"><bdi>([^<]*)</bdi>', box) == ["المكتب", "لجنة المالية"]


def test_the_day_offices_were_named_stands_once_for_all_that_share_it(client):
    bureau = make.make_body(kind="bureau")
    for rank in (1, 2, 3):
        make.make_membership(body=bureau, office="vice_president", rank=rank, seen_on=date(2026, 1, 16))
    assert words(section(overview(client, bureau.chamber), "offices")).count("16 يناير 2026") == 1


def test_documents_stand_with_the_newest_first(client):
    chamber = make.make_chamber()
    old = make.make_document(chamber=chamber, url="", issued_on=date(2020, 1, 1))
    new = make.make_document(chamber=chamber, url="", issued_on=date(2024, 1, 1))
    make.make_document(chamber=chamber, url="", issued_on=None)
    assert hrefs(section(overview(client, chamber), "documents"))[:2] == [
        new.get_absolute_url(),
        old.get_absolute_url(),
    ]


def test_a_chamber_without_documents_says_so(client):
    box = section(overview(client, make.make_chamber()), "documents")
    assert "لم تُنشر وثائق بعد." in box
    assert hrefs(box) == []


def test_an_empty_chamber_costs_no_more_than_a_full_one(client):
    region = make.make_region()
    chamber = make.make_chamber(regions=[region])
    for _n in range(5):
        make.make_chamber(regions=[region])
    client.get("/about/")
    with CaptureQueriesContext(connection) as queries:
        overview(client, chamber)
    assert len(queries) <= 12
