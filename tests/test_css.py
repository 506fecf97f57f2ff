"""The style sheets know a start and an end, never a left and a right, and leave Arabic letters joined."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
SHEETS = sorted(CSS.rglob("*.css"))


def declarations(path: Path) -> list[tuple[int, str]]:
    """Return the lines of a style sheet, numbered, without comments."""
    text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), path.read_text("utf-8"), flags=re.S)
    return list(enumerate(text.splitlines(), start=1))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: str(path.relative_to(CSS)))
def test_sides_are_logical(path):
    physical = re.compile(r"(?<!\w)(left|right)(?!\w)", re.I)
    assert [f"{number}: {line}" for number, line in declarations(path) if physical.search(line)] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: str(path.relative_to(CSS)))
def test_letters_are_never_spaced(path):
    """Space between letters breaks the joins of Arabic writing."""
    spaced = re.compile(r"letter-spacing\s*:(?!\s*(0|normal)\s*[;}])", re.I)
    assert [f"{number}: {line}" for number, line in declarations(path) if spaced.search(line)] == []


@pytest.mark.parametrize("path", [path for path in SHEETS if path.name != "tokens.css"], ids=lambda path: path.name)
def test_colours_come_from_the_tokens(path):
    # Print is black on white, and may give a custom property its value where the rest of print stands.
    colour = re.compile(
        r"(?<![\w-])(?!--)[a-z-]+:[^;{]*(#(?!(?:0{3}|f{3})\b)[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\()", re.I
    )
    assert [f"{number}: {line}" for number, line in declarations(path) if colour.search(line)] == []


def test_there_are_style_sheets():
    assert SHEETS
