"""The ground of every admin of ours: fields for Arabic, limited choices, compact rows."""

from collections.abc import Collection

from django import forms
from django.contrib import admin
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AdminTextareaWidget,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.validators import BaseValidator, FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import IntegrityError, connections, models, router, transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from arabic.fields import ARABIC_FORMFIELDS
from arabic.folding import fold_digits
from arabic.sorting import ARTICLE, fold_letters
from publishing.richtext import RichTextField
from search.rows import holding
from search.upkeep import kind_of
from uploads.content import judge

from . import kept, seen
from .choices import ManyField, OneField, SearchSelect, SearchSelectMultiple, forget_rights, is_key, limit_choices
from .history import AS_OF, OLD_VALUES, UNDO, HistoryAdmin
from .richtext import RichTextArea


class SmallTextarea(AdminTextareaWidget):
    """Two lines high: the box grows with what is typed into it."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 2, "dir": "auto", **(attrs or {})})


class PaperField(forms.FileField):
    """Judge a file by its name first, then by its content; without ``accepted`` every type that we take will do."""

    accepted: tuple[str, ...] = ()

    def __init__(self, **kwargs):
        # The name under which it is kept is ours: that of the sender may be as long as it likes.
        super().__init__(**{**kwargs, "max_length": None})

    def to_python(self, data):
        extension = data.name.rpartition(".")[2].lower() if data and "." in data.name else ""
        if data and self.accepted and extension not in self.accepted:
            raise forms.ValidationError(
                _("This type of file is not accepted. Accepted types: %(types)s."),
                params={"types": "، ".join(self.accepted).upper()},
                code="invalid_extension",
            )
        if data and data.size:
            judge(data, data.name, data.size)
        return super().to_python(data)


class PictureField(PaperField, forms.ImageField):
    pass


FORMFIELDS = {
    **ARABIC_FORMFIELDS,
    models.FileField: {"form_class": PaperField},
    models.ImageField: {"form_class": PictureField},
    models.TextField: {"widget": SmallTextarea},
    RichTextField: {"widget": RichTextArea},
    models.URLField: {"assume_scheme": "https"},
}


def number_limits(db_field) -> list[BaseValidator]:
    """Return what a number typed for ``db_field`` must keep to: SQLite would take any, and a year is a year."""
    if db_field.name.endswith("_year"):
        return [MinValueValidator(1900), MaxValueValidator(2100)]
    small = isinstance(db_field, models.SmallIntegerField | models.PositiveSmallIntegerField)
    return [MaxValueValidator(2**15 - 1 if small else 2**31 - 1)]


def accepted_types(db_field) -> list[str]:
    """Return the endings of file names that ``db_field`` takes; an empty list where it takes any."""
    judges = (judge for judge in db_field.validators if isinstance(judge, FileExtensionValidator))
    return next((judge.allowed_extensions for judge in judges if judge.allowed_extensions), [])


def ask_for_files_again(form, kept_files: Collection[str] = ()) -> None:
    """Say beside each file box of ``form`` into which a file was put that the browser has let go of it."""
    for name, field in form.fields.items():
        sent = form.add_prefix(name)
        if isinstance(field, forms.FileField) and (form.files.get(sent) or sent in kept_files):
            again = _("The form was not saved: choose the file again.")
            form[name].help_text = format_html("<strong>{}</strong> {}", again, field.help_text)


class RecordForm(forms.ModelForm):
    """Accept, beside what the editor may name, what the record names already: a colleague may have put it there."""

    # Why this form is not to be saved whatever it holds; given by ``RecordAdmin``.
    refusals: Collection[str] = ()

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

    def _clean_fields(self):
        """Keep the seconds of a moment that was left alone: its boxes do not show them."""
        super()._clean_fields()
        for name, field in self.fields.items():
            if (
                isinstance(field, forms.SplitDateTimeField)
                and self.cleaned_data.get(name)
                and name not in self.changed_data
            ):
                self.cleaned_data[name] = self.initial.get(name, self.cleaned_data[name])

    def add_error(self, field, error):
        """Put what concerns a box that this form does not have above the form."""
        super().add_error(field if field is None or field in self.fields else None, error)

    def full_clean(self):
        super().full_clean()
        for words in self.refusals if self.is_bound else ():
            self.add_error(None, words)


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
        if isinstance(field, PaperField):
            field.accepted = tuple(accepted_types(db_field))
            if field.accepted:
                field.widget.attrs["accept"] = ",".join(f".{ending}" for ending in field.accepted)
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSelect(db_field, self.admin_site, using=kwargs.get("using")))
        kwargs.setdefault("form_class", OneField)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return limit_choices(field, db_field, self.admin_site, request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", ManyField)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSelectMultiple(db_field, self.admin_site, using=kwargs.get("using")))
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        return limit_choices(field, db_field, self.admin_site, request)


class RecordAdmin(LimitedChoices, HistoryAdmin):
    """An admin whose rows other records may name."""

    choice_select_related: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def may(self, request, act, obj=None) -> bool:
        """Say whether the user may "view", "add", "change" or "delete" the stored row ``obj``, or any row at all.

        Rights follow from roles in chambers; what belongs to no chamber is for the administrators of the portal.
        """
        return request.user.is_active and request.user.is_superuser

    def has_module_permission(self, request):
        return self.may(request, "view")

    def has_view_permission(self, request, obj=None):
        return self.may(request, "view", obj) or self.may(request, "change", obj)

    def has_add_permission(self, request):
        return self.may(request, "add")

    def has_change_permission(self, request, obj=None):
        return self.may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self.may(request, "delete", obj)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Answer alike for a row that is not there and for one that the user does not reach."""
        if not request.user.is_superuser:
            raise Http404
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def _get_preserved_qsl(self, request, preserved_filters):
        """Leave behind what brought values into the form: they are saved, and would come again."""
        kept_along = super()._get_preserved_qsl(request, preserved_filters)
        return [(name, value) for name, value in kept_along if name not in (UNDO, AS_OF, kept.KEPT)]

    def changelist_view(self, request, extra_context=None):
        """Refuse what only a forged address or form can hold, on which the stock list would fail."""
        chosen = request.POST.getlist(admin.helpers.ACTION_CHECKBOX_NAME)
        parts = [value for name, value in request.GET.items() if name.endswith(("__year", "__month", "__day"))]
        if not all(is_key(key) for key in chosen) or any(len(part) > 4 for part in parts):
            raise BadRequest
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Judge a form again if another was saved between its check and its own saving: it has been rolled back.

        The second time an address is proposed anew, and what was typed and is now taken is an error at its field.
        """
        request.opened_at = timezone.now()
        request.came_back = kept.bring_back(request)
        request.is_earlier = self.bring_earlier_values(request, object_id)
        try:
            return self._compare_and_save(request, object_id, form_url, extra_context)
        except IntegrityError:
            if request.method != "POST":
                raise
            return self._compare_and_save(request, object_id, form_url, extra_context)

    def _compare_and_save(self, request, object_id, form_url, extra_context):
        """Save what was sent only over what its writer has seen: both are judged in the transaction that saves."""
        request.refusals = [kept.SAVED_NOT_YET] if request.came_back else []
        request.refusals += [OLD_VALUES] if request.is_earlier else []
        if request.method != "POST" or object_id is None:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        else:
            with transaction.atomic(using=router.db_for_write(self.model)):
                forget_rights(request)
                self._compare(request, object_id)
                response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and response.status_code == 302:
            kept.forget(request)
        return response

    def _compare(self, request, object_id):
        row = self._locked(request, object_id)
        if row is None:
            return
        form, formsets = self._as_stored(request, row)
        note = seen.unseal(request.POST.get(seen.SEEN, ""), self._note_name(row))
        before = note["state"] if note else None
        comparison = seen.Comparison(form, formsets, before, request.POST, request.FILES)
        typed = getattr(request, "as_typed", None)
        if comparison.parts and typed is not None:
            # A button that fills in boxes takes no step over what its presser has not seen.
            comparison = seen.Comparison(form, formsets, before, typed, request.FILES)
        request.POST = comparison.data
        request.state_stored = comparison.stored
        if comparison.parts:
            comparison.writers = seen.writers(request.user, row, formsets, note)
            request.comparison = comparison
            request.refusals.append(_("Not saved: this record was changed meanwhile. Compare both versions above."))

    def _locked(self, request, object_id):
        """Return the row that a form is to be saved to, held against other writers, or None if it is not for them."""
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if to_field and not self.to_field_allowed(request, to_field):
            return None
        row = self.get_object(request, unquote(object_id), to_field)
        if row is None or not self.has_change_permission(request, row):
            return None
        using = router.db_for_write(self.model)
        if not connections[using].features.has_select_for_update:
            return row  # Its transactions follow one another: the one we are in holds the whole database.
        self.model._base_manager.using(using).select_for_update().filter(pk=row.pk).values_list("pk").first()
        forget_rights(request)
        return self.get_object(request, unquote(object_id), to_field)

    def _as_stored(self, request, row):
        """Return the form and the formsets of ``row`` as they would be if opened now, their rows held like it."""
        form = self.get_form(request, row, change=True, fields=flatten_fieldsets(self.get_fieldsets(request, row)))
        formsets, prefixes = [], []
        for formset, inline in self.get_formsets_with_inlines(request, row):
            prefix = formset.get_default_prefix()
            prefixes.append(prefix)
            if prefixes.count(prefix) > 1:
                prefix = f"{prefix}-{prefixes.count(prefix)}"
            if inline.has_change_permission(request, row):
                rows = inline.get_queryset(request).select_for_update(of=("self",))
                formsets.append(formset(instance=row, prefix=prefix, queryset=rows))
        return form(instance=row), formsets

    def _note_name(self, row):
        return f"{self.opts.label}:{row.pk if row is not None else ''}"

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusals = getattr(request, "refusals", ())
        return form

    def save_form(self, request, form, change):
        """Make sure that what only came back to be looked at is not saved, whatever its form says."""
        if getattr(request, "refusals", None):
            raise SuspiciousOperation
        return super().save_form(request, form, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        shown = [inline.formset for inline in context["inline_admin_formsets"] if inline.has_change_permission]
        if context.get("errors"):
            rows = [form for inline in context["inline_admin_formsets"] for form in inline.formset.forms]
            for form in [context["adminform"].form, *rows]:
                ask_for_files_again(form, getattr(request, "kept_files", ()))
        state = getattr(request, "state_stored", None)
        if add or state is not None or self.has_change_permission(request, obj):
            if state is None and obj is not None:
                state = seen.state_of(context["adminform"].form, shown)
            context["seen_note"] = seen.seal(request.user, request.opened_at, self._note_name(obj), state)
            context["comparison"] = getattr(request, "comparison", None)
        return super().render_change_form(request, context, add, change, form_url, obj)

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
        """Search as typed, with letters folded in the sort key, and in the index, which holds drafts too."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        words = (word.removeprefix(ARTICLE) or word for word in fold_letters(fold_digits(search_term)).split())
        folded = " ".join(words)
        if folded not in ("", search_term):
            also, more_duplicates = super().get_search_results(request, queryset, folded)
            found, duplicates = found | also, duplicates or more_duplicates
        if folded and kind_of(self.model):
            found |= holding(queryset, search_term, with_drafts=True)
        return found, duplicates


class Inline(LimitedChoices, admin.StackedInline):
    """Rows of a form, each a few lines high, every box with its label: fit for a phone and for a long list."""

    extra = 0
    max_num = 400
    classes = ["compact"]
    view_on_site = False

    def may(self, request, act, parent=None) -> bool:
        """Say whether the user may "view" or "change" the rows of ``parent``: who changes it changes its rows."""
        admin_of_parent = self.admin_site._registry[self.parent_model]
        return admin_of_parent.may(request, act if parent is not None or act == "view" else "add", parent)

    def has_view_permission(self, request, obj=None):
        return self.may(request, "view", obj)

    def has_add_permission(self, request, obj=None):
        return self.may(request, "change", obj)

    def has_change_permission(self, request, obj=None):
        return self.may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self.may(request, "change", obj)

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
        # Whatever number of rows a form claims, no more are built. Of rows only seen, Django sets ``max_num`` to 0.
        return super().get_formset(request, obj, **{"absolute_max": type(self).max_num, **kwargs})

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = False
        return field
