"""Papers: where their file is judged and measured, and where they are listed."""

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from chambers.admin import ChamberScopedAdmin, chamber_name
from chambers.models import PUBLISHERS
from meetings.models import Document, Meeting
from publishing.admin import Inline, PublishableAdmin, PublishableForm, roles_of
from publishing.admin.guards import GuardedAdmin
from publishing.admin.tasks import TasksAdmin
from publishing.models import PublicationState
from uploads.content import measure

from .cautions import cautions_of_paper


class DocumentForm(PublishableForm):
    """Note the size, type and SHA-512 of a file; its field has judged it."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            paper = measure(file, file.chunks())
            self.instance.size = paper.size
            self.instance.content_type = paper.content_type
            self.instance.sha512 = paper.sha512
        elif not file:
            self.instance.size, self.instance.content_type, self.instance.sha512 = None, "", ""
        return file

    def asks_for_two(self):
        """Ask the chambers of what the paper belongs to as well: it is read on their pages."""
        meeting, agreement = self.cleaned_data.get("meeting"), self.cleaned_data.get("agreement")
        chambers = (meeting and meeting.chamber, agreement and agreement.lead_chamber)
        return super().asks_for_two() or any(chamber and chamber.four_eyes for chamber in chambers)

    def makes_public(self, rows_changed=False):
        """Count a public paper that is put to another record as made public there."""
        opened = super().makes_public(rows_changed)
        moved = [
            name for name in ("meeting", "agreement") if name in self.changed_data and self.cleaned_data.get(name)
        ]
        is_public = self.cleaned_data.get("state", self.state_before) == PublicationState.PUBLISHED
        return opened or (moved[:1] if is_public else [])

    def clean(self):
        """Give a document of a meeting, item or agreement what follows from it, and refuse what contradicts it."""
        cleaned = super().clean()
        item, meeting = self.cleaned_data.get("agenda_item"), self.cleaned_data.get("meeting")
        if item is not None and "meeting" in self.fields:
            if meeting is None:
                self.cleaned_data["meeting"] = item.meeting
            elif item.meeting_id != meeting.pk:
                self.add_error("agenda_item", _("This item belongs to another meeting."))
        return cleaned


class DocumentInline(Inline):
    """The papers of a meeting; what one was is withdrawn, on its own page, and not deleted here."""

    model = Document
    form = DocumentForm
    fk_name = "meeting"
    can_delete = False
    show_change_link = True

    def get_formset(self, request, obj=None, **kwargs):
        """Leave the state of the papers to those who publish the meeting, or any meeting while it is new."""
        formset = super().get_formset(request, obj, **kwargs)
        publishes = self._publishes(request, obj)
        formset.form.may_publish = formset.form.may_publish_for = staticmethod(lambda _row: publishes)
        return formset

    def _publishes(self, request, meeting) -> bool:
        if meeting is not None:
            return self.admin_site._registry[Meeting].may_publish(request, meeting)
        return request.user.is_superuser or roles_of(request) <= set(PUBLISHERS)

    autocomplete_fields = ["source"]
    fields = [("kind", "title", "state"), ("file", "url", "issued_on", "source")]
    verbose_name_plural = _("documents of the meeting")


@admin.register(Document)
class DocumentAdmin(ChamberScopedAdmin, TasksAdmin, GuardedAdmin, PublishableAdmin):
    form = DocumentForm
    frozen_once_public = ("slug",)
    list_display = ["title", "kind", chamber_name, "issued_on", "is_available", "number", "state_now"]
    list_filter = [
        "state",
        "kind",
        ("chamber", admin.RelatedOnlyFieldListFilter),
        ("file", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["chamber"]
    search_fields = ["sort_key", "title", "text"]
    date_hierarchy = "issued_on"
    autocomplete_fields = ["chamber", "meeting", "agenda_item", "agreement", "approved_in", "source"]
    readonly_fields = ["number", "size", "content_type", "sha512"]
    fieldsets = [
        (None, {"fields": [("kind", "title"), "chamber", ("issued_on", "issued_precision"), ("slug", "number")]}),
        (_("File or address"), {"fields": ["file", "url", ("size", "content_type", "pages"), "sha512"]}),
        (_("What it belongs to"), {"fields": ["meeting", "agenda_item", "agreement", "approved_in", "source"]}),
        PublishableAdmin.publication,
        (_("Text and place in lists"), {"classes": ["collapse"], "fields": ["text", "sort_hint"]}),
    ]

    def met_in(self, row):
        return row.meeting or row.agreement

    def cautions(self, request, row, before=None):
        yield from cautions_of_paper(row)

    @admin.display(description=_("file or address"), boolean=True)
    def is_available(self, document):
        return document.is_available
