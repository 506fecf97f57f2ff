"""The filters of meetings, decisions, agreements and documents; what all lists share is in publishing/test_listing."""

import re
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.utils import timezone

from meetings.models import AgreementKind, DocumentKind, ItemKind, Majority, MeetingKind, MeetingStatus, Outcome, Stage
from tests import factories as make
from tests.pages import get, result_total, shown, wrong_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def crafts():
    return make.make_chamber(family="crafts")


@pytest.fixture
def fisheries():
    """A chamber that spans two regions."""
    return make.make_chamber(family="sea_fisheries", regions=[make.make_region(), make.make_region()])


# Meetings


def test_meetings_of_a_chamber(client, crafts, fisheries):
    mine, other = make.make_meeting(chamber=crafts), make.make_meeting(chamber=fisheries)
    assert shown(client, f"/meetings/?chamber={crafts.slug}", [mine, other]) == [mine]


def test_meetings_of_a_region_stand_once_though_the_chamber_spans_two(client, crafts, fisheries):
    mine, other = make.make_meeting(chamber=fisheries), make.make_meeting(chamber=crafts)
    region = fisheries.regions.first()
    page = get(client, f"/meetings/?region={region.slug}")
    assert shown(client, f"/meetings/?region={region.slug}", [mine, other]) == [mine]
    assert page.count(f"<bdi>{mine.title}</bdi>") == 1


def test_meetings_of_a_family_include_those_of_unnamed_chambers(client, crafts, fisheries):
    named, unnamed = make.make_meeting(chamber=crafts), make.make_meeting(family="crafts")
    others = [make.make_meeting(chamber=fisheries), make.make_meeting(family="agriculture")]
    assert shown(client, "/meetings/?family=crafts", [named, unnamed, *others]) == [named, unnamed]


@pytest.mark.parametrize("kind", MeetingKind.values)
def test_meetings_of_a_kind(client, kind):
    mine = make.make_meeting(kind=kind)
    other = make.make_meeting(kind="ordinary" if kind != "ordinary" else "bureau")
    assert shown(client, f"/meetings/?kind={kind}", [mine, other]) == [mine]


@pytest.mark.parametrize("status", MeetingStatus.values)
def test_meetings_of_a_status(client, status):
    mine = make.make_meeting(status=status)
    other = make.make_meeting(status="held" if status != "held" else "cancelled")
    assert shown(client, f"/meetings/?status={status}", [mine, other]) == [mine]


@pytest.mark.parametrize("typed", ["2024", "٢٠٢٤"])
def test_meetings_of_a_year_are_those_of_its_sessions(client, typed):
    """The session of 2024 that sat in January 2025 is one of 2024."""
    mine = make.make_meeting(url_year=2024, date=date(2025, 1, 9))
    undated = make.make_meeting(url_year=2024, date=None)
    other = make.make_meeting(url_year=2025, date=date(2025, 1, 9))
    assert shown(client, f"/meetings/?year={quote(typed)}", [mine, undated, other]) == [mine, undated]


@pytest.mark.parametrize("path", ["/meetings/", "/decisions/"])
@pytest.mark.parametrize("typed", ["1899", "20245", "2024.5", "عام", "2e3", "-2024"])
def test_what_is_no_year_of_the_record_is_named(client, path, typed):
    assert wrong_fields(get(client, f"{path}?year={quote(typed)}", 400)) == ["year"]


@pytest.mark.parametrize("typed", ["2024-10-21", "21/10/2024", "٢١/١٠/٢٠٢٤", "٢٠٢٤-١٠-٢١", "21 أكتوبر 2024"])
def test_meetings_from_a_day_include_that_day(client, typed):
    before, on = make.make_meeting(date=date(2024, 10, 20)), make.make_meeting(date=date(2024, 10, 21))
    assert shown(client, f"/meetings/?from={quote(typed)}", [before, on]) == [on]


@pytest.mark.parametrize("typed", ["2024-10-21", "٢١/١٠/٢٠٢٤"])
def test_meetings_until_a_day_include_that_day(client, typed):
    on, after = make.make_meeting(date=date(2024, 10, 21)), make.make_meeting(date=date(2024, 10, 22))
    assert shown(client, f"/meetings/?to={quote(typed)}", [on, after]) == [on]


