"""What of meetings, agenda items, agreements and documents can be searched, and from which moment."""

from django.utils import timezone

from chambers.models import Annex, Chamber, Organisation, Person, Project, Province, Region
from chambers.search import chamber_words, date_words, joined, place_words, public_moment, slugs_of
from publishing.models import PublicationState
from search.index import Entry
from search.models import FileText
from search.texts import PaperText, read
from search.upkeep import Searchable

from .models import (
    AGENDA_STAGES,
    AgendaItem,
    Agreement,
    AgreementParty,
    AgreementStep,
    Attendance,
    Document,
    Meeting,
    Recommendation,
    Talk,
)


class _Others:
    """The records that a text names: those that the public may see, and when the next of them will be one.

    Names of hidden records stand in no text.
    """

    def __init__(self):
        self.next_moment = None

    def public(self, record):
        """Return ``record`` where the public may see it, else None."""
        if record is None or record.is_public:
            return record
        if record.state == PublicationState.PUBLISHED:
            self.await_moment(record.published_at)
        return None

    def names(self, *records):
        return [record.name for record in records if self.public(record)]

    def await_moment(self, moment):
        self.next_moment = min(filter(None, [self.next_moment, moment]))


def _session_words(meeting):
    return " ".join(str(part) for part in (meeting.session_month_name, meeting.session_year) if part)


def _meeting_words(meeting):
    return joined(
        chamber_words(meeting.chamber),
        "" if meeting.chamber else meeting.get_family_display(),
        meeting.get_kind_display(),
        meeting.short_title,
        _session_words(meeting),
        date_words(meeting.date, meeting.date_precision),
    )


def _family(meeting):
    return meeting.chamber.family if meeting.chamber else meeting.family


def meeting_entries(rows):
    found = rows.select_related("chamber", "province", "annex", "body").prefetch_related(
        "chamber__regions", "talks__person", "talks__organisation", "recommendations", "co_organisers",
        "attendances__person", "attendances__organisation",
    )  # fmt: skip
    for meeting in found:
        others = _Others()
        yield Entry(
            kind="meeting",
            object_id=meeting.pk,
            title=meeting.title,
            title_words=joined(
                getattr(meeting.chamber, "short_name", ""),
                _session_words(meeting),
                date_words(meeting.date, meeting.date_precision),
            ),
            body=joined(
                meeting.theme,
                meeting.summary,
                meeting.report,
                meeting.occasion,
                meeting.audience,
                meeting.venue,
                meeting.city,
                meeting.status_reason,
                *(_talk_text(talk, others) for talk in meeting.talks.all()),
                *(joined(one.text, one.addressee, one.follow_up) for one in meeting.recommendations.all()),
                *(_attendance_text(line, others) for line in meeting.attendances.all()),
                *others.names(*meeting.co_organisers.all()),
            ),
            keywords=joined(
                _meeting_words(meeting), place_words(meeting.province), meeting.annex and meeting.annex.name
            ),
            date=meeting.sort_on,
            date_precision=meeting.date_precision if meeting.date else "",
            public_from=public_moment(meeting),
            url=meeting.get_absolute_url(),
            year=meeting.url_year,
            family=_family(meeting),
            chambers=slugs_of(meeting.chamber),
            changes_at=others.next_moment,
        )


def _talk_text(talk, others):
    who = others.names(talk.person, talk.organisation)
    return joined("، ".join(filter(None, [talk.title, *who, talk.office])), talk.summary, *talk.points)


def _attendance_text(line, others):
    who = others.names(line.person, line.organisation)
    return "، ".join(filter(None, [*who, line.office, line.group, line.on_behalf_of]))


def item_entries(rows):
    found = rows.select_related("meeting__chamber", "presenter").prefetch_related("meeting__chamber__regions")
    for item in found:
        meeting, others = item.meeting, _Others()
        from_when = public_moment(meeting)
        if from_when is not None:
            agenda = meeting.agenda_published_at
            from_when = None if agenda is None else max(from_when, agenda)
        has_result = bool(item.outcome and meeting.results_published_at)
        yield Entry(
            kind="item",
            object_id=item.pk,
            title=item.title,
            body=joined(item.text, *others.names(item.presenter), item.presenter_office),
            keywords=joined(meeting.title, _meeting_words(meeting), item.get_kind_display()),
            date=meeting.sort_on,
            date_precision=meeting.date_precision if meeting.date else "",
            public_from=from_when,
            url=item.get_absolute_url(),
            year=meeting.url_year,
            family=_family(meeting),
            chambers=slugs_of(meeting.chamber),
            outcome=item.outcome if has_result else "",
            result_from=meeting.results_published_at if has_result else None,
            changes_at=others.next_moment,
        )


