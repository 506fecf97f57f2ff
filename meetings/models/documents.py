"""Documents: what proves a decision, with what is known of each even where no file was published."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arabic.sorting import SortFold
from chambers.models import Chamber
from publishing.models import DatePrecision, Publishable, PublishableQuerySet, Source
from publishing.numbering import Numbered
from search.rows import holding
from uploads.names import StoredIn

from .agenda import AgendaItem
from .agreements import Agreement
from .meetings import Meeting


class DocumentKind(models.TextChoices):
    NOTICE = "notice", _("convocation")
    AGENDA = "agenda", _("agenda")
    MINUTES = "minutes", _("minutes")
    ACTIVITY_REPORT = "activity_report", _("activity report")
    FINANCIAL_REPORT = "financial_report", _("financial report")
    ACCOUNT = "account", _("administrative account")
    BUDGET = "budget", _("budget")
    AGREEMENT = "agreement", _("text of an agreement")
    ADDENDUM = "addendum", _("text of an addendum")
    INTERNAL_RULES = "internal_rules", _("internal rules")
    PRESENTATION = "presentation", _("presentation")
    PRESS_RELEASE = "press_release", _("press release")
    MOTION = "motion", _("motion")
    MESSAGE = "message", _("message")


ACCEPTED_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "jpg", "jpeg", "png", "webp"]


class DocumentQuerySet(PublishableQuerySet):
    def get_by_natural_key(self, number):
        return self.get(number=number)

    def published(self):
        """Return the public documents; one of a meeting or agreement is public only with it."""
        return self.published_beside()

    def published_beside(self, meeting=None, agreement=None):
        """Return the public documents as they are once ``meeting`` or ``agreement`` is public, if it is not yet."""
        return (
            super()
            .published()
            .filter(
                Q(meeting__isnull=True) | Q(meeting__in=Meeting.objects.published()) | Q(meeting=meeting),
                Q(agreement__isnull=True) | Q(agreement__in=Agreement.objects.published()) | Q(agreement=agreement),
            )
        )

    def editable_by(self, user, *roles):
        """Return the documents of the chambers of ``user``; one without a chamber is for administrators."""
        if user.is_active and user.is_superuser:
            return self
        return self.filter(chamber__in=Chamber.objects.editable_by(user, *roles))

    def for_listing(self):
        return self.select_related("chamber", "meeting__chamber", "agreement")

    def for_page(self):
        return self.select_related("chamber", "meeting__chamber", "agreement", "agenda_item", "source", "approved_in")

    def minutes(self):
        """Return the minutes of the meetings they are papers of; those before an item are of an earlier meeting."""
        return self.filter(kind=DocumentKind.MINUTES, agenda_item__isnull=True)

    def search(self, text):
        """Return the rows that hold every word of ``text``, as the search of the portal finds them."""
        return holding(self, text)


class Document(Numbered, Publishable):
    """A paper of a chamber. Without a file or an address it is one that a source only names."""

    title = models.CharField(_("title"), max_length=250)
    slug = models.SlugField(_("address"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="documents", null=True, blank=True, verbose_name=_("chamber")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="documents", null=True, blank=True, verbose_name=_("meeting")
    )
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="documents", null=True, blank=True, verbose_name=_("agenda item")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="documents", null=True, blank=True, verbose_name=_("agreement")
    )
    approved_in = models.ForeignKey(
        Meeting, models.PROTECT, related_name="approved_minutes", null=True, blank=True,
        verbose_name=_("minutes approved in"), help_text=_("The later meeting that approved these minutes."),
    )  # fmt: skip
    file = models.FileField(
        _("file"), upload_to=StoredIn("documents"), blank=True,
        validators=[FileExtensionValidator(ACCEPTED_EXTENSIONS)], max_length=200,
    )  # fmt: skip
    url = models.URLField(_("address of the paper"), max_length=500, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    issued_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True, editable=False)
    content_type = models.CharField(_("content type"), max_length=100, blank=True, editable=False)
    sha512 = models.CharField(_("SHA-512"), max_length=128, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    text = models.TextField(_("text of the paper"), blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("source")
    )
    sort_hint = models.DateField(_("date for sorting"), null=True, blank=True, help_text=_("Never shown."))
    sort_key = models.GeneratedField(expression=SortFold("title"), output_field=models.TextField(), db_persist=True)
    sort_on = models.GeneratedField(
        expression=models.functions.Coalesce(
            models.F("issued_on"), models.F("sort_hint"), models.Value("2000-01-01", output_field=models.DateField())
        ),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = DocumentQuerySet.as_manager()

    constraint_fields = {
        "document_only_minutes_are_approved": "approved_in",
        "document_item_needs_meeting": "meeting",
    }

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-sort_on", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(
                condition=Q(issued_precision__in=DatePrecision.values), name="document_issued_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_in__isnull=True) | Q(kind="minutes"),
                name="document_only_minutes_are_approved",
                violation_error_message=_("Only minutes are approved in a later meeting."),
            ),
            models.CheckConstraint(
                condition=Q(agenda_item__isnull=True) | Q(meeting__isnull=False),
                name="document_item_needs_meeting",
                violation_error_message=_("A document of an item belongs to the item's meeting too."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_on", "id"], name="document_order"),
            models.Index(fields=["chamber", "sort_on", "id"], name="document_chamber_order"),
            models.Index(fields=["state", "published_at"], name="document_public"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.number,)

    def get_absolute_url(self):
        return reverse("meetings:document", args=[self.address])

    @property
    def address(self):
        return "-".join(filter(None, [str(self.number), self.slug]))

    @property
    def is_public(self):
        """Whether the public may see the paper; its meeting and agreement are to be fetched along."""
        return super().is_public and all(
            parent is None or parent.is_public for parent in (self.meeting, self.agreement)
        )

    @property
    def is_available(self):
        return bool(self.file or self.url)

    @property
    def format_name(self):
        """The short name of the file's format, such as PDF; empty where there is no file."""
        return self.file.name.rsplit(".", 1)[-1].upper() if self.file else ""
