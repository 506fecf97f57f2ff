"""Agenda items and agreements from and to a sheet: a check that saves nothing, then all rows or none."""

import io
import os
import re
import time
from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from meetings.admin.tables import AgendaItemTable
from meetings.models import AgendaItem, Agreement
from publishing.sheets import read_sheet
from tests import factories as make

pytestmark = pytest.mark.django_db

ITEMS = "/admin/meetings/agendaitem/"
AGREEMENTS = "/admin/meetings/agreement/"


@pytest.fixture
def chamber():
    return make.make_chamber(short_name="غرفة الياقوت", slug="yaqout")


@pytest.fixture
def meeting(chamber):
    return make.make_meeting(chamber=chamber, url_year=2024, slug="yaqout-octobre", state="draft", published_at=None)


@pytest.fixture(autouse=True)
def editor(client, chamber, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = make.make_editor(chamber)
    client.force_login(user)
    return user


def upload(client, text, where=ITEMS, name="sheet.csv"):
    data = text.encode() if isinstance(text, str) else text
    return client.post(f"{where}import/", {"file": SimpleUploadedFile(name, data)})


def check(client, text, where=ITEMS, name="sheet.csv"):
    response = upload(client, text, where, name)
    assert response.status_code == 302, response.context["form"].errors
    page = client.get(response.url)
    while not page.context["check"].is_done:
        page = client.get(response.url)
    page.url = response.url
    return page


def wrong(page):
    return [(row.number, *part) for row in page.context["check"].shown("wrong") for part in row.parts]


HEADER = "الاجتماع,الترتيب,النقطة,النوع,النتيجة,لصالح,المبلغ\n"
GOOD = HEADER + '2024/yaqout-octobre,1,المحضر,محضر,المصادقة,١٢,\n2024/yaqout-octobre,2,الميزانية,budget,,,"1 245,50"\n'


def test_the_page_says_how_many_rows_a_sheet_may_have(client):
    assert "أقصى عدد للأسطر: 5000." in client.get(f"{ITEMS}import/").text


def test_a_check_says_what_would_change_and_saves_nothing(client, meeting):
    page = check(client, GOOD)
    assert page.context["counts"] == {"wrong": 0, "changed": 0, "new": 2, "same": 0}
    assert "المحضر" in page.text
    assert not AgendaItem.objects.exists()


def test_all_rows_are_saved_after_confirmation(client, meeting, editor):
    page = check(client, GOOD)
    response = client.post(page.url)
    assert response.url == ITEMS
    assert list(meeting.items.values_list("position", "title", "kind", "outcome", "votes_for")) == [
        (1, "المحضر", "minutes", "adopted", 12),
        (2, "الميزانية", "budget", "", None),
    ]
    assert str(meeting.items.get(position=2).amount) == "1245.50"
    meeting.refresh_from_db()
    assert meeting.changed_by == editor
    assert "المحضر" in client.get(f"/admin/meetings/meeting/{meeting.pk}/history/").text


def test_a_sheet_taken_twice_changes_nothing(client, meeting):
    client.post(check(client, GOOD).url)
    assert check(client, GOOD).context["counts"] == {"wrong": 0, "changed": 0, "new": 0, "same": 2}


def test_a_changed_row_shows_before_and_after(client, meeting):
    make.make_item(meeting=meeting, position=1, title="المحضر", kind="minutes", votes_for=3)
    page = check(client, GOOD)
    (row,) = page.context["check"].shown("changed")
    assert [part[1:] for part in row.parts] == [("", "المصادقة"), ("3", "12")]


BAD = [
    ("2024/yaqout-octobre,س,النقطة,محضر,,,", (2, "الترتيب", "س")),
    ("2024/yaqout-octobre,0,النقطة,محضر,,,", (2, "الترتيب", "0")),
    ("2024/yaqout-octobre,1,النقطة,مجهول,,,", (2, "النوع", "مجهول")),
    ("2024/yaqout-octobre,1,النقطة,محضر,ربما,,", (2, "النتيجة", "ربما")),
    ("2024/yaqout-octobre,1,النقطة,محضر,,كثير,", (2, "أصوات لصالح", "كثير")),
    ("2024/yaqout-octobre,1,النقطة,محضر,,,-5", (2, "المبلغ بالدرهم", "-5")),
    ("2024/yaqout-octobre,1,,محضر,,,", (2, "العنوان", "")),
    ("2024/nothing,1,النقطة,محضر,,,", (2, "اجتماع", "2024/nothing")),
    ("دورة أكتوبر,1,النقطة,محضر,,,", (2, "اجتماع", "دورة أكتوبر")),
    (",1,النقطة,محضر,,,", (2, "اجتماع", "")),
]


@pytest.mark.parametrize(("line", "found"), BAD)
def test_what_is_wrong_is_named_by_row_column_and_value(client, meeting, line, found):
    page = check(client, HEADER + line + "\n2024/yaqout-octobre,9,سليمة,محضر,,,\n")
    ((*place, words),) = wrong(page)
    assert tuple(place) == found
    assert re.search("[ء-ي]", words)
    client.post(page.url)
    assert not AgendaItem.objects.exists()


def test_two_rows_of_one_place_are_told(client, meeting):
    page = check(client, HEADER + "2024/yaqout-octobre,1,أ,محضر,,,\n2024/yaqout-octobre,1,ب,محضر,,,\n")
    ((number, _column, _value, words),) = wrong(page)
    assert (number, words) == (3, "مثل السطر 2.")


def test_rows_of_another_chamber_are_refused(client, meeting):
    other = make.make_meeting(url_year=2024, slug="other-octobre", state="draft", published_at=None)
    make.make_item(meeting=other, position=1)
    page = check(client, HEADER + "2024/other-octobre,1,مختطفة,محضر,,,\n2024/other-octobre,2,جديدة,محضر,,,\n")
    assert [found[:2] for found in wrong(page)] == [(2, "اجتماع"), (3, "اجتماع")]


def test_a_contributor_leaves_what_is_public_alone(client, chamber, meeting):
    make.make_meeting(chamber=chamber, url_year=2024, slug="public-octobre")
    client.force_login(make.make_editor(chamber, role="contributor"))
    page = check(client, HEADER + "2024/public-octobre,1,أ,محضر,,,\n")
    assert len(wrong(page)) == 1


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("الاجتماع,الترتيب,النقطة,النوع,اللون", "«اللون»"),
        ("الاجتماع,الترتيب,النقطة", "«النوع»"),
        ("الاجتماع,الترتيب,النقطة,العنوان,النوع", "«العنوان»"),
    ],
)
def test_a_wrong_heading_is_named_before_any_row(client, meeting, header, words):
    response = upload(client, header + "\nأ,1,ب,محضر,ج\n")
    assert words in str(response.context["form"].errors["file"])