def test_meetings_of_one_day(client):
    days = [make.make_meeting(date=date(2024, 10, day)) for day in (20, 21, 22)]
    assert shown(client, "/meetings/?from=2024-10-21&to=2024-10-21", days) == [days[1]]


def test_a_meeting_without_a_date_is_in_no_period(client):
    undated = make.make_meeting(date=None)
    assert shown(client, "/meetings/?from=1950-01-01", [undated]) == []
    assert shown(client, "/meetings/", [undated]) == [undated]


def test_filters_hold_for_coming_meetings_too(client, crafts, fisheries):
    coming = {"date": timezone.localdate() + timedelta(days=9), "status": "scheduled"}
    mine, other = make.make_meeting(chamber=crafts, **coming), make.make_meeting(chamber=fisheries, **coming)
    assert shown(client, f"/meetings/?chamber={crafts.slug}", [mine, other]) == [mine]


def test_several_filters_narrow_together(client, crafts):
    mine = make.make_meeting(chamber=crafts, kind="bureau", title="اجتماع مكتب أول")
    others = [make.make_meeting(chamber=crafts), make.make_meeting(kind="bureau")]
    assert shown(client, f"/meetings/?chamber={crafts.slug}&kind=bureau", [mine, *others]) == [mine]


@pytest.mark.parametrize(
    "typed",
    [
        "الدورة العادية", "الدوره", "دورة", "العاديه لشهر اكتوبر", "أكتوبر", "إكتوبر", "الدَّورَة", "الدورة شهر",
        "لشهر الدورة", "  أكتوبر   ", "أكتـــوبر", "٢٠٢٤",
    ],
)  # fmt: skip
def test_words_are_found_whatever_their_spelling(client, typed):
    mine = make.make_meeting(title="الدورة العادية لشهر أكتوبر 2024")
    other = make.make_meeting(
        title="اجتماع لجنة الميزانية", kind="committee", date=None, session_year=None, session_month=None
    )
    assert shown(client, f"/meetings/?q={quote(typed)}", [mine, other]) == [mine]


def test_every_word_must_be_found(client):
    meeting = make.make_meeting(title="الدورة العادية لشهر أكتوبر 2024")
    assert shown(client, f"/meetings/?q={quote('أكتوبر ميزانية')}", [meeting]) == []


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", '"', "%%", "*"])
def test_signs_alone_find_nothing(client, typed):
    meeting = make.make_meeting(title="الدورة العادية لشهر أكتوبر")
    assert shown(client, f"/meetings/?q={quote(typed)}", [meeting]) == []


def test_the_calendar_keeps_to_the_filters_of_the_list(client, crafts):
    mine, other = make.make_meeting(chamber=crafts), make.make_meeting()
    page = get(client, f"/meetings/calendar/2024/10/?chamber={crafts.slug}")
    assert mine.title in page
    assert other.get_absolute_url() not in page


# Decisions


def test_decisions_of_a_chamber(client, crafts, fisheries):
    mine = make.make_item(meeting=make.make_meeting(chamber=crafts), title="ميزانية الصناعة التقليدية")
    other = make.make_item(meeting=make.make_meeting(chamber=fisheries), title="ميزانية الصيد")
    assert shown(client, f"/decisions/?chamber={crafts.slug}", [mine, other]) == [mine]


def test_decisions_of_a_region_stand_once_though_the_chamber_spans_two(client, fisheries):
    item = make.make_item(meeting=make.make_meeting(chamber=fisheries), title="ميزانية الصيد")
    page = get(client, f"/decisions/?region={fisheries.regions.first().slug}")
    assert page.count(f"<bdi>{item.title}</bdi>") == 1


def test_decisions_of_a_family_include_those_of_unnamed_chambers(client, crafts):
    named = make.make_item(meeting=make.make_meeting(chamber=crafts), title="نقطة الغرفة المسماة")
    unnamed = make.make_item(meeting=make.make_meeting(family="crafts"), title="نقطة الغرفة غير المسماة")
    other = make.make_item(meeting=make.make_meeting(family="agriculture"), title="نقطة فلاحية")
    assert shown(client, "/decisions/?family=crafts", [named, unnamed, other]) == [named, unnamed]


