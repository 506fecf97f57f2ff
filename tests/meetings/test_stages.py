"""The stages of agreements from and to a sheet of their own."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.models import AgreementStep
from tests import factories as make

pytestmark = pytest.mark.django_db

STEPS = "/admin/meetings/agreement/steps/"
HEADER = "رقم الاتفاقية,الترتيب,المرحلة,التاريخ,الاجتماع,النقطة,ملاحظة\n"


@pytest.fixture
def chamber():
    return make.make_chamber(short_name="غرفة الياقوت", slug="yaqout")


@pytest.fixture
def agreement(chamber):
    return make.make_agreement(lead_chamber=chamber, title="اتفاقية شراكة", sort_hint=None)


@pytest.fixture
def item(chamber):
    meeting = make.make_meeting(chamber=chamber, url_year=2024, slug="yaqout-octobre", date=date(2024, 10, 16))
    return make.make_item(meeting=meeting, position=3)


@pytest.fixture(autouse=True)
def editor(client, chamber, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = make.make_editor(chamber)
    client.force_login(user)
    return user


def check(client, data, name="sheet.csv"):
    data = data.encode() if isinstance(data, str) else data
    response = client.post(f"{STEPS}import/", {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302, response.context["form"].errors
    page = client.get(response.url)
    while not page.context["check"].is_done:
        page = client.get(response.url)
    page.url = response.url
    return page


def wrong(page):
    return [(row.number, *part) for row in page.context["check"].shown("wrong") for part in row.parts]


def test_stages_are_brought_in_with_day_meeting_and_note(client, agreement, item, editor):
    text = HEADER + (
        f"{agreement.number},,صودق عليها,,2024/yaqout-octobre,3,بالإجماع\n"
        f"{agreement.number},,signed,2024-11,,,بالرباط\n"
    )
    page = check(client, text)
    assert wrong(page) == []
    response = client.post(page.url)
    assert response.url == "/admin/meetings/agreement/"
    rows = AgreementStep.objects.values_list("position", "stage", "date", "date_precision", "agenda_item", "note")
    assert list(rows) == [
        (1, "adopted", None, "day", item.pk, "بالإجماع"),
        (2, "signed", date(2024, 11, 1), "month", None, "بالرباط"),
    ]
    agreement.refresh_from_db()
    assert (agreement.changed_by, agreement.sort_hint) == (editor, date(2024, 10, 16))
    assert "بالرباط" in client.get(f"/admin/meetings/agreement/{agreement.pk}/history/").text
    assert check(client, text).context["counts"] == {"wrong": 0, "changed": 0, "new": 0, "same": 2}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_exported_stages_come_back_unchanged_and_more_are_added(client, chamber, agreement, item, ending):
    other = make.make_agreement(lead_chamber=make.make_chamber(), title="اتفاقية مشتركة")
    make.make_party(agreement=other, chamber=chamber)
    make.make_step(agreement=make.make_agreement(), note="لغرفة أخرى")
    for one in (agreement, other):
        make.make_step(agreement=one, agenda_item=item)
        make.make_step(agreement=one, stage="signed", date=date(2024, 1, 1), date_precision="year", by_chamber=chamber)
    response = client.get(f"{STEPS}export.{ending}")
    data = b"".join(response.streaming_content) if response.streaming else response.content
    page = check(client, data, f"a.{ending}")
    assert wrong(page) == []
    assert page.context["counts"] == {"wrong": 0, "changed": 0, "new": 0, "same": 4}
    if ending == "csv":
        assert "لغرفة أخرى" not in data.decode()
        assert '"2024-10-16"' in data.decode()
        more = data.decode() + f'"{agreement.number}","","","in_force","2025-01-02"\n'
        client.post(check(client, more).url)
        assert list(agreement.steps.values_list("position", "stage")) == [
            (1, "adopted"),
            (2, "signed"),
            (3, "in_force"),
        ]


def test_a_stage_is_changed_at_its_place(client, agreement):
    make.make_step(agreement=agreement, note="قديمة")
    page = check(client, f"رقم الاتفاقية,الترتيب,المرحلة,ملاحظة\n{agreement.number},1,signed,جديدة\n")
    (row,) = page.context["check"].shown("changed")
    assert [part[2] for part in row.parts] == ["موقّعة", "جديدة"]
    client.post(page.url)
    assert agreement.steps.get().note == "جديدة"


BAD = [
    ("9999,,signed,,,,", "رقم الاتفاقية", "9999"),
    ("{number},,مجهولة,,,,", "المرحلة", "مجهولة"),
    ("{number},س,signed,,,,", "الترتيب", "س"),
    ("{number},,adopted,,2024/yaqout-octobre,,", "الترتيب في جدول الأعمال", ""),
    ("{number},,adopted,,2024/yaqout-octobre,9,", "الترتيب في جدول الأعمال", "9"),
    ("{number},,adopted,2024-10-01,2024/yaqout-octobre,3,", "التاريخ", "2024-10-01"),
    ("{number},,adopted,أمس,,,", "التاريخ", "أمس"),
]


@pytest.mark.parametrize(("line", "heading", "value"), BAD)
def test_what_is_wrong_is_named_by_row_column_and_value(client, agreement, item, line, heading, value):
    page = check(client, HEADER + line.format(number=agreement.number) + "\n")
    assert [found[:3] for found in wrong(page)] == [(2, heading, value)]
    client.post(page.url)
    assert not AgreementStep.objects.exists()


def test_the_date_of_a_meeting_is_not_changed_here(client, agreement, item):
    header = "رقم الاتفاقية,المرحلة,الاجتماع,النقطة,تاريخ الاجتماع\n"
    line = f"{agreement.number},adopted,2024/yaqout-octobre,3,"
    assert check(client, f"{header}{line}16/10/2024\n").context["counts"]["new"] == 1
    ((_row, heading, value, words),) = wrong(check(client, f"{header}{line}2024-10-17\n"))
    assert (heading, value) == ("تاريخ الاجتماع", "2024-10-17")
    assert "2024-10-16" in words


def test_a_number_beside_the_title_of_another_agreement_is_told(client, agreement):
    page = check(client, f"رقم الاتفاقية,عنوان الاتفاقية,المرحلة\n{agreement.number},اتفاقية أخرى,signed\n")
    assert wrong(page) == [(2, "عنوان الاتفاقية", "اتفاقية أخرى", "الرقم رقم «اتفاقية شراكة».")]


def test_an_agreement_of_another_chamber_is_not_found(client):
    other = make.make_agreement()
    assert wrong(check(client, f"رقم الاتفاقية,المرحلة\n{other.number},signed\n"))[0][:2] == (2, "رقم الاتفاقية")


def test_a_contributor_leaves_the_stages_of_a_public_agreement_alone(client, chamber, agreement):
    make.make_step(agreement=agreement, stage="signed")
    client.force_login(make.make_editor(chamber, role="contributor"))
    text = f"رقم الاتفاقية,الترتيب,المرحلة\n{agreement.number},1,signed\n"
    assert check(client, text).context["counts"]["same"] == 1
    assert len(wrong(check(client, text.replace("signed", "adopted")))) == 1
    assert len(wrong(check(client, text.replace(",1,", ",2,")))) == 1


def test_order_given_in_some_new_rows_only_is_told(client, agreement):
    number = agreement.number
    page = check(client, f"رقم الاتفاقية,الترتيب,المرحلة\n{number},,adopted\n{number},2,signed\n")
    assert [found[:2] for found in wrong(page)] == [(3, "الترتيب")]


def test_the_list_of_agreements_leads_to_the_sheets_of_stages(client):
    page = client.get("/admin/meetings/agreement/?q=").text
    for address in ("import/", "export.csv", "export.xlsx"):
        assert f'href="{STEPS}{address}' in page
    assert client.get(f"{STEPS}import/").status_code == 200
    client.logout()
    assert client.get(f"{STEPS}import/").status_code == 302


def test_a_stage_whose_day_is_to_come_is_asked_about(client, agreement):
    page = check(
        client, HEADER + f"{agreement.number},,موقّعة,2090-01-01,,,\n{agreement.number},,مشروع,2024-01-01,,,\n"
    )
    assert page.context["check"].asking == [2]
    assert "في الملف مراحل لم يحن تاريخها بعد" in page.text
    client.post(page.url)
    assert not AgreementStep.objects.exists()
    client.post(page.url, {"meant": "1"})
    assert sorted(AgreementStep.objects.values_list("date__year", flat=True)) == [2024, 2090]


def test_another_column_of_a_stage_to_come_is_changed_without_a_question(client, agreement):
    make.make_step(agreement=agreement, position=1, stage="signed", date=date(2090, 1, 1))
    page = check(client, HEADER.replace(",التاريخ,الاجتماع,النقطة", "") + f"{agreement.number},1,موقّعة,بالرباط\n")
    assert page.context["check"].asking == []
    client.post(page.url)
    assert AgreementStep.objects.get().note == "بالرباط"
