"""What in a meeting is probably a slip."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, MeetingMode, MeetingStatus, Outcome
from publishing.admin.guards import long_paragraphs, long_title

FAR_AHEAD = timedelta(days=548)
MEANT = gettext_lazy("Yes, enter outcomes of a meeting that is still ahead")


def is_ahead(meeting: Meeting) -> bool:
    """Say whether the day of ``meeting`` is still to come."""
    return meeting.date is not None and meeting.date > timezone.localdate()


def is_result(outcome: str) -> bool:
    """Say whether ``outcome`` is one that only a meeting that was held can have."""
    return outcome not in ("", Outcome.WITHDRAWN)


def cautions_of(meeting: Meeting, before: Meeting | None) -> Iterator[str]:
    """Yield what to warn of in ``meeting`` as saved; ``before`` is the row as it was stored until then."""
    today = timezone.localdate()
    yield from long_title(meeting.title)
    for name in ("summary", "report"):
        yield from long_paragraphs(str(Meeting._meta.get_field(name).verbose_name), getattr(meeting, name))
    if meeting.date is None:
        return
    if meeting.date > today and meeting.items.exclude(outcome__in=["", Outcome.WITHDRAWN]).exists():
        yield _("The meeting is still ahead, and its agenda has outcomes already: check its date.")
    if meeting.date > today + FAR_AHEAD:
        yield _("The date is more than eighteen months away: check its year.")
    if meeting.date < today and _has_no_place(meeting):
        yield _("The meeting is over and has neither venue nor city.")
    if _kept_its_old_day(meeting, before):
        words = _(
            "The public reads %(day)s as the new day: if it is the old one, empty it, or use «Put off or call off»."
        )
        yield words % {"day": date_format(meeting.date, "DATE_FORMAT")}


def _has_no_place(meeting: Meeting) -> bool:
    took_place = meeting.status not in (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)
    return took_place and not meeting.venue and not meeting.city and meeting.mode != MeetingMode.ONLINE


def _kept_its_old_day(meeting: Meeting, before: Meeting | None) -> bool:
    """Say whether the meeting was just put off and its day is still the one it had."""
    if meeting.status != MeetingStatus.POSTPONED:
        return False
    return before is None or (before.status != MeetingStatus.POSTPONED and before.date == meeting.date)
