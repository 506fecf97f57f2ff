"""A list of lines: what is typed, what is stored, what is shown again."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from chambers.models import Person
from publishing.fields import LinesField, LinesFormField
from tests.factories import make_person

PersonForm = modelform_factory(Person, fields=["name", "aliases"])


@pytest.mark.django_db
def test_typed_lines_are_stored_as_a_list():
    person = make_person()
    form = PersonForm({"name": person.name, "aliases": "محمد الأول\r\nMohamed 1er"}, instance=person)
    form.save()
    person.refresh_from_db()
    assert person.aliases == ["محمد الأول", "Mohamed 1er"]


@pytest.mark.django_db
def test_stored_lines_stand_in_the_form_one_a_line():
    person = make_person(aliases=["محمد الأول", "Mohamed 1er"])
    form = PersonForm(instance=person)
    assert form["aliases"].value() == "محمد الأول\nMohamed 1er"


@pytest.mark.django_db
def test_saving_the_form_untouched_changes_nothing():
    person = make_person(aliases=["سطر «أول»", "a, b"])
    shown = PersonForm(instance=person)
    sent = {name: shown[name].value() for name in ("name", "aliases")}
    # A field with an empty list for default sends along what it showed first.
    form = PersonForm({**sent, "initial-aliases": sent["aliases"].replace("\n", "\r\n")}, instance=person)
    assert not form.has_changed()
    form.save()
    person.refresh_from_db()
    assert person.aliases == ["سطر «أول»", "a, b"]


@pytest.mark.django_db
def test_refused_form_shows_what_was_typed():
    form = PersonForm({"name": "", "aliases": "سطر أول\r\n\r\nسطر ثان"}, instance=make_person())
    assert not form.is_valid()
    assert form["aliases"].value() == "سطر أول\r\n\r\nسطر ثان"


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("", []),
        (None, []),
        ("  \n\n\t\n", []),
        ("سطر", ["سطر"]),
        (" سطر أول \n\n سطر ثان ", ["سطر أول", "سطر ثان"]),
        ('["لا", "JSON"]', ['["لا", "JSON"]']),
    ],
)
def test_typed_text_is_read_line_by_line(typed, lines):
    assert LinesFormField(required=False).clean(typed) == lines


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [
        (["سطر"], "سطر", False),
        (["سطر"], " سطر \r\n", False),
        (None, "", False),
        ([], "", False),
        (["سطر"], "", True),
        (["أ", "ب"], "ب\nأ", True),
    ],
)
def test_change_is_told_by_the_lines(initial, typed, changed):
    assert LinesFormField(required=False).has_changed(initial, typed) is changed


@pytest.mark.parametrize("value", ["سطر", {"أ": 1}, [1, 2], [["سطر"]], ["سطر", None]])
def test_anything_but_a_list_of_texts_is_refused(value):
    with pytest.raises(ValidationError) as refused:
        LinesField().clean(value, None)
    assert refused.value.code == "not_lines"


def test_empty_list_is_valid():
    assert LinesField().clean([], None) == []


def test_two_records_do_not_share_the_empty_list():
    first, second = Person(), Person()
    first.aliases.append("سطر")
    assert second.aliases == []
