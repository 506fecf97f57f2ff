"""Agenda items and agreements from and to a sheet."""

import re
from collections import defaultdict
from contextlib import contextmanager

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arabic.folding import fold, fold_digits
from chambers.models import Chamber, Organisation
from chambers.tables import find_chamber, offered, only
from meetings.models import AgreementParty
from publishing.admin.choices import is_key
from publishing.admin.tables import CellError, Column, Table
from publishing.exports import cell as guarded
from publishing.exports import listed
from publishing.sheets import plain

from .cautions import MEANT, is_ahead, is_result

# A meeting is named by the end of its address, which never changes: 2024/artisanat-fes-meknes-octobre.
_ADDRESS = re.compile(r"(?:.*/)?([12]\d{3})/([-a-z0-9_]+)/?")


def find_meeting_address(text):
    """Return year and address of the meeting that ``text`` names, or None."""
    match = _ADDRESS.fullmatch(text.strip().lower())
    return (int(match[1]), match[2]) if match else None


def find_meeting(table, text, cells):
    address = find_meeting_address(text)
    if address is None:
        raise CellError("meeting", _("Name the meeting by its address, such as: 2024/artisanat-fes-meknes-octobre."))
    rows = offered(table, "meeting").filter(url_year=address[0], slug=address[1])
    return only(rows, "meeting", _("This meeting was not found among those you may name."))


def find_lead(table, text, cells):
    return find_chamber(offered(table, "lead_chamber"), "lead_chamber", text)


class AgendaItemTable(Table):
    name = "agenda-items"
    columns = (
        Column(
            "meeting", ("الدورة", "رابط الاجتماع"), find=find_meeting,
            value=lambda item: f"{item.meeting.url_year}/{item.meeting.slug}",
        ),
        Column("position", ("الترتيب", "الرتبة")),
        Column("number", ("الرقم", "رقم النقطة")),
        Column("title", ("النقطة", "عنوان النقطة", "العنوان")),
        Column("kind", ("النوع", "نوع النقطة")),
        Column("text"),
        Column("outcome", ("النتيجة", "القرار")),
        Column("outcome_as_printed"),
        Column("majority"),
        Column("votes_for", ("لصالح",)),
        Column("votes_against", ("ضد",)),
        Column("votes_abstained", ("امتناع",)),
        Column("amount", ("المبلغ",)),
        Column("amount_as_printed"),
    )  # fmt: skip
    required = ("meeting", "position", "title", "kind")
    fixed = ("meeting",)
    related = ("meeting",)

    def __init__(self, *args):
        super().__init__(*args)
        self._items = {}

    def _place(self, named, cells):
        place = fold_digits(cells.get("position", ""))
        if "meeting" not in named:
            raise CellError("meeting", _("Name the meeting."))
        if not is_key(place) or not 0 < int(place) < 2**15:
            raise CellError("position", _("A place in the agenda is a whole number from 1 on."))
        return named["meeting"], int(place)

    def key(self, named, cells):
        meeting, place = self._place(named, cells)
        return meeting.pk, place

    question = gettext_lazy(
        "Rows give outcomes of meetings that are still ahead. Tick the box if they are known already."
    )
    meant = MEANT

    def asks(self, form):
        is_new = "outcome" in form.changed_data and is_result(form.instance.outcome)
        return is_new and is_ahead(form.instance.meeting)

    def stored(self, cells):
        address, place = find_meeting_address(cells.get("meeting", "")), fold_digits(cells.get("position", ""))
        if address is None or not is_key(place):
            return None
        return self._items_of(*address).get(int(place))

    def existing(self, named, cells):
        meeting, place = self._place(named, cells)
        return self._items_of(meeting.url_year, meeting.slug).get(place)

    def _items_of(self, year, slug):
        """Return the items that the user reaches of the meeting of this address, by place."""
        if (year, slug) not in self._items:
            rows = self.admin.get_queryset(self.request).select_related("meeting")
            found = rows.filter(meeting__url_year=year, meeting__slug=slug)
            self._items[year, slug] = {item.position: item for item in found}
        return self._items[year, slug]

    @contextmanager
    def saving(self):
        self.request.meetings_touched = touched = {}
        yield
        del self.request.meetings_touched
        for meeting in touched.values():
            self.admin.note_in_meeting(self.request, meeting)


def _party_names(agreement):
    return listed(party.named.short_name or party.named.name for party in agreement.parties.all())


def _names_of(agreement):
    lead = agreement.lead_chamber
    return (lead.slug, lead.short_name, lead.name) if lead is not None else ()


