"""Static files under hashed names, the style sheets of the site gathered into one file."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRIES = ["css/site.css", "css/pictures.css"]
_IMPORT = re.compile(r'^@import url\("([^"]+)"\);\n?', re.MULTILINE)
# A string, which stays as it is; a comment; the end of a rule; a mark with the spaces around it; other spaces.
_SPARE = re.compile(
    r"""(?P<kept>"[^"\n]*"|'[^'\n]*')|/\*.*?\*/|\s*;?\s*(?P<end>\})\s*|\s*(?P<mark>[{;,])\s*|(?P<colon>:)\s+|(?P<space>\s+)""",
    re.DOTALL,
)


def without_spare(sheet: str) -> str:
    """Return a style sheet without its comments, and without the spaces that mean nothing."""

    def shorter(found: re.Match[str]) -> str:
        return found["kept"] or found["end"] or found["mark"] or found["colon"] or (" " if found["space"] else "")

    return _SPARE.sub(shorter, sheet).strip()


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Put what a sheet of ``ENTRIES`` imports in its place, so that a phone asks for one sheet, not fifty.

    Where static files are not collected (DEBUG) the browser follows the imports itself.
    """

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Any:
        for name in ENTRIES:
            if name in paths and not dry_run:
                self._bundle(name, paths)
        yield from super().post_process(paths, dry_run, **options)

    def _bundle(self, entry: str, paths: dict[str, Any]) -> None:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as sheet:
                return sheet.read().decode()

        bundle = _IMPORT.sub(lambda found: read(f"css/{found[1]}"), read(entry))
        self.delete(entry)
        self.save(entry, ContentFile(without_spare(bundle).encode()))
        paths[entry] = (self, entry)