def test_a_file_in_windows_1256_is_read(client, meeting):
    page = check(client, GOOD.replace("١٢", "12").encode("cp1256"))
    assert page.context["counts"]["new"] == 2


def test_what_changed_since_the_check_is_looked_over_first(client, meeting):
    page = check(client, GOOD)
    make.make_item(meeting=meeting, position=1, title="نقطة زميل", kind="motion")
    response = client.post(page.url, follow=True)
    assert "تغيرت سجلات منذ فحص الملف" in response.text
    assert list(meeting.items.values_list("title", flat=True)) == ["نقطة زميل"]
    assert response.context["counts"] == {"wrong": 0, "changed": 1, "new": 1, "same": 0}


@pytest.fixture
def long_check(client, meeting):
    """A sheet of 300 rows that was looked over."""
    return check(client, HEADER + "".join(f"2024/yaqout-octobre,{n},النقطة {n},محضر,,,\n" for n in range(1, 301)))


def test_a_long_sheet_is_judged_in_steps_that_are_shown(client, meeting):
    rows = "".join(f"2024/yaqout-octobre,{n},النقطة {n},محضر,,,\n" for n in range(1, 301))
    response = upload(client, HEADER + rows)
    page = client.get(response.url)
    assert "الأسطر المفحوصة: 250 من 300." in page.text
    assert 'http-equiv="refresh"' in page.text
    assert client.post(response.url).status_code == 200
    assert not AgendaItem.objects.exists()
    assert client.get(response.url).context["counts"]["new"] == 300


