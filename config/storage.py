"""Static files under hashed names, the style sheets of the site gathered into one file."""

import re
from typing import Any

from django.core.files.base import ContentFile
from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRIES = ["css/site.css", "css/pictures.css"]
_IMPORT = re.compile(r'^@import url\("([^"]+)"\);\n?', re.MULTILINE)


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
        self.save(entry, ContentFile(cssmin(bundle).encode()))
        paths[entry] = (self, entry)
