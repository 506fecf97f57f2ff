"""What every test gets: settings that owe nothing to this machine's ``.env``, an empty cache, a folder for uploads."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

# This stands before Django reads its settings, so pyproject.toml does not name the settings module: pytest-django
# would load it earlier than this file. Every pytest-xdist worker makes a folder of its own.
_var = Path(tempfile.mkdtemp(prefix="ghuraf-tests-"))
atexit.register(shutil.rmtree, _var, ignore_errors=True)
(_var / "static").mkdir()
os.environ.update(
    DJANGO_SETTINGS_MODULE="config.settings",
    SECRET_KEY="only-for-tests-and-known-to-everybody-0123456789",
    DEBUG="False",
    HTTPS="False",
    PROXIES="0",
    EMAIL_URL="console:",
    EMAIL_FROM="ghuraf@localhost",
    SECURITY_EVENT_DAYS="180",
    # Where the second factor is the matter, tests ask for it.
    REQUIRE_SECOND_FACTOR="False",
    ALLOWED_HOSTS="127.0.0.1,localhost",
    CSRF_TRUSTED_ORIGINS="",
    BASE_URL="http://testserver",
    CACHE_URL="locmem://",
    VAR_DIR=str(_var),
    STATICFILES_BACKEND="django.contrib.staticfiles.storage.StaticFilesStorage",
    PYTHONTZPATH="",
)
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or "sqlite://:memory:"

import django  # noqa: E402

django.setup()

from django.conf import settings as django_settings  # noqa: E402
from django.core.cache import cache  # noqa: E402

# Hashing a password slowly is a virtue that tests need not pay for.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def empty_cache():
    """Pages kept by one test are not another's: a rolled back database does not take its pages along."""
    cache.clear()


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Uploads go to a folder of the test's own; returns its path."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
