"""The stages of agreements from and to a sheet of their own, beside that of the agreements."""

import json
from collections import defaultdict
from contextlib import contextmanager
from typing import ClassVar

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arabic.folding import fold, fold_digits
from chambers.admin import ChamberScopedAdmin
from chambers.models import EditorRole
from chambers.tables import find_chamber, offered, only
from meetings.models import Agreement, AgreementStep
from publishing.admin import RecordAdmin, RecordForm
from publishing.admin.choices import is_key
from publishing.admin.imports import TablesAdmin
from publishing.admin.tables import CellError, Column, Table
from publishing.admin.tasks import hold_back_what_waits
from publishing.exports import iso_partial

from .cautions import is_to_come
from .tables import find_meeting_address


def find_agreement(table, text, cells):
    """Return the agreement of the number or title ``text`` that the user may change."""
    agreements = table.admin.agreements
    rows = agreements.get_queryset(table.request).filter(agreements.reach(table.request.user, "change"))
    rows = rows.filter(number=int(text)) if is_key(text) and len(text) < 10 else rows.filter(title=text)
    missing = _("No agreement of this number or title that you may change.")
    found = only(rows, "agreement", missing, lambda row: f"{row.title[:60]} ({row.number})")
    title = cells.get("title", "")
    if title and fold(title) != fold(found.title):
        raise CellError("title", _("The number is that of «%(name)s».") % {"name": found.title})
    return found


def find_item(table, text, cells):
    """Return the item at the place ``text`` of the meeting beside it."""
    address = find_meeting_address(cells.get("meeting", ""))
    if address is None:
        raise CellError("meeting", _("Name the meeting by its address, such as: 2024/artisanat-fes-meknes-octobre."))
    rows = offered(table, "agenda_item").filter(meeting__url_year=address[0], meeting__slug=address[1])
    place = fold_digits(text)
    rows = rows.filter(position=int(place)) if is_key(place) and int(place) < 2**15 else rows.none()
    return only(rows, "agenda_item", _("This place of the agenda was not found among the items you may name."))


def find_step_chamber(table, text, cells):
    return find_chamber(offered(table, "by_chamber"), "by_chamber", text)


def find_step_organisation(table, text, cells):
    rows = offered(table, "by_organisation").filter(Q(name=text) | Q(short_name=text))
    return only(rows, "by_organisation", _("This organisation was not found among those you may name."))


def _meeting(step):
    return step.agenda_item.meeting if step.agenda_item_id else None


def _address(step):
    meeting = _meeting(step)
    return f"{meeting.url_year}/{meeting.slug}" if meeting else None


def _meeting_date(step):
    meeting = _meeting(step)
    return iso_partial(meeting.date, meeting.date_precision) if meeting else None


