"""What in a meeting, an agreement or a paper is probably a slip."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import (
    AWAITED_STATUSES,
    EXIT_STAGES,
    AgreementStep,
    Document,
    DocumentKind,
    Meeting,
    MeetingMode,
    MeetingStatus,
    Outcome,
    Stage,
)
from publishing.admin.guards import long_paragraphs, long_title
from publishing.models import DatePrecision

FAR_AHEAD = timedelta(days=548)
MEANT = gettext_lazy("Yes, enter outcomes of a meeting that is still ahead")


def is_ahead(meeting: Meeting) -> bool:
    """Say whether the day of ``meeting`` is still to come."""
    return meeting.date is not None and meeting.date > timezone.localdate()


def is_result(outcome: str) -> bool:
    """Say whether ``outcome`` is one that only a meeting that was held can have."""
    return outcome not in ("", Outcome.WITHDRAWN)


SUNDAY = 6
IN_ORDER = [stage for stage in Stage if stage not in EXIT_STAGES]


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
    yield from unlikely_day(meeting.date, meeting.date_precision, session_year=meeting.session_year)
    if meeting.date < today and _has_no_place(meeting):
        yield _("The meeting is over and has neither venue nor city.")
    if _kept_its_old_day(meeting, before):
        words = _(
            "The public reads %(day)s as the new day: if it is the old one, empty it, or use «Put off or call off»."
        )
        yield words % {"day": date_format(meeting.date, "DATE_FORMAT")}
    elif _latest(meeting.date, meeting.date_precision) < today and meeting.status in AWAITED_STATUSES:
        words = _("Its day has passed, and its status is still «%(status)s»: check the date, or the status.")
        yield words % {"status": meeting.get_status_display()}


def unlikely_day(day: date, precision: str, *, session_year: int | None = None, after: date | None = None):
    """Yield what is odd about ``day`` for a meeting; one that was far ahead before, at ``after``, may stay so."""
    if day > max(timezone.localdate(), after or day.min) + FAR_AHEAD:
        yield _("The date is more than eighteen months away: check its year.")
    # «The session of October 2024» may sit in the year after, and a long delay in the one after that.
    if session_year and not session_year - 1 <= day.year <= session_year + 2:
        words = _("The session is of %(session)d, and the date in %(year)d: check both years.")
        yield words % {"session": session_year, "year": day.year}
    if precision == DatePrecision.DAY and day.weekday() == SUNDAY:
        yield _("This day is a Sunday: check the date.")


def unlikely_new_day(day: date, old: date | None) -> Iterator[str]:
    """Yield what is odd about ``day``, to which a meeting called for ``old`` is put off."""
    today = timezone.localdate()
    if day < today:
        yield _("The new day, %(day)s, has passed already.") % {"day": date_format(day, "DATE_FORMAT")}
    elif old is not None and day < old:
        words = _("The new day, %(day)s, is before the old one, %(old)s.")
        yield words % {"day": date_format(day, "DATE_FORMAT"), "old": date_format(old, "DATE_FORMAT")}
    yield from unlikely_day(day, DatePrecision.DAY, after=old)


def is_to_come(step: AgreementStep) -> bool:
    """Say whether the day of ``step`` is still to come."""
    day, _precision = _day_of(step)
    return day is not None and day > timezone.localdate()


def unlikely_step(step: AgreementStep, earlier: Iterable[AgreementStep]) -> Iterator[str]:
    """Yield what is odd about ``step`` of an agreement, which took the steps ``earlier`` before it."""
    before = [*earlier]
    day, precision = _day_of(step)
    if is_to_come(step):
        words = _("The day of the stage «%(stage)s» is still to come: a stage is entered once it is reached.")
        yield words % {"stage": step.get_stage_display()}
    dated = [(other, _day_of(other)[0]) for other in before]
    later = [(other, theirs) for other, theirs in dated if theirs and day and theirs > _latest(day, precision)]
    if later:
        last, theirs = later[-1]
        words = _("The stage «%(stage)s» would be older than «%(last)s» before it, which was on %(day)s.")
        shown = {"last": last.get_stage_display(), "day": date_format(theirs, "DATE_FORMAT")}
        yield words % {"stage": step.get_stage_display(), **shown}
    if before and _goes_back(before[-1].stage, step.stage):
        words = _("The agreement is «%(last)s» by now, and «%(stage)s» comes before that.")
        yield words % {"last": before[-1].get_stage_display(), "stage": step.get_stage_display()}
    elif before and before[-1].stage == step.stage:
        yield _("The agreement is «%(stage)s» already.") % {"stage": step.get_stage_display()}


def cautions_of_steps(steps: Iterable[AgreementStep]) -> Iterator[str]:
    """Yield what to warn of in the ``steps`` of an agreement, in their order."""
    taken: list[AgreementStep] = []
    for step in steps:
        yield from unlikely_step(step, taken)
        taken.append(step)


def cautions_of_paper(paper: Document) -> Iterator[str]:
    """Yield what to warn of in ``paper`` as saved."""
    today, meeting = timezone.localdate(), paper.meeting
    if paper.issued_on is not None and paper.issued_on > today:
        yield _("The day of issue is still to come: check it.")
    if paper.kind != DocumentKind.MINUTES or meeting is None or meeting.date is None:
        return
    if meeting.date > today:
        yield _("These are minutes, and the meeting is still ahead: check its date.")
    elif paper.issued_on is not None and _latest(paper.issued_on, paper.issued_precision) < meeting.date:
        yield _("The minutes would be older than their meeting: check the day of issue.")


def _goes_back(last: str, stage: str) -> bool:
    # What was suspended may go on from anywhere.
    known = last in IN_ORDER and stage in IN_ORDER
    return known and IN_ORDER.index(Stage(stage)) < IN_ORDER.index(Stage(last))


def _day_of(step: AgreementStep) -> tuple[date | None, str]:
    if step.agenda_item is not None:
        return step.agenda_item.meeting.date, step.agenda_item.meeting.date_precision
    return step.date, step.date_precision


def _latest(day: date, precision: str) -> date:
    """Return the last day that ``day``, known to ``precision``, may be."""
    if precision == DatePrecision.YEAR:
        return date(day.year, 12, 31)
    if precision == DatePrecision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def _has_no_place(meeting: Meeting) -> bool:
    took_place = meeting.status not in (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)
    return took_place and not meeting.venue and not meeting.city and meeting.mode != MeetingMode.ONLINE


def _kept_its_old_day(meeting: Meeting, before: Meeting | None) -> bool:
    """Say whether the meeting was just put off and its day is still the one it had."""
    if meeting.status != MeetingStatus.POSTPONED:
        return False
    return before is None or (before.status != MeetingStatus.POSTPONED and before.date == meeting.date)
