"""allauth's forms with the portal's words; digits may be Arabic ones, and nothing is asked by a placeholder."""

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from arabic.folding import fold_digits

from . import lock
from .models import SecurityEventKind


class Plain:
    """Labels instead of placeholders, the direction of what is typed, no links inside the help text."""

    labels = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = _("This field must be filled in.")
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["dir"] = "auto"
            if name in ("password", "oldpassword"):
                field.help_text = ""


class CodeField:
    """A code of digits, Arabic ones too, with or without spaces."""

    labels = {"code": _("Code")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"dir": "ltr", "inputmode": "numeric", "autocomplete": "one-time-code"}
        clean = self.fields["code"].clean
        self.fields["code"].clean = lambda value: "".join(fold_digits(clean(value)).split())


class LoginForm(Plain, account_forms.LoginForm):
    labels = {
        "login": _("User name or e-mail address"),
        "password": _("Password"),
        "remember": _("Keep me signed in on this device"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"id": "id_username", "autocomplete": "username"}
        # After a refusal the name stands, and the password is asked for again.
        self.fields["password" if self.is_bound else "login"].widget.attrs["autofocus"] = True
        self.fields["login"].max_length = 254


class ReauthenticateForm(Plain, account_forms.ReauthenticateForm):
    labels = {"password": _("Password")}

    def clean_password(self):
        return _own_password(self.user, self.cleaned_data["password"])


class ResetPasswordForm(Plain, account_forms.ResetPasswordForm):
    labels = {"email": _("E-mail address")}


class ChangePasswordForm(Plain, account_forms.ChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }

    def clean_oldpassword(self):
        return _own_password(self.user, self.cleaned_data["oldpassword"])


class ResetPasswordKeyForm(Plain, account_forms.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password, once more")}


class _LockedCode(CodeField, Plain):
    """Wrong codes count towards the lock as wrong passwords do."""

    def clean_code(self):
        lock.refuse_if_locked(context.request, user=self.user)
        try:
            code = super().clean_code()
            if self.authenticator.type == Authenticator.Type.TOTP:
                _spend(self.authenticator, code)
            return code
        except ValidationError as error:
            if error.code == "incorrect_code":
                lock.record_failure(context.request, SecurityEventKind.FACTOR_FAILED, user=self.user)
            raise


class AuthenticateForm(_LockedCode, factor_forms.AuthenticateForm):
    pass


class ReauthenticateCodeForm(_LockedCode, factor_forms.ReauthenticateForm):
    pass


class ActivateForm(CodeField, Plain, totp_forms.ActivateTOTPForm):
    labels = {"code": _("The code that the app shows")}


class DeactivateForm(Plain, totp_forms.DeactivateTOTPForm):
    labels = {"password": _("Password")}
    password = account_forms.PasswordField(autocomplete="current-password")

    def clean_password(self):
        return _own_password(self.authenticator.user, self.cleaned_data["password"])


def _spend(authenticator: Authenticator, code: str) -> None:
    """Raise ValidationError for a code that is not newer than the last one used: each opens once (RFC 6238 5.2).

    allauth remembers used codes in the cache, which processes need not share.
    """
    secret = decrypt(authenticator.data["secret"])
    counters = [
        counter
        for counter in totp.yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, counter)))
    ]
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        if not counters or max(counters) <= row.data.get("last_counter", -1):
            raise get_factor_adapter().validation_error("incorrect_code")
        row.data["last_counter"] = max(counters)
        row.save(update_fields=["data"])
    authenticator.data = row.data


def _own_password(user, password: str) -> str:
    adapter = get_adapter()
    if not adapter.reauthenticate(user, password):
        raise adapter.validation_error("incorrect_password")
    return password
