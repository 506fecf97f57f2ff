"""Form fields that read numbers and dates as people here type them: any digits, any usual separators, month names."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext_lazy as _

from arabic.dates import TypedDate, parse_date_text, parse_time_text
from arabic.folding import fold_digits, fold_number


class NumberTextInput(forms.TextInput):
    """A text box for numbers. Browsers drop Arabic-Indic digits typed into type=number, so that type is no use."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "dir": "ltr", "class": "vIntegerField", **(attrs or {})})


class _FoldsDigits(forms.Field):
    """Give the next class in the order of inheritance western digits."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(fold_digits(value) if isinstance(value, str) else value)


class _FoldsNumber(forms.Field):
    """Give the next class in the order of inheritance a number as Python writes it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(fold_number(value) if isinstance(value, str) else value)


class FoldedIntegerField(_FoldsNumber, forms.IntegerField):
    widget = NumberTextInput


class FoldedDecimalField(_FoldsNumber, forms.DecimalField):
    """Read a point or a comma, and show what is stored with the separator of the language."""

    widget = NumberTextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"localize": True, **kwargs})


class FoldedDateField(_FoldsDigits, forms.DateField):
    """Read the input formats, else a date in words: «الجمعة 23 نونبر 2018»."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            typed = _typed_date(value)
            if typed is None or typed.time is not None:  # a time would be lost here
                raise
            return typed.date


class FoldedTimeField(_FoldsDigits, forms.TimeField):
    """Read the input formats, else a time in words: «السادسة والنصف مساء»."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            try:
                time = parse_time_text(str(value))
            except ValueError as error:
                raise ValidationError(str(error), code="invalid") from error
            if time is None:
                raise
            return time


class FoldedDateTimeField(_FoldsDigits, forms.DateTimeField):
    """Read the input formats, else a date with its time in words."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            typed = _typed_date(value)
            if typed is None or typed.time is None:
                raise
            return from_current_timezone(datetime.datetime.combine(typed.date, typed.time))


class FoldedSplitDateTimeField(forms.SplitDateTimeField):
    """The admin's pair of boxes, one for the date and one for the time."""

    def __init__(
        self,
        *,
        input_date_formats: list[str] | None = None,
        input_time_formats: list[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(input_date_formats=input_date_formats, input_time_formats=input_time_formats, **kwargs)
        date, time = self.fields
        self.fields = (
            FoldedDateField(
                input_formats=input_date_formats,
                error_messages=date.error_messages,
                required=date.required,
                localize=date.localize,
                disabled=date.disabled,
            ),
            FoldedTimeField(
                input_formats=input_time_formats,
                error_messages=time.error_messages,
                required=time.required,
                localize=time.localize,
                disabled=time.disabled,
            ),
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare to the minute: the boxes show no seconds, and to leave them alone changes nothing."""
        if isinstance(initial, datetime.datetime):
            day, hour = self.widget.decompress(initial)
            initial = [day, hour.replace(second=0, microsecond=0)]
        return super().has_changed(initial, data)


# For ModelAdmin.formfield_overrides, which adds its own widgets to these.
ARABIC_FORMFIELDS: "dict[type[models.Field[Any, Any]], dict[str, Any]]" = {
    models.DateTimeField: {"form_class": FoldedSplitDateTimeField},
    models.DateField: {"form_class": FoldedDateField},
    models.TimeField: {"form_class": FoldedTimeField},
    models.DecimalField: {"form_class": FoldedDecimalField},
    models.IntegerField: {"form_class": FoldedIntegerField, "widget": NumberTextInput},
    models.BigIntegerField: {"form_class": FoldedIntegerField, "widget": NumberTextInput},
}


def _typed_date(value: object) -> TypedDate | None:
    try:
        typed = parse_date_text(str(value))
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from error
    if typed is not None and typed.weekday_matches is False:
        raise ValidationError(_("The day of the week does not match the date."), code="weekday")
    return typed
