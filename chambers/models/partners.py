"""Those chambers work with, and what they build."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arabic.sorting import SortFold
from publishing.fields import LinesField
from publishing.models import Publishable, PublishableQuerySet
from publishing.numbering import Numbered
from search.rows import holding

from .chambers import Chamber, OfChamberQuerySet
from .territory import Province


class OrganisationKind(models.TextChoices):
    MINISTRY = "ministry", _("ministry")
    STATE_SERVICE = "state_service", _("service of the State")
    PUBLIC_AGENCY = "public_agency", _("public agency or establishment")
    COUNCIL = "council", _("territorial council")
    FEDERATION = "federation", _("federation of chambers")
    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation")
    COMPANY = "company", _("company")
    FOREIGN = "foreign", _("foreign or international body")
    OTHER = "other", _("another body")


class OrganisationQuerySet(PublishableQuerySet):
    def get_by_natural_key(self, number):
        return self.get(number=number)

    def editable_by(self, user, *roles):
        """Return the organisations ``user`` may change: shared by all chambers, so administrators only."""
        return self if user.is_active and user.is_superuser else self.none()

    def search(self, text):
        """Return the rows that hold every word of ``text``, as the search of the portal finds them."""
        return holding(self, text)


class Organisation(Numbered, Publishable):
    """A ministry, agency, council, association, company or other body that a source names beside a chamber."""

    name = models.CharField(_("name"), max_length=200)
    latin_name = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    short_name = models.CharField(_("abbreviation"), max_length=40, blank=True)
    aliases = LinesField(_("other spellings"), help_text=_("One a line, as sources print them."))
    kind = models.CharField(_("kind"), max_length=15, choices=OrganisationKind)
    slug = models.SlugField(_("address"), max_length=60, blank=True)
    site = models.CharField(_("site"), max_length=100, blank=True)
    sort_key = models.GeneratedField(expression=SortFold("name"), output_field=models.TextField(), db_persist=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"),
            models.UniqueConstraint(fields=["name"], name="organisation_name_once"),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="organisation_order"),
            models.Index(fields=["kind", "sort_key"], name="organisation_kind_order"),
            models.Index(fields=["state", "published_at"], name="organisation_public"),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.number,)

    def get_absolute_url(self):
        return reverse("chambers:organisation", args=[self.address])

    @property
    def address(self):
        return "-".join(filter(None, [str(self.number), self.slug]))


class ProjectQuerySet(OfChamberQuerySet, PublishableQuerySet):
    def get_by_natural_key(self, number):
        return self.get(number=number)

    def for_listing(self):
        """Fetch the chamber and province too; annotate ``latest_status``: that of the last public note, or None."""
        notes = self.model._meta.get_field("notes").related_model
        last = notes.objects.published().filter(project=OuterRef("pk")).order_by("-position", "-pk").values("status")
        return self.select_related("chamber", "province").annotate(latest_status=Subquery(last[:1]))

    def editable_by(self, user, *roles):
        """Return the projects of the chambers of ``user``; one without a chamber is for administrators."""
        if user.is_active and user.is_superuser:
            return self
        return super().editable_by(user, *roles)

    def search(self, text):
        """Return the rows that hold every word of ``text``, as the search of the portal finds them."""
        return holding(self, text)


class Project(Numbered, Publishable):
    """What a chamber builds or runs; what became of it is told by the notes of its meetings."""

    chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="projects", null=True, blank=True, verbose_name=_("chamber")
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=60, blank=True)
    description = models.TextField(_("description"), blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    province = models.ForeignKey(
        Province, models.PROTECT, related_name="projects", null=True, blank=True, verbose_name=_("province")
    )
    sort_key = models.GeneratedField(expression=SortFold("name"), output_field=models.TextField(), db_persist=True)

    objects = ProjectQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["sort_key", "pk"]
        constraints = [*Publishable.Meta.constraints]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="project_order"),
            models.Index(fields=["state", "published_at"], name="project_public"),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.number,)

    def get_absolute_url(self):
        return reverse("chambers:project", args=[self.address])

    @property
    def address(self):
        return "-".join(filter(None, [str(self.number), self.slug]))
