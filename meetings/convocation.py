"""The agenda as it was sent with the convocation: kept when it becomes public, and never touched afterwards."""

from django.utils import timezone

from publishing.models import PublicationState

from .models import AWAITED_STATUSES, Meeting


def agenda_is_out(meeting: Meeting) -> bool:
    """Say whether the public has seen the agenda of ``meeting``, read as it is stored."""
    has_been_public = meeting.state in (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
    return has_been_public and _has_come(meeting.published_at) and _has_come(meeting.agenda_published_at)


def results_are_out(meeting: Meeting) -> bool:
    """Say whether the public has seen the results of ``meeting``, read as it is stored."""
    return agenda_is_out(meeting) and _has_come(meeting.results_published_at)


def keep_as_sent(meeting: Meeting) -> None:
    """Write down how the items of ``meeting`` are sent; only for an agenda that the public has not seen yet.

    Called in the transaction of every change up to the moment the agenda is due, so that at that moment, when
    nothing runs, what is written is what becomes public. Only for a meeting still to come: of one entered afterwards
    nobody here knows what was sent.
    """
    is_sent = meeting.status in AWAITED_STATUSES and meeting.agenda_published_at is not None
    for item in meeting.items.all():
        number, title = (item.number_shown, item.title) if is_sent else (None, None)
        if (item.sent_number, item.sent_title) != (number, title):
            item.sent_number, item.sent_title = number, title
            item.save(update_fields=["sent_number", "sent_title"])


def _has_come(moment) -> bool:
    return moment is not None and moment <= timezone.now()