def test_the_saving_of_a_long_sheet_is_told_while_it_goes_on(client, meeting, long_check):
    answer = client.post(long_check.url)
    assert answer["X-Accel-Buffering"] == "no"
    pieces = [piece.decode() for piece in answer.streaming_content]
    told = [words for piece in pieces for words in re.findall("الأسطر المحفوظة: [0-9]+ من 300", piece)]
    assert told == [f"الأسطر المحفوظة: {done} من 300" for done in (50, 100, 150, 200, 250, 300)]
    assert f'<meta http-equiv="refresh" content="0; url={long_check.url}">' in pieces[-1]
    assert meeting.items.count() == 300
    response = client.get(long_check.url, follow=True)
    assert response.redirect_chain == [(ITEMS, 302)]
    assert "حُفظ 300 سطر" in str(*response.context["messages"])


@pytest.mark.django_db(transaction=True)
def test_a_browser_that_is_closed_meanwhile_has_nothing_saved(client, meeting, long_check):
    answer = client.post(long_check.url)
    pieces = iter(answer.streaming_content)
    assert [next(pieces) for _time in range(4)]
    answer.close()
    assert not AgendaItem.objects.exists()
    assert client.get(long_check.url).context["counts"]["new"] == 300


def test_a_long_sheet_that_differs_by_now_is_checked_anew(client, meeting, long_check):
    make.make_item(meeting=meeting, position=300, title="نقطة زميل", kind="motion")
    assert b"refresh" in b"".join(client.post(long_check.url).streaming_content)
    assert list(meeting.items.values_list("title", flat=True)) == ["نقطة زميل"]
    client.get(long_check.url)
    page = client.get(long_check.url)
    assert "تغيرت سجلات منذ فحص الملف" in page.text
    assert page.context["counts"] == {"wrong": 0, "changed": 1, "new": 299, "same": 0}


def test_the_check_of_somebody_else_is_not_there(client, chamber, meeting):
    page = check(client, GOOD)
    client.force_login(make.make_editor(chamber))
    assert client.get(page.url).status_code == 404
    assert client.post(page.url).status_code == 404
    for key in ("x", "a" * 24):
        assert client.get(f"{ITEMS}import/{key}/").status_code == 404


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_is_imported_again_without_a_change(client, meeting, ending):
    make.make_item(meeting=meeting, title="=المحضر", outcome="adopted", amount="12.50", votes_for=3)
    make.make_item(meeting=make.make_meeting(), title="لغرفة أخرى")
    response = client.get(f"{ITEMS}export.{ending}")
    data = b"".join(response.streaming_content) if response.streaming else response.content
    assert "لغرفة أخرى" not in str(read_sheet(io.BytesIO(data), f"a.{ending}", len(data)))
    page = check(client, data, name=f"items.{ending}")
    assert page.context["counts"] == {"wrong": 0, "changed": 0, "new": 0, "same": 1}


def test_an_export_holds_to_the_filters_of_the_list(client, meeting):
    make.make_item(meeting=meeting, title="الميزانية", kind="budget")
    make.make_item(meeting=meeting, title="الملتمس", kind="motion")
    text = b"".join(client.get(f"{ITEMS}export.csv?kind__exact=motion").streaming_content).decode()
    assert "الملتمس" in text
    assert "الميزانية" not in text


@pytest.mark.parametrize("asked", ["meeting__url_year=x", "nothing=1"])
def test_an_export_with_an_impossible_filter_is_refused(client, meeting, asked):
    make.make_item(meeting=meeting)
    assert client.get(f"{ITEMS}export.csv?{asked}").status_code == 400


