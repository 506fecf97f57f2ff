"""Meetings: sessions of an assembly, bureau and committee meetings, training and information days."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, DateField, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, Now, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from arabic.dates import MONTHS
from arabic.sorting import SortFold
from chambers.models import Annex, Body, Chamber, Family, Organisation, Province, Term
from publishing.models import (
    Citation,
    DatePrecision,
    PlacedErrors,
    Publishable,
    PublishableQuerySet,
    citation_constraints,
)
from search.rows import holding

from ..month import FIRST_YEAR, LAST_YEAR

# A year stands in generated dates, which hold no year that a date has not.
YEAR_RANGE = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]


class FirstOfMonth(Func):
    """The first day of a month, from a year and a month, in SQL that a generated column may hold."""

    arity = 2
    output_field = DateField()

    def as_sqlite(self, compiler, connection, **extra):
        year, month = (compiler.compile(part) for part in self.source_expressions)
        # No PRINTF: a percent sign in the column's definition would be taken for a parameter.
        return f"({year[0]} || '-' || SUBSTR('0' || {month[0]}, -2) || '-01')", [*year[1], *month[1]]

    def as_postgresql(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, template="MAKE_DATE(%(expressions)s, 1)", **extra)


class MeetingKind(models.TextChoices):
    ORDINARY = "ordinary", _("ordinary session")
    EXTRAORDINARY = "extraordinary", _("extraordinary session")
    BUREAU = "bureau", _("bureau meeting")
    EXTENDED_BUREAU = "extended_bureau", _("extended bureau meeting")
    COMMITTEE = "committee", _("committee meeting")
    TRAINING_DAY = "training_day", _("training day")
    INFORMATION_MEETING = "information_meeting", _("information meeting")
    STUDY_DAY = "study_day", _("study day")
    OTHER = "other", _("other meeting")


# Sessions and meetings of organs decide; the other kinds are events with talks and recommendations.
STATUTORY_KINDS = [
    MeetingKind.ORDINARY,
    MeetingKind.EXTRAORDINARY,
    MeetingKind.BUREAU,
    MeetingKind.EXTENDED_BUREAU,
    MeetingKind.COMMITTEE,
]


class MeetingStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("scheduled")
    HELD = "held", _("held")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")
    NO_QUORUM = "no_quorum", _("failed for want of quorum")
    LEFT_OPEN = "left_open", _("left open")


# A meeting that was put off is still to be held: its row holds the new day, once one is set.
AWAITED_STATUSES = [MeetingStatus.SCHEDULED, MeetingStatus.POSTPONED]


class MeetingMode(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    HYBRID = "hybrid", _("in person and at a distance")
    ONLINE = "online", _("at a distance")


def _coming_on(today):
    return {"date__gte": today, "date_precision": DatePrecision.DAY, "status__in": AWAITED_STATUSES}


class MeetingQuerySet(PublishableQuerySet):
    def get_by_natural_key(self, url_year, slug):
        return self.get(url_year=url_year, slug=slug)

    def editable_by(self, user, *roles):
        """Return the meetings of the chambers of ``user``; one without a chamber is for administrators."""
        if user.is_active and user.is_superuser:
            return self
        return self.filter(chamber__in=Chamber.objects.editable_by(user, *roles))

    def for_listing(self):
        return self.select_related("chamber")

    def for_page(self):
        return self.select_related("chamber", "body", "annex", "province", "term").with_neighbours()

    def with_neighbours(self):
        """Annotate year, slug, label and kind of other public meetings, or null.

        ``before`` and ``after`` are the chamber's meetings next to each; ``held_along`` is the one held together
        with it, whichever of the two names the other.
        """
        public = Meeting.objects.published()
        others = public.filter(chamber=OuterRef("chamber"))
        along = public.filter(Q(pk=OuterRef("held_with")) | Q(held_with=OuterRef("pk")))
        here = Q(sort_on=OuterRef("sort_on"))
        older = Q(sort_on__lt=OuterRef("sort_on")) | (here & Q(pk__gt=OuterRef("pk")))
        newer = Q(sort_on__gt=OuterRef("sort_on")) | (here & Q(pk__lt=OuterRef("pk")))
        label = Coalesce(NullIf(F("short_title"), Value("")), F("title"))
        card = JSONObject(year="url_year", slug="slug", label=label, kind="kind")
        return self.annotate(
            before=Subquery(others.filter(older).order_by("-sort_on", "pk").values(card=card)[:1]),
            held_along=Subquery(along.order_by("pk").values(card=card)[:1]),
            after=Subquery(others.filter(newer).order_by("sort_on", "-pk").values(card=card)[:1]),
        )

    def upcoming(self, today):
        """Return meetings of ``today`` and later that are still to be held, the soonest first."""
        return self.filter(**_coming_on(today)).order_by("date", F("time").asc(nulls_last=True), "pk")

    def passed(self, today):
        """Return the meetings that ``upcoming`` leaves out."""
        return self.exclude(**_coming_on(today))

    def in_calendar_since(self, earliest):
        """Return the meetings that a calendar from ``earliest`` on holds.

        Beside those of a known day these are the ones put off without a new one: who has the old day must hear of it.
        """
        known = Q(date__isnull=False, date_precision=DatePrecision.DAY)
        given_up = Sitting.objects.given_up()
        off = Exists(given_up.filter(meeting=OuterRef("pk"), date__gte=earliest))
        return self.filter(known & Q(date__gte=earliest) | ~known & Q(status=MeetingStatus.POSTPONED) & off)

    def search(self, text):
        """Return the rows that hold every word of ``text``, as the search of the portal finds them."""
        return holding(self, text)


class Meeting(Publishable):
    """A meeting of a chamber. A session is named after a month or an ordinal, and that name is not its date.

    The row holds the call that opened, or the one now called; ``Sitting`` holds every other call.
    """

    chamber = models.ForeignKey(
        Chamber,
        models.PROTECT,
        related_name="meetings",
        null=True,
        blank=True,
        verbose_name=_("chamber"),
        help_text=_("Empty only where the source does not name the chamber: then give the family."),
    )
    family = models.CharField(_("family of the unnamed chamber"), max_length=30, choices=Family, blank=True)
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="meetings", null=True, blank=True, verbose_name=_("organ")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind, default=MeetingKind.ORDINARY)
    title = models.CharField(
        _("title"), max_length=250, help_text=_("As in the convocation, such as: ordinary session of October 2024.")
    )
    short_title = models.CharField(
        _("short title"), max_length=60, blank=True, help_text=_("For trails and lists, 60 letters at most.")
    )
    session_year = models.PositiveSmallIntegerField(
        _("session of the year"), null=True, blank=True, validators=YEAR_RANGE
    )
    session_month = models.PositiveSmallIntegerField(_("month of the session"), null=True, blank=True)
    session_ordinal = models.PositiveSmallIntegerField(_("ordinal of the session"), null=True, blank=True)
    url_year = models.PositiveSmallIntegerField(
        _("year in the address"),
        validators=YEAR_RANGE,
        help_text=_("The year of the session, not of its date; it stays for ever."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=80,
        help_text=_("Small Latin letters, digits and hyphens; it does not change once published."),
    )
    term = models.ForeignKey(
        Term, models.PROTECT, related_name="meetings", null=True, blank=True, verbose_name=_("term")
    )
    status = models.CharField(_("status"), max_length=10, choices=MeetingStatus, default=MeetingStatus.SCHEDULED)
    status_reason = models.CharField(
        _("reason of the status"), max_length=300, blank=True, help_text=_("Shown to the public.")
    )
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    time = models.TimeField(_("time"), null=True, blank=True)
    time_as_printed = models.CharField(_("time as printed"), max_length=80, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True)
    end_time = models.TimeField(_("end"), null=True, blank=True)
    end_time_as_printed = models.CharField(_("end as printed"), max_length=80, blank=True)
    sort_hint = models.DateField(
        _("date for sorting"),
        null=True,
        blank=True,
        help_text=_("Never shown; places a meeting without a date in lists."),
    )
    venue = models.CharField(_("venue"), max_length=150, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    province = models.ForeignKey(
        Province, models.PROTECT, related_name="meetings", null=True, blank=True, verbose_name=_("province")
    )
    annex = models.ForeignKey(
        Annex, models.PROTECT, related_name="meetings", null=True, blank=True, verbose_name=_("annex")
    )
    mode = models.CharField(_("mode"), max_length=10, choices=MeetingMode, blank=True)
    theme = models.CharField(_("theme or slogan"), max_length=250, blank=True)
    occasion = models.CharField(_("occasion"), max_length=150, blank=True)
    audience = models.CharField(_("audience"), max_length=250, blank=True)
    co_organisers = models.ManyToManyField(
        Organisation, related_name="meetings", blank=True, verbose_name=_("co-organisers")
    )
    held_with = models.ForeignKey(
        "self", models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("held together with")
    )
    period_start = models.DateField(_("period under review, from"), null=True, blank=True)
    period_end = models.DateField(_("period under review, to"), null=True, blank=True)
    period_precision = models.CharField(
        _("precision of the period"), max_length=5, choices=DatePrecision, default=DatePrecision.MONTH
    )
    members_in_office = models.PositiveSmallIntegerField(_("members in office"), null=True, blank=True)
    members_present = models.PositiveSmallIntegerField(_("members present"), null=True, blank=True)
    members_required = models.PositiveSmallIntegerField(_("members required"), null=True, blank=True)
    quorum_met = models.BooleanField(
        _("quorum met"), null=True, blank=True, help_text=_("Only where the source says so.")
    )
    summary = models.TextField(_("summary"), blank=True)
    report = models.TextField(
        _("course of the meeting"), blank=True, help_text=_("Paragraphs, an empty line between.")
    )
    agenda_count = models.PositiveSmallIntegerField(
        _("items announced"), null=True, blank=True, help_text=_("How many the source counts, if it lists fewer.")
    )
    agenda_published_at = models.DateTimeField(_("agenda public from"), null=True, blank=True)
    results_published_at = models.DateTimeField(_("results public from"), null=True, blank=True)
    sort_key = models.GeneratedField(expression=SortFold("title"), output_field=models.TextField(), db_persist=True)
    sort_on = models.GeneratedField(
        expression=Coalesce(
            F("date"),
            FirstOfMonth("session_year", "session_month"),
            F("sort_hint"),
            FirstOfMonth(
                "session_year",
                Case(
                    When(session_ordinal=1, then=Value(2)),
                    When(session_ordinal=2, then=Value(6)),
                    When(session_ordinal__gte=3, then=Value(10)),
                    output_field=models.IntegerField(),
                ),
            ),
            FirstOfMonth("url_year", Value(1)),
        ),
        output_field=DateField(),
        db_persist=True,
    )

    objects = MeetingQuerySet.as_manager()

    constraint_fields = {
        "meeting_slug_once_per_year": "slug",
        "meeting_chamber_or_family": "chamber",
        "meeting_session_month_in_year": "session_month",
        "meeting_session_label_has_year": "session_year",
        "meeting_ends_after_start": "end_date",
        "meeting_end_time_after_time": "end_time",
        "meeting_time_needs_day": "time",
        "meeting_period_in_order": "period_end",
        "meeting_present_within_office": "members_present",
        "meeting_not_held_with_itself": "held_with",
        "meeting_results_after_agenda": "agenda_published_at",
        "meeting_results_not_before_agenda": "results_published_at",
    }

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-sort_on", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["url_year", "slug"],
                name="meeting_slug_once_per_year",
                violation_error_message=_("Another meeting of this year has this address."),
            ),
            models.CheckConstraint(
                condition=Q(chamber__isnull=False, family="") | Q(chamber__isnull=True) & ~Q(family=""),
                name="meeting_chamber_or_family",
                violation_error_message=_("Give the chamber, or only the family where the chamber is not named."),
            ),
            models.CheckConstraint(condition=Q(family="") | Q(family__in=Family.values), name="meeting_family_known"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
            models.CheckConstraint(condition=Q(status__in=MeetingStatus.values), name="meeting_status_known"),
            models.CheckConstraint(condition=Q(mode="") | Q(mode__in=MeetingMode.values), name="meeting_mode_known"),
            models.CheckConstraint(
                condition=Q(date_precision__in=DatePrecision.values, period_precision__in=DatePrecision.values),
                name="meeting_precisions_known",
            ),
            models.CheckConstraint(
                condition=Q(url_year__range=(FIRST_YEAR, LAST_YEAR))
                & (Q(session_year__isnull=True) | Q(session_year__range=(FIRST_YEAR, LAST_YEAR))),
                name="meeting_years_in_range",
            ),
            models.CheckConstraint(
                condition=Q(session_month__isnull=True) | Q(session_month__gte=1, session_month__lte=12),
                name="meeting_session_month_in_year",
                violation_error_message=_("A month is between 1 and 12."),
            ),
            models.CheckConstraint(
                condition=Q(session_year__isnull=False) | Q(session_month__isnull=True, session_ordinal__isnull=True),
                name="meeting_session_label_has_year",
                violation_error_message=_("A session's month or ordinal needs its year."),
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(date__isnull=False, end_date__gte=F("date")),
                name="meeting_ends_after_start",
                violation_error_message=_("A meeting cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(end_time__isnull=True)
                | Q(time__isnull=True)
                # Without the first condition an empty last day makes the whole unknown, which a CHECK lets pass.
                | Q(end_date__isnull=False, end_date__gt=F("date"))
                | Q(end_time__gt=F("time")),
                name="meeting_end_time_after_time",
                violation_error_message=_("A meeting of one day ends after the hour it starts."),
            ),
            models.CheckConstraint(
                condition=Q(time__isnull=True) | Q(date__isnull=False, date_precision="day"),
                name="meeting_time_needs_day",
                violation_error_message=_("A time needs the day."),
            ),
            models.CheckConstraint(
                condition=Q(period_end__isnull=True)
                | Q(period_start__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="meeting_period_in_order",
                violation_error_message=_("The period under review ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(members_present__isnull=True)
                | Q(members_in_office__isnull=True)
                | Q(members_present__lte=F("members_in_office")),
                name="meeting_present_within_office",
                violation_error_message=_("No more members can be present than are in office."),
            ),
            models.CheckConstraint(
                condition=Q(held_with__isnull=True) | ~Q(held_with=F("pk")),
                name="meeting_not_held_with_itself",
                violation_error_message=_("A meeting is not held together with itself."),
            ),
            models.CheckConstraint(
                condition=Q(results_published_at__isnull=True) | Q(agenda_published_at__isnull=False),
                name="meeting_results_after_agenda",
                violation_error_message=_("Results are published only where the agenda is."),
            ),
            models.CheckConstraint(
                condition=Q(results_published_at__isnull=True)
                | Q(agenda_published_at__isnull=True)
                | Q(results_published_at__gte=F("agenda_published_at")),
                name="meeting_results_not_before_agenda",
                violation_error_message=_("Results cannot be public before the agenda."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_on", "id"], name="meeting_order"),
            models.Index(fields=["chamber", "sort_on", "id"], name="meeting_chamber_order"),
            models.Index(fields=["kind", "sort_on"], name="meeting_kind_order"),
            models.Index(fields=["status", "date"], name="meeting_status_date"),
            models.Index(fields=["date"], name="meeting_date"),
            models.Index(fields=["state", "published_at"], name="meeting_public"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.url_year, self.slug)

    natural_key.dependencies = ["chambers.chamber"]

    def get_absolute_url(self):
        return reverse("meetings:detail", args=[self.url_year, self.slug])

    @property
    def label(self):
        """The short title for trails and lists, else the whole one."""
        return self.short_title or self.title

    @property
    def session_month_name(self):
        """The Moroccan name of the month the session is named after; empty where it is named otherwise."""
        return MONTHS[self.session_month - 1] if self.session_month else ""

    def is_coming(self, today):
        """Tell whether the meeting is of ``today`` or later and still to be held, as ``upcoming`` finds it."""
        return (
            self.date is not None
            and self.date >= today
            and self.date_precision == DatePrecision.DAY
            and self.status in AWAITED_STATUSES
        )

    @property
    def is_statutory(self):
        return self.kind in STATUTORY_KINDS

    @property
    def family_name(self):
        """The family in words, of the chamber or, where the source names none, of the meeting."""
        return self.chamber.get_family_display() if self.chamber_id else self.get_family_display()

    @property
    def family_code(self):
        return self.chamber.family if self.chamber_id else self.family


class MeetingCitation(Citation):
    class Field(models.TextChoices):
        CHAMBER = "chamber", _("chamber")
        KIND = "kind", _("kind")
        SESSION = "session", _("session")
        DATE = "date", _("date")
        TIME = "time", _("time")
        VENUE = "venue", _("venue")
        CHAIR = "chair", _("chair")
        MEMBERS = "members", _("number of members")
        ATTENDANCE = "attendance", _("attendance")
        AGENDA = "agenda", _("agenda")
        OUTCOMES = "outcomes", _("outcomes")
        AGREEMENTS = "agreements", _("agreements")
        STATUTE = "statute", _("statute")
        ALL = "all", _("the whole record")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="citations", verbose_name=_("meeting"))
    field = models.CharField(_("fact"), max_length=20, choices=Field)

    class Meta(Citation.Meta):
        abstract = False
        verbose_name = _("citation of a meeting")
        verbose_name_plural = _("citations of the meeting")
        constraints = citation_constraints(
            "meeting",
            [
                "chamber", "kind", "session", "date", "time", "venue", "chair", "members",
                "attendance", "agenda", "outcomes", "agreements", "statute", "all",
            ],
        )  # fmt: skip


class OfMeetingQuerySet(models.QuerySet):
    """Parts of a meeting, public with it."""

    def editable_by(self, user, *roles):
        return self.filter(meeting__in=Meeting.objects.editable_by(user, *roles))


class SittingQuerySet(OfMeetingQuerySet):
    def given_up(self) -> "SittingQuerySet":
        """Return the known days from which meetings were put off, the one announced last on top."""
        return self.filter(
            status=SittingStatus.SUPERSEDED, date__isnull=False, date_precision=DatePrecision.DAY
        ).order_by("-position", "-pk")

    def get_by_natural_key(self, url_year, slug, position):
        return self.get(meeting__url_year=url_year, meeting__slug=slug, position=position)


class SittingStatus(models.TextChoices):
    NO_QUORUM = "no_quorum", pgettext_lazy("sitting", "failed for want of quorum")
    SUPERSEDED = "superseded", _("superseded by a postponement")
    CONTINUED = "continued", _("continued")
    HELD = "held", pgettext_lazy("sitting", "held")


class Sitting(PlacedErrors):
    """A call of the meeting other than the one its row holds."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sittings", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=SittingStatus)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    time = models.TimeField(_("time"), null=True, blank=True)
    time_as_printed = models.CharField(_("time as printed"), max_length=80, blank=True)
    venue = models.CharField(_("venue"), max_length=150, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    members_in_office = models.PositiveSmallIntegerField(_("members in office"), null=True, blank=True)
    members_present = models.PositiveSmallIntegerField(_("members present"), null=True, blank=True)
    members_required = models.PositiveSmallIntegerField(_("members required"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = SittingQuerySet.as_manager()

    constraint_fields = {"sitting_present_within_office": "members_present"}

    class Meta(PlacedErrors.Meta):
        abstract = False
        verbose_name = _("sitting")
        verbose_name_plural = _("other calls and sittings")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="sitting_position_once"),
            models.CheckConstraint(condition=Q(status__in=SittingStatus.values), name="sitting_status_known"),
            models.CheckConstraint(
                condition=Q(date_precision__in=DatePrecision.values), name="sitting_date_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(members_present__isnull=True)
                | Q(members_in_office__isnull=True)
                | Q(members_present__lte=F("members_in_office")),
                name="sitting_present_within_office",
                violation_error_message=_("No more members can be present than are in office."),
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()} {self.position}"

    def when(self, today):
        """Return ``coming``, ``passed`` or, where the date leaves it open, ``unknown``; today is still coming."""
        if self.date is None:
            return "unknown"
        known = {DatePrecision.YEAR: 1, DatePrecision.MONTH: 2, DatePrecision.DAY: 3}[self.date_precision]
        given, now = ((day.year, day.month, day.day)[:known] for day in (self.date, today))
        if given == now:
            return "coming" if self.date_precision == DatePrecision.DAY else "unknown"
        return "coming" if given > now else "passed"

    def natural_key(self):
        return (*self.meeting.natural_key(), self.position)

    natural_key.dependencies = ["meetings.meeting"]


def now_reached(field: str) -> Q:
    """Return the condition that the moment in ``field`` is set and has come."""
    return Q(**{f"{field}__isnull": False, f"{field}__lte": Now()})
