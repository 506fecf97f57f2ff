"""What every public answer has in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from .models import Redirect
from .views import Withdrawn

GetResponse = Callable[[HttpRequest], HttpResponse]

LIFETIME = 60


def refuse_nul(get_response: GetResponse) -> GetResponse:
    """Answer 400 to an address with a NUL in it: no record holds one and PostgreSQL refuses to look."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


def follow_redirects(get_response: GetResponse) -> GetResponse:
    """Send whoever asks for a path that a record once had to the present one, for good."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        moved = Redirect.objects.filter(old_path=request.path).first()
        if moved is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{moved.new_path}?{query}" if query else moved.new_path)

    return middleware


def say_withdrawn(get_response: GetResponse) -> GetResponse:
    """Answer 410 with the date and the reason where a view meets a withdrawn record."""

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Withdrawn):
            return None
        return render(request, "410.html", {"record": exception.record}, status=410)

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def public_cache(get_response: GetResponse) -> GetResponse:
    """Let any cache keep a public page for a minute; what a session was read for is nobody else's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_private = request.path.startswith(("/admin/", "/account/")) or (
            response.has_header("Vary") and "Cookie" in response["Vary"]
        )
        if is_private:
            patch_cache_control(response, private=True, no_store=True)
        elif (
            request.method in ("GET", "HEAD")
            and response.status_code == 200
            and not response.has_header("Cache-Control")
        ):
            patch_cache_control(response, public=True, max_age=LIFETIME)
        return response

    return middleware
