"""The one settings file. Every value that differs between machines comes from the environment or ``.env``.

A wrong or missing variable stops the start and is named; the table of variables stands in README.md.
"""

import logging
import os
import time
from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env, ValidationError

# Morocco's clock changed for good on 20 September 2026. Many systems' zone files still say otherwise, so the
# rules of the tzdata package are the ones to use: an empty search path makes zoneinfo take the package.
os.environ["PYTHONTZPATH"] = ""
import zoneinfo

zoneinfo.reset_tzpath(to=())

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env(eager=False)
env.read_env(BASE_DIR / ".env", recurse=False)


def _list(name: str, default: list[str]) -> list[str]:
    return [part for part in (raw.strip() for raw in env.list(name, default)) if part]


def _secret_key(value: str) -> None:
    if len(value) < 20:
        raise ValidationError(
            "At least 20 characters are needed; this prints a key: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


def _database_url(value: str) -> None:
    if not value.startswith(("sqlite:", "postgres:", "postgresql:")):
        raise ValidationError("Only sqlite:///path and postgres://user:password@host:5432/name are known.")


def _email_url(value: str) -> None:
    if not value.startswith(("console:", "file:", "smtp:", "submission:")):
        raise ValidationError("Only console:, submission://user:password@host:587 and smtp://host:25 are known.")


# An absent key is judged as an empty one, so that the same words say how to make it.
SECRET_KEY = env.str("SECRET_KEY", "", validate=_secret_key)
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = _list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS", [])
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("HTTPS", False)
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'ghuraf.sqlite3'}", validate=_database_url)
DATABASES = {"default": env.dj_db_url("DATABASE_URL", DATABASE_URL, conn_max_age=None, conn_health_checks=True)}
CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}
EMAIL_URL = env.str("EMAIL_URL", "console:", validate=_email_url)
EMAIL = env.dj_email_url("EMAIL_URL", EMAIL_URL)
EMAIL_FROM = env.str("EMAIL_FROM", "ghuraf@localhost")
# How many proxies stand before the portal and write X-Forwarded-For; without one that header is anybody's invention.
PROXIES = env.int("PROXIES", 1 if HTTPS else 0)
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", not DEBUG)
SECURITY_EVENT_DAYS = env.int("SECURITY_EVENT_DAYS", 180)
STATICFILES_BACKEND = env.str("STATICFILES_BACKEND", "config.storage.BundledStaticFilesStorage")
env.seal()

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # A sheet of 5,000 rows is saved in up to a minute, and nothing else is meanwhile.
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

INSTALLED_APPS = [
    "config.apps.GhurafAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_prose_editor",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "accounts",
    "arabic",
    "search",
    "publishing",
    "chambers",
    "meetings",
    "articles",
    "portal",
]

# Public pages touch neither session nor user: these two middlewares are lazy, so such a page sets no cookie.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "publishing.middleware.refuse_nul",
    "publishing.middleware.follow_redirects",
    "publishing.middleware.public_cache",
    "publishing.middleware.say_withdrawn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.note_sessions",
    "accounts.middleware.require_second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "arabic.templatetags.arabic"],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
# A link for a new password, in an invitation too.
PASSWORD_RESET_TIMEOUT = 3 * 86_400

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whoever asks for the link of an unknown address reads what all read, and nobody gets a letter.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE = 14 * 86_400
# The lock of accounts.lock counts in the database; these limits only slow a flood down, in each process by itself
# unless CACHE_URL names a cache that all share.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,20/5m/key"}
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ghuraf"
# Phones' clocks differ and people type slowly: the code before and the one after do as well.
MFA_TOTP_TOLERANCE = 1
# Editors are invited by their address: no letter has to prove it once more.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.ActivateForm",
    "deactivate_totp": "accounts.forms.DeactivateForm",
}

EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH = EMAIL["EMAIL_FILE_PATH"]
EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_HOST"] or "localhost", EMAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL["EMAIL_USE_TLS"], EMAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_overrides"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Africa/Casablanca"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploads have no address of their own: public views send those of public records, this one is for signed-in editors.
MEDIA_URL = "admin/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATICFILES_BACKEND},
}

# The form of a session holds 40 items and 122 attendances, a score of fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "publishing.admin.kept.refused"
SESSION_COOKIE_HTTPONLY = True
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Log lines are in UTC: the clock that Python's logging reads comes from the system's zone files, which may be old.
logging.Formatter.converter = time.gmtime
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)sZ %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        # Whoever asks for another host gets 400; robots do all day, and no traceback of ours helps.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        # The modules of the server's HTTP write past its own log, one warning for every HEAD request.
        "gunicorn.http": {"level": "ERROR"},
    },
}