def test_agreements_are_drafts_of_their_chamber(client, chamber, editor):
    text = "العنوان,الغرفة,السنة,المبلغ بالدرهم,من,إلى\nاتفاقية شراكة,غرفة الياقوت,2024,500000,2024-10,45581\n"
    page = check(client, text, AGREEMENTS)
    client.post(page.url)
    agreement = Agreement.objects.get()
    assert (agreement.lead_chamber, agreement.state, agreement.created_by) == (chamber, "draft", editor)
    assert (agreement.start, agreement.start_precision) == (date(2024, 10, 1), "month")
    assert (agreement.end, agreement.end_precision) == (date(2024, 10, 16), "day")
    assert check(client, text, AGREEMENTS).context["counts"]["same"] == 1


def test_an_agreement_is_not_handed_to_another_chamber(client, chamber):
    make.make_chamber(short_name="غرفة الزمرد")
    agreement = make.make_agreement(lead_chamber=chamber, title="اتفاقية")
    page = check(client, f"الرقم,العنوان,الغرفة\n{agreement.number},اتفاقية,غرفة الزمرد\n", AGREEMENTS)
    assert wrong(page)[0][:3] == (2, "الغرفة الرئيسية", "غرفة الزمرد")


def test_a_wrong_order_of_dates_is_named_at_its_column(client, chamber):
    page = check(client, "العنوان,الغرفة,السنة,من,إلى\nاتفاقية,yaqout,2024,2024-10-02,2024-10-01\n", AGREEMENTS)
    assert wrong(page)[0][:3] == (2, "إلى تاريخ", "2024-10-01")


def test_a_row_cut_short_is_wrong_where_it_ends(client, meeting):
    page = check(client, HEADER + "2024/yaqout-octobre,1,النقطة\n")
    assert [found[:3] for found in wrong(page)] == [(2, "النوع", "")]


def test_the_parties_of_an_agreement_are_added_and_never_taken_away(client, chamber):
    make.make_organisation(name="جمعية الصناع")
    make.make_organisation(name="مجلس الجهة", short_name="المجلس")
    header = "العنوان,الغرفة,السنة,الأطراف\n"
    client.post(check(client, header + "اتفاقية,yaqout,2024,غرفة الياقوت؛ جمعية الصناع\n", AGREEMENTS).url)
    agreement = Agreement.objects.get()
    assert [str(party) for party in agreement.parties.all()] == [str(chamber), "جمعية الصناع"]
    page = check(client, header + "اتفاقية,yaqout,2024,المجلس\n", AGREEMENTS)
    assert page.context["counts"]["changed"] == 1
    client.post(page.url)
    assert agreement.parties.count() == 3
    again = header + "اتفاقية,yaqout,2024,المجلس؛ غرفة الياقوت\n"
    assert check(client, again, AGREEMENTS).context["counts"]["same"] == 1


def test_a_party_that_nobody_knows_is_named(client, chamber):
    make.make_organisation(name="شريك مكتوم", state="draft", published_at=None)
    page = check(client, "العنوان,الغرفة,السنة,الأطراف\nاتفاقية,yaqout,2024,شريك مكتوم\n", AGREEMENTS)
    ((number, heading, value, words),) = wrong(page)
    assert (number, heading, value) == (2, "الأطراف", "شريك مكتوم")
    assert "«شريك مكتوم»" in words


def test_agreements_with_their_parties_go_round(client, chamber, django_assert_max_num_queries):
    for _number in range(5):
        agreement = make.make_agreement(lead_chamber=chamber, start=date(2024, 1, 1), start_precision="year")
        make.make_party(agreement=agreement, chamber=chamber)
        make.make_party(agreement=agreement)
    with django_assert_max_num_queries(20):
        data = b"".join(client.get(f"{AGREEMENTS}export.csv").streaming_content)
    assert check(client, data, AGREEMENTS).context["counts"] == {"wrong": 0, "changed": 0, "new": 0, "same": 5}


