"""What results are narrowed to, and how many of them each further choice would leave."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

FACETS = ("kind", "chambers", "family", "year", "outcome", "stage")

# The values of FACETS that some hits share; chambers are slugs between spaces.
Cell = tuple[Any, ...]


@dataclass(frozen=True)
class Filters:
    """What results are narrowed to; of each, any of the values. Empty: everything."""

    kind: Collection[str] = ()
    chambers: Collection[str] = ()
    family: Collection[str] = ()
    year: Collection[int] = ()
    outcome: Collection[str] = ()
    stage: Collection[str] = ()


@dataclass(frozen=True)
class Cells:
    """How many hits there are of each cell, whatever the filters."""

    counted: dict[Cell, int]
    filters: Filters

    def facets(self) -> tuple[int, dict[str, Counter[Any]]]:
        """Return how many hits fit all filters, and for each facet how many of each value fit the other ones."""
        facets = {name: self._by_value(name) for name in FACETS}
        facets["chambers"] = _split(facets["chambers"])
        for counted in facets.values():
            del counted[None], counted[""]
        return sum(n for _cell, n in self._fitting), facets

    def by_group(self, name: str, groups: Callable[[str], Collection[str]]) -> Counter[str]:
        """Return how many hits that fit the other filters each group has, a hit once in each of its own.

        ``groups`` gives the groups of a value: the regions of a chamber.
        """
        counted = Counter[str]()
        for values, n in self._by_value(name).items():
            for group in {group for value in str(values).split() for group in groups(value)}:
                counted[group] += n
        return counted

    def _by_value(self, name: str) -> Counter[Any]:
        """Return how many hits that fit all other filters each value of a facet has."""
        place, counted = FACETS.index(name), Counter[Any]()
        for cell, n in (*self._fitting, *self._refused_by_one.get(name, ())):
            counted[cell[place]] += n
        return counted

    @property
    def _fitting(self) -> list[tuple[Cell, int]]:
        return self._judged[0]

    @property
    def _refused_by_one(self) -> dict[str, list[tuple[Cell, int]]]:
        return self._judged[1]

    @cached_property
    def _judged(self) -> tuple[list[tuple[Cell, int]], dict[str, list[tuple[Cell, int]]]]:
        """Return the cells that fit all filters, and for each filter those that fit all but this one."""
        filters = [
            (name, place, set(wanted)) for place, name in enumerate(FACETS) if (wanted := getattr(self.filters, name))
        ]
        if not filters:
            return list(self.counted.items()), {}
        fitting: list[tuple[Cell, int]] = []
        refused_by_one: dict[str, list[tuple[Cell, int]]] = {}
        for cell, n in self.counted.items():
            refused = [name for name, place, wanted in filters if not _has(cell[place], name, wanted)]
            if not refused:
                fitting.append((cell, n))
            elif len(refused) == 1:
                refused_by_one.setdefault(refused[0], []).append((cell, n))
        return fitting, refused_by_one


def _split(counted: Counter[Any]) -> Counter[Any]:
    each = Counter[Any]()
    for values, n in counted.items():
        for value in values.split():
            each[value] += n
    return each


def _has(value: Any, name: str, wanted: set[Any]) -> bool:
    return not wanted.isdisjoint(value.split()) if name == "chambers" else value in wanted
