"""What was typed into a form is kept when its writer must sign in again, and comes back unsaved.

The form lies in the session, which Django carries over a sign-in, and nothing is stored before its writer has seen it
again and sends it. Only a form with a note of ours of who opened it is kept (see ``seen``), so no stranger can fill
the session store or put words into an editor's form.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure

from .seen import SEEN, unseal

KEPT = "_kept"
FORMS = "kept_forms"
MOST_FORMS = 3
LONGEST = 2_000_000
MOST_SECONDS = 30 * 24 * 60 * 60

SAVED_NOT_YET = _(
    "Your sign-in had ended, so nothing of this has been saved yet. What you typed is here: look it over and save. "
    "Only files must be chosen again."
)


def keep(request: HttpRequest) -> str | None:
    """Keep the form that was sent, if one of ours; return the address at which it comes back."""
    note = unseal(request.POST.get(SEEN, ""))
    if note is None or timezone.now().timestamp() - note["at"] > MOST_SECONDS:
        return None
    if request.user.is_authenticated and request.user.pk != note["user"]:
        return None
    # The button is left out: a form that comes back is to be looked at, and then takes no step by itself.
    left_out = ("csrfmiddlewaretoken", "_step")
    data = {name: values for name, values in request.POST.lists() if name not in left_out}
    if sum(len(value) for values in data.values() for value in values) > LONGEST:
        return None
    forms = request.session.get(FORMS, {})
    key = get_random_string(12)
    forms[key] = {"path": request.path, "user": note["user"], "data": data, "files": [*request.FILES]}
    request.session[FORMS] = dict([*forms.items()][-MOST_FORMS:])
    address = request.GET.copy()
    address[KEPT] = key
    return f"{request.path}?{address.urlencode()}"


def bring_back(request: HttpRequest) -> bool:
    """Fill ``request`` with the form that its address names, as if it had been sent; the caller must not save it."""
    form = request.session.get(FORMS, {}).get(request.GET.get(KEPT, ""))
    if request.method != "GET" or form is None or form["path"] != request.path:
        return False
    if form["user"] != request.user.pk:
        forget(request)
        messages.warning(request, _("What was typed here belongs to another account and was put away."))
        return False
    data = QueryDict(mutable=True)
    for name, values in form["data"].items():
        data.setlist(name, values)
    # Reading the files first: a request made a POST afterwards would read its empty body over what is put in.
    request.kept_files = form["files"] if not request.FILES else []  # type: ignore[attr-defined]
    request.method, request.POST = "POST", data  # type: ignore[assignment]
    return True


def forget(request: HttpRequest) -> None:
    """Let the form go that the address of ``request`` names: it has been saved."""
    forms = request.session.get(FORMS, {})
    if forms.pop(request.GET.get(KEPT, ""), None) is not None:
        request.session[FORMS] = forms


def keeping(site: AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return ``view`` of ``site`` such that a form sent after its writer's sign-in ended is kept for them."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            address = keep(request)
            if address:
                return _ask_to_sign_in(request, address)
        return view(request, *args, **kwargs)

    return inner


def _ask_to_sign_in(request: HttpRequest, address: str) -> HttpResponse:
    messages.warning(request, _("Your sign-in has ended. What you typed is kept: sign in, and it comes back."))
    return redirect_to_login(address, reverse("admin:login"))


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not the browser's: its writer signed in again in another window, or it is forged.

    Either way nothing is saved. A form with our own note comes back for its writer to look at.
    """
    address = keep(request)
    if address is None:
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request, address)
    return HttpResponseRedirect(address)