def test_the_list_leads_to_a_sheet_from_a_sheet_and_to_the_bin(client, chamber):
    page = client.get(f"{ITEMS}?q=").text
    for address in (f"{ITEMS}import/", f"{ITEMS}export.csv", f"{ITEMS}export.xlsx", f"{ITEMS}add/"):
        assert f'href="{address}' in page
    assert "/admin/bin/" in client.get("/admin/meetings/meeting/").text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("الاتفاقية,الغرفة\nاتفاقية شراكة,غرفة الياقوت\n", "«السنة في الرابط» لازم، ولا عمود يعطيه."),
        ("الاتفاقية,الغرفة,السنة,النوع\nاتفاقية شراكة,غرفة الياقوت,2024,ملحق\n", ""),
    ],
)
def test_what_could_not_be_saved_is_wrong_at_the_check(client, text, words):
    """A sheet without some columns gives a form without their rules; the stored row has all of them."""
    page = check(client, text, AGREEMENTS)
    assert [row[0] for row in wrong(page)] == [2]
    assert words in wrong(page)[0][3]
    assert not Agreement.objects.exists()


def test_of_two_agreements_with_one_title_the_number_says_which(client, chamber):
    one, two = (make.make_agreement(title="اتفاقية شراكة", lead_chamber=chamber).number for _time in range(2))
    page = check(client, "الاتفاقية,الغرفة,المكان\nاتفاقية شراكة,غرفة الياقوت,فاس\n", AGREEMENTS)
    assert wrong(page)[0][3] == f"لعدة اتفاقيات هذا العنوان، أرقامها {one}، {two}: أعط الرقم."


def test_parties_added_to_a_scheduled_agreement_wait_for_a_second_person(client, chamber, editor):
    chamber.four_eyes = True
    chamber.save()
    moment = timezone.now() + timedelta(days=3)
    agreement = make.make_agreement(title="اتفاقية شراكة", lead_chamber=chamber, published_at=moment)
    make.make_organisation(name="وكالة التنمية")
    text = "الاتفاقية,الغرفة,الطرف\nاتفاقية شراكة,غرفة الياقوت,وكالة التنمية\n"
    page = check(client, text, AGREEMENTS)
    assert client.post(page.url).status_code == 302
    agreement.refresh_from_db()
    assert [party.named.name for party in agreement.parties.all()] == ["وكالة التنمية"]
    assert (agreement.state, agreement.published_at, agreement.changed_by) == ("in_review", None, editor)


def test_a_scheduled_agreement_of_a_second_person_is_wrong_and_no_error_of_the_server(client, chamber):
    chamber.four_eyes = True
    chamber.save()
    moment = timezone.now() + timedelta(days=3)
    make.make_agreement(title="اتفاقية شراكة", lead_chamber=chamber, published_at=moment)
    page = check(client, "الاتفاقية,الغرفة,المكان\nاتفاقية شراكة,غرفة الياقوت,فاس\n", AGREEMENTS)
    assert "ينشرها شخص ثان" in wrong(page)[0][3]


def test_votes_without_a_column_for_those_in_favour_are_told(client, meeting):
    meeting.members_present = 10
    meeting.save()
    text = "الاجتماع,الترتيب,النقطة,النوع,النتيجة,ضد\n2024/yaqout-octobre,1,الميزانية,budget,المصادقة,500\n"
    page = check(client, text)
    assert "عدد الأصوات 500" in wrong(page)[0][3]


def exported(client, where, ending="csv"):
    response = client.get(f"{where}export.{ending}")
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_agreement_that_another_chamber_leads_comes_back_unchanged(client, chamber, ending):
    secret = make.make_organisation(name="شريك مكتوم", state="draft", published_at=None)
    agreement = make.make_agreement(lead_chamber=make.make_chamber(short_name="غرفة الزمرد"), title="اتفاقية مشتركة")
    make.make_party(agreement=agreement, chamber=chamber)
    make.make_party(agreement=agreement, organisation=secret)
    data = exported(client, AGREEMENTS, ending)
    assert "غرفة الزمرد" in str(read_sheet(io.BytesIO(data), f"a.{ending}", len(data)))
    page = check(client, data, AGREEMENTS, f"a.{ending}")
    assert (wrong(page), page.context["counts"]["same"]) == ([], 1)


