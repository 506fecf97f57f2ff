"""What the pages of meetings, agreements and documents show in each of their states."""

import gzip
import re
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from meetings.models import AgreementCitation, Stage
from tests import factories as make
from tests.pages import badges, get, hrefs, item, main_of, section

pytestmark = pytest.mark.django_db

FUTURE = {"status": "scheduled", "results_published_at": None, "session_year": None, "session_month": None}
LONG = "الدورة العادية لشهر أكتوبر من سنة ألفين وأربع وعشرين للجمعية العامة لغرفة الصناعة التقليدية بالجهة المخصصة "
LONG = (LONG * 2)[:175]


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def page_of(client, record):
    return main_of(get(client, record.get_absolute_url()))


# A meeting to come


def test_a_coming_meeting_shows_its_agenda_without_outcomes(client):
    meeting = make.make_meeting(date=in_days(9), time=time(10), **FUTURE)
    point = make.make_item(meeting=meeting, title="مناقشة الميزانية")
    page = page_of(client, meeting)
    assert point.title in section(page, "agenda")
    assert badges(page) == ["scheduled"]
    assert 'class="outcomes"' not in page
    assert f"{meeting.get_absolute_url()}calendar.ics" in hrefs(page)


def test_a_coming_meeting_without_an_agenda_says_so(client):
    meeting = make.make_meeting(date=in_days(9), agenda_published_at=None, **FUTURE)
    agenda = section(page_of(client, meeting), "agenda")
    assert gettext("The agenda is not published yet.") in agenda
    assert "<ol" not in agenda


def test_a_coming_meeting_says_nothing_of_minutes(client):
    meeting = make.make_meeting(date=in_days(9), **FUTURE)
    words = gettext(
        "The minutes of this meeting are not published yet. They are usually put to the next session for approval."
    )
    assert words not in page_of(client, meeting)


def test_the_meeting_of_today_is_marked(client):
    meeting = make.make_meeting(date=in_days(0), **FUTURE)
    page = page_of(client, meeting)
    assert badges(page)[0] == "today"
    assert f"{meeting.get_absolute_url()}calendar.ics" in hrefs(page)


def test_a_meeting_of_several_days_is_of_today_until_the_last(client):
    meeting = make.make_meeting(date=in_days(-1), end_date=in_days(1), **FUTURE)
    assert badges(page_of(client, meeting))[0] == "today"


def test_a_scheduled_meeting_whose_day_has_passed_is_not_called_held(client):
    meeting = make.make_meeting(date=date(2024, 10, 21), **FUTURE)
    page = page_of(client, meeting)
    assert gettext("Its day has passed; whether it was held is not published yet.") in page
    assert "held" not in badges(page)


# A meeting that was held


def test_a_past_meeting_without_minutes_says_so_and_leads_to_the_next_session(client):
    meeting = make.make_meeting()
    later = make.make_meeting(chamber=meeting.chamber, date=date(2025, 2, 3), title="دورة فبراير الموالية")
    papers = section(page_of(client, meeting), "papers")
    assert later.get_absolute_url() in hrefs(papers)
    assert later.title in papers


def test_a_past_meeting_with_minutes_offers_them_first(client):
    meeting = make.make_meeting()
    minutes = make.make_document(meeting=meeting, url="")
    minutes.file.save("pv.pdf", ContentFile(b"%PDF-1.4"))
    page = page_of(client, meeting)
    actions = re.search(r'<div class="actions">.*?</div>', page, re.DOTALL)[0]
    assert hrefs(actions) == [f"/documents/{minutes.address}/file/", f"{meeting.get_absolute_url()}print/"]
    assert "PDF" in actions


def test_minutes_name_the_meeting_that_approved_them_and_it_names_them(client):
    meeting = make.make_meeting()
    later = make.make_meeting(chamber=meeting.chamber, date=date(2025, 2, 3))
    minutes = make.make_document(meeting=meeting, approved_in=later)
    assert later.get_absolute_url() in hrefs(section(page_of(client, meeting), "papers"))
    assert minutes.title in section(page_of(client, later), "papers")


def test_a_past_meeting_without_outcomes_says_so_of_each_item(client):
    meeting = make.make_meeting()
    for _n in range(3):
        make.make_item(meeting=meeting)
    agenda = section(page_of(client, meeting), "agenda")
    assert badges(agenda) == ["unpublished"] * 3


def test_a_past_meeting_whose_results_are_not_out_says_so_of_each_item(client):
    meeting = make.make_meeting(results_published_at=None)
    make.make_item(meeting=meeting, outcome="adopted")
    agenda = section(page_of(client, meeting), "agenda")
    assert badges(agenda) == ["unpublished"]
    assert gettext("The outcomes of this meeting are not published.") in agenda


