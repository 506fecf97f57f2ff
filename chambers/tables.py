"""People and memberships from and to a sheet."""

import re
from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arabic.folding import fold
from publishing.admin.choices import entered_by, is_key
from publishing.admin.tables import CellError, Column, Table

from .models import Chamber, Membership, Person, Term

MOST_CANDIDATES = 5


def only(rows, column, words, called=str):
    """Return the one of ``rows``; raises CellError, with ``words`` for none, and naming several as ``called`` does."""
    found = list(rows[: MOST_CANDIDATES + 1])
    if not found:
        raise CellError(column, words)
    if len(found) > 1:
        raise several(column, map(called, found))
    return found[0]


def several(column, names):
    """Return the CellError that tells the ``names`` between which nothing in the sheet decides."""
    names = list(names)
    shown = "، ".join(f"«{name}»" for name in names[:MOST_CANDIDATES]) + ("…" if len(names) > MOST_CANDIDATES else "")
    return CellError(column, _("Several have this name: %(names)s. Give the number.") % {"names": shown})


def with_number(row):
    return _("%(name)s, number %(number)d") % {"name": row.name, "number": row.number}


def offered(table, name):
    """Return the rows that the form of ``table`` offers in its field ``name``."""
    return table._form((name,)).base_fields[name].queryset


def name_key(name):
    """Return the form under which the spellings of one name meet: عبد الله and عبدالله, فاطمة and فاطمه."""
    return "".join(re.findall(r"\w+", fold(name)))


class Names:
    """The names of people, read once, with the other spellings that the record gives of them."""

    def __init__(self, people):
        self.people = people
        self.exact, self.alike, self.aliases = defaultdict(list), defaultdict(list), defaultdict(list)
        for person in people.order_by("number").distinct().only("number", "name", "aliases"):
            self.exact[person.name].append(person)
            self.alike[name_key(person.name)].append(person)
            for key in {name_key(alias) for alias in person.aliases} - {name_key(person.name)}:
                self.aliases[key].append(person)

    def whole(self, person):
        """Return the row of ``person``, of whom only the names were read."""
        return self.people.get(pk=person.pk)

    def find(self, name):
        """Return the people called ``name``: letter for letter, else but for its spelling, else as also written."""
        key = name_key(name)
        return self.exact.get(name) or self.alike.get(key) or self.aliases.get(key) or []


def find_person(table, text, cells):
    rows = offered(table, "person")
    missing = _("This person was not found among those you may name.")
    number = cells.get("person_number", "") or (text if is_key(text) else "")
    if number:
        found = rows.filter(number=int(number)) if is_key(number) and len(number) < 10 else rows.none()
        person = only(found, "person_number" if cells.get("person_number") else "person", missing)
        if text != number and person not in Names(rows.filter(pk=person.pk)).find(text):
            raise CellError("person", _("The number is that of «%(name)s».") % {"name": person.name})
        return person
    if not hasattr(table, "_people"):
        table._people = Names(rows)
    found = table._people.find(text)
    if not found:
        raise CellError("person", missing)
    if len(found) > 1:
        raise several("person", map(with_number, found))
    return found[0]


def find_chamber(rows, column, text):
    found = rows.filter(slug=text) or rows.filter(short_name=text) or rows.filter(name=text)
    return only(found, column, _("This chamber was not found among those you may name."))


def find_body(table, text, cells):
    rows = offered(table, "body")
    rows = rows.filter(pk=int(text)) if is_key(text) else rows.filter(name=text)
    if cells.get("chamber"):
        rows = rows.filter(chamber=find_chamber(Chamber.objects.all(), "chamber", cells["chamber"]))
    missing = _("This organ was not found among those you may name.")
    return only(
        rows, "body", missing, lambda body: _("%(name)s, number %(number)d") % {"name": body, "number": body.pk}
    )


def find_term(table, text, cells):
    years = [word for word in text.replace("-", " ").split() if is_key(word)]
    rows = Term.objects.filter(start_year=int(years[0])) if years and len(years[0]) == 4 else Term.objects.none()
    return only(rows, "term", _("This term was not found: give its first year."))


