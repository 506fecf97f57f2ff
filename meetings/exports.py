"""The lists of meetings, decisions, agreements and documents as tables."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.addresses import absolute
from publishing.exports import Column, CsvExport, iso_partial, listed, page_address

from .filters import AgreementFilterSet, DecisionFilterSet, DocumentFilterSet, MeetingFilterSet
from .models import AgendaItem, Agreement, Document, Meeting, Stage


def _name(record):
    return record.name if record else ""


def _title(record):
    return record.title if record else ""


def _paper_address(paper):
    return absolute(reverse("meetings:document_file", args=[paper.address])) if paper.file else paper.url


class MeetingExport(CsvExport):
    queryset = Meeting.objects.published().for_listing().order_by("-sort_on", "pk")
    filterset_class = MeetingFilterSet
    name = "meetings"
    columns = [
        Column(_("Date"), lambda m: iso_partial(m.date, m.date_precision)),
        Column(_("Time"), lambda m: m.time),
        Column(_("last day"), lambda m: m.end_date),
        Column(_("Chamber"), lambda m: _name(m.chamber)),
        Column(_("Family"), lambda m: m.family_name),
        Column(_("Kind"), lambda m: m.get_kind_display()),
        Column(_("title"), lambda m: m.title),
        Column(_("Year of the session"), lambda m: m.session_year),
        Column(_("Status"), lambda m: m.get_status_display()),
        Column(_("reason of the status"), lambda m: m.status_reason),
        Column(_("venue"), lambda m: m.venue),
        Column(_("City"), lambda m: m.city),
        Column(_("members in office"), lambda m: m.members_in_office),
        Column(_("members present"), lambda m: m.members_present),
        Column(_("Link"), page_address),
        Column(_("Identifier"), lambda m: m.uuid),
    ]


class DecisionExport(CsvExport):
    queryset = (
        AgendaItem.objects.with_public_results().for_listing().order_by("-meeting__sort_on", "meeting_id", "position")
    )
    filterset_class = DecisionFilterSet
    name = "decisions"
    columns = [
        Column(_("Year of the session"), lambda item: item.meeting.url_year),
        Column(_("Date"), lambda item: iso_partial(item.meeting.date, item.meeting.date_precision)),
        Column(_("Chamber"), lambda item: _name(item.meeting.chamber)),
        Column(_("Family"), lambda item: item.meeting.family_name),
        Column(_("Meeting"), lambda item: item.meeting.title),
        Column(_("Number"), lambda item: item.number_shown),
        Column(_("title"), lambda item: item.title),
        Column(_("Subject"), lambda item: item.get_kind_display()),
        Column(_("Outcome"), lambda item: item.get_outcome_display()),
        Column(_("outcome as printed"), lambda item: item.outcome_as_printed),
        Column(_("Majority"), lambda item: item.get_majority_display()),
        Column(_("votes for"), lambda item: item.votes_for),
        Column(_("votes against"), lambda item: item.votes_against),
        Column(_("abstentions"), lambda item: item.votes_abstained),
        Column(_("amount in dirhams"), lambda item: item.amount),
        Column(_("Link"), page_address),
        Column(_("Identifier of the meeting"), lambda item: item.meeting.uuid),
    ]


class AgreementExport(CsvExport):
    queryset = Agreement.objects.published().with_stage().with_latest_step().for_listing().order_by("-sort_on", "pk")
    filterset_class = AgreementFilterSet
    name = "agreements"
    columns = [
        Column(_("title"), lambda agreement: agreement.title),
        Column(_("Reference"), lambda agreement: agreement.reference),
        Column(_("Kind"), lambda agreement: agreement.get_kind_display()),
        Column(_("year"), lambda agreement: agreement.url_year),
        Column(_("Chamber"), lambda agreement: _name(agreement.lead_chamber)),
        Column(_("Partners"), lambda agreement: listed(party.named for party in agreement.partners())),
        Column(_("Stage"), lambda agreement: Stage(agreement.stage).label if agreement.stage else ""),
        Column(
            _("Latest step"),
            lambda agreement: iso_partial(agreement.latest_day, (agreement.latest or {}).get("precision")),
        ),
        Column(_("amount in dirhams"), lambda agreement: agreement.amount),
        Column(_("Place"), lambda agreement: agreement.place),
        Column(_("Begins"), lambda agreement: iso_partial(agreement.start, agreement.start_precision)),
        Column(_("Ends"), lambda agreement: iso_partial(agreement.end, agreement.end_precision)),
        Column(_("Link"), page_address),
        Column(_("Identifier"), lambda agreement: agreement.uuid),
    ]


class DocumentExport(CsvExport):
    queryset = Document.objects.published().for_listing().order_by("-sort_on", "pk")
    filterset_class = DocumentFilterSet
    name = "documents"
    columns = [
        Column(_("Date of issue"), lambda paper: iso_partial(paper.issued_on, paper.issued_precision)),
        Column(_("Kind"), lambda paper: paper.get_kind_display()),
        Column(_("title"), lambda paper: paper.title),
        Column(_("Chamber"), lambda paper: _name(paper.chamber)),
        Column(_("Meeting"), lambda paper: _title(paper.meeting)),
        Column(_("Agreement"), lambda paper: _title(paper.agreement)),
        Column(_("Format"), lambda paper: paper.format_name),
        Column(_("size in bytes"), lambda paper: paper.size),
        Column(_("Pages"), lambda paper: paper.pages),
        Column("SHA-512", lambda paper: paper.sha512),
        Column(_("address of the paper"), _paper_address),
        Column(_("Link"), page_address),
        Column(_("Identifier"), lambda paper: paper.uuid),
    ]