@pytest.mark.parametrize("kind", ItemKind.values)
def test_decisions_of_a_subject(client, kind):
    meeting = make.make_meeting()
    mine = make.make_item(meeting=meeting, kind=kind, title="النقطة المطلوبة")
    other = make.make_item(meeting=meeting, kind="budget" if kind != "budget" else "fees", title="نقطة أخرى")
    assert shown(client, f"/decisions/?kind={kind}", [mine, other]) == [mine]


@pytest.mark.parametrize("outcome", Outcome.values)
def test_decisions_of_an_outcome(client, outcome):
    meeting = make.make_meeting()
    mine = make.make_item(meeting=meeting, outcome=outcome, title="النقطة المطلوبة")
    other = make.make_item(
        meeting=meeting, outcome="adopted" if outcome != "adopted" else "rejected", title="نقطة أخرى"
    )
    assert shown(client, f"/decisions/?outcome={outcome}", [mine, other]) == [mine]


def test_decisions_whose_outcome_is_not_published(client):
    meeting = make.make_meeting()
    mine = make.make_item(meeting=meeting, title="النقطة المطلوبة")
    other = make.make_item(meeting=meeting, outcome="adopted", title="نقطة أخرى")
    assert shown(client, "/decisions/?outcome=unpublished", [mine, other]) == [mine]


def test_decisions_of_a_year_are_those_of_its_sessions(client):
    mine = make.make_item(meeting=make.make_meeting(url_year=2024, date=date(2025, 1, 9)), title="النقطة المطلوبة")
    other = make.make_item(meeting=make.make_meeting(url_year=2025), title="نقطة أخرى")
    assert shown(client, "/decisions/?year=2024", [mine, other]) == [mine]


@pytest.mark.parametrize("majority", Majority.values)
def test_decisions_of_a_majority(client, majority):
    meeting = make.make_meeting()
    mine = make.make_item(meeting=meeting, outcome="adopted", majority=majority, title="النقطة المطلوبة")
    other = make.make_item(meeting=meeting, outcome="adopted", title="نقطة أخرى")
    assert shown(client, f"/decisions/?majority={majority}", [mine, other]) == [mine]


def test_decisions_of_a_period_go_by_the_day_of_the_meeting(client):
    items = [
        make.make_item(meeting=make.make_meeting(date=date(2024, 10, day)), title=f"نقطة يوم {day}")
        for day in (20, 21, 22)
    ]
    assert shown(client, "/decisions/?from=21/10/2024&to=2024-10-21", items) == [items[1]]


def test_decisions_by_words_of_the_item(client):
    meeting = make.make_meeting()
    mine = make.make_item(meeting=meeting, title="الدراسة والمصادقة على الميزانية")
    other = make.make_item(meeting=meeting, title="انتخاب كاتب المجلس", kind="election")
    for typed in ("الدراسة", "الميزانيه", "دراسة ميزانية"):
        assert shown(client, f"/decisions/?q={quote(typed)}", [mine, other]) == [mine]


def test_the_bar_of_outcomes_counts_what_the_filters_leave(client, crafts):
    meeting = make.make_meeting(chamber=crafts)
    make.make_item(meeting=meeting, outcome="adopted")
    make.make_item(meeting=meeting, outcome="adopted")
    make.make_item(outcome="rejected")
    page = get(client, f"/decisions/?chamber={crafts.slug}")
    assert "mark-adopted" in page
    assert "mark-rejected" not in page


# Agreements


def test_agreements_of_a_chamber_are_those_it_leads_or_is_a_party_to(client, crafts):
    led, joined = make.make_agreement(lead_chamber=crafts), make.make_agreement()
    make.make_party(agreement=joined, chamber=crafts)
    other = make.make_agreement()
    assert shown(client, f"/agreements/?chamber={crafts.slug}", [led, joined, other]) == [led, joined]


