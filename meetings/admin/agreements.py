"""An agreement on one form: its parties, its steps and its sources."""

import re

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from chambers.admin import LedAdmin
from meetings.models import AgendaItem, Agreement, AgreementCitation, AgreementParty, AgreementStep
from publishing.admin import (
    CitationInline,
    Inline,
    PositionedForm,
    PositionedFormSet,
    PublishableAdmin,
    PublishableForm,
)
from publishing.admin.guards import GuardedAdmin, long_title
from publishing.admin.imports import TablesAdmin
from publishing.admin.tasks import TasksAdmin

from .cautions import cautions_of_steps
from .next_stage import NextStage
from .stages import StepRows
from .tables import AgreementTable


class AgreementForm(PublishableForm):
    """Propose the address, and refuse addenda that lead back to themselves."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "url_year" in self.fields:
            self.fields["url_year"].required = False

    def clean(self):
        cleaned = super().clean()
        if "url_year" in self.fields and "url_year" not in self.errors and not self.cleaned_data.get("url_year"):
            self._propose_year()
        lead = self.cleaned_data.get("lead_chamber")
        if "slug" in self.fields and "slug" not in self.errors and not self.cleaned_data.get("slug") and lead:
            self.cleaned_data["slug"] = lead.slug
        self._refuse_circle()
        return cleaned

    def _propose_year(self):
        dates = (self.cleaned_data.get(name) for name in ("start", "sort_hint"))
        year = next((date.year for date in dates if date), None) or self._year_of_first_step()
        if year:
            self.cleaned_data["url_year"] = year
        else:
            self.add_error("url_year", _("Give the year: neither a date nor a step in a meeting tells it."))

    def _year_of_first_step(self):
        """Return the year of the meeting of the first step that the same form gives, if there is one."""
        for name in sorted(self.data):
            value = self.data[name]
            if re.fullmatch(r"steps-[0-9]{1,3}-agenda_item", name) and re.fullmatch(r"[0-9]{1,9}", value):
                return AgendaItem.objects.filter(pk=value).values_list("meeting__url_year", flat=True).first()
        return None

    def _refuse_circle(self):
        original, seen = self.cleaned_data.get("parent"), {self.instance.pk}
        while original is not None:
            if original.pk in seen:
                self.add_error("parent", _("These agreements would be addenda to one another in a circle."))
                return
            seen.add(original.pk)
            original = original.parent


class PartyInline(Inline):
    model = AgreementParty
    form = PositionedForm
    formset = PositionedFormSet
    autocomplete_fields = ["chamber", "organisation"]
    fields = [("position", "chamber", "organisation", "role"), ("share_amount", "share_percent", "signs_as")]


class StepInline(Inline):
    model = AgreementStep
    form = PositionedForm
    formset = PositionedFormSet
    autocomplete_fields = ["agenda_item", "by_chamber", "by_organisation", "document", "source"]
    fields = [
        ("position", "stage", "agenda_item", "date", "date_precision"),
        ("by_chamber", "by_organisation", "note"),
        ("document", "source"),
    ]


class AgreementCitationInline(CitationInline):
    model = AgreementCitation


@admin.register(Agreement)
class AgreementAdmin(TablesAdmin, LedAdmin, TasksAdmin, GuardedAdmin, PublishableAdmin):
    table = AgreementTable
    form = AgreementForm
    tasks = (NextStage,)
    frozen_once_public = ("slug", "url_year")
    list_display = ["title", "lead_name", "kind", "amount", "sorted_by", "number", "state_now"]
    list_filter = ["state", "kind", "url_year", ("lead_chamber", admin.RelatedOnlyFieldListFilter), "multiparty"]
    list_select_related = ["lead_chamber"]
    search_fields = ["sort_key", "title", "reference", "place", "lead_chamber__short_name"]
    date_hierarchy = "sort_hint"
    autocomplete_fields = ["province", "project", "parent", "lead_chamber"]
    readonly_fields = ["number"]
    inlines = [PartyInline, StepInline, AgreementCitationInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("lead_chamber", "kind", "reference", "number"),
                    ("title", "short_title"),
                    "object",
                    ("place", "province", "project"),
                ]
            },
        ),
        (
            _("Amount and duration"),
            {
                "fields": [
                    ("amount", "amount_as_printed", "multiparty"),
                    ("start", "start_precision", "end", "end_precision"),
                ]
            },
        ),
        (_("Addendum to"), {"fields": [("parent", "parent_as_named", "addendum_number")]}),
        (
            _("Publication"),
            {
                "fields": [
                    ("state", "published_at"),
                    ("url_year", "slug"),
                    ("withdrawal_reason", "withdrawn_at"),
                    "sort_hint",
                ]
            },
        ),
    ]

    @admin.display(description=_("lead chamber"), ordering="lead_chamber__sort_key")
    def lead_name(self, agreement):
        return agreement.lead_chamber.short_name if agreement.lead_chamber_id else None

    @admin.display(description=_("date for sorting"), ordering="sort_on")
    def sorted_by(self, agreement):
        return agreement.sort_on

    def met_in(self, row):
        """Return the meeting that took the agreement up last."""
        steps = row.steps.filter(agenda_item__isnull=False).select_related("agenda_item__meeting")
        last = steps.order_by("position").last()
        return last.agenda_item.meeting if last else None

    def cautions(self, request, row, before=None):
        yield from long_title(row.title)
        yield from cautions_of_steps(row.steps.select_related("agenda_item__meeting").order_by("position"))

    def choice_label(self, row):
        return f"{row.url_year}/{row.number} {row.label}"

    def get_urls(self):
        return [path("steps/", include([*StepRows(self)._table_urls()])), *super().get_urls()]

    def parts(self):
        return [StepRows(self)]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.take_day_of_first_step(form.instance)

    def take_day_of_first_step(self, agreement):
        """Place an agreement without a day for sorting by its first step."""
        first = agreement.steps.select_related("agenda_item__meeting").order_by("position").first()
        if agreement.sort_hint is None and first is not None:
            agreement.sort_hint = first.agenda_item.meeting.sort_on if first.agenda_item_id else first.date
            if agreement.sort_hint:
                agreement.save(update_fields=["sort_hint", "updated_at"])
