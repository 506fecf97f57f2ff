"""The columns of the tables of meetings, decisions, agreements and documents, read back by their headings."""

import csv
import io
from datetime import date, time
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from tests import factories as make

pytestmark = pytest.mark.django_db


def records(client, path):
    """Return the rows of a table as dictionaries by heading."""
    text = b"".join(client.get(path).streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_meeting(client):
    meeting = make.make_meeting(
        chamber=make.make_chamber(name="غرفة الصناعة التقليدية بالاختبار"), title="الدورة العادية لشهر أكتوبر 2024",
        slug="octobre", date=date(2024, 12, 30), time=time(10, 30), end_date=date(2024, 12, 31), venue="مقر الغرفة",
        city="فاس", members_in_office=54, members_present=41,
    )  # fmt: skip
    assert records(client, "/meetings/export.csv") == [
        {
            "التاريخ": "2024-12-30",
            "التوقيت": "10:30",
            "اليوم الأخير": "2024-12-31",
            "الغرفة": "غرفة الصناعة التقليدية بالاختبار",
            "صنف الغرف": "الصناعة التقليدية",
            "النوع": "دورة عادية",
            "العنوان": "الدورة العادية لشهر أكتوبر 2024",
            "سنة الدورة": "2024",
            "الحالة": "انعقد",
            "سبب الحالة": "",
            "مكان الاجتماع": "مقر الغرفة",
            "المدينة": "فاس",
            "الأعضاء المزاولون": "54",
            "الأعضاء الحاضرون": "41",
            "الرابط": "http://testserver/meetings/2024/octobre/",
            "المعرّف": str(meeting.uuid),
        }
    ]


def test_a_meeting_of_an_unnamed_chamber_has_its_family(client):
    make.make_meeting(family="agriculture", date=date(2024, 10, 1), date_precision="month")
    (row,) = records(client, "/meetings/export.csv")
    assert (row["الغرفة"], row["صنف الغرف"], row["التاريخ"]) == ("", "الفلاحة", "2024-10")


def test_coming_and_past_meetings_stand_in_one_table_the_newest_first(client):
    days = [date(2024, 5, 1), date(2030, 5, 1), date(2026, 5, 1)]
    for day in days:
        make.make_meeting(date=day, status="scheduled")
    assert [row["التاريخ"] for row in records(client, "/meetings/export.csv")] == [
        "2030-05-01", "2026-05-01", "2024-05-01",
    ]  # fmt: skip


def test_a_filter_narrows_the_table(client):
    make.make_meeting(kind="bureau", title="اجتماع المكتب")
    make.make_meeting()
    assert [row["العنوان"] for row in records(client, "/meetings/export.csv?kind=bureau")] == ["اجتماع المكتب"]


def test_a_decision(client):
    meeting = make.make_meeting(
        chamber=make.make_chamber(name="غرفة"), title="دورة أكتوبر 2024", slug="octobre", date=date(2024, 12, 30)
    )
    make.make_item(
        meeting=meeting, position=3, number="2-ب", title="مشروع ميزانية 2025", outcome="adopted",
        outcome_as_printed="صودق", majority="by_majority", votes_for=62, votes_against=3, votes_abstained=0,
        amount=Decimal("5000000.00"),
    )  # fmt: skip
    assert records(client, "/decisions/export.csv") == [
        {
            "سنة الدورة": "2024",
            "التاريخ": "2024-12-30",
            "الغرفة": "غرفة",
            "صنف الغرف": "الصناعة التقليدية",
            "الاجتماع": "دورة أكتوبر 2024",
            "الرقم": "2-ب",
            "العنوان": "مشروع ميزانية 2025",
            "الموضوع": "الميزانية",
            "النتيجة": "المصادقة",
            "النتيجة كما وردت": "صودق",
            "الأغلبية": "بالأغلبية",
            "أصوات لصالح": "62",
            "أصوات ضد": "3",
            "امتناع": "0",
            "المبلغ بالدرهم": "5000000.00",
            "الرابط": "http://testserver/meetings/2024/octobre/#item-3",
            "معرّف الاجتماع": str(meeting.uuid),
        }
    ]


def test_an_outcome_that_nobody_published_is_an_empty_cell(client):
    make.make_item(outcome="")
    (row,) = records(client, "/decisions/export.csv?outcome=unpublished")
    assert (row["النتيجة"], row["أصوات لصالح"]) == ("", "")


def test_decisions_without_public_results_are_in_no_table(client):
    make.make_item(outcome="adopted", meeting=make.make_meeting(results_published_at=None))
    assert records(client, "/decisions/export.csv") == []


def test_an_agreement(client):
    agreement = make.make_agreement(
        lead_chamber=make.make_chamber(name="غرفة"), title="اتفاقية المعرض", slug="exposition", kind="partnership",
        reference="12/2024", amount=Decimal("1250000.50"), place="فاس", start=date(2024, 5, 1),
        start_precision="month", end=date(2027, 1, 1), end_precision="year",
    )  # fmt: skip
    make.make_party(agreement=agreement, chamber=agreement.lead_chamber)
    make.make_party(agreement=agreement, organisation=make.make_organisation(name="وكالة"))
    make.make_party(agreement=agreement, organisation=make.make_organisation(name="جماعة"))
    make.make_step(agreement=agreement, stage="signed", date=date(2024, 3, 1), date_precision="month")
    assert records(client, "/agreements/export.csv") == [
        {
            "العنوان": "اتفاقية المعرض",
            "المرجع": "12/2024",
            "النوع": "اتفاقية شراكة",
            "السنة": "2024",
            "الغرفة": "غرفة",
            "الشركاء": "وكالة؛ جماعة",
            "المرحلة": "موقّعة",
            "آخر خطوة": "2024-03",
            "المبلغ بالدرهم": "1250000.50",
            "المكان": "فاس",
            "تاريخ البداية": "2024-05",
            "تاريخ النهاية": "2027",
            "الرابط": f"http://testserver/agreements/2024/{agreement.number}-exposition/",
            "المعرّف": str(agreement.uuid),
        }
    ]


def test_a_stage_that_is_not_public_is_an_empty_cell(client):
    agreement = make.make_agreement()
    item = make.make_item(meeting=make.make_meeting(results_published_at=None))
    make.make_step(agreement=agreement, agenda_item=item, stage="rejected")
    (row,) = records(client, "/agreements/export.csv")
    assert row["المرحلة"] == ""


def test_a_document_with_a_file(client):
    meeting = make.make_meeting(chamber=make.make_chamber(name="غرفة"), title="دورة أكتوبر 2024")
    paper = make.make_document(
        meeting=meeting, agreement=make.make_agreement(title="اتفاقية المعرض"), title="محضر", slug="pv", url="",
        issued_on=date(2024, 11, 4), pages=12,
    )  # fmt: skip
    paper.file.save("paper.pdf", ContentFile(b"%PDF-1.4"))
    (row,) = records(client, "/documents/export.csv")
    address = f"http://testserver/documents/{paper.number}-pv/"
    assert row == {
        "تاريخ الإصدار": "2024-11-04",
        "النوع": "محضر",
        "العنوان": "محضر",
        "الغرفة": "غرفة",
        "الاجتماع": "دورة أكتوبر 2024",
        "الاتفاقية": "اتفاقية المعرض",
        "الصيغة": "PDF",
        "الحجم بالبايت": "",
        "الصفحات": "12",
        "SHA-512": "",
        "رابط الوثيقة": f"{address}file/",
        "الرابط": address,
        "المعرّف": str(paper.uuid),
    }


@pytest.mark.parametrize("url", ["https://example.org/pv.pdf", ""])
def test_a_document_elsewhere_or_nowhere(client, url):
    make.make_document(url=url)
    (row,) = records(client, "/documents/export.csv")
    assert (row["رابط الوثيقة"], row["الصيغة"]) == (url, "")
