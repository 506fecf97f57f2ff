"""Where rules of the database live; each app's test_constraints.py breaks every one of its own."""

from pathlib import Path

from django.apps import apps
from django.conf import settings

from tests.constraints import constraints_of


def test_apps_with_constraints_have_tests_of_them():
    ours = [config for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]
    assert {config.label for config in ours if constraints_of(config.label)} == {
        "accounts",
        "search",
        "publishing",
        "chambers",
        "meetings",
        "articles",
    }
