"""Who must have a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings


def is_required(user) -> bool:
    """Return whether ``user`` may enter the admin with a second factor only: managers of a chamber, administrators."""
    if not settings.REQUIRE_SECOND_FACTOR or not user.is_authenticated:
        return False
    # Accounts lie below the chambers: the model is asked for by its name.
    return (
        user.is_superuser or apps.get_model("chambers.Editorship").objects.filter(user=user, role="manager").exists()
    )


def is_set_up(user) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def remove(user) -> bool:
    """Take the second factor and its recovery codes from ``user``; return whether there was one."""
    deleted, _models = Authenticator.objects.filter(user=user).delete()
    return bool(deleted)
