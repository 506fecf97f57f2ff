"""An editor's own work, for the first page of the desk: what is due, what waits, what is missing in the record.

Each list holds rows that its reader may change, one click from the page where they do; so many queries whatever
the number of rows and chambers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from chambers.models import Chamber, Membership, Office, Person, Project
from meetings.admin.prefilled import minutes_of
from meetings.models import (
    AWAITED_STATUSES,
    EXIT_STAGES,
    STATUTORY_KINDS,
    AgendaItem,
    Agreement,
    AgreementStep,
    Document,
    Meeting,
    MeetingStatus,
    Stage,
)
from publishing.models import PublicationState

WEEK = timedelta(days=7)
QUIET = timedelta(days=90)
SHOWN_FIRST = 5
MOST = 200
MOST_CHAMBERS = 3
DRAFTED = (Meeting, Agreement, Article, Document, Project, Person)
# Meetings of these states took place or should have by their day.
OPEN = [MeetingStatus.SCHEDULED, MeetingStatus.POSTPONED, MeetingStatus.HELD, MeetingStatus.LEFT_OPEN]


@dataclass
class Row:
    """One thing to do: where it is done, on what, and what tells it from others."""

    link: str
    name: str
    note: str = ""
    day: date | datetime | None = None


@dataclass
class TaskList:
    """A list of things to do; ``more`` tells how many rows are not shown."""

    code: str
    name: str | Promise
    nothing: str | Promise
    rows: list[Row] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.rows) + self.more

    @property
    def is_cut(self) -> bool:
        """Whether there are more than anybody counts here."""
        return self.count > MOST


@dataclass
class Check:
    """A part of a chamber's record: whether it is there, where it is entered, and whether by its reader."""

    name: str | Promise
    link: str
    is_there: bool
    is_mine: bool = True


@dataclass
class Completeness:
    chamber: Chamber
    checks: list[Check]

    @property
    def percent(self) -> int:
        return 100 * sum(check.is_there for check in self.checks) // len(self.checks)

    @property
    def missing(self) -> list[Check]:
        return [check for check in self.checks if not check.is_there and check.is_mine]

    @property
    def missing_at_managers(self) -> list[Check]:
        """What is missing and only managers of the chamber enter."""
        return [check for check in self.checks if not check.is_there and not check.is_mine]


def desk_of(request: HttpRequest, site: AdminSite) -> dict[str, Any]:
    """Return the lists for the reader of ``request`` and how complete the records of their chambers are."""
    today, asked = timezone.localdate(), request.GET.get("list", "")
    found = []
    for task in _lists(request.user, site, today):
        if task.code != asked:
            task.more, task.rows = max(len(task.rows) - SHOWN_FIRST, 0), task.rows[:SHOWN_FIRST]
        found.append(task)
    records = _completeness(request.user, today)
    shows_all = asked == "records"
    return {
        "task_lists": found,
        "records": [] if shows_all else records[:MOST_CHAMBERS],
        "records_left": max(len(records) - MOST_CHAMBERS, 0),
        "all_records": records if shows_all else [],
        "perms_to_add": {
            model._meta.model_name: site._registry[model].has_add_permission(request)
            for model in (Meeting, Article, Agreement)
        },
    }


def _lists(user: Any, site: AdminSite, today: date) -> Iterator[TaskList]:
    def mine(model: Any) -> QuerySet:
        return model._default_manager.filter(site._registry[model].reach(user, "change"))  # type: ignore[attr-defined]

    meetings = mine(Meeting).select_related("chamber").defer("summary", "report")
    decided = AgendaItem.objects.filter(meeting=OuterRef("pk")).exclude(outcome="")
    minutes = Document.objects.minutes().filter(meeting=OuterRef("pk"))
    week = meetings.filter(date__range=(today, today + WEEK), status__in=AWAITED_STATUSES).order_by("date", "time")
    yield TaskList(
        "week", _("Meetings of this week"), _("No meeting within seven days."),
        [_meeting(row, "change") for row in week[: MOST + 1]],
    )  # fmt: skip
    passed = meetings.filter(~Exists(decided), date__lt=today, kind__in=STATUTORY_KINDS, status__in=OPEN)
    entered = AgendaItem.objects.filter(meeting=OuterRef("pk"))
    passed = passed.annotate(has_items=Exists(entered)).order_by("-date", "pk")
    yield TaskList(
        "outcomes", _("Past meetings without outcomes"), _("Every past meeting has its outcomes."),
        [_meeting(row, "outcomes" if row.has_items else "agenda") for row in passed[: MOST + 1]],
    )  # fmt: skip
    bare = meetings.filter(Exists(decided), ~Exists(minutes)).order_by("-sort_on", "pk")
    yield TaskList(
        "minutes", _("Outcomes without minutes"), _("Every meeting with outcomes has its minutes."),
        [_meeting(row, "minutes") for row in bare[: MOST + 1]],
    )  # fmt: skip
    yield TaskList(
        "quiet", _("Agreements without news for 90 days"), _("Every agreement has moved within 90 days."),
        [_agreement(row) for row in _quiet(mine(Agreement), today)[: MOST + 1]],
    )  # fmt: skip
    held_back = [row for model in DRAFTED for row in _held_back(mine(model))]
    yield TaskList(
        "drafts", _("Drafts"), _("No draft."),
        [_draft(row) for row in _newest(held_back) if row.state == PublicationState.DRAFT],
    )  # fmt: skip
    yield TaskList(
        "review", _("Records awaiting review"), _("Nothing awaits review."),
        [_draft(row) for row in _newest(held_back) if row.state == PublicationState.IN_REVIEW],
    )  # fmt: skip


