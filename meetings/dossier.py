"""All that the page of one meeting or one agreement shows, gathered in a fixed number of queries."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from publishing.views import hide_unpublished

from .agreement_timeline import timeline
from .models import (
    AGENDA_STAGES,
    AWAITED_STATUSES,
    AgendaItem,
    Agreement,
    AgreementParty,
    AgreementStep,
    Attendance,
    AttendanceRole,
    AttendanceStatus,
    Document,
    ItemKind,
    Meeting,
    MeetingStatus,
    ProjectNote,
    Sitting,
    SittingStatus,
    Stage,
)
from .outcomes import tally
from .track import age, track


def meeting_dossier(meeting: Meeting, today: date, outcome: str = "") -> dict[str, Any]:
    """Return the context of a meeting's page: eleven queries beside the meeting's own.

    ``outcome`` narrows the agenda to items of one outcome; any other value shows them all.
    """
    agenda_is_public = _reached(meeting.agenda_published_at)
    results_are_public = agenda_is_public and _reached(meeting.results_published_at)
    hide_unpublished([meeting], "held_with")
    items, later = _items(meeting, results_are_public) if agenda_is_public else ([], {})
    documents = hide_unpublished(
        Document.objects.published_beside(meeting=meeting)
        .filter(Q(meeting=meeting) | Q(approved_in=meeting))
        .select_related("approved_in", "agreement")
        .order_by("kind", "pk"),
        "approved_in",
    )
    own = [paper for paper in documents if paper.meeting_id == meeting.pk]
    sittings = list(meeting.sittings.all())
    for sitting in sittings:
        sitting.continues = _continues(sitting, meeting, today)
    by_key = {sitting.pk: sitting for sitting in sittings}
    for item in items:
        item.sitting = by_key.get(item.sitting_id)
        item.papers = [paper for paper in own if paper.agenda_item_id == item.pk]
        item.later = later.get(item.pk, [])
        item.agreements = list({step.agreement_id: step.agreement for step in item.agreement_steps.all()}.values())
        if item.kind == ItemKind.ELECTION and not results_are_public:
            item.concerned = None  # who was elected is the result itself
    counts = Counter(item.outcome for item in items) if results_are_public else Counter()
    citations = list(meeting.citations.select_related("source"))
    cited = _by_field(citations)
    if not results_are_public:
        cited.pop("outcomes", None)
    attendance = _with_something_to_show(meeting.attendances.select_related("person", "organisation"))
    return {
        "meeting": meeting,
        "chamber": meeting.chamber,
        "today": today,
        "phase": phase(meeting, today),
        "was_held": meeting.status in (MeetingStatus.HELD, MeetingStatus.LEFT_OPEN),
        "agenda_is_public": agenda_is_public,
        "results_are_public": results_are_public,
        "items": [item for item in items if not _narrows(outcome, counts) or item.outcome == _stored(outcome)],
        "whole_agenda": items,
        "item_total": len(items),
        "has_sent_agenda": any(item.sent_number is not None for item in items),
        "shown_outcome": outcome if _narrows(outcome, counts) else "",
        "tally": tally(counts),
        "sittings": sittings,
        "presiding": [line for line in attendance if line.role == AttendanceRole.PRESIDED],
        "opening": [line for line in attendance if line.role == AttendanceRole.OPENED],
        "attendance": _by_role(attendance),
        "talks": _with_something_to_show(meeting.talks.select_related("person", "organisation")),
        "recommendations": list(meeting.recommendations.all()),
        "papers": [paper for paper in own if paper.agenda_item_id is None],
        "item_papers": any(item.papers for item in items),
        "minutes": next((paper for paper in own if paper.kind == "minutes" and paper.agenda_item_id is None), None),
        "approved_here": [paper for paper in documents if paper.approved_in_id == meeting.pk],
        "co_organisers": list(meeting.co_organisers.published()),
        "project_notes": list(
            meeting.project_notes.filter(project__in=_published_projects()).select_related("project", "source")
        ),
        "articles": list(meeting.articles.published().for_listing()),
        "cited": cited,
        "agenda_notes": [note for field in ("agenda", "outcomes", "agreements") for note in cited.get(field, [])],
        "citations": citations,
        "sources": _sources(citations),
    }


def _published_projects() -> Any:
    return ProjectNote.project.field.related_model.objects.published()


def _with_something_to_show(lines: Any) -> list[Any]:
    """Return the lines of an attendance or talks, without links to hidden records and what nothing is left of."""
    return [line for line in hide_unpublished(lines, "person", "organisation") if line.has_something_to_show]


def _reached(moment: Any) -> bool:
    return moment is not None and moment <= timezone.now()


def _stored(outcome: str) -> str:
    return "" if outcome == "unpublished" else outcome


def _narrows(outcome: str, counts: Counter[str]) -> bool:
    return bool(outcome) and bool(counts.get(_stored(outcome)))


def phase(meeting: Meeting, today: date) -> str:
    """Return ``today``, ``future`` or ``past``; a meeting whose day is unknown follows its status."""
    if meeting.date and meeting.date_precision == "day":
        last = meeting.end_date or meeting.date
        if meeting.date <= today <= last:
            return "today"
        return "future" if meeting.date > today else "past"
    return "future" if meeting.status in AWAITED_STATUSES else "past"


def _continues(sitting: Sitting, meeting: Meeting, today: date) -> str:
    """Return whether the work went on in a further sitting (``passed``), will (``coming``) or may do either.

    Empty for the other calls. Of a sitting without a date the word of its editor is the past, unless the session is
    still open.
    """
    if sitting.status != SittingStatus.CONTINUED:
        return ""
    if sitting.date is None and meeting.status != MeetingStatus.LEFT_OPEN:
        return "passed"
    return sitting.when(today)


def _items(meeting: Meeting, with_results: bool) -> tuple[list[AgendaItem], dict[int, list[AgendaItem]]]:
    """Return the meeting's items, and by item those of later public meetings that take it up: two queries."""
    public = Agreement.objects.published()
    steps = AgreementStep.objects.filter(agenda_item__meeting=meeting, agreement__in=public).select_related(
        "agreement"
    )
    if not with_results:
        steps = steps.filter(stage__in=AGENDA_STAGES)
    later_ones = AgendaItem.objects.with_public_agenda().filter(takes_up__meeting=meeting).values("pk")
    rows = (
        AgendaItem.objects.filter(Q(meeting=meeting) | Q(pk__in=later_ones))
        .select_related("presenter", "concerned", "takes_up__meeting", "meeting")
        .prefetch_related(Prefetch("agreement_steps", steps))
        .order_by("position", "pk")
    )
    own, later = [], {}
    for item in hide_unpublished(rows, "presenter", "concerned"):
        earlier = item.takes_up
        if earlier and not (earlier.meeting.is_public and _reached(earlier.meeting.agenda_published_at)):
            item.takes_up = None
        if item.meeting_id == meeting.pk:
            own.append(item)
        else:
            later.setdefault(item.takes_up_id, []).append(item)
    return own, later


