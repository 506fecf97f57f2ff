"""Records taken from a sheet and written to one, row by row under the same rules as their forms.

A file is read and every row judged by the form that an editor would fill in; what would change and what is wrong is
shown, and nothing is stored before its editor has seen that. Then all rows are saved in one transaction, or none.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from arabic.fields import FoldedDateField
from arabic.folding import fold, fold_digits
from arabic.sorting import ARTICLE
from publishing.exports import Column as CsvColumn
from publishing.exports import cell as guarded
from publishing.exports import iso_partial, listed
from publishing.sheets import MOST_IN_A_CELL, day_of_serial, plain

from .tasks import hold_back_what_waits

YES, NO = {"1", "نعم", "yes", "oui", "true", "x"}, {"0", "", "لا", "no", "non", "false"}


class CellError(Exception):
    """What a cell holds cannot be taken: the column and the words for its editor."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column, self.words = column, words


class Column(NamedTuple):
    """A column: the field it fills, further headings that sheets give it, and how it is read and written.

    ``find`` returns the row that a cell names, from the table, its text and all cells of the row; ``value`` what the
    cell of a stored row holds. ``is_key_only`` columns tell which row is meant and fill no field.
    """

    name: str
    also: tuple[str, ...] = ()
    heading: str | Promise = ""
    find: Callable[..., Any] | None = None
    value: Callable[[Any], object] | None = None
    is_key_only: bool = False
    # The other columns that ``find`` reads.
    beside: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """What becomes of a row: ``new``, ``changed``, ``same`` or ``wrong``, with what changes or what is wrong."""

    number: int
    kind: str
    name: str
    # Of a wrong row: column, value, words. Of another: field, before, after.
    parts: list[tuple[str, str, str]]
    # Whether the row is saved only if its editor says that it is meant.
    asks: bool = False

    @property
    def emptied(self) -> int:
        """How many stored values the row takes away."""
        return sum(1 for _field, before, after in self.parts if self.kind == "changed" and before and not after)


class RowOfSheet:
    """A form filled in from a row. What its cells name was found before, among what its fields offer.

    The constraints are not asked here but by ``_is_whole``, of the whole row. When a row is saved, they and the
    uniqueness are left to the database: the check has asked for them, and what came in between rolls everything back.
    """

    found: Mapping[str, Any] = MappingProxyType({})
    is_saved = False

    def _clean_fields(self) -> None:
        for name, row in self.found.items():
            self.fields[name].to_python = lambda _key, row=row: row  # type: ignore[method-assign]
        super()._clean_fields()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | (self.found.keys() if self.is_saved else set())

    def _post_clean(self) -> None:
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()  # type: ignore[misc]
        del self.instance.validate_constraints

    def validate_unique(self) -> None:
        if not self.is_saved:
            super().validate_unique()


