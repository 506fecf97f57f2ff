"""What every admin of ours stands on: Arabic fields, choices limited to what an editor may name, publication."""

from . import sources
from .choices import entered_by
from .publication import PublishableAdmin, PublishableForm
from .records import Inline, LimitedChoices, RecordAdmin, RecordForm
from .rows import CitationInline, PositionedForm, PositionedFormSet

__all__ = [
    "CitationInline",
    "Inline",
    "LimitedChoices",
    "PositionedForm",
    "PositionedFormSet",
    "PublishableAdmin",
    "PublishableForm",
    "RecordAdmin",
    "RecordForm",
    "entered_by",
    "sources",
]
