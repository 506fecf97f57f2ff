"""Meetings, decisions, agreements and documents in the words of schema.org; nothing is added to what is known."""

import hashlib
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arabic.dates import format_partial
from chambers.structured import chamber_in_short, family_card, organisation_in_short, postal_address
from publishing.addresses import absolute
from publishing.page_meta import Card, Node, PageMeta, breadcrumb, civil_moment, day, in_short, item_list, known

from .models import (
    AgendaItem,
    Document,
    Meeting,
    MeetingMode,
    MeetingStatus,
    Outcome,
    Sitting,
    SittingStatus,
    Stage,
)

ADOPTED = [Outcome.ADOPTED, Outcome.ADOPTED_AS_AMENDED]
STOPPED = [MeetingStatus.POSTPONED, MeetingStatus.CANCELLED, MeetingStatus.NO_QUORUM]
MODES = {
    MeetingMode.IN_PERSON: "OfflineEventAttendanceMode",
    MeetingMode.HYBRID: "MixedEventAttendanceMode",
    MeetingMode.ONLINE: "OnlineEventAttendanceMode",
}


class CardWords(NamedTuple):
    """What the card of a meeting says; ``mark`` names what makes these words, so that new words get a new address."""

    title: str
    chamber: str
    when: str
    state: str
    family: str

    @property
    def mark(self) -> str:
        return hashlib.sha256("\n".join(self).encode()).hexdigest()[:10]


def card_words(meeting: Meeting) -> CardWords:
    """Return the words of a meeting's card; its state only where it was not held as called."""
    return CardWords(
        meeting.title,
        meeting.chamber.name if meeting.chamber else "",
        format_partial(meeting.date, meeting.date_precision) if meeting.date else "",
        meeting.get_status_display() if meeting.status in STOPPED else "",
        meeting.family_code,
    )


def meeting_card(meeting: Meeting) -> Card:
    """Return the picture that a meeting's page shares."""
    words = card_words(meeting)
    path = reverse("portal:meeting_card", args=[meeting.url_year, meeting.slug])
    return Card(f"{path}?v={words.mark}", " – ".join(part for part in words[:4] if part))


def meeting_node(meeting: Meeting, context: dict[str, Any]) -> Node:
    """Return a meeting as an event. ``context`` is its page's: nothing that is not public stands in it."""
    address = absolute(meeting.get_absolute_url())
    sittings = context["sittings"]
    organisers = [chamber_in_short(meeting.chamber)] if meeting.chamber else []
    organisers += [organisation_in_short(organisation) for organisation in context["co_organisers"]]
    topics = [{"@type": "Thing", "name": meeting.theme}] if meeting.theme else []
    topics += [
        {"@type": "Thing", "name": item.title, "url": absolute(item.get_absolute_url())}
        for item in context["whole_agenda"]
    ]
    return known(
        {
            "@type": "Event",
            "@id": address,
            "name": meeting.title,
            "url": address,
            "startDate": _start(meeting),
            "endDate": _end(meeting),
            "previousStartDate": _previous_start(sittings),
            "eventStatus": _status(meeting, sittings),
            "eventAttendanceMode": f"https://schema.org/{MODES[meeting.mode]}" if meeting.mode else None,
            "organizer": organisers,
            "location": _place(meeting),
            "image": absolute(meeting_card(meeting).path),
            "about": topics,
            "subjectOf": [document_in_short(paper) for paper in context["papers"]],
        }
    )


def _start(meeting: Meeting) -> str | None:
    if meeting.time and day(meeting.date, meeting.date_precision):
        return civil_moment(meeting.date, meeting.time)
    return day(meeting.date, meeting.date_precision)


def _end(meeting: Meeting) -> str | None:
    last = day(meeting.end_date or meeting.date, meeting.date_precision)
    if last and meeting.end_time and meeting.time:
        return civil_moment(meeting.end_date or meeting.date, meeting.end_time)
    return last if meeting.end_date else None