@pytest.mark.parametrize("number", [True, False])
def test_of_an_agreement_that_another_chamber_leads_all_but_the_lead_is_changed(client, chamber, number):
    agreement = make.make_agreement(lead_chamber=make.make_chamber(short_name="غرفة الزمرد"), title="اتفاقية مشتركة")
    make.make_party(agreement=agreement, chamber=chamber)
    first = agreement.number if number else ""
    text = f"الرقم,العنوان,الغرفة,المكان\n{first},اتفاقية مشتركة,غرفة الزمرد,فاس\n"
    client.post(check(client, text, AGREEMENTS).url)
    agreement.refresh_from_db()
    assert (agreement.place, agreement.lead_chamber.short_name) == ("فاس", "غرفة الزمرد")
    if number:
        page = check(client, text.replace("الزمرد", "الياقوت"), AGREEMENTS)
        assert [found[:3] for found in wrong(page)] == [(2, "الغرفة الرئيسية", "غرفة الياقوت")]


def test_what_a_contributor_only_reads_comes_back_unchanged_and_is_not_changed(client, chamber):
    meeting = make.make_meeting(chamber=chamber, url_year=2024, slug="public-octobre")
    make.make_item(meeting=meeting, position=1, title="المحضر", kind="minutes")
    client.force_login(make.make_editor(chamber, role="contributor"))
    data = exported(client, ITEMS)
    assert check(client, data).context["counts"] == {"wrong": 0, "changed": 0, "new": 0, "same": 1}
    page = check(client, data.decode().replace("المحضر", "محضر آخر"))
    assert [found[:3] for found in wrong(page)] == [(2, "العنوان", "محضر آخر")]


def test_a_text_as_a_browser_stored_it_comes_back_unchanged(client, meeting):
    make.make_item(meeting=meeting, title="النقطة", text="سطر\r\nثان؛ '=1\n- ثالث", outcome_as_printed="'=صودق")
    for ending in ("csv", "xlsx"):
        page = check(client, exported(client, ITEMS, ending), ITEMS, f"a.{ending}")
        assert (wrong(page), page.context["counts"]["same"]) == ([], 1)


def test_a_text_that_excel_cuts_off_is_not_shortened(client, meeting):
    item = make.make_item(meeting=meeting, title="النقطة", text="نص " * 12_000)
    page = check(client, exported(client, ITEMS, "xlsx"), ITEMS, "a.xlsx")
    assert (wrong(page), page.context["counts"]["same"]) == ([], 1)
    item.refresh_from_db()
    assert len(item.text) > 32_767


OUTCOME = HEADER + "2024/yaqout-octobre,1,المحضر,محضر,المصادقة,,\n"


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def test_outcomes_of_a_meeting_still_ahead_are_asked_about_before_they_are_saved(client, meeting):
    meeting.date = tomorrow()
    meeting.save()
    page = check(
        client, OUTCOME + "2024/yaqout-octobre,2,الميزانية,budget,,,\n2024/yaqout-octobre,3,نقطة,budget,سحب,,\n"
    )
    assert page.context["check"].asking == [2]
    assert "في الملف نتائج اجتماعات لم تُعقد بعد." in page.text
    answer = client.post(page.url)
    assert answer.status_code == 200
    assert "لم يُحفظ شيء: أجب عن السؤال أدناه." in answer.text
    assert not AgendaItem.objects.exists()
    assert client.post(page.url, {"meant": "1"}).status_code == 302
    assert meeting.items.count() == 3


def test_outcomes_of_a_meeting_that_was_held_or_that_are_known_already_ask_nothing(client, chamber, meeting):
    assert check(client, OUTCOME).context["check"].asking == []
    meeting.date = tomorrow()
    meeting.save()
    make.make_item(meeting=meeting, position=1, title="محضر", kind="minutes", outcome="adopted")
    page = check(client, OUTCOME)
    assert (page.context["counts"]["changed"], page.context["check"].asking) == (1, [])


