"""Filters of the news."""

from datetime import datetime, time

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from chambers.filters import OfRegion, chamber_filter, family_filter
from meetings.filters import DayFilter, PeriodFilterSet
from publishing.listing import TextFilter

from .models import Article, ArticleKind, Topic


class ArticleFilterSet(PeriodFilterSet):
    chamber = chamber_filter(method="of_chamber")
    region = OfRegion(path="lead_chamber")
    family = family_filter(field_name="lead_chamber__family")
    kind = ChoiceFilter(label=_("Kind"), choices=ArticleKind, empty_label=_("All kinds"))
    topic = ModelChoiceFilter(
        label=_("Topic"), queryset=Topic.objects.all(), to_field_name="slug", empty_label=_("All topics"),
        field_name="topics",
    )  # fmt: skip
    from_ = DayFilter(label=_("From day"), method="since")
    to = DayFilter(label=_("To day"), method="until")
    q = TextFilter()

    class Meta:
        model = Article
        fields = ["chamber", "region", "family", "kind", "topic", "from_", "to", "q"]

    def of_chamber(self, queryset, name, chamber):
        return queryset.of_chamber(chamber)

    def since(self, queryset, name, day):
        start = datetime.combine(day, time.min, timezone.get_current_timezone())
        return queryset.filter(Q(event_date__gte=day) | Q(event_date__isnull=True, published_at__gte=start))

    def until(self, queryset, name, day):
        end = datetime.combine(day, time.max, timezone.get_current_timezone())
        return queryset.filter(Q(event_date__lte=day) | Q(event_date__isnull=True, published_at__lte=end))
