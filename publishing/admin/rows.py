"""Rows of a form that are judged together: places in an order, and the one source that is followed."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .records import Inline, RecordForm


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


class StoredKey(forms.ModelChoiceField):
    """The key of a stored row of a formset, which has read its rows already."""

    def __init__(self, queryset, *, rows, **kwargs):
        super().__init__(queryset, **kwargs)
        self.rows = rows

    def to_python(self, value):
        return self.rows.get(str(value)) or super().to_python(value)


class RowFormSet(forms.BaseInlineFormSet):
    """Rows whose keys are looked up among those that were read, and not one by one in the database."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        name = self._pk_field.name
        key = form.fields.get(name)
        if isinstance(key, forms.ModelChoiceField):
            form.fields[name] = StoredKey(
                key.queryset, rows=self._rows_by_key, initial=key.initial, required=False, widget=key.widget
            )

    @cached_property
    def _rows_by_key(self):
        return {str(row.pk): row for row in self.get_queryset()}


class PositionedFormSet(RowFormSet):
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


class CitationFormSet(RowFormSet):
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
