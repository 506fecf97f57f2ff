"""Finding one public record, or saying honestly why it is not there."""

import logging
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.contrib import admin
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest

from uploads.sending import send

from .models import Publishable

logger = logging.getLogger(__name__)


def open_stored(file: Any) -> Any:
    """Return the stored ``file`` opened for reading; where it is gone, log it and raise Http404."""
    try:
        return file.open("rb")
    except OSError as gone:
        logger.error("The file %s of a public record is missing.", file.name)
        raise Http404 from gone


def stored_file(request: HttpRequest, name: str) -> FileResponse:
    """Send an upload to whoever may see its record in the admin, as a download; raises Http404 for anybody else."""
    if not _may_see(request, name):
        raise Http404
    try:
        file: Any = default_storage.open(name)
    except (OSError, SuspiciousOperation, ValueError) as missing:
        raise Http404 from missing
    return send(file, PurePosixPath(name).name)


def _may_see(request: HttpRequest, name: str) -> bool:
    if request.user.is_superuser:
        return True
    for model, model_admin in admin.site._registry.items():
        for field in model._meta.fields:
            rows = model._default_manager.filter(**{field.name: name}) if isinstance(field, models.FileField) else []
            if any(model_admin.has_view_permission(request, row) for row in rows):
                return True
    return False


class Withdrawn(Exception):
    """The record was public once and was taken back; ``middleware.say_withdrawn`` answers 410 with the reason."""

    def __init__(self, record: Publishable) -> None:
        super().__init__(str(record))
        self.record = record


def find_public(records: QuerySet[Any], **lookup: object) -> Any:
    """Return the one public record of ``records`` that ``lookup`` names.

    Raises Withdrawn for a record that was taken back, Http404 for a draft, a scheduled one or none at all.
    """
    found = records.published().filter(**lookup).first()  # type: ignore[attr-defined]
    if found is not None:
        return found
    gone = records.model._default_manager.withdrawn().filter(**lookup).first()
    if gone is not None:
        raise Withdrawn(gone)
    raise Http404


def hide_unpublished(rows: Iterable[Any], *links: str) -> list[Any]:
    """Return ``rows`` with those of their ``links`` emptied that lead to records the public may not see.

    The linked records are to be fetched along; rows so changed are for showing, never for saving.
    """
    shown = list(rows)
    for row in shown:
        for name in links:
            record = getattr(row, name)
            if record is not None and not record.is_public:
                setattr(row, name, None)
                setattr(row, f"{name}_is_hidden", True)
    return shown