def test_an_agreement_whose_leader_is_a_party_too_stands_once(client, crafts):
    agreement = make.make_agreement(lead_chamber=crafts)
    make.make_party(agreement=agreement, chamber=crafts)
    page = get(client, f"/agreements/?chamber={crafts.slug}")
    assert page.count(f"<bdi>{agreement.title}</bdi>") == 1


def test_agreements_of_a_region_stand_once_though_the_chamber_spans_two(client, fisheries):
    agreement, other = make.make_agreement(lead_chamber=fisheries), make.make_agreement()
    path = f"/agreements/?region={fisheries.regions.last().slug}"
    assert shown(client, path, [agreement, other]) == [agreement]
    assert get(client, path).count(f"<bdi>{agreement.title}</bdi>") == 1


def test_agreements_of_a_family(client, crafts, fisheries):
    mine, other = make.make_agreement(lead_chamber=crafts), make.make_agreement(lead_chamber=fisheries)
    assert shown(client, "/agreements/?family=crafts", [mine, other]) == [mine]


@pytest.mark.parametrize("kind", [kind for kind in AgreementKind.values if kind != "addendum"])
def test_agreements_of_a_kind(client, kind):
    mine, other = make.make_agreement(kind=kind), make.make_agreement(kind="")
    assert shown(client, f"/agreements/?kind={kind}", [mine, other]) == [mine]


def test_addenda(client):
    mine, other = make.make_agreement(kind="addendum", parent_as_named="اتفاقية إطار"), make.make_agreement()
    assert shown(client, "/agreements/?kind=addendum", [mine, other]) == [mine]


@pytest.mark.parametrize("stage", Stage.values)
def test_agreements_by_the_stage_of_the_last_step(client, stage):
    mine, passed = make.make_agreement(), make.make_agreement()
    other = "in_force" if stage != "in_force" else "signed"
    make.make_step(agreement=mine, stage=other)
    make.make_step(agreement=mine, stage=stage)
    make.make_step(agreement=passed, stage=stage)
    make.make_step(agreement=passed, stage=other)
    assert shown(client, f"/agreements/?stage={stage}", [mine, passed, make.make_agreement()]) == [mine]


def test_agreements_whose_stage_is_not_published(client):
    mine, other = make.make_agreement(), make.make_agreement()
    make.make_step(agreement=mine, agenda_item=make.make_item(meeting=make.make_meeting(results_published_at=None)))
    make.make_step(agreement=other)
    assert shown(client, "/agreements/?stage=unpublished", [mine, other]) == [mine]


def test_agreements_with_a_partner(client):
    partner = make.make_organisation()
    mine, other = make.make_agreement(), make.make_agreement()
    make.make_party(agreement=mine, organisation=partner)
    make.make_party(agreement=mine)
    make.make_party(agreement=other)
    assert shown(client, f"/agreements/?party={partner.number}", [mine, other]) == [mine]


def test_a_partner_who_is_not_public_is_no_choice(client):
    partner = make.make_organisation(state="draft", published_at=None)
    make.make_party(organisation=partner)
    page = get(client, f"/agreements/?party={partner.number}", 400)
    assert wrong_fields(page) == ["party"]
    assert partner.name not in page


@pytest.mark.parametrize(
    "typed", ["1250000", "1 250 000", "1.250.000,00", "١٢٥٠٠٠٠", "١٬٢٥٠٬٠٠٠", "1250000,00", "1\u202f250\u202f000"]
)
def test_agreements_from_an_amount_include_that_amount(client, typed):
    less = make.make_agreement(amount=Decimal("1249999.99"))
    just = make.make_agreement(amount=Decimal("1250000.00"))
    unknown = make.make_agreement()
    assert shown(client, f"/agreements/?amount_min={quote(typed)}", [less, just, unknown]) == [just]


def test_agreements_up_to_an_amount_include_that_amount(client):
    just, more = make.make_agreement(amount=Decimal("99.50")), make.make_agreement(amount=Decimal("99.51"))
    assert shown(client, "/agreements/?amount_max=99,5", [just, more, make.make_agreement()]) == [just]


