"""Filters of the lists of chambers, people, offices, organisations and projects."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter
from django_filters.fields import ModelChoiceField

from publishing.listing import ListFilterSet, TextFilter

from .models import (
    Annex,
    BodyKind,
    Chamber,
    Family,
    Membership,
    Office,
    Organisation,
    OrganisationKind,
    Person,
    Project,
    Region,
    Term,
)


class ShortNameField(ModelChoiceField):
    """A choice of chambers by their short names: the official ones do not fit a phone."""

    def label_from_instance(self, obj):
        return obj.short_name


class ChamberFilter(ModelChoiceFilter):
    field_class = ShortNameField


def chamber_filter(**kwargs):
    """Return the filter by one chamber, whose value is its slug."""
    kwargs.setdefault("label", _("Chamber"))
    return ChamberFilter(
        queryset=Chamber.objects.only("slug", "short_name", "sort_key"),
        to_field_name="slug",
        empty_label=_("All chambers"),
        **kwargs,
    )


def region_filter(**kwargs):
    """Return the filter by one region, whose value is its slug."""
    kwargs.setdefault("label", _("Region"))
    return ModelChoiceFilter(
        queryset=Region.objects.all(), to_field_name="slug", empty_label=_("All regions"), **kwargs
    )


def family_filter(**kwargs):
    """Return the filter by family of chambers."""
    return ChoiceFilter(label=_("Family"), choices=Family, empty_label=_("All families"), **kwargs)


class OfRegion(ModelChoiceFilter):
    """Records of the chambers of a region, each once however many regions a chamber spans."""

    def __init__(self, path="chamber", **kwargs):
        self.path = path
        kwargs.setdefault("label", _("Region"))
        super().__init__(queryset=Region.objects.all(), to_field_name="slug", empty_label=_("All regions"), **kwargs)

    def filter(self, qs, value):
        return qs.filter(**{f"{self.path}__in": Chamber.objects.filter(regions=value)}) if value else qs


class ChamberFilterSet(ListFilterSet):
    q = TextFilter()
    region = region_filter(field_name="regions")
    family = family_filter()

    class Meta:
        model = Chamber
        fields = ["region", "family", "q"]


class PersonFilterSet(ListFilterSet):
    """People by an office they hold or held: what is asked of it is asked of one and the same office."""

    OF_THE_OFFICE = {
        "chamber": "body__chamber",
        "family": "body__chamber__family",
        "body": "body__kind",
        "office": "office",
        "term": "term",
    }

    chamber = chamber_filter(method="with_the_others")
    family = family_filter(method="with_the_others")
    body = ChoiceFilter(label=_("Organ"), choices=BodyKind, empty_label=_("All organs"), method="with_the_others")
    office = ChoiceFilter(label=_("Office"), choices=Office, empty_label=_("All offices"), method="with_the_others")
    term = ModelChoiceFilter(
        label=_("Term"),
        queryset=Term.objects.all(),
        to_field_name="start_year",
        empty_label=_("All terms"),
        method="with_the_others",
    )
    q = TextFilter()

    class Meta:
        model = Person
        fields = ["chamber", "family", "body", "office", "term", "q"]

    def filter_queryset(self, queryset):
        asked = {path: self.form.cleaned_data.get(name) for name, path in self.OF_THE_OFFICE.items()}
        held = Q(**{path: value for path, value in asked.items() if value})
        if held:
            queryset = queryset.filter(Exists(Membership.objects.filter(held, person=OuterRef("pk"))))
        return super().filter_queryset(queryset)

    def with_the_others(self, queryset, name, value):
        return queryset


class AnnexFilterSet(ListFilterSet):
    chamber = chamber_filter()
    region = OfRegion()
    q = TextFilter(label=_("Words of the name"))

    class Meta:
        model = Annex
        fields = ["chamber", "region", "q"]


class OrganisationFilterSet(ListFilterSet):
    kind = ChoiceFilter(label=_("Kind"), choices=OrganisationKind, empty_label=_("All kinds"))
    q = TextFilter()

    class Meta:
        model = Organisation
        fields = ["kind", "q"]


class ProjectFilterSet(ListFilterSet):
    chamber = chamber_filter()
    region = OfRegion()
    q = TextFilter()

    class Meta:
        model = Project
        fields = ["chamber", "region", "q"]
