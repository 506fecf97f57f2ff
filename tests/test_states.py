"""Every state of a page says in words what it is, and shows nothing that is not known.

The words are written by hand from the portal's book of words, not read from its catalogue.
"""

import re
from datetime import date, time

import pytest

from arabic.dates import format_partial
from tests import factories as make
from tests.pages import badges, get, main_of, section
from tests.states import (
    LONG_TITLE,
    TO_COME,
    agreement_states,
    article_states,
    in_days,
    meeting_states,
    person_states,
)

pytestmark = pytest.mark.django_db


def text_of(markup):
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split()).replace(" .", ".").replace(" ،", "،")


@pytest.fixture
def meeting_page(client):
    """Return a function from the name of a state to the main part of such a meeting's page."""
    states = meeting_states()
    return lambda name: main_of(get(client, states[name].get_absolute_url()))


@pytest.fixture(params=["", "print/"], ids=["page", "print"])
def either_page(client, request):
    """Return a function from the name of a state to the main part of such a meeting's page, and of its print view."""
    states = meeting_states()
    return lambda name: main_of(get(client, f"{states[name].get_absolute_url()}{request.param}"))


# A meeting, on its page and in its print view


def test_a_meeting_to_come_is_scheduled_and_its_items_have_no_outcome(either_page):
    page = either_page("future")
    assert badges(page) == ["scheduled"]
    assert "مبرمج" in text_of(page)
    assert 'class="outcomes"' not in page
    assert page.count('id="item-') == 3


@pytest.mark.parametrize("name", ["future", "today", "postponed to a new day", "postponed without a day", "cancelled"])
def test_a_meeting_that_was_not_held_has_no_attendance_chair_or_minutes_to_miss(either_page, name):
    page = either_page(name)
    assert 'id="attendance"' not in page
    text = text_of(page)
    for words in ("الحضور غير منشور", "الرئاسة", "محضر هذا الاجتماع", "نتائج هذا الاجتماع غير منشورة"):
        assert words not in text


def test_an_agenda_that_is_not_out_is_said_to_be_awaited(either_page):
    assert "لم يُنشر جدول الأعمال بعد." in text_of(either_page("future without agenda"))


def test_a_meeting_of_today_says_so_with_its_hour(either_page):
    page = either_page("today")
    assert badges(page) == ["today"]
    assert "اليوم على الساعة 23:59" in text_of(page)


def test_a_meeting_held_shows_outcomes_in_sentence_and_bar(either_page):
    page = either_page("past")
    assert badges(page) == [
        "held", "adopted", "adopted_as_amended", "noted", "postponed", "rejected", "withdrawn", "unpublished",
    ]  # fmt: skip
    text = text_of(page)
    assert "انعقد" in text
    for words in ("صودق عليها", "صودق عليها مع تعديل", "للاطلاع", "أُجّلت", "رُفضت", "سُحبت", "لم تُعلن النتيجة"):
        assert words in text
    assert "7 نقط" in text
    assert "54 عضوا حاضرا" in text
    assert 'class="outcomes"' in page


def test_a_meeting_held_names_what_the_news_says_of_it(client):
    states = meeting_states()
    make.make_article(lead_chamber=states["past"].chamber, title="خبر عن الدورة", meetings=[states["past"]])
    for path in ("", "print/"):
        news = section(get(client, f"{states['past'].get_absolute_url()}{path}"), "news")
        assert "أخبار عن الاجتماع" in text_of(news)
        assert "خبر عن الدورة" in text_of(news)


def test_minutes_that_are_not_out_are_said_to_be_awaited(either_page):
    words = "لم يُنشر محضر هذا الاجتماع بعد. يُعرض عادة للمصادقة في الدورة الموالية."
    assert words in text_of(section(either_page("past without minutes"), "papers"))
    assert words not in text_of(either_page("past"))


def test_outcomes_that_are_not_out_are_said_so_at_each_item_without_a_bar(either_page):
    page = either_page("past without outcomes")
    assert badges(page) == ["held", "unpublished", "unpublished", "unpublished"]
    assert "لم تُعلن النتيجة" in text_of(page)
    assert "<rect" not in page


def test_results_that_are_not_published_are_said_so_at_each_item(either_page):
    page = either_page("past before its results")
    assert badges(page) == ["held", "unpublished", "unpublished"]
    assert "رُفضت" not in text_of(page)


