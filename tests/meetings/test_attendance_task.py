"""The attendance of the members on one screen."""

from datetime import date

import pytest

from chambers.models import Membership
from meetings.models import Attendance
from tests import factories as make
from tests.admin_forms import filled

pytestmark = pytest.mark.django_db

DAY = date(2024, 10, 21)


@pytest.fixture
def chamber():
    return make.make_chamber()


@pytest.fixture
def bureau(chamber):
    return make.make_body(chamber=chamber, kind="bureau", name="المكتب")


@pytest.fixture
def assembly(chamber):
    return make.make_body(chamber=chamber, kind="assembly", name="الجمعية العامة")


@pytest.fixture
def meeting(chamber):
    return make.make_meeting(chamber=chamber, date=DAY)


@pytest.fixture(autouse=True)
def editor(client, chamber):
    user = make.make_editor(chamber)
    client.force_login(user)
    return user


def member(body, name, **fields):
    return make.make_membership(body=body, person=make.make_person(name=name), **fields)


def address(meeting):
    return f"/admin/meetings/meeting/{meeting.pk}/attendance/"


def send(client, meeting, page=None, step="save", **changes):
    return client.post(address(meeting), filled(page or client.get(address(meeting)), _step=step, **changes))


def names(page):
    return [str(form.named) for form in page.context["formset"].forms]


@pytest.mark.parametrize(
    ("fields", "is_held"),
    [
        ({}, True),
        ({"start": DAY, "end": DAY}, True),
        ({"start": date(2024, 10, 22)}, False),
        ({"end": date(2024, 10, 20)}, False),
        ({"end": date(2024, 10, 1), "end_precision": "month"}, True),
        ({"end": date(2024, 9, 1), "end_precision": "month"}, False),
        ({"end": date(2024, 1, 1), "end_precision": "year"}, True),
        ({"end": date(2023, 1, 1), "end_precision": "year"}, False),
        ({"is_former": True}, False),
        ({"is_former": True, "end": date(2025, 1, 1)}, True),
    ],
)
def test_an_office_counts_on_the_days_it_was_held(fields, is_held, bureau):
    make.make_membership(body=bureau, **fields)
    assert Membership.objects.in_office_on(DAY).exists() is is_held


def test_a_member_of_a_term_that_is_over_is_not_in_office(bureau):
    old, new = make.make_term(start_year=2015, end_year=2021), make.make_term(start_year=2021, end_year=2027)
    make.make_membership(body=bureau, term=old)
    present = make.make_membership(body=bureau, term=new)
    assert list(Membership.objects.in_office_on(DAY)) == [present]
    assert list(Membership.objects.in_office_on(DAY, new)) == [present]


def test_those_in_office_are_shown_the_bureau_first(client, meeting, bureau, assembly):
    member(assembly, "عضو الجمعية")
    member(bureau, "رئيس الغرفة", office="president")
    member(bureau, "رئيس سابق", is_former=True)
    member(make.make_body(chamber=meeting.chamber, kind="administration"), "مدير")
    member(make.make_body(kind="bureau"), "رئيس غرفة أخرى")
    assert names(client.get(address(meeting))) == ["رئيس الغرفة", "عضو الجمعية"]


def test_a_meeting_of_the_bureau_shows_the_bureau(client, meeting, bureau, assembly):
    meeting.kind = "bureau"
    meeting.save()
    member(assembly, "عضو الجمعية")
    member(bureau, "رئيس الغرفة")
    assert names(client.get(address(meeting))) == ["رئيس الغرفة"]


def test_all_present_then_the_exceptions(client, meeting, bureau, editor):
    for name in ("أ الأول", "ب الثاني", "ج الثالث"):
        member(bureau, name)
    page = send(client, meeting, step="all-present")
    assert not Attendance.objects.exists()
    send(client, meeting, page, attendances__0__role="presided", attendances__1__status="excused",
         attendances__2__status="", members_present="٢")  # fmt: skip
    assert list(meeting.attendances.values_list("position", "person__name", "role", "status")) == [
        (1, "أ الأول", "presided", "present"),
        (2, "ب الثاني", "member", "excused"),
    ]
    meeting.refresh_from_db()
    assert (meeting.members_present, meeting.changed_by) == (2, editor)


def test_lines_that_stand_already_are_changed_and_others_left(client, meeting, bureau):
    known = member(bureau, "أ الأول").person
    member(bureau, "ب الثاني")
    make.make_attendance(meeting=meeting, office="والي الجهة")
    row = make.make_attendance(meeting=meeting, person=known, role="member", status="present")
    page = client.get(address(meeting))
    assert names(page) == ["أ الأول", "ب الثاني"]
    send(client, meeting, page, attendances__0__status="absent", attendances__1__status="remote")
    row.refresh_from_db()
    assert row.status == "absent"
    assert list(meeting.attendances.values_list("position", "status")) == [
        (1, "present"),
        (2, "absent"),
        (3, "remote"),
    ]


def test_a_line_is_not_emptied_here(client, meeting):
    make.make_attendance(meeting=meeting)
    page = send(client, meeting, attendances__0__status="")
    assert [*page.context["formset"].forms[0].errors] == ["status"]
    assert meeting.attendances.count() == 1


def test_a_person_of_another_chamber_cannot_be_forged_in(client, meeting, bureau):
    member(bureau, "أ الأول")
    other = make.make_person(state="draft", published_at=None)
    for key in (other.pk, "9" * 30, "كلمة", ""):
        page = send(client, meeting, attendances__0__person=key, attendances__0__status="present")
        assert [*page.context["formset"].forms[0].errors] == ["person"]
    assert not Attendance.objects.exists()


def test_more_present_than_in_office_is_refused_at_its_box(client, meeting):
    page = send(client, meeting, members_in_office="10", members_present="11")
    assert [*page.context["form"].errors] == ["members_present"]


def test_what_a_colleague_entered_meanwhile_is_shown_first(client, meeting, bureau):
    known = member(bureau, "أ الأول").person
    page = client.get(address(meeting))
    make.make_attendance(meeting=meeting, person=known, role="member", status="excused")
    page = send(client, meeting, page, attendances__0__status="present")
    assert page.context["comparison"].parts
    assert list(meeting.attendances.values_list("status", flat=True)) == ["excused"]


def test_without_members_the_reason_is_said(client, meeting):
    assert "ليس في السجل عضو" in client.get(address(meeting)).text


def test_a_large_assembly_costs_as_many_queries_as_a_small_one(
    client, meeting, assembly, django_assert_max_num_queries
):
    for number in range(60):
        member(assembly, f"عضو {number}")
    with django_assert_max_num_queries(25):
        client.get(address(meeting))


def test_two_lines_of_one_person_in_one_role_are_told(client, meeting):
    person = make.make_person()
    make.make_attendance(meeting=meeting, person=person, role="presided")
    make.make_attendance(meeting=meeting, person=person, role="guest")
    page = client.get(address(meeting))
    boxes = [name for name in filled(page) if name.endswith("-role")]
    response = send(client, meeting, page, **{name.replace("-", "__"): "guest" for name in boxes})
    assert response.status_code == 200
    assert "لهذا الشخص سطران بهذه الصفة." in response.text
    assert sorted(meeting.attendances.values_list("role", flat=True)) == ["guest", "presided"]