def test_each_outcome_has_its_badge_in_the_order_of_the_agenda(client):
    meeting = make.make_meeting()
    codes = ["adopted", "rejected", "postponed", "", "noted", "adopted_as_amended", "withdrawn", "referred"]
    for code in codes:
        make.make_item(meeting=meeting, outcome=code)
    assert badges(section(page_of(client, meeting), "agenda")) == [code or "unpublished" for code in codes]


def test_votes_stand_as_counts_at_their_item(client):
    meeting = make.make_meeting()
    make.make_item(
        meeting=meeting, outcome="adopted", majority="by_majority", votes_for=62, votes_against=3, votes_abstained=1
    )
    make.make_item(meeting=meeting, outcome="adopted")
    page = page_of(client, meeting)
    first = item(page, 1)
    assert re.findall(r"<bdi>(\d+)</bdi>", first.split('class="votes"')[1]) == ["62", "3", "1"]
    assert gettext("by majority") in first
    assert 'class="votes"' not in item(page, 2)


def test_a_vote_of_nobody_against_is_shown_as_zero(client):
    meeting = make.make_meeting()
    make.make_item(meeting=meeting, outcome="adopted", votes_for=40, votes_against=0)
    assert "<bdi>0</bdi>" in item(page_of(client, meeting), 1)


def test_a_unanimous_vote_is_said_in_words(client):
    meeting = make.make_meeting()
    make.make_item(meeting=meeting, outcome="adopted", majority="unanimous")
    assert gettext("unanimously") in item(page_of(client, meeting), 1)


def test_the_words_of_the_source_stand_beside_the_outcome(client):
    meeting = make.make_meeting()
    make.make_item(meeting=meeting, outcome="adopted", outcome_as_printed="صودق عليه بالأغلبية المطلقة")
    assert "«<bdi>صودق عليه بالأغلبية المطلقة</bdi>»" in item(page_of(client, meeting), 1)


# Postponed, cancelled, failed, open


def test_a_postponed_meeting_shows_the_day_given_up_and_the_new_one(client):
    meeting = make.make_meeting(
        status="postponed", status_reason="بطلب من المكتب", date=date(2024, 12, 16), results_published_at=None
    )
    make.make_sitting(meeting=meeting, status="superseded", date=date(2024, 12, 9))
    page = page_of(client, meeting)
    assert re.search(r"<s>[^<]*9 دجنبر 2024</s>", page)
    assert "16 دجنبر 2024" in page
    assert meeting.status_reason in page
    assert badges(page)[0] == "postponed"


def test_a_meeting_postponed_without_a_new_day_says_so(client):
    meeting = make.make_meeting(status="postponed", date=None, results_published_at=None)
    assert gettext("No new day was set yet.") in page_of(client, meeting)


def test_a_cancelled_meeting_is_struck_and_says_why(client):
    meeting = make.make_meeting(status="cancelled", status_reason="لعدم توفر القاعة", results_published_at=None)
    page = page_of(client, meeting)
    assert f"<s><bdi>{meeting.title}</bdi></s>" in page
    assert meeting.status_reason in page
    assert f"{meeting.get_absolute_url()}calendar.ics" not in hrefs(page)


def test_a_cancelled_meeting_keeps_its_agenda_folded(client):
    meeting = make.make_meeting(status="cancelled", results_published_at=None)
    make.make_item(meeting=meeting, title="مشروع الميزانية")
    page = get(client, meeting.get_absolute_url())
    folded = re.search(r'<details class="kept-agenda">.*?</details>', page, re.DOTALL)[0]
    assert "مشروع الميزانية" in folded
    assert "<details open" not in folded


def test_a_cancelled_meeting_stays_in_the_list_struck(client):
    meeting = make.make_meeting(status="cancelled")
    assert re.search(rf'class="[^"]*struck[^"]*"><a href="{meeting.get_absolute_url()}"', get(client, "/meetings/"))


def test_a_meeting_held_at_the_second_call_names_the_first(client):
    meeting = make.make_meeting(date=date(2024, 10, 28))
    make.make_sitting(
        meeting=meeting, status="no_quorum", date=date(2024, 10, 21), members_present=20, members_in_office=66
    )
    page = page_of(client, meeting)
    assert "21 أكتوبر 2024" in page
    assert "<bdi>66</bdi>" in page
    assert badges(page)[0] == "held"


def test_a_meeting_without_quorum_says_so(client):
    meeting = make.make_meeting(status="no_quorum", status_reason="حضر عشرون عضوا", results_published_at=None)
    page = page_of(client, meeting)
    assert badges(page)[0] == "no_quorum"
    assert meeting.status_reason in page


def test_a_session_left_open_names_its_further_sitting(client):
    meeting = make.make_meeting(status="left_open")
    make.make_sitting(meeting=meeting, status="continued", date=date(2024, 11, 4))
    page = page_of(client, meeting)
    assert badges(page)[0] == "left_open"
    assert "4 نونبر 2024" in page


# Events, long agendas, long titles