class StepTable(Table):
    name = "agreement-stages"
    columns = (
        Column("agreement", ("رقم الاتفاقية", "الاتفاقية"), heading=gettext_lazy("number of the agreement"),
               find=find_agreement, beside=("title",), value=lambda step: step.agreement.number),
        Column("title", ("عنوان الاتفاقية",), heading=gettext_lazy("title of the agreement"), is_key_only=True,
               value=lambda step: step.agreement.title),
        Column("position", ("الترتيب",)),
        Column("stage", ("المرحلة",)),
        Column("date", ("التاريخ",)),
        Column("meeting", ("الاجتماع", "الدورة"), heading=gettext_lazy("meeting"), is_key_only=True, value=_address),
        Column("agenda_item", ("النقطة", "ترتيب النقطة"), heading=gettext_lazy("place in the agenda"),
               find=find_item, beside=("meeting",),
               value=lambda step: step.agenda_item.position if step.agenda_item_id else None),
        Column("meeting_date", heading=gettext_lazy("date of the meeting"), is_key_only=True, value=_meeting_date),
        Column("by_chamber", find=find_step_chamber,
               value=lambda step: step.by_chamber.short_name if step.by_chamber_id else None),
        Column("by_organisation", find=find_step_organisation,
               value=lambda step: step.by_organisation.name if step.by_organisation_id else None),
        Column("note", ("ملاحظة", "ملاحظات")),
    )  # fmt: skip
    required = ("agreement", "stage")
    fixed = ("agreement",)
    related = ("agreement", "agenda_item__meeting", "by_chamber", "by_organisation")
    question = gettext_lazy("Rows give stages whose day is still to come. Tick the box if that is meant.")
    meant = gettext_lazy("Yes, enter stages whose day is still to come")

    def __init__(self, *args):
        super().__init__(*args)
        self._steps = {}
        self._places = None

    def asks(self, form):
        return not {"stage", "date", "agenda_item"}.isdisjoint(form.changed_data) and is_to_come(form.instance)

    def look_ahead(self, rows):
        numbers = {int(row["agreement"]) for row in rows if is_key(row.get("agreement", "")[:9])}
        found = defaultdict(dict)
        reached = self.admin.get_queryset(self.request).select_related(*self.related)
        for step in reached.filter(agreement__number__in=numbers):
            found[step.agreement_id][step.position] = step
        agreements = self.admin.agreements.get_queryset(self.request).filter(number__in=numbers)
        self._numbered = dict(agreements.values_list("number", "pk"))
        self._steps |= {pk: found[pk] for pk in self._numbered.values() if pk not in self._steps}

    def _steps_of(self, agreement):
        if agreement.pk not in self._steps:
            rows = self.admin.get_queryset(self.request).select_related(*self.related).filter(agreement=agreement)
            self._steps[agreement.pk] = {step.position: step for step in rows}
        return self._steps[agreement.pk]

    def stored(self, cells):
        number, place = cells.get("agreement", ""), fold_digits(cells.get("position", ""))
        if not is_key(number) or not is_key(place):
            return None
        return self._steps.get(self._numbered.get(int(number)), {}).get(int(place))

    def key(self, named, cells):
        if "agreement" not in named:
            raise CellError("agreement", _("Name the agreement by its number."))
        self._judge_meeting(named.get("agenda_item"), cells)
        place = fold_digits(cells.get("position", ""))
        if not place:
            return (
                named["agreement"].pk,
                "",
                *(cells.get(name, "") for name in ("stage", "date", "meeting", "agenda_item")),
            )
        if not is_key(place) or not 0 < int(place) < 2**15:
            raise CellError("position", _("The order of a stage is a whole number from 1 on."))
        return named["agreement"].pk, int(place)

    def _judge_meeting(self, item, cells):
        """Refuse a meeting without its item, and a date of the meeting that is not the meeting's."""
        if cells.get("meeting") and item is None:
            raise CellError("agenda_item", _("Give the place of the item in the agenda of the meeting."))
        typed = cells.get("meeting_date", "")
        known = iso_partial(item.meeting.date, item.meeting.date_precision) if item is not None else ""
        if typed and item is None:
            raise CellError("meeting_date", _("Name the meeting, or give the day in the column «%(column)s».")
                            % {"column": self.heading_of("date")})  # fmt: skip
        if typed and self.day_of(typed) != known:
            words = _("A stage of a meeting has the date of the meeting, and that is %(day)s.")
            raise CellError("meeting_date", words % {"day": known or "–"})

    def existing(self, named, cells):
        steps = self._steps_of(named["agreement"])
        typed = fold_digits(cells.get("position", ""))
        places = self._places_in_sheet(named["agreement"], int(typed) if typed else "")
        found = steps.get(int(typed)) if typed else self._alike(steps, named, cells)
        is_mixed = "" in places and any(place not in ("", *steps) for place in places)
        if found is None and is_mixed:
            raise CellError("position", _("Give the order in all new rows of an agreement, or in none."))
        if not typed:
            # Behind the stages there are, in the order of the sheet.
            behind = max(steps, default=0) + places.count("")
            cells["position"] = str(found.position if found is not None else behind)
        return found

    def _places_in_sheet(self, agreement, place):
        """Return the places that the sheet gives in ``agreement`` up to this row, whose own is ``place``."""
        if self._places is None:
            self._places = defaultdict(list)
            for pk, other, *_rest in map(json.loads, self.seen):
                self._places[pk].append(other)
        else:
            self._places[agreement.pk].append(place)
        return self._places[agreement.pk]

    def _alike(self, steps, named, cells):
        """Return the stored step that says the same of stage, day and item."""
        names = ("stage", "date", "date_precision")
        typed = {name: cells.get(name, "") for name in ("stage", "date")}
        data, _wrong = self._data(typed, {}, {"stage", "date"}, None)
        bound = self._form(names)(data, instance=AgreementStep())
        bound.full_clean()
        said = [bound.cleaned_data.get("stage"), bound.cleaned_data.get("date"), named.get("agenda_item")]
        return next((step for step in steps.values() if [step.stage, step.date, step.agenda_item] == said), None)

    @contextmanager
    def saving(self):
        self.request.agreements_touched = touched = {}
        yield
        for agreement in touched.values():
            self.admin.note_in_agreement(self.request, agreement)


class StepForm(RecordForm):
    class Meta:
        model = AgreementStep
        fields = "__all__"


class StepRows(TablesAdmin, ChamberScopedAdmin, RecordAdmin):
    """What a sheet of stages needs of an admin. It has no list and no form: stages are edited with their agreement."""

    table = StepTable
    form = StepForm
    owner = None
    public_with = "agreement"
    least_role: ClassVar = {**ChamberScopedAdmin.least_role, "delete": EditorRole.CONTRIBUTOR}
    autocomplete_fields = ()

    def __init__(self, agreements):
        super().__init__(AgreementStep, agreements.admin_site)
        self.agreements = agreements

    def list_url(self):
        return reverse("admin:meetings_agreement_changelist")

    def list_name(self):
        return self.agreements.list_name()

    def rows_of_list(self, request):
        """Return the stages of the agreements that the list of agreements shows."""
        listed = self.agreements.rows_of_list(request)
        rows = AgreementStep.objects.filter(agreement__in=listed.order_by().values("pk"))
        return rows.order_by("agreement__number", "position")

    def save_model(self, request, obj, form, change):
        obj.save()
        request.agreements_touched[obj.agreement_id] = obj.agreement

    def note_in_agreement(self, request, agreement):
        """Do in ``agreement`` what follows from a change of its stages."""
        agreement = Agreement.objects.get(pk=agreement.pk)
        agreement.note_writer(request.user)
        hold_back_what_waits(self.agreements, request, agreement)
        self.agreements.take_day_of_first_step(agreement)

    def log_addition(self, request, obj, message):
        self._log(request, obj, {"added": {"name": str(self.opts.verbose_name), "object": str(obj)}})

    def log_change(self, request, obj, message):
        fields = message[0]["changed"]["fields"]
        part = {"name": str(self.opts.verbose_name), "object": str(obj), "fields": fields}
        self._log(request, obj, {"changed": part})

    def _log(self, request, step, act):
        self.agreements.log_change(request, step.agreement, [act])
