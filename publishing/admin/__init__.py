"""What every admin of ours stands on: Arabic fields, choices limited to what an editor may name, publication."""

from . import sources
from .choices import entered_by, remembered, roles_of
from .held_back import HELD_BACK, HeldBackForm
from .publication import PublishableAdmin, PublishableForm
from .records import Inline, LimitedChoices, RecordAdmin, RecordForm
from .rows import CitationInline, PositionedForm, PositionedFormSet

__all__ = [
    "HELD_BACK",
    "CitationInline",
    "HeldBackForm",
    "Inline",
    "LimitedChoices",
    "PositionedForm",
    "PositionedFormSet",
    "PublishableAdmin",
    "PublishableForm",
    "RecordAdmin",
    "RecordForm",
    "entered_by",
    "remembered",
    "roles_of",
    "sources",
]
