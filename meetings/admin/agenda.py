"""Agenda items: within their meeting's form, and on their own where other records name them."""

import re
from typing import ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BooleanField, IntegerField
from django.utils.translation import gettext_lazy as _

from arabic.folding import fold_digits
from chambers.admin import ChamberScopedAdmin
from chambers.models import EditorRole
from meetings.convocation import agenda_is_out, keep_as_sent
from meetings.models import AgendaItem, Meeting, ProjectNote, Sitting
from publishing.admin import Inline, PositionedForm, PositionedFormSet, RecordAdmin, RecordForm
from publishing.admin.choices import is_key
from publishing.admin.imports import TablesAdmin
from publishing.admin.parts import PartAdmin
from publishing.admin.tasks import TasksAdmin

from .cautions import MEANT, is_ahead, is_result
from .from_item import AgreementFromItem
from .tables import AgendaItemTable

MORE = [
    ("text", "outcome_as_printed"),
    ("votes_for", "votes_against", "votes_abstained"),
    ("presenter", "presenter_office"),
    ("concerned", "concerned_office"),
    ("amount", "amount_as_printed"),
    ("takes_up", "takes_up_reason", "sitting"),
]


class AgendaItemFormSet(PositionedFormSet):
    """The agenda of one meeting: its votes, its sittings, and items that went out with the convocation."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "sitting" in form.fields:
            sittings = self.instance.sittings.all() if self._has_sittings else Sitting.objects.none()
            form.fields["sitting"].queryset = sittings

    @property
    def _has_sittings(self):
        if not hasattr(self, "_sittings_found"):
            self._sittings_found = self.instance.pk is not None and self.instance.sittings.exists()
        return self._sittings_found

    @property
    def _is_out(self):
        # The meeting in hand has what was typed: the stored one tells what the public has seen.
        stored = Meeting.objects.filter(pk=self.instance.pk).first()
        return stored is not None and agenda_is_out(stored)

    def clean(self):
        super().clean()
        for form in self.forms:
            if not hasattr(form, "cleaned_data"):
                continue
            if self._should_delete_form(form):
                self._refuse_to_delete(form)
            else:
                self._count_votes(form)

    def _refuse_to_delete(self, form):
        # A form marked for deletion is not asked for its own errors.
        if form.instance.sent_title is not None and self._is_out:
            self._non_form_errors.append(
                _("«%(title)s» went out with the convocation: mark it withdrawn instead of deleting it.")
                % {"title": form.instance.title}
            )

    def _count_votes(self, form):
        sitting = form.cleaned_data.get("sitting") if "sitting" in form.fields else form.instance.sitting
        count_votes(form, self.instance.members_present if sitting is None else self._present_at(sitting))

    def _present_at(self, sitting):
        """Return how many members are present at ``sitting`` by what was typed in the same form, or as stored."""
        for name in self.data:
            index = re.fullmatch(r"sittings-([0-9]{1,3})-id", name)
            typed = (
                index and self.data[name] == str(sitting.pk) and self.data.get(f"sittings-{index[1]}-members_present")
            )
            if typed is not None and index:
                try:
                    return IntegerField(required=False).clean(fold_digits(typed or ""))
                except ValidationError:
                    break  # The box says so itself.
        return sitting.members_present


def count_votes(form, present):
    """Put an error into the form of an item that counts more votes than members ``present``, where they are known."""
    votes = [form.cleaned_data.get(name) for name in ("votes_for", "votes_against", "votes_abstained")]
    cast = sum(vote or 0 for vote in votes)
    if present is not None and cast > present:
        words = _("%(cast)d votes, and only %(present)d members are present.")
        form.add_error("votes_for", words % {"cast": cast, "present": present})


class AgendaItemInline(Inline):
    model = AgendaItem
    form = PositionedForm
    formset = AgendaItemFormSet
    fk_name = "meeting"
    show_change_link = True
    autocomplete_fields = ["presenter", "concerned", "takes_up"]
    fieldsets = [
        (None, {"fields": [("position", "number", "title", "kind", "outcome", "majority")]}),
        (_("More of this item"), {"classes": ["collapse"], "fields": MORE}),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 3


class AgendaItemForm(RecordForm):
    confirmed = BooleanField(label=MEANT, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "sitting" in self.fields:
            self.fields["sitting"].queryset = Sitting.objects.filter(meeting=self.instance.meeting_id)

    def clean(self):
        cleaned = super().clean()
        meeting = self.cleaned_data.get("meeting") or getattr(self.instance, "meeting", None)
        call = self.cleaned_data.get("sitting") or meeting
        if call is not None:
            count_votes(self, call.members_present)
        if "confirmed" in self.fields and meeting is not None:
            self._ask_whether_meant(meeting)
        return cleaned

    def _ask_whether_meant(self, meeting):
        is_new = "outcome" in self.changed_data and is_result(self.cleaned_data.get("outcome") or "")
        if is_new and is_ahead(meeting) and not self.cleaned_data.get("confirmed"):
            self.add_error(
                "confirmed", _("This meeting is still ahead. Tick the box if its outcome is known already.")
            )


@admin.register(AgendaItem)
class AgendaItemAdmin(TablesAdmin, ChamberScopedAdmin, TasksAdmin, PartAdmin, RecordAdmin):
    table = AgendaItemTable
    form = AgendaItemForm
    tasks = (AgreementFromItem,)
    owner = None
    public_with = "meeting"
    whole_fields = ("meeting",)
    least_role: ClassVar = {**ChamberScopedAdmin.least_role, "delete": EditorRole.CONTRIBUTOR}
    list_display = ["title", "meeting_label", "position", "kind", "outcome", "majority"]
    list_filter = [
        "outcome",
        "kind",
        "majority",
        "meeting__url_year",
        ("meeting__chamber", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["meeting__chamber"]
    choice_select_related = ("meeting__chamber",)
    search_fields = ["sort_key", "title", "meeting__sort_key", "meeting__title"]
    date_hierarchy = "meeting__date"
    ordering = ["-meeting__sort_on", "meeting", "position"]
    autocomplete_fields = ["meeting", "presenter", "concerned", "takes_up"]
    readonly_fields = ["sent_number", "sent_title"]
    fieldsets = [
        (None, {"fields": ["meeting", ("position", "number"), "title", ("kind", "outcome", "majority")]}),
        (_("More of this item"), {"fields": MORE}),
        (_("As it was sent"), {"classes": ["collapse"], "fields": [("sent_number", "sent_title")]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """Keep an item that went out with the convocation in its agenda."""
        fields = super().get_readonly_fields(request, obj)
        stored = self.model.objects.select_related("meeting").filter(pk=obj.pk).first() if obj is not None else None
        was_sent = stored is not None and stored.sent_title is not None and agenda_is_out(stored.meeting)
        return [*fields, "meeting"] if was_sent else fields

    def get_fieldsets(self, request, obj=None):
        """Offer to say that an outcome is meant, where the item is one of a meeting still ahead."""
        first, *more = super().get_fieldsets(request, obj)
        may_write = self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj)
        if not may_write or not self._is_ahead(request, obj):
            return [first, *more]
        return [(first[0], {**first[1], "fields": [*first[1]["fields"], "confirmed"]}), *more]

    def _is_ahead(self, request, obj):
        """Say so of the meeting that was sent, else of the item's own, else of the one that the address names."""
        sent, named = request.POST.get("meeting", ""), request.GET.get("meeting", "")
        key = sent or (obj.meeting_id if obj is not None else named)
        meeting = Meeting.objects.filter(pk=key).first() if is_key(key) else None
        return meeting is not None and is_ahead(meeting)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "confirmed" not in (kwargs.get("fields") or []):
            del form.base_fields["confirmed"]
        return form

    @admin.display(description=_("meeting"), ordering="meeting__sort_on")
    def meeting_label(self, item):
        return item.meeting.label

    def choice_label(self, row):
        chamber = row.meeting.chamber.short_name if row.meeting.chamber_id else row.meeting.family_name
        return f"{row.number_shown}. {row.title} ({row.meeting.label} – {chamber})"

    def has_delete_permission(self, request, obj=None):
        was_sent = obj is not None and obj.sent_title is not None and agenda_is_out(obj.meeting)
        return super().has_delete_permission(request, obj) and not was_sent

    def wholes(self, row):
        return [row.meeting]

    def note_writing(self, request, wholes):
        """Of many rows saved at once the meetings are gathered: what follows is done once for each."""
        touched = getattr(request, "meetings_touched", None)
        if touched is None:
            super().note_writing(request, wholes)
        else:
            touched |= {meeting.pk: meeting for meeting in wholes}

    def note_in_meeting(self, request, meeting):
        """Do in ``meeting`` what follows from a change of its items."""
        super().note_writing(request, [meeting])

    def after_writing(self, request, whole):
        if not agenda_is_out(whole):
            keep_as_sent(whole)