def test_a_postponed_meeting_strikes_the_old_day_and_names_the_new_one_with_its_hour(either_page):
    page = either_page("postponed to a new day")
    assert badges(page) == ["postponed"]
    text = text_of(page)
    assert "أُجّل هذا الاجتماع" in text
    assert "<s>الإثنين 4 نونبر 2024</s>" in page
    assert f"الموعد الجديد: {format_partial(in_days(30), 'day')} على الساعة 10:30" in text
    assert "أشغال في القاعة" in text
    assert "مرّ موعد هذا الاجتماع" not in text


def test_a_meeting_put_off_to_today_is_today(either_page):
    page = either_page("postponed to today")
    assert badges(page) == ["today"]
    assert "اليوم على الساعة 23:59" in text_of(page)
    assert "أُجّل هذا الاجتماع" in text_of(page)


def test_a_meeting_put_off_to_a_day_that_passed_says_that_no_more_is_known(either_page):
    page = either_page("postponed to a day that passed")
    assert badges(page) == ["postponed"]
    assert "مرّ موعد هذا الاجتماع، ولم يُنشر بعد ما إذا كان قد انعقد." in text_of(page)


def test_a_postponed_meeting_without_a_new_day_says_so(either_page):
    text = text_of(either_page("postponed without a day"))
    assert "لم يُحدد موعد جديد بعد" in text
    assert "مرّ موعد هذا الاجتماع" not in text


def test_a_cancelled_meeting_keeps_its_agenda_and_strikes_its_title(either_page):
    page = either_page("cancelled")
    assert badges(page) == ["cancelled"]
    text = text_of(page)
    assert "أُلغي هذا الاجتماع" in text
    assert "تزامن مع مناسبة وطنية" in text
    assert "جدول أعمال الاجتماع الملغى" in text
    assert re.search(r"<h1[^>]*>\s*<s>", page)
    assert page.count('id="item-') == 3


def test_a_meeting_without_quorum_says_so(either_page):
    page = either_page("no quorum")
    assert badges(page) == ["no_quorum"]
    assert "لعدم اكتمال النصاب" in text_of(page)


def test_a_second_call_names_the_first_that_failed(either_page):
    text = text_of(either_page("held at the second call"))
    assert "لعدم اكتمال النصاب" in text
    assert "20 عضوا حاضرا" in text
    assert "الإثنين 10 يونيو 2024" in text


def test_a_session_left_open_says_so_and_names_the_next_sitting(either_page):
    page = either_page("left open")
    assert badges(page) == ["left_open", "unpublished", "unpublished", "unpublished"]
    text = text_of(page)
    assert "رُفعت الجلسة وبقيت الدورة مفتوحة" in text
    assert f"الجلسة الموالية: {format_partial(in_days(8), 'day')}" in text
    assert f"الجلسة الموالية، {format_partial(in_days(8), 'day')}" in text  # at its item
    assert "تواصلت الأشغال" not in text
    assert "جلسة تابعت الأشغال" not in text


def test_a_sitting_of_today_is_the_next_one(either_page):
    text = text_of(either_page("left open until today"))
    assert f"الجلسة الموالية: {format_partial(in_days(0), 'day')}" in text
    assert "تواصلت الأشغال" not in text


def test_a_sitting_that_passed_is_told_in_the_past(either_page):
    text = text_of(either_page("continued in a sitting that passed"))
    assert "تواصلت الأشغال في جلسة أخرى، الإثنين 1 يوليوز 2024" in text
    assert "الجلسة الموالية" not in text


def test_a_sitting_without_a_date_of_an_open_session_is_told_in_no_tense(either_page):
    text = text_of(either_page("left open without a day"))
    assert "جلسة أخرى، التاريخ غير منشور" in text
    assert "تواصلت الأشغال" not in text
    assert "الجلسة الموالية" not in text


@pytest.mark.parametrize("name", ["training day", "information meeting"])
def test_an_event_has_talks_and_recommendations_and_no_agenda(either_page, name):
    page = either_page(name)
    assert "مؤطر اليوم" in text_of(page)
    assert "تعميم التكوين على باقي الملحقات." in text_of(page)
    assert 'id="agenda"' not in page


def test_a_title_of_175_letters_is_whole_and_a_step_smaller(either_page):
    page = either_page("40 items")
    assert page.count('id="item-') == 40
    assert len(LONG_TITLE) == 175
    assert LONG_TITLE in text_of(page)
    assert re.search(r'<h1[^>]*class="[^"]*long', page)
    assert "دورة الأربعين نقطة" in text_of(page)  # the trail has the short name


def test_what_a_source_leaves_out_is_said_not_to_be_published(either_page):
    text = text_of(either_page("missing values"))
    for fact in ("التاريخ", "المكان", "الرئاسة"):
        assert f"{fact} غير منشور" in text
    assert "لم يُنشر جدول الأعمال بعد." in text
    assert "الحضور غير منشور" in text


# A meeting, on its page alone


def test_a_meeting_to_come_is_taken_into_a_calendar(meeting_page):
    assert "إضافة إلى المفكرة" in text_of(meeting_page("future"))
    assert "إضافة إلى المفكرة" in text_of(meeting_page("postponed to a new day"))
    assert "إضافة إلى المفكرة" not in text_of(meeting_page("postponed without a day"))


def test_the_agenda_of_a_cancelled_meeting_is_folded(meeting_page):
    assert re.search(r"<details.*id=\"item-1\".*</details>", meeting_page("cancelled"), re.DOTALL)


def test_a_session_of_forty_items_has_ways_through_them(meeting_page):
    page = meeting_page("40 items")
    assert "?outcome=adopted#agenda" in page
    assert page.count('href="#item-') >= 40  # the list to jump from


# A meeting that was put off to a coming day, everywhere


PUT_OFF = {**TO_COME, "status": "postponed", "time": time(10, 30)}


@pytest.mark.parametrize("days", [0, 30])
def test_a_meeting_put_off_to_a_coming_day_is_the_next_one_everywhere(client, days):
    chamber = make.make_chamber()
    make.make_meeting(chamber=chamber)
    put_off = make.make_meeting(chamber=chamber, date=in_days(days), title="الدورة التي أُجّلت", **PUT_OFF)
    make.make_sitting(meeting=put_off, status="superseded", date=in_days(-20))
    day, expected = in_days(days), ["postponed" if days else "today"]
    for path, name in [
        ("/", "next"),
        (chamber.get_absolute_url(), "next"),
        ("/meetings/", "upcoming"),
        (f"/chambers/{chamber.slug}/meetings/", "upcoming"),
    ]:
        page = get(client, path)
        found = section(page, name)
        assert put_off.title in found, path
        assert badges(found) == expected, path
        assert "على الساعة 10:30" in text_of(found), path
        assert "لا اجتماع مبرمج حاليا" not in page
    listed = section(get(client, f"/meetings/calendar/{day.year}/{day.month}/"), "month-list")
    assert badges(listed) == expected
    assert put_off.title not in section(get(client, "/meetings/"), "other-meetings")


def test_the_picture_of_sessions_has_a_meeting_put_off_to_a_coming_day_as_the_next_and_hollow(client):
    chamber = make.make_chamber()
    put_off = make.make_meeting(chamber=chamber, date=in_days(30), **PUT_OFF)
    page = get(client, chamber.get_absolute_url())
    mark = re.search(rf'<a class="is-next" href="{put_off.get_absolute_url()}">.*?</a>', page, re.DOTALL)[0]
    assert "#mark-square-awaited" in mark
    assert "#mark-square-missed" not in page


# The list of meetings


def test_the_list_says_in_which_order_each_of_its_parts_runs(client):
    make.make_meeting(date=in_days(3), **TO_COME)
    make.make_meeting(date=date(2024, 10, 21))
    page = get(client, "/meetings/")
    assert "الاجتماعات المقبلة الأقرب أولا" in text_of(section(page, "upcoming"))
    assert "باقي الاجتماعات الأحدث أولا" in text_of(section(page, "other-meetings"))
    assert "الأحدث أولا" not in text_of(page.partition('id="results"')[2].partition("<section")[0])


def test_a_list_without_coming_meetings_says_its_order_once(client):
    make.make_meeting(date=date(2024, 10, 21))
    text = text_of(main_of(get(client, "/meetings/")))
    assert text.count("الأحدث أولا") == 1
    assert "باقي الاجتماعات" not in text


# Home


def test_home_without_a_meeting_to_come_says_so_and_shows_the_last(client):
    last = make.make_meeting()
    text = text_of(section(get(client, "/"), "next"))
    assert "لا اجتماع مبرمج حاليا" in text
    assert last.title in text


@pytest.mark.parametrize(
    ("others", "words"),
    [
        (0, None),
        (1, "واجتماع آخر في اليوم نفسه"),
        (2, "واجتماعان آخران في اليوم نفسه"),
        (3, "و3 اجتماعات أخرى في اليوم نفسه"),
    ],
)
def test_home_counts_the_meetings_of_one_day(client, others, words):
    for hour in range(others + 1):
        make.make_meeting(date=in_days(3), time=time(9 + hour), **TO_COME)
    text = text_of(section(get(client, "/"), "next"))
    assert words in text if words else "في اليوم نفسه" not in text


# Empty lists, a chamber without records


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/meetings/?status=cancelled", "لا اجتماعات تطابق هذه المرشحات"),
        ("/news/", "لا أخبار بعد"),
        ("/documents/", "لم تُنشر وثائق بعد"),
        ("/agreements/", "لم تُنشر أي اتفاقية بعد"),
        ("/decisions/", "لم تُنشر أي نتيجة بعد"),
    ],
)
def test_an_empty_list_says_so(client, path, words):
    assert words in text_of(main_of(get(client, path)))


@pytest.mark.parametrize("section_name", ["meetings", "decisions", "agreements", "news", "people", "documents"])
def test_an_empty_section_of_a_chamber_is_an_honest_page(client, section_name):
    chamber = make.make_chamber()
    page = main_of(get(client, f"/chambers/{chamber.slug}/{section_name}/"))
    assert re.search(r"لا |لم ", text_of(page))


def test_a_chamber_without_meetings_says_so_and_names_its_neighbours(client):
    region = make.make_region()
    chamber, other = make.make_chamber(regions=[region]), make.make_chamber(regions=[region])
    text = text_of(main_of(get(client, chamber.get_absolute_url())))
    assert "لم يُنشر أي اجتماع لهذه الغرفة بعد." in text
    assert other.name in text


def test_a_chamber_whose_meetings_are_past_shows_the_last_with_its_day(client):
    chamber = make.make_chamber()
    make.make_meeting(chamber=chamber, date=date(2024, 10, 21))
    text = text_of(main_of(get(client, chamber.get_absolute_url())))
    assert "لا اجتماع مبرمج حاليا" in text
    assert "الإثنين 21 أكتوبر 2024" in text


# Agreements, articles, people


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("proposed", "مشروع"),
        ("in_committee", "في لجنة"),
        ("adopted", "صودق عليها"),
        ("awaiting_signature", "في انتظار التوقيع"),
        ("signed", "موقّعة"),
        ("in_force", "قيد التنفيذ"),
        ("completed", "منتهية"),
        ("suspended", "معلّقة"),
        ("terminated", "مفسوخة"),
        ("rejected", "مرفوضة"),
    ],
)
def test_an_agreement_says_its_stage(client, stage, words):
    page = main_of(get(client, agreement_states()[stage].get_absolute_url()))
    head = text_of(page.partition("</header>")[0])
    assert words in head
    assert 'aria-current="step"' in page
    assert ('class="exit"' in page) == (stage in ("suspended", "terminated", "rejected"))


def test_an_agreement_leaves_open_what_no_source_says(client):
    text = text_of(main_of(get(client, agreement_states()["without steps"].get_absolute_url())))
    assert "غير منشور" in text
    assert "منذ" not in text


def test_an_article_without_a_picture_has_no_stand_in(client):
    page = main_of(get(client, article_states()["without picture"].get_absolute_url()))
    assert "<img" not in page
    assert "<figure" not in page
    assert "الاجتماع المعني" in text_of(page)


def test_a_former_member_is_said_to_be_one(client):
    states = person_states()
    assert "سابق" in text_of(main_of(get(client, states["former"].get_absolute_url())))
    assert "سابق" not in text_of(main_of(get(client, states["member"].get_absolute_url())))


# Errors


def test_a_page_that_is_not_there_says_so(client):
    text = text_of(main_of(get(client, "/no-such-page/", 404)))
    assert "الصفحة غير موجودة" in text
    assert "ربما تغير الرابط." in text


def test_a_withdrawn_page_says_when_and_why(client):
    meeting = make.make_meeting(state="withdrawn")
    text = text_of(main_of(get(client, meeting.get_absolute_url(), 410)))
    assert "سُحبت هذه الصفحة بتاريخ" in text
    assert "نشر بالخطأ" in text
