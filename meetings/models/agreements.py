"""Agreements: with whom, about what, and what became of them."""

from datetime import date

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arabic.sorting import SortFold
from chambers.models import Chamber, Organisation, Project, Province
from publishing.models import (
    Citation,
    DatePrecision,
    PlacedErrors,
    Publishable,
    PublishableQuerySet,
    Source,
    citation_constraints,
)
from publishing.numbering import Numbered
from search.rows import holding

from ..month import FIRST_YEAR, LAST_YEAR
from .agenda import AgendaItem
from .meetings import YEAR_RANGE, FirstOfMonth


class AgreementKind(models.TextChoices):
    PARTNERSHIP = "partnership", _("partnership agreement")
    FRAMEWORK = "framework", _("framework agreement")
    SPECIFIC = "specific", _("specific agreement")
    COOPERATION_PROTOCOL = "cooperation_protocol", _("cooperation protocol")
    DELEGATED = "delegated", _("delegated project management")
    PROGRAMME_CONTRACT = "programme_contract", _("programme contract")
    ADDENDUM = "addendum", _("addendum to an agreement")


class Stage(models.TextChoices):
    """The stages of an agreement's life, in their usual order; the last three end it."""

    PROPOSED = "proposed", _("proposed")
    IN_COMMITTEE = "in_committee", _("in committee")
    ADOPTED = "adopted", _("adopted by the assembly")
    SENT_FOR_APPROVAL = "sent_for_approval", _("sent for approval")
    APPROVED = "approved", _("approved by the supervising authority")
    AWAITING_SIGNATURE = "awaiting_signature", _("awaiting signature")
    SIGNED = "signed", _("signed")
    IN_FORCE = "in_force", _("in force")
    COMPLETED = "completed", _("completed")
    SUSPENDED = "suspended", _("suspended")
    TERMINATED = "terminated", _("terminated")
    REJECTED = "rejected", _("rejected by the assembly")


EXIT_STAGES = [Stage.SUSPENDED, Stage.TERMINATED, Stage.REJECTED]
AGENDA_STAGES = [Stage.PROPOSED, Stage.IN_COMMITTEE]
MOST_PARTNERS_IN_A_ROW = 3


class AgreementQuerySet(PublishableQuerySet):
    def get_by_natural_key(self, number):
        return self.get(number=number)

    def editable_by(self, user, *roles):
        """Return the agreements to which a chamber of ``user`` is a party or which it leads."""
        if user.is_active and user.is_superuser:
            return self
        mine = Chamber.objects.editable_by(user, *roles)
        return self.filter(
            Q(lead_chamber__in=mine)
            | Exists(AgreementParty.objects.filter(agreement=OuterRef("pk"), chamber__in=mine))
        )

    def with_stage(self):
        """Annotate ``stage``: that of the last step the public may see, null where there is none."""
        last = AgreementStep.objects.public().filter(agreement=OuterRef("pk")).order_by("-position")
        return self.annotate(stage=Subquery(last.values("stage")[:1]))

    def with_latest_step(self):
        """Annotate ``latest``: day, precision and meeting of the last public step, null where there is none."""
        last = AgreementStep.objects.public().filter(agreement=OuterRef("pk")).order_by("-position")
        meeting = "agenda_item__meeting__"
        card = JSONObject(
            day=Coalesce(f"{meeting}date", "date"),
            precision=Case(
                When(agenda_item__isnull=False, then=F(f"{meeting}date_precision")), default="date_precision"
            ),
            meeting=Coalesce(NullIf(F(f"{meeting}short_title"), Value("")), F(f"{meeting}title")),
        )
        # One subquery: each would go through the public meetings anew.
        return self.annotate(latest=Subquery(last.values(card=card)[:1]))

    def of_chamber(self, chamber):
        """Return the agreements a chamber leads or is a party to."""
        party = AgreementParty.objects.filter(agreement=OuterRef("pk"), chamber=chamber)
        return self.filter(Q(lead_chamber=chamber) | Exists(party))

    def for_page(self):
        return self.select_related("lead_chamber", "province__region", "project", "parent")

    def for_listing(self):
        return self.select_related("lead_chamber").prefetch_related(
            models.Prefetch("parties", AgreementParty.objects.public().select_related("organisation", "chamber"))
        )

    def search(self, text):
        """Return the rows that hold every word of ``text``, as the search of the portal finds them."""
        return holding(self, text)


