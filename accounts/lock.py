"""After repeated failures an account, or an address of the network, waits.

The count is that of the recorded events, so that all processes share it whatever the cache is.
"""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from .events import address_of, hash_of, record
from .models import SecurityEvent, SecurityEventKind

WINDOW = datetime.timedelta(minutes=15)
PER_ACCOUNT, PER_ADDRESS = 5, 20


def refuse_if_locked(request, *, user=None, name: str = "") -> None:
    """Raise ValidationError, which says until when, if the account or the address of ``request`` has to wait.

    ``name`` is what was typed where no account has it: such a name waits as an account does, and gives nothing away.
    """
    if until := _end(_of_account(user, name), PER_ACCOUNT):
        raise ValidationError(
            _("Too many failed attempts. Try again after {time}, or ask for a new password by e-mail.").format(
                time=_isolated(until)
            ),
            code="locked",
        )
    if until := _end(_of_address(request), PER_ADDRESS):
        raise ValidationError(
            _("Too many failed attempts from your network. Try again after {time}.").format(time=_isolated(until)),
            code="locked",
        )


def record_failure(request, kind: str, *, user=None, name: str = "") -> None:
    """Keep a failed attempt, and the lock that it may begin."""
    record(kind, user, request=request, name_hash="" if user else hash_of(name))
    if _end(_of_account(user, name), PER_ACCOUNT) or _end(_of_address(request), PER_ADDRESS):
        record(SecurityEventKind.LOCKED, user, request=request, name_hash="" if user else hash_of(name))


def _of_account(user, name):
    if user is None:
        return SecurityEvent.objects.failures().filter(name_hash=hash_of(name))
    failures = SecurityEvent.objects.failures().filter(user=user)
    # Whoever got in, or has the mailbox, is the account's own; others cannot clear the count.
    proofs = [SecurityEventKind.SIGNED_IN, SecurityEventKind.PASSWORD_RESET]
    last = (
        SecurityEvent.objects.filter(user=user, kind__in=proofs).order_by("-at").values_list("at", flat=True).first()
    )
    return failures.filter(at__gt=last) if last else failures


def _of_address(request):
    address = address_of(request)
    failures = SecurityEvent.objects.failures()
    return failures.filter(address=address) if address else failures.none()


def _end(failures, limit: int) -> datetime.datetime | None:
    """Return when the wait ends that the last ``limit`` failures began, if it has not ended."""
    now = timezone.now()
    moments = list(failures.filter(at__gt=now - 2 * WINDOW).values_list("at", flat=True)[:limit])
    if len(moments) < limit or moments[0] - moments[-1] > WINDOW:
        return None
    end = moments[0] + WINDOW
    return end if end > now else None


def _isolated(moment) -> str:
    # The minute is rounded up: at the time said the wait is over.
    rounded = timezone.localtime(moment) + datetime.timedelta(seconds=59)
    return f"\N{LEFT-TO-RIGHT ISOLATE}{time_format(rounded.time(), 'H:i')}\N{POP DIRECTIONAL ISOLATE}"
