"""Every counted noun agrees with its number, in the very templates that the pages are made of.

Arabic has six forms, chosen by the whole number and by its last two digits; what is expected is written by hand.
"""

import re
from pathlib import Path

import polib
import pytest
from django.template.loader import render_to_string

from meetings.models import Outcome
from meetings.track import Age
from tests import factories as make

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/ar/LC_MESSAGES/django.po"
NUMBERS = [0, 1, 2, 3, 10, 11, 99, 100, 102]

MEETINGS = [
    "لا اجتماعات", "اجتماع واحد", "اجتماعان", "3 اجتماعات", "10 اجتماعات",
    "11 اجتماعا", "99 اجتماعا", "100 اجتماع", "102 اجتماع",
]  # fmt: skip
ITEMS = ["لا نقط", "نقطة واحدة", "نقطتان", "3 نقط", "10 نقط", "11 نقطة", "99 نقطة", "100 نقطة", "102 نقطة"]
AGREEMENTS = [
    "لا اتفاقيات", "اتفاقية واحدة", "اتفاقيتان", "3 اتفاقيات", "10 اتفاقيات",
    "11 اتفاقية", "99 اتفاقية", "100 اتفاقية", "102 اتفاقية",
]  # fmt: skip
DOCUMENTS = [
    "لا وثائق", "وثيقة واحدة", "وثيقتان", "3 وثائق", "10 وثائق", "11 وثيقة", "99 وثيقة", "100 وثيقة", "102 وثيقة",
]  # fmt: skip
NEWS = ["لا أخبار", "خبر واحد", "خبران", "3 أخبار", "10 أخبار", "11 خبرا", "99 خبرا", "100 خبر", "102 خبر"]
CHAMBERS = ["لا غرف", "غرفة واحدة", "غرفتان", "3 غرف", "10 غرف", "11 غرفة", "99 غرفة", "100 غرفة", "102 غرفة"]
PEOPLE = [
    "لا أشخاص", "شخص واحد", "شخصان", "3 أشخاص", "10 أشخاص", "11 شخصا", "99 شخصا", "100 شخص", "102 شخص",
]  # fmt: skip
ANNEXES = [
    "لا ملحقات", "ملحقة واحدة", "ملحقتان", "3 ملحقات", "10 ملحقات",
    "11 ملحقة", "99 ملحقة", "100 ملحقة", "102 ملحقة",
]  # fmt: skip
ORGANISATIONS = [
    "لا هيئات", "هيئة واحدة", "هيئتان", "3 هيئات", "10 هيئات", "11 هيئة", "99 هيئة", "100 هيئة", "102 هيئة",
]  # fmt: skip
PROJECTS = [
    "لا مشاريع", "مشروع واحد", "مشروعان", "3 مشاريع", "10 مشاريع",
    "11 مشروعا", "99 مشروعا", "100 مشروع", "102 مشروع",
]  # fmt: skip
RESULTS = [
    "لا نتائج", "نتيجة واحدة", "نتيجتان", "3 نتائج", "10 نتائج", "11 نتيجة", "99 نتيجة", "100 نتيجة", "102 نتيجة",
]  # fmt: skip
MEMBERS_PRESENT = [
    "لا أعضاء حاضرين", "عضو واحد حاضر", "عضوان حاضران", "3 أعضاء حاضرين", "10 أعضاء حاضرين",
    "11 عضوا حاضرا", "99 عضوا حاضرا", "100 عضو حاضر", "102 عضو حاضر",
]  # fmt: skip
MEMBERS_IN_OFFICE = [
    "لا أعضاء مزاولين", "عضو واحد مزاول", "عضوان مزاولان", "3 أعضاء مزاولين", "10 أعضاء مزاولين",
    "11 عضوا مزاولا", "99 عضوا مزاولا", "100 عضو مزاول", "102 عضو مزاول",
]  # fmt: skip

LISTS = {
    "meetings/meeting_list.html": MEETINGS,
    "meetings/decision_list.html": ITEMS,
    "meetings/agreement_list.html": AGREEMENTS,
    "meetings/document_list.html": DOCUMENTS,
    "articles/article_list.html": NEWS,
    "chambers/chamber_list.html": CHAMBERS,
    "chambers/person_list.html": PEOPLE,
    "chambers/annex_list.html": ANNEXES,
    "chambers/organisation_list.html": ORGANISATIONS,
    "chambers/project_list.html": PROJECTS,
}


