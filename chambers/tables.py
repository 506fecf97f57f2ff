"""People and memberships from and to a sheet."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arabic.folding import fold
from publishing.admin.choices import entered_by, is_key
from publishing.admin.tables import CellError, Column, Table

from .models import Chamber, Membership, Person, Term


def only(rows, column, words):
    """Return the one of ``rows``; raises CellError, with ``words`` for none, and for several."""
    found = list(rows[:2])
    if not found:
        raise CellError(column, words)
    if len(found) > 1:
        raise CellError(column, _("Several have this name: give the number."))
    return found[0]


def offered(table, name):
    """Return the rows that the form of ``table`` offers in its field ``name``."""
    return table._form((name,)).base_fields[name].queryset


def find_person(table, text, cells):
    rows = offered(table, "person")
    if number := cells.get("person_number", ""):
        rows = rows.filter(number=int(number)) if is_key(number) and len(number) < 10 else rows.none()
    found = rows.filter(number=int(text)) if is_key(text) and len(text) < 10 else rows.filter(name=text)
    return only(found, "person", _("This person was not found among those you may name."))


def find_chamber(rows, column, text):
    found = rows.filter(slug=text) or rows.filter(short_name=text) or rows.filter(name=text)
    return only(found, column, _("This chamber was not found among those you may name."))


def find_body(table, text, cells):
    rows = offered(table, "body").filter(name=text)
    if cells.get("chamber"):
        rows = rows.filter(chamber=find_chamber(Chamber.objects.all(), "chamber", cells["chamber"]))
    return only(rows, "body", _("This organ was not found among those you may name."))


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
        return ("number", cells["number"]) if cells.get("number") else ("name", fold(cells.get("name", "")))

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
        found = list(mine.filter(name=cells["name"]).distinct()[:2])
        if len(found) > 1:
            raise CellError("name", _("Several have this name: give the number."))
        elsewhere = None if found else Person.objects.published().filter(name=cells["name"]).first()
        if elsewhere is not None:
            words = _(
                "In the record already, with number %(number)d and an office elsewhere: name them in memberships."
            )
            raise CellError("name", words % {"number": elsewhere.number})
        return found[0] if found else None


class MembershipTable(Table):
    name = "memberships"
    columns = (
        Column("person", ("الاسم", "العضو"), find=find_person, value=lambda row: row.person.name),
        Column(
            "person_number",
            heading=gettext_lazy("number of the person"),
            is_key_only=True,
            value=lambda row: row.person.number,
        ),
        Column(
            "chamber", heading=gettext_lazy("chamber"), is_key_only=True, value=lambda row: row.body.chamber.short_name
        ),
        Column("body", ("الهيئة", "الجهاز"), find=find_body, value=lambda row: row.body.name),
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
