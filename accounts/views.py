"""The account page, and what allauth's own views lack."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from . import second_factor, sessions

EVENTS = 20


@require_safe
@never_cache
@login_required
def account(request):
    """Show whose account this is, what guards it, where it is signed in and what happened to it."""
    codes = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    context = {
        "has_second_factor": second_factor.is_set_up(request.user),
        "second_factor_is_required": second_factor.is_required(request.user),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "sessions": sessions.of(request.user, request.session.session_key),
        "events": [
            {"event": event, "device": sessions.device(event.agent) if event.agent else ""}
            for event in request.user.security_events.select_related("by")[:EVENTS]
        ],
    }
    return render(request, "account/account.html", context)


@require_POST
@login_required
def end_session(request):
    """End the one session named by ``session``; the present one is signed out instead."""
    number = request.POST.get("session", "")
    mine = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    session = get_object_or_404(
        mine, pk=number if number.isascii() and number.isdigit() and len(number) < 19 else None
    )
    sessions.end([session], by=request.user)
    messages.success(request, _("The session has been ended: that device is signed out."))
    return redirect(f"{reverse('account')}#sessions")


@require_POST
@login_required
def end_other_sessions(request):
    mine = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    sessions.end(mine, by=request.user)
    messages.success(request, _("All other sessions have been ended."))
    return redirect(f"{reverse('account')}#sessions")


class ActivateView(ActivateTOTPView):
    """Set up the second factor; whoever was led here from the admin reads why."""

    def form_valid(self, form):
        """End what was signed in without the second factor, elsewhere and before."""
        response = super().form_valid(form)
        others = UserSession.objects.filter(user=self.request.user).exclude(
            session_key=self.request.session.session_key
        )
        sessions.end(others, by=self.request.user)
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return context | {"secret_groups": groups, "is_required": second_factor.is_required(self.request.user)}


class DeactivateView(DeactivateTOTPView):
    """Remove the second factor against the password, asked for each time and in this very form."""

    def _dispatch(self, request, *args, **kwargs):
        return super(DeactivateTOTPView, self).dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.request.method != "POST":
            # An empty form is not a wrong one.
            del kwargs["data"]
        return kwargs

    def form_valid(self, form):
        reauthenticate_by_password(self.request)
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"is_required": second_factor.is_required(self.request.user)}