def _by_role(attendance: list[Attendance]) -> list[tuple[Any, list[Attendance]]]:
    """Return the lines by role in the order of the roles; the excused and absent come in groups of their own."""
    groups: list[tuple[Any, list[Attendance]]] = []
    present = {AttendanceStatus.PRESENT, AttendanceStatus.REMOTE}
    for role in AttendanceRole:
        lines = [line for line in attendance if line.role == role and line.status in present]
        if lines:
            groups.append((role, lines))
    for status in (AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT):
        lines = [line for line in attendance if line.status == status]
        if lines:
            groups.append((status, lines))
    return groups


def _by_field(citations: list[Any]) -> dict[str, list[Any]]:
    """Return the citations by fact, without those that only say «stated, and followed»."""
    grouped: dict[str, list[Any]] = {}
    for citation in citations:
        if citation.field != "all" and not (citation.basis == "stated" and citation.is_followed and not citation.note):
            grouped.setdefault(citation.field, []).append(citation)
    return grouped


def _sources(citations: list[Any]) -> list[Any]:
    """Return the sources of a record, each once, those of the whole record first."""
    ordered = sorted(citations, key=lambda citation: citation.field != "all")
    return list({citation.source_id: citation.source for citation in ordered}.values())


def agreement_dossier(agreement: Agreement, today: date) -> dict[str, Any]:
    """Return the context of an agreement's page; ``today`` is the day up to which the age of its stage is counted."""
    hide_unpublished([agreement], "parent", "project")
    steps = hide_unpublished(
        AgreementStep.objects.public()
        .filter(agreement=agreement)
        .select_related(
            "agenda_item__meeting__chamber", "by_chamber", "by_organisation", "source",
            "document__meeting", "document__agreement",
        ),
        "by_organisation",
        "document",
    )  # fmt: skip
    citations = list(agreement.citations.select_related("source"))
    sources = _sources(citations)
    known = {source.pk for source in sources}
    for step in steps:
        if step.source and step.source.pk not in known:
            sources.append(step.source)
            known.add(step.source.pk)
    current = steps[-1] if steps else None
    signed = next((step for step in reversed(steps) if step.stage == Stage.SIGNED), None)
    return {
        "agreement": agreement,
        "chamber": agreement.lead_chamber,
        "parties": list(
            AgreementParty.objects.public().filter(agreement=agreement).select_related("chamber", "organisation")
        ),
        "steps": steps,
        "current": current,
        "age": age(*current.date_shown, today) if current else None,
        "signed": signed,
        "track": track([step.stage for step in steps], steps),
        "timeline": timeline(steps),
        "papers": list(
            Document.objects.published_beside(agreement=agreement).filter(agreement=agreement).order_by("kind", "pk")
        ),
        "addenda": list(agreement.addenda.published().with_stage()),
        "articles": list(agreement.articles.published().for_listing()),
        "cited": _by_field(citations),
        "sources": sources,
    }