class Table:
    """The sheet of one kind of record. A subclass gives the columns, and finds the stored row that a row means."""

    name = ""
    columns: tuple[Column, ...] = ()
    # What a new record cannot do without, and what of a stored one is not changed by a sheet.
    required: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    fetched: tuple[str, ...] = ()
    # What is asked before rows are saved of which ``asks`` says so, and the words of the box that says yes.
    question: str | Promise = ""
    meant: str | Promise = ""

    def __init__(self, row_admin: Any, request: HttpRequest) -> None:
        self.admin, self.request, self.model = row_admin, request, row_admin.model
        self._found: dict[tuple[str, ...], Any] = {}
        self._forms: dict[tuple[str, ...], Any] = {}
        # The keys of the rows of the sheet until now, as JSON, and their numbers.
        self.seen: dict[str, int] = {}

    def look_ahead(self, rows: list[dict[str, str]]) -> None:
        """Read at once what the stored rows are that the cells of the next ``rows`` mean."""

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Stand around the saving of a whole sheet, inside its transaction: what is due once is done at the end."""
        yield

    def stored(self, cells: dict[str, str]) -> Any:
        """Return the stored row that ``cells`` mean, told without finding what they name; None where that is needed.

        What a cell repeats of that row is taken as it is, though the user might not name it anew.
        """
        return None

    def keeps(self, cells: dict[str, str]) -> set[str]:
        """Return the columns that only tell which stored row is meant, and leave in it what it has."""
        return set()

    def existing(self, named: dict[str, Any], cells: dict[str, str]) -> Any:
        """Return the stored row that a row of the sheet means, or None for a new one; raises CellError."""
        raise NotImplementedError

    def key(self, named: dict[str, Any], cells: dict[str, str]) -> tuple[Any, ...] | None:
        """Return what tells a row of the sheet from the others."""
        raise NotImplementedError

    def prepare(self, row: Any, named: dict[str, Any]) -> None:
        """Give a new ``row`` what does not stand in the sheet."""

    def asks(self, form: Any) -> bool:
        """Say whether what the valid ``form`` holds is probably a slip, so that its editor is asked."""
        return False

    def extras(self, row: Any, cells: dict[str, str]) -> list[tuple[str, str, str]]:
        """Return what else than fields the cells change: heading, before, after; raises CellError."""
        return []

    def save_extras(self, row: Any, cells: dict[str, str]) -> None:
        """Save what ``extras`` tells, of the saved ``row``."""

    def wrote_extras(self, row: Any) -> None:
        """Note that ``row`` says something else now, though perhaps none of its own fields does."""
        if hasattr(row, "note_writer"):
            row.note_writer(self.request.user)
            hold_back_what_waits(self.admin, self.request, row)

    # Headings

    def heading(self, column: Column) -> str:
        return capfirst(str(column.heading or label_for_field(column.name, self.model, self.admin)))

    def read_header(self, header: list[str]) -> list[str]:
        """Return the names of the columns of a sheet; raises ValidationError naming what is unknown or missing."""
        known = {}
        for column in self.columns:
            for words in (self.heading(column), column.name, *column.also):
                known[_same(words)] = column.name
        names = [known.get(_same(words), "") for words in header]
        unknown = [words for words, name in zip(header, names, strict=True) if words and not name]
        twice = sorted({self.heading_of(name) for name in names if name and names.count(name) > 1})
        missing = [self.heading_of(name) for name in self.required if name not in names]
        problems = []
        if unknown:
            words = _("Unknown column: %(columns)s. Known are: %(known)s.")
            known_words = "، ".join(self.heading(column) for column in self.columns)
            problems.append(words % {"columns": "، ".join(f"«{one[:60]}»" for one in unknown), "known": known_words})
        if twice:
            problems.append(
                _("Column given twice: %(columns)s.") % {"columns": "، ".join(f"«{one}»" for one in twice)}
            )
        if missing:
            problems.append(_("Missing column: %(columns)s.") % {"columns": "، ".join(f"«{one}»" for one in missing)})
        if problems:
            raise ValidationError(problems)
        return names

    def heading_of(self, name: str) -> str:
        return next((self.heading(column) for column in self.columns if column.name == name), name)

    # Judging

    def verdicts(
        self, names: list[str], rows: Iterable[list[Any]], seen: dict[str, int], save: bool
    ) -> Iterator[Verdict]:
        """Yield the verdict of each row, pairs of number and cells; ``seen`` holds the keys of those before."""
        # Spreadsheets leave out the empty cells at the end of a row.
        numbered = [(number, [*texts, *[""] * (len(names) - len(texts))]) for number, texts in rows]
        every = [{name: text for name, text in zip(names, padded, strict=False) if name} for _n, padded in numbered]
        self.look_ahead(every)
        for (number, padded), cells in zip(numbered, every, strict=True):
            astray = [text for name, text in zip_longest(names, padded) if text and not name]
            if astray:
                words = _("This cell stands below no heading: a comma inside a cell may lack its quotation marks.")
                yield Verdict(number, "wrong", "", [("", text, words) for text in astray])
            else:
                yield self.judge(number, cells, seen, save)

    def judge(self, number: int, cells: dict[str, str], seen: dict[str, int], save: bool) -> Verdict:
        self.seen = seen
        try:
            named = self._named(cells, self.stored(cells))
            key = self.key(named, cells)
            self._note(key, number, seen)
            row = self.existing(named, cells)
            extras = self.extras(row, cells)
        except CellError as error:
            return Verdict(
                number, "wrong", "", [(self.heading_of(error.column), cells.get(error.column, ""), error.words)]
            )
        return self._judge_form(number, cells, named, row, extras, save)

    def _named(self, cells: dict[str, str], stored: Any) -> dict[str, Any]:
        """Return the rows that the cells name, by column; ``stored`` is the row they belong to, if it is known."""
        named = {}
        for column in self.columns:
            text = cells.get(column.name, "")
            if column.find is None or not text:
                continue
            if stored is not None and self._repeats(stored, column, text):
                named[column.name] = getattr(stored, column.name)
                continue
            known = (column.name, text, *(cells.get(name, "") for name in column.beside))
            if known not in self._found:
                self._found[known] = column.find(self, text, cells)
            named[column.name] = self._found[known]
        return named

    def _note(self, key: tuple[Any, ...] | None, number: int, seen: dict[str, int]) -> None:
        if key is None:
            return
        words = json.dumps(key, default=str, ensure_ascii=False)
        if words in seen:
            raise CellError(self.required[0], _("The same as row %(row)d.") % {"row": seen[words]})
        seen[words] = number

    def _form(self, names: tuple[str, ...]) -> Any:
        if names not in self._forms:
            base = type(self.admin.form.__name__, (RowOfSheet, self.admin.form), {})
            self._forms[names] = self.admin.get_form(self.request, None, change=False, fields=[*names], form=base)
        return self._forms[names]

    def _judge_form(
        self,
        number: int,
        cells: dict[str, str],
        named: dict[str, Any],
        row: Any,
        extras: list[tuple[str, str, str]],
        save: bool,
    ) -> Verdict:
        is_new = row is None
        if is_new and not self.admin.has_add_permission(self.request):
            return self._refused(number, cells, _("You do not enter records of this kind."), self.required[0])
        fields = {column.name for column in self.columns if not column.is_key_only and column.name in cells}
        precisions = {f"{name}_precision" for name in fields if self._has(f"{name}_precision")}
        form_class = self._form(tuple(sorted(fields | precisions)))
        repeated = self._repeated(row, cells, fields)
        data, wrong = self._data(cells, named, fields - repeated, form_class)
        if wrong:
            return Verdict(number, "wrong", "", wrong)
        form = form_class(data, instance=row if row is not None else self.model())
        form.found, form.is_saved = {name: named[name] for name in named.keys() & form.fields.keys()}, save
        for name in repeated:
            for shown in {name, f"{name}_precision"} & set(form.fields):
                data[shown] = _as_shown(form, shown)
        if is_new:
            self.prepare(form.instance, named)
        elif not extras and {name.removesuffix("_precision") for name in form.changed_data} <= repeated:
            return Verdict(number, "same", str(row), [])
        elif not self.admin.has_change_permission(self.request, row):
            changed = [name for name in cells if name in fields - repeated] or [self.required[0]]
            return self._refused(number, cells, _("You do not change this record."), *changed)
        elif fixed := [name for name in self.fixed if name in form.changed_data]:
            return self._refused(number, cells, _("Not changed by a sheet: use the record's form."), *fixed)
        before = {name: self._written(row, name) if row is not None else "" for name in fields}
        if not form.is_valid() or not self._is_whole(form):
            return Verdict(number, "wrong", "", [*self._errors(form, cells)])
        asks = self.asks(form)
        if save:
            self._save(form, is_new)
            self.save_extras(form.instance, cells)
            if extras and not is_new:
                self.wrote_extras(form.instance)
        after = {name: self._written(form.instance, name, form) for name in fields}
        parts = [(self.heading_of(name), before[name], after[name]) for name in cells
                 if name in fields and before[name] != after[name]]  # fmt: skip
        return Verdict(number, "new" if is_new else "changed", str(form.instance), [*parts, *extras], asks)

    def _is_whole(self, form: Any) -> bool:
        """Judge the row as it would be stored: a sheet without some columns gives a form without their rules."""
        own = {field.name for field in self._own_to_saving()}
        missing = [
            field
            for field in self.model._meta.concrete_fields
            if not field.null and field.name not in own and getattr(form.instance, field.attname) is None
        ]
        for field in missing:
            form.add_error(None, _("%(field)s: it is needed, and no column gives it.") % {"field": field.verbose_name})
        if not missing and not form.is_saved:
            try:
                form.instance.validate_constraints(exclude=own)
            except ValidationError as error:
                for name, errors in error.error_dict.items():
                    form.add_error(name if name in form.fields else None, errors)
        return form.is_valid()

    def _own_to_saving(self) -> Iterable[Any]:
        """Return the fields that only saving fills: keys and numbers given in turn, moments, what is computed."""
        return [
            field
            for field in self.model._meta.concrete_fields
            if field.primary_key or field.generated or field.name == "number" or getattr(field, "auto_now", False)
        ]

    def _refused(self, number: int, cells: dict[str, str], words: str, *names: str) -> Verdict:
        parts = [(self.heading_of(name), cells.get(name, ""), words) for name in names]
        return Verdict(number, "wrong", "", parts)

    def _repeated(self, row: Any, cells: dict[str, str], fields: set[str]) -> set[str]:
        """Return the names of those columns whose cells say what is stored: nothing of it is read or judged anew."""
        if row is None:
            return set()
        return {
            column.name
            for column in self.columns
            if column.name in fields and self._repeats(row, column, cells[column.name])
        } | (self.keeps(cells) & fields)

    def _repeats(self, row: Any, column: Column, text: str) -> bool:
        """Say whether ``text`` is what a sheet of the stored ``row`` has in ``column``, cut off where Excel cuts."""
        whole = plain(guarded(self.written(row, column)))
        return text == whole or (len(text) >= MOST_IN_A_CELL - 1 and whole.startswith(text))

    def _has(self, name: str) -> bool:
        return any(field.name == name for field in self.model._meta.fields)

    def _data(
        self, cells: dict[str, str], named: dict[str, Any], fields: set[str], form_class: Any
    ) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
        """Return what the form would be sent for the cells, and what of them cannot be read at all."""
        data: dict[str, Any] = {}
        wrong = []
        for name in sorted(fields):
            text, field = cells[name], self.model._meta.get_field(name)
            try:
                if name in named:
                    data[name] = str(named[name].pk)
                elif field.choices:
                    data[name] = _choice(field, text)
                elif isinstance(field, models.BooleanField):
                    data[name] = _truth(text)
                elif isinstance(field, models.DateField):
                    data[name], precision = _day(text)
                    if self._has(f"{name}_precision"):
                        data[f"{name}_precision"] = precision
                elif field.get_internal_type() == "JSONField":
                    data[name] = "\n".join(part.strip() for part in re.split(r"[؛;\n]", text))
                else:
                    data[name] = text or self._empty(field)
            except ValueError as error:
                wrong.append((self.heading_of(name), text, str(error)))
        return data, wrong

    def _empty(self, field: Any) -> str:
        """Return what an empty cell stands for: the usual value where the field cannot be empty."""
        usable = field.has_default() and not field.null and not callable(field.default)
        return str(field.default) if usable else ""

    def _errors(self, form: Any, cells: dict[str, str]) -> Iterator[tuple[str, str, str]]:
        for name, lists in form.errors.items():
            column = name.removesuffix("_precision")
            heading = self.heading_of(column) if column in cells else ""
            for words in lists:
                yield heading, cells.get(column, ""), str(words)

    def _save(self, form: Any, is_new: bool) -> None:
        row = form.save(commit=False)
        self.admin.save_model(self.request, row, form, not is_new)
        form.save_m2m()
        if is_new:
            self.admin.log_addition(self.request, row, [{"added": {}}])
        else:
            names = [str(self.heading_of(name)) for name in form.changed_data]
            self.admin.log_change(self.request, row, [{"changed": {"fields": names}}])

    # Writing

    def _written(self, row: Any, name: str, form: Any = None) -> str:
        column = next(column for column in self.columns if column.name == name)
        return self.written(row, column)

    def written(self, row: Any, column: Column) -> str:
        """Return the cell of ``row`` in ``column``, as ``verdicts`` reads it again."""
        value = column.value(row) if column.value else getattr(row, column.name)
        if column.value is None and self._has(column.name):
            field = self.model._meta.get_field(column.name)
            if field.choices:
                value = str(dict(field.flatchoices).get(value, ""))
            elif isinstance(field, models.BooleanField):
                value = _("yes") if value else ""
            elif isinstance(field, models.DateField):
                value = iso_partial(value, getattr(row, f"{column.name}_precision", "day"))
            elif isinstance(value, list):
                value = listed(value)
        return "" if value is None else str(value)

    def day_of(self, text: str) -> str:
        """Return a typed day as ``written`` has it; what cannot be read stays."""
        typed, precision = _day(text)
        try:
            return iso_partial(FoldedDateField().clean(typed), precision)
        except ValidationError:
            return text

    def csv_columns(self) -> list[CsvColumn]:
        def of(column: Column) -> CsvColumn:
            return CsvColumn(self.heading(column), lambda row: self.written(row, column))

        return [of(column) for column in self.columns]


def _as_shown(form: Any, name: str) -> Any:
    """Return what a browser would send for the field ``name`` of ``form`` if nobody touched it."""
    field = form.fields[name]
    value = field.prepare_value(form.get_initial_for_field(field, name))
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    shown = field.widget.format_value(value)
    return shown[0] if isinstance(shown, list) else shown or ""


def _same(words: str) -> str:
    """Return the form of a heading or a choice under which its spellings meet, with and without the article."""
    return " ".join(word.removeprefix(ARTICLE) for word in re.findall(r"\w+", fold(words)))


def _choice(field: Any, text: str) -> str:
    known = {_same(str(label)): code for code, label in field.flatchoices} | {
        _same(str(code)): code for code, _label in field.flatchoices
    }
    if not text:
        return "" if field.blank else str(field.default if field.has_default() else "")
    if _same(text) not in known:
        names = "، ".join(str(label) for code, label in field.flatchoices if code)
        raise ValueError(_("Unknown value. Known are: %(known)s.") % {"known": names})
    return str(known[_same(text)])


def _truth(text: str) -> str:
    text = fold_digits(text)
    if text.casefold() in YES:
        return "on"
    if text.casefold() in NO:
        return ""
    raise ValueError(_("Yes or no is asked for."))


def _day(text: str) -> tuple[str, str]:
    """Return a typed day and its precision: a year alone, or a year and a month, is known in part."""
    text = day_of_serial(fold_digits(text))
    if re.fullmatch(r"[12]\d{3}", text):
        return f"{text}-01-01", "year"
    if month := re.fullmatch(r"([12]\d{3})[-/.](\d{1,2})", text):
        return f"{month[1]}-{month[2]:0>2}-01", "month"
    if month := re.fullmatch(r"(\d{1,2})[-/.]([12]\d{3})", text):
        return f"{month[2]}-{month[1]:0>2}-01", "month"
    # A day that Excel made of text, with an hour that nobody gave.
    return re.sub(r"[ T]00:00(:00(\.0+)?)?$", "", text), "day"
