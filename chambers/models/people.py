"""People in their public offices: never a party, a telephone or an address."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from arabic.names import initials
from arabic.sorting import SortFold
from publishing.fields import LinesField
from publishing.models import (
    Citation,
    DatePrecision,
    PlacedErrors,
    Publishable,
    PublishableQuerySet,
    citation_constraints,
)
from publishing.numbering import Numbered
from search.rows import holding

from .chambers import Body, Chamber, Term


class PersonQuerySet(PublishableQuerySet):
    def get_by_natural_key(self, number):
        return self.get(number=number)

    def editable_by(self, user, *roles):
        """Return the people who hold or held an office in a chamber of ``user``; without one, administrators only."""
        if user.is_active and user.is_superuser:
            return self
        return self.filter(memberships__body__chamber__in=Chamber.objects.editable_by(user, *roles)).distinct()

    def for_listing(self):
        offices = Membership.objects.select_related("body__chamber", "term").order_by("is_former", "-seen_on", "pk")
        return self.prefetch_related(models.Prefetch("memberships", offices))

    def search(self, text):
        """Return the rows that hold every word of ``text``, as the search of the portal finds them."""
        return holding(self, text)


class Person(Numbered, Publishable):
    """Someone named by a source in a public office or role."""

    name = models.CharField(_("name"), max_length=120, help_text=_("Without titles such as Dr or Hajj."))
    latin_name = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    aliases = LinesField(_("other spellings"), help_text=_("One a line, as sources print them."))
    sort_key = models.GeneratedField(expression=SortFold("name"), output_field=models.TextField(), db_persist=True)

    objects = PersonQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        constraints = [*Publishable.Meta.constraints]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_order"),
            models.Index(fields=["state", "published_at"], name="person_public"),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.number,)

    def get_absolute_url(self):
        return reverse("chambers:person", args=[self.address])

    @property
    def initials(self):
        """The first letters of the first and the last word of the name, for the mark on a card."""
        return initials(self.name)

    @property
    def is_former(self):
        """Whether every office on record has ended; reads the prefetched offices. Without an office: False."""
        offices = self.memberships.all()
        return bool(offices) and all(membership.is_former for membership in offices)

    @property
    def address(self):
        """The number and, if a source has one, the Latin spelling."""
        return "-".join(filter(None, [str(self.number), slugify(self.latin_name)]))


class PersonCitation(Citation):
    class Field(models.TextChoices):
        NAME = "name", _("name")
        OFFICE = "office", _("office")
        ELECTION = "election", _("election")

    person = models.ForeignKey(Person, models.CASCADE, related_name="citations", verbose_name=_("person"))
    field = models.CharField(_("fact"), max_length=20, choices=Field)

    class Meta(Citation.Meta):
        abstract = False
        verbose_name = _("citation of a person")
        verbose_name_plural = _("citations of people")
        constraints = citation_constraints("person", ["name", "office", "election"])


class Office(models.TextChoices):
    PRESIDENT = "president", _("president")
    VICE_PRESIDENT = "vice_president", _("vice-president")
    TREASURER = "treasurer", _("treasurer")
    DEPUTY_TREASURER = "deputy_treasurer", _("deputy treasurer")
    RAPPORTEUR = "rapporteur", _("rapporteur")
    DEPUTY_RAPPORTEUR = "deputy_rapporteur", _("deputy rapporteur")
    CHAIR = "chair", _("committee chair")
    DEPUTY_CHAIR = "deputy_chair", _("deputy committee chair")
    MEMBER = "member", _("member")
    DIRECTOR = "director", _("director")
    OFFICIAL = "official", _("official")


class EndReason(models.TextChoices):
    TERM_ENDED = "term_ended", _("end of the term")
    RESIGNED = "resigned", _("resignation")
    REMOVED = "removed", _("removal by the assembly")
    COURT = "court", _("decision of a court")
    INCOMPATIBLE = "incompatible", _("incompatible offices")
    DECEASED = "deceased", _("death")
    OTHER = "other", _("another reason")


class MembershipQuerySet(models.QuerySet):
    def get_by_natural_key(self, person, chamber, body, office, rank, start=None):
        body = {"body__chamber__slug": chamber, "body__name": body}
        return self.get(person__number=person, office=office, rank=rank, start=start, **body)

    def published(self):
        """Return the offices of people who are public."""
        return self.filter(person__in=Person.objects.published())

    def editable_by(self, user, *roles):
        return self.filter(body__chamber__in=Chamber.objects.editable_by(user, *roles))

    def in_office_on(self, day: date | None, term: Term | None = None):
        """Return the offices held on ``day``, today without one, as far as is known of their beginning and end.

        A date known in part covers its whole month or year. An office that ended nobody knows when is left out; of
        another term than ``term``, or of a term over by then, too.
        """
        day = day or timezone.localdate()
        ended = Q(is_former=True, end__isnull=True) | Q(end__lt=day, end_precision=DatePrecision.DAY)
        ended |= Q(end__lt=day.replace(day=1), end_precision=DatePrecision.MONTH)
        ended |= Q(end__lt=day.replace(month=1, day=1), end_precision=DatePrecision.YEAR)
        held = self.exclude(ended).filter(Q(start__isnull=True) | Q(start__lte=day))
        if term is not None:
            return held.filter(Q(term__isnull=True) | Q(term=term))
        of_the_day = Q(term__start_year__lte=day.year, term__end_year__gte=day.year)
        return held.filter(Q(term__isnull=True) | of_the_day)


class Membership(PlacedErrors):
    """An office held in an organ. Offices change within a term, so each has its own dates and reason of its end."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships", verbose_name=_("organ"))
    office = models.CharField(_("office"), max_length=20, choices=Office, default=Office.MEMBER)
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=0, help_text=_("First, second … vice-president; 0 where there is no rank.")
    )
    office_as_printed = models.CharField(_("office as printed"), max_length=150, blank=True)
    term = models.ForeignKey(
        Term, models.PROTECT, related_name="memberships", null=True, blank=True, verbose_name=_("term")
    )
    start = models.DateField(_("since"), null=True, blank=True)
    start_precision = models.CharField(_("precision"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    end = models.DateField(_("until"), null=True, blank=True)
    end_precision = models.CharField(_("precision"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    end_reason = models.CharField(_("reason of the end"), max_length=15, choices=EndReason, blank=True)
    is_former = models.BooleanField(
        _("former"), default=False, help_text=_("Tick also where the source says it ended but not when.")
    )
    seen_on = models.DateField(
        _("seen in office on"),
        null=True,
        blank=True,
        help_text=_("The latest date at which a source names this office."),
    )
    seen_precision = models.CharField(_("precision"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_cast = models.PositiveSmallIntegerField(_("votes cast"), null=True, blank=True)
    source = models.ForeignKey(
        "publishing.Source", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("source")
    )

    objects = MembershipQuerySet.as_manager()

    constraint_fields = {
        "membership_ends_after_start": "end",
        "membership_end_reason_only_if_former": "end_reason",
        "membership_votes_within_cast": "votes_for",
    }

    class Meta(PlacedErrors.Meta):
        abstract = False
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["body", "office", "rank", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(office__in=Office.values), name="membership_office_known"),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(end_reason__in=EndReason.values), name="membership_end_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=True) | Q(end__gte=F("start")),
                name="membership_ends_after_start",
                violation_error_message=_("A membership cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(is_former=True) | Q(end_reason=""),
                name="membership_end_reason_only_if_former",
                violation_error_message=_("A reason of the end goes with a former office: tick «former»."),
            ),
            models.CheckConstraint(
                condition=Q(votes_cast__isnull=True) | Q(votes_for__isnull=True) | Q(votes_for__lte=F("votes_cast")),
                name="membership_votes_within_cast",
                violation_error_message=_("There cannot be more votes for than votes cast."),
            ),
            models.CheckConstraint(
                condition=Q(
                    start_precision__in=DatePrecision.values,
                    end_precision__in=DatePrecision.values,
                    seen_precision__in=DatePrecision.values,
                ),
                name="membership_precisions_known",
            ),
            models.UniqueConstraint(
                fields=["person", "body", "office", "rank", "start"], name="membership_once_per_start"
            ),
        ]
        indexes = [models.Index(fields=["body", "office", "rank"], name="membership_body_office")]

    def __str__(self):
        return f"{self.office_words} – {self.person}"

    def natural_key(self):
        return (self.person.number, self.body.chamber.slug, self.body.name, self.office, self.rank, self.start)

    natural_key.dependencies = ["chambers.person", "chambers.body"]

    @property
    def office_words(self):
        """The office as the source prints it, else by its usual name."""
        return self.office_as_printed or self.get_office_display()
