"""The portal's own user model, so that a field can be added later without a painful swap."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Someone who signs in to the admin; which chambers they edit stands in ``chambers.Editorship``."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
