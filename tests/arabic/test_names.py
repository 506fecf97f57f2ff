"""Initials of names."""

import pytest

from arabic.names import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("أحمد بكور", "أ ب"),
        ("أحمد الشرادي", "أ ش"),
        ("السعيد أثنان", "س أ"),
        ("عبد الرحيم الزكراني", "ع ز"),
        ("خلالة", "خ"),
        ("Abdelmalek Boutyine", "AB"),
        ("ال", "ا"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters
