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


# A meeting


def test_a_meeting_to_come_is_scheduled_and_its_items_have_no_outcome(meeting_page):
    page = meeting_page("future")
    assert badges(page) == ["scheduled"]
    assert "مبرمج" in text_of(page)
    assert "إضافة إلى المفكرة" in text_of(page)
    assert 'class="outcomes"' not in page
    assert page.count('id="item-') == 3


def test_an_agenda_that_is_not_out_is_said_to_be_awaited(meeting_page):
    assert "لم يُنشر جدول الأعمال بعد." in text_of(meeting_page("future without agenda"))


def test_a_meeting_of_today_says_so_with_its_hour(meeting_page):
    page = meeting_page("today")
    assert badges(page) == ["today"]
    assert "اليوم على الساعة 23:59" in text_of(page)


def test_a_meeting_held_shows_outcomes_in_sentence_and_bar(meeting_page):
    page = meeting_page("past")
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


def test_minutes_that_are_not_out_are_said_to_be_awaited(meeting_page):
    words = "لم يُنشر محضر هذا الاجتماع بعد. يُعرض عادة للمصادقة في الدورة الموالية."
    assert words in text_of(meeting_page("past without minutes"))
    assert words not in text_of(meeting_page("past"))


def test_outcomes_that_are_not_out_are_said_so_at_each_item_without_a_bar(meeting_page):
    page = meeting_page("past without outcomes")
    assert badges(page) == ["held", "unpublished", "unpublished", "unpublished"]
    assert "لم تُعلن النتيجة" in text_of(page)
    assert "<rect" not in page


def test_a_postponed_meeting_strikes_the_old_day_and_names_the_new_one(meeting_page):
    page = meeting_page("postponed to a new day")
    assert badges(page) == ["postponed"]
    assert "أُجّل هذا الاجتماع" in text_of(page)
    assert "<s>الإثنين 4 نونبر 2024</s>" in page
    assert "أشغال في القاعة" in text_of(page)


def test_a_postponed_meeting_without_a_new_day_says_so(meeting_page):
    assert "لم يُحدد موعد جديد بعد" in text_of(meeting_page("postponed without a day"))


def test_a_cancelled_meeting_keeps_its_agenda_folded_and_strikes_its_title(meeting_page):
    page = meeting_page("cancelled")
    assert badges(page) == ["cancelled"]
    assert "أُلغي هذا الاجتماع" in text_of(page)
    assert "تزامن مع مناسبة وطنية" in text_of(page)
    assert re.search(r"<h1[^>]*>\s*<(s|del)>", page) or re.search(r'<h1[^>]*class="[^"]*struck', page)
    assert re.search(r"<details.*id=\"item-1\".*</details>", page, re.DOTALL)


def test_a_meeting_without_quorum_says_so(meeting_page):
    page = meeting_page("no quorum")
    assert badges(page) == ["no_quorum"]
    assert "لعدم اكتمال النصاب" in text_of(page)


def test_a_second_call_names_the_first_that_failed(meeting_page):
    text = text_of(meeting_page("held at the second call"))
    assert "لعدم اكتمال النصاب" in text
    assert "20 عضوا حاضرا" in text
    assert "الإثنين 10 يونيو 2024" in text


def test_a_session_left_open_says_so_and_names_the_next_sitting(meeting_page):
    page = meeting_page("left open")
    assert badges(page) == ["left_open", "unpublished", "unpublished", "unpublished"]
    assert "رُفعت الجلسة وبقيت الدورة مفتوحة" in text_of(page)
    assert format_partial(in_days(8), "day") in text_of(page)


@pytest.mark.parametrize("name", ["training day", "information meeting"])
def test_an_event_has_talks_and_recommendations_and_no_agenda(meeting_page, name):
    page = meeting_page(name)
    assert "مؤطر اليوم" in text_of(page)
    assert "تعميم التكوين على باقي الملحقات." in text_of(page)
    assert 'id="agenda"' not in page


def test_a_session_of_forty_items_has_ways_through_them(meeting_page):
    page = meeting_page("40 items")
    assert page.count('id="item-') == 40
    assert "?outcome=adopted#agenda" in page
    assert page.count('href="#item-') >= 40  # the list to jump from


def test_a_title_of_175_letters_is_whole_and_a_step_smaller(meeting_page):
    page = meeting_page("40 items")
    assert len(LONG_TITLE) == 175
    assert LONG_TITLE in text_of(page)
    assert re.search(r'<h1[^>]*class="[^"]*long', page)
    assert "دورة الأربعين نقطة" in text_of(page)  # the trail has the short name


def test_what_a_source_leaves_out_is_said_not_to_be_published(meeting_page):
    text = text_of(meeting_page("missing values"))
    assert text.count("غير منشور") >= 3  # date, place, chair
    assert "لم يُنشر جدول الأعمال بعد." in text
    assert "الحضور غير منشور" in text


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
    assert "ربما تغيّر الرابط." in text


def test_a_withdrawn_page_says_when_and_why(client):
    meeting = make.make_meeting(state="withdrawn")
    text = text_of(main_of(get(client, meeting.get_absolute_url(), 410)))
    assert "سُحبت هذه الصفحة بتاريخ" in text
    assert "نشر بالخطأ" in text