def agreement_entries(rows):
    found = rows.select_related("lead_chamber", "province", "project", "parent").prefetch_related(
        "lead_chamber__regions", "parties__chamber__regions", "parties__organisation",
        "steps__agenda_item__meeting",
    )  # fmt: skip
    for agreement in found:
        others = _Others()
        parties = list(agreement.parties.all())
        chambers = [agreement.lead_chamber, *(party.chamber for party in parties)]
        partners = [one for party in parties if (one := others.public(party.organisation))]
        stage, from_when, before = _stage(agreement, others)
        yield Entry(
            kind="agreement",
            object_id=agreement.pk,
            title=agreement.title,
            body=joined(
                agreement.object,
                agreement.place,
                *(party.chamber.name for party in parties if party.chamber),
                *(partner.name for partner in partners),
                agreement.parent_as_named,
                getattr(others.public(agreement.parent), "title", ""),
                *others.names(agreement.project),
            ),
            keywords=joined(
                agreement.short_title,
                agreement.reference,
                agreement.get_kind_display(),
                chamber_words(*dict.fromkeys(chambers)),
                *(f"{partner.short_name} {partner.latin_name}" for partner in partners),
                place_words(agreement.province),
                date_words(agreement.start, agreement.start_precision),
            ),
            date=agreement.sort_on,
            date_precision="",
            public_from=public_moment(agreement),
            url=agreement.get_absolute_url(),
            year=agreement.url_year,
            family=agreement.lead_chamber.family if agreement.lead_chamber else "",
            chambers=slugs_of(*chambers),
            stage=stage,
            result_from=from_when,
            stage_before=before,
            changes_at=others.next_moment,
        )


def _step_moment(step):
    """Return the moment from which a step is public, False for one that always was, None for one that never is.

    The rule is that of ``AgreementStep.objects.public``.
    """
    if step.agenda_item is None:
        return False
    meeting = step.agenda_item.meeting
    if meeting.state != PublicationState.PUBLISHED or meeting.agenda_published_at is None:
        return None
    moments = [meeting.published_at, meeting.agenda_published_at]
    if step.stage not in AGENDA_STAGES:
        if meeting.results_published_at is None:
            return None
        moments.append(meeting.results_published_at)
    return max(moments)


def _stage(agreement, others):
    """Return the last stage that is or will be public, the moment it holds from (None: always), and the one before.

    Of several that are still to come, the entry holds no more than the last: it changes with the next of them.
    """
    steps = sorted(agreement.steps.all(), key=lambda step: step.position)
    public = [(moment, step.stage) for step in steps if (moment := _step_moment(step)) is not None]
    if not public:
        return "", None, ""
    last, stage = public[-1]
    if not last:
        return stage, None, ""
    now = timezone.now()
    before = [one for moment, one in public[:-1] if not moment or moment <= now]
    for moment, _one in public[:-1]:
        if moment and now < moment < last:
            others.await_moment(moment)
    return stage, last, before[-1] if before else ""


def document_entries(rows):
    found = rows.select_related("chamber", "meeting__chamber", "agreement__lead_chamber").prefetch_related(
        "chamber__regions", "meeting__chamber__regions"
    )
    for document in found:
        chamber = document.chamber or (document.meeting and document.meeting.chamber)
        whole = [one for one in (document, document.meeting, document.agreement) if one is not None]
        paper = _paper(document)
        yield Entry(
            kind="document",
            object_id=document.pk,
            title=document.title,
            body=joined(document.text, paper.text if not document.text else ""),
            keywords=joined(
                document.get_kind_display(),
                chamber_words(chamber),
                document.meeting and document.meeting.title,
                document.agreement and document.agreement.title,
                date_words(document.issued_on, document.issued_precision),
            ),
            date=document.issued_on or document.sort_hint,
            date_precision=document.issued_precision if document.issued_on else "",
            public_from=public_moment(*whole),
            url=document.get_absolute_url(),
            family=chamber.family if chamber else "",
            chambers=slugs_of(chamber),
            is_scanned=paper.is_scanned and not document.text,
        )


def _paper(document):
    """Return the text of a document's file, read once for each stored file; a file that is gone has none."""
    if not document.file:
        return PaperText("", is_scanned=False)
    known = FileText.objects.filter(name=document.file.name).first()
    if known is None:
        try:
            with document.file.open("rb") as file:
                paper = read(file, document.file.name)
        except OSError:
            return PaperText("", is_scanned=False)
        known, _is_new = FileText.objects.get_or_create(
            name=document.file.name, defaults={"text": paper.text, "is_scanned": paper.is_scanned}
        )
    return PaperText(known.text, known.is_scanned)


SEARCHABLES = [
    Searchable(
        "meeting",
        Meeting,
        meeting_entries,
        gives_only_its_name=False,
        parts={Talk: "meeting", Recommendation: "meeting", Attendance: "meeting"},
        named={
            Chamber: "chamber",
            Region: "chamber__regions",
            Province: "province",
            Annex: "annex",
            Person: ("attendances__person", "talks__person"),
            Organisation: ("attendances__organisation", "talks__organisation", "co_organisers"),
        },
    ),
    Searchable(
        "item",
        AgendaItem,
        item_entries,
        named={
            Meeting: "meeting",
            Chamber: "meeting__chamber",
            Region: "meeting__chamber__regions",
            Person: "presenter",
        },
    ),
    Searchable(
        "agreement",
        Agreement,
        agreement_entries,
        parts={AgreementParty: "agreement", AgreementStep: "agreement"},
        named={
            AgendaItem: "steps__agenda_item",
            Meeting: "steps__agenda_item__meeting",
            Organisation: "parties__organisation",
            Chamber: ("lead_chamber", "parties__chamber"),
            Region: ("lead_chamber__regions", "parties__chamber__regions"),
            Province: "province",
            Project: "project",
            Agreement: "parent",
        },
    ),
    Searchable(
        "document",
        Document,
        document_entries,
        named={
            Meeting: "meeting",
            Agreement: "agreement",
            Chamber: ("chamber", "meeting__chamber"),
            Region: ("chamber__regions", "meeting__chamber__regions"),
        },
    ),
]
