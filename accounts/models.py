"""The portal's own user model, so that a field can be added later without a painful swap; and what happened to it."""

import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LetterNotSent(Exception):
    """The mail server took no letter; nothing was changed."""


class UserManager(DjangoUserManager):
    @classmethod
    def normalize_email(cls, email):
        """Return the address in small letters: people are found by it however they type it."""
        return (email or "").strip().lower()


class User(AbstractUser):
    """Someone who signs in to the admin; which chambers they edit stands in ``chambers.Editorship``."""

    objects = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")

    # Other apps reach accounts by the user model alone.
    LetterNotSent = LetterNotSent

    @classmethod
    def invite(cls, email, *, by, chamber_name):
        """Invite ``email`` to a chamber; see ``invitations.invite``."""
        from .invitations import invite

        return invite(email, by=by, chamber_name=chamber_name)


class SecurityEventKind(models.TextChoices):
    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("wrong password")
    FACTOR_FAILED = "factor_failed", _("wrong code")
    LOCKED = "locked", _("locked after failed attempts")
    SIGNED_OUT = "signed_out", _("signed out")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    PASSWORD_RESET = "password_reset", _("password set by a link")
    RESET_ASKED = "reset_asked", _("link for a new password sent")
    FACTOR_ADDED = "factor_added", _("second factor set up")
    FACTOR_REMOVED = "factor_removed", _("second factor removed")
    CODES_RENEWED = "codes_renewed", _("recovery codes renewed")
    CODE_USED = "code_used", _("recovery code used")
    SESSION_ENDED = "session_ended", _("session ended")
    INVITED = "invited", _("invited")
    ROLE_GIVEN = "role_given", _("role given")
    ROLE_CHANGED = "role_changed", _("role changed")
    ROLE_TAKEN = "role_taken", _("role taken away")
    RIGHTS_CHANGED = "rights_changed", _("rights of the account changed")


class SecurityEventQuerySet(models.QuerySet):
    def failures(self):
        """Return the attempts to get in that failed, newest first."""
        return self.filter(kind__in=[SecurityEventKind.SIGN_IN_FAILED, SecurityEventKind.FACTOR_FAILED]).order_by(
            "-at"
        )

    def forget_old(self) -> None:
        """Delete what is older than ``settings.SECURITY_EVENT_DAYS``."""
        limit = timezone.now() - datetime.timedelta(days=settings.SECURITY_EVENT_DAYS)
        self.filter(at__lt=limit).delete()


class SecurityEvent(models.Model):
    """Something that touched who may get in. Never holds a password, a code or a link; a typed name only as a hash."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="security_events",
        verbose_name=_("account"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )
    kind = models.CharField(_("event"), max_length=20, choices=SecurityEventKind)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    # Of an IPv6 address the network of 64 bits: whoever has one address of it has all.
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    agent = models.CharField(_("browser"), max_length=200, blank=True)
    detail = models.CharField(_("detail"), max_length=250, blank=True)
    # Counts the attempts under a name that no account has, without keeping the name: people type passwords there.
    name_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at"], name="security_event_of_user"),
            models.Index(fields=["address", "-at"], name="security_event_of_address"),
            models.Index(fields=["name_hash", "-at"], name="security_event_of_name"),
            models.Index(fields=["at"], name="security_event_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SecurityEventKind.values), name="security_event_kind_known")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} – {self.user or '–'}"
