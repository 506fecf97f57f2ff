"""Public lists: one paginator that stays cheap on deep pages, one kind of FilterSet, one list view."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet
from django_filters.views import FilterView

from .addresses import absolute
from .page_meta import Card, Node, PageMeta, Trail, breadcrumb, in_short, item_list

LONGEST_TEXT = 100


class KeyPaginator(Paginator):
    """Find the keys of a page on the index first, then fetch only that page's rows.

    The far pages of a long list then cost about what the first one costs: what is skipped is keys, not rows.
    """

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        rows: QuerySet = self.object_list  # type: ignore[assignment]
        # The order stays, joined tables that only the rows need do not.
        keys = list(
            rows.select_related(None).prefetch_related(None).values_list("pk", flat=True)[bottom:][: self.per_page]
        )
        found = {row.pk: row for row in rows.order_by().filter(pk__in=keys)} if keys else {}
        rows_found = [found[key] for key in keys if key in found]
        return self._get_page(rows_found, number, self)  # type: ignore[attr-defined]

    @cached_property
    def count(self) -> int:
        rows: QuerySet = self.object_list  # type: ignore[assignment]
        return rows.order_by().select_related(None).prefetch_related(None).count()


class Chip(NamedTuple):
    """An active filter: its name and value in words, and the query string without it."""

    label: str
    value: str
    query: str


class Export(NamedTuple):
    """What else a list may be had as: csv, atom or ics, and the address of the rows now listed in that format."""

    format: str
    url: str


class TextFilter(CharFilter):
    """A search in the list's own words, through the QuerySet's ``search``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Words to search for"))
        super().__init__(
            max_length=LONGEST_TEXT, widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}), **kwargs
        )

    def filter(self, qs: Any, value: str) -> Any:
        return qs.search(value) if value else qs


class ListFilterSet(FilterSet):
    """The filters of a public list.

    An unknown parameter is ignored. A wrong value of a known one is ignored too, but named on the page, which is
    then answered with 400. A filter called ``from_`` is the parameter ``from``. Filters in ``fixed`` are given by
    the path and not shown.
    """

    fixed: frozenset[str] = frozenset()

    @classmethod
    def get_filters(cls) -> Any:
        return {name.rstrip("_"): found for name, found in super().get_filters().items()}

    @cached_property
    def chips(self) -> list[Chip]:
        """The active filters in the order of the form, each with the query string that drops it."""
        active = []
        for name, value in self._active():
            query = self._query(without=name)
            active.append(Chip(str(self.form.fields[name].label), self._words(name, value), query))
        return active

    @property
    def canonical_query(self) -> str:
        """The valid filters in their fixed order, as a query string without the page."""
        return self._query(without=None)

    @property
    def whole_query(self) -> str:
        """The same with the filters that the path gives: it names these rows at any other address."""
        query = QueryDict(mutable=True)
        query.update({name: self.form.data[name] for name in self.form.fields if name in self.fixed})
        rest = self.canonical_query
        return "&".join(part for part in (query.urlencode(), rest) if part)

    @property
    def is_one_facet(self) -> bool:
        """Whether at most one filter narrows the list, and that one a choice: what a search engine may keep.

        Choices are few; of words, days, years and amounts there is no end.
        """
        active = [name for name, _value in self._active()]
        is_choice = all(isinstance(self.form.fields[name], forms.ChoiceField) for name in active)
        return len(active) <= 1 and is_choice and self.form.is_valid()

    def narrows_by_only(self, name: str) -> Any:
        """Return the value of the filter ``name`` where no other narrows the list, else None."""
        active = dict(self._active())
        return active[name] if list(active) == [name] else None

    def _active(self) -> list[tuple[str, Any]]:
        self.form.is_valid()
        cleaned = self.form.cleaned_data
        return [
            (n, cleaned[n]) for n in self.form.fields if n not in self.fixed and cleaned.get(n) not in (None, "", [])
        ]

    def _query(self, without: str | None) -> str:
        query = QueryDict(mutable=True)
        for name, _value in self._active():
            if name != without:
                query[name] = self.form.data[name]
        return query.urlencode()

    def _words(self, name: str, value: Any) -> str:
        field = self.form.fields[name]
        if isinstance(field, forms.DateField):
            return date_format(value, "j F Y")
        if isinstance(field, forms.ModelChoiceField):
            return field.label_from_instance(value)
        choices = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}  # type: ignore[arg-type]
        return str(choices.get(value, value))


