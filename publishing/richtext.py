"""Rich text of articles: an allow-list of elements, applied when it enters and again when it is shown.

The editor (static/js/richtext.js) knows the same elements: one that is added here is added there.
"""

import re

import nh3
from django.db import models
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

ALLOWED = {"p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "a", "bdi", "q"}
ATTRIBUTES = {"a": {"href"}, "bdi": {"dir"}, "p": {"dir", "lang"}}
BLOCKS = "p|h2|h3|ul|ol|blockquote"
_BULLET = re.compile(r"^[-–•·▪●◦*]\s+")
_IS_MARKUP = re.compile(rf"<({BLOCKS}|h1|h[4-6]|li|div|table)\b", re.IGNORECASE)
# What word processors and old pages write for elements of the allow-list. Tables become paragraphs, one a row.
_SYNONYMS = [
    (re.compile(rf"<(/?)(?:{old})(?=[\s/>])[^>]*>", re.IGNORECASE), rf"<\1{new}>")
    for old, new in {"b": "strong", "i": "em", "h1": "h2", "h[456]": "h3", "div|tr": "p"}.items()
] + [
    (re.compile(r"</t[dh]\s*>", re.IGNORECASE), " "),
    (re.compile(r"</?(?:table|tbody|thead|tfoot|caption|colgroup|col|t[dh])(?=[\s/>])[^>]*>", re.IGNORECASE), ""),
]
# Marks of direction that word processors leave behind: the pages set directions themselves, by element.
_MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_SPACES = re.compile(r"(?:&nbsp;|[ \t\u00a0]){2,}")
_EMPTY = re.compile(r"<(p|h2|h3|li|blockquote)(?: [^>]*)?>(?:\s|&nbsp;|\u00a0|<br>)*</\1>")
_PARAGRAPH_OF_ITEM = re.compile(r"<li>\s*<p>((?:(?!</?p\b).)*)</p>\s*(?=</li>|<ul>|<ol>)", re.DOTALL)
_BLOCK_TAG = re.compile(rf"<(/?)(?:{BLOCKS}|li)(?: [^>]*)?>")


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

    Text that holds blocks of HTML already is tidied and sanitised.
    """
    if _IS_MARKUP.search(text):
        return _tidy(text)
    blocks = []
    for block in re.split(r"\n\s*\n", _MARKS.sub("", text).replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        if all(_BULLET.match(line) for line in lines):
            blocks.append("<ul>" + "".join(f"<li>{escape(_BULLET.sub('', line))}</li>" for line in lines) + "</ul>")
        else:
            blocks.append("<p>" + "<br>".join(escape(line) for line in lines) + "</p>")
    return "\n".join(blocks)


def _tidy(text: str) -> str:
    """Return the HTML ``text`` in the elements of the allow-list, without what only its writer's program needed."""
    for old, new in _SYNONYMS:
        text = old.sub(new, text)
    text = _SPACES.sub(" ", _MARKS.sub("", sanitise(text)))
    text = _PARAGRAPH_OF_ITEM.sub(r"<li>\1", text)
    before = None
    while before != text:
        before, text = text, _EMPTY.sub("", text)
    return _wrap_loose(text).strip()


def _wrap_loose(text: str) -> str:
    """Return the sanitised ``text`` with what stands between its blocks put into paragraphs."""
    parts, depth, start = [], 0, 0
    for tag in _BLOCK_TAG.finditer(text):
        if depth == 0:
            parts.append(_paragraphs(text[start : tag.start()]))
            start = tag.start()
        depth += -1 if tag[1] else 1
        if depth == 0:
            parts.append(text[start : tag.end()])
            start = tag.end()
    return "".join([*parts, _paragraphs(text[start:])])


def _paragraphs(loose: str) -> str:
    if not loose.strip():
        return loose
    blocks = (block.strip() for block in re.split(r"\n\s*\n", loose.replace("\r\n", "\n")))
    return "\n".join(f"<p>{block}</p>" for block in blocks if block)


def render(text: str) -> SafeString:
    """Return stored rich text for a page, sanitised once more: fixtures and imports pass no form."""
    return mark_safe(sanitise(text))  # noqa: S308


class RichTextField(models.TextField):
    """HTML of the allow-list; plain text typed into it becomes paragraphs and lists."""

    def clean(self, value: str | None, model_instance: models.Model | None) -> str:
        return from_plain(super().clean(value, model_instance) or "")
