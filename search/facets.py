"""What results are narrowed to, and how many of them each further choice would leave."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
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
        total, facets = 0, {name: Counter[Any]() for name in FACETS}
        for cell, n, refused in self._judged():
            total += 0 if refused else n
            for name, value in zip(FACETS, cell, strict=True):
                if value in (None, "") or (refused and refused != [name]):
                    continue
                if name == "chambers":
                    for slug in value.split():
                        facets[name][slug] += n
                else:
                    facets[name][value] += n
        return total, facets

    def by_group(self, name: str, groups: Callable[[str], Collection[str]]) -> Counter[str]:
        """Return how many hits that fit the other filters each group has, a hit once in each of its own.

        ``groups`` gives the groups of a value: the regions of a chamber.
        """
        place, counted = FACETS.index(name), Counter[str]()
        known: dict[str, set[str]] = {}
        for cell, n, refused in self._judged():
            if not refused or refused == [name]:
                values = str(cell[place])
                if values not in known:
                    known[values] = {group for value in values.split() for group in groups(value)}
                for group in known[values]:
                    counted[group] += n
        return counted

    def _judged(self) -> Iterator[tuple[Cell, int, list[str]]]:
        """Return every cell with its number of hits and the filters that it does not fit."""
        filters = [
            (name, place, set(wanted)) for place, name in enumerate(FACETS) if (wanted := getattr(self.filters, name))
        ]
        for cell, n in self.counted.items():
            yield cell, n, [name for name, place, wanted in filters if not _has(cell[place], name, wanted)]


def _has(value: Any, name: str, wanted: set[Any]) -> bool:
    return not wanted.isdisjoint(value.split()) if name == "chambers" else value in wanted
