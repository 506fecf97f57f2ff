"""The pages of the search: results with their facets, suggestions while typing, and the description for browsers."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min
from django.http import Http404, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_filters import CharFilter, ChoiceFilter

from chambers.filters import chamber_filter, family_filter, region_filter
from chambers.models import Chamber, Family, Region
from meetings.filters import YearFilter
from meetings.models import Outcome, Stage
from publishing.addresses import absolute
from publishing.listing import ListFilterSet
from publishing.page_meta import PageMeta, breadcrumb, in_short
from search.facets import Filters
from search.models import SearchEntry
from search.query import PAGE_SIZE, Results, search, suggest

BEST_KINDS = ("chamber", "person")
# In the order of the tabs.
KINDS = {
    "meeting": gettext_lazy("Meetings"),
    "item": gettext_lazy("Items and decisions"),
    "agreement": gettext_lazy("Agreements"),
    "document": gettext_lazy("Documents"),
    "article": gettext_lazy("News"),
    "chamber": gettext_lazy("Chambers"),
    "person": gettext_lazy("People"),
    "organisation": gettext_lazy("Organisations"),
    "project": gettext_lazy("Projects"),
}
LISTS = {
    "meeting": "meetings:list",
    "item": "meetings:decisions",
    "agreement": "meetings:agreements",
    "document": "meetings:documents",
    "article": "articles:list",
    "chamber": "chambers:list",
    "person": "chambers:people",
    "organisation": "chambers:organisations",
    "project": "chambers:projects",
}
MOST_SHOWN_OF_A_FACET = 6
LONGEST_SHOWN = 100


class SearchFilterSet(ListFilterSet):
    """What a search may be narrowed by. The rows come from the index, so only the form of it is used."""

    q = CharFilter(label=gettext_lazy("Words"), widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}))
    kind = ChoiceFilter(label=gettext_lazy("Kind"), choices=list(KINDS.items()))
    chamber = chamber_filter()
    region = region_filter()
    family = family_filter()
    year = YearFilter()
    outcome = ChoiceFilter(label=gettext_lazy("Outcome"), choices=Outcome)
    stage = ChoiceFilter(label=gettext_lazy("Stage"), choices=Stage)
    exact = ChoiceFilter(label=gettext_lazy("Words"), choices=[("1", gettext_lazy("only in this form"))])
    sort = ChoiceFilter(label=gettext_lazy("Order"), choices=[("date", gettext_lazy("newest first"))])

    # What stands in the tabs and links above the results is no chip.
    UNCHIPPED = frozenset({"q", "kind", "sort"})

    @cached_property
    def chips(self):
        named = [name for name, _value in self._active()]
        return [chip for name, chip in zip(named, super().chips, strict=True) if name not in self.UNCHIPPED]

    @property
    def values(self) -> dict[str, Any]:
        return dict(self._active())

    def with_value(self, name: str, value: Any) -> str:
        """Return the query string in which ``name`` is ``value``; without it where ``value`` is None."""
        query = QueryDict(self._query(without=name), mutable=True)
        if value is not None:
            query[name] = str(value)
        return query.urlencode()


class Choice(NamedTuple):
    """A link that narrows the results, with how many remain."""

    label: str
    n: int
    query: str
    is_current: bool = False


@dataclass
class Facet:
    """One thing to narrow by; what is chosen already is a chip above."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def first(self) -> list[Choice]:
        return self.choices[:MOST_SHOWN_OF_A_FACET]

    @property
    def rest(self) -> list[Choice]:
        return self.choices[MOST_SHOWN_OF_A_FACET:]


