"""What an editor is warned of after saving: nothing is refused, but what is probably a slip is pointed out."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.utils.html import strip_tags
from django.utils.translation import ngettext

LONGEST_TITLE = 120
LONGEST_PARAGRAPH = 450
_PARAGRAPHS = re.compile(r"</(?:p|li|h2|h3|blockquote)>|<br\s*/?>|\n\s*\n", re.IGNORECASE)


class GuardedAdmin(admin.ModelAdmin):
    """An admin that looks a saved row over for its editor."""

    def cautions(self, request: Any, row: Any, before: Any = None) -> Iterator[str]:
        """Yield what to warn of in ``row`` as saved by now; ``before`` is the row as it was stored until then."""
        yield from ()

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        before = getattr(request, "stored_before", None)
        for words in self.cautions(request, form.instance, before):
            self.message_user(request, words, messages.WARNING)


def long_title(title: str) -> Iterator[str]:
    if len(title) > LONGEST_TITLE:
        words = ngettext(
            "The title has %(count)d letter; more than %(most)d are hard to read in lists.",
            "The title has %(count)d letters; more than %(most)d are hard to read in lists.",
            len(title),
        )
        yield words % {"count": len(title), "most": LONGEST_TITLE}


def long_paragraphs(name: str, text: str) -> Iterator[str]:
    """Warn of the paragraphs of ``text``, plain or rich, that tire readers on a phone."""
    lengths = [len(strip_tags(part).strip()) for part in _PARAGRAPHS.split(text)]
    count = sum(length > LONGEST_PARAGRAPH for length in lengths)
    if count:
        words = ngettext(
            "«%(field)s»: %(count)d paragraph has more than %(most)d letters; part it.",
            "«%(field)s»: %(count)d paragraphs have more than %(most)d letters; part them.",
            count,
        )
        yield words % {"field": name, "count": count, "most": LONGEST_PARAGRAPH}