@pytest.mark.parametrize("kind", ["training_day", "information_meeting", "study_day"])
def test_an_event_has_talks_and_recommendations_and_no_agenda(client, kind):
    meeting = make.make_meeting(kind=kind, theme="التعاونيات رافعة للتنمية", audience="الصناع التقليديون")
    talk = make.make_talk(meeting=meeting, title="عرض حول التعاونيات", points=["أولا", "ثانيا"])
    advice = make.make_recommendation(meeting=meeting, text="إحداث شباك", addressee="الوزارة", follow_up="أُحدث")
    page = page_of(client, meeting)
    assert section(page, "agenda") == ""
    assert talk.title in section(page, "talks")
    assert section(page, "talks").count("<li>") == 3
    for words in (advice.text, advice.addressee, advice.follow_up):
        assert words in section(page, "recommendations")
    assert meeting.theme in page
    assert meeting.audience in page


def test_an_event_with_an_agenda_shows_it(client):
    meeting = make.make_meeting(kind="study_day")
    make.make_item(meeting=meeting)
    assert section(page_of(client, meeting), "agenda")


def test_forty_items_stand_in_order_with_anchors_and_links_by_outcome(client):
    meeting = make.make_meeting()
    for n in range(40):
        make.make_item(meeting=meeting, outcome="adopted" if n % 2 else "postponed")
    page = page_of(client, meeting)
    assert re.findall(r'<li id="item-(\d+)"', page) == [str(n) for n in range(1, 41)]
    assert {"?outcome=adopted#agenda", "?outcome=postponed#agenda"} <= set(hrefs(page))
    assert len(gzip.compress(page.encode())) < 60_000


def test_an_outcome_narrows_the_agenda_and_keeps_the_numbers(client):
    meeting = make.make_meeting()
    for code in ["adopted", "", "adopted", "rejected", "", "adopted", "adopted"]:
        make.make_item(meeting=meeting, outcome=code)
    path = meeting.get_absolute_url()
    numbers = {
        code: re.findall(r'<li id="item-(\d+)"', get(client, f"{path}?outcome={code}"))
        for code in ("rejected", "unpublished", "referred")
    }
    assert numbers == {"rejected": ["4"], "unpublished": ["2", "5"], "referred": list("1234567")}


def test_a_title_of_175_letters_is_whole_and_in_a_smaller_heading(client):
    meeting = make.make_meeting(title=LONG, short_title="دورة أكتوبر 2024")
    page = page_of(client, meeting)
    assert f'<h1 class="long"><bdi>{LONG}</bdi></h1>' in page
    assert f'aria-current="page"><bdi>{meeting.short_title}</bdi>' in page


# What is missing, what is partly known


def test_what_is_missing_is_said_in_words(client):
    meeting = make.make_meeting(date=None, session_year=None, session_month=None)
    page = page_of(client, meeting)
    facts = re.search(r'<dl class="facts">.*?</dl>', page, re.DOTALL)[0]
    assert facts.count(gettext("not published")) == 3  # date, place, chair
    assert gettext("The attendance is not published.") in page
    assert gettext("No source is recorded.") in page
    assert "None" not in page


def test_a_meeting_of_an_unnamed_chamber_names_only_the_family(client):
    meeting = make.make_meeting(family="crafts")
    page = page_of(client, meeting)
    assert gettext("not named by the source") in page
    assert meeting.get_family_display() in page
    assert not [href for href in hrefs(page) if href.startswith("/chambers/") and href != "/chambers/"]


@pytest.mark.parametrize(("precision", "shown"), [("month", "أكتوبر 2024"), ("year", "2024")])
def test_a_date_is_shown_no_more_precisely_than_it_is_known(client, precision, shown):
    meeting = make.make_meeting(
        date=date(2024, 10, 1), date_precision=precision, session_year=None, session_month=None, city="فاس"
    )
    page = page_of(client, meeting)
    facts = re.search(r'<dl class="facts">.*?</dl>', page, re.DOTALL)[0]
    assert f"<span>{shown}</span>" in facts
    assert "1 أكتوبر" not in page
    assert f"{meeting.get_absolute_url()}calendar.ics" not in hrefs(page)


def test_a_session_is_named_by_its_month_whatever_its_date(client):
    meeting = make.make_meeting(date=date(2024, 12, 30), session_year=2024, session_month=10)
    page = page_of(client, meeting)
    assert "أكتوبر 2024" in page
    assert "الإثنين 30 دجنبر 2024" in page


def test_a_time_stands_left_to_right_and_as_printed(client):
    meeting = make.make_meeting(time=time(10), end_time=time(13, 30), time_as_printed="العاشرة صباحا")
    page = page_of(client, meeting)
    assert '<bdi dir="ltr">10:00</bdi>' in page
    assert '<bdi dir="ltr">13:30</bdi>' in page
    assert "العاشرة صباحا" in page