class Agreement(Numbered, Publishable):
    """An agreement of one or more chambers; one row however often it comes up in sessions."""

    reference = models.CharField(_("reference as printed"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=60, blank=True)
    slug = models.SlugField(_("address"), max_length=60, blank=True)
    url_year = models.PositiveSmallIntegerField(_("year in the address"), validators=YEAR_RANGE)
    kind = models.CharField(_("kind"), max_length=25, choices=AgreementKind, blank=True)
    object = models.TextField(_("object"), blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    province = models.ForeignKey(
        Province, models.PROTECT, related_name="agreements", null=True, blank=True, verbose_name=_("province")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="agreements", null=True, blank=True, verbose_name=_("project")
    )
    amount = models.DecimalField(_("amount in dirhams"), max_digits=14, decimal_places=2, null=True, blank=True)
    amount_as_printed = models.CharField(_("amount as printed"), max_length=80, blank=True)
    start = models.DateField(_("from"), null=True, blank=True)
    start_precision = models.CharField(_("precision"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    end = models.DateField(_("to"), null=True, blank=True)
    end_precision = models.CharField(_("precision"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="addenda", null=True, blank=True, verbose_name=_("original agreement")
    )
    parent_as_named = models.CharField(
        _("original as named"), max_length=250, blank=True, help_text=_("Where the original is not in the portal.")
    )
    addendum_number = models.PositiveSmallIntegerField(_("number of the addendum"), null=True, blank=True)
    lead_chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="led_agreements", null=True, blank=True, verbose_name=_("lead chamber")
    )
    multiparty = models.BooleanField(
        _("several parties"), default=False, help_text=_("The source says so without naming them all.")
    )
    sort_hint = models.DateField(
        _("date for sorting"), null=True, blank=True, help_text=_("Never shown; usually the date of the session.")
    )
    sort_key = models.GeneratedField(expression=SortFold("title"), output_field=models.TextField(), db_persist=True)
    sort_on = models.GeneratedField(
        expression=Coalesce(F("sort_hint"), F("start"), FirstOfMonth("url_year", models.Value(1))),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = AgreementQuerySet.as_manager()

    constraint_fields = {
        "agreement_ends_after_start": "end",
        "agreement_amount_not_negative": "amount",
        "agreement_not_its_own_original": "parent",
        "agreement_original_only_of_addendum": "kind",
        "agreement_addendum_names_original": "parent_as_named",
    }

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-sort_on", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(url_year__range=(FIRST_YEAR, LAST_YEAR)), name="agreement_url_year_in_range"
            ),
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=AgreementKind.values), name="agreement_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(start_precision__in=DatePrecision.values, end_precision__in=DatePrecision.values),
                name="agreement_precisions_known",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=True) | Q(end__gte=F("start")),
                name="agreement_ends_after_start",
                violation_error_message=_("An agreement cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="agreement_amount_not_negative",
                violation_error_message=_("An amount is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="agreement_not_its_own_original",
                violation_error_message=_("An addendum cannot be an addendum to itself."),
            ),
            models.CheckConstraint(
                condition=Q(kind="addendum")
                | Q(parent__isnull=True, parent_as_named="", addendum_number__isnull=True),
                name="agreement_original_only_of_addendum",
                violation_error_message=_("Only an addendum names an original and a number."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="addendum") | Q(parent__isnull=False) | ~Q(parent_as_named=""),
                name="agreement_addendum_names_original",
                violation_error_message=_("An addendum names the agreement it changes."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_on", "id"], name="agreement_order"),
            models.Index(fields=["lead_chamber", "sort_on", "id"], name="agreement_chamber_order"),
            models.Index(fields=["kind", "sort_on"], name="agreement_kind_order"),
            models.Index(fields=["state", "published_at"], name="agreement_public"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.number,)

    def get_absolute_url(self):
        return reverse("meetings:agreement", args=[self.url_year, self.address])

    @property
    def address(self):
        return "-".join(filter(None, [str(self.number), self.slug]))

    @property
    def label(self):
        return self.short_title or self.title

    @property
    def latest_day(self):
        """The day of the last public step, from ``with_latest_step``; None where it is not known."""
        return date.fromisoformat(self.latest["day"]) if self.latest and self.latest["day"] else None

    def partners(self):
        """Return the parties beside the lead chamber, from the parties fetched along."""
        return [
            party
            for party in self.parties.all()
            if party.chamber_id is None or party.chamber_id != self.lead_chamber_id
        ]

    def first_partners(self):
        """Return the partners that a row of a list names."""
        return self.partners()[:MOST_PARTNERS_IN_A_ROW]

    def more_partners(self):
        """Return how many partners a row of a list leaves out."""
        return len(self.partners()[MOST_PARTNERS_IN_A_ROW:])


class AgreementCitation(Citation):
    class Field(models.TextChoices):
        PARTIES = "parties", _("parties")
        AMOUNT = "amount", _("amount")
        OBJECT = "object", _("object")
        STAGE = "stage", _("stage")
        DATES = "dates", _("dates")
        NUMBER = "number", _("number of agreements")
        ALL = "all", _("the whole record")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="citations", verbose_name=_("agreement"))
    field = models.CharField(_("fact"), max_length=20, choices=Field)

    class Meta(Citation.Meta):
        abstract = False
        verbose_name = _("citation of an agreement")
        verbose_name_plural = _("citations of the agreement")
        constraints = citation_constraints(
            "agreement", ["parties", "amount", "object", "stage", "dates", "number", "all"]
        )


class OfAgreementQuerySet(models.QuerySet):
    def get_by_natural_key(self, agreement, position):
        return self.get(agreement__number=agreement, position=position)

    def editable_by(self, user, *roles):
        return self.filter(agreement__in=Agreement.objects.editable_by(user, *roles))


class AgreementPartyQuerySet(OfAgreementQuerySet):
    def public(self):
        """Return the parties the public may see: chambers, and organisations whose pages are public."""
        return self.filter(Q(organisation__isnull=True) | Q(organisation__in=Organisation.objects.published()))


class PartyRole(models.TextChoices):
    PARTY = "party", _("party")
    OWNER = "owner", _("project owner")
    DELEGATE = "delegate", _("delegated project owner")
    FUNDER = "funder", _("funder")
    BENEFICIARY = "beneficiary", _("beneficiary")


class AgreementParty(PlacedErrors):
    """One party: a chamber or an organisation. The only list of who is in an agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties", verbose_name=_("agreement"))
    position = models.PositiveSmallIntegerField(_("order"))
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="partyships", null=True, blank=True, verbose_name=_("chamber")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partyships", null=True, blank=True, verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=PartyRole, default=PartyRole.PARTY)
    share_amount = models.DecimalField(_("share in dirhams"), max_digits=14, decimal_places=2, null=True, blank=True)
    share_percent = models.DecimalField(_("share in percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    signs_as = models.CharField(_("signs as"), max_length=150, blank=True)

    objects = AgreementPartyQuerySet.as_manager()

    constraint_fields = {
        "agreementparty_chamber_once": "chamber",
        "agreementparty_organisation_once": "organisation",
        "agreementparty_chamber_or_organisation": "chamber",
        "agreementparty_share_not_negative": "share_amount",
        "agreementparty_percent_in_range": "share_percent",
    }

    class Meta(PlacedErrors.Meta):
        abstract = False
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="agreementparty_position_once"),
            models.UniqueConstraint(
                fields=["agreement", "chamber"],
                name="agreementparty_chamber_once",
                violation_error_message=_("This chamber is a party already."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                name="agreementparty_organisation_once",
                violation_error_message=_("This organisation is a party already."),
            ),
            models.CheckConstraint(
                condition=Q(chamber__isnull=False, organisation__isnull=True)
                | Q(chamber__isnull=True, organisation__isnull=False),
                name="agreementparty_chamber_or_organisation",
                violation_error_message=_("A party is either a chamber or an organisation."),
            ),
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="agreementparty_role_known"),
            models.CheckConstraint(
                condition=Q(share_amount__isnull=True) | Q(share_amount__gte=0),
                name="agreementparty_share_not_negative",
                violation_error_message=_("An amount is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(share_percent__isnull=True) | Q(share_percent__gte=0, share_percent__lte=100),
                name="agreementparty_percent_in_range",
                violation_error_message=_("A percentage is between 0 and 100."),
            ),
        ]

    def __str__(self):
        return str(self.chamber or self.organisation)

    def natural_key(self):
        return (self.agreement.number, self.position)

    natural_key.dependencies = ["meetings.agreement"]

    @property
    def named(self):
        """The chamber or organisation that is the party."""
        return self.chamber if self.chamber_id else self.organisation


class AgreementStepQuerySet(OfAgreementQuerySet):
    def public(self):
        """Return the steps the public may see.

        A step taken in a meeting shows once that meeting's results are public; a proposal, once its agenda is.
        """
        return self.filter(
            Q(agenda_item__isnull=True)
            | Q(agenda_item__in=AgendaItem.objects.with_public_results())
            | Q(agenda_item__in=AgendaItem.objects.with_public_agenda(), stage__in=AGENDA_STAGES)
        )


class AgreementStep(PlacedErrors):
    """A step in an agreement's life. One taken in a meeting points to the agenda item and has its date from there."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="steps", verbose_name=_("agreement"))
    position = models.PositiveSmallIntegerField(_("order"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    date = models.DateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("Empty for a step taken in a meeting: its date is the meeting's."),
    )
    date_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        related_name="agreement_steps",
        null=True,
        blank=True,
        verbose_name=_("agenda item"),
    )
    by_chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("step of the chamber")
    )
    by_organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="agreement_steps", null=True, blank=True,
        verbose_name=_("step of the organisation"),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=300, blank=True)
    document = models.ForeignKey(
        "meetings.Document", models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("document")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("source")
    )

    objects = AgreementStepQuerySet.as_manager()

    constraint_fields = {
        "agreementstep_date_from_meeting": "date",
        "agreementstep_of_one_party": "by_organisation",
    }

    class Meta(PlacedErrors.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="agreementstep_position_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="agreementstep_stage_known"),
            models.CheckConstraint(
                condition=Q(date_precision__in=DatePrecision.values), name="agreementstep_date_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(agenda_item__isnull=True) | Q(date__isnull=True),
                name="agreementstep_date_from_meeting",
                violation_error_message=_("A step taken in a meeting has the meeting's date: leave the date empty."),
            ),
            models.CheckConstraint(
                condition=Q(by_chamber__isnull=True) | Q(by_organisation__isnull=True),
                name="agreementstep_of_one_party",
                violation_error_message=_("A step is either a chamber's or an organisation's."),
            ),
        ]
        indexes = [models.Index(fields=["stage", "agreement"], name="agreementstep_stage")]

    def __str__(self):
        return self.get_stage_display()

    def natural_key(self):
        return (self.agreement.number, self.position)

    natural_key.dependencies = ["meetings.agreement", "meetings.agendaitem"]

    @property
    def date_shown(self):
        """The date of the step and its precision: the meeting's for a step taken there."""
        if self.agenda_item_id:
            meeting = self.agenda_item.meeting
            return meeting.date, meeting.date_precision
        return self.date, self.date_precision