class WrongFilters(BadRequest):
    """Filters that could not be read, by parameter, each with its name in words.

    Who asks for a feed, a table or a calendar sees no page, so the answer says in plain text which they are.
    """

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__(f"wrong filters: {', '.join(names)}")
        self.names = names


def read_filters(request: HttpRequest, filterset_class: type[ListFilterSet], rows: QuerySet[Any]) -> ListFilterSet:
    """Return the filters of the address over ``rows``, for what cannot say beside the rows which one was wrong.

    Raises WrongFilters, which is answered with 400, where the list of the same filters would name a wrong value.
    """
    filters = filterset_class(request.GET, rows, request=request)
    if not filters.form.is_valid():
        raise WrongFilters({name: str(filters.form.fields[name].label) for name in filters.form.errors})
    return filters


class RecordList(FilterView):
    """A public list: its rows, its filters, twenty a page. Subclasses give attributes only.

    ``title`` names the list and ``counted`` its rows, as plural forms of ``%(n)s``. ``exports`` names, for each format
    the list may be had in, the route of the view that gives it.
    """

    exports: dict[str, str] = {}
    title: Any = ""
    counted: Any = None
    strict = False
    paginate_by = 20
    paginator_class = KeyPaginator

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A form sends its empty fields too: what readers share should not carry them.
        if "" in request.GET.values():
            query = request.GET.copy()
            for name in [name for name, value in request.GET.items() if value == ""]:
                del query[name]
            return redirect(f"{request.path}?{query.urlencode()}" if query else request.path)
        return super().get(request, *args, **kwargs)

    def get_filterset_kwargs(self, filterset_class: type[FilterSet]) -> dict[str, Any]:
        # Bound even without parameters, so that what follows need not ask.
        return super().get_filterset_kwargs(filterset_class) | {"data": self.request.GET}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        paginator, page = context["paginator"], context["page_obj"]
        context |= {
            "total": paginator.count,
            "numbers": list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
            "query": self.filterset.canonical_query,
            "exports": self._exports(),
        }
        return context

    def _exports(self) -> list[Export]:
        query = self.filterset.whole_query
        return [
            Export(name, f"{reverse(route)}?{query}" if query else reverse(route))
            for name, route in self.exports.items()
        ]

    def page_meta(self, context: dict[str, Any]) -> PageMeta:
        """Return the head of the page, made of the rows it shows."""
        page, chips = context["page_obj"], self.filterset.chips
        rows = [*context.get("upcoming", []), *context["object_list"]]
        name = " – ".join([str(self.title), *self.named_after(), *(chip.value for chip in chips)])
        path, query = self.address()
        first = 1
        if page.number > 1:
            query = f"{query}&page={page.number}" if query else f"page={page.number}"
            first = page.start_index() + context["total"] - page.paginator.count
        entries = [self.entry(row) for row in rows]
        return PageMeta(
            title=f"{name} ({page.number})" if page.number > 1 else name,
            path=f"{path}?{query}" if query else path,
            description=in_short(f"{name}: {self.counted % {'n': context['total']}}", *map(str, rows[:4])),
            card=self.card(),
            is_indexed=self.filterset.is_one_facet,
            nodes=[item_list(name, entries, context["total"], first), breadcrumb(*self.trail())],
        )

    def address(self) -> tuple[str, str]:
        """Return the one path and query of this list, without the page, for whoever finds it at several."""
        return self.request.path, self.filterset.canonical_query

    def named_after(self) -> list[str]:
        """Return whose list it is, for its title."""
        return []

    def trail(self) -> Trail:
        """Return the way here from the home page."""
        return [(str(self.title), self.request.path)]

    def card(self) -> Card | None:
        """Return the picture to share, None for the portal's."""
        return None

    def entry(self, row: Any) -> Node | str:
        """Return a row as the list in the page's data names it: its address, or a node where it has more to say."""
        return absolute(row.get_absolute_url())

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        context["meta"] = self.page_meta(context)
        if not self.filterset.form.is_valid():
            kwargs["status"] = 400
        return super().render_to_response(context, **kwargs)

    request: HttpRequest
