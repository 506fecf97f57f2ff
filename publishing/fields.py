"""A list of short texts, typed one a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class LinesFormField(forms.CharField):
    """A text area whose lines are the list; empty lines are dropped."""

    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: list[str] | None, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class LinesField(models.JSONField):
    """A list of strings in the order given, stored as JSON."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
            raise ValidationError(_("This is to be a list of lines."), code="not_lines")

    def formfield(self, **kwargs: Any) -> Any:
        # JSONField would insist on its own form field, which shows brackets and quotes.
        return models.Field.formfield(self, **{"form_class": LinesFormField, "help_text": self.help_text, **kwargs})