def text_of(markup):
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


@pytest.mark.parametrize("template", LISTS)
def test_the_heading_of_a_list_agrees_with_its_count(db, rf, template):
    shown = []
    for n in NUMBERS:
        markup = render_to_string(template, {"total": n}, request=rf.get("/chambers/"))
        shown.append(text_of(re.search(r'id="results".*?<h2>(.*?)</h2>', markup, re.DOTALL)[1]))
    assert shown == LISTS[template]


@pytest.mark.parametrize(
    ("of", "nouns"),
    [("chambers", CHAMBERS), ("meetings", MEETINGS), ("items", ITEMS), ("agreements", AGREEMENTS)],
)
def test_a_tile_says_its_count_to_those_who_hear_it(of, nouns):
    shown = [render_to_string("components/stat_tile.html", {"of": of, "n": n, "url": "/"}) for n in NUMBERS]
    heard = [text_of(re.sub(r'<span[^>]*aria-hidden="true">.*?</span>', "", markup)) for markup in shown]
    assert heard == nouns


@pytest.mark.parametrize(
    ("of", "nouns"),
    [
        ("chambers", ["غرفة", "غرفة", "غرفتان", "غرف", "غرف", "غرفة", "غرفة", "غرفة", "غرفة"]),
        (
            "meetings",
            ["اجتماع", "اجتماع", "اجتماعان", "اجتماعات", "اجتماعات", "اجتماعا", "اجتماعا", "اجتماع", "اجتماع"],
        ),
        (
            "agreements",
            ["اتفاقية", "اتفاقية", "اتفاقيتان", "اتفاقيات", "اتفاقيات", "اتفاقية", "اتفاقية", "اتفاقية", "اتفاقية"],
        ),
    ],
)
def test_a_tile_shows_the_noun_that_its_figure_wants(of, nouns):
    shown = [text_of(render_to_string("components/stat_tile.html", {"of": of, "n": n, "url": "/"})) for n in NUMBERS]
    assert [words.split()[:2] for words in shown] == [[str(n), noun] for n, noun in zip(NUMBERS, nouns, strict=True)]


@pytest.mark.parametrize(
    ("field", "nouns"), [("members_present", MEMBERS_PRESENT), ("members_in_office", MEMBERS_IN_OFFICE)]
)
def test_the_members_of_a_session_are_counted(db, field, nouns):
    meeting = make.make_meeting()
    shown = []
    for n in NUMBERS:
        setattr(meeting, field, n)
        shown.append(text_of(render_to_string("components/facts.html", {"meeting": meeting})))
    assert all(noun in text for noun, text in zip(nouns, shown, strict=True)), shown


@pytest.mark.parametrize(
    ("unit", "ages"),
    [
        (
            "days",
            [
                "منذ يوم واحد", "منذ يومين", "منذ 3 أيام", "منذ 10 أيام",
                "منذ 11 يوما", "منذ 99 يوما", "منذ 100 يوم", "منذ 102 يوم",
            ],
        ),
        (
            "months",
            [
                "منذ شهر واحد", "منذ شهرين", "منذ 3 أشهر", "منذ 10 أشهر",
                "منذ 11 شهرا", "منذ 99 شهرا", "منذ 100 شهر", "منذ 102 شهر",
            ],
        ),
        (
            "years",
            [
                "منذ سنة واحدة", "منذ سنتين", "منذ 3 سنوات", "منذ 10 سنوات",
                "منذ 11 سنة", "منذ 99 سنة", "منذ 100 سنة", "منذ 102 سنة",
            ],
        ),
    ],
)  # fmt: skip
def test_a_stage_says_how_long_it_has_lasted(db, unit, ages):
    step = make.make_step()
    for n, words in zip(NUMBERS[1:], ages, strict=True):
        markup = render_to_string("components/stage_sentence.html", {"step": step, "age": Age(unit, n)})
        assert f"<span>{words}</span>" in markup


