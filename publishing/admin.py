"""What every admin of ours stands on: Arabic fields, choices limited to what an editor may name, publication."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from arabic.fields import ARABIC_FORMFIELDS
from arabic.folding import fold_digits
from arabic.sorting import ARTICLE, fold_letters

from .models import PublicationState, Redirect, Source


class SmallTextarea(AdminTextareaWidget):
    """Two lines high: the box grows with what is typed into it."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 2, "dir": "auto", **(attrs or {})})


def is_key(value: object) -> bool:
    """Say whether ``value``, which may have been forged, can be a primary key at all: both databases hold 64 bits."""
    return str(value).isdecimal() and len(str(value)) <= 18


class KeysOnly:
    """Django's search boxes ask the database for whatever was sent; a word or an endless number would be a 500."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if is_key(key)], attrs)


class SearchSelect(KeysOnly, AutocompleteSelect):
    """A search box that takes the name of what is chosen from the row, if it was read along with it."""

    def optgroups(self, name, value, attrs=None):
        field = self.choices.field
        row = getattr(field, "named", None)
        if row is None or [str(key) for key in value] != [str(row.pk)]:
            return super().optgroups(name, value, attrs)
        chosen = self.create_option(name, row.pk, field.label_from_instance(row), True, 0)
        nothing = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*nothing, chosen], 0)]


class SearchSelectMultiple(KeysOnly, AutocompleteSelectMultiple):
    def build_attrs(self, base_attrs, extra_attrs=None):
        # Each choice has its own cross; the one for all would stand in the list without being an entry of it.
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


class ManyField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        for key in value or []:
            if not is_key(key):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


FORMFIELDS = {
    **ARABIC_FORMFIELDS,
    models.TextField: {"widget": SmallTextarea},
    models.URLField: {"assume_scheme": "https"},
}


def number_limits(db_field) -> list[BaseValidator]:
    """Return what a number typed for ``db_field`` must keep to: SQLite would take any, and a year is a year."""
    if db_field.name.endswith("_year"):
        return [MinValueValidator(1900), MaxValueValidator(2100)]
    small = isinstance(db_field, models.SmallIntegerField | models.PositiveSmallIntegerField)
    return [MaxValueValidator(2**15 - 1 if small else 2**31 - 1)]


def limit_choices(form_field, db_field, site, request):
    """Offer in ``form_field`` only the rows that the target's admin lets the user name there."""
    target = site._registry.get(db_field.remote_field.model)
    if form_field is None or not isinstance(target, RecordAdmin):
        return form_field
    form_field.every = form_field.queryset.select_related(*target.choice_select_related)
    form_field.limit = target.nameable(request.user, db_field)
    form_field.queryset = form_field.every.filter(form_field.limit)
    form_field.label_from_instance = target.choice_label
    return form_field


class RecordForm(forms.ModelForm):
    """Accept, beside what the editor may name, what the record names already: a colleague may have put it there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        for name, field in self.fields.items():
            if hasattr(field, "every") and self.instance._state.fields_cache.get(name):
                field.named = getattr(self.instance, name)
            if getattr(field, "limit", None):
                named = self.initial.get(name) or []
                kept = [row.pk for row in named] if isinstance(named, list) else [named]
                field.queryset = field.every.filter(field.limit | Q(pk__in=kept))


class LimitedChoices(admin.options.BaseModelAdmin):
    """Foreign keys and many-to-many fields that hold to ``RecordAdmin.nameable``, against forged forms too."""

    form = RecordForm
    formfield_overrides = FORMFIELDS

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # What a form names is never deleted from that form.
            field.widget.can_delete_related = False
        if field is not None and isinstance(field.widget, AdminSplitDateTime):
            for box, words in zip(field.widget.widgets, (_("date"), _("time")), strict=True):
                box.attrs["aria-label"] = format_lazy("{} – {}", field.label, words)
        if isinstance(field, forms.IntegerField):
            field.validators += number_limits(db_field)
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSelect(db_field, self.admin_site, using=kwargs.get("using")))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return limit_choices(field, db_field, self.admin_site, request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", ManyField)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSelectMultiple(db_field, self.admin_site, using=kwargs.get("using")))
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        return limit_choices(field, db_field, self.admin_site, request)


class RecordAdmin(LimitedChoices, admin.ModelAdmin):
    """An admin whose rows other records may name."""

    choice_select_related: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def changelist_view(self, request, extra_context=None):
        """Refuse what only a forged address or form can hold, on which the stock list would fail."""
        chosen = request.POST.getlist(admin.helpers.ACTION_CHECKBOX_NAME)
        parts = [request.GET.get(f"{self.date_hierarchy}__{part}", "1") for part in ("year", "month", "day")]
        if not all(is_key(key) for key in chosen) or any(len(part) > 4 for part in parts):
            raise BadRequest
        return super().changelist_view(request, extra_context)

    def get_changeform_initial_data(self, request):
        """Begin a form with what its address gives, moments aside: their two boxes take no text."""
        initial = super().get_changeform_initial_data(request)
        moments = {field.name for field in self.opts.fields if isinstance(field, models.DateTimeField)}
        return {name: value for name, value in initial.items() if name not in moments}

    def nameable(self, user, db_field) -> Q:
        """Return the condition on the rows that ``user`` may name in the field ``db_field`` of another record."""
        return Q()

    def choice_label(self, row) -> str:
        """Return how ``row`` is called where it is chosen."""
        return str(row)

    def get_search_results(self, request, queryset, search_term):
        """Search as typed, and with letters folded and articles dropped in the sort key."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        words = (word.removeprefix(ARTICLE) or word for word in fold_letters(fold_digits(search_term)).split())
        folded = " ".join(words)
        if folded in ("", search_term):
            return found, duplicates
        also, more_duplicates = super().get_search_results(request, queryset, folded)
        return found | also, duplicates or more_duplicates


