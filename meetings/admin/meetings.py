"""A meeting on one form: its call, agenda, sittings, attendance, talks, recommendations, papers and sources."""

import re
from contextlib import suppress

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import dates, timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from arabic.fields import FoldedDateField
from chambers.admin import ChamberScopedAdmin, OfOneChamberForm, chamber_name
from meetings.convocation import agenda_is_out, keep_as_sent, results_are_out
from meetings.models import (
    AgendaItem,
    AgreementStep,
    Attendance,
    Document,
    ItemKind,
    Meeting,
    MeetingCitation,
    ProjectNote,
    Recommendation,
    Sitting,
    Talk,
)
from publishing.admin import (
    CitationInline,
    Inline,
    PositionedForm,
    PositionedFormSet,
    PublishableAdmin,
    PublishableForm,
    remembered,
)
from publishing.admin.guards import GuardedAdmin
from publishing.admin.tasks import TasksAdmin
from publishing.models import PublicationState

from .addresses import FAMILIES, propose_slug
from .agenda import AgendaItemInline, ProjectNoteInline
from .attendance import EnterAttendance
from .cautions import MEANT, cautions_of, is_ahead, is_result
from .copying import CopyMeeting
from .documents import DocumentInline
from .from_item import AgreementFromItem
from .outcomes import EnterOutcomes
from .paste import PasteAgenda
from .postpone import Postpone
from .prefilled import minutes_of, news_about

# What an editor would otherwise learn only from the public page.
MOMENTS = {
    "agenda_published_at": _("While it is empty, the public page shows no agenda, even of a published meeting."),
    "results_published_at": _("While it is empty, outcomes, majorities and votes stay hidden from the public."),
}

EARLY = _("This meeting is still ahead, and items have outcomes. Tick the box if they are known already.")
OUTCOME_BOX = re.compile(r"items-([0-9]{1,3})-outcome")