def test_attendance_stands_by_role_and_status(client):
    meeting = make.make_meeting()
    chair = make.make_attendance(meeting=meeting, role="presided", office="رئيس الغرفة", person=make.make_person())
    absent = make.make_attendance(meeting=meeting, role="member", status="absent")
    make.make_attendance(meeting=meeting, group="رؤساء اللجان", count=4)
    make.make_attendance(meeting=meeting, office="السيد العامل")
    page = page_of(client, meeting)
    attendance = section(page, "attendance")
    assert attendance.count("<h3>") == 3  # who presided, guests, absent
    assert (
        attendance.index(chair.person.name) < attendance.index("رؤساء اللجان") < attendance.index(absent.person.name)
    )
    assert "(4)" in attendance
    assert "السيد العامل" in attendance
    assert chair.person.name in re.search(r'<dl class="facts">.*?</dl>', page, re.DOTALL)[0]


def test_members_present_and_in_office_are_counted(client):
    meeting = make.make_meeting(members_present=54, members_in_office=66, quorum_met=True)
    page = page_of(client, meeting)
    assert "54" in page
    assert "<bdi>66</bdi>" in page
    assert gettext("quorum met") in page


# Links between records


def test_a_taken_up_item_and_its_successor_lead_to_each_other(client):
    chamber = make.make_chamber()
    first = make.make_item(meeting=make.make_meeting(chamber=chamber), outcome="postponed", title="كراء المحل")
    again = make.make_item(
        meeting=make.make_meeting(chamber=chamber, date=date(2024, 12, 9)), takes_up=first, takes_up_reason="مؤجلة"
    )
    assert again.get_absolute_url() in hrefs(item(page_of(client, first.meeting), 1))
    later = item(page_of(client, again.meeting), 1)
    assert first.get_absolute_url() in hrefs(later)
    assert first.title in later
    assert "مؤجلة" in later


def test_an_item_that_takes_up_one_outside_the_record_gives_its_words(client):
    point = make.make_item(takes_up_reason="نقطة مؤجلة من دورة سابقة")
    assert "نقطة مؤجلة من دورة سابقة" in item(page_of(client, point.meeting), 1)


def test_an_item_and_its_agreement_lead_to_each_other(client):
    point = make.make_item(outcome="adopted")
    agreement = make.make_agreement()
    make.make_step(agreement=agreement, agenda_item=point)
    assert hrefs(item(page_of(client, point.meeting), 1)).count(agreement.get_absolute_url()) == 1
    assert point.get_absolute_url() in hrefs(section(page_of(client, agreement), "history"))


def test_an_agreement_with_two_steps_at_one_item_is_named_there_once(client):
    point, agreement = make.make_item(outcome="adopted"), make.make_agreement()
    make.make_step(agreement=agreement, agenda_item=point, stage="proposed")
    make.make_step(agreement=agreement, agenda_item=point, stage="adopted")
    assert hrefs(item(page_of(client, point.meeting), 1)).count(agreement.get_absolute_url()) == 1


def test_two_meetings_held_together_lead_one_to_the_other(client):
    first = make.make_meeting()
    second = make.make_meeting(chamber=first.chamber, held_with=first)
    assert first.get_absolute_url() in hrefs(
        re.search(r'<dl class="facts">.*?</dl>', page_of(client, second), re.S)[0]
    )


def test_meetings_of_a_chamber_lead_to_the_one_before_and_after(client):
    chamber = make.make_chamber()
    first, second, third = (make.make_meeting(chamber=chamber, date=date(2024, n, 1)) for n in (3, 6, 9))
    make.make_meeting(date=date(2024, 6, 2))
    page = page_of(client, second)
    neighbours = re.search(r'<nav class="neighbours".*?</nav>', page, re.DOTALL)[0]
    assert hrefs(neighbours) == [first.get_absolute_url(), third.get_absolute_url()]


def test_news_and_projects_of_a_meeting_stand_on_its_page(client):
    meeting = make.make_meeting()
    article = make.make_article(meetings=[meeting])
    note = make.make_project_note(meeting=meeting, status_as_printed="بلغت الأشغال نهايتها")
    page = page_of(client, meeting)
    assert article.get_absolute_url() in hrefs(section(page, "news"))
    assert note.project.get_absolute_url() in hrefs(section(page, "projects"))
    assert note.status_as_printed in page


def test_a_source_that_differs_is_named_beside_the_fact(client):
    meeting = make.make_meeting()
    source = make.make_source(outlet="جريدة أخرى", url="https://example.org/other")
    make.make_meeting_citation(meeting=meeting, source=source, field="date", value="22 أكتوبر 2024", is_followed=False)
    page = page_of(client, meeting)
    facts = re.search(r'<dl class="facts">.*?</dl>', page, re.DOTALL)[0]
    assert "«<bdi>22 أكتوبر 2024</bdi>»" in facts
    assert "https://example.org/other" in hrefs(section(page, "sources"))


