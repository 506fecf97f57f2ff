"""One task of an editor's day on a page of its own: opened from a record's form, under the same rules as that form.

A task sees and saves what its record's admin lets its user change, is recorded like any saving, comes back after a
sign-in that ended, and saves nothing over what somebody else changed since it was opened.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.models import PublicationState

from . import kept, seen
from .choices import forget_rights
from .guards import GuardedAdmin
from .records import ask_for_files_again
from .workflow import BY_ANOTHER, STEP

# What the button sends that saves in spite of doubts, and the boxes that had a file when the task was sent last.
SURE, SENT_FILES = "_sure", "_sent_files"
CHANGED = _("Not saved: this record was changed meanwhile. Compare both versions above.")


class Task:
    """A task about one stored row, made anew for each request.

    A subclass gives ``code`` (its address), its words and its template, builds its forms and saves what they hold.
    """

    code = ""
    title: str | Promise = ""
    template = ""

    @classmethod
    def suits(cls, row: Any) -> bool:
        """Say whether the form of ``row`` offers the task."""
        return True

    def __init__(self, row_admin: Any, request: HttpRequest, row: Any) -> None:
        self.admin, self.request, self.row = row_admin, request, row
        self.comparison: Any = None
        self.notes: list[Any] = []
        self.doubts: list[str] = []

    # Given by subclasses

    def stored_forms(self) -> tuple[Any, list[Any]]:
        """Return the form and the formsets of the row as they would be if opened now."""
        raise NotImplementedError

    def begin(self) -> None:
        """Make the forms for somebody who opens the task."""
        self.form, self.formsets = self.stored_forms()

    def take(self, data: Any, files: Any) -> None:
        """Make the forms from what was sent."""
        raise NotImplementedError

    def step(self, name: str) -> bool:
        """Do what the button ``name`` asks for without saving; say whether that was all."""
        return False

    def is_valid(self) -> bool:
        """Say whether what was sent may be saved, with the errors at their fields."""
        return all([self.form.is_valid(), *(formset.is_valid() for formset in self.formsets)])

    def unlikely(self) -> Iterator[str | Promise]:
        """Yield what is probably a slip in what was sent, valid as it is: it is saved once its sender says so."""
        yield from ()

    def save(self) -> str | Promise:
        """Save, and return what to tell the user."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return {}

    # Where it stands

    @classmethod
    def route(cls, row_admin: Any) -> URLPattern:
        view = row_admin.admin_site.admin_view(cls.as_view(row_admin))
        return path(f"<path:object_id>/{cls.code}/", view, name=cls.url_name(row_admin))

    @classmethod
    def url_name(cls, row_admin: Any) -> str:
        return f"{row_admin.opts.app_label}_{row_admin.opts.model_name}_{cls.code.replace('-', '_')}"

    @classmethod
    def address(cls, row_admin: Any, row: Any) -> str:
        return reverse(f"admin:{cls.url_name(row_admin)}", args=[row.pk])

    @property
    def done_at(self) -> str:
        """The address to go to when the task is done: the form of the record."""
        return reverse(f"admin:{self.admin.opts.app_label}_{self.admin.opts.model_name}_change", args=[self.row.pk])

    # How it is answered

    @classmethod
    def as_view(cls, row_admin: Any) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            request.opened_at = timezone.now()  # type: ignore[attr-defined]
            came_back = kept.bring_back(request)
            row = row_admin.get_object(request, unquote(object_id))
            if row is None or not row_admin.has_view_or_change_permission(request, row):
                raise Http404
            if not cls.allows(row_admin, request, row):
                raise PermissionDenied
            if request.method != "POST":
                task = cls(row_admin, request, row)
                task.begin()
                return task.page(task.state())
            try:
                return cls._send(row_admin, request, object_id, came_back)
            except IntegrityError:
                # Somebody saved between the check and the saving, and all was rolled back: judge it again.
                return cls._send(row_admin, request, object_id, came_back)

        return view

    @classmethod
    def allows(cls, row_admin: Any, request: HttpRequest, row: Any) -> bool:
        return bool(row_admin.has_change_permission(request, row))

    @classmethod
    def _send(cls, row_admin: Any, request: HttpRequest, object_id: str, came_back: bool) -> HttpResponse:
        with transaction.atomic():
            forget_rights(request)
            row = cls._held(row_admin, request, object_id)
            if row is None or not cls.allows(row_admin, request, row):
                raise PermissionDenied
            return cls(row_admin, request, row).answer(came_back)

    @classmethod
    def _held(cls, row_admin: Any, request: HttpRequest, object_id: str) -> Any:
        return row_admin._locked(request, object_id)

    def answer(self, came_back: bool) -> HttpResponse:
        """Save what was sent, or show it again with the reason why not."""
        note = seen.unseal(self.request.POST.get(seen.SEEN, ""), self._note_name())
        state = self.state()
        data = self.compared(note)
        self.take(data, self.request.FILES)
        refusals = [CHANGED] if self.comparison and self.comparison.parts else []
        refusals += [kept.SAVED_NOT_YET] if came_back else []
        self.notes += refusals
        sent = self.request.POST
        stays = self.step("save" if SURE in sent else sent.get(STEP, "")) or bool(refusals)
        if stays or not self.is_valid() or self._lost_a_file() or self._is_in_doubt():
            ask_for_files_again(self.form, getattr(self.request, "kept_files", ()))
            return self.page(state)
        before = self._stored()
        known = {*self.doubts, *self._cautions(before, before)}
        messages.success(self.request, self.save())
        kept.forget(self.request)
        after = self._stored()
        for words in self._cautions(after, before if after == before else None):
            # What the record was warned of before is not this task's doing.
            if words not in known:
                messages.warning(self.request, words)
        return HttpResponseRedirect(self.done_at)

    def _is_in_doubt(self) -> bool:
        """Say whether there are doubts other than those that the sender saw and is sure of."""
        self.doubts = [str(words) for words in self.unlikely()]
        return bool(self.doubts) and self.request.POST.get(SURE) != self.sure

    @property
    def sure(self) -> str:
        """What the button sends that is pressed in spite of these doubts, and of no others."""
        return hashlib.sha256("\n".join(self.doubts).encode()).hexdigest()[:16]

    def _lost_a_file(self) -> bool:
        """Say beside its box, once, that a file is gone that was sent with what was not saved."""
        lost = [name for name in self.request.POST.getlist(SENT_FILES) if name not in self.request.FILES]
        for name in lost:
            if isinstance(self.form.fields.get(name), forms.FileField):
                self.form.add_error(name, _("The file has to be chosen again, or save without it."))
        return bool(self.form.errors)

    def _cautions(self, row: Any, before: Any) -> list[str]:
        """Return what the form of the record would warn of in the stored ``row``."""
        return [*self.admin.cautions(self.request, row, before)] if isinstance(self.admin, GuardedAdmin) else []

    def _stored(self) -> Any:
        return self.admin.model._default_manager.get(pk=self.row.pk)

    def state(self) -> Any:
        """Return what the task shows of what is stored."""
        return seen.state_of(*self.stored_forms())

    def compared(self, note: dict[str, Any] | None) -> Any:
        """Return what was sent with what others changed meanwhile taken in; ``comparison`` tells of it."""
        form, formsets = self.stored_forms()
        before = note["state"] if note else None
        self.comparison = seen.Comparison(form, formsets, before, self.request.POST, self.request.FILES)
        if self.comparison.parts:
            self.comparison.writers = seen.writers(self.request.user, self.row, formsets, note)
        return self.comparison.data

    def _note_name(self) -> str:
        return f"{self.code}:{self.admin.opts.label}:{self.row.pk}"

    def page(self, state: Any) -> HttpResponse:
        shown = self.comparison if self.comparison is not None and self.comparison.parts else None
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": self.title,
            "subtitle": str(self.row),
            "opts": self.admin.opts,
            "row": self.row,
            "task": self,
            "back": self.done_at,
            "sent_files": [*self.request.FILES, *getattr(self.request, "kept_files", ())],
            "seen_note": seen.seal(self.request.user, self.request.opened_at, self._note_name(), state),  # type: ignore[attr-defined]
            "comparison": shown,
            "media": self.admin.media + self.form.media,
            **self.context(),
        }
        return TemplateResponse(self.request, self.template, context)

    # What saving takes

    def note_writer(self) -> None:
        """Write down who wrote, and leave what waits for its moment to a second person where the chamber asks so."""
        self.row.note_writer(self.request.user)
        hold_back_what_waits(self.admin, self.request, self.row)

    def log(self, *acts: dict[str, Any]) -> None:
        """Write down in the log of the desk what was done to the row."""
        self.admin.log_change(self.request, self.row, [*acts])


