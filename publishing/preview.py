"""Links to drafts, for colleagues without an account: signed, for one record, and dead after a week."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from .models import Publishable

LIFETIME = timedelta(days=7)

_signer = signing.TimestampSigner(salt="publishing.preview")


class NoPreview(Exception):
    """The address was never given out, or was changed on the way."""


class PreviewExpired(Exception):
    """The link was good once, and its week is over."""


def sign(record: Publishable) -> str:
    """Return what stands for ``record`` in the address of its preview, good for ``LIFETIME`` from now."""
    return _signer.sign(f"{record._meta.label_lower}-{record.uuid.hex}")


def path_of(record: Publishable) -> str:
    """Return the path of a preview of ``record`` that begins its life now."""
    return reverse("portal:preview", args=[sign(record)])


def read(signed: str) -> tuple[type[Any], uuid.UUID, datetime]:
    """Return the kind of record, its public identifier and the moment until which ``signed`` is good.

    Raises PreviewExpired for one that is over, NoPreview for any that was not made here.
    """
    try:
        label, _dash, name = _signer.unsign(signed, max_age=LIFETIME).rpartition("-")
    except signing.SignatureExpired as over:
        raise PreviewExpired from over
    except signing.BadSignature as forged:
        raise NoPreview from forged
    return apps.get_model(label), uuid.UUID(name), _made_at(signed) + LIFETIME


def _made_at(signed: str) -> datetime:
    """Return the moment that a signature found good was made at."""
    stamp = signed.rsplit(":", 2)[1]
    return datetime.fromtimestamp(signing.b62_decode(stamp), tz=timezone.get_default_timezone())