def test_the_documents_of_an_item_stand_with_it_and_not_with_the_meetings_own(client):
    point = make.make_item()
    paper = make.make_document(meeting=point.meeting, agenda_item=point, kind="budget")
    page = page_of(client, point.meeting)
    assert paper.title in item(page, 1)
    assert paper.title not in section(page, "papers")


# Lists and calendar


def test_coming_meetings_stand_before_the_others_the_soonest_first(client):
    past = make.make_meeting(date=date(2024, 10, 21))
    older = make.make_meeting(date=date(2023, 10, 21))
    far, near = (make.make_meeting(date=in_days(days), **FUTURE) for days in (30, 3))
    page = get(client, "/meetings/")
    places = [page.index(f'"{meeting.get_absolute_url()}"') for meeting in (near, far, past, older)]
    assert places == sorted(places)
    assert near.title in section(page, "upcoming")
    assert past.title not in section(page, "upcoming")


def test_the_second_page_does_not_repeat_the_coming_meetings(client):
    coming = make.make_meeting(date=in_days(3), **FUTURE)
    for _n in range(21):
        make.make_meeting()
    assert coming.get_absolute_url() not in get(client, "/meetings/?page=2")


def test_a_month_shows_its_meetings_in_the_grid_and_below(client):
    one = make.make_meeting(date=date(2024, 10, 21))
    others = [make.make_meeting(date=date(2024, 10, 23)) for _n in range(2)]
    page = get(client, "/meetings/calendar/2024/10/")
    table = re.search(r'<table class="calendar.*?</table>', page, re.DOTALL)[0]
    assert hrefs(table) == [one.get_absolute_url(), "/meetings/calendar/2024/10/#day-23"]
    assert all(meeting.title in section(page, "month-list") for meeting in (one, *others))
    assert 'id="day-23"' in page


def test_a_month_leads_to_the_months_beside_it_across_the_year(client):
    assert {"/meetings/calendar/2023/12/", "/meetings/calendar/2024/2/"} <= set(
        hrefs(get(client, "/meetings/calendar/2024/1/"))
    )


def test_an_empty_month_leads_to_the_nearest_with_meetings(client):
    for day in (date(2023, 1, 5), date(2024, 3, 1), date(2024, 9, 9), date(2025, 1, 1)):
        make.make_meeting(date=day)
    links = hrefs(section(get(client, "/meetings/calendar/2024/6/"), "month-list"))
    assert links == ["/meetings/calendar/2024/3/", "/meetings/calendar/2024/9/"]


def test_a_meeting_without_a_day_is_on_no_day_of_the_calendar(client):
    make.make_meeting(date=date(2024, 10, 1), date_precision="month")
    assert hrefs(section(get(client, "/meetings/calendar/2024/10/"), "month-list")) == []


def test_a_day_of_the_neighbouring_month_is_no_link(client):
    meeting = make.make_meeting(date=date(2024, 9, 30))
    assert meeting.get_absolute_url() not in get(client, "/meetings/calendar/2024/10/")


def test_the_calendar_without_a_month_leads_to_today_with_the_filters(client):
    today = timezone.localdate()
    response = client.get("/meetings/calendar/?kind=bureau")
    assert response.status_code == 302
    assert response["Location"] == f"/meetings/calendar/{today.year}/{today.month}/?kind=bureau"


def test_the_calendar_file_holds_the_meeting(client):
    meeting = make.make_meeting(date=date(2024, 10, 21), time=time(10), city="فاس")
    response = client.get(f"{meeting.get_absolute_url()}calendar.ics")
    text = response.content.decode().replace("\r\n ", "")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="2024-{meeting.slug}.ics"' in response["Content-Disposition"]
    assert f"URL:http://testserver{meeting.get_absolute_url()}" in text
    assert "DTSTART:20241021T090000Z" in text
    assert meeting.title in text


@pytest.mark.parametrize("fields", [{"date": None}, {"date_precision": "month"}])
def test_there_is_no_calendar_file_without_a_day(client, fields):
    get(client, f"{make.make_meeting(**fields).get_absolute_url()}calendar.ics", 404)


def test_a_meeting_is_found_in_its_year_only(client):
    meeting = make.make_meeting(url_year=2024)
    get(client, f"/meetings/2023/{meeting.slug}/", 404)


# Agreements


def states(page):
    track = re.search(r'<ol class="track.*?</ol>', page, re.DOTALL)
    return re.findall(r'<li class="([a-z]+)"', track[0]) if track else []


def agreement_at(*stages):
    agreement = make.make_agreement()
    for stage in stages:
        make.make_step(agreement=agreement, stage=stage)
    return agreement


