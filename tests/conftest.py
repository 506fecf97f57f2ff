"""What every test gets: settings that owe nothing to this machine's ``.env``, an empty cache, a folder for uploads.

The index of the search is filled when something asks it: most tests never do, and making entries of every row would
take as long as all else together. Tests of the index itself are marked ``indexed``: there, and where queries are
counted, every row is indexed as it is saved, as in production.
"""

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
from django.db import connections  # noqa: E402
from django.db.backends.signals import connection_created  # noqa: E402

from search import upkeep  # noqa: E402

# Hashing a password slowly is a virtue that tests need not pay for.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# What is the same on every database, and so is left out on PostgreSQL to keep the whole short: what asks none, what
# judges the pages made of its rows, and rights by the thousand, which are code.
SAME_ON_EVERY_DATABASE = (
    "tests/arabic/",
    "tests/portal/test_styleguide.py",
    "tests/test_architecture.py",
    "tests/test_components.py",
    "tests/test_contrast.py",
    "tests/test_css.py",
    "tests/test_glossary.py",
    "tests/test_html.py",
    "tests/test_javascript.py",
    "tests/test_permissions.py::test_every_field",
    "tests/test_permissions.py::test_every_page",
    "tests/test_plurals.py",
    "tests/test_sizes.py",
    "tests/test_translations.py",
)


def pytest_collection_modifyitems(config, items):
    if django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        same = [item for item in items if item.nodeid.startswith(SAME_ON_EVERY_DATABASE)]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if not item.nodeid.startswith(SAME_ON_EVERY_DATABASE)]


@pytest.fixture(autouse=True)
def empty_cache():
    """Pages kept by one test are not another's: a rolled back database does not take its pages along."""
    cache.clear()


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Uploads go to a folder of the test's own; returns its path."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


class LateIndex:
    """What was touched since the index was last asked, and is put into it when it is asked again."""

    def __init__(self):
        self.is_on = False
        self.touched = upkeep._Touched()
        self.index_now = upkeep._Touched.index

    def start(self):
        self.is_on, self.touched = True, upkeep._Touched()

    def note(self, touched):
        if not self.is_on:
            self.index_now(touched)
            return
        self.touched.own |= touched.own
        self.touched.namers |= touched.namers

    def before_query(self, execute, sql, params, many, context):
        # The names of the tables begin so; migrations, which make them, come before any test.
        if self.is_on and "search_" in sql and (self.touched.own or self.touched.namers):
            self.is_on = False
            try:
                self.index_now(self.touched)
            finally:
                self.start()
        return execute(sql, params, many, context)

    def watch(self, connection, **_kwargs):
        if self.before_query not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.before_query)


late_index = LateIndex()
upkeep._Touched.index = lambda touched: late_index.note(touched)
connection_created.connect(late_index.watch)
for one in connections.all():
    late_index.watch(one)


@pytest.fixture(autouse=True)
def index_when_asked(request):
    """Leave the index until something asks it, unless the test is marked ``indexed`` or counts queries."""
    counts = {"django_assert_num_queries", "django_assert_max_num_queries"} & set(request.fixturenames)
    if not counts and not request.node.get_closest_marker("indexed"):
        late_index.start()
    yield
    late_index.is_on = False
