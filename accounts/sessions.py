"""Where an account is signed in: kept up to date, named in words, ended on request."""

import datetime

from allauth.usersessions.models import UserSession
from django.utils import timezone
from django.utils.translation import gettext as _

from .events import record
from .models import SecurityEventKind

# Seen again within this time, a session is not written anew: reading a page must not cost a write each time.
FRESH = datetime.timedelta(minutes=5)

# What a browser says of itself, the more particular first: most of them also name those below.
_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
_SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]


def device(agent: str) -> str:
    """Return a browser's and a system's name for a User-Agent header, such as ``Firefox – Windows``."""
    names = [next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " – ".join(filter(None, names)) or _("unknown device")


def of(user, current_key: str | None) -> list[UserSession]:
    """Return the sessions of ``user`` that are alive, the present one first, then the last seen first."""
    sessions = UserSession.objects.purge_and_list(user)
    for session in sessions:
        session.is_present = session.session_key == current_key
        session.device = device(session.user_agent)
    return sorted(sessions, key=lambda session: (not session.is_present, -session.last_seen_at.timestamp()))


def touch(request) -> None:
    """Note that the session of ``request`` is in use."""
    now = timezone.now()
    session = UserSession.objects.filter(session_key=request.session.session_key).first()
    if session is None or session.user_id != request.user.pk or session.last_seen_at < now - FRESH:
        UserSession.objects.create_from_request(request)


def end(sessions, *, by) -> int:
    """End ``sessions`` and return how many there were."""
    ended = list(sessions)
    for session in ended:
        session.end()
        record(SecurityEventKind.SESSION_ENDED, session.user, by=by, detail=device(session.user_agent))
    return len(ended)
