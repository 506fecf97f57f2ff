"""allauth fitted to the portal: nobody signs up, failures lock, links lead to the public address, words are ours."""

import logging
from io import BytesIO
from smtplib import SMTPException

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from . import lock
from .events import record
from .models import SecurityEventKind

logger = logging.getLogger(__name__)

_WRONG = _("This name and this password do not belong together. Check both, and the language of the keyboard.")
_LATER = _("Too many attempts in a short time. Wait a few minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "incorrect_password": _("This is not the password of your account."),
        "enter_current_password": _("This is not the password of your account."),
        "incorrect_code": _("This code is wrong or was used already. Wait for the next one and type it."),
        "invalid_password_reset": _("This link has expired or was used already."),
        "too_many_login_attempts": _LATER,
        "rate_limited": _LATER,
    }

    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        return resolve_url("admin:index" if request.user.is_staff else "account")

    def get_password_change_redirect_url(self, request):
        return reverse("account")

    def get_reset_password_from_key_url(self, key):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        # The public address, whatever host the request named.
        return settings.BASE_URL + path.replace("UID-KEY", key)

    def pre_authenticate(self, request, **credentials):
        user, name = _who(credentials)
        lock.refuse_if_locked(request, user=user, name=name)
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request, **credentials):
        user, name = _who(credentials)
        lock.record_failure(request, SecurityEventKind.SIGN_IN_FAILED, user=user, name=name)

    def post_login(self, request, user, **kwargs):
        # Just signed in counts as just asked: setting up the second factor does not ask again.
        reauthenticate_by_password(request)
        return super().post_login(request, user, **kwargs)

    def respond_user_inactive(self, request, user):
        record(SecurityEventKind.SIGN_IN_FAILED, user, request=request, detail=gettext("the account is switched off"))
        return super().respond_user_inactive(request, user)

    def send_password_reset_mail(self, user, email, context):
        try:
            super().send_password_reset_mail(user, email, context)
        except (OSError, SMTPException):
            # The page says the same for every address, so it cannot say that a letter was not sent.
            logger.exception("The letter with the link for a new password could not be sent")
        else:
            record(SecurityEventKind.RESET_ASKED, user)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is wrong or was used already. Wait for the next one and type it."),
    }

    def get_totp_label(self, user):
        return user.get_username()

    def build_totp_svg(self, url):
        # With a white ground of its own: cameras read no dark code on a dark page.
        drawing = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage, border=3).save(drawing)
        return drawing.getvalue().decode()


def _who(credentials):
    """Return the account that the typed name means, or None, and the name."""
    name = credentials.get("username") or credentials.get("email") or ""
    user = get_user_by_username(name)
    if user is None:
        user = next(iter(filter_users_by_email(name, for_login=True)), None)
    return user, name
