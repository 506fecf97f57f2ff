"""What someone may do in a chamber."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditorRole(models.TextChoices):
    """The roles from the least to the most; each may what those before it may. Administrators need none."""

    CONTRIBUTOR = "contributor", _("contributor")
    EDITOR = "editor", _("editor")
    MANAGER = "manager", _("chamber manager")


# Who decides what is public.
PUBLISHERS = (EditorRole.EDITOR, EditorRole.MANAGER)


def roles_from(least: str) -> list[str]:
    """Return ``least`` and the roles that may more."""
    return EditorRole.values[EditorRole.values.index(least) :]
