"""Writing down what touches who may get in, as allauth, Django and our own code tell it."""

import ipaddress

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_init, post_save
from django.utils.crypto import salted_hmac

from .models import SecurityEvent
from .models import SecurityEventKind as Kind

EDITORSHIP = "chambers.Editorship"


def record(kind: str, user=None, *, request=None, by=None, detail: str = "", name_hash: str = "") -> SecurityEvent:
    """Keep one event; where and with what it was done is read from ``request``, or from the one being answered."""
    request = request or context.request
    return SecurityEvent.objects.create(
        kind=kind,
        user=user,
        by=by if by and by != user else None,
        address=address_of(request),
        agent=request.headers.get("User-Agent", "")[:200].replace("\x00", "") if request else "",
        detail=detail[:250],
        name_hash=name_hash,
    )


def address_of(request) -> str | None:
    """Return the client's address, of IPv6 the network of 64 bits; None outside a request."""
    if request is None or not request.META.get("REMOTE_ADDR"):
        return None
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:
        return str(ipaddress.IPv6Network((address, 64), strict=False).network_address)
    return str(address)


def hash_of(name: str) -> str:
    """Return a keyed hash of a typed name, equal for the same name however it was written."""
    return salted_hmac("accounts.events.name", name.strip().casefold()).hexdigest()


def acting_user():
    """Return who is signed in to the request being answered, or None."""
    user = getattr(context.request, "user", None)
    return user if user is not None and user.is_authenticated else None


def connect() -> None:
    """Begin to listen; called once, when the apps are ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="security_event_signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="security_event_signed_out")
    account_signals.password_changed.connect(_password_changed, dispatch_uid="security_event_password_changed")
    account_signals.password_set.connect(_password_changed, dispatch_uid="security_event_password_set")
    account_signals.password_reset.connect(_password_reset, dispatch_uid="security_event_password_reset")
    factor_signals.authenticator_added.connect(_factor_added, dispatch_uid="security_event_factor_added")
    factor_signals.authenticator_removed.connect(_factor_removed, dispatch_uid="security_event_factor_removed")
    factor_signals.authenticator_reset.connect(_codes_renewed, dispatch_uid="security_event_codes_renewed")
    factor_signals.authenticator_used.connect(_factor_used, dispatch_uid="security_event_factor_used")
    post_init.connect(_remember_role, sender=EDITORSHIP, dispatch_uid="security_event_role_before")
    post_save.connect(_role_saved, sender=EDITORSHIP, dispatch_uid="security_event_role_saved")
    post_delete.connect(_role_taken, sender=EDITORSHIP, dispatch_uid="security_event_role_taken")


def _signed_in(sender, request, user, **kwargs):
    record(Kind.SIGNED_IN, user, request=request)
    SecurityEvent.objects.forget_old()


def _signed_out(sender, request, user, **kwargs):
    if user is not None:
        record(Kind.SIGNED_OUT, user, request=request)


def _password_changed(sender, request, user, **kwargs):
    record(Kind.PASSWORD_CHANGED, user, request=request)


def _password_reset(sender, request, user, **kwargs):
    record(Kind.PASSWORD_RESET, user, request=request)


def _is_recovery(authenticator) -> bool:
    return authenticator.type == Authenticator.Type.RECOVERY_CODES


def _factor_added(sender, request, user, authenticator, **kwargs):
    # The codes come and go with the factor itself.
    if not _is_recovery(authenticator):
        record(Kind.FACTOR_ADDED, user, request=request)


def _factor_removed(sender, request, user, authenticator, **kwargs):
    if not _is_recovery(authenticator):
        record(Kind.FACTOR_REMOVED, authenticator.user, request=request, by=user)


def _codes_renewed(sender, request, user, authenticator, **kwargs):
    record(Kind.CODES_RENEWED, user, request=request)


def _factor_used(sender, request, user, authenticator, **kwargs):
    if _is_recovery(authenticator):
        record(Kind.CODE_USED, user, request=request)


def _remember_role(sender, instance, **kwargs):
    # A deferred field is left alone: reading it here would ask the database once a row.
    instance.role_before = instance.__dict__.get("role")


def _role_saved(sender, instance, created, raw=False, **kwargs):
    if raw:
        return
    role = f"{instance.get_role_display()} – {instance.chamber.short_name}"
    if created:
        record(Kind.ROLE_GIVEN, instance.user, by=acting_user(), detail=role)
    elif instance.role_before != instance.role:
        record(Kind.ROLE_CHANGED, instance.user, by=acting_user(), detail=role)
    instance.role_before = instance.role


def _role_taken(sender, instance, origin=None, **kwargs):
    # Where the account goes, its roles go along, and the event could not name the account.
    if origin is None or isinstance(origin, sender) or getattr(origin, "model", None) is sender:
        role = f"{instance.get_role_display()} – {instance.chamber.short_name}"
        record(Kind.ROLE_TAKEN, instance.user, by=acting_user(), detail=role)