class AgreementTable(Table):
    name = "agreements"
    columns = (
        Column("number", is_key_only=True, value=lambda agreement: agreement.number),
        Column("title", ("الاتفاقية", "عنوان الاتفاقية", "العنوان")),
        Column("short_title"),
        Column("reference", ("المرجع",)),
        Column("kind", ("النوع",)),
        Column("lead_chamber", ("الغرفة",), find=find_lead,
               value=lambda row: row.lead_chamber.short_name if row.lead_chamber_id else None),
        Column("url_year", ("السنة",)),
        Column("object", ("الموضوع",)),
        Column("place", ("المكان",)),
        Column("amount", ("المبلغ",)),
        Column("amount_as_printed"),
        Column("start", ("تاريخ البداية", "من", "ابتداء من")),
        Column("end", ("تاريخ النهاية", "إلى", "إلى غاية")),
        Column("parent_as_named"),
        Column("addendum_number"),
        Column("parties", ("الطرف", "الشركاء"), heading=gettext_lazy("parties"), is_key_only=True, value=_party_names),
    )  # fmt: skip
    required = ("title", "lead_chamber")
    fixed = ("lead_chamber", "url_year")
    related = ("lead_chamber",)
    fetched = ("parties__chamber", "parties__organisation")

    def key(self, named, cells):
        if cells.get("number"):
            return "number", cells["number"]
        return fold(cells.get("title", "")), getattr(named.get("lead_chamber"), "pk", None)

    def __init__(self, *args):
        super().__init__(*args)
        self._parties_found = {}

    def look_ahead(self, rows):
        mine = self.admin.get_queryset(self.request).select_related("lead_chamber").prefetch_related(*self.fetched)
        numbers = {int(row["number"]) for row in rows if is_key(row.get("number", "")) and len(row["number"]) < 10}
        titles = {row["title"] for row in rows if row.get("title") and not row.get("number")}
        self._numbered = {row.number: row for row in mine.filter(number__in=numbers)}
        self._titled = defaultdict(list)
        for row in mine.filter(title__in=titles):
            self._titled[row.title].append(row)

    def _of_number(self, number):
        return self._numbered.get(int(number)) if is_key(number) else None

    def stored(self, cells):
        """Return the agreement of the number, else the only one of title and lead chamber: it may be another's."""
        if number := cells.get("number", ""):
            return self._of_number(number)
        lead = cells.get("lead_chamber", "")
        found = [row for row in self._titled.get(cells.get("title", ""), ()) if lead and lead in _names_of(row)]
        return found[0] if len(found) == 1 else None

    def existing(self, named, cells):
        if number := cells.get("number", ""):
            found = self._of_number(number)
            if found is None:
                raise CellError("number", _("No agreement of this number that you may change."))
            return found
        lead = named.get("lead_chamber")
        found = [row for row in self._titled.get(cells.get("title", ""), ()) if row.lead_chamber == lead]
        if len(found) > 1:
            numbers = "، ".join(str(number) for number in sorted(row.number for row in found))
            words = _("Several agreements have this title, with the numbers %(numbers)s: give the number.")
            raise CellError("title", words % {"numbers": numbers})
        return found[0] if found else None

    def _party(self, name):
        """Return the chamber or organisation ``name``, whole or short, of those an agreement may name."""
        if name not in self._parties_found:
            self._parties_found[name] = self._find_party(name)
        return self._parties_found[name]

    def _find_party(self, name):
        field = AgreementParty._meta.get_field("organisation")
        offered = self.admin.admin_site._registry[Organisation].nameable(self.request.user, field)
        for rows in (Organisation.objects.filter(offered), Chamber.objects.all()):
            found = list(rows.filter(Q(name=name) | Q(short_name=name))[:2])
            if len(found) == 1:
                return found[0]
        words = _("«%(name)s» was not found among chambers and organisations: an administrator enters new ones.")
        raise CellError("parties", words % {"name": name[:80]})

    def _to_add(self, row, cells):
        """Return the parties that the cell names and the agreement does not have; none is ever taken away."""
        text = cells.get("parties", "")
        if not text or (row and text == plain(guarded(_party_names(row)))):
            return []
        there = {party.named for party in row.parties.all()} if row else set()
        known = {plain(party.short_name or party.name) for party in there}
        names = [name.strip() for name in re.split(r"[؛;\n]", text) if name.strip() and name.strip() not in known]
        return [party for party in dict.fromkeys(map(self._party, names)) if party not in there]

    def extras(self, row, cells):
        added = self._to_add(row, cells)
        before = _party_names(row) if row else ""
        after = listed(filter(None, [before, *(party.short_name or party.name for party in added)]))
        return [(self.heading_of("parties"), before, after)] if added else []

    def save_extras(self, row, cells):
        added = self._to_add(row, cells)
        last = max(row.parties.values_list("position", flat=True), default=0) if added else 0
        for place, party in enumerate(added, start=last + 1):
            named = {"chamber" if isinstance(party, Chamber) else "organisation": party}
            # It was found among those that are offered, and the database keeps to the rules.
            AgreementParty.objects.create(agreement=row, position=place, **named)

    def prepare(self, row, named):
        lead = named.get("lead_chamber")
        row.slug = lead.slug if lead is not None else ""