DAYS = [
    ("2026/11/25", date(2026, 11, 25), "day"),
    ("25-11-2026", date(2026, 11, 25), "day"),
    ("25/11/2026", date(2026, 11, 25), "day"),
    ("\u200f٢٥/١١/٢٠٢٦\u200f", date(2026, 11, 25), "day"),
    ("٢٠٢٦-١١-٢٥", date(2026, 11, 25), "day"),
    ("2026-11-25 00:00:00", date(2026, 11, 25), "day"),
    ("46351", date(2026, 11, 25), "day"),
    ("٤٦٣٥١", date(2026, 11, 25), "day"),
    ("25 نونبر 2026", date(2026, 11, 25), "day"),
    ("2026/11", date(2026, 11, 1), "month"),
    ("11/2026", date(2026, 11, 1), "month"),
    ("٢٠٢٦", date(2026, 1, 1), "year"),
    (date(2026, 11, 25), date(2026, 11, 25), "day"),
    (datetime(2026, 11, 25), date(2026, 11, 25), "day"),
    (46351, date(2026, 11, 25), "day"),
    (46351.0, date(2026, 11, 25), "day"),
    (2026, date(2026, 1, 1), "year"),
]


@pytest.mark.parametrize(("typed", "day", "precision"), DAYS)
def test_days_are_read_as_people_and_excel_write_them(client, chamber, typed, day, precision):
    book = Workbook()
    for row in (["العنوان", "الغرفة", "السنة", "من"], ["اتفاقية", "yaqout", 2026, typed]):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    data, name = held.getvalue(), "a.xlsx"
    if isinstance(typed, str):
        data, name = f"العنوان,الغرفة,السنة,من\nاتفاقية,yaqout,2026,{typed}\n".encode(), "a.csv"
    page = check(client, data, AGREEMENTS, name)
    assert wrong(page) == []
    client.post(page.url)
    agreement = Agreement.objects.get()
    assert (agreement.start, agreement.start_precision) == (day, precision)


@pytest.mark.parametrize("typed", ["11/25/2026", "2026-02-30", "2026-13", "غدا", "25-11-2026 09:30"])
def test_what_is_no_day_is_named_with_its_row_and_column(client, chamber, typed):
    page = check(client, f"العنوان,الغرفة,السنة,من\nاتفاقية,yaqout,2026,{typed}\n", AGREEMENTS)
    assert [found[:3] for found in wrong(page)] == [(2, "من تاريخ", typed)]


def test_a_button_pressed_twice_saves_once_and_tells_it_again(client, meeting, editor):
    page = check(client, GOOD)
    for _time in range(2):
        response = client.post(page.url, follow=True)
        assert response.redirect_chain == [(ITEMS, 302)]
        assert "حُفظ سطران." in str(*response.context["messages"])
    assert client.get(page.url).url == ITEMS
    assert meeting.items.count() == 2
    (name,) = default_storage.listdir(f"imports/{editor.pk}")[1]
    with default_storage.open(f"imports/{editor.pk}/{name}") as kept:
        assert b"rows" not in kept.read()


def test_sheets_of_anybody_are_forgotten_a_day_later_whoever_opens_a_page_of_import(client, chamber, meeting, editor):
    old, new = check(client, GOOD).url, check(client, GOOD).url
    path = default_storage.path(f"imports/{editor.pk}/{old.split('/')[-2]}.json")
    os.utime(path, times=(1, time.time() - 86_500))
    client.force_login(make.make_editor(chamber))
    client.get(f"{AGREEMENTS}import/")
    client.force_login(editor)
    assert [client.get(where).status_code for where in (old, new)] == [404, 200]


def test_a_check_that_is_written_anew_is_there_all_the_time(client, meeting, editor):
    page = check(client, GOOD)
    for _time in range(3):
        assert client.get(page.url).status_code == 200
    assert len(default_storage.listdir(f"imports/{editor.pk}")[1]) == 1


