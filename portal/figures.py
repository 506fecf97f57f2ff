"""The page of figures: what the public record holds, counted; each figure leads to the list it counts.

A figure and its list follow one rule, so every count here groups by what a filter of that list can say.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chambers.models import Chamber, Family, Organisation, Region
from meetings.models import (
    EXIT_STAGES,
    AgendaItem,
    Agreement,
    AgreementParty,
    Meeting,
    MeetingCitation,
    MeetingKind,
    MeetingStatus,
    Outcome,
    Stage,
)
from meetings.outcomes import UNKNOWN, Part, tally
from meetings.track import STEPS
from publishing.addresses import absolute
from publishing.page_meta import PageMeta, breadcrumb, in_short, portal_node

MOST_PARTNERS = 15
MOST_YEARS = 12
# A bar this short, in percent, is still seen.
SHORTEST_BAR = 1.0


@dataclass(frozen=True)
class StackedPart:
    """One outcome in a bar: what it counts, the list of it, and its width in percent of the longest bar."""

    part: Part
    url: str
    width: str


@dataclass(frozen=True)
class Bar:
    """One row of a picture: its words, its count, the list it counts, and its width in percent of the longest bar."""

    code: str
    label: str
    count: int
    url: str
    width: str
    parts: tuple[StackedPart, ...] = ()


def figures(request: HttpRequest) -> HttpResponse:
    context = {"meta": figures_page()} | of_meetings() | of_items() | of_agreements()
    return render(request, "portal/figures.html", context)


def figures_page() -> PageMeta:
    """Return the head of the page of figures."""
    name, path = _("In figures"), reverse("portal:figures")
    description = _(
        "What the chambers decided, by outcome, year, family and region; agreements by stage and partner: each figure "
        "leads to the list it counts."
    )
    page = {"@type": "WebPage", "name": name, "url": absolute(path), "about": portal_node()}
    return PageMeta(name, path, in_short(description), nodes=[page, breadcrumb((name, path))])


def of_meetings() -> dict[str, Any]:
    """Count the public meetings by kind, status and year, and say how far the record reaches."""
    public = Meeting.objects.published()
    kinds: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    years: Counter[int] = Counter()
    grouped = public.order_by().values_list("kind", "status", "url_year").annotate(n=Count("pk"))
    for kind, status, year, n in grouped:
        kinds[kind] += n
        statuses[status] += n
        years[year] += n
    sources = MeetingCitation.objects.filter(meeting__in=public).aggregate(n=Count("source", distinct=True))
    present = public.aggregate(n=Count("chamber", distinct=True))
    return {
        "chamber_total": Chamber.objects.current().count(),
        "meeting_total": sum(years.values()),
        "covered_chambers": present["n"],
        "source_total": sources["n"],
        "first_year": min(years, default=None),
        "last_year": max(years, default=None),
        "meeting_years": _one_group(
            [(year, year, n, _meetings(year=year)) for year, n in sorted(years.items(), reverse=True)[:MOST_YEARS]]
        ),
        "meeting_kinds": _one_group(
            [(k, MeetingKind(k).label, kinds[k], _meetings(kind=k)) for k in MeetingKind.values if kinds[k]]
        ),
        "meeting_statuses": _one_group(
            [
                (s, MeetingStatus(s).label, statuses[s], _meetings(status=s))
                for s in MeetingStatus.values
                if statuses[s]
            ]
        ),
    }


def of_items() -> dict[str, Any]:
    """Count the agenda items whose results are public by outcome, year, family and region."""
    public = AgendaItem.objects.with_public_results().order_by()
    family = Coalesce(F("meeting__chamber__family"), NullIf(F("meeting__family"), Value("")))
    outcomes: Counter[str] = Counter()
    years: dict[int, Counter[str]] = {}
    families: dict[str, Counter[str]] = {}
    grouped = public.annotate(of=family).values_list("meeting__url_year", "of", "outcome").annotate(n=Count("pk"))
    for year, of, outcome, n in grouped:
        outcomes[outcome] += n
        years.setdefault(year, Counter())[outcome] += n
        families.setdefault(of, Counter())[outcome] += n
    # An item counts under every region of its chamber, as it does in the list.
    regions = dict(
        public.filter(meeting__chamber__regions__isnull=False)
        .values_list("meeting__chamber__regions")
        .annotate(n=Count("pk"))
    )
    parts = tally(outcomes)
    return {
        "item_total": sum(outcomes.values()),
        "adopted_total": outcomes[Outcome.ADOPTED] + outcomes[Outcome.ADOPTED_AS_AMENDED],
        "outcomes": _one_group([(p.code, p.label, p.count, _decisions(outcome=p.code)) for p in parts]),
        "item_years": stacked(
            [(year, year, years[year], {"year": year}) for year in sorted(years, reverse=True)[:MOST_YEARS]]
        ),
        "item_families": stacked(
            [(f, Family(f).label, families.get(f, Counter()), {"family": f}) for f in Family.values]
        ),
        "item_regions": _one_group(
            [
                (r.slug, r.name, regions.get(r.pk, 0), _decisions(region=r.slug))
                for r in Region.objects.order_by("code")
            ]
        ),
    }


def of_agreements() -> dict[str, Any]:
    """Count the public agreements by present stage, along the five steps of the track, and by partner."""
    public = Agreement.objects.published()
    stages = dict(public.with_stage().order_by().values_list("stage").annotate(n=Count("pk")))
    usual = list(Stage)
    groups: list[tuple[Any, list[Any]]] = [(label, sorted(held, key=usual.index)) for _code, label, held in STEPS]
    groups.append((_("Ended otherwise"), EXIT_STAGES))
    rows = [
        (stage, stage.label, stages.get(stage, 0), _agreements(stage=stage)) for _l, held in groups for stage in held
    ]
    if stages.get(None):
        rows.append((UNKNOWN, _("stage not published"), stages[None], _agreements(stage=UNKNOWN)))
        groups.append(("", [UNKNOWN]))
    drawn = {bar.code: bar for bar in bars(rows)}
    # Asked of each party. Against two lists of keys SQLite would try every pair: a minute for ten thousand of each.
    partners = (
        AgreementParty.objects.filter(
            Exists(public.filter(pk=OuterRef("agreement"))),
            Exists(Organisation.objects.published().filter(pk=OuterRef("organisation"))),
        )
        .values_list("organisation__number", "organisation__name")
        .annotate(n=Count("pk"))
        .order_by("-n", "organisation__sort_key", "organisation")
    )
    return {
        "agreement_total": sum(stages.values()),
        "stages": [(label, [drawn[str(stage)] for stage in held]) for label, held in groups],
        "partners": _one_group(
            [(number, name, n, _agreements(party=number)) for number, name, n in partners[:MOST_PARTNERS]]
        ),
    }


def bars(rows: list[tuple[Any, Any, int, str]]) -> list[Bar]:
    """Return a bar for each row of code, words, count and address, in their order, scaled to the largest count."""
    longest = max((count for _code, _label, count, _url in rows), default=0)
    return [Bar(str(code), str(label), n, url, _percent(_share(n, longest))) for code, label, n, url in rows]


def _one_group(rows: list[tuple[Any, Any, int, str]]) -> list[tuple[str, list[Bar]]]:
    """Return the bars of ``rows`` as a picture takes them: one group without a name, or none."""
    return [("", bars(rows))] if rows else []


def stacked(rows: list[tuple[Any, Any, Counter[str], dict[str, Any]]]) -> list[Bar]:
    """Return a bar of outcomes for each row of code, words, counts and what the list of decisions is narrowed to.

    A bar is as long as its total is large, so that a year of three items does not look like one of sixty.
    """
    longest = max((counts.total() for _code, _label, counts, _query in rows), default=0)
    drawn = []
    for code, label, counts, query in rows:
        share = _share(counts.total(), longest)
        parts = tuple(
            StackedPart(part, _decisions(**query, outcome=part.code), _percent(part.width * share / 100))
            for part in tally(counts)
        )
        drawn.append(Bar(str(code), str(label), counts.total(), _decisions(**query), _percent(share), parts))
    return drawn


def _share(count: int, longest: int) -> float:
    return max(100 * count / longest, SHORTEST_BAR) if count else 0.0


def _percent(share: float) -> str:
    """Return a width as an SVG attribute takes it, with a point whatever the language."""
    return f"{share:.2f}%"


def _meetings(**query: Any) -> str:
    return reverse("meetings:list", query=query)


def _decisions(**query: Any) -> str:
    # The order in which the list itself writes its filters, so that one list has one address.
    order = ("region", "family", "outcome", "year")
    return reverse("meetings:decisions", query={name: query[name] for name in order if name in query})


def _agreements(**query: Any) -> str:
    return reverse("meetings:agreements", query=query)