class Inline(LimitedChoices, admin.StackedInline):
    """Rows of a form, each a few lines high, every box with its label: fit for a phone and for a long list."""

    extra = 0
    max_num = 400
    classes = ["compact"]
    view_on_site = False

    def get_queryset(self, request):
        """Read along what the rows name, so that showing it asks nothing more."""
        registry = self.admin_site._registry
        named = []
        for name in self.autocomplete_fields:
            target = registry.get(self.opts.get_field(name).remote_field.model)
            further = target.choice_select_related if isinstance(target, RecordAdmin) else ()
            named += [name, *(f"{name}__{path}" for path in further)]
        return super().get_queryset(request).select_related(*named)

    def get_formset(self, request, obj=None, **kwargs):
        # Whatever number of rows a form claims, no more are built.
        return super().get_formset(request, obj, **{"absolute_max": self.max_num, **kwargs})

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = False
        return field


def entered_by(user, model) -> Q:
    """Return the condition on the rows of ``model`` that ``user`` entered in the admin."""
    entries = LogEntry.objects.filter(
        user=user, content_type=ContentType.objects.get_for_model(model), action_flag=ADDITION
    )
    return Q(pk__in=[int(pk) for pk in entries.values_list("object_id", flat=True) if pk and pk.isdecimal()])


def was_public(row: Any) -> bool:
    """Say whether the moment has passed from which ``row`` is public: its address is then known out there."""
    return row.pk is not None and row.published_at is not None and row.published_at <= timezone.now()


class PublishableForm(RecordForm):
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


class PublishableAdmin(RecordAdmin):
    """An admin of records that are drafts, published or withdrawn. It stands after the chamber's scope in the MRO."""

    form = PublishableForm
    actions = ["publish", "withdraw"]
    # What an address on the public pages is made of stays as it was when it became known.
    frozen_once_public: tuple[str, ...] = ()
    publication = (_("Publication"), {"fields": ["state", "published_at", "withdrawal_reason", "withdrawn_at"]})
    publication_fields = ("state", "published_at", "withdrawal_reason")

    def may_publish(self, request, row) -> bool:
        """Say whether the user decides when ``row``, which they may change, is public."""
        return True

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj), "withdrawn_at"]
        if obj is not None and was_public(obj):
            fields += self.frozen_once_public
        if obj is not None and not self.may_publish(request, obj):
            fields += self.publication_fields
        return fields

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj is not None and obj.is_public else None

    def has_delete_permission(self, request, obj=None):
        """Leave what has been public to administrators: its page is to say that it was withdrawn."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or request.user.is_superuser or not was_public(obj))

    def save_model(self, request, obj, form, change):
        stored = self.model._default_manager.filter(pk=obj.pk).first() if change else None
        known = stored.get_absolute_url() if stored is not None and was_public(stored) else None
        super().save_model(request, obj, form, change)
        if known:
            Redirect.objects.record_move(known, obj.get_absolute_url())

    @admin.action(description=_("Publish the chosen records"), permissions=["change"])
    def publish(self, request, queryset):
        def publish(row):
            row.published_at = row.published_at or timezone.now()
            row.state, row.withdrawn_at, row.withdrawal_reason = PublicationState.PUBLISHED, None, ""

        rows = queryset.exclude(state=PublicationState.PUBLISHED)
        count = self._change_each(request, rows, publish)
        words = ngettext("%(count)d record was published.", "%(count)d records were published.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Withdraw the chosen records"), permissions=["change"])
    def withdraw(self, request, queryset):
        """Ask for the reason, then withdraw the records that are public."""
        form = WithdrawalForm(request.POST if "reason" in request.POST else None)
        rows = queryset.published()
        if not form.is_valid():
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
                },
            )

        def withdraw(row):
            row.state, row.withdrawn_at = PublicationState.WITHDRAWN, timezone.now()
            row.withdrawal_reason = form.cleaned_data["reason"]

        count = self._change_each(request, rows, withdraw)
        words = ngettext("%(count)d record was withdrawn.", "%(count)d records were withdrawn.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
        return None

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


class RowForm(RecordForm):
    """A stored row that nobody touched is not asked again whether it is valid: that is seven queries a row."""

    def _post_clean(self):
        if self.instance.pk is None or self.has_changed():
            super()._post_clean()


class PositionedForm(RowForm):
    """A row that may leave its place to be given; the formset judges the places, for they are checked together."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"position"}


