"""Addresses that are read away from the site: in feeds, calendars, tables and maps of the site."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return the full public address of ``path``, whatever host the request named."""
    return f"{settings.BASE_URL}{path}"
