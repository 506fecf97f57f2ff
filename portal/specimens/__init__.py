"""What the style guide shows: each component with what it is for and an example of each of its states."""

from django.utils.translation import gettext as _

from .agreements import agreements
from .chambers import chambers
from .decisions import decisions
from .lists import lists
from .meetings import meetings
from .messages import messages
from .papers import papers
from .parts import Example, Specimen
from .pictures import pictures
from .wayfinding import finding_the_way

__all__ = ["Example", "Specimen", "groups"]


def groups() -> list[tuple[str, list[Specimen]]]:
    """Return the components by what they serve, in the order a page has them; asks only for a form's choices."""
    return [
        (_("Finding one's way"), finding_the_way()),
        (_("Lists and their filters"), lists()),
        (_("Meetings"), meetings()),
        (_("Agenda and decisions"), decisions()),
        (_("Agreements"), agreements()),
        (_("Chambers and people"), chambers()),
        (_("News, documents and sources"), papers()),
        (_("Figures and pictures"), pictures()),
        (_("Messages and signs"), messages()),
    ]
