"""The style guide: every component that readers meet, in all its states, for whoever works on the portal."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing.page_meta import PageMeta

from .specimens import Example, Specimen, groups


@dataclass(frozen=True)
class Shown:
    """An example as the page prints it: the id of its words, the words, its markup and the class of what holds it.

    ``is_list`` where each markup is an item, else there is one markup.
    """

    id: str
    words: str
    markups: list[SafeString]
    box: str
    is_list: bool


@dataclass(frozen=True)
class Entry:
    """A component on the page: its address in it, its name, what it is for, the file to look for and its examples."""

    anchor: str
    name: str
    purpose: str
    file: str
    shown: list[Shown]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the components while developing, else to staff alone: for everybody else there is no such page."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    shown = [(words, [_entry(specimen) for specimen in specimens]) for words, specimens in groups()]
    meta = PageMeta(_("Style guide"), reverse("portal:styleguide"), is_indexed=False)
    response = render(request, "portal/styleguide.html", {"meta": meta, "groups": shown})
    # Where DEBUG opens it no session is asked for, and nothing else would keep caches from it.
    patch_cache_control(response, private=True, no_store=True)
    return response


def _entry(specimen: Specimen) -> Entry:
    anchor = specimen.code.replace("_", "-")
    shown = [_shown(f"{anchor}-{n}", specimen, example) for n, example in enumerate(specimen.examples, start=1)]
    return Entry(anchor, specimen.name, specimen.purpose, specimen.file, shown)


def _shown(name: str, specimen: Specimen, example: Example) -> Shown:
    markups = [render_to_string(part.template or specimen.template, part.context) for part in example.parts]
    box = example.box
    if not box:
        # Sections and what stands one below another have the space between that the columns of pages give them.
        box = "stack" if len(markups) > 1 or markups[0].lstrip().startswith("<section") else ""
        markups = ["\n".join(markups)]
    unique = [_made_unique(markup, name, example.words) for markup in markups]
    return Shown(name, example.words, unique, box, bool(example.box))


_ID = re.compile(r'(?<=\s)id="([^"]+)"')
_LINK = re.compile(r'(?<=\shref=")#([^"]+)(?=")')
_REFERENCE = re.compile(r'(?<=\s)(for|aria-labelledby|aria-describedby)="([^"]+)"')
_LANDMARK = re.compile(r'<(?:nav|section|form)\b[^>]*?\s(?:role="search"|aria-label(?:ledby)?="[^"]*")[^>]*>')


def _made_unique(markup: str, name: str, words: str) -> SafeString:
    """Return the markup with ids that no other example has, and with landmarks named after the example too.

    A page has each of its components' ids once; here one component stands many times.
    """
    ids = set(_ID.findall(markup))

    def renamed(one: str) -> str:
        return f"{one}-{name}" if one in ids else one

    markup = _ID.sub(lambda found: f'id="{renamed(found[1])}"', markup)
    markup = _LINK.sub(lambda found: f"#{renamed(found[1])}", markup)
    markup = _REFERENCE.sub(lambda found: f'{found[1]}="{" ".join(map(renamed, found[2].split()))}"', markup)

    def told_apart(found: re.Match[str]) -> str:
        tag = found[0]
        if " aria-labelledby=" in tag:
            return re.sub(r'(aria-labelledby="[^"]*)"', rf'\1 {name}"', tag)
        if " aria-label=" in tag:
            return re.sub(r'(aria-label="[^"]*)"', lambda label: f'{label[1]} – {escape(words)}"', tag)
        return f'{tag[:-1]} aria-labelledby="{name}">'

    return SafeString(_LANDMARK.sub(told_apart, markup))  # made of templates, which escape
