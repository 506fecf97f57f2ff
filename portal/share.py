"""Pictures to share: one of the portal, one of each family of chambers, one of each public meeting."""

import hashlib
from threading import Lock

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chambers.models import Family
from meetings.models import Meeting
from meetings.structured import CardWords, card_words
from publishing.views import find_public

from .cards import DESIGN, draw

# A day: a new title gets a new address at once, and a withdrawn meeting's card is gone from every cache by then.
LIFETIME = 86_400
# A card is drawn in a tenth of a second and asked for by few: one at a time leaves the other threads to readers.
_drawing = Lock()


@require_safe
def portal_card(request: HttpRequest) -> HttpResponse:
    """Send the card of pages that belong to no chamber."""
    return _sent(CardWords(_("What did the chambers of your region decide?"), "", _tagline(), "", ""))


@require_safe
def family_card(request: HttpRequest, family: str) -> HttpResponse:
    """Send the card of the pages of a family's chambers; raises Http404 for a family that is none."""
    if family not in Family.values:
        raise Http404
    return _sent(CardWords(_("Chambers of %(family)s") % {"family": Family(family).label}, "", _tagline(), "", family))


@require_safe
def meeting_card(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Send the card of a public meeting; any other is answered as its page is."""
    meeting = find_public(Meeting.objects.select_related("chamber"), url_year=year, slug=slug)
    return _sent(card_words(meeting))


def _tagline() -> str:
    return _("the record of Morocco's professional chambers")


def _sent(words: CardWords) -> HttpResponse:
    response = HttpResponse(_drawn(words), content_type="image/png")
    patch_cache_control(response, public=True, max_age=LIFETIME)
    return response


def _drawn(words: CardWords) -> bytes:
    """Return the card, drawn only where no request before drew the same words."""
    key = f"card:{hashlib.sha256(repr((DESIGN, words)).encode()).hexdigest()}"
    picture = cache.get(key)
    if picture is None:
        with _drawing:
            picture = cache.get(key)
            if picture is None:
                picture = draw(words)
                cache.set(key, picture, timeout=None)
    return picture