def _previous_start(sittings: list[Sitting]) -> str | None:
    """Return the day first announced of a meeting that was put off."""
    return next(
        (
            civil_moment(call.date, call.time) if call.time else call.date.isoformat()
            for call in sittings
            if call.status == SittingStatus.SUPERSEDED and day(call.date, call.date_precision)
        ),
        None,
    )


def _status(meeting: Meeting, sittings: list[Sitting]) -> str | None:
    """Return what became of the date, None where no word of schema.org says it.

    A meeting that failed for want of quorum is none of these: no source calls it cancelled. "Scheduled" speaks of a
    start, so it is not said of a meeting whose day is not known.
    """
    word = None
    if meeting.status == MeetingStatus.NO_QUORUM:
        return None
    if meeting.status == MeetingStatus.CANCELLED:
        word = "EventCancelled"
    elif meeting.status == MeetingStatus.POSTPONED and meeting.date is None:
        word = "EventPostponed"
    elif meeting.status == MeetingStatus.POSTPONED or _previous_start(sittings):
        word = "EventRescheduled"
    elif _start(meeting):
        word = "EventScheduled"
    return f"https://schema.org/{word}" if word else None


def _place(meeting: Meeting) -> Node | None:
    name = meeting.venue or (meeting.annex.name if meeting.annex else "") or meeting.city
    address = postal_address(meeting.annex.address if meeting.annex and not meeting.venue else "", meeting.city)
    if meeting.province and address:
        address["addressRegion"] = str(meeting.province)
    return known({"@type": "Place", "name": name, "address": address}) if name or address else None


def decision_node(item: AgendaItem) -> Node:
    """Return an item with its outcome: an act of its chamber where it was adopted, else only a point raised."""
    meeting = item.meeting
    is_act = item.outcome in ADOPTED
    return known(
        {
            "@type": "Legislation" if is_act else "CreativeWork",
            "name": item.title,
            "url": absolute(item.get_absolute_url()),
            "legislationDate": day(meeting.date, meeting.date_precision) if is_act else None,
            "legislationPassedBy": chamber_in_short(meeting.chamber) if is_act and meeting.chamber else None,
            "creativeWorkStatus": item.get_outcome_display() if item.outcome else None,
        }
    )


def agreement_node(context: dict[str, Any]) -> Node:
    """Return an agreement with its parties, its stage and the decisions it rests on."""
    agreement, current = context["agreement"], context["current"]
    acts = {
        step.agenda_item_id: step.agenda_item
        for step in context["steps"]
        if step.agenda_item and step.stage == Stage.ADOPTED and step.agenda_item.outcome in ADOPTED
    }
    basis = [decision_node(item) for item in acts.values()]
    if agreement.parent:
        original = absolute(agreement.parent.get_absolute_url())
        basis.append({"@type": "CreativeWork", "name": agreement.parent.title, "url": original})
    parties = [
        chamber_in_short(party.chamber) if party.chamber else organisation_in_short(party.organisation)
        for party in context["parties"]
    ]
    address = absolute(agreement.get_absolute_url())
    return known(
        {
            "@type": "CreativeWork",
            "@id": address,
            "name": agreement.title,
            "url": address,
            "identifier": agreement.reference,
            "creativeWorkStatus": current.get_stage_display() if current else None,
            "contributor": parties,
            "isBasedOn": basis,
            "hasPart": [document_in_short(paper) for paper in context["papers"]],
        }
    )


def document_in_short(document: Document) -> Node:
    """Return a paper as the record it belongs to names it."""
    return known(
        {
            "@type": "DigitalDocument",
            "name": document.title,
            "url": absolute(document.get_absolute_url()),
            "encodingFormat": document.content_type,
            "genre": document.get_kind_display(),
        }
    )


