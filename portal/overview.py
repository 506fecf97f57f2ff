"""What a chamber's overview shows: the newest of each of its sections."""

from collections import Counter
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When

from articles.models import Article
from chambers.models import Chamber, Membership, Office
from meetings.models import AgendaItem, Agreement, Document, Meeting, Stage
from meetings.outcomes import tally
from meetings.sessions_timeline import TOOK_PLACE, sessions_timeline

# Offices in the order of the statutes, not of their codes.
_OFFICE_ORDER = Case(*(When(office=office, then=Value(place)) for place, office in enumerate(Office)))
_IN_FORCE_FIRST = Case(When(stage=Stage.IN_FORCE, then=Value(0)), default=Value(1))


def chamber_overview(chamber: Chamber, today: date) -> dict[str, Any]:
    """Return the context of a chamber's overview: at most eleven queries beside the chamber's own."""
    regions = list(chamber.regions.all())
    meetings = list(
        Meeting.objects.published()
        .filter(chamber=chamber)
        .for_listing()
        .defer("summary", "report")
        .order_by("-sort_on", "pk")
    )
    next_meeting = _next(meetings, today)
    return {
        "regions": regions,
        "today": today,
        "next_meeting": next_meeting,
        "last_held": next((m for m in meetings if m.status in TOOK_PLACE), None),
        "timeline": sessions_timeline(meetings, next_meeting, today=today),
        "meeting_total": len(meetings),
        "decided": _newest_outcomes(chamber) if meetings else [],
        "agreements": list(
            Agreement.objects.published()
            .of_chamber(chamber)
            .with_stage()
            .for_listing()
            .order_by(_IN_FORCE_FIRST, "-sort_on", "pk")[:3]
        ),
        "articles": list(Article.objects.published().of_chamber(chamber).for_listing().order_by("-published_at")[:3]),
        "offices": list(_offices(chamber)[:12]),
        "annexes": list(chamber.annexes.select_related("province")),
        "documents": list(
            Document.objects.published().filter(chamber=chamber).order_by(_newest("issued_on"), "-pk")[:3]
        ),
        "citations": list(chamber.citations.select_related("source")),
        "neighbours": [] if meetings else list(_neighbours(chamber, regions)),
    }


def _next(meetings: list[Meeting], today: date) -> Meeting | None:
    """Return the soonest of ``meetings`` that is to be held on ``today`` or later, as ``upcoming`` finds it."""
    coming = [m for m in meetings if m.is_coming(today)]
    return min(coming, key=lambda m: (m.date, m.time is None, m.time, m.pk), default=None)


def _newest_outcomes(chamber: Chamber) -> list[Meeting]:
    """Return the meetings of the five newest outcomes, each with what ``meeting_results.html`` shows of it."""
    public = AgendaItem.objects.with_public_results().filter(meeting__chamber=chamber)
    decided = public.exclude(outcome="").for_listing()
    newest = decided.order_by("-meeting__sort_on", "meeting_id", "position")[:5]
    meetings = []
    for meeting, items in groupby(newest, key=lambda item: item.meeting):
        meeting.decided = list(items)
        meetings.append(meeting)
    counts: dict[int, Counter[str]] = {}
    counted = public.filter(meeting__in=[meeting.pk for meeting in meetings]).order_by()
    for meeting_id, outcome, n in counted.values_list("meeting", "outcome").annotate(Count("pk")):
        counts.setdefault(meeting_id, Counter())[outcome] = n
    for meeting in meetings:
        of_meeting = counts[meeting.pk]
        meeting.item_total = of_meeting.total()
        meeting.tally = tally(of_meeting)
        meeting.more_items = meeting.item_total - len(meeting.decided)
    return meetings


def _offices(chamber: Chamber) -> Any:
    """Return the offices of the bureau first, then those of the other organs, each in the order of the statutes."""
    # Whoever held office in a chamber that was closed is former, and still the answer to who presided it.
    present = Q() if chamber.is_closed else Q(is_former=False)
    bureau_first = Case(When(body__kind="bureau", then=Value(0)), default=Value(1))
    return (
        Membership.objects.published()
        .filter(present, body__chamber=chamber)
        .select_related("person", "body", "term")
        .order_by(bureau_first, "body__kind", "body__name", _OFFICE_ORDER, "rank", _newest("seen_on"), "pk")
    )


def _neighbours(chamber: Chamber, regions: list[Any]) -> Any:
    """Return the other chambers of the same regions; a chamber placed in none has those of its family beside it."""
    near = Q(regions__in=[region.pk for region in regions]) if regions else Q(family=chamber.family)
    return Chamber.objects.current().filter(near).exclude(pk=chamber.pk).distinct()


def _newest(field: str) -> Any:
    # Where the source gives no date, PostgreSQL would put the row first and SQLite last.
    return F(field).desc(nulls_last=True)