class MeetingForm(PublishableForm, OfOneChamberForm):
    """Propose the address where the editor leaves it empty."""

    parts_of_chamber = ("body", "annex")

    confirmed = forms.BooleanField(label=MEANT, required=False)
    session_month = forms.TypedChoiceField(
        label=_("month of the session"),
        choices=[("", "–"), *dates.MONTHS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("url_year", "slug"):
            if name in self.fields:
                self.fields[name].required = False
        for name, words in MOMENTS.items():
            if name in self.fields:
                self.fields[name].help_text = words

    def clean(self):
        cleaned = super().clean()
        self._keep_what_is_out("agenda_published_at", agenda_is_out)
        self._keep_what_is_out("results_published_at", results_are_out)
        if "agenda_published_at" in self.makes_public() and not self._has_items():
            self.add_error("agenda_published_at", _("There is no item yet: enter the agenda, then publish it."))
        if "results_published_at" in self.makes_public() and self._has_items() and not self._has_outcomes():
            self.add_error(
                "results_published_at", _("No outcome has been entered yet: enter them, then publish them.")
            )
        if "url_year" in self.fields and "url_year" not in self.errors:
            self._propose_year()
        if "confirmed" in self.fields and not cleaned.get("confirmed"):
            self.add_error("confirmed", EARLY)
        return cleaned

    def _keep_what_is_out(self, name, is_out):
        """Refuse to take back in silence what the public has seen."""
        if self.instance.pk is None or name not in self.fields or name in self.errors or not is_out(self.instance):
            return
        moment = self.cleaned_data.get(name)
        if moment is None or moment > timezone.now():
            self.add_error(name, _("This is public already: correct it, or withdraw the meeting with a reason."))

    def _has_items(self):
        """Say whether the form that was sent, which this one is a part of, holds an item."""
        typed = any(re.fullmatch(r"items-[0-9]{1,3}-title", name) and self.data[name] for name in self.data)
        return typed or (self.instance.pk is not None and self.instance.items.exists())

    def _has_outcomes(self):
        typed = [self.data[name] for name in self.data if OUTCOME_BOX.fullmatch(name)]
        return any(typed) or (self.instance.pk is not None and self.instance.items.exclude(outcome="").exists())

    @classmethod
    def gives_early_outcomes(cls, data, row):
        """Say whether what was sent dates the meeting ahead and gives items outcomes that ``row`` does not hold.

        Who may not change the day sends none; it is that of ``row``, as where the one typed cannot be read.
        """
        day = row.date if row is not None else None
        if "date" in data:
            with suppress(forms.ValidationError):
                day = FoldedDateField(required=False).clean(data["date"])
        if not is_ahead(Meeting(date=day)):
            return False
        stored = {str(key): outcome for key, outcome in row.items.values_list("pk", "outcome")} if row else {}
        typed = (match[1] for name in data if (match := OUTCOME_BOX.fullmatch(name)) and is_result(data[name]))
        return any(data[f"items-{n}-outcome"] != stored.get(data.get(f"items-{n}-id", "")) for n in typed)

    def _propose_year(self):
        date = self.cleaned_data.get("date")
        year = self.cleaned_data.get("url_year") or self.cleaned_data.get("session_year") or (date and date.year)
        if not year:
            self.add_error("url_year", _("Give the year of the session, or the date, or the year in the address."))
        self.cleaned_data["url_year"] = year

    def _post_clean(self):
        # The address is proposed from the row as it will be saved.
        super()._post_clean()
        needed = {"chamber", "family", "kind", "session_month", "session_ordinal", "url_year", "slug"}
        row = self.instance
        if not row.slug and not needed & self.errors.keys() and (row.chamber_id or row.family in FAMILIES):
            row.slug = self.cleaned_data["slug"] = propose_slug(row)


class SittingInline(Inline):
    model = Sitting
    form = PositionedForm
    formset = PositionedFormSet
    fields = [
        ("position", "status", "date", "date_precision", "time", "time_as_printed"),
        ("venue", "city", "members_in_office", "members_present", "members_required"),
        "reason",
    ]


class AttendanceInline(Inline):
    model = Attendance
    form = PositionedForm
    formset = PositionedFormSet
    autocomplete_fields = ["person", "organisation"]
    fields = [
        ("position", "person", "office", "role", "status"),
        ("group", "count", "organisation", "on_behalf_of"),
    ]


class TalkInline(Inline):
    model = Talk
    form = PositionedForm
    formset = PositionedFormSet
    autocomplete_fields = ["person", "organisation"]
    fields = [
        ("position", "kind", "person", "office"),
        ("on_behalf_of", "organisation", "title"),
        ("summary", "points"),
    ]


class RecommendationInline(Inline):
    model = Recommendation
    form = PositionedForm
    formset = PositionedFormSet
    fields = [("position", "text"), ("addressee", "follow_up")]


class MeetingCitationInline(CitationInline):
    model = MeetingCitation


@admin.register(Meeting)
class MeetingAdmin(ChamberScopedAdmin, TasksAdmin, GuardedAdmin, PublishableAdmin):
    form = MeetingForm
    tasks = (PasteAgenda, EnterOutcomes, EnterAttendance, Postpone, CopyMeeting)
    propose_slug = staticmethod(propose_slug)
    frozen_once_public = ("slug", "url_year")
    moments = ("agenda_published_at", "results_published_at")
    list_display = ["title", chamber_name, "kind", "date", "status", "state_now"]
    list_filter = [
        "state",
        "status",
        "kind",
        "chamber__family",
        ("chamber", admin.RelatedOnlyFieldListFilter),
        ("results_published_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["chamber"]
    choice_select_related = ("chamber",)
    search_fields = ["sort_key", "title", "slug", "venue", "city", "chamber__short_name"]
    date_hierarchy = "date"
    autocomplete_fields = ["chamber", "body", "term", "province", "annex", "co_organisers", "held_with"]
    inlines = [
        AgendaItemInline,
        AttendanceInline,
        SittingInline,
        TalkInline,
        RecommendationInline,
        ProjectNoteInline,
        DocumentInline,
        MeetingCitationInline,
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("chamber", "family", "kind", "body"),
                    ("title", "short_title"),
                    ("session_year", "session_month", "session_ordinal", "term"),
                ]
            },
        ),
        (
            _("When and where"),
            {
                "fields": [
                    ("status", "status_reason"),
                    ("date", "date_precision", "time", "time_as_printed"),
                    ("end_date", "end_time", "end_time_as_printed"),
                    ("venue", "city", "province", "annex", "mode"),
                ]
            },
        ),
        (
            _("Quorum and members"),
            {"fields": [("members_in_office", "members_required", "members_present", "quorum_met")]},
        ),
        (
            _("Subject and partners"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("theme", "occasion", "audience"),
                    ("co_organisers", "held_with"),
                    ("period_start", "period_end", "period_precision"),
                ],
            },
        ),
        (_("In words"), {"fields": [("summary", "report")]}),
        (
            _("Publication"),
            {
                "fields": [
                    ("state", "published_at"),
                    ("agenda_published_at", "results_published_at", "agenda_count"),
                    ("url_year", "slug"),
                    ("withdrawal_reason", "withdrawn_at"),
                    "sort_hint",
                ]
            },
        ),
    ]

    def get_fieldsets(self, request, obj=None):
        """Ask below the date whether outcomes are meant, where they were sent for a meeting still ahead."""
        fieldsets = super().get_fieldsets(request, obj)
        # What was posted changes the row in memory: it is asked of what was stored.
        asked = ("early", obj.pk if obj is not None else None)
        if request.method != "POST" or not remembered(
            request, asked, lambda: self.form.gives_early_outcomes(request.POST, obj)
        ):
            return fieldsets
        when = {**fieldsets[1][1], "fields": [*fieldsets[1][1]["fields"], "confirmed"]}
        return [fieldsets[0], (fieldsets[1][0], when), *fieldsets[2:]]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "confirmed" not in (kwargs.get("fields") or flatten_fieldsets(self.get_fieldsets(request, obj))):
            del form.base_fields["confirmed"]
        return form

    def links_of(self, request, row):
        """Return the tasks of the meeting, then forms that begin with it: its minutes and news about it."""
        links = super().links_of(request, row)
        # News stands in an app above this one.
        news = Meeting.articles.rel.related_model
        papers = self.admin_site._registry[Document]
        if papers.has_add_permission(request) and self._minutes(request, row) is None:
            links.append({"words": _("Add the minutes"), "link": minutes_of(row)})
        if self.admin_site._registry[news].has_add_permission(request):
            links.append({"words": _("Add news about this meeting"), "link": news_about(row)})
        return links

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None:
            context["tasks_of_items"] = self._agreements_to_make(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _agreements_to_make(self, request, row):
        """Return the items that took up an agreement which the record does not have yet."""
        items = self.admin_site._registry[AgendaItem]
        kinds = [ItemKind.AGREEMENT, ItemKind.ADDENDUM]
        found = [item for item in self._items(request, row) if item.kind in kinds and not item.has_agreement]
        if not found or not AgreementFromItem.allows(items, request, found[0]):
            return []
        return [{"words": item.title, "link": AgreementFromItem.address(items, item)} for item in found]

    def _items(self, request, row):
        """Return the items of ``row``, each with whether an agreement has a step in it; asked once a request."""
        steps = AgreementStep.objects.filter(agenda_item=OuterRef("pk"))

        def ask():
            items = list(row.items.annotate(has_agreement=Exists(steps)).defer("text"))
            for item in items:
                item.meeting = row
            return items

        return remembered(request, ("items", row.pk), ask)

    def _minutes(self, request, row):
        papers = Document.objects.minutes().filter(meeting=row).order_by("pk")
        return remembered(request, ("minutes", row.pk), papers.first)

    def choice_label(self, row):
        whose = row.chamber.short_name if row.chamber_id else row.family_name
        return f"{row.label} – {whose} ({row.url_year})"

    def save_formset(self, request, form, formset, change):
        if formset.model is DocumentInline.model:
            for paper in formset.forms:
                if paper.instance.chamber_id is None:
                    paper.instance.chamber = form.instance.chamber
        super().save_formset(request, form, formset, change)
        if formset.model is ProjectNote:
            written = [*formset.new_objects, *(row for row, _changed in formset.changed_objects)]
            projects = [row.project for row in [*written, *formset.deleted_objects]]
            # A project of another chamber is not written to from here.
            own = [project for project in projects if project.chamber_id == form.instance.chamber_id]
            self.admin_site._registry[ProjectNote].note_writing(request, own)

    def parts_of(self, request, row):
        """Return the four parts of a meeting as they become public: its notice, agenda, results and minutes."""
        publishes = self.may_publish(request, row) and not self.needs_another(request, row)
        items = [item.outcome for item in self._items(request, row)]
        agenda = {"name": _("The agenda"), "state": _part_state(row, row.agenda_published_at)}
        if not items:
            agenda["state"] = _("No item entered yet")
        elif row.agenda_published_at is None and publishes:
            agenda |= {"step": "agenda_published_at", "words": _("Publish the agenda")}
        results = {"name": _("The results"), "state": _part_state(row, row.results_published_at)}
        if not any(items):
            results["state"] = _("No outcome entered yet")
        elif row.agenda_published_at is None:
            results["state"] = _("After the agenda")
        elif row.results_published_at is None and publishes:
            results |= {"step": "results_published_at", "words": _("Publish the results")}
        notice = {"name": _("The notice"), "state": row.state_name, "is_public": row.is_public}
        agenda["is_public"], results["is_public"] = agenda_is_out(row) and row.is_public, results_are_out(row)
        return [notice, agenda, results, self._minutes_of(request, row)]

    def _minutes_of(self, request, row):
        paper = self._minutes(request, row)
        if paper is None:
            add = {"state": _("Not added yet"), "link": minutes_of(row), "words": _("Add the minutes")}
            return {"name": _("The minutes"), **add}
        link = reverse("admin:meetings_document_change", args=[paper.pk])
        state = paper.state_name if row.is_public or not paper.published_at else _("With the notice")
        return {
            "name": _("The minutes"), "state": state, "is_public": paper.is_public, "link": link,
            "words": _("Open the minutes"),
        }  # fmt: skip

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        stored = request.stored_before
        request.agenda_was_out = stored is not None and agenda_is_out(stored)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not request.agenda_was_out:
            keep_as_sent(form.instance)
        self.warn_of_hidden_parts(request, form.instance)

    def _change_each(self, request, rows, change):
        def change_and_keep(row):
            was_out = agenda_is_out(row)
            change(row)
            if not was_out:
                keep_as_sent(row)

        return super()._change_each(request, rows, change_and_keep)

    def cautions(self, request, row, before=None):
        yield from cautions_of(row, before)

    def warn_of_hidden_parts(self, request, meeting):
        """Tell who published ``meeting`` which of its parts the public still does not see."""
        if meeting.state != PublicationState.PUBLISHED:
            return
        if meeting.agenda_published_at is None and meeting.items.exists():
            words = _("The public page still shows no agenda: fill in «%(field)s».")
            self._warn(request, words, "agenda_published_at")
        if meeting.results_published_at is None and meeting.items.exclude(outcome="").exists():
            words = _("The public page still shows no outcomes: fill in «%(field)s».")
            self._warn(request, words, "results_published_at")

    def _warn(self, request, words, name):
        self.message_user(request, words % {"field": self.opts.get_field(name).verbose_name}, messages.WARNING)


def _part_state(meeting, moment):
    """Return in words since or from when the public sees the part of ``meeting`` that ``moment`` opens."""
    if moment is None:
        return _("not published")
    if moment > timezone.now():
        words = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
        return _("public from %(moment)s") % {"moment": words}
    return pgettext("part", "public") if meeting.is_public else _("With the notice")
