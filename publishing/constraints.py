"""Rules of the database asked for many at once, before a row is saved."""

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from typing import Any

from django.core.exceptions import FieldError
from django.db import DatabaseError, connections, models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE


def all_hold(conditions: Collection[Any], against: Mapping[str, Any], using: str) -> bool:
    """Say in one query whether all ``conditions`` hold for a row of the values ``against``, given by field.

    What is neither true nor false holds, as in the constraints themselves. False also where the database cannot say,
    so whoever asks must then ask for each alone.
    """
    connection = connections[using]
    query = Query(None)
    for name, value in against.items():
        given = value if hasattr(value, "resolve_expression") else models.Value(value)
        query.add_annotation(given, name, select=False)
    query.add_annotation(models.Value(1), "_holds")
    # NULL AND FALSE is false, NULL AND TRUE is NULL: one COALESCE around all says what one around each would.
    every = Q(*conditions)
    try:
        if connection.features.supports_comparing_boolean_expr:
            query.add_q(Q(Coalesce(every, True, output_field=models.BooleanField())))
        else:
            query.add_q(every)
        with transaction.atomic(using=using) if connection.in_atomic_block else nullcontext():
            return query.get_compiler(using=using).execute_sql(SINGLE) is not None
    except (DatabaseError, FieldError):
        return False