@pytest.mark.parametrize(
    ("stages", "shown"),
    [
        (["proposed"], ["current", "next", "next", "next", "next"]),
        (["proposed", "adopted"], ["done", "current", "next", "next", "next"]),
        (["adopted", "awaiting_signature"], ["unknown", "done", "current", "next", "next"]),
        (["in_force"], ["unknown", "unknown", "unknown", "current", "next"]),
        (["proposed", "adopted", "signed", "in_force", "completed"], ["done", "done", "done", "done", "current"]),
        (["proposed", "rejected"], ["done", "exit"]),
        (["proposed", "adopted", "signed", "terminated"], ["done", "done", "done", "exit"]),
        (["adopted", "in_force", "suspended"], ["unknown", "done", "unknown", "done", "exit"]),
    ],
)
def test_the_track_shows_what_is_done_what_is_hidden_and_where_it_ended(client, stages, shown):
    page = page_of(client, agreement_at(*stages))
    assert states(page) == shown
    assert page.count('aria-current="step"') == 1


@pytest.mark.parametrize("stage", Stage.values)
def test_the_head_of_an_agreement_names_its_stage(client, stage):
    assert badges(page_of(client, agreement_at(stage)))[0] == stage


def test_an_agreement_without_a_step_says_so(client):
    page = page_of(client, make.make_agreement())
    assert states(page) == []
    assert badges(page)[0] == "unpublished"
    assert gettext("No step of this agreement is published.") in page


def test_what_is_missing_of_an_agreement_is_said_in_words(client):
    page = page_of(client, make.make_agreement())
    facts = section(page, "facts")
    assert facts.count(gettext("not published")) == 5  # object, amount, signature, duration, kind
    assert gettext("The parties are not published.") in page
    assert gettext("The text is not published.") in page
    assert "None" not in page


def test_the_amount_stands_left_to_right_with_the_words_of_the_source(client):
    agreement = make.make_agreement(amount=Decimal("1250000.50"), amount_as_printed="مليون وربع مليون")
    facts = section(page_of(client, agreement), "facts")
    assert '<bdi dir="ltr">1\u202f250\u202f000,50</bdi>\u00a0درهم' in facts
    assert "مليون وربع مليون" in facts


def test_an_amount_of_nothing_is_an_amount(client):
    assert '<bdi dir="ltr">0</bdi>' in section(page_of(client, make.make_agreement(amount=0)), "facts")


def test_the_parties_lead_to_their_pages_with_their_shares(client):
    agreement = make.make_agreement()
    chamber, organisation = make.make_chamber(), make.make_organisation()
    make.make_party(agreement=agreement, chamber=chamber, share_percent=40)
    make.make_party(agreement=agreement, organisation=organisation, share_amount=600, signs_as="المدير العام")
    parties = section(page_of(client, agreement), "parties")
    assert hrefs(parties) == [chamber.get_absolute_url(), organisation.get_absolute_url()]
    assert "المدير العام" in parties
    assert '<bdi dir="ltr">600</bdi>' in parties


def test_several_parties_that_are_not_named_are_said_in_words(client):
    page = page_of(client, make.make_agreement(multiparty=True))
    assert gettext("The source speaks of several parties without naming them all.") in page
    assert gettext("several, not named") in get(client, "/agreements/")


def test_an_addendum_and_its_original_lead_to_each_other(client):
    original = make.make_agreement()
    addendum = make.make_agreement(kind="addendum", parent=original, addendum_number=2)
    assert original.get_absolute_url() in hrefs(section(page_of(client, addendum), "facts"))
    assert addendum.get_absolute_url() in hrefs(section(page_of(client, original), "addenda"))


def test_an_addendum_whose_original_is_not_in_the_record_names_it(client):
    addendum = make.make_agreement(kind="addendum", parent_as_named="اتفاقية الإطار لسنة 2012")
    facts = section(page_of(client, addendum), "facts")
    assert addendum.parent_as_named in facts
    assert gettext("not in the record") in facts


def test_a_step_without_a_meeting_gives_its_own_date_and_source(client):
    agreement = make.make_agreement()
    source = make.make_source(url="https://example.org/step")
    make.make_step(agreement=agreement, date=date(2024, 11, 1), date_precision="month", source=source, note="بالرباط")
    history = section(page_of(client, agreement), "history")
    assert "نونبر 2024" in history
    assert "1 نونبر" not in history
    assert "https://example.org/step" in hrefs(history)
    assert "بالرباط" in history


def test_a_differing_source_of_the_amount_is_named_beside_it(client):
    agreement = make.make_agreement(amount=10)
    AgreementCitation.objects.create(
        agreement=agreement, source=make.make_source(), field="amount", value="12 درهما", is_followed=False
    )
    assert "12 درهما" in section(page_of(client, agreement), "facts")


@pytest.mark.parametrize("wrong", ["2024/{n}/", "2024/{n}-autre/", "2023/{n}-{slug}/", "1/{n}-x/"])
def test_a_wrong_year_or_slug_leads_to_the_right_address_for_good(client, wrong):
    agreement = make.make_agreement()
    response = client.get("/agreements/" + wrong.format(n=agreement.number, slug=agreement.slug))
    assert (response.status_code, response["Location"]) == (301, agreement.get_absolute_url())


