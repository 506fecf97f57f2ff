"""The part of an address that names a numbered record: its number, then perhaps words.

Importing this module makes ``<numbered:number>`` known to routes.
"""

from django.urls import register_converter


class NumberedConverter:
    """``88`` or ``88-some-words``: the number is the key, the words are for people."""

    regex = "[0-9]{1,9}(?:-[-a-zA-Z0-9_]*)?"

    def to_python(self, value: str) -> int:
        """Return the number alone."""
        return int(value.split("-", 1)[0])

    def to_url(self, value: object) -> str:
        """Return the address as the record gives it."""
        return str(value)


register_converter(NumberedConverter, "numbered")