def test_agreements_between_two_amounts(client):
    rows = [make.make_agreement(amount=amount) for amount in (10, 20, 30)]
    assert shown(client, "/agreements/?amount_min=15&amount_max=25", rows) == [rows[1]]


@pytest.mark.parametrize("typed", ["١٢٥٠٠٠٠", "1 250 000", "1.250.000", "1250000,00"])
def test_the_amount_of_a_filter_is_shown_as_amounts_are_written(client, typed):
    page = get(client, f"/agreements/?amount_min={quote(typed)}")
    assert "<bdi>1\u202f250\u202f000</bdi>" in page


def test_a_smallest_amount_above_the_largest_is_named_and_left_out(client):
    agreement = make.make_agreement(amount=10)
    page = get(client, "/agreements/?amount_min=20&amount_max=15", 400)
    assert wrong_fields(page) == ["amount_min"]
    assert "أصغر مبلغ أكبر من المبلغ الأقصى." in page
    assert agreement.title in page


def test_equal_amounts_are_a_range(client):
    just, more = make.make_agreement(amount=20), make.make_agreement(amount=21)
    assert shown(client, "/agreements/?amount_min=20&amount_max=20", [just, more]) == [just]


@pytest.mark.parametrize("amount", ["-1", "-0,01", "-1e999999"])
def test_an_amount_below_nothing_is_refused(client, amount):
    assert wrong_fields(get(client, f"/agreements/?amount_max={amount}", 400)) == ["amount_max"]


@pytest.mark.parametrize("amount", ["9" * 40, "9" * 20, "1e30", "-" + "9" * 40, "0." + "1" * 60])
def test_an_amount_beyond_what_records_hold_is_no_fault(client, amount):
    make.make_agreement(amount=10)
    assert client.get(f"/agreements/?amount_min={amount}&amount_max={amount}").status_code in (200, 400)


@pytest.mark.parametrize("amount", ["abc", "1,2,3", "NaN", "Infinity", "12 درهم", "9" * 5000])
def test_what_is_no_amount_is_named(client, amount):
    agreement = make.make_agreement(amount=10)
    page = get(client, f"/agreements/?amount_min={quote(amount)}", 400)
    assert wrong_fields(page) == ["amount_min"]
    assert agreement.title in page


def test_agreements_of_a_period_go_by_the_day_that_places_them(client):
    rows = [make.make_agreement(sort_hint=date(2024, 10, day)) for day in (20, 21, 22)]
    assert shown(client, "/agreements/?from=2024-10-21&to=21/10/2024", rows) == [rows[1]]


def test_agreements_by_words_of_the_title(client):
    mine, other = make.make_agreement(title="الاتفاقية الإطار مع الجامعة"), make.make_agreement()
    assert shown(client, f"/agreements/?q={quote('الاتفاقيه جامعة')}", [mine, other]) == [mine]


# Documents


def test_documents_of_a_chamber(client, crafts):
    mine, other = make.make_document(chamber=crafts), make.make_document()
    assert shown(client, f"/documents/?chamber={crafts.slug}", [mine, other]) == [mine]


def test_documents_of_a_region_stand_once_though_the_chamber_spans_two(client, fisheries):
    mine, other = make.make_document(chamber=fisheries), make.make_document()
    path = f"/documents/?region={fisheries.regions.first().slug}"
    assert shown(client, path, [mine, other]) == [mine]
    assert get(client, path).count(f"<bdi>{mine.title}</bdi>") == 1


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_documents_of_a_kind(client, kind):
    mine, other = (
        make.make_document(kind=kind),
        make.make_document(kind="minutes" if kind != "minutes" else "budget"),
    )
    assert shown(client, f"/documents/?kind={kind}", [mine, other]) == [mine]


def test_documents_by_words_of_the_title(client):
    mine, other = (
        make.make_document(title="المحضر المؤقت للدورة"),
        make.make_document(title="تقرير مالي", kind="financial_report"),
    )
    assert shown(client, f"/documents/?q={quote('المحضر')}", [mine, other]) == [mine]


# Wrong values; tests/publishing/test_listing.py has those that every list shares.

