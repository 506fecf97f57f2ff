"""``manage.py load_records``: the portal's records from its fixtures, checked one by one, all or none."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from publishing.fixtures import FixtureError, load

DEFAULT_NAMES = ["reference", "seeds", "records"]


class Command(BaseCommand):
    help = (
        "Load the fixtures named, by default all of the portal's. Every record is checked; the first problem is "
        "named with its file, record and field, and leaves the database as it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="name", help=f"by default: {' '.join(DEFAULT_NAMES)}")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where any region is stored already")

    # What Django finds wrong with a value is told in the language of the rest of the message.
    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and apps.get_model("chambers", "Region")._default_manager.exists():
            self._say("There are records already: nothing to load.", options)
            return
        files = _files(options["names"])
        try:
            count = load(files)
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self._say(f"Loaded {count} records from {', '.join(file.name for file in files)}.", options)

    def _say(self, text: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(text)


def _files(names: list[str]) -> list[Path]:
    """Return the files of ``names``; only those meant by default may be missing."""
    folder = settings.BASE_DIR / "fixtures"
    files = {file.stem: file for file in sorted(folder.glob("*.json"))}
    for name in names:
        if name not in files:
            raise CommandError(f"There is no fixture {name!r}; there are: {', '.join(files)}.")
    return [files[name] for name in names or DEFAULT_NAMES if name in files]
