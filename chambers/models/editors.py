"""Who edits which chamber."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
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


@receiver(post_save, sender=Editorship)
def _open_the_desk(sender, instance, created, raw=False, **kwargs):
    """Let whoever gets a role sign in at the editors' desk."""
    if created and not raw:
        get_user_model().objects.filter(pk=instance.user_id, is_staff=False).update(is_staff=True)


@receiver(post_delete, sender=Editorship)
def _close_the_desk(sender, instance, **kwargs):
    """Keep out of the editors' desk whoever has lost their last role, administrators aside."""
    users = get_user_model().objects.filter(pk=instance.user_id, is_staff=True, is_superuser=False)
    users.filter(editorships__isnull=True).update(is_staff=False)