CHOICES = [
    *(f"/meetings/?{name}=unknown" for name in ("chamber", "region", "family", "kind", "status", "from", "to")),
    *(
        f"/decisions/?{name}=unknown"
        for name in ("chamber", "region", "family", "kind", "outcome", "majority", "from", "to")
    ),
    *(
        f"/agreements/?{name}=unknown"
        for name in (
            "chamber", "region", "family", "kind", "stage", "party", "amount_min", "amount_max", "from", "to",
        )
    ),
    *(f"/documents/?{name}=unknown" for name in ("chamber", "region", "kind")),
]  # fmt: skip


@pytest.mark.parametrize("path", CHOICES)
def test_an_unknown_value_is_named_and_narrows_nothing(client, path):
    meeting = make.make_meeting()
    rows = {
        "meetings": meeting,
        "decisions": make.make_item(meeting=meeting),
        "agreements": make.make_agreement(),
        "documents": make.make_document(),
    }
    row = rows[path.split("/")[1]]
    page = get(client, path, 400)
    assert wrong_fields(page) == [path.split("?")[1].split("=")[0]]
    assert f"<bdi>{row.title}</bdi>" in page


@pytest.mark.parametrize(
    "day", ["2024-13-45", "31/11/2024", "2024-10-21T00:00", "20241021", "0000-00-00", "31 نونبر 2024", "-1"]
)
@pytest.mark.parametrize("page", ["/meetings/", "/decisions/", "/agreements/"])
def test_a_day_that_does_not_exist_is_named(client, page, day):
    assert wrong_fields(get(client, f"{page}?to={quote(day)}", 400)) == ["to"]


@pytest.mark.parametrize(
    ("typed", "shown_as"), [("2024-10-21", ' value="2024-10-21"'), ("21/10/2024", ' value="2024-10-21"'), ("amas", "")]
)
def test_the_picker_is_given_a_day_in_its_own_spelling_or_none(client, typed, shown_as):
    page = get(client, f"/meetings/?from={quote(typed)}", 400 if typed == "amas" else 200)
    assert f'<input type="date" name="from"{shown_as} dir="ltr"' in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("page", ["/meetings/", "/decisions/", "/agreements/"])
def test_the_first_and_last_days_there_are_do_no_harm(client, page, day):
    get(client, f"{page}?from={day}&to={day}")


@pytest.mark.parametrize("page", ["/meetings/", "/decisions/", "/agreements/"])
def test_days_in_the_wrong_order_are_named_and_the_last_one_holds(client, page):
    assert wrong_fields(get(client, f"{page}?from=2024-10-22&to=2024-10-21", 400)) == ["from"]


def test_the_right_filters_hold_beside_a_wrong_one(client, crafts):
    mine, other = make.make_meeting(chamber=crafts), make.make_meeting()
    path = f"/meetings/?chamber={crafts.slug}&kind=unknown&from=2024-13-45"
    assert shown(client, path, [mine, other], status=400) == [mine]
    assert wrong_fields(get(client, path, 400)) == ["kind", "from"]


@pytest.mark.parametrize("number", ["0", "-1", "999999999999999999999999", "1.5", "١٢٣٤٥", "1 OR 1=1"])
def test_a_partner_who_does_not_exist_is_named(client, number):
    assert wrong_fields(get(client, f"/agreements/?party={quote(number)}", 400)) == ["party"]


def test_the_total_of_meetings_counts_coming_and_past_ones(client):
    make.make_meeting(date=timezone.localdate() + timedelta(days=9), status="scheduled")
    for _n in range(11):
        make.make_meeting()
    assert result_total(get(client, "/meetings/")) == 12


# The facets: what the bar above a register counts and offers


def parts(page):
    """Return what the sentence above a register offers: for each count its words and where it leads."""
    sentence = re.search(r'<p class="sentence">.*?</p>', page, re.DOTALL)[0]
    links = re.findall(r'<a (?:class="all" )?href="([^"]*)"([^>]*)>(.*?)</a>', sentence, re.DOTALL)
    return [(words.strip(), href, "aria-current" in rest) for href, rest, words in links]


