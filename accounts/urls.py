"""The addresses of accounts. The names are those that allauth asks for; nobody signs up, so that one is missing."""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from django.urls import path, re_path
from django.views.generic import RedirectView

from . import views

urlpatterns = [
    path("", views.account, name="account"),
    path("login/", account_views.login, name="account_login"),
    path("logout/", account_views.logout, name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("confirm/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/", account_views.password_change, name="account_change_password"),
    # Whoever has no password yet gets it as one who forgot it: by a link.
    path("password/set/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("password/reset/", account_views.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sessions/end/", views.end_session, name="end_session"),
    path("sessions/end-others/", views.end_other_sessions, name="end_other_sessions"),
    path("second-factor/", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path("second-factor/code/", factor_views.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/set-up/", views.ActivateView.as_view(), name="mfa_activate_totp"),
    path("second-factor/remove/", views.DeactivateView.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/recovery-codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/recovery-codes/new/", code_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "second-factor/recovery-codes/download/",
        code_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