def document_node(document: Document) -> Node:
    """Return a paper with its date, its chamber and what it belongs to."""
    owner = document.meeting or document.agreement
    return document_in_short(document) | known(
        {
            "datePublished": day(document.issued_on, document.issued_precision),
            "author": chamber_in_short(document.chamber) if document.chamber else None,
            "about": known(
                {
                    "@type": "Event" if document.meeting else "CreativeWork",
                    "@id": absolute(owner.get_absolute_url()),
                    "name": owner.title,
                    "url": absolute(owner.get_absolute_url()),
                }
            )
            if owner
            else None,
        }
    )


def _trail(section: str, path: str, record: Any, chamber: Any) -> Node:
    """Return the way to a record as its page shows it: through its chamber where it has one."""
    of_chamber = [(chamber.short_name, chamber.get_absolute_url())] if chamber else []
    return breadcrumb(
        (section, path), *of_chamber, (getattr(record, "label", record.title), record.get_absolute_url())
    )


def meeting_page(context: dict[str, Any]) -> PageMeta:
    """Return the head of a meeting's page."""
    meeting, chamber = context["meeting"], context["chamber"]
    words = card_words(meeting)
    return PageMeta(
        title=f"{meeting.title} – {chamber.short_name}" if chamber else meeting.title,
        path=meeting.get_absolute_url(),
        description=in_short(
            words.title, words.chamber or meeting.family_name, words.when, words.state, meeting.summary
        ),
        kind="article",
        card=meeting_card(meeting),
        nodes=[
            meeting_node(meeting, context),
            _trail(_("Meetings"), reverse("meetings:list"), meeting, chamber),
        ],
    )


def agreement_page(context: dict[str, Any]) -> PageMeta:
    """Return the head of an agreement's page."""
    agreement, chamber, current = context["agreement"], context["chamber"], context["current"]
    partners = [(party.chamber or party.organisation).name for party in context["parties"]]
    return PageMeta(
        title=agreement.title,
        path=agreement.get_absolute_url(),
        description=in_short(
            agreement.title,
            _("stage: %(stage)s") % {"stage": current.get_stage_display()} if current else "",
            _("parties: %(parties)s") % {"parties": "، ".join(partners)} if partners else chamber and chamber.name,
        ),
        kind="article",
        card=family_card(chamber.family) if chamber else None,
        nodes=[
            agreement_node(context),
            _trail(_("Agreements"), reverse("meetings:agreements"), agreement, chamber),
        ],
    )


def document_page(document: Document) -> PageMeta:
    """Return the head of a document's page."""
    chamber = document.chamber
    owner = document.meeting or document.agreement
    return PageMeta(
        title=document.title,
        path=document.get_absolute_url(),
        description=in_short(
            document.title,
            document.get_kind_display(),
            owner and owner.title,
            chamber and chamber.name,
            format_partial(document.issued_on, document.issued_precision, weekday=False) if document.issued_on else "",
        ),
        card=family_card(chamber.family) if chamber else None,
        nodes=[
            document_node(document),
            _trail(_("Documents"), reverse("meetings:documents"), document, chamber),
        ],
    )


def calendar_page(context: dict[str, Any]) -> PageMeta:
    """Return the head of a month of the calendar, which is left out of search engines: its meetings are not."""
    first = context["first_day"]
    name = _("Calendar of meetings – %(month)s") % {"month": format_partial(first, "month")}
    path = reverse("meetings:calendar", args=[first.year, first.month])
    meetings = context["meetings"]
    return PageMeta(
        title=name,
        path=f"{path}?{context['query']}" if context["query"] else path,
        description=in_short(
            name,
            ngettext("%(n)s meeting this month", "%(n)s meetings this month", len(meetings)) % {"n": len(meetings)},
            *[meeting.title for meeting in meetings[:3]],
        ),
        is_indexed=False,
        nodes=[
            item_list(name, [absolute(meeting.get_absolute_url()) for meeting in meetings], total=len(meetings)),
            breadcrumb((_("Meetings"), reverse("meetings:list")), (name, path)),
        ],
    )
