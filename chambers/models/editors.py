"""Who edits which chamber."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .chambers import Chamber, OfChamberQuerySet
from .roles import EditorRole


class EditorshipQuerySet(OfChamberQuerySet):
    def get_by_natural_key(self, username, chamber):
        return self.get(user__username=username, chamber__slug=chamber)

    def of_other_managers(self, editorship):
        """Return the roles of those who manage the chamber of ``editorship`` beside its holder and can sign in."""
        return self.filter(
            chamber=editorship.chamber_id, role=EditorRole.MANAGER, user__is_active=True, user__is_staff=True
        ).exclude(pk=editorship.pk)


class Editorship(models.Model):
    """A role that a user holds for one chamber."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="editorships", verbose_name=_("user")
    )
    chamber = models.ForeignKey(Chamber, models.CASCADE, related_name="editorships", verbose_name=_("chamber"))
    role = models.CharField(_("role"), max_length=15, choices=EditorRole, default=EditorRole.CONTRIBUTOR)

    objects = EditorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("editorship")
        verbose_name_plural = _("editorships")
        ordering = ["chamber", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "chamber"], name="editorship_once_per_chamber"),
            models.CheckConstraint(condition=Q(role__in=EditorRole.values), name="editorship_role_known"),
        ]

    def __str__(self):
        return f"{self.user} – {self.chamber.short_name}"

    def natural_key(self):
        return (self.user.get_username(), self.chamber.slug)

    natural_key.dependencies = ["accounts.user", "chambers.chamber"]
