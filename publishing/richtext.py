"""Rich text of articles: an allow-list of elements, applied when it enters and again when it is shown."""

import re

import nh3
from django.db import models
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

ALLOWED = {"p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "a", "bdi", "q"}
ATTRIBUTES = {"a": {"href"}, "bdi": {"dir"}, "p": {"dir", "lang"}}
_BULLET = re.compile(r"^[-–•*]\s+")


def sanitise(text: str) -> str:
    """Return the HTML ``text`` with everything outside the allow-list removed; scripts go with their content."""
    return nh3.clean(
        text,
        tags=ALLOWED,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


def from_plain(text: str) -> str:
    """Return HTML for text typed plainly: blank lines part paragraphs, lines with a dash or bullet are a list.

    Text that holds HTML paragraphs already is only sanitised.
    """
    if re.search(r"<(p|ul|ol|h2|h3|blockquote)\b", text):
        return sanitise(text)
    blocks = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        if all(_BULLET.match(line) for line in lines):
            blocks.append("<ul>" + "".join(f"<li>{escape(_BULLET.sub('', line))}</li>" for line in lines) + "</ul>")
        else:
            blocks.append("<p>" + "<br>".join(escape(line) for line in lines) + "</p>")
    return "\n".join(blocks)


def render(text: str) -> SafeString:
    """Return stored rich text for a page, sanitised once more: fixtures and imports pass no form."""
    return mark_safe(sanitise(text))  # noqa: S308


class RichTextField(models.TextField):
    """HTML of the allow-list; plain text typed into it becomes paragraphs and lists."""

    def clean(self, value: str | None, model_instance: models.Model | None) -> str:
        return from_plain(super().clean(value, model_instance) or "")
