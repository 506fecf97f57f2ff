"""The rows of a list that hold some words, found in the index."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from .query import keys_sql
from .upkeep import kind_of

Row = TypeVar("Row", bound=Model)


def holding(rows: QuerySet[Row], text: str, with_drafts: bool = False) -> QuerySet[Row]:
    """Return those of ``rows`` whose entry holds all words of ``text``, the last of which may be only begun.

    At the editors' desk it is called ``with_drafts``.

    >>> holding(Meeting.objects.published(), "ميزانيه فاس")  # doctest: +SKIP
    """
    keys, params = keys_sql(text, kind_of(rows.model), with_drafts)
    return rows.filter(pk__in=RawSQL(f"SELECT CAST(found.object_id AS integer) FROM ({keys}) found", params))  # noqa: S608, S611