class PersonTable(Table):
    name = "people"
    columns = (
        Column("number", is_key_only=True, value=lambda person: person.number),
        Column("name", ("الاسم الكامل", "الاسم")),
        Column("latin_name"),
        Column("aliases"),
    )
    required = ("name",)

    def key(self, named, cells):
        return ("number", cells["number"]) if cells.get("number") else ("name", name_key(cells.get("name", "")))

    def keeps(self, cells):
        """Leave the stored spelling of a name that told who is meant: with a number beside it, it is changed."""
        return set() if cells.get("number") else {"name"}

    def _known(self):
        """Return the people of the user's chambers, and those they entered, who may have no office yet."""
        if not hasattr(self, "_entered"):
            self._entered = entered_by(self.request.user, Person)
        mine = self.admin.get_queryset(self.request).values("pk")
        return Person.objects.filter(Q(pk__in=mine) | self._entered)

    def existing(self, named, cells):
        mine = self._known()
        if number := cells.get("number", ""):
            found = mine.filter(number=int(number)).first() if is_key(number) and len(number) < 10 else None
            if found is None:
                raise CellError("number", _("No person of this number whom you may change."))
            return found
        if not cells.get("name"):
            return None
        if not hasattr(self, "_names"):
            self._names, self._elsewhere = Names(mine), Names(Person.objects.published())
        found = self._names.find(cells["name"])
        if len(found) > 1:
            raise several("name", map(with_number, found))
        if elsewhere := [] if found else self._elsewhere.find(cells["name"]):
            words = _("In the record already with an office elsewhere: «%(person)s». Name them in memberships.")
            raise CellError("name", words % {"person": "»، «".join(map(with_number, elsewhere[:MOST_CANDIDATES]))})
        return self._names.whole(found[0]) if found else None


class MembershipTable(Table):
    name = "memberships"
    columns = (
        Column(
            "person",
            ("الاسم", "العضو"),
            find=find_person,
            beside=("person_number",),
            value=lambda row: row.person.name,
        ),
        Column(
            "person_number",
            heading=gettext_lazy("number of the person"),
            is_key_only=True,
            value=lambda row: row.person.number,
        ),
        Column(
            "chamber", heading=gettext_lazy("chamber"), is_key_only=True, value=lambda row: row.body.chamber.short_name
        ),
        Column("body", ("الهيئة", "الجهاز"), find=find_body, beside=("chamber",), value=lambda row: row.body.name),
        Column("office", ("الصفة", "المهمة")),
        Column("rank"),
        Column("office_as_printed"),
        Column("term", ("الولاية",), find=find_term, value=lambda row: row.term.start_year if row.term_id else None),
        Column("start", ("تاريخ البداية", "من")),
        Column("end", ("تاريخ النهاية", "إلى")),
        Column("end_reason"),
        Column("is_former", ("سابق", "منتهية")),
    )
    required = ("person", "body", "office")
    fixed = ("person", "body")
    related = ("person", "body__chamber", "term")

    def _lookup(self, named, cells):
        if "person" not in named or "body" not in named:
            return None
        form = self._form(("office", "rank", "start", "start_precision"))
        data, _wrong = self._data(
            {name: cells.get(name, "") for name in ("office", "rank", "start")}, {}, {"office", "rank", "start"}, form
        )
        bound = form(data, instance=Membership())
        bound.full_clean()
        values = {name: bound.cleaned_data.get(name) for name in ("office", "rank", "start")}
        return {"person": named["person"].pk, "body": named["body"].pk, **values, "rank": values["rank"] or 0}

    def key(self, named, cells):
        found = self._lookup(named, cells)
        return tuple(str(value) for value in found.values()) if found else None

    def existing(self, named, cells):
        found = self._lookup(named, cells)
        return self.admin.get_queryset(self.request).filter(**found).first() if found else None
