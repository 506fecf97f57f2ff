"""Asking someone to become an editor: an account without a password, and a letter with the link that sets one."""

from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from .events import record
from .models import LetterNotSent, SecurityEventKind, User


def invite(email: str, *, by: User, chamber_name: str) -> User:
    """Return the account of ``email``, made if there was none, after writing to it that ``by`` invites it.

    A new account is a member of staff without a password; the letter's link, good for PASSWORD_RESET_TIMEOUT, sets
    one. A known address keeps its account and its rights, and its letter says to sign in: the caller cannot tell the
    two apart and should not try. The role itself is the caller's to give, in the same transaction.

    Raises ValidationError for what is no address, and LetterNotSent, with no account made, if the mail server fails.
    """
    email = email.strip().lower()
    validate_email(email)
    with transaction.atomic():
        user = next(iter(filter_users_by_email(email, is_active=True)), None) or get_user_by_username(email)
        if user is None:
            user = User(username=email, email=email, is_staff=True)
            user.set_unusable_password()
            user.save()
        elif not user.is_staff and user.is_active:
            user.is_staff = True
            user.save(update_fields=["is_staff"])
        record(SecurityEventKind.INVITED, user, by=by, detail=chamber_name)
        if user.is_active:
            _write(user, email, by, chamber_name)
    return user


def _write(user, email, by, chamber_name):
    is_new = not user.has_usable_password()
    if is_new:
        key = f"{user_pk_to_url_str(user)}-{PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
        link = get_adapter().get_reset_password_from_key_url(key)
    else:
        link = settings.BASE_URL + reverse("account_login")
    words = {
        "is_new": is_new,
        "username": user.get_username(),
        "by": by.get_full_name() or by.get_username(),
        "chamber": chamber_name,
        "link": link,
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
    }
    letter = EmailMessage(
        subject=gettext("Invitation to the editors' desk of the Ghuraf portal"),
        body=render_to_string("account/email/invitation_message.txt", words).strip() + "\n",
        to=[email],
    )
    try:
        letter.send()
    except (OSError, SMTPException) as error:
        raise LetterNotSent from error