class PositionedFormSet(forms.BaseInlineFormSet):
    """Rows in an order of their own: an empty place is the next free one, and two rows may change places."""

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if self._is_kept(form)]
        taken: dict[int, forms.ModelForm] = {}
        for form in kept:
            position = form.cleaned_data.get("position")
            if position is None:
                continue
            if position in taken:
                form.add_error("position", _("Another row has this place: %(place)d.") % {"place": position})
            taken.setdefault(position, form)
        last = max(taken, default=0)
        for form in kept:
            if form.cleaned_data.get("position") is None and "position" not in form.errors:
                last += 1
                form.instance.position = form.cleaned_data["position"] = last

    def _is_kept(self, form):
        is_row = form in self.initial_forms or form.has_changed()
        return is_row and hasattr(form, "cleaned_data") and not self._should_delete_form(form)

    def save(self, commit=True):
        if commit:
            self._make_way()
        return super().save(commit)

    def _make_way(self):
        """Move the rows that change place or go behind all others, so that no two meet while they are saved."""
        moving = [
            form.instance.pk
            for form in self.initial_forms
            if form in self.deleted_forms or "position" in form.changed_data
        ]
        stored = self.get_queryset().model._default_manager.filter(**{self.fk.name: self.instance})
        places = [form.instance.position or 0 for form in self.forms]
        last = max([*places, *stored.values_list("position", flat=True)], default=0)
        for place, pk in enumerate(moving, start=last + 1):
            stored.filter(pk=pk).update(position=place)


class CitationForm(RowForm):
    """Which source is followed is judged for all rows together."""

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"is_followed"}


class CitationFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        followed = set()
        for form in self.forms:
            cleaned = getattr(form, "cleaned_data", None)
            if not cleaned or self._should_delete_form(form) or not cleaned.get("is_followed"):
                continue
            if cleaned.get("field") in followed:
                form.add_error("is_followed", _("Another source is already followed for this fact."))
            followed.add(cleaned.get("field"))

    def save(self, commit=True):
        if commit:
            changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
            model = self.get_queryset().model
            model._default_manager.filter(pk__in=changed).update(is_followed=False)
        return super().save(commit)


class CitationInline(Inline):
    form = CitationForm
    formset = CitationFormSet
    autocomplete_fields = ["source"]
    fields = [("field", "value", "source"), ("basis", "is_followed", "note")]


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ["code", "outlet", "title", "issued_on"]
    list_filter = ["issued_on"]
    search_fields = ["code", "outlet", "author", "title", "url"]
    date_hierarchy = "issued_on"
    fieldsets = [
        (None, {"fields": ["code", ("outlet", "author"), "title", "url"]}),
        (_("Date and place"), {"fields": [("issued_on", "issued_precision"), "dateline", "note"]}),
    ]


@admin.register(Redirect)
class RedirectAdmin(RecordAdmin):
    list_display = ["old_path", "new_path", "created_at"]
    search_fields = ["old_path", "new_path"]
    fields = ["old_path", "new_path"]
