"""What a page says of itself to machines: one address, a line of words, a card to share, its facts as JSON-LD.

Everything here is made of rows that a view has already found; nothing asks the database.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .addresses import absolute

Node = dict[str, Any]
Trail = list[tuple[str, str]]

LONGEST_DESCRIPTION = 160
ZONE = ZoneInfo("Africa/Casablanca")

# Inside a script element only these could end it, open a comment or break a line of an older reader. JSON holds them
# nowhere but in strings, where an escape means the same.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


class Card(NamedTuple):
    """A picture of 1200 × 630 pixels that stands for the page where its address is shared."""

    path: str
    words: str


@dataclass(frozen=True)
class PageMeta:
    """The head of one public page.

    ``path`` is the page's one address below BASE_URL, its filters in their fixed order; ``kind`` is Open Graph's.
    """

    title: str
    path: str
    description: str = ""
    kind: str = "website"
    card: Card | None = None
    is_indexed: bool = True
    nodes: list[Node] = field(default_factory=list)

    @property
    def url(self) -> str:
        return absolute(self.path)

    @property
    def image(self) -> Card:
        """The card with its full address; the portal's own where the page has none."""
        card = self.card or Card(reverse("portal:card"), _("Ghuraf portal"))
        return Card(absolute(card.path), card.words)

    @property
    def json_ld(self) -> SafeString:
        """The facts as the text of a script element, safe against whatever a title holds."""
        graph = {"@context": "https://schema.org", "@graph": self.nodes}
        text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"), default=str)
        return SafeString(text.translate(_ESCAPES))


def in_short(*parts: object) -> str:
    """Return the parts that are not empty as one line of plain words, cut between words at 160 characters."""
    plain = (" ".join(strip_tags(str(part)).split()) for part in parts if part)
    text = "، ".join(part for part in plain if part)
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    cut = Truncator(text).chars(LONGEST_DESCRIPTION, truncate="")
    return f"{cut[: LONGEST_DESCRIPTION - 1].rsplit(' ', 1)[0].rstrip(' ،.:–')}…"


def known(node: Node) -> Node:
    """Return ``node`` without what is not known: empty text, empty lists, None."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def day(value: date | None, precision: str = "day") -> str | None:
    """Return a date as ISO 8601 where the whole day is known, else None: a month is never passed off as its first."""
    return value.isoformat() if value and precision == "day" else None


def moment(value: datetime | None) -> str | None:
    """Return an instant as ISO 8601 in Morocco's civil time, with the offset that held on that day."""
    return value.astimezone(ZONE).isoformat(timespec="seconds") if value else None


def civil_moment(on: date, at: Any) -> str:
    """Return a civil date and time of Morocco as ISO 8601 with the offset that held on that day."""
    # By way of UTC, so that an hour that the clock skipped comes out as the one it became.
    return datetime.combine(on, at, ZONE).astimezone(UTC).astimezone(ZONE).isoformat(timespec="seconds")


def portal_node() -> Node:
    """Return the publisher of every page."""
    return {"@type": "Organization", "@id": absolute("/#portal"), "name": _("Ghuraf portal"), "url": absolute("/")}


def breadcrumb(*steps: tuple[str, str]) -> Node:
    """Return the way from the home page to a page, as (name, path) without the home page itself."""
    whole = [(_("Home"), "/"), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(name), "item": absolute(path)}
            for position, (name, path) in enumerate(whole, start=1)
        ],
    }


def item_list(name: str, entries: Iterable[Node | str], total: int | None = None, start: int = 1) -> Node:
    """Return a list of records, each given as its full address or as a node; ``start`` is the first one's place."""
    return known(
        {
            "@type": "ItemList",
            "name": name,
            "numberOfItems": total,
            "itemListElement": [
                {"@type": "ListItem", "position": position, "url" if isinstance(entry, str) else "item": entry}
                for position, entry in enumerate(entries, start=start)
            ],
        }
    )
