"""A chamber's own bar: how many public records each of its sections lists."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Annex, Chamber, Person

NAMED = [
    ("meetings", _("Meetings"), "meetings:of_chamber"),
    ("decisions", _("Decisions"), "meetings:decisions_of_chamber"),
    ("agreements", _("Agreements"), "meetings:agreements_of_chamber"),
    ("news", _("News"), "articles:of_chamber"),
    ("people", _("Organs and people"), "chambers:people_of_chamber"),
    ("offices", _("Annexes"), "chambers:offices"),
    ("documents", _("Documents"), "meetings:documents_of_chamber"),
]


@dataclass(frozen=True)
class Section:
    """A link of the chamber bar."""

    code: str
    label: Any
    url: str
    count: int | None


def with_section_counts(chambers: QuerySet[Chamber]) -> QuerySet[Chamber]:
    """Annotate ``<section>_count`` for each section of a chamber, in the same query.

    The records live in apps above this one and are reached through the chamber's reverse accessors.
    """

    def related(name: str) -> Any:
        return Chamber._meta.get_field(name).related_model

    meetings, articles, documents = related("meetings"), related("articles"), related("documents")
    agreements = related("led_agreements")
    items = meetings._meta.get_field("items").related_model
    party = agreements._meta.get_field("parties").related_model
    here = OuterRef("pk")
    beyond = OuterRef(OuterRef("pk"))  # the chamber, from inside a condition on its records
    of_agreement = Q(lead_chamber=OuterRef("pk")) | Q(pk__in=party.objects.filter(chamber=beyond).values("agreement"))
    through = articles.chambers.through.objects.filter(chamber=beyond).values("article")
    counted = {
        "meetings": meetings.objects.published().filter(chamber=here),
        "decisions": items.objects.with_public_results().filter(meeting__chamber=here),
        "agreements": agreements.objects.published().filter(of_agreement),
        "news": articles.objects.published().filter(Q(lead_chamber=here) | Q(pk__in=through)),
        "people": Person.objects.published().filter(memberships__body__chamber=here),
        "offices": Annex.objects.filter(chamber=here),
        "documents": documents.objects.published().filter(chamber=here),
    }
    return chambers.annotate(**{f"{name}_count": _count(rows) for name, rows in counted.items()})


def _count(rows: QuerySet[Any]) -> Any:
    # One constant group: without it Django would group by every column of the row.
    grouped = rows.order_by().annotate(one=Coalesce(0, 0)).values("one")
    return Coalesce(Subquery(grouped.annotate(n=Count("pk", distinct=True)).values("n")), 0)


def find_chamber(slug: str) -> Chamber:
    """Return the chamber with its regions' names and section counts; raises Http404."""
    return get_object_or_404(with_section_counts(Chamber.objects.select_related("successor")), slug=slug)


def section_path(chamber: Chamber, section: str) -> str:
    """Return the path of a section of the chamber; raises KeyError for a section that is none."""
    routes = {code: route for code, _label, route in NAMED}
    return reverse(routes[section], args=[chamber.slug])


def sections(chamber: Chamber) -> list[Section]:
    """Return the links of the chamber bar, the empty sections too: an empty page is an honest answer."""
    overview = Section("overview", _("Overview"), chamber.get_absolute_url(), None)
    return [
        overview,
        *(
            Section(code, label, reverse(route, args=[chamber.slug]), getattr(chamber, f"{code}_count"))
            for code, label, route in NAMED
        ),
    ]
