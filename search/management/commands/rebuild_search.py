"""``manage.py rebuild_search``: the index of the search anew from the records, while it is being searched."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import upkeep
from search.models import SearchEntry


class Command(BaseCommand):
    help = (
        "Make the index of the search anew from the records. Searches go on meanwhile; a rebuilding that was stopped "
        "less than an hour after it began goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say where index and records differ")
        parser.add_argument("--restart", action="store_true", help="begin at the beginning, whatever was done")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where anything is indexed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
        elif not (options["if_empty"] and SearchEntry.objects.exists()):
            self.verbosity = options["verbosity"]
            begun = None if options["restart"] else upkeep.unfinished()
            if begun is not None and self.verbosity:
                self.stdout.write(
                    f"Going on with the rebuilding of {begun.started_at:%H:%M} UTC; --restart begins anew."
                )
            changed = upkeep.rebuild(self._report, options["restart"])
            if self.verbosity:
                self.stdout.write(f"Done; {changed} entries were new or wrong. --check compares the whole index.")

    def _report(self, kind: str, done: int, total: int) -> None:
        if self.verbosity:
            self.stdout.write(f"{kind}: {done} of {total}")

    def _check(self) -> None:
        found = upkeep.check()
        for one in found:
            for name in ("missing", "wrong", "stale"):
                if keys := getattr(one, name):
                    shown = ", ".join(keys[:10]) + (" …" if len(keys) > 10 else "")
                    self.stdout.write(f"{one.kind}: {len(keys)} {name}: {shown}")
        if found:
            raise CommandError("Index and records differ; manage.py rebuild_search makes them agree.")
        self.stdout.write("Index and records agree.")
