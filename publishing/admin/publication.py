"""Drafts, publication, withdrawal, and addresses that stay."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing.models import PublicationState, Redirect

from . import kept, seen
from .held_back import HELD_BACK
from .workflow import BY_ANOTHER, ReviewedForm, WorkflowAdmin


def was_public(row: Any) -> bool:
    """Say whether the moment has passed from which ``row`` is public: its address is then known out there."""
    return row.pk is not None and row.published_at is not None and row.published_at <= timezone.now()


class PublishableForm(ReviewedForm):
    """Keep the state and its moments together, as the constraints of ``Publishable`` want them."""

    def clean(self):
        cleaned = super().clean()
        state = self.cleaned_data.get("state")
        if state == PublicationState.PUBLISHED:
            self._publish()
        elif state == PublicationState.WITHDRAWN:
            self._withdraw()
        elif state:
            self._hold_back()
        return cleaned

    def _put(self, name, value):
        if name in self.fields:
            self.cleaned_data[name] = value
        else:
            setattr(self.instance, name, value)

    def _publish(self):
        moment = self.cleaned_data.get("published_at")
        if "published_at" not in self.fields:
            moment = self.instance.published_at
        if was_public(self.instance) and moment and moment > timezone.now():
            self.add_error("published_at", _("This record is public already: withdraw it to take it back."))
        elif "published_at" not in self.errors:
            self._put("published_at", moment or timezone.now())
        self._put("withdrawn_at", None)
        self._put("withdrawal_reason", "")

    def _withdraw(self):
        if not was_public(self.instance):
            self.add_error("state", _("Only a record that has been public can be withdrawn; make it a draft."))
            return
        if "withdrawal_reason" in self.fields and not self.cleaned_data.get("withdrawal_reason"):
            self.add_error("withdrawal_reason", _("Give the reason: the public will read it."))
        self._put("published_at", self.cleaned_data.get("published_at") or self.instance.published_at)
        self._put("withdrawn_at", self.instance.withdrawn_at or timezone.now())

    def _hold_back(self):
        if was_public(self.instance):
            self.add_error("state", _("This record has been public: withdraw it, with a reason, to take it back."))
            return
        for name, value in {"published_at": None, "withdrawn_at": None, "withdrawal_reason": ""}.items():
            self._put(name, value)


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("reason of the withdrawal"),
        max_length=300,
        help_text=_("Shown to the public."),
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )


class PublishableAdmin(WorkflowAdmin):
    """An admin of records that are drafts, published or withdrawn. It stands after the chamber's scope in the MRO."""

    form = PublishableForm
    actions = ["publish", "withdraw"]
    # What an address on the public pages is made of stays as it was when it became known.
    frozen_once_public: tuple[str, ...] = ()
    publication = (_("Publication"), {"fields": ["state", "published_at", "withdrawal_reason", "withdrawn_at"]})

    @admin.display(description=_("state"), ordering="state")
    def state_now(self, row):
        return row.state_name

    def may_publish_for(self, request, chamber=None) -> bool:
        """Say whether the user decides when the records of ``chamber`` are public."""
        return True

    def has_publish_permission(self, request):
        return self.may_publish(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.may_publish = staticmethod(partial(self.may_publish, request))
        form.may_publish_for = staticmethod(partial(self.may_publish_for, request))
        return form

    def get_readonly_fields(self, request, obj=None):
        # What was posted changes the row in memory: the form was made, and is shown again, from what was stored.
        known = request.__dict__.setdefault("readonly_of", {})
        key = (self.model, getattr(obj, "pk", None))
        if key not in known:
            known[key] = self._readonly_fields(request, obj)
        return [*known[key]]

    def _readonly_fields(self, request, obj):
        fields = [*super().get_readonly_fields(request, obj), "withdrawn_at"]
        if obj is not None and was_public(obj):
            fields += self.frozen_once_public
        if not self.may_publish(request, obj):
            # Whoever does not publish may still choose between a draft and one sent for review.
            open_state = ["state"] if obj is None or obj.state in HELD_BACK else []
            fields += [name for name in (*self.publication_fields, *self.moments) if name not in open_state]
        return fields

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj is not None and obj.is_public else None

    def has_delete_permission(self, request, obj=None):
        """Leave what has been public to administrators: its page is to say that it was withdrawn."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or request.user.is_superuser or not was_public(obj))

    def save_model(self, request, obj, form, change):
        stored = request.stored_before = self.model._default_manager.filter(pk=obj.pk).first() if change else None
        known = stored.get_absolute_url() if stored is not None and was_public(stored) else None
        super().save_model(request, obj, form, change)
        if known:
            Redirect.objects.record_move(known, obj.get_absolute_url())

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.instance.is_scheduled:
            moment = date_format(timezone.localtime(form.instance.published_at), "DATETIME_FORMAT")
            words = _("Scheduled: it will be public from %(moment)s.") % {"moment": moment}
            self.message_user(request, words, messages.INFO)

    @admin.action(description=_("Publish the chosen records"), permissions=["publish"])
    def publish(self, request, queryset):
        def publish(row):
            row.published_at = row.published_at or timezone.now()
            row.state, row.withdrawn_at, row.withdrawal_reason = PublicationState.PUBLISHED, None, ""

        rows = queryset.exclude(state=PublicationState.PUBLISHED)
        waiting = [row.pk for row in rows if self.needs_another(request, row)]
        if waiting:
            rows = rows.exclude(pk__in=waiting)
            self.message_user(request, BY_ANOTHER, messages.WARNING)
        count = self._change_each(request, rows, publish)
        words = ngettext("%(count)d record was published.", "%(count)d records were published.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Withdraw the chosen records"), permissions=["publish"])
    def withdraw(self, request, queryset):
        """Ask for the reason, then withdraw the records that are public; what comes back is only shown."""
        form = WithdrawalForm(request.POST if "reason" in request.POST else None)
        rows, came_back = queryset.published(), getattr(request, "came_back", False)
        if came_back:
            self.message_user(request, kept.SAVED_NOT_YET, messages.WARNING)
        if not form.is_valid() or came_back:
            return TemplateResponse(
                request,
                "admin/withdraw_selected.html",
                {
                    **self.admin_site.each_context(request),
                    "title": _("Withdraw the chosen records"),
                    "opts": self.opts,
                    "rows": list(rows),
                    "form": form,
                    "media": self.media,
                    "action_checkbox_name": admin.helpers.ACTION_CHECKBOX_NAME,
                    "seen_note": seen.seal(request.user, timezone.now(), self.opts.label, None),
                },
            )

        def withdraw(row):
            row.state, row.withdrawn_at = PublicationState.WITHDRAWN, timezone.now()
            row.withdrawal_reason = form.cleaned_data["reason"]

        count = self._change_each(request, rows, withdraw)
        words = ngettext("%(count)d record was withdrawn.", "%(count)d records were withdrawn.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
        return None

    def changelist_view(self, request, extra_context=None):
        """Show again a withdrawal whose writer had to sign in; no other action comes back."""
        request.came_back = kept.bring_back(request)
        if request.came_back and request.POST.get("action") != "withdraw":
            raise SuspiciousOperation
        address, request.GET = request.GET, request.GET.copy()
        # The list takes what it does not know for a filter.
        request.GET.pop(kept.KEPT, None)
        response = super().changelist_view(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            request.GET = address
            kept.forget(request)
        return response

    def _change_each(self, request, rows, change) -> int:
        """Save and log row by row, all or none; return how many."""
        count = 0
        with transaction.atomic():
            for row in rows:
                if not (self.has_change_permission(request, row) and self.may_publish(request, row)):
                    raise PermissionDenied
                change(row)
                row.save()
                self.log_change(request, row, [{"changed": {"fields": [str(_("state"))]}}])
                count += 1
        return count
