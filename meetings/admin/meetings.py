"""A meeting on one form: its call, agenda, sittings, attendance, talks, recommendations, papers and sources."""

from django import forms
from django.contrib import admin, messages
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from chambers.admin import ChamberScopedAdmin, OfOneChamberForm, chamber_name
from meetings.models import (
    Attendance,
    Meeting,
    MeetingCitation,
    MeetingKind,
    MeetingStatus,
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
)
from publishing.models import PublicationState

from .agenda import AgendaItemInline, ProjectNoteInline
from .documents import DocumentInline

# Addresses are in Latin letters, from the words French papers use.
MONTHS = [
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
]  # fmt: skip
KINDS = {
    MeetingKind.ORDINARY: "session",
    MeetingKind.EXTRAORDINARY: "extraordinaire",
    MeetingKind.BUREAU: "bureau",
    MeetingKind.EXTENDED_BUREAU: "bureau-elargi",
    MeetingKind.COMMITTEE: "commission",
    MeetingKind.TRAINING_DAY: "journee-de-formation",
    MeetingKind.INFORMATION_MEETING: "rencontre-d-information",
    MeetingKind.STUDY_DAY: "journee-d-etude",
    MeetingKind.OTHER: "reunion",
}
FAMILIES = {
    "commerce_industry_services": "ccis",
    "crafts": "artisanat",
    "agriculture": "agriculture",
    "sea_fisheries": "peche",
}

# What an editor would otherwise learn only from the public page.
MOMENTS = {
    "agenda_published_at": _("While it is empty, the public page shows no agenda, even of a published meeting."),
    "results_published_at": _("While it is empty, outcomes, majorities and votes stay hidden from the public."),
}


def propose_slug(meeting: Meeting) -> str:
    """Return a free address for ``meeting`` in its year: chamber, then month, ordinal, or kind and number."""
    whose = meeting.chamber.slug if meeting.chamber_id else FAMILIES[meeting.family]
    session = meeting.kind == MeetingKind.ORDINARY
    if session and meeting.session_month:
        name, numbered = f"{whose}-{MONTHS[meeting.session_month - 1]}", False
    elif session and meeting.session_ordinal:
        name, numbered = f"{whose}-session-{meeting.session_ordinal}", False
    else:
        name, numbered = f"{whose}-{KINDS[meeting.kind]}", True
    others = Meeting.objects.filter(url_year=meeting.url_year, slug__startswith=name).exclude(pk=meeting.pk)
    taken = set(others.values_list("slug", flat=True))
    if not numbered and name not in taken:
        return name
    number = 1 if numbered else 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def keep_as_sent(meeting: Meeting) -> None:
    """Write down, once, how the items of ``meeting`` were sent with the convocation.

    Only for a meeting that is still to come: of one entered afterwards nobody here knows what was sent.
    """
    is_ahead = meeting.status == MeetingStatus.SCHEDULED and meeting.agenda_published_at is not None
    if is_ahead and not meeting.items.filter(sent_title__isnull=False).exists():
        for row in meeting.items.all():
            row.sent_number, row.sent_title = row.number, row.title
            row.save(update_fields=["sent_number", "sent_title"])


class MeetingForm(PublishableForm, OfOneChamberForm):
    """Propose the address where the editor leaves it empty."""

    parts_of_chamber = ("body", "annex")

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
        if "url_year" in self.fields and "url_year" not in self.errors:
            self._propose_year()
        return cleaned

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
class MeetingAdmin(ChamberScopedAdmin, PublishableAdmin):
    form = MeetingForm
    frozen_once_public = ("slug", "url_year")
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

    def choice_label(self, row):
        whose = row.chamber.short_name if row.chamber_id else row.family_name
        return f"{row.label} – {whose} ({row.url_year})"

    def save_formset(self, request, form, formset, change):
        if formset.model is DocumentInline.model:
            for paper in formset.forms:
                if paper.instance.chamber_id is None:
                    paper.instance.chamber = form.instance.chamber
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "agenda_published_at" in form.changed_data:
            keep_as_sent(form.instance)
        if form.instance.state == PublicationState.PUBLISHED:
            self._warn_of_hidden_parts(request, form.instance)

    def _warn_of_hidden_parts(self, request, meeting):
        if meeting.agenda_published_at is None and meeting.items.exists():
            words = _("The public page still shows no agenda: fill in «%(field)s».")
            self._warn(request, words, "agenda_published_at")
        if meeting.results_published_at is None and meeting.items.exclude(outcome="").exists():
            words = _("The public page still shows no outcomes: fill in «%(field)s».")
            self._warn(request, words, "results_published_at")

    def _warn(self, request, words, name):
        self.message_user(request, words % {"field": self.opts.get_field(name).verbose_name}, messages.WARNING)