def test_counts_of_outcomes_lead_to_the_rows_they_count(client):
    for outcome in ("adopted", "adopted", "rejected", ""):
        make.make_item(outcome=outcome)
    assert parts(get(client, "/decisions/")) == [
        ("اثنتان صودق عليهما", "?outcome=adopted#results", False),
        ("واحدة رُفضت", "?outcome=rejected#results", False),
        ("واحدة لم تُعلن نتيجتها", "?outcome=unpublished#results", False),
    ]


def test_counts_follow_the_other_filters_and_keep_them(client):
    make.make_item(outcome="adopted", kind="fees")
    make.make_item(outcome="rejected", kind="fees")
    make.make_item(outcome="postponed", kind="budget")
    assert parts(get(client, "/decisions/?kind=fees&page=1")) == [
        ("واحدة صودق عليها", "?kind=fees&outcome=adopted#results", False),
        ("واحدة رُفضت", "?kind=fees&outcome=rejected#results", False),
    ]


def test_a_chosen_outcome_is_marked_and_the_others_stay_on_offer(client):
    adopted = make.make_item(outcome="adopted", title="الحساب الإداري")
    rejected = make.make_item(outcome="rejected", title="النظام الداخلي")
    assert parts(get(client, "/decisions/?outcome=rejected")) == [
        ("واحدة صودق عليها", "?outcome=adopted#results", False),
        ("واحدة رُفضت", "?outcome=rejected#results", True),
        ("كل النتائج", "?#results", False),
    ]
    assert shown(client, "/decisions/?outcome=rejected", [adopted, rejected]) == [rejected]


def test_a_chosen_outcome_that_no_row_has_shows_none(client):
    adopted = make.make_item(outcome="adopted")
    page = get(client, "/decisions/?outcome=withdrawn")
    assert adopted.get_absolute_url() not in page
    assert parts(page)[0] == ("واحدة صودق عليها", "?outcome=adopted#results", False)


def test_what_is_no_outcome_is_left_out_of_the_counts_too(client):
    adopted = make.make_item(outcome="adopted")
    page = get(client, "/decisions/?outcome=perhaps", 400)
    assert adopted.get_absolute_url() in page
    assert parts(page) == [("واحدة صودق عليها", "?outcome=adopted#results", False)]


def test_counts_on_a_chambers_page_are_the_chambers(client, crafts, fisheries):
    make.make_item(meeting=make.make_meeting(chamber=crafts), outcome="adopted")
    make.make_item(meeting=make.make_meeting(chamber=fisheries), outcome="rejected")
    assert parts(get(client, f"{crafts.get_absolute_url()}decisions/")) == [
        ("واحدة صودق عليها", "?outcome=adopted#results", False)
    ]


def test_counts_of_stages_lead_to_the_rows_they_count(client):
    make.make_step(stage="signed")
    make.make_step(stage="proposed")
    make.make_agreement()
    assert parts(get(client, "/agreements/")) == [
        ("واحدة في طور المشروع", "?stage=proposed#results", False),
        ("واحدة موقّعة", "?stage=signed#results", False),
        ("واحدة لم تُنشر مرحلتها", "?stage=unpublished#results", False),
    ]


def test_stages_the_public_may_not_see_yet_are_not_counted(client):
    meeting = make.make_meeting(results_published_at=None)
    make.make_step(stage="adopted", agenda_item=make.make_item(meeting=meeting))
    assert [words for words, _href, _chosen in parts(get(client, "/agreements/"))] == ["واحدة لم تُنشر مرحلتها"]


def test_no_rows_leave_no_counts(client):
    assert '<p class="sentence">' not in get(client, "/decisions/")


def test_a_list_finds_what_the_search_of_the_portal_finds(client):
    """By the text, by other names of the same, and by a word that is only begun."""
    mine = make.make_meeting(title="الدورة الأولى", summary="المصادقة على برامج التكوين لسنة 2025")
    other = make.make_meeting(title="الدورة الثانية")
    for typed in ("برنامج تكوين", "التكو", "تصادق البرنامج", "«برامج التكوين»"):
        assert shown(client, f"/meetings/?q={quote(typed)}", [mine, other]) == [mine]
