"""What an entry of the style guide is made of."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Context = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """What one template shows of an example; the component's own where none is named."""

    context: Context
    template: str = ""


@dataclass(frozen=True)
class Example:
    """A state in words, and its parts: the items of a list of the class ``box``, or one after another without."""

    words: str
    parts: tuple[Part, ...]
    box: str = ""


@dataclass(frozen=True)
class Specimen:
    """A component: its code, its name, what it is for, and the file to look for.

    The template that shows it is the one named after the code unless another is given.
    """

    code: str
    name: str
    purpose: str
    examples: tuple[Example, ...]
    other_template: str = ""
    where: str = ""

    @property
    def template(self) -> str:
        return self.other_template or f"components/{self.code}.html"

    @property
    def file(self) -> str:
        return self.where or f"components/{self.code}.html"


def example(words: Any, *contexts: Context | Part, box: str = "") -> Example:
    return Example(str(words), tuple(one if isinstance(one, Part) else Part(one) for one in contexts), box)


def component(code: str, name: str, purpose: str, *shown: Example, template: str = "", where: str = "") -> Specimen:
    return Specimen(code, name, purpose, shown, template, where)


def note(code: str, name: str, purpose: str, text: str) -> Specimen:
    """Return a component that stands on the page itself and cannot stand there twice."""
    return component(
        code, name, purpose, example(_("on this page"), {"text": text}), template="portal/styleguide/note.html"
    )
