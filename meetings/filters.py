"""Filters of the lists of meetings, decisions, agreements and documents."""

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFilter, ModelChoiceFilter, NumberFilter

from arabic.fields import FoldedDateField, FoldedDecimalField, FoldedIntegerField
from chambers.filters import OfRegion, chamber_filter, family_filter
from chambers.models import Family, Organisation
from publishing.listing import ListFilterSet, TextFilter

from .models import (
    AgendaItem,
    Agreement,
    AgreementKind,
    AgreementParty,
    Document,
    DocumentKind,
    ItemKind,
    Majority,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Outcome,
    Stage,
)
from .month import FIRST_YEAR, LAST_YEAR

UNPUBLISHED = "unpublished"


class DayInput(forms.DateInput):
    """The browser's own picker: it sends 2024-10-21 and shows the day in the reader's own way."""

    def __init__(self):
        super().__init__(format="%Y-%m-%d", attrs={"type": "date", "dir": "ltr"})

    def format_value(self, value):
        # It takes nothing else, so another spelling of a day is put in its own, and what is no day is left out.
        try:
            return super().format_value(FoldedDateField().to_python(value))
        except forms.ValidationError:
            return None


class DayFilter(DateFilter):
    """A day typed or picked; Arabic-Indic digits are read too."""

    field_class = FoldedDateField

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", DayInput())
        super().__init__(**kwargs)


class AmountFilter(NumberFilter):
    """An amount in dirhams, not negative; any digits, groups and decimal marks are read."""

    field_class = FoldedDecimalField

    def __init__(self, **kwargs):
        super().__init__(**{"min_value": 0, **kwargs})


