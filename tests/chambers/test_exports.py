"""The columns of the table of people."""

import csv
import io

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_person_with_offices_now_and_before(client):
    person = make.make_person(name="فلان الفلاني", latin_name="Foulan Foulani")
    body = make.make_body(chamber=make.make_chamber(short_name="غرفة فاس"))
    old = make.make_body(chamber=make.make_chamber(short_name="غرفة مكناس"))
    make.make_membership(person=person, body=body, office="president")
    make.make_membership(person=person, body=body, office="member", office_as_printed="عضو اللجنة")
    make.make_membership(person=person, body=old, office="treasurer", is_former=True)
    text = b"".join(client.get("/people/export.csv").streaming_content).decode().removeprefix("\ufeff")
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == [
        {
            "الاسم": "فلان الفلاني",
            "الاسم بالحروف اللاتينية": "Foulan Foulani",
            "المناصب": "الرئيس – غرفة فاس؛ عضو اللجنة – غرفة فاس",
            "المناصب السابقة": "أمين المال – غرفة مكناس",
            "الرابط": f"http://testserver/people/{person.number}-foulan-foulani/",
            "المعرّف": str(person.uuid),
        }
    ]
