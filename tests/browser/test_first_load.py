"""What the first visit to a page asks for, counted in a browser with an empty cache and in bytes on the wire.

The browser's requests are answered by Django's test client with the static files of a production site, bundled and
compressed: the server of the other browser tests hands out the sources, sheet by sheet.
"""

import gzip

import pytest
from django.core.management import call_command
from django.test import Client

from tests.states import session_of_forty

KB = 1024
PAGES = [
    "/",
    "/chambers/",
    "/chambers/artisanat-fes-meknes/",
    "/meetings/",
    "/meetings/calendar/2025/10/",
    "/meetings/2024/artisanat-fes-meknes-octobre/",
    "/decisions/",
    "/agreements/2024/3-exposition-permanente-fes/",
    "/figures/",
    "/news/2026/5-session-octobre-2024-fes-meknes/",
]


@pytest.fixture
def visit(browser, db, settings, tmp_path):
    """Return a function from a path to the requests of a first visit: address without origin, bytes on the wire."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.storage.BundledStaticFilesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(headers={"accept-encoding": "gzip"})

    def fetch(path, requests):
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        response.close()
        if response.headers.get("content-encoding") == "gzip":
            requests[path] = len(body)
            body = gzip.decompress(body)
        elif response.headers["content-type"].startswith("text/html"):
            requests[path] = len(gzip.compress(body, 6))  # the proxy's work
        else:
            requests[path] = len(body)
        kept = {"content-type", "content-security-policy"}
        headers = {name.lower(): value for name, value in response.headers.items() if name.lower() in kept}
        return {"status": response.status_code, "headers": headers, "body": body}

    def see(path, width):
        requests = {}
        # What the browser then asks for are files: Playwright answers outside the test's transaction.
        answers = {path: fetch(path, requests)}

        def answer(route):
            wanted = route.request.url.removeprefix("http://testserver")
            route.fulfill(**answers.get(wanted) or fetch(wanted, requests))

        context = browser.new_context(viewport={"width": width, "height": 740}, locale="ar-MA")
        page = context.new_page()
        page.route("**/*", answer)
        page.goto(f"http://testserver{path}")
        page.evaluate("document.fonts.ready.then(() => true)")
        page.wait_for_load_state("networkidle")
        context.close()
        assert len(requests) > 2, "the browser asked for nothing but the page"
        # Browsers fetch the icon of their tab once for the whole site, when the page is there.
        return {wanted: size for wanted, size in requests.items() if "/star." not in wanted}

    return see


def test_a_first_visit_is_at_most_200_kb_in_9_requests(visit):
    call_command("loaddata", "reference", "seeds", "records", verbosity=0)
    pages = [*PAGES, session_of_forty().get_absolute_url()]
    heavy = []
    for width, path in [(360, "/"), *((1280, path) for path in pages)]:
        requests = visit(path, width)
        if sum(requests.values()) > 200 * KB or len(requests) > 9:
            heavy.append(f"{path} at {width}: {sum(requests.values()) / KB:.0f} kB, {sorted(requests)}")
    assert heavy == []