def _quiet(agreements: QuerySet, today: date) -> QuerySet:
    """Return the agreements under way of which neither a step nor news tells for 90 days, the longest quiet first."""
    since = today - QUIET
    last = AgreementStep.objects.filter(agreement=OuterRef("pk")).order_by("-position")
    day = last.values(day=Coalesce("agenda_item__meeting__date", "date"))[:1]
    moment = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    news = Article.agreements.through.objects.filter(agreement=OuterRef("pk"), article__published_at__gte=moment)
    under_way = agreements.annotate(stage=Subquery(last.values("stage")[:1]), moved=Subquery(day))
    ended = [*EXIT_STAGES, Stage.COMPLETED]
    return (
        under_way.filter(Q(stage__isnull=True) | ~Q(stage__in=ended))
        .exclude(state=PublicationState.WITHDRAWN)
        .annotate(since=Coalesce("moved", F("sort_on")))
        .filter(~Exists(news), since__lt=since)
        .select_related("lead_chamber")
        .order_by("since", "pk")
    )


def _held_back(rows: QuerySet) -> Iterable[Any]:
    """Return what is not public, the last changed first, without the long texts of records."""
    waiting = rows.filter(state__in=[PublicationState.DRAFT, PublicationState.IN_REVIEW]).order_by("-updated_at")
    names = {field.name for field in rows.model._meta.concrete_fields} & {"title", "name"}
    return waiting.only(*names, "state", "published_at", "reviewed_at", "updated_at")[: MOST + 1]


def _newest(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.updated_at, reverse=True)


def _address(row: Any, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def _meeting(row: Meeting, page: str) -> Row:
    whose = row.chamber.short_name if row.chamber_id else row.family_name
    link = minutes_of(row) if page == "minutes" else _address(row, page)
    return Row(link, row.label, whose, row.date)


def _agreement(row: Any) -> Row:
    return Row(
        _address(row, "stage"), row.label, row.lead_chamber.short_name if row.lead_chamber_id else "", row.since
    )


def _draft(row: Any) -> Row:
    kind = str(row._meta.verbose_name)
    note = f"{kind} – {row.state_name}" if row.is_returned else kind
    return Row(_address(row), str(row), note, row.updated_at)


# What is missing in the record


def _completeness(user: Any, today: date) -> list[Completeness]:
    """Return how complete the records of the user's chambers are, of administrators' all, the least complete first."""
    year_ago = today - timedelta(days=365)
    bureau = Membership.objects.in_office_on(today).filter(body__chamber=OuterRef("pk"))
    meetings = Meeting.objects.filter(chamber=OuterRef("pk"))
    past = meetings.filter(date__lt=today, kind__in=STATUTORY_KINDS, status__in=OPEN)
    decided = Exists(AgendaItem.objects.filter(meeting=OuterRef("pk")).exclude(outcome=""))
    minutes = Exists(Document.objects.minutes().filter(meeting=OuterRef("pk")))
    agreements = Agreement.objects.filter(lead_chamber=OuterRef("pk"), parties__isnull=True)
    chambers = (
        Chamber.objects.editable_by(user)
        .filter(closed_on__isnull=True)
        .annotate(
            has_president=Exists(bureau.filter(office=Office.PRESIDENT)),
            has_members=Exists(bureau.filter(office=Office.MEMBER)),
            has_session=Exists(meetings.filter(date__gte=year_ago)),
            is_undecided=Exists(past.filter(~decided)),
            is_bare=Exists(past.filter(decided, ~minutes)),
            nowhere=Subquery(past.filter(venue="", city="").order_by("-date", "pk").values("pk")[:1]),
            partyless=Subquery(agreements.order_by("-sort_on", "pk").values("pk")[:1]),
            is_managed=Exists(Chamber.objects.managed_by(user).filter(pk=OuterRef("pk"))),
        )
        .order_by("sort_key", "pk")
    )
    records = [Completeness(chamber, [*_checks(chamber)]) for chamber in chambers]
    return sorted(records, key=lambda record: record.percent)


def _checks(chamber: Any) -> Iterator[Check]:
    profile, people = _address(chamber), reverse("admin:chambers_membership_add")
    # The first of them: the next stands here when it is mended.
    place, parties = _form("meetings_meeting", chamber.nowhere), _form("meetings_agreement", chamber.partyless)
    index, managed = reverse("admin:index"), chamber.is_managed
    yield Check(_("postal address"), f"{profile}#id_address", bool(chamber.address), managed)
    yield Check(_("telephone"), f"{profile}#id_phone", bool(chamber.phone), managed)
    yield Check(_("e-mail"), f"{profile}#id_email", bool(chamber.email), managed)
    yield Check(_("site"), f"{profile}#id_site", bool(chamber.site), managed)
    yield Check(_("a president in office"), people, chamber.has_president, managed)
    yield Check(_("members in office"), people, chamber.has_members, managed)
    yield Check(_("a meeting within a year"), reverse("admin:meetings_meeting_add"), chamber.has_session)
    yield Check(_("a place for each past meeting"), f"{place}#id_venue", chamber.nowhere is None)
    yield Check(_("outcomes of each past meeting"), f"{index}?list=outcomes#tasks-outcomes", not chamber.is_undecided)
    yield Check(_("minutes of each decided meeting"), f"{index}?list=minutes#tasks-minutes", not chamber.is_bare)
    yield Check(_("parties of each agreement"), f"{parties}#parties-group", chamber.partyless is None)


def _form(name: str, key: int | None) -> str:
    return reverse(f"admin:{name}_change", args=[key]) if key is not None else ""
