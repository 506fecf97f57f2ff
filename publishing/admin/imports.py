"""The way of a sheet into the record and out of it: chosen, checked in steps, looked over, saved whole or not."""

import hashlib
import json
import re
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing.exports import cell as guarded
from publishing.exports import csv_lines
from publishing.sheets import MOST_ROWS, Sheet, read_sheet, write_xlsx
from search.upkeep import gathered

from .records import ask_for_files_again
from .tables import Table, Verdict

ROWS_AT_ONCE = 250
ROWS_TOLD = 50
SHOWN = 200
KEPT_FOR = 86_400


NOT_JUDGED: dict[str, Any] = {
    "done": 0,
    "seen": {},
    "verdicts": [],
    "counts": {},
    "digest": "",
    "asking": [],
    "emptied": 0,
}

# The file between its check and its saving


class Check:
    """A sheet under way: its rows, how far they were judged, and what was found. It lies in the storage for a day."""

    def __init__(self, key: str, user: Any, held: dict[str, Any]) -> None:
        self.key, self.user, self.held = key, user, held

    @classmethod
    def begin(cls, user: Any, kind: str, file_name: str, names: list[str], sheet: Sheet) -> "Check":
        rows = [[row.number, row.cells] for row in sheet.rows]
        held = {
            **deepcopy(NOT_JUDGED), "kind": kind, "file": file_name[:200], "names": names, "rows": rows,
            "at": timezone.now().timestamp(),
        }  # fmt: skip
        check = cls(get_random_string(24), user, held)
        check.store()
        return check

    @classmethod
    def load(cls, user: Any, kind: str, key: str) -> "Check":
        """Return the check ``key`` of ``user``; raises Http404 for any other and for one that is over."""
        if not re.fullmatch(r"[A-Za-z0-9]{24}", key):
            raise Http404
        try:
            with default_storage.open(_place(user, key)) as file:
                held = json.load(file)
        except (OSError, ValueError, SuspiciousOperation) as missing:
            raise Http404 from missing
        if held.get("kind") != kind:
            raise Http404
        return cls(key, user, held)

    def store(self) -> None:
        """Put the check in the place of what was stored of it: who reads meanwhile finds the one or the other."""
        place = Path(default_storage.path(_place(self.user, self.key)))
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f"{self.key}.{get_random_string(8)}.part")
        part.write_text(json.dumps(self.held), encoding="utf-8")
        part.replace(place)

    def finish(self, count: int) -> None:
        """Keep of the check only that ``count`` rows of it were saved: an answer may have been lost on its way."""
        Check(self.key, self.user, {"kind": self.held["kind"], "saved": count}).store()

    @property
    def saved(self) -> int | None:
        """How many rows were saved, or None while nothing was."""
        return self.held.get("saved")

    @property
    def total(self) -> int:
        return len(self.held["rows"])

    @property
    def is_done(self) -> bool:
        return bool(self.held["done"] >= self.total)

    @property
    def percent(self) -> int:
        return int(100 * self.held["done"] / self.total)

    def counted(self, kind: str) -> int:
        return int(self.held["counts"].get(kind, 0))

    def take(self, verdicts: Iterable[Verdict]) -> None:
        """Note what was found; ``digest`` tells whether a second judgement finds the same."""
        for verdict in verdicts:
            self.held["done"] += 1
            self.held["counts"][verdict.kind] = self.counted(verdict.kind) + 1
            self.held["emptied"] += verdict.emptied
            if verdict.asks:
                self.held["asking"].append(verdict.number)
            # Link by link, for a check and a saving take their steps of different lengths.
            link = self.held["digest"] + json.dumps(verdict, default=str)
            self.held["digest"] = hashlib.sha256(link.encode()).hexdigest()
            shown = sum(one[1] == verdict.kind for one in self.held["verdicts"])
            if verdict.kind != "same" and shown < SHOWN:
                self.held["verdicts"].append(list(verdict))

    def again(self) -> "Check":
        """Return the same sheet, not judged yet."""
        return Check(self.key, self.user, deepcopy({**self.held, **NOT_JUDGED}))

    @property
    def asking(self) -> list[int]:
        """The numbers of the rows that are saved only if their editor says that they are meant."""
        return list(self.held["asking"])

    def shown(self, kind: str) -> list[Verdict]:
        return [Verdict(*one) for one in self.held["verdicts"] if one[1] == kind]

    def hidden(self, kind: str) -> int:
        return self.counted(kind) - len(self.shown(kind))