@require_safe
def results(request):
    """Answer with what is found, twenty a page; wrong filters are left out, named, and answered with 400."""
    if "" in request.GET.values():
        query = request.GET.copy()
        for name in [name for name, value in request.GET.items() if value == ""]:
            del query[name]
        return redirect(f"{request.path}?{query.urlencode()}" if query else request.path)
    filterset = SearchFilterSet(request.GET, SearchEntry.objects.none(), request=request)
    values = filterset.values
    page = _page_number(request)
    text = values.get("q", "")
    chambers = list(Chamber.objects.prefetch_related("regions"))
    found = _find(text, values, chambers, page)
    if page > 1 and not found.hits:
        raise Http404
    context = {
        "filter": filterset,
        "words": text,
        "words_shown": text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…",
        "results": found,
        "hits": _with_chambers(_without([hit for hit in found.hits if not hit.is_near], found.best), chambers),
        "near": _with_chambers([hit for hit in found.hits if hit.is_near], chambers),
        "best": _with_chambers(found.best, chambers),
        "tabs": _tabs(filterset, found),
        "facets": _facets(filterset, found, chambers),
        "query": filterset.canonical_query,
        "by_relevance": filterset.with_value("sort", None),
        "by_date": filterset.with_value("sort", "date"),
        "is_by_date": values.get("sort") == "date",
        "exactly": filterset.with_value("exact", "1"),
        "is_exact": bool(values.get("exact")),
        "unfiltered": _unfiltered(request.path, text),
        "is_narrowed": len(values.keys() - {"q", "sort", "exact"}) > 0,
        "meta": _meta(request, filterset, found, page),
    }
    if found.total == 0:
        context["coverage"] = coverage()
    paginator = Paginator(range(found.reachable), PAGE_SIZE)
    context["page"] = paginator.get_page(page)
    context["numbers"] = list(paginator.get_elided_page_range(page, on_each_side=1, on_ends=1)) if found.hits else []
    return render(request, "portal/search.html", context, status=200 if filterset.form.is_valid() else 400)


@require_safe
def suggestions(request):
    """Answer with what the words typed so far may become, as a JSON list."""
    return JsonResponse({"suggestions": suggest(request.GET.get("q", "").replace("\x00", ""))})


@require_safe
def opensearch(request):
    """Describe the search to browsers, which then offer it in their own box."""
    address = absolute(reverse("portal:search"))
    context = {"address": address, "suggestions": absolute(reverse("portal:search_suggest"))}
    return render(request, "portal/opensearch.xml", context, content_type="application/opensearchdescription+xml")


def coverage() -> dict[str, Any]:
    """Return what the index holds for the public: how many of each kind, and the first and last day of a meeting."""
    public = SearchEntry.objects.filter(public_from__lte=timezone.now())
    counts = dict(public.values_list("kind").annotate(n=Count("pk")))
    dated = public.filter(kind="meeting").exclude(date_precision="")
    kinds = [(label, counts[kind], reverse(LISTS[kind])) for kind, label in KINDS.items() if kind in counts]
    return {"kinds": kinds, **dated.aggregate(first=Min("date"), last=Max("date"))}


