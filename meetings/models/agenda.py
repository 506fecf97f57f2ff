"""Agenda items and their outcomes: the heart of the record."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from arabic.sorting import SortFold
from chambers.models import Person
from publishing.history import Change, ChangeKind
from publishing.models import PlacedErrors
from search.rows import holding

from .meetings import Meeting, OfMeetingQuerySet, Sitting, now_reached


class ItemKind(models.TextChoices):
    MINUTES = "minutes", _("minutes")
    ACTIVITY_REPORT = "activity_report", _("activity report")
    FINANCIAL_REPORT = "financial_report", _("financial report")
    ADMINISTRATIVE_ACCOUNT = "administrative_account", _("administrative account")
    SURPLUS = "surplus", _("surplus")
    BUDGET = "budget", _("budget")
    PROGRAMME = "programme", _("programme")
    AGREEMENT = "agreement", _("agreement")
    ADDENDUM = "addendum", _("addendum")
    INTERNAL_RULES = "internal_rules", _("internal rules")
    COMMITTEES = "committees", _("committees")
    ELECTION = "election", _("election")
    REMOVAL = "removal", _("removal")
    FEES = "fees", _("fees")
    DELEGATION = "delegation", _("delegation")
    PRESENTATION = "presentation", _("presentation")
    MOTION = "motion", _("motion")
    RECOMMENDATION = "recommendation", _("recommendation")
    MISCELLANEOUS = "miscellaneous", _("miscellaneous")


class Outcome(models.TextChoices):
    """What became of an item; a blank outcome is one that was not published."""

    ADOPTED = "adopted", _("adopted")
    ADOPTED_AS_AMENDED = "adopted_as_amended", _("adopted as amended")
    REJECTED = "rejected", _("rejected")
    POSTPONED = "postponed", pgettext_lazy("outcome", "postponed")
    REFERRED = "referred", _("referred to a committee")
    NOTED = "noted", _("noted")
    PRESENTED = "presented", _("presented")
    DISCUSSED = "discussed", _("discussed")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome", "withdrawn")


class Majority(models.TextChoices):
    UNANIMOUS = "unanimous", _("unanimously")
    BY_MAJORITY = "by_majority", _("by majority")


class AgendaItemQuerySet(OfMeetingQuerySet):
    def get_by_natural_key(self, url_year, slug, position):
        return self.get(meeting__url_year=url_year, meeting__slug=slug, position=position)

    def with_public_agenda(self):
        """Return the items of public meetings whose agenda is public."""
        return self.filter(now_reached("meeting__agenda_published_at"), meeting__in=Meeting.objects.published())

    def with_public_results(self):
        """Return the items whose outcome may be shown: the only door of outcomes to the public."""
        return self.with_public_agenda().filter(now_reached("meeting__results_published_at"))

    def for_listing(self):
        return self.select_related("meeting__chamber")

    def search(self, text):
        """Return the rows that hold every word of ``text``, as the search of the portal finds them."""
        return holding(self, text)


class AgendaItem(PlacedErrors):
    """A point of an agenda, in order, with its outcome.

    «المصادقة على …» in an agenda is a title, what is asked for; only ``outcome`` says what was decided.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("order"))
    number = models.CharField(_("number as printed"), max_length=10, blank=True)
    title = models.CharField(_("title"), max_length=400)
    kind = models.CharField(_("kind"), max_length=25, choices=ItemKind)
    text = models.TextField(_("text"), blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome, blank=True, help_text=_("Leave empty if it was not announced.")
    )
    outcome_as_printed = models.CharField(_("outcome as printed"), max_length=250, blank=True)
    majority = models.CharField(
        _("majority"), max_length=15, choices=Majority, blank=True, help_text=_("Only if it is stated.")
    )
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    presenter = models.ForeignKey(
        Person, models.PROTECT, related_name="presented_items", null=True, blank=True, verbose_name=_("presenter")
    )
    presenter_office = models.CharField(_("office of the presenter"), max_length=150, blank=True)
    concerned = models.ForeignKey(
        Person, models.PROTECT, related_name="concerning_items", null=True, blank=True,
        verbose_name=_("person concerned"), help_text=_("Who is elected or removed."),
    )  # fmt: skip
    concerned_office = models.CharField(_("office concerned"), max_length=150, blank=True)
    amount = models.DecimalField(_("amount in dirhams"), max_digits=14, decimal_places=2, null=True, blank=True)
    amount_as_printed = models.CharField(_("amount as printed"), max_length=80, blank=True)
    takes_up = models.ForeignKey(
        "self", models.PROTECT, related_name="taken_up_by", null=True, blank=True, verbose_name=_("takes up")
    )
    takes_up_reason = models.CharField(
        _("why it is taken up"),
        max_length=150,
        blank=True,
        help_text=_("Postponed, second reading, discussed again; also where the earlier item is not in the portal."),
    )
    sitting = models.ForeignKey(
        Sitting, models.SET_NULL, related_name="items", null=True, blank=True, verbose_name=_("sitting")
    )
    sent_number = models.CharField(_("number as sent"), max_length=10, null=True, blank=True, editable=False)  # noqa: DJ001
    sent_title = models.CharField(_("title as sent"), max_length=400, null=True, blank=True, editable=False)  # noqa: DJ001
    sort_key = models.GeneratedField(expression=SortFold("title"), output_field=models.TextField(), db_persist=True)

    objects = AgendaItemQuerySet.as_manager()

    constraint_fields = {
        "agendaitem_majority_needs_vote": "majority",
        "agendaitem_unanimous_without_dissent": "majority",
        "agendaitem_amount_not_negative": "amount",
        "agendaitem_not_taking_up_itself": "takes_up",
    }

    class Meta(PlacedErrors.Meta):
        abstract = False
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agendaitem_position_once",
                violation_error_message=_("Another item of this meeting has this place."),
            ),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="agendaitem_kind_known"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=Outcome.values), name="agendaitem_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(majority="") | Q(majority__in=Majority.values), name="agendaitem_majority_known"
            ),
            models.CheckConstraint(
                condition=Q(majority="") | Q(outcome__in=["adopted", "adopted_as_amended", "rejected"]),
                name="agendaitem_majority_needs_vote",
                violation_error_message=_("A majority goes with an item that was adopted or rejected."),
            ),
            models.CheckConstraint(
                condition=~Q(majority="unanimous")
                | (Q(votes_against__isnull=True) | Q(votes_against=0))
                & (Q(votes_abstained__isnull=True) | Q(votes_abstained=0)),
                name="agendaitem_unanimous_without_dissent",
                violation_error_message=_("A unanimous item has no vote against and no abstention."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="agendaitem_amount_not_negative",
                violation_error_message=_("An amount is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(takes_up__isnull=True) | ~Q(takes_up=F("pk")),
                name="agendaitem_not_taking_up_itself",
                violation_error_message=_("An item cannot take up itself."),
            ),
            models.CheckConstraint(
                condition=Q(sent_number__isnull=True, sent_title__isnull=True)
                | Q(sent_number__isnull=False, sent_title__isnull=False),
                name="agendaitem_sent_number_with_title",
            ),
        ]
        indexes = [
            models.Index(fields=["outcome", "kind"], name="agendaitem_outcome_kind"),
            models.Index(fields=["kind"], name="agendaitem_kind"),
        ]

    def came_back(self, change: Change) -> None:
        """Count as added later when brought back alone: nobody was sent an agenda with what had been deleted."""
        if change.kind != ChangeKind.DELETED:
            self.sent_number = self.sent_title = None

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#item-{self.position}"

    def natural_key(self):
        return (*self.meeting.natural_key(), self.position)

    natural_key.dependencies = ["meetings.meeting"]

    def clean(self):
        super().clean()
        self._refuse_cycle()

    def _refuse_cycle(self):
        seen = {self.pk}
        earlier = self.takes_up
        while earlier is not None:
            if earlier.pk in seen:
                raise ValidationError({"takes_up": _("These items would take up one another in a circle.")})
            seen.add(earlier.pk)
            earlier = earlier.takes_up

    @property
    def number_shown(self):
        return self.number or str(self.position)

    @property
    def has_votes(self):
        return any(v is not None for v in (self.votes_for, self.votes_against, self.votes_abstained))
