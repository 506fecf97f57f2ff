"""Finding one public record, or saying honestly why it is not there."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from .models import Publishable


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
    return shown
