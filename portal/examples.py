"""Records for the style guide: unsaved, of placeholder words alone, and the same on every visit.

Keys are given where a template compares or follows them; nothing here asks the database or writes to it.
"""

from collections import Counter
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.models import Article
from chambers.models import (
    Annex,
    Body,
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
from chambers.sections import Section
from meetings.models import (
    AgendaItem,
    Agreement,
    AgreementParty,
    AgreementStep,
    Attendance,
    Document,
    DocumentKind,
    ItemKind,
    Meeting,
    MeetingCitation,
    MeetingStatus,
    Outcome,
    PartyRole,
    Stage,
    Talk,
)
from meetings.month import Day, month_days, month_grid
from meetings.outcomes import tally
from publishing.models import Source
from search.models import SearchEntry
from search.query import Hit

from .searching import Choice, Facet

TODAY = date(2030, 1, 14)
CHANGED = datetime(2030, 1, 14, 9, tzinfo=UTC)
PHONE = "0500 00 00 00"
COUNTS = (0, 1, 2, 3, 11, 100)  # one of each plural form of Arabic


def sentence() -> str:
    return _("A sentence that stands for any other and says nothing.")


def long_title() -> str:
    """Return a title of 175 letters, the longest that pages are made for."""
    return _(
        "An example of a title as long as the longest that pages are made for, a hundred and seventy-five letters"
    )


# Chambers and people


def chamber(family: str = Family.CRAFTS, **fields: Any) -> Chamber:
    label = Family(family).label
    return Chamber(
        **{
            "pk": Family.values.index(family) + 1,
            "family": family,
            "name": _("Example of a chamber: {family}").format(family=label),
            "short_name": _("An example: {family}").format(family=label),
            "slug": "example",
            "seat": _("A town"),
            **fields,
        }
    )


def sections(of: Chamber, counts: list[int]) -> list[Section]:
    """Return the links of the chamber bar with ``counts`` for its seven lists, in their order."""
    url = of.get_absolute_url()
    names = {
        "meetings": _("Meetings"),
        "decisions": _("Decisions"),
        "agreements": _("Agreements"),
        "news": _("News"),
        "people": _("Organs and people"),
        "offices": _("Annexes"),
        "documents": _("Documents"),
    }
    listed = [Section(code, names[code], url, n) for code, n in zip(names, counts, strict=True)]
    return [Section("overview", _("Overview"), url, None), *listed]


def regions() -> list[Region]:
    """Return the twelve regions as the map draws them, with an invented number of chambers each."""
    named = [
        ("tanger-tetouan-al-hoceima", pgettext("region", "Tanger-Tétouan-Al Hoceima")),
        ("oriental", pgettext("region", "Oriental")),
        ("fes-meknes", pgettext("region", "Fès-Meknès")),
        ("rabat-sale-kenitra", pgettext("region", "Rabat-Salé-Kénitra")),
        ("beni-mellal-khenifra", pgettext("region", "Béni Mellal-Khénifra")),
        ("casablanca-settat", pgettext("region", "Casablanca-Settat")),
        ("marrakech-safi", pgettext("region", "Marrakech-Safi")),
        ("draa-tafilalet", pgettext("region", "Drâa-Tafilalet")),
        ("souss-massa", pgettext("region", "Souss-Massa")),
        ("guelmim-oued-noun", pgettext("region", "Guelmim-Oued Noun")),
        ("laayoune-sakia-el-hamra", pgettext("region", "Laâyoune-Sakia El Hamra")),
        ("dakhla-oued-ed-dahab", pgettext("region", "Dakhla-Oued Ed-Dahab")),
    ]
    made = [Region(pk=n, code=f"{n:02}", slug=slug, name=name) for n, (slug, name) in enumerate(named, start=1)]
    for place, region in enumerate(made):
        region.chamber_count = COUNTS[place % 5]
    return made


def person(name: str = "", offices: list[Membership] | None = None, **fields: Any) -> Person:
    made = Person(pk=1, number=1, name=name or _("John Doe"), **fields)
    made._prefetched_objects_cache = {"memberships": offices or []}
    return made


def membership(of: Person | None = None, **fields: Any) -> Membership:
    body = fields.pop("body", None) or Body(
        pk=1, kind=BodyKind.BUREAU, name=_("An organ of the chamber"), chamber=chamber()
    )
    return Membership(**{"person": of or person(), "body": body, "office": Office.PRESIDENT, **fields})


def former_membership(**fields: Any) -> Membership:
    ended = {"is_former": True, "start": date(2020, 1, 1), "end": date(2026, 1, 1)}
    return membership(**{"office": Office.TREASURER, **ended, **fields})


def office_holders() -> list[Membership]:
    """Return four offices of two organs, the first two named on one day."""
    bureau = Body(pk=1, kind=BodyKind.BUREAU, name=_("An organ of the chamber"), chamber=chamber())
    other = Body(pk=2, kind=BodyKind.COMMITTEE, name=_("Another organ of the chamber"), chamber=chamber())
    jane = person(_("Jane Doe"))
    return [
        membership(body=bureau, seen_on=TODAY),
        membership(jane, body=bureau, seen_on=TODAY, office=Office.VICE_PRESIDENT),
        membership(body=other, office=Office.CHAIR),
        membership(jane, body=other, office=Office.MEMBER, is_former=True),
    ]


def term() -> Term:
    return Term(start_year=2026, end_year=2032)


def annex(**fields: Any) -> Annex:
    return Annex(pk=1, **{"chamber": chamber(), "name": _("An annex"), **fields})


def organisation(**fields: Any) -> Organisation:
    named = {"name": _("An organisation"), "kind": OrganisationKind.PUBLIC_AGENCY}
    return Organisation(pk=1, number=1, **{**named, **fields})


def project(status: str | None, **fields: Any) -> Project:
    made = Project(number=1, **{"name": _("A project"), "chamber": chamber(), **fields})
    made.latest_status = status
    return made


# Meetings


def meeting(**fields: Any) -> Meeting:
    return Meeting(
        **{
            "chamber": chamber(),
            "title": _("Title of a meeting, an example"),
            "short_title": _("A session, an example"),
            "url_year": 2030,
            "slug": "example",
            "status": MeetingStatus.HELD,
            "date": TODAY,
            "city": _("A town"),
            **fields,
        }
    )


def scheduled(**fields: Any) -> Meeting:
    return meeting(**{"status": MeetingStatus.SCHEDULED, "time": time(10), "venue": _("A hall"), **fields})


def meetings_by_status() -> list[tuple[str, Meeting]]:
    """Return a meeting of each status with the words for it."""
    return [(str(status.label), meeting(status=status)) for status in MeetingStatus]


def item(position: int = 1, outcome: str = "", **fields: Any) -> AgendaItem:
    made = AgendaItem(
        **{
            "pk": position,
            "meeting": meeting(),
            "position": position,
            "title": _("Title of an agenda item, an example"),
            "kind": ItemKind.BUDGET,
            "outcome": outcome,
            **fields,
        }
    )
    made.papers, made.later, made.agreements = [], [], []
    return made


def items_with_every_outcome() -> list[AgendaItem]:
    """Return an item for each outcome and one without; the first has all that an item can have."""
    outcomes = [*Outcome.values, ""]
    made = [item(place, outcome) for place, outcome in enumerate(outcomes, start=1)]
    first, second, third = made[:3]
    first.majority, first.votes_for, first.votes_against, first.votes_abstained = "by_majority", 62, 3, 1
    first.text, first.amount, first.outcome_as_printed = sentence(), Decimal(1250000), _("Words as printed")
    first.presenter, first.presenter_office = person(), _("An office")
    first.takes_up_reason = _("A reason, an example")
    first.papers, first.agreements = [document(url="https://example.org/")], [agreement()]
    second.majority = "unanimous"
    third.votes_for, third.votes_against, third.votes_abstained = 10, 54, 2
    return made


def agenda(items: list[AgendaItem], phase: str = "past", results: bool = True, **context: Any) -> dict[str, Any]:
    """Return what the component of the agenda takes."""
    counts = Counter(one.outcome for one in items)
    return {
        "meeting": meeting(),
        "items": items,
        "item_total": len(items),
        "agenda_is_public": True,
        "results_are_public": results,
        "phase": phase,
        "was_held": phase == "past",
        "tally": tally(counts) if results else [],
        **context,
    }


def attendance(**fields: Any) -> Attendance:
    return Attendance(**{"meeting": meeting(), "person": person(), "position": 1, **fields})


def talk(**fields: Any) -> Talk:
    return Talk(**{"meeting": meeting(), "position": 1, "title": _("Subject of a talk, an example"), **fields})


def source(**fields: Any) -> Source:
    return Source(
        **{
            "outlet": _("A newspaper"),
            "title": _("Title of a page, an example"),
            "url": "https://example.org/",
            **fields,
        }
    )


def citation(field: str = "date", **fields: Any) -> MeetingCitation:
    return MeetingCitation(**{"field": field, "source": source(), "value": _("Words as printed"), **fields})


def document(**fields: Any) -> Document:
    return Document(
        **{
            "number": 1,
            "title": _("A document, an example"),
            "kind": DocumentKind.MINUTES,
            "issued_on": TODAY,
            **fields,
        }
    )


def month() -> dict[str, Any]:
    """Return the month of today with one, two and many meetings on a day, and a day whose meeting was cancelled."""
    families = list(Family.values)
    days = {7: families[:1], 14: families[1:2], 16: families[:2], 23: [*families, families[0]]}
    held = [meeting(date=date(2030, 1, day), chamber=chamber(of)) for day, found in days.items() for of in found]
    held.append(meeting(date=date(2030, 1, 29), status=MeetingStatus.CANCELLED))
    weeks: list[list[Day]] = month_days(month_grid(2030, 1), held)
    return {"weeks": weeks, "first_day": date(2030, 1, 1), "today": TODAY, "total": len(held)}


def empty_month() -> dict[str, Any]:
    first_day = date(2030, 2, 1)
    return {"weeks": month_days(month_grid(2030, 2), []), "first_day": first_day, "today": TODAY, "total": 0}


# Agreements


def agreement(stage: str | None = Stage.SIGNED, parties: int = 1, **fields: Any) -> Agreement:
    made = Agreement(
        **{
            "pk": 1,
            "number": 1,
            "title": _("Title of an agreement, an example"),
            "url_year": 2030,
            "lead_chamber": chamber(),
            **fields,
        }
    )
    made.stage = stage
    made.latest = (
        {"day": TODAY.isoformat(), "precision": "day", "meeting": _("A session, an example")} if stage else None
    )
    made._prefetched_objects_cache = {
        "parties": [AgreementParty(organisation=organisation()) for _n in range(parties)]
    }
    return made


def step(stage: str, day: date | None = TODAY, at_meeting: bool = False, **fields: Any) -> AgreementStep:
    """Return a step of an agreement, taken at a meeting of that day or outside one."""
    if at_meeting:
        fields["agenda_item"] = item(meeting=meeting(date=day))
    else:
        fields["date"] = day
    return AgreementStep(stage=stage, **fields)


def history() -> list[AgreementStep]:
    """Return the steps of an agreement that came before meetings, had a step outside one and was broken off."""
    return [
        step(Stage.PROPOSED, date(2027, 3, 1), at_meeting=True),
        step(Stage.ADOPTED, date(2027, 10, 18), at_meeting=True),
        step(Stage.SIGNED, date(2028, 5, 2), by_organisation=organisation()),
        step(Stage.IN_FORCE, None),
        step(Stage.TERMINATED, date(2029, 6, 4), source=source(), note=sentence()),
    ]


def parties() -> list[AgreementParty]:
    return [
        AgreementParty(chamber=chamber(), role=PartyRole.OWNER),
        AgreementParty(organisation=organisation(), signs_as=_("An office"), share_amount=Decimal(250000)),
        AgreementParty(organisation=organisation(), share_percent=Decimal("12.5")),
    ]


# News and lists


def article(**fields: Any) -> Article:
    return Article(
        **{
            "number": 1,
            "title": _("Title of a piece of news, an example"),
            "url_year": 2030,
            "slug": "example",
            "lead_chamber": chamber(),
            "lede": f"{sentence()} {sentence()}",
            "event_date": TODAY,
            "source": source(),
            **fields,
        }
    )


def page(number: int, pages: int = 7) -> dict[str, Any]:
    """Return the context of the links to pages, as lists give it."""
    paginator = Paginator(range(20 * pages), 20)
    shown: Page = paginator.page(number)
    return {"page": shown, "numbers": list(paginator.get_elided_page_range(number, on_each_side=1, on_ends=1))}


def neighbour() -> dict[str, Any]:
    return {"year": 2030, "slug": "example", "label": _("A session, an example")}


# Search


def search_hit(is_scanned: bool = False) -> Hit:
    """Return a result with words found in its title and its extract."""
    entry = SearchEntry(url="#", date=TODAY, date_precision="day", is_scanned=is_scanned)
    title = [(_("An item"), True), (f" {_('of an agenda, an example')}", False)]
    extract = [] if is_scanned else [("… ", False), (sentence(), False), (" ", False), (_("An item"), True)]
    return Hit(entry, 1.0, title, extract, outcome="" if is_scanned else Outcome.ADOPTED)


def search_tabs() -> list[Choice]:
    names = [_("All"), _("Meetings"), _("Agreements"), _("News")]
    return [
        Choice(name, n, "q=example", is_current=place == 0)
        for place, (name, n) in enumerate(zip(names, (120, 42, 70, 8), strict=True))
    ]


def search_facets() -> list[Facet]:
    years = [Choice(str(2030 - place), 30 - place, "q=example") for place in range(8)]
    families = [Choice(str(label), 12, "q=example") for _code, label in Family.choices]
    return [Facet("family", _("Family"), families), Facet("year", _("Year"), years)]