def test_a_month_counts_its_meetings_in_the_caption():
    shown = [render_to_string("components/calendar.html", {"total": n}) for n in NUMBERS]
    captions = [text_of(re.search(r"<caption[^>]*>(.*?)</caption>", markup, re.DOTALL)[1]) for markup in shown]
    assert captions == [f"{noun} خلال الشهر" for noun in MEETINGS]


def test_an_agenda_counts_its_items_above_the_bar():
    # A bar of one part says nothing that the item's own badge does not: one item has none.
    tally = [{"code": "adopted", "count": 1}]
    shown = [text_of(render_to_string("components/outcomes_bar.html", {"total": n, "tally": tally})) for n in NUMBERS]
    assert [words.partition(":")[0].strip() for words in shown[2:]] == ITEMS[2:]


# One, two, three and many of each, as the sentence over the outcomes bar counts them: all are items, so feminine.
OUTCOMES = {
    "adopted": ["واحدة صودق عليها", "اثنتان صودق عليهما", "3 صودق عليها", "11 صودق عليها"],
    "adopted_as_amended": [
        "واحدة صودق عليها مع تعديل", "اثنتان صودق عليهما مع تعديل", "3 صودق عليها مع تعديل", "11 صودق عليها مع تعديل",
    ],
    "rejected": ["واحدة رُفضت", "اثنتان رُفضتا", "3 رُفضت", "11 رُفضت"],
    "postponed": ["واحدة أُجّلت", "اثنتان أُجّلتا", "3 أُجّلت", "11 أُجّلت"],
    "referred": ["واحدة أُحيلت على لجنة", "اثنتان أُحيلتا على لجنة", "3 أُحيلت على لجنة", "11 أُحيلت على لجنة"],
    "noted": ["واحدة للاطلاع", "اثنتان للاطلاع", "3 للاطلاع", "11 للاطلاع"],
    "presented": ["واحدة عُرضت دون تصويت", "اثنتان عُرضتا دون تصويت", "3 عُرضت دون تصويت", "11 عُرضت دون تصويت"],
    "discussed": ["واحدة نوقشت دون تصويت", "اثنتان نوقشتا دون تصويت", "3 نوقشت دون تصويت", "11 نوقشت دون تصويت"],
    "withdrawn": ["واحدة سُحبت", "اثنتان سُحبتا", "3 سُحبت", "11 سُحبت"],
    "": ["واحدة لم تُعلن نتيجتها", "اثنتان لم تُعلن نتيجتاهما", "3 لم تُعلن نتائجها", "11 لم تُعلن نتائجها"],
}  # fmt: skip


@pytest.mark.parametrize("code", [*Outcome.values, ""])
def test_outcomes_are_counted(code):
    shown = [text_of(render_to_string("components/outcome_count.html", {"code": code, "n": n})) for n in (1, 2, 3, 11)]
    assert shown == OUTCOMES[code]


def test_results_of_the_admin_are_counted():
    class ChangeList:
        show_full_result_count = can_show_all = multi_page = False

    shown = []
    for n in NUMBERS:
        ChangeList.result_count = n
        template = "admin/pagination.html"
        shown.append(text_of(render_to_string(template, {"cl": ChangeList, "pagination_required": False})))
    assert shown == RESULTS


def plural_messages():
    return [entry for entry in polib.pofile(str(CATALOGUE)) if entry.msgid_plural and not entry.obsolete]


def test_every_counted_message_has_six_forms_with_words():
    assert [e.msgid for e in plural_messages() if len([*filter(str.strip, e.msgstr_plural.values())]) != 6] == []


def test_one_and_two_are_words_and_more_are_figures():
    """«اجتماعان», never «2 اجتماعان»; from three on the figure stands, as it does in the English."""
    placeholder = re.compile(r"%\((?:n|count)\)[sd]|\{n\}|%d")
    wrong = []
    for entry in plural_messages():
        forms = [entry.msgstr_plural[form] for form in range(6)]
        wrong += [form for form in forms[1:3] if placeholder.search(form) or any(map(str.isdigit, form))]
        if placeholder.search(entry.msgid_plural):
            wrong += [form for form in forms[3:] if not placeholder.search(form)]
    assert wrong == []
