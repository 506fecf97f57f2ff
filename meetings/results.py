"""Meetings side by side with what they decided, for pages that show several."""

from collections import Counter

from .models import AgendaItem, Meeting
from .outcomes import tally


def latest_with_results(meetings: int, items: int) -> list[Meeting]:
    """Return the latest public meetings with a published outcome, the newest first: two queries.

    At most ``meetings`` of them, each with its first ``items`` decided items in ``decided``, the number of its
    other items in ``more_items``, of all in ``item_total`` and the parts of its outcomes bar in ``tally``.
    """
    decided = AgendaItem.objects.with_public_results().exclude(outcome="")
    found = list(
        Meeting.objects.published()
        .for_listing()
        .filter(pk__in=decided.order_by().values("meeting"))
        .order_by("-sort_on", "pk")[:meetings]
    )
    of_meeting: dict[int, list[AgendaItem]] = {meeting.pk: [] for meeting in found}
    rows = AgendaItem.objects.with_public_results().filter(meeting__in=of_meeting).order_by("position", "pk")
    for item in rows.select_related("meeting"):
        of_meeting[item.meeting_id].append(item)
    for meeting in found:
        own = of_meeting[meeting.pk]
        with_outcome = [item for item in own if item.outcome]
        meeting.item_total = len(own)
        meeting.tally = tally(Counter(item.outcome for item in own))
        meeting.decided = with_outcome[:items]
        meeting.more_items = len(own) - len(meeting.decided)
    return found