def test_an_agreement_without_a_slug_stands_at_its_number(client):
    agreement = make.make_agreement(slug="")
    assert agreement.get_absolute_url() == f"/agreements/2024/{agreement.number}/"
    get(client, agreement.get_absolute_url())


def test_the_list_of_agreements_names_the_partners_and_not_the_leader(client):
    agreement = make.make_agreement()
    make.make_party(agreement=agreement, chamber=agreement.lead_chamber)
    party = make.make_party(agreement=agreement)
    row = re.search(r"<tbody>.*?</tbody>", get(client, "/agreements/"), re.DOTALL)[0]
    cells = re.findall(r"<td.*?</td>", row, re.DOTALL)
    assert party.organisation.name in cells[1]
    assert agreement.lead_chamber.name not in cells[1]


def test_the_page_of_an_agreement_goes_from_stage_to_news(client):
    agreement = make.make_agreement()
    make.make_step(agreement=agreement)
    make.make_agreement(kind="addendum", parent=agreement, addendum_number=1)
    make.make_article(agreements=[agreement])
    page = page_of(client, agreement)
    names = ["track", "parties", "facts", "papers", "history", "addenda", "news", "sources"]
    marks = ["<h1", 'class="stage-sentence"', *(f'id="{name}"' for name in names)]
    assert sorted(marks, key=page.index) == marks


def test_the_stage_is_said_with_the_days_since_it_was_reached(client):
    agreement = make.make_agreement()
    make.make_step(agreement=agreement, stage="awaiting_signature", date=timezone.localdate() - timedelta(days=32))
    assert "منذ 32 يوما" in page_of(client, agreement)


def test_an_undated_stage_is_said_without_its_age(client):
    agreement = make.make_agreement()
    make.make_step(agreement=agreement, stage="awaiting_signature", date=None)
    sentence = re.search(r'<p class="stage-sentence">.*?</p>', page_of(client, agreement), re.DOTALL)[0]
    assert "في انتظار التوقيع" in sentence
    assert "منذ" not in sentence


def test_each_step_of_the_track_has_its_date_and_leads_to_its_agenda_item(client):
    agreement = make.make_agreement()
    point = make.make_item()
    make.make_step(agreement=agreement, agenda_item=point)
    make.make_step(agreement=agreement, stage="signed", date=date(2025, 1, 15))
    track = re.search(r'<ol class="track.*?</ol>', page_of(client, agreement), re.DOTALL)[0]
    assert hrefs(track) == [point.get_absolute_url()]
    assert ("21 أكتوبر 2024" in track, "15 يناير 2025" in track) == (True, True)


def test_the_date_of_the_signature_stands_among_the_facts(client):
    agreement = make.make_agreement()
    make.make_step(agreement=agreement, stage="signed", date=date(2025, 1, 15))
    make.make_step(agreement=agreement, stage="in_force", date=date(2025, 2, 1))
    assert "15 يناير 2025" in section(page_of(client, agreement), "facts")


def test_an_agreement_that_came_up_twice_has_an_axis_of_years(client):
    agreement = make.make_agreement()
    point = make.make_item()
    make.make_step(agreement=agreement, stage="proposed", date=date(2022, 2, 1))
    make.make_step(agreement=agreement, agenda_item=point)
    picture = re.search(r'<div class="agreement-timeline".*?</div>', page_of(client, agreement), re.DOTALL)[0]
    assert hrefs(picture) == ["#step-1", point.get_absolute_url()]
    assert re.findall(r"<li>(\d+)</li>", picture) == ["2022", "2023", "2024"]


def test_an_agreement_that_came_up_once_has_no_axis(client):
    agreement = make.make_agreement()
    make.make_step(agreement=agreement)
    assert 'class="agreement-timeline"' not in page_of(client, agreement)


def test_a_step_of_results_that_are_not_public_is_not_drawn(client):
    agreement = make.make_agreement()
    hidden = make.make_item(meeting=make.make_meeting(results_published_at=None))
    make.make_step(agreement=agreement, stage="proposed", date=date(2022, 2, 1))
    make.make_step(agreement=agreement, agenda_item=hidden)
    page = page_of(client, agreement)
    assert 'class="agreement-timeline"' not in page
    assert hidden.get_absolute_url() not in page


def test_the_register_of_agreements_shows_the_latest_step_with_its_meeting(client):
    point = make.make_item()
    agreement = make.make_step(date=date(2024, 1, 1), stage="proposed").agreement
    make.make_step(agreement=agreement, agenda_item=point)
    row = re.search(r"<tbody>.*?</tbody>", get(client, "/agreements/"), re.DOTALL)[0]
    assert "21 أكتوبر 2024" in row
    assert point.meeting.title in row
    assert "1 يناير 2024" not in row