def hold_back_what_waits(row_admin: Any, request: HttpRequest, row: Any) -> None:
    """Take back the moments still to come of ``row``, just written to, where its chamber has two people publish."""
    chamber = getattr(row, row_admin.owner or "", None)
    if chamber is None or not chamber.four_eyes:
        return
    now, held = timezone.now(), []
    if row.is_scheduled:
        row.state, row.published_at = PublicationState.IN_REVIEW, None
        held = ["state", "published_at"]
    for name in getattr(row_admin, "moments", ()):
        moment = getattr(row, name)
        if moment is not None and moment > now:
            setattr(row, name, None)
            held.append(name)
    if held:
        row.save(update_fields=[*held, "updated_at"])
        messages.warning(request, _("Your changes are saved, but not public.") + " " + BY_ANOTHER)


class TasksAdmin(admin.ModelAdmin):
    """An admin whose form leads to the tasks of its record."""

    tasks: tuple[type[Task], ...] = ()

    def met_in(self, row: Any) -> Any:
        """Return the record that ``row`` was entered from, such as the meeting of minutes, or None."""
        return None

    def get_urls(self) -> list[Any]:
        return [*(task.route(self) for task in self.tasks), *super().get_urls()]

    def links_of(self, request: HttpRequest, row: Any) -> list[dict[str, Any]]:
        """Return words and address of each task that the user may do with ``row``."""
        offered = [task for task in self.tasks if task.suits(row) and task.allows(self, request, row)]
        links = [{"words": task.title, "link": task.address(self, row)} for task in offered]
        return [*self._way_back(request, row), *links]

    def _way_back(self, request: HttpRequest, row: Any) -> Iterator[dict[str, Any]]:
        origin = self.met_in(row)
        if origin is None:
            return
        its_admin = self.admin_site._registry[type(origin)]
        if its_admin.has_view_or_change_permission(request, origin):
            address = f"admin:{its_admin.opts.app_label}_{its_admin.opts.model_name}_change"
            words = _("Back to: %(record)s") % {"record": origin.label}
            yield {"words": words, "link": reverse(address, args=[origin.pk])}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):  # type: ignore[no-untyped-def]
        if change and obj is not None:
            context["tasks"] = self.links_of(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def put_errors(form: forms.BaseForm, error: ValidationError, instead: str | None = None) -> None:
    """Put the errors of a row at the fields of ``form``; one without a field of its own at ``instead``."""
    found = error.message_dict if hasattr(error, "error_dict") else {instead: error.messages}
    for name, words in found.items():
        form.add_error(name if name in form.fields else instead, words)
