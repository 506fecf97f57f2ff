"""The way of a draft to the public: sent for review, returned with a note, published now or later, withdrawn.

A button of the form takes one step and saves what was typed along with it. Where a chamber asks for a second person,
whoever wrote a record cannot make it public, nor a part of it; administrators neither, while the chamber asks for it.
"""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from publishing import preview
from publishing.addresses import absolute
from publishing.models import PublicationState

from .held_back import HeldBackForm
from .records import RecordAdmin, SmallTextarea

STEP = "_step"
STATE_AFTER = {
    "submit": PublicationState.IN_REVIEW,
    "return": PublicationState.DRAFT,
    "hold": PublicationState.DRAFT,
    "publish": PublicationState.PUBLISHED,
    "schedule": PublicationState.PUBLISHED,
    "withdraw": PublicationState.WITHDRAWN,
}
BY_ANOTHER = _(
    "Records of this chamber are published by a second person, and you wrote or changed this one: "
    "send it for review, and somebody else publishes it."
)


class Step(NamedTuple):
    """A button: what it sends, what it says, whether it is the usual next step."""

    code: str
    words: str | Promise
    is_usual: bool = False


def stamp(moment: Any) -> tuple[str, str]:
    """Return ``moment`` as the two boxes of a form hold it."""
    local = timezone.localtime(moment)
    return f"{local:%d/%m/%Y}", f"{local:%H:%M:%S}"


class ReviewedForm(HeldBackForm):
    """Hold each step to what it needs: a note to return with, a moment to come, a second person."""

    return_note = forms.CharField(
        label=_("Note for the writer"), required=False, max_length=1000, widget=SmallTextarea()
    )

    # Given by the admin: who fills in the form, whose the record is, what is no writing, what else makes public.
    user: ClassVar[Any] = None
    owner: ClassVar[str | None] = None
    publication_fields: ClassVar[tuple[str, ...]] = ()
    moments: ClassVar[tuple[str, ...]] = ()
    # The chamber of the record in whose form this one is a row.
    chamber_of_parent: ClassVar[Any] = None

    @property
    def step(self) -> str:
        """The step that the button takes; a row of another record's form takes none."""
        return "" if self.prefix else str(self.data.get(STEP, ""))

    @property
    def wrote(self) -> bool:
        """Whether the form changes what the record says, and not only when it is public."""
        return not set(self.changed_data) <= {*self.publication_fields, "withdrawn_at", "return_note"}

    def asks_for_two(self) -> bool:
        """Say whether the chamber of the record, or the one it goes to, has it published by a second person."""
        before = getattr(self.instance, self.owner, None) if self.owner and self.instance.pk else None
        after = self.cleaned_data.get(self.owner) if self.owner else None
        chambers = (before, after, self.chamber_of_parent)
        return any(chamber is not None and chamber.four_eyes for chamber in chambers)

    def makes_public(self, rows_changed: bool = False) -> list[str]:
        """Return the fields by which this form would make the record, or a part of it, public.

        So does what is written while a moment still to come waits, and the way to another chamber.
        """
        opened = []
        writes = self.wrote or rows_changed
        if self.cleaned_data.get("state", self.state_before) == PublicationState.PUBLISHED:
            if self._has_new_state() or (self.waited and (writes or "published_at" in self.changed_data)):
                opened.append("state")
            elif self.owner in self.changed_data:
                opened.append(str(self.owner))
        for name in self.moments:
            opens = name in self.changed_data and name not in self.open
            if self.cleaned_data.get(name) and (opens or (name in self.waiting and rows_changed)):
                opened.append(name)
        return opened

    def _has_new_state(self) -> bool:
        return self.instance.pk is None or "state" in self.changed_data

    def _clean_fields(self):
        """Note what was stored, before what was typed is put into the record."""
        now = timezone.now()
        self.state_before = self.instance.state if self.instance.pk else ""
        self.waited = bool(self.instance.pk and self.instance.published_at and self.instance.published_at > now)
        moments = {name: getattr(self.instance, name) for name in self.moments if self.instance.pk}
        self.waiting = {name for name, moment in moments.items() if moment is not None and moment > now}
        self.open = {name for name, moment in moments.items() if moment is not None and moment <= now}
        super()._clean_fields()

    def clean(self):
        cleaned = super().clean()
        if self.step == "return" and not self.cleaned_data.get("return_note") and "return_note" not in self.errors:
            self.add_error("return_note", _("Say to the writer what is missing."))
        if self.step == "schedule" and "published_at" in self.fields and "published_at" not in self.errors:
            moment = self.cleaned_data.get("published_at")
            if moment is None or moment <= timezone.now():
                self.add_error("published_at", _("To schedule, give a moment still to come."))
        opened = self.makes_public() if self.user is not None else []
        if opened and self._is_own_work() and self.asks_for_two():
            for name in opened:
                self.add_error(name, BY_ANOTHER)
        return cleaned

    def _is_own_work(self) -> bool:
        return self.instance.pk is None or self.wrote or self.instance.written_by(self.user)


class Returned(admin.SimpleListFilter):
    """The drafts that came back from review and wait for their writers."""

    title = _("review")
    parameter_name = "returned"

    def lookups(self, request, model_admin):
        return [("yes", pgettext_lazy("publication", "returned"))]

    def queryset(self, request, queryset):
        if self.value() != "yes":
            return queryset
        return queryset.filter(state=PublicationState.DRAFT, reviewed_at__isnull=False)