def test_the_register_of_agreements_gives_a_date_no_more_precisely_than_it_is_known(client):
    make.make_step(date=date(2024, 3, 1), date_precision="month")
    row = re.search(r"<tbody>.*?</tbody>", get(client, "/agreements/"), re.DOTALL)[0]
    assert '<span class="date">مارس 2024</span>' in row


def test_the_register_of_agreements_keeps_back_a_step_that_is_not_public(client):
    hidden = make.make_item(meeting=make.make_meeting(results_published_at=None))
    make.make_step(agenda_item=hidden)
    row = re.search(r"<tbody>.*?</tbody>", get(client, "/agreements/"), re.DOTALL)[0]
    assert hidden.meeting.title not in row
    assert gettext("Date not published") in row


@pytest.mark.parametrize(
    ("partners", "words"), [(3, None), (4, "وطرف آخر"), (5, "وطرفان آخران"), (10, "و7 أطراف أخرى")]
)
def test_a_row_names_three_partners_and_counts_the_others(client, partners, words):
    agreement = make.make_agreement()
    names = [make.make_party(agreement=agreement).organisation.name for _n in range(partners)]
    row = re.search(r"<tbody>.*?</tbody>", get(client, "/agreements/"), re.DOTALL)[0]
    assert [name in row for name in names] == [True] * 3 + [False] * (partners - 3)
    assert (words in row) if words else ("آخر" not in row)


def test_the_same_text_voted_twice_is_two_rows_each_with_its_session(client):
    first = make.make_item(title="مشروع الميزانية", meeting=make.make_meeting(title="دورة يونيو"))
    second = make.make_item(title="مشروع الميزانية", meeting=make.make_meeting(title="دورة أكتوبر"))
    table = re.search(r"<tbody>.*?</tbody>", get(client, "/decisions/"), re.DOTALL)[0]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    assert sorted((hrefs(row)[0], "دورة يونيو" in row, "دورة أكتوبر" in row) for row in rows) == sorted(
        [(first.get_absolute_url(), True, False), (second.get_absolute_url(), False, True)]
    )


@pytest.mark.parametrize("path", ["/decisions/", "/agreements/"])
def test_a_register_is_a_table_with_a_caption_and_headings(client, path):
    make.make_step(agenda_item=make.make_item())
    table = re.search(r"<table.*?</table>", get(client, path), re.DOTALL)[0]
    assert table.count("<caption") == 1
    assert set(re.findall(r'<th (scope="\w+")|<th[ >]', table)) == {'scope="col"', 'scope="row"'}


# Documents


def test_a_document_with_a_file_offers_it(client):
    document = make.make_document(url="")
    document.file.save("pv.pdf", ContentFile(b"%PDF-1.4 x"))
    path = f"/documents/{document.address}/file/"
    assert path in hrefs(page_of(client, document))
    response = client.get(path)
    assert b"".join(response.streaming_content) == b"%PDF-1.4 x"


def test_the_name_of_a_file_is_its_number_and_never_what_was_uploaded(client):
    document = make.make_document(url="", slug="pv-octobre")
    document.file.save("محضر سري (2).pdf", ContentFile(b"%PDF-1.4"))
    response = client.get(f"/documents/{document.address}/file/")
    b"".join(response.streaming_content)
    assert f'filename="{document.number}-pv-octobre.pdf"' in response["Content-Disposition"]


def test_a_document_at_another_address_leads_there(client):
    document = make.make_document(url="https://example.org/pv.pdf")
    assert "https://example.org/pv.pdf" in hrefs(page_of(client, document))
    get(client, f"/documents/{document.address}/file/", 404)


def test_a_document_that_a_source_only_names_says_so(client):
    document = make.make_document(url="")
    page = page_of(client, document)
    assert gettext("The source names this paper, but no copy of it was published.") in page
    assert 'class="actions"' not in page


def test_a_document_leads_to_its_meeting_and_agreement(client):
    document = make.make_document(meeting=make.make_meeting(), agreement=make.make_agreement())
    links = hrefs(page_of(client, document))
    assert document.meeting.get_absolute_url() in links
    assert document.agreement.get_absolute_url() in links


def test_a_wrong_slug_of_a_document_leads_to_the_right_address(client):
    document = make.make_document(slug="pv")
    response = client.get(f"/documents/{document.number}-autre/")
    assert (response.status_code, response["Location"]) == (301, document.get_absolute_url())


def test_the_register_shows_outcome_date_and_meeting_of_each_item(client):
    point = make.make_item(title="المصادقة على الميزانية", outcome="rejected", votes_for=3)
    row = re.search(r"<tbody>.*?</tbody>", get(client, "/decisions/"), re.DOTALL)[0]
    assert badges(row) == ["rejected"]
    assert point.get_absolute_url() in hrefs(row)
    assert "21 أكتوبر 2024" in row
    assert point.meeting.title in row
    assert pgettext("votes", "for") in row