def _place(user: Any, key: str) -> str:
    return f"imports/{user.pk}/{key}.json"


def forget_old() -> None:
    """Drop every sheet that nobody went on with for a day."""
    folder = Path(default_storage.path("imports"))
    for sheet in folder.glob("*/*") if folder.is_dir() else ():
        # Somebody else may drop it at the same moment.
        with suppress(FileNotFoundError):
            if sheet.stat().st_mtime < time.time() - KEPT_FOR:
                sheet.unlink()


class SheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX file"),
        help_text=format_lazy(
            gettext_lazy(
                "The first row holds the headings. Number of rows at most: {most}. Nothing is saved until you confirm."
            ),
            most=MOST_ROWS,
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.sheet = read_sheet(file, file.name, file.size)
        self.names = self.table.read_header(self.sheet.header)
        return file


class DigestDiffers(Exception):
    """What is stored changed between the check and the saving."""


class TablesAdmin(admin.ModelAdmin):
    """An admin whose records come from a sheet and go to one."""

    table: type[Table] = Table

    def get_urls(self) -> list[Any]:
        return [*self._table_urls(), *super().get_urls()]

    def _table_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name=f"{name}_import"),
            path("import/<str:key>/", view(self.check_view), name=f"{name}_check"),
            path("export.csv", view(self.export_csv), name=f"{name}_export_csv"),
            path("export.xlsx", view(self.export_xlsx), name=f"{name}_export_xlsx"),
        ]

    def may_import(self, request: HttpRequest) -> bool:
        return bool(self.has_add_permission(request))

    def parts(self) -> list["TablesAdmin"]:
        """Return those whose sheets of parts of these records stand beside the sheet of the records."""
        return []

    def list_url(self) -> str:
        return self._page_url("changelist")

    def list_name(self) -> Any:
        return self.opts.verbose_name_plural

    def changelist_view(self, request, extra_context=None):  # type: ignore[no-untyped-def]
        tables = {"import": self.may_import(request), "parts": [part.opts for part in self.parts()]}
        return super().changelist_view(request, {"tables": tables, **(extra_context or {})})

    def _page_url(self, page: str, *arguments: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=arguments)

    def _sheet_context(self, request: HttpRequest) -> dict[str, Any]:
        words = _("Import of %(records)s") % {"records": self.opts.verbose_name_plural}
        context = {"title": words, "opts": self.opts, "media": self.media, "table": self.table(self, request)}
        context |= {"list_url": self.list_url(), "list_name": self.list_name()}
        return {**self.admin_site.each_context(request), **context}

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take a sheet, and say at once what makes it none."""
        if not self.may_import(request):
            raise PermissionDenied
        forget_old()
        table = self.table(self, request)
        form = SheetForm(request.POST or None, request.FILES or None, table=table)
        if request.method == "POST" and form.is_valid():
            check = Check.begin(request.user, table.name, form.cleaned_data["file"].name, form.names, form.sheet)
            return HttpResponseRedirect(self._page_url("check", check.key))
        if form.errors:
            ask_for_files_again(form)
        headings = [table.heading(column) for column in table.columns]
        required = [table.heading_of(name) for name in table.required]
        context = {**self._sheet_context(request), "form": form, "headings": headings, "required": required}
        return TemplateResponse(request, "admin/tables/import.html", context)

    def check_view(self, request: HttpRequest, key: str) -> HttpResponse | StreamingHttpResponse:
        """Judge some hundred rows more, until all are; then save them all if their editor says so."""
        if not self.may_import(request):
            raise PermissionDenied
        table = self.table(self, request)
        check = Check.load(request.user, table.name, key)
        if check.saved is not None:
            return self._saved(request, check.saved)
        is_answered = not check.asking or request.POST.get("meant")
        if request.method == "POST" and check.is_done and not check.counted("wrong") and is_answered:
            return self._save_all(request, table, check)
        if not check.is_done:
            done = check.held["done"]
            rows = check.held["rows"][done : done + ROWS_AT_ONCE]
            check.take(table.verdicts(check.held["names"], rows, check.held["seen"], save=False))
            check.store()
        context = {**self._sheet_context(request), "check": check}
        kinds = ("wrong", "changed", "new")
        context["lists"] = [{"kind": kind, "rows": check.shown(kind), "hidden": check.hidden(kind)} for kind in kinds]
        context["is_unanswered"] = request.method == "POST" and bool(check.asking)
        context["counts"] = {kind: check.counted(kind) for kind in (*kinds, "same")}
        return TemplateResponse(request, "admin/tables/check.html", context)

    def _save_all(self, request: HttpRequest, table: Table, check: Check) -> HttpResponse | StreamingHttpResponse:
        """Save at once what takes some seconds; of more, tell how far it is while it is saved."""
        saving = self._saving(request, table, check)
        if check.total > ROWS_AT_ONCE:
            return self._tell(request, check, saving)
        for _count in saving:
            pass
        saved = Check.load(request.user, table.name, check.key).saved
        return (
            HttpResponseRedirect(self._page_url("check", check.key)) if saved is None else self._saved(request, saved)
        )

    def _saving(self, request: HttpRequest, table: Table, check: Check) -> Generator[int]:
        """Save all rows or none, and yield meanwhile how many are saved; the check says in the end what became of it.

        Who stops asking for the next number, as a browser does that is closed, has nothing saved.
        """
        again = check.again()
        try:
            with transaction.atomic():
                # The button pressed twice: the second waits, and finds what the first did.
                get_user_model().objects.select_for_update(no_key=True).get(pk=request.user.pk)
                if Check.load(request.user, table.name, check.key).saved is not None:
                    return
                with gathered(), table.saving():
                    for start in range(0, check.total, ROWS_TOLD):
                        rows = check.held["rows"][start : start + ROWS_TOLD]
                        again.take(table.verdicts(check.held["names"], rows, again.held["seen"], save=True))
                        yield again.held["done"]
                if again.held["digest"] != check.held["digest"]:
                    raise DigestDiffers
        except (DigestDiffers, IntegrityError):
            anew = check.again()
            anew.held["is_anew"] = True
            anew.store()
        else:
            check.finish(check.counted("new") + check.counted("changed"))

    def _tell(self, request: HttpRequest, check: Check, saving: Generator[int]) -> StreamingHttpResponse:
        """Answer with a page that grows by a line for each number of ``saving`` and then leads on."""
        onward = self._page_url("check", check.key)
        context = {**self._sheet_context(request), "check": check, "onward": onward}
        begin, end = render_to_string("admin/tables/saving.html", context, request).split("<!-- progress -->")

        def pieces() -> Iterator[str]:
            with closing(saving):
                yield begin
                for done in saving:
                    line = {"done": done, "total": check.total, "percent": int(100 * done / check.total)}
                    yield render_to_string("admin/tables/saving_line.html", line)
                yield end

        response = StreamingHttpResponse(pieces())
        # nginx would gather the lines until the page is whole.
        response["X-Accel-Buffering"] = "no"
        return response

    def _saved(self, request: HttpRequest, count: int) -> HttpResponse:
        words = ngettext("%(count)d row was saved.", "%(count)d rows were saved.", count)
        messages.success(request, words % {"count": count})
        return HttpResponseRedirect(self.list_url())

    # Writing

    def rows_of_list(self, request: HttpRequest) -> Any:
        """Return the rows that the list shows under its present filters."""
        return self.get_changelist_instance(request).get_queryset(request)

    def _rows_to_write(self, request: HttpRequest) -> Any:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            found = self.rows_of_list(request)
        except IncorrectLookupParameters as error:
            raise BadRequest from error
        return found.select_related(*self.table.related).prefetch_related(*self.table.fetched)

    def _file_name(self, ending: str) -> str:
        return f'attachment; filename="{self.table.name}-{timezone.localdate():%Y-%m-%d}.{ending}"'

    def export_csv(self, request: HttpRequest) -> StreamingHttpResponse:
        rows = self._rows_to_write(request)
        table = self.table(self, request)
        keys = list(dict.fromkeys(rows.values_list("pk", flat=True)))
        response = StreamingHttpResponse(
            csv_lines(rows, keys, table.csv_columns()), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = self._file_name("csv")
        return response

    def export_xlsx(self, request: HttpRequest) -> HttpResponse:
        rows = self._rows_to_write(request)
        table = self.table(self, request)
        cells = ([guarded(table.written(row, column)) for column in table.columns] for row in rows)
        book = write_xlsx([table.heading(column) for column in table.columns], cells)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(book, content_type=kind)
        response["Content-Disposition"] = self._file_name("xlsx")
        return response
