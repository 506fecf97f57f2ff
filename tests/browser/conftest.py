"""Chromium for the tests that need a browser.

The browser is the system's: named by CHROMIUM or found on the path, never downloaded. Without one these tests are
skipped with a line that says how to get it; with REQUIRE_BROWSER=1 they fail.
"""

import os
import shutil
import threading
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW_TO_GET_IT = "no Chromium: install it (Debian: apt install chromium) or name one with CHROMIUM=/path/to/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",  # as root, in containers, there is no sandbox to be had
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # The tests' own server is the whole network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def find_chromium():
    """Return the path of the browser to test with, or None."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(config, items):
    """Mark the browser tests and run them last.

    The synchronous Playwright leaves an event loop running in the thread, which Django's database calls refuse
    outside these tests; where the tests are last, nothing else meets it.
    """
    mine = [item for item in items if HERE in item.path.parents]
    kept = mine
    for item in mine:
        item.add_marker(pytest.mark.browser)
    if django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        kept = [item for item in mine if item.get_closest_marker("smoke")]
        config.hook.pytest_deselected(items=[item for item in mine if item not in kept])
    items[:] = [item for item in items if item not in mine] + kept
    if not find_chromium() and not os.environ.get("REQUIRE_BROWSER"):
        for item in kept:
            item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_IT))


@pytest.fixture(scope="session")
def browser():
    path = find_chromium()
    if path is None:
        pytest.fail(HOW_TO_GET_IT)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def wait_for_requests():
    """Wait until the tests' server has answered all it was asked.

    Requests share the test's database: one that goes on when it is emptied or closed fails, and the test with it.
    """
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def page_at(browser, live_server):
    """Return a factory of pages: ``page_at(width, height=800, color_scheme="light", js=True, for_axe=False)``.

    ``page.goto("/path/")`` is relative to the tests' server. The test fails in the end if any page wrote an error to
    its console, a refused script or style among them; that the document itself was an error page is no such error.
    ``for_axe``: its rules write a style of their own into the page, which the policy would refuse.
    """
    contexts, errors = [], []

    def make(width, height=800, color_scheme="light", js=True, for_axe=False):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=color_scheme,
            java_script_enabled=js,
            bypass_csp=for_axe,
            locale="ar-MA",
            timezone_id="Africa/Casablanca",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()

        def console(message):
            url = message.location.get("url")
            is_error_page = url == page.url and message.text.startswith("Failed to load resource")
            # A paper has no head to name an icon in, so the browser asks for the usual one.
            is_icon_of_a_paper = str(url).endswith("/favicon.ico")
            if message.type == "error" and not is_error_page and not is_icon_of_a_paper:
                errors.append(f"{page.url}: {message.text} ({url})")

        # Axe reads the sheets again, as if they stood in the page, and asks for parts of them where none are.
        if not for_axe:
            page.on("console", console)
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        return page

    yield make
    for context in contexts:
        context.close()
    wait_for_requests()
    assert not errors, "\n".join(errors)


@pytest.fixture
def page(page_at):
    """A page of a desktop's width whose console must stay free of errors."""
    return page_at(1280)
