"""The list of people as a table."""

from django.utils.translation import gettext_lazy as _

from publishing.exports import Column, CsvExport, listed, page_address

from .filters import PersonFilterSet
from .models import Person


def _offices(person, is_former):
    return listed(
        f"{membership.office_words} – {membership.body.chamber.short_name}"
        for membership in person.memberships.all()
        if membership.is_former == is_former
    )


class PersonExport(CsvExport):
    queryset = Person.objects.published().for_listing()
    filterset_class = PersonFilterSet
    name = "people"
    columns = [
        Column(_("name"), lambda person: person.name),
        Column(_("name in Latin letters"), lambda person: person.latin_name),
        Column(_("Offices"), lambda person: _offices(person, is_former=False)),
        Column(_("Former offices"), lambda person: _offices(person, is_former=True)),
        Column(_("Link"), page_address),
        Column(_("Identifier"), lambda person: person.uuid),
    ]
