"""Sending an upload so that no browser runs anything in it."""

from typing import BinaryIO

from django.http import FileResponse

from .content import PDF, sniff

# A browser that shows the file all the same gives it no script, no form, no frame and no origin.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def send(file: BinaryIO, name: str, *, is_download: bool = True) -> FileResponse:
    """Return a response with ``file``, called ``name`` at the reader's; its type is what its content shows.

    Only a PDF may be shown in the browser, and pictures that we made ourselves: anything else is a download, and what
    is of no type we take is plain bytes. The one policy that a PDF goes without is the sandbox, in which browsers
    refuse to show it: their viewers run nothing of ours.
    """
    content_type = sniff(file)
    file.seek(0)
    is_shown = content_type == PDF and not is_download
    response = FileResponse(
        file,
        as_attachment=not is_shown,
        filename=name,
        content_type=content_type or "application/octet-stream",
    )
    return harmless(response) if not is_shown else response


def harmless(response: FileResponse) -> FileResponse:
    """Give ``response`` the policy of a sandbox, and forbid guessing its type."""
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
