"""Names of files: the one that is kept tells nothing and harms nothing, whatever the sender called the file."""

import re
import secrets
from typing import Any

from django.utils import timezone
from django.utils.deconstruct import deconstructible

MOST_SHOWN = 60
# Control characters, and marks that turn the direction of what follows: «gpj.exe» can be shown as «exe.jpg».
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_ENDING = re.compile(r"\.([a-z0-9]{1,5})\Z")


def name_shown(name: str) -> str:
    """Return the file name ``name`` as it can be shown in a sentence: its last part, without unseen marks, short."""
    plain = _UNSEEN.sub("", name.replace("\\", "/").rpartition("/")[2]).strip()
    return plain if len(plain) <= MOST_SHOWN else f"{plain[: MOST_SHOWN - 10]}…{plain[-9:]}"


@deconstructible
class StoredIn:
    """Keep an upload in ``folder`` and its year under 32 random hexadecimal digits and the ending of its name."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoredIn) and other.folder == self.folder

    def __hash__(self) -> int:
        return hash(self.folder)

    def __call__(self, instance: Any, filename: str) -> str:
        ending = _ENDING.search(filename.lower())
        return f"{self.folder}/{timezone.localdate().year}/{secrets.token_hex(16)}{ending[0] if ending else ''}"
