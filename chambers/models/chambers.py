"""The chambers, their annexes, organs and terms."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arabic.sorting import SortFold, words_in
from publishing.models import Citation, DatePrecision, citation_constraints
from search.rows import holding

from .roles import PUBLISHERS, EditorRole
from .territory import Province, Region


class Family(models.TextChoices):
    """The four families of chambers, each with a statute of its own."""

    COMMERCE_INDUSTRY_SERVICES = "commerce_industry_services", _("commerce, industry and services")
    CRAFTS = "crafts", _("crafts")
    AGRICULTURE = "agriculture", _("agriculture")
    SEA_FISHERIES = "sea_fisheries", _("sea fisheries")


class ChamberQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def current(self):
        """Return the chambers of today, without those closed by the reform of 2015."""
        return self.filter(closed_on__isnull=True)

    def editable_by(self, user, *roles):
        """Return the chambers in which ``user`` works, in one of ``roles`` if any is named; administrators in all."""
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        held = user.editorships.filter(role__in=roles) if roles else user.editorships
        return self.filter(pk__in=held.values("chamber"))

    def publishable_by(self, user):
        """Return the chambers of which ``user`` decides what is public."""
        return self.editable_by(user, *PUBLISHERS)

    def managed_by(self, user):
        """Return the chambers whose profile, people and editors are in the hands of ``user``."""
        return self.editable_by(user, EditorRole.MANAGER)

    def search(self, text):
        """Return the rows that hold every word of ``text``, as the search of the portal finds them."""
        return holding(self, text)


class Chamber(models.Model):
    """A professional chamber: a public establishment elected by the professionals of its area."""

    uuid = models.UUIDField(_("public identifier"), default=uuid.uuid4, unique=True, editable=False)
    family = models.CharField(_("family"), max_length=30, choices=Family)
    name = models.CharField(_("official name"), max_length=150)
    name_fr = models.CharField(_("official French name"), max_length=200, blank=True)
    short_name = models.CharField(
        _("short name"), max_length=60, help_text=_("For trails and lists, 60 letters at most.")
    )
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    regions = models.ManyToManyField(Region, related_name="chambers", blank=True, verbose_name=_("regions"))
    seat = models.CharField(_("seat"), max_length=60, blank=True)
    zone = models.CharField(
        _("area"), max_length=200, blank=True, help_text=_("The maritime zone of a fisheries chamber.")
    )
    statute = models.CharField(
        _("statute"), max_length=10, blank=True, help_text=_("The number of the law, such as 18.09.")
    )
    site = models.CharField(_("site"), max_length=100, blank=True)
    address = models.CharField(_("postal address"), max_length=250, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, related_name="predecessors", null=True, blank=True, verbose_name=_("successor")
    )
    four_eyes = models.BooleanField(
        _("published by a second person"),
        default=False,
        help_text=_("Whoever wrote a record of this chamber cannot publish it, whatever their role."),
    )
    sort_key = models.GeneratedField(expression=SortFold("name"), output_field=models.TextField(), db_persist=True)

    objects = ChamberQuerySet.as_manager()

    class Meta:
        verbose_name = _("chamber")
        verbose_name_plural = _("chambers")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(family__in=Family.values), name="chamber_family_known"),
            models.CheckConstraint(
                condition=Q(closed_precision__in=DatePrecision.values), name="chamber_closed_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(closed_on__isnull=False),
                name="chamber_successor_only_if_closed",
                violation_error_message=_("Only a closed chamber has a successor."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")),
                name="chamber_not_its_own_successor",
                violation_error_message=_("A chamber cannot succeed itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="chamber_order"),
            models.Index(fields=["family", "sort_key"], name="chamber_family_order"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("portal:chamber", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    @property
    def is_closed(self):
        return self.closed_on is not None


class ChamberCitation(Citation):
    class Field(models.TextChoices):
        NAME = "name", _("name")
        SEAT = "seat", _("seat")
        SITE = "site", _("site")
        MEMBERS = "members", _("number of members")
        ZONE = "zone", _("area")
        CLOSURE = "closure", _("closure")

    chamber = models.ForeignKey(Chamber, models.CASCADE, related_name="citations", verbose_name=_("chamber"))
    field = models.CharField(_("fact"), max_length=20, choices=Field)

    class Meta(Citation.Meta):
        abstract = False
        verbose_name = _("citation of a chamber")
        verbose_name_plural = _("citations of chambers")
        constraints = citation_constraints("chamber", ["name", "seat", "site", "members", "zone", "closure"])


class OfChamberQuerySet(models.QuerySet):
    """Records that belong to one chamber and are public with it."""

    def editable_by(self, user, *roles):
        return self.filter(chamber__in=Chamber.objects.editable_by(user, *roles))


class AnnexQuerySet(OfChamberQuerySet):
    def get_by_natural_key(self, chamber, name):
        return self.get(chamber__slug=chamber, name=name)

    def search(self, text):
        """Return the rows whose name holds every word of ``text``, letters folded."""
        return self.filter(*words_in(text, "sort_key"))


class Annex(models.Model):
    """An office of a chamber in another town (ملحقة، تمثيلية، وكالة خدمات)."""

    chamber = models.ForeignKey(Chamber, models.CASCADE, related_name="annexes", verbose_name=_("chamber"))
    name = models.CharField(_("name"), max_length=120)
    city = models.CharField(_("city"), max_length=60, blank=True)
    province = models.ForeignKey(
        Province, models.PROTECT, related_name="annexes", null=True, blank=True, verbose_name=_("province")
    )
    address = models.CharField(_("postal address"), max_length=250, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    hours = models.CharField(_("opening hours"), max_length=150, blank=True)
    source = models.ForeignKey(
        "publishing.Source", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("source")
    )
    sort_key = models.GeneratedField(expression=SortFold("name"), output_field=models.TextField(), db_persist=True)

    objects = AnnexQuerySet.as_manager()

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
        ordering = ["sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["chamber", "name"], name="annex_name_once_per_chamber")]
        indexes = [models.Index(fields=["sort_key", "id"], name="annex_order")]

    def __str__(self):
        return f"{self.name} ({self.chamber.short_name})"

    def get_absolute_url(self):
        return reverse("chambers:offices", args=[self.chamber.slug]) + f"#annex-{self.pk}"

    def natural_key(self):
        return (self.chamber.slug, self.name)

    natural_key.dependencies = ["chambers.chamber"]


class BodyKind(models.TextChoices):
    ASSEMBLY = "assembly", _("general assembly")
    BUREAU = "bureau", _("bureau")
    COMMITTEE = "committee", _("standing committee")
    ADMINISTRATION = "administration", _("administration")


class BodyQuerySet(OfChamberQuerySet):
    def get_by_natural_key(self, chamber, name):
        return self.get(chamber__slug=chamber, name=name)


class Body(models.Model):
    """An organ of a chamber; a standing committee may be regional or an annex's."""

    chamber = models.ForeignKey(Chamber, models.CASCADE, related_name="bodies", verbose_name=_("chamber"))
    kind = models.CharField(_("kind"), max_length=15, choices=BodyKind)
    name = models.CharField(_("name"), max_length=150)
    annex = models.ForeignKey(
        Annex, models.PROTECT, related_name="bodies", null=True, blank=True, verbose_name=_("annex")
    )

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organs")
        ordering = ["chamber", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["chamber", "name"], name="body_name_once_per_chamber"),
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="body_kind_known"),
            models.CheckConstraint(
                condition=Q(annex__isnull=True) | Q(kind="committee"),
                name="body_of_an_annex_is_a_committee",
                violation_error_message=_("Only a committee belongs to an annex."),
            ),
        ]

    def __str__(self):
        return f"{self.name} – {self.chamber.short_name}"

    def natural_key(self):
        return (self.chamber.slug, self.name)

    natural_key.dependencies = ["chambers.chamber"]


class TermQuerySet(models.QuerySet):
    def get_by_natural_key(self, start_year):
        return self.get(start_year=start_year)


class Term(models.Model):
    """The years between two general elections of the chambers (الفترة الانتدابية)."""

    start_year = models.PositiveSmallIntegerField(_("first year"), unique=True)
    end_year = models.PositiveSmallIntegerField(_("last year"))

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["-start_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_year__gt=F("start_year")),
                name="term_ends_after_start",
                violation_error_message=_("A term ends after it starts."),
            )
        ]

    def __str__(self):
        # In words: two years joined by a sign can be read from either end in Arabic.
        return gettext("from {start} to {end}").format(start=self.start_year, end=self.end_year)

    def natural_key(self):
        return (self.start_year,)
