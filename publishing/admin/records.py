"""The ground of every admin of ours: fields for Arabic, limited choices, compact rows."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AdminTextareaWidget,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import BadRequest
from django.core.validators import BaseValidator, FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models
from django.db.models import Q
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from arabic.fields import ARABIC_FORMFIELDS
from arabic.folding import fold_digits
from arabic.sorting import ARTICLE, fold_letters
from publishing.richtext import RichTextField
from uploads.content import judge

from .choices import ManyField, SearchSelect, SearchSelectMultiple, is_key, limit_choices
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


def ask_for_files_again(form) -> None:
    """Say beside each file box of ``form`` into which a file was put that the browser has let go of it."""
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField) and form.files.get(form.add_prefix(name)):
            again = _("The form was not saved: choose the file again.")
            form[name].help_text = format_html("<strong>{}</strong> {}", again, field.help_text)


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
        if isinstance(field, PaperField):
            field.accepted = tuple(accepted_types(db_field))
            if field.accepted:
                field.widget.attrs["accept"] = ",".join(f".{ending}" for ending in field.accepted)
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
        parts = [value for name, value in request.GET.items() if name.endswith(("__year", "__month", "__day"))]
        if not all(is_key(key) for key in chosen) or any(len(part) > 4 for part in parts):
            raise BadRequest
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Judge a form again if another was saved between its check and its own saving: it has been rolled back.

        The second time an address is proposed anew, and what was typed and is now taken is an error at its field.
        """
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            if request.method != "POST":
                raise
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        if context.get("errors"):
            rows = [form for inline in context["inline_admin_formsets"] for form in inline.formset.forms]
            for form in [context["adminform"].form, *rows]:
                ask_for_files_again(form)
        return super().render_change_form(request, context, *args, **kwargs)

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