def test_what_an_empty_cell_takes_away_is_shown_and_counted(client, meeting):
    make.make_item(meeting=meeting, position=1, title="المحضر", kind="minutes", votes_for=3, amount="12.50")
    page = check(client, HEADER + "2024/yaqout-octobre,1,المحضر,محضر,,,\n")
    (row,) = page.context["check"].shown("changed")
    assert [part[1:] for part in row.parts] == [("3", ""), ("12.50", "")]
    assert page.context["check"].held["emptied"] == 2
    assert page.text.count('<strong class="is-emptied">ستُفرغ</strong>') == 2
    client.post(page.url)
    assert meeting.items.filter(votes_for=None, amount=None).exists()


def test_a_column_that_is_left_out_takes_nothing_away(client, meeting):
    full = {
        "text": "نص",
        "outcome": "adopted",
        "majority": "unanimous",
        "votes_for": 3,
        "amount": "12.50",
        "number": "2",
    }
    item = make.make_item(meeting=meeting, position=1, title="المحضر", kind="minutes", **full)
    text = "الاجتماع,الترتيب,النقطة,النوع\n2024/yaqout-octobre,1,محضر آخر,محضر\n"
    client.post(check(client, text).url)
    item.refresh_from_db()
    assert {name: str(getattr(item, name)) for name in full} == {name: str(value) for name, value in full.items()}
    assert item.title == "محضر آخر"


def test_a_date_known_in_part_stays_where_its_column_is_left_out(client, chamber):
    agreement = make.make_agreement(
        lead_chamber=chamber, title="اتفاقية", start=date(2024, 1, 1), start_precision="year"
    )
    client.post(check(client, "العنوان,الغرفة,المكان\nاتفاقية,yaqout,فاس\n", AGREEMENTS).url)
    agreement.refresh_from_db()
    assert (agreement.place, agreement.start, agreement.start_precision) == ("فاس", date(2024, 1, 1), "year")


@pytest.mark.parametrize("header", ["الاجتماع,الترتيب,النقطة,النوع", "الاجتماع,الترتيب,النقطة,النوع,,المبلغ"])
def test_a_cell_below_no_heading_is_told(client, meeting, header):
    page = check(client, f"{header}\n2024/yaqout-octobre,1,المحضر,محضر,زائد\n")
    assert [found[:3] for found in wrong(page)] == [(2, "", "زائد")]


def test_an_agenda_of_sixty_items_is_written_down_as_sent_once(client, meeting, django_assert_max_num_queries):
    meeting.date, meeting.status = tomorrow(), "scheduled"
    meeting.agenda_published_at, meeting.results_published_at = timezone.now() + timedelta(days=1), None
    meeting.state, meeting.published_at = "published", timezone.now()
    meeting.save()
    text = HEADER + "".join(f"2024/yaqout-octobre,{n},النقطة {n},محضر,,,\n" for n in range(1, 61))
    page = check(client, text)
    with django_assert_max_num_queries(60 * 10):
        assert client.post(page.url).status_code == 302
    assert meeting.items.filter(sent_title__isnull=True).count() == 0
    assert meeting.items.count() == 60


def test_what_a_sheet_saves_is_found_by_the_search(client, meeting):
    client.post(check(client, GOOD).url)
    found = client.get(f"{ITEMS}?q=الميزانية")
    assert [item.title for item in found.context["cl"].result_list] == ["الميزانية"]


def test_a_row_that_came_in_between_rolls_everything_back(client, meeting, monkeypatch):
    """What a row breaks at its saving, the database says; the check was of what was stored then."""
    page = check(client, GOOD)
    note = AgendaItem.objects.bulk_create
    judge = AgendaItemTable.existing

    def existing(table, named, cells):
        if cells["position"] == "2":
            note([AgendaItem(meeting=meeting, position=2, title="نقطة زميل", kind="motion")])
        return judge(table, named, cells)

    monkeypatch.setattr(AgendaItemTable, "existing", existing)
    response = client.post(page.url)
    assert response.url == page.url
    assert not AgendaItem.objects.exists()