class YearFilter(NumberFilter):
    """The year in a meeting's address: that of the session, which every meeting has; its date may be unknown."""

    field_class = FoldedIntegerField

    def __init__(self, **kwargs):
        super().__init__(label=_("Year of the session"), min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class PeriodFilterSet(ListFilterSet):
    """Filters whose two days must be in order."""

    def get_form_class(self):
        form_class = super().get_form_class()

        class InOrder(form_class):
            def clean(self):
                cleaned = super().clean()
                first, last = cleaned.get("from"), cleaned.get("to")
                if first and last and first > last:
                    self.add_error("from", _("The first day is after the last one."))
                return cleaned

        return InOrder


class FacetFilterSet(PeriodFilterSet):
    """Filters of a register, one of which is the facet that the bar above the rows counts and offers."""

    facet = ""

    @property
    def facet_rows(self):
        """The rows that the other filters let through, so that the bar still counts what the facet leaves out."""
        self.form.is_valid()
        rows = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name != self.facet:
                rows = self.filters[name].filter(rows, value)
        return rows

    @property
    def facet_query(self):
        """The other filters as a query string."""
        return self._query(without=self.facet)

    @property
    def facet_value(self):
        """What the facet is set to; blank where it is not set, or set to what it does not know."""
        self.form.is_valid()
        return self.form.cleaned_data.get(self.facet) or ""


class MeetingFilterSet(PeriodFilterSet):
    chamber = chamber_filter()
    region = OfRegion()
    family = family_filter(method="of_family")
    kind = ChoiceFilter(label=_("Kind"), choices=MeetingKind, empty_label=_("All kinds"))
    status = ChoiceFilter(label=_("Status"), choices=MeetingStatus, empty_label=_("All statuses"))
    year = YearFilter(field_name="url_year")
    from_ = DayFilter(label=_("From day"), field_name="date", lookup_expr="gte")
    to = DayFilter(label=_("To day"), field_name="date", lookup_expr="lte")
    q = TextFilter()

    class Meta:
        model = Meeting
        fields = ["chamber", "region", "family", "kind", "status", "year", "from_", "to", "q"]

    def of_family(self, queryset, name, family):
        return queryset.filter(Q(chamber__family=family) | Q(family=family))


class DecisionFilterSet(FacetFilterSet):
    facet = "outcome"

    chamber = chamber_filter(field_name="meeting__chamber")
    region = OfRegion(path="meeting__chamber")
    family = family_filter(method="of_family")
    kind = ChoiceFilter(label=_("Subject"), choices=ItemKind, empty_label=_("All subjects"))
    outcome = ChoiceFilter(
        label=_("Outcome"),
        choices=[*Outcome.choices, (UNPUBLISHED, _("outcome not published"))],
        empty_label=_("All outcomes"),
        method="of_outcome",
    )
    majority = ChoiceFilter(label=_("Majority"), choices=Majority, empty_label=_("All majorities"))
    year = YearFilter(field_name="meeting__url_year")
    from_ = DayFilter(label=_("From day"), field_name="meeting__date", lookup_expr="gte")
    to = DayFilter(label=_("To day"), field_name="meeting__date", lookup_expr="lte")
    q = TextFilter()

    class Meta:
        model = AgendaItem
        fields = ["chamber", "region", "family", "kind", "outcome", "majority", "year", "from_", "to", "q"]

    def of_family(self, queryset, name, family):
        return queryset.filter(Q(meeting__chamber__family=family) | Q(meeting__family=family))

    def of_outcome(self, queryset, name, outcome):
        return queryset.filter(outcome="" if outcome == UNPUBLISHED else outcome)


def partners(request):
    """Return the organisations that are a party to a public agreement."""
    # Gathered once, not asked of each organisation.
    parties = AgreementParty.objects.filter(agreement__in=Agreement.objects.published()).values("organisation")
    return Organisation.objects.published().filter(pk__in=parties).only("number", "name", "sort_key")


class AgreementFilterSet(FacetFilterSet):
    facet = "stage"

    chamber = chamber_filter(method="of_chamber")
    region = OfRegion(path="lead_chamber")
    family = ChoiceFilter(
        label=_("Family"), choices=Family, empty_label=_("All families"), field_name="lead_chamber__family"
    )
    kind = ChoiceFilter(label=_("Kind"), choices=AgreementKind, empty_label=_("All kinds"))
    stage = ChoiceFilter(
        label=_("Stage"),
        choices=[*Stage.choices, (UNPUBLISHED, _("stage not published"))],
        empty_label=_("All stages"),
        method="of_stage",
    )
    party = ModelChoiceFilter(
        label=_("Partner"),
        queryset=partners,
        to_field_name="number",
        empty_label=_("All partners"),
        method="of_party",
    )
    amount_min = AmountFilter(label=_("Amount from, in dirhams"), field_name="amount", lookup_expr="gte")
    amount_max = AmountFilter(label=_("Amount to, in dirhams"), field_name="amount", lookup_expr="lte")
    from_ = DayFilter(label=_("From day"), field_name="sort_on", lookup_expr="gte")
    to = DayFilter(label=_("To day"), field_name="sort_on", lookup_expr="lte")
    q = TextFilter()

    class Meta:
        model = Agreement
        fields = [
            "chamber", "region", "family", "kind", "stage", "party", "amount_min", "amount_max", "from_", "to", "q",
        ]  # fmt: skip

    def of_chamber(self, queryset, name, chamber):
        return queryset.of_chamber(chamber)

    def of_stage(self, queryset, name, stage):
        return queryset.filter(stage__isnull=True) if stage == UNPUBLISHED else queryset.filter(stage=stage)

    def of_party(self, queryset, name, organisation):
        party = AgreementParty.objects.filter(agreement=OuterRef("pk"), organisation=organisation)
        return queryset.filter(Exists(party))

    def get_form_class(self):
        form_class = super().get_form_class()

        class FromLessToMore(form_class):
            def clean(self):
                cleaned = super().clean()
                least, most = cleaned.get("amount_min"), cleaned.get("amount_max")
                if least is not None and most is not None and least > most:
                    self.add_error("amount_min", _("The smallest amount is above the largest one."))
                return cleaned

        return FromLessToMore

    def _words(self, name, value):
        # The unit stands in the label.
        if name in ("amount_min", "amount_max"):
            return f"{value:,.2f}".removesuffix(".00").replace(",", "\u202f").replace(".", ",")
        return super()._words(name, value)


class DocumentFilterSet(ListFilterSet):
    chamber = chamber_filter()
    region = OfRegion()
    kind = ChoiceFilter(label=_("Kind"), choices=DocumentKind, empty_label=_("All kinds"))
    q = TextFilter()

    class Meta:
        model = Document
        fields = ["chamber", "region", "kind", "q"]