class NoteForm(RecordForm):
    """A note stands behind the notes its project has, unless its place is given."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False

    def _get_validation_exclusions(self):
        given = self.cleaned_data.get("position") is not None
        return super()._get_validation_exclusions() | (set() if given else {"position"})

    def save(self, commit=True):
        moved = "project" in self.changed_data or self.instance.position is None
        if moved and self.cleaned_data.get("position") is None:
            last = self.instance.project.notes.order_by("-position").values_list("position", flat=True).first()
            self.instance.position = (last or 0) + 1
        return super().save(commit)


class MeetingNoteForm(NoteForm):
    """A note that stands in the form of its meeting, which may not be saved yet."""

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"meeting"}


class ProjectNoteInline(Inline):
    model = ProjectNote
    form = MeetingNoteForm
    autocomplete_fields = ["project", "source"]
    fields = [("project", "status"), ("status_as_printed", "source")]
    verbose_name_plural = _("projects that the meeting spoke of")


@admin.register(ProjectNote)
class ProjectNoteAdmin(ChamberScopedAdmin, PartAdmin, RecordAdmin):
    form = NoteForm
    owner = None
    public_with = "project"
    whole_fields = ("project", "meeting")
    least_role: ClassVar = {**ChamberScopedAdmin.least_role, "delete": EditorRole.CONTRIBUTOR}
    list_display = ["project", "status", "meeting", "date", "source"]
    list_filter = ["status", ("project__chamber", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["project", "meeting", "source"]
    search_fields = ["project__sort_key", "project__name", "status_as_printed"]
    date_hierarchy = "date"
    autocomplete_fields = ["project", "meeting", "source"]
    fieldsets = [
        (None, {"fields": ["project", ("status", "position"), "status_as_printed"]}),
        (_("Where it stands"), {"fields": ["meeting", ("date", "date_precision"), "source"]}),
    ]

    def wholes(self, row):
        """A meeting shows what it reported of a project; one of another chamber is not written to from here."""
        meeting = row.meeting
        is_own = meeting is not None and meeting.chamber_id == row.project.chamber_id
        return [row.project, meeting] if is_own else [row.project]
