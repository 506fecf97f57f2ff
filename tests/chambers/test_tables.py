"""People and memberships from and to a sheet."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chambers.models import Membership, Person
from publishing.sheets import write_xlsx
from tests import factories as make

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/chambers/person/"
MEMBERSHIPS = "/admin/chambers/membership/"


@pytest.fixture
def chamber():
    return make.make_chamber(short_name="غرفة الياقوت", slug="yaqout")


@pytest.fixture
def bureau(chamber):
    return make.make_body(chamber=chamber, kind="bureau", name="المكتب")


@pytest.fixture(autouse=True)
def manager(client, chamber, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = make.make_editor(chamber, role="manager")
    client.force_login(user)
    return user


def check(client, data, where, name="sheet.csv"):
    data = data.encode() if isinstance(data, str) else data
    response = client.post(f"{where}import/", {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302, response.context["form"].errors
    page = client.get(response.url)
    page.url = response.url
    return page


def wrong(page):
    return [(row.number, *part) for row in page.context["check"].shown("wrong") for part in row.parts]


def test_people_are_entered_as_drafts_and_changed_by_number_or_name(client, bureau):
    known = make.make_membership(body=bureau, person=make.make_person(name="علي العلوي")).person
    text = (
        "الرقم,الاسم,الاسم بالحروف اللاتينية,كتابات أخرى\n"
        f"{known.number},علي العلوي,Ali Alaoui,\n,فاطمة الزهراء,,فطومة؛ فاطمة\n"
    )
    page = check(client, text, PEOPLE)
    assert page.context["counts"] == {"wrong": 0, "changed": 1, "new": 1, "same": 0}
    client.post(page.url)
    known.refresh_from_db()
    assert known.latin_name == "Ali Alaoui"
    new = Person.objects.get(name="فاطمة الزهراء")
    assert (new.state, new.aliases) == ("draft", ["فطومة", "فاطمة"])


def test_a_person_of_another_chamber_is_neither_changed_nor_doubled(client, bureau):
    other = make.make_membership(person=make.make_person(name="حسن الحسني")).person
    page = check(client, f"الرقم,الاسم\n{other.number},حسن المختطف\n,حسن الحسني\n", PEOPLE)
    assert [found[:2] for found in wrong(page)] == [(2, "رقم"), (3, "الاسم")]
    assert str(other.number) in wrong(page)[1][3]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_memberships_name_people_organ_office_and_dates(client, chamber, bureau, ending):
    make.make_term(start_year=2021, end_year=2027)
    make.make_person(name="علي العلوي")
    header = ["الشخص", "الغرفة", "الهيكل", "الصفة", "الولاية", "من", "إلى", "سابق"]
    rows = [
        ["علي العلوي", "غرفة الياقوت", "المكتب", "نائب الرئيس", "2021", "16/08/2021", "2024", "نعم"],
    ]
    if ending == "xlsx":
        data = write_xlsx(header, rows)
    else:
        data = "\n".join(";".join(cells) for cells in [header, *rows])
    page = check(client, data, MEMBERSHIPS, f"sheet.{ending}")
    assert wrong(page) == []
    client.post(page.url)
    row = Membership.objects.get()
    assert (row.person.name, row.body, row.office, row.term.start_year) == (
        "علي العلوي",
        bureau,
        "vice_president",
        2021,
    )
    assert (row.start, row.end, row.end_precision, row.is_former) == (
        date(2021, 8, 16),
        date(2024, 1, 1),
        "year",
        True,
    )
    again = check(client, data, MEMBERSHIPS, f"sheet.{ending}")
    assert again.context["counts"]["same"] == 1


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("مجهول,المكتب,عضو", "شخص"),
        ("علي العلوي,مجلس,عضو", "هيكل"),
        ("علي العلوي,المكتب,إمبراطور", "المنصب"),
    ],
)
def test_what_is_not_there_is_named(client, bureau, line, column):
    make.make_person(name="علي العلوي")
    page = check(client, f"الشخص,الهيكل,الصفة\n{line}\n", MEMBERSHIPS)
    ((number, heading, _value, _words),) = wrong(page)
    assert number == 2
    assert heading == column


def test_an_organ_of_another_chamber_is_not_found(client, bureau):
    make.make_person(name="علي العلوي")
    other = make.make_body(kind="bureau", name="المكتب")
    page = check(client, f"الشخص,الغرفة,الهيكل,الصفة\nعلي العلوي,{other.chamber.short_name},المكتب,عضو\n", MEMBERSHIPS)
    assert wrong(page)[0][0] == 2


def test_an_editor_imports_no_memberships(client, chamber):
    client.force_login(make.make_editor(chamber))
    assert client.get(f"{MEMBERSHIPS}import/").status_code == 403
    assert client.post(f"{MEMBERSHIPS}import/", {"file": io.BytesIO(b"a")}).status_code == 403
    assert client.get(f"{MEMBERSHIPS}export.csv").status_code == 200


def test_people_without_an_office_yet_are_not_entered_twice(client):
    text = "الاسم\nفاطمة الزهراء\n"
    client.post(check(client, text, PEOPLE).url)
    assert check(client, text, PEOPLE).context["counts"] == {"wrong": 0, "changed": 0, "new": 0, "same": 1}
    page = check(client, "الاسم,كتابات أخرى\nفاطمة الزهراء,فطومة\n", PEOPLE)
    assert wrong(page)[0][:2] == (2, "كتابات أخرى")
    assert Person.objects.count() == 1


def test_people_then_their_memberships(client, bureau):
    client.post(check(client, "الاسم\nفاطمة الزهراء\n", PEOPLE).url)
    client.post(check(client, "الشخص,الهيكل,الصفة\nفاطمة الزهراء,المكتب,الرئيس\n", MEMBERSHIPS).url)
    row = Membership.objects.get()
    assert (row.person.name, row.body, row.office) == ("فاطمة الزهراء", bureau, "president")
    assert "فاطمة الزهراء" in client.get("/admin/").text


def test_memberships_of_two_people_with_one_name_come_back_unchanged(client, bureau):
    for _time in range(2):
        make.make_membership(body=bureau, person=make.make_person(name="علي العلوي"), office="member")
    data = b"".join(client.get(f"{MEMBERSHIPS}export.csv").streaming_content)
    page = check(client, data, MEMBERSHIPS)
    assert (wrong(page), page.context["counts"]["same"]) == ([], 2)


SPELLINGS = [("فاطمة الأمراني", "فاطمه الامراني"), ("عبد الله", "عبدالله"), ("محمد", "محـــمد"), ("علي", "على")]


@pytest.mark.parametrize(("stored", "typed"), SPELLINGS)
def test_another_spelling_of_a_name_finds_the_person_and_leaves_the_name(client, bureau, stored, typed):
    person = make.make_membership(body=bureau, person=make.make_person(name=stored)).person
    page = check(client, f"الاسم\n{typed}\n", PEOPLE)
    assert page.context["counts"] == {"wrong": 0, "changed": 0, "new": 0, "same": 1}
    client.post(check(client, f"الاسم,الاسم بالحروف اللاتينية\n{typed},Latin\n", PEOPLE).url)
    person.refresh_from_db()
    assert (person.name, person.latin_name) == (stored, "Latin")
    client.post(check(client, f"الرقم,الاسم\n{person.number},{typed} الأول\n", PEOPLE).url)
    person.refresh_from_db()
    assert person.name == f"{typed} الأول"


def test_a_spelling_that_the_record_gives_finds_the_person(client, bureau):
    person = make.make_membership(body=bureau, person=make.make_person(name="فاطمة الزهراء")).person
    person.aliases = ["فطومة"]
    person.save()
    assert check(client, "الاسم\nفطومه\n", PEOPLE).context["counts"]["same"] == 1


def test_two_spellings_of_one_name_in_a_sheet_are_told(client):
    assert wrong(check(client, "الاسم\nفاطمة\nفاطمه\n", PEOPLE))[0][:2] == (3, "الاسم")


@pytest.mark.parametrize(
    ("where", "text", "column"),
    [(PEOPLE, "الاسم\nفاطـمة\n", "الاسم"), (MEMBERSHIPS, "الشخص,الهيكل,الصفة\nفاطـمة,المكتب,عضو\n", "شخص")],
)
def test_people_whose_names_are_spelled_alike_are_named_with_their_numbers(client, bureau, where, text, column):
    people = [make.make_person(name=name) for name in ("فاطمة", "فاطمه")]
    for person in people:
        make.make_membership(body=bureau, person=person)
    ((number, heading, _value, words),) = wrong(check(client, text, where))
    assert (number, heading) == (2, column)
    assert f"«فاطمة، رقم {people[0].number}»، «فاطمه، رقم {people[1].number}»" in words


def test_a_person_of_another_chamber_is_not_doubled_in_another_spelling(client):
    other = make.make_membership(person=make.make_person(name="حسن الأمراني")).person
    ((_number, _heading, _value, words),) = wrong(check(client, "الاسم\nحسن الامرانى\n", PEOPLE))
    assert f"«حسن الأمراني، رقم {other.number}»" in words


def test_a_membership_whose_number_is_somebody_elses_is_told(client, bureau):
    one, two = (make.make_person(name=name) for name in ("علي العلوي", "حسن الحسني"))
    header = "الشخص,رقم الشخص,الهيكل,الصفة\n"
    page = check(
        client, f"{header}علي العلوي,{two.number},المكتب,عضو\nعلي العلوى,{one.number},المكتب,عضو\n", MEMBERSHIPS
    )
    assert wrong(page) == [(2, "شخص", "علي العلوي", "الرقم رقم «حسن الحسني».")]


def test_organs_of_one_name_are_named_with_their_numbers_and_taken_by_number(client, bureau):
    other = make.make_body(chamber=make.make_chamber(short_name="غرفة الزمرد"), kind="bureau", name="المكتب")
    client.force_login(make.make_superuser())
    make.make_person(name="علي العلوي")
    text = "الشخص,الهيكل,الصفة\nعلي العلوي,المكتب,عضو\n"
    words = wrong(check(client, text, MEMBERSHIPS))[0][3]
    assert f"«المكتب – غرفة الياقوت، رقم {bureau.pk}»" in words
    assert f"«المكتب – غرفة الزمرد، رقم {other.pk}»" in words
    assert check(client, text.replace("المكتب", str(other.pk)), MEMBERSHIPS).context["counts"]["new"] == 1