def _unfiltered(path: str, text: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = text
    return f"{path}?{query.urlencode()}"


def _page_number(request) -> int:
    page = request.GET.get("page", "1")
    if not (page.isascii() and page.isdigit() and 0 < len(page) < 5 and int(page) > 0):
        raise Http404
    return int(page)


def _find(text: str, values: dict[str, Any], chambers: list[Chamber], page: int) -> Results:
    filters = Filters(
        kind=[values["kind"]] if "kind" in values else (),
        chambers=_chambers_wanted(values, chambers),
        family=[values["family"]] if "family" in values else (),
        year=[int(values["year"])] if "year" in values else (),
        outcome=[values["outcome"]] if "outcome" in values else (),
        stage=[values["stage"]] if "stage" in values else (),
    )
    return search(
        text,
        filters=filters,
        page=page,
        by_date=values.get("sort") == "date",
        exact=bool(values.get("exact")),
        best_kinds=BEST_KINDS if not values.keys() - {"q"} else (),
    )


def _chambers_wanted(values: dict[str, Any], chambers: list[Chamber]) -> list[str]:
    """Return the slugs to which chamber and region narrow; no chamber has the one that stands for none of them."""
    chamber, region = values.get("chamber"), values.get("region")
    if region is None:
        return [chamber.slug] if chamber else []
    of_region = [one.slug for one in chambers if region in one.regions.all()]
    return [slug for slug in of_region if chamber is None or slug == chamber.slug] or ["-"]


def _without(hits, best):
    """Return the hits that do not stand above the others already; all of them where nothing would be left."""
    above = {hit.entry.pk for hit in best}
    return [hit for hit in hits if hit.entry.pk not in above] or hits


def _with_chambers(hits, chambers):
    by_slug = {chamber.slug: chamber for chamber in chambers}
    labels = {kind: str(one) for kind, one in KIND_WORDS.items()}
    return [
        {
            "hit": hit,
            "kind": labels.get(hit.kind, ""),
            "chamber": next((by_slug[slug] for slug in hit.entry.chambers.split() if slug in by_slug), None)
            if hit.kind != "chamber"
            else None,
        }
        for hit in hits
    ]


KIND_WORDS = {
    "meeting": gettext_lazy("meeting"),
    "item": gettext_lazy("agenda item"),
    "agreement": gettext_lazy("agreement"),
    "document": gettext_lazy("document"),
    "article": gettext_lazy("article"),
    "chamber": gettext_lazy("chamber"),
    "person": gettext_lazy("person"),
    "organisation": gettext_lazy("organisation"),
    "project": gettext_lazy("project"),
}


def _tabs(filterset: SearchFilterSet, found: Results) -> list[Choice]:
    counts, chosen = found.facets.get("kind", Counter()), filterset.values.get("kind")
    kinds = [
        Choice(str(label), counts[kind], filterset.with_value("kind", kind), kind == chosen)
        for kind, label in KINDS.items()
        if counts[kind] or kind == chosen
    ]
    everything = Choice(_("All"), sum(counts.values()), filterset.with_value("kind", None), chosen is None)
    return [everything, *kinds] if kinds else []


def _facets(filterset: SearchFilterSet, found: Results, chambers: list[Chamber]) -> list[Facet]:
    of_region: dict[str, Region] = {}
    slugs: dict[str, set[str]] = {}
    for chamber in chambers:
        for region in chamber.regions.all():
            of_region[region.slug] = region
            slugs.setdefault(chamber.slug, set()).add(region.slug)
    names = {
        "chamber": {chamber.slug: chamber.short_name for chamber in chambers},
        "region": {slug: region.name for slug, region in of_region.items()},
        "family": dict(Family.choices),
        "outcome": dict(Outcome.choices),
        "stage": dict(Stage.choices),
    }
    region = filterset.values.get("region")
    by_chamber = found.facets.get("chambers", Counter())
    if region is not None:
        by_chamber = Counter({slug: n for slug, n in by_chamber.items() if region.slug in slugs.get(slug, ())})
    counts = {
        "chamber": by_chamber,
        "region": found.cells.by_group("chambers", lambda slug: slugs.get(slug, ())),
        "family": found.facets.get("family", Counter()),
        "year": found.facets.get("year", Counter()),
        "outcome": found.facets.get("outcome", Counter()),
        "stage": found.facets.get("stage", Counter()),
    }
    labels = {name: str(field.label) for name, field in filterset.form.fields.items()} | {"year": _("Year")}
    facets = []
    for name, counted in counts.items():
        if name in filterset.values:
            continue
        ordered = sorted(counted.items(), key=lambda one: (-one[0] if name == "year" else -one[1], str(one[0])))
        choices = [
            Choice(str(names.get(name, {}).get(value, value)), n, filterset.with_value(name, value))
            for value, n in ordered
            if name == "year" or value in names[name]
        ]
        if len(choices) > 1 or (choices and choices[0].n < found.total):
            facets.append(Facet(name, labels[name], choices))
    return facets


def _meta(request, filterset: SearchFilterSet, found: Results, page: int) -> PageMeta:
    name, text = _("Search"), filterset.values.get("q", "")
    title = f"{name}: {text[:LONGEST_SHOWN]}" if text else name
    query = filterset.with_value("page", page if page > 1 else None)
    return PageMeta(
        title=f"{title} ({page})" if page > 1 else title,
        path=f"{request.path}?{query}" if query else request.path,
        description=in_short(
            title,
            *(hit.entry.title for hit in found.hits[:4]),
            "" if found.hits else _("Search everything the portal holds about Morocco's professional chambers."),
        ),
        is_indexed=False,
        nodes=[breadcrumb((name, request.path))],
    )