class WorkflowAdmin(RecordAdmin):
    """Buttons for the steps, a note that comes back with a draft, and who wrote what."""

    change_form_template = "admin/publication_form.html"
    publication_fields: tuple[str, ...] = ("state", "published_at", "withdrawal_reason")
    # What beside the state makes a part of the record public from a moment on.
    moments: tuple[str, ...] = ()

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), Returned]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user, form.owner = request.user, getattr(self, "owner", None)
        form.publication_fields, form.moments = (*self.publication_fields, *self.moments), self.moments
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and request.POST.get(STEP):
            request.as_typed = request.POST
            request.POST = self.with_step(request.POST)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def with_step(self, data):
        """Return the form as sent with what its button stands for filled in; afterwards the form is shown again."""
        data = data.copy()
        step = data[STEP]
        if step in STATE_AFTER:
            data["state"] = STATE_AFTER[step]
        if step == "publish":
            data["published_at_0"] = data["published_at_1"] = ""
        if step in self.moments:
            data[f"{step}_0"], data[f"{step}_1"] = stamp(timezone.now())
        data["_continue"] = "1"
        return data

    def needs_another(self, request, row) -> bool:
        """Say whether ``row`` waits for somebody else than the user, who wrote it, to make it public."""
        chamber = getattr(row, getattr(self, "owner", None) or "", None)
        return chamber is not None and chamber.four_eyes and row.written_by(request.user)

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        if request.method == "POST":
            request.rows_changed = any(formset.has_changed() for formset in formsets)
        return formsets, inlines

    def get_formsets_with_inlines(self, request, obj=None):
        """Hold the records that are rows of this form, such as papers, to the same rule."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if issubclass(formset.form, ReviewedForm):
                formset.form.user, formset.form.owner = request.user, "chamber"
                formset.form.publication_fields = WorkflowAdmin.publication_fields
                formset.form.chamber_of_parent = getattr(obj, getattr(self, "owner", None) or "", None)
            yield formset, inline

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            if isinstance(row, ReviewedForm) and row.has_changed():
                if row.instance.pk is None:
                    row.instance.created_by = request.user
                if row.instance.pk is None or row.wrote:
                    row.instance.changed_by = request.user
        super().save_formset(request, form, formset, change)

    def save_model(self, request, obj, form, change):
        rows_changed = getattr(request, "rows_changed", False)
        if rows_changed and form.asks_for_two() and form.makes_public(rows_changed=True):
            self._hold_back(request, obj, form)
        if not change:
            obj.created_by = request.user
        if not change or form.wrote or rows_changed:
            obj.changed_by = request.user
        if form.step == "return" and self.may_publish(request, obj):
            obj.review_note = form.cleaned_data["return_note"]
            obj.reviewed_by, obj.reviewed_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)

    def _hold_back(self, request, obj, form):
        """Keep what was typed into the rows, but not the step that came with it: that is for somebody else."""
        for name in form.makes_public(rows_changed=True):
            if name == "state":
                obj.state, obj.published_at = PublicationState.IN_REVIEW, None
            elif name in form.moments:
                setattr(obj, name, None if name in form.waiting else form.initial.get(name))
        self.message_user(request, _("Your changes are saved, but not public.") + " " + BY_ANOTHER, messages.WARNING)

    def may_publish(self, request, row=None) -> bool:
        """Say whether the user decides when ``row``, which they may change, is public; or that of any row at all."""
        return True

    def steps_for(self, request, row) -> Iterator[Step]:
        """Yield the buttons for ``row``, or for one still to be entered."""
        publishes = self.may_publish(request, row)
        state = row.state if row is not None else PublicationState.DRAFT
        waits = row is not None and self.needs_another(request, row)
        if state == PublicationState.DRAFT:
            yield Step("submit", _("Send for review"), is_usual=not publishes or waits)
        if publishes and (state != PublicationState.PUBLISHED or row.is_scheduled) and not waits:
            yield Step("publish", _("Publish now"), is_usual=True)
        if publishes and state in (PublicationState.DRAFT, PublicationState.IN_REVIEW) and not waits:
            yield Step("schedule", _("Schedule"))
        if publishes and state == PublicationState.IN_REVIEW:
            yield Step("return", _("Return with a note"))
        elif state == PublicationState.IN_REVIEW:
            yield Step("hold", _("Take back as a draft"))
        if publishes and state == PublicationState.PUBLISHED:
            yield Step("hold", _("Give up the schedule")) if row.is_scheduled else Step("withdraw", _("Withdraw"))

    def parts_of(self, request, row) -> list[dict[str, Any]]:
        """Return the parts of ``row`` that become public one by one; none for records that do so as a whole."""
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add or self.has_change_permission(request, obj):
            context["publication"] = self._publication(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _publication(self, request, row: Model | None) -> dict[str, Any]:
        stored = self.model._default_manager.filter(pk=row.pk).first() if row is not None else None
        shown: dict[str, Any] = {"row": stored, "steps": list(self.steps_for(request, stored))}
        if stored is None:
            return shown
        path = preview.path_of(stored)
        return shown | {
            "preview": path if stored.state != PublicationState.WITHDRAWN else "",
            "preview_link": absolute(path),
            "waits": self.may_publish(request, stored) and self.needs_another(request, stored),
            "note": stored.review_note if stored.state in (PublicationState.DRAFT, PublicationState.IN_REVIEW) else "",
            "parts": self.parts_of(request, stored),
        }
