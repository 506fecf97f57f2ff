"""What is asked of whoever is signed in, on the pages that know them; public pages never read a session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from . import second_factor, sessions

PRIVATE = ("/admin/", "/account/")


def note_sessions(get_response):
    """Keep the moment at which a session was seen last."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Before the view: it may end the session.
        if request.path.startswith(PRIVATE) and request.user.is_authenticated and request.session.session_key:
            sessions.touch(request)
        return get_response(request)

    return middleware


def require_second_factor(get_response):
    """Lead managers and administrators who have no second factor to its set-up, before the admin."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_missing(request):
            return get_response(request)
        if request.method in ("GET", "HEAD"):
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('mfa_activate_totp')}?{query}")
        # What was typed is still in the browser, one step back.
        return render(request, "mfa/required.html", status=403)

    def _is_missing(request):
        if not request.path.startswith(reverse("admin:index")):
            return False
        if request.path in (reverse("admin:login"), reverse("admin:logout"), reverse("admin:jsi18n")):
            return False
        user = request.user
        return user.is_authenticated and second_factor.is_required(user) and not second_factor.is_set_up(user)

    return middleware
