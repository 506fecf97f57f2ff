"""Lists as tables: the rows of the present filter as CSV (RFC 4180), written so that spreadsheets read Arabic."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.views import View

from .addresses import absolute
from .listing import ListFilterSet, read_filters

# Without the mark Excel takes UTF-8 for the code page of the machine.
BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_ONCE = 500
_PRECISION = {"day": 10, "month": 7, "year": 4}
# What makes a spreadsheet take text for a formula, the wide forms of these characters too.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
# Under the French and Moroccan settings Excel parts cells at semicolons and takes quotes after a comma for text, so
# that a formula may begin in the midst of a cell, whatever stands around it.
_INNER_FORMULA = re.compile(r"(?<=[;\t\r\n])(?=[\s\"']*[=+\-@＝＋－＠])")


class Column(NamedTuple):
    """A column of a table: its heading and what it holds of a row."""

    heading: str | Promise
    value: Callable[[Any], object]


class CsvExport(View):
    """The list that ``filterset_class`` filters, whole, as a table; wrong filters are answered with 400.

    Subclasses give attributes only. ``name`` begins the name of the file and is ASCII.
    """

    queryset: QuerySet[Any]
    filterset_class: type[ListFilterSet]
    columns: list[Column]
    name: str
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        rows = read_filters(request, self.filterset_class, self.queryset.all()).qs
        keys = [] if request.method == "HEAD" else _keys(rows)
        response = StreamingHttpResponse(
            csv_lines(rows, keys, self.columns), content_type="text/csv; charset=utf-8; header=present"
        )
        response["Content-Disposition"] = f'attachment; filename="{self.name}-{timezone.localdate():%Y-%m-%d}.csv"'
        return response


def csv_lines(rows: QuerySet[Any], keys: list[Any], columns: list[Column]) -> Iterator[str]:
    """Yield the table in pieces: the headings, then ``rows`` in the order of ``keys``, some hundreds at once.

    A row that stopped being public since its key was read is left out.
    """
    writer = csv.writer(_Passing(), quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK + writer.writerow(str(column.heading) for column in columns)
    for start in range(0, len(keys), ROWS_AT_ONCE):
        wanted = keys[start : start + ROWS_AT_ONCE]
        found = {row.pk: row for row in rows.order_by().filter(pk__in=wanted)}
        yield "".join(
            writer.writerow(cell(column.value(found[key])) for column in columns) for key in wanted if key in found
        )


def cell(value: object) -> str:
    """Return ``value`` as a cell: dates and hours in ISO 8601; an apostrophe stands before formulas in text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if not isinstance(value, str | Promise):
        return text
    text = _INNER_FORMULA.sub("'", text)
    return f"'{text}" if _FORMULA.match(text) else text


def iso_partial(value: date | None, precision: str = "day") -> str:
    """Return a date as far as it is known, as ISO 8601 writes it.

    >>> iso_partial(date(2024, 10, 1), "month"), iso_partial(None)
    ('2024-10', '')
    """
    return value.isoformat()[: _PRECISION[precision]] if value else ""


def page_address(row: Any) -> str:
    """Return the full address of the page of a record."""
    return absolute(row.get_absolute_url())


def listed(values: Iterable[object]) -> str:
    """Return several values as one cell."""
    return "؛ ".join(str(value) for value in values)


def _keys(rows: QuerySet[Any]) -> list[Any]:
    # The keys first, then the rows in pieces: no cursor stays open while a slow reader loads the file.
    return list(dict.fromkeys(rows.select_related(None).prefetch_related(None).values_list("pk", flat=True)))


class _Passing:
    """A file for the writer that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
