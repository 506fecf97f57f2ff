"""The twelve regions of 2015 and their seventy-five prefectures and provinces."""

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class TerritoryQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class RegionQuerySet(TerritoryQuerySet):
    def with_chamber_count(self, family=""):
        """Annotate ``chamber_count``, the chambers of today, of ``family`` if one is given; in the regions' order.

        A query that groups forgets the order of its model.
        """
        current = Q(chambers__closed_on__isnull=True)
        return self.annotate(
            chamber_count=Count("chambers", filter=current & Q(chambers__family=family) if family else current)
        ).order_by("code")


class Region(models.Model):
    """One of the twelve regions; the HCP code equals the digits of the ISO 3166-2 code."""

    code = models.CharField(_("HCP code"), max_length=2, unique=True)
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_fr = models.CharField(_("French name"), max_length=60)
    slug = models.SlugField(_("address"), unique=True)
    seat = models.CharField(_("seat"), max_length=40)
    seat_fr = models.CharField(_("seat in French"), max_length=40)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__gte="01", code__lte="12"), name="region_code_one_to_twelve"),
            models.CheckConstraint(condition=Q(iso_code__startswith="MA-"), name="region_iso_code_is_moroccan"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("chambers:list", query={"region": self.slug})

    def natural_key(self):
        return (self.code,)


class ProvinceKind(models.TextChoices):
    PREFECTURE = "prefecture", _("prefecture")
    PROVINCE = "province", _("province")


class Province(models.Model):
    """A prefecture (عمالة) or a province (إقليم) of a region, by its HCP code such as ``03.231``."""

    code = models.CharField(_("HCP code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_fr = models.CharField(_("French name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=ProvinceKind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="provinces", verbose_name=_("region"))

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("prefectures and provinces")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProvinceKind.values), name="province_kind_known"),
            models.CheckConstraint(
                condition=Q(code__gte="01.000", code__lte="12.999"), name="province_code_in_a_region"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.name}"

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["chambers.region"]
