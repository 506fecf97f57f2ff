"""Feeds of meetings, decisions and agreements."""

from uuid import uuid5

from django.utils.html import strip_tags
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from arabic.dates import format_partial
from arabic.templatetags.arabic import money
from publishing.feeds import RecordFeed, dotted

from .filters import AgreementFilterSet, DecisionFilterSet, MeetingFilterSet
from .models import AgendaItem, Agreement, Meeting, Stage


def _whose(meeting):
    return meeting.chamber.name if meeting.chamber else meeting.family_name


def _when(meeting):
    if not meeting.date:
        return gettext("Date not published")
    day = format_partial(meeting.date, meeting.date_precision)
    return f"{day}، {pgettext('time', 'at')} {meeting.time:%H:%M}" if meeting.time else day


class MeetingFeed(RecordFeed):
    queryset = Meeting.objects.published().for_listing()
    filterset_class = MeetingFilterSet
    name = _("Meetings")
    route = "meetings:feed"
    list_route = "meetings:list"
    order = ["-sort_on", "pk"]

    def summary(self, meeting):
        status = meeting.get_status_display()
        if meeting.status_reason:
            status = f"{status}: {meeting.status_reason}"
        facts = dotted(status, _whose(meeting), _when(meeting), meeting.venue, meeting.city)
        return "\n".join(filter(None, [facts, meeting.summary]))


class DecisionFeed(RecordFeed):
    """Items whose outcome is known; those of the register whose outcome nobody published are no news."""

    queryset = AgendaItem.objects.with_public_results().exclude(outcome="").for_listing()
    filterset_class = DecisionFilterSet
    name = _("Decisions")
    route = "meetings:decisions_feed"
    list_route = "meetings:decisions"
    order = ["-meeting__sort_on", "meeting_id", "position"]
    moments = ["meeting__published_at", "meeting__results_published_at", "meeting__updated_at"]

    def item_guid(self, item):
        # An item has no identifier of its own; its place in its meeting is its address too.
        return f"urn:uuid:{uuid5(item.meeting.uuid, f'item-{item.position}')}"

    def item_pubdate(self, item):
        return max(item.meeting.published_at, item.meeting.results_published_at)

    def summary(self, item):
        votes = dotted(
            *(
                f"{word} {count}"
                for word, count in (
                    (pgettext("votes", "for"), item.votes_for),
                    (pgettext("votes", "against"), item.votes_against),
                    (pgettext("votes", "abstained"), item.votes_abstained),
                )
                if count is not None
            )
        )
        outcome = dotted(item.get_outcome_display(), item.get_majority_display(), votes)
        return "\n".join([outcome, dotted(item.meeting.label, _whose(item.meeting), _when(item.meeting))])


class AgreementFeed(RecordFeed):
    queryset = Agreement.objects.published().with_stage().for_listing()
    filterset_class = AgreementFilterSet
    name = _("Agreements")
    route = "meetings:agreements_feed"
    list_route = "meetings:agreements"
    order = ["-sort_on", "pk"]

    def summary(self, agreement):
        facts = dotted(
            Stage(agreement.stage).label if agreement.stage else pgettext("agreement", "Stage not published"),
            agreement.get_kind_display(),
            agreement.lead_chamber,
            strip_tags(money(agreement.amount)),
        )
        partners = "، ".join(str(party.named) for party in agreement.partners())
        if partners:
            partners = f"{gettext('Partners')}: {partners}"
        return "\n".join(filter(None, [facts, partners, agreement.object]))
