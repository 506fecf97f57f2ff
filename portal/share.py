"""Pictures to share: one of the portal, one of each family of chambers, one of each public meeting.

Each is drawn once and kept in the storage, under a name made of its words: whatever the cache forgets, no card is
drawn again. The file of words since corrected stays behind; it is small, and no address leads to it.

How long other caches may keep a card follows from what can happen to it. Those of the portal and of a family name no
record: a day. That of a meeting is to be gone soon after the meeting is withdrawn, and costs little to send again: an
hour at an address whose mark is that of its words; a minute, like the page itself, at any other, where other words
may follow.
"""

import hashlib
from threading import Lock

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chambers.models import Family
from meetings.models import Meeting
from meetings.structured import CardWords, card_words
from publishing.views import find_public

from .cards import DESIGN, draw

MINUTE, HOUR, DAY = 60, 3_600, 86_400
# Drawing takes a tenth of a second of the processor: one card at a time in each process. Whoever asks for another
# meanwhile waits for two at most, then is sent elsewhere: the threads belong to readers.
_drawing = Lock()
PATIENCE = 0.2
# The last bytes of every whole PNG: a file that another process is still writing, or never finished, lacks them.
_END = b"IEND\xaeB`\x82"


@require_safe
def portal_card(request: HttpRequest) -> HttpResponse:
    """Send the card of pages that belong to no chamber."""
    words = CardWords(_("What did the chambers of your region decide?"), "", _tagline(), "", "")
    return _sent(_common(words), DAY)


@require_safe
def family_card(request: HttpRequest, family: str) -> HttpResponse:
    """Send the card of the pages of a family's chambers; raises Http404 for a family that is none."""
    if family not in Family.values:
        raise Http404
    words = CardWords(_("Chambers of %(family)s") % {"family": Family(family).label}, "", _tagline(), "", family)
    return _sent(_common(words), DAY)


@require_safe
def meeting_card(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Send the card of a public meeting; any other is answered as its page is.

    Where it is not drawn yet and others are being drawn, the card of its family stands in for it, for this once.
    """
    meeting = find_public(Meeting.objects.select_related("chamber"), url_year=year, slug=slug)
    words = card_words(meeting)
    picture = _kept(_name(words))
    if picture is None and _drawing.acquire(timeout=PATIENCE):
        try:
            picture = _drawn(words)
        finally:
            _drawing.release()
    if picture is None:
        response = redirect("portal:family_card", family=words.family)
        patch_cache_control(response, no_store=True)
        return response
    return _sent(picture, HOUR if request.GET.get("v") == words.mark else MINUTE)


def _tagline() -> str:
    return _("the record of Morocco's professional chambers")


def _sent(picture: bytes, lifetime: int) -> HttpResponse:
    response = HttpResponse(picture, content_type="image/png")
    patch_cache_control(response, public=True, max_age=lifetime)
    return response


def _common(words: CardWords) -> bytes:
    """Return one of the five cards that stand in for others: they are drawn once for ever, so this once all wait."""
    picture = _kept(_name(words))
    if picture is None:
        with _drawing:
            picture = _drawn(words)
    return picture


def _drawn(words: CardWords) -> bytes:
    """Return the card of ``words``, drawn and kept unless the one waited for did so; ``_drawing`` is to be held."""
    name = _name(words)
    picture = _kept(name)
    if picture is None:
        picture = draw(words)
        default_storage.delete(name)  # what may be there is not whole
        default_storage.save(name, ContentFile(picture))
    return picture


def _kept(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            picture: bytes = file.read()
    except OSError:
        return None
    return picture if picture.endswith(_END) else None


def _name(words: CardWords) -> str:
    """Return where in the storage the card of ``words`` lies, in the present drawing of cards."""
    return f"renditions/cards/{hashlib.sha256(repr((DESIGN, words)).encode()).hexdigest()}.png"
