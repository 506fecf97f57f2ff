"""What may be chosen in a field: keys that can be keys, and only rows that the user may name."""

from django import forms
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q


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


class OneField(forms.ModelChoiceField):
    """Takes what the record names already, and may keep, from the row that was read along with it."""

    named = None

    def to_python(self, value):
        if self.named is not None and str(value) == str(getattr(self.named, self.to_field_name or "pk")):
            return self.named
        return super().to_python(value)


class ManyField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        for key in value or []:
            if not is_key(key):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


def limit_choices(form_field, db_field, site, request):
    """Offer in ``form_field`` only the rows that the target's admin lets the user name there."""
    target = site._registry.get(db_field.remote_field.model)
    if form_field is None or not hasattr(target, "nameable"):
        return form_field
    form_field.every = form_field.queryset.select_related(*target.choice_select_related)
    form_field.limit = target.nameable(request.user, db_field)
    form_field.queryset = form_field.every.filter(form_field.limit)
    form_field.label_from_instance = target.choice_label
    return form_field


def entered_by(user, model) -> Q:
    """Return the condition on the rows of ``model`` that ``user`` entered in the admin; asked once a request."""
    known = getattr(user, "rows_entered", None)
    if known is None:
        known = user.rows_entered = {}
    if model not in known:
        kind = ContentType.objects.get_for_model(model)
        entries = LogEntry.objects.filter(user=user, content_type=kind, action_flag=ADDITION)
        keys = entries.values_list("object_id", flat=True)
        known[model] = [int(pk) for pk in keys if pk and pk.isdecimal()]
    return Q(pk__in=known[model])


def roles_of(request) -> frozenset[str]:
    """Return the roles that the user holds in any chamber; they are read once a request."""
    if not (request.user.is_active and request.user.is_staff):
        return frozenset()
    if not hasattr(request, "roles_held"):
        request.roles_held = frozenset(request.user.editorships.values_list("role", flat=True))
    return request.roles_held


def remembered(request, key, ask):
    """Return what ``ask()`` says of ``key``; within a request it is asked once, until ``forget_rights``."""
    answers = request.__dict__.setdefault("rights_remembered", {})
    if key not in answers:
        answers[key] = ask()
    return answers[key]


def forget_rights(request):
    """Have every right of the user asked anew: the rows it rests on may have changed."""
    request.__dict__.pop("rights_remembered", None)
    request.user.rows_entered = None
