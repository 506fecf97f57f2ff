"""The imports between the apps point one way, from what shows to what is shown (see CONTRIBUTING.md)."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What each package may import of the others. Accounts are reached by settings.AUTH_USER_MODEL alone.
_LOW = {"arabic"}
_PUBLISHING = _LOW | {"publishing", "search", "uploads"}
_CHAMBERS = _PUBLISHING | {"chambers"}
_MEETINGS = _CHAMBERS | {"meetings"}
_ARTICLES = _MEETINGS | {"articles"}
ALLOWED = {
    "arabic": set(),
    "accounts": _LOW,
    "search": _LOW,
    "uploads": set(),
    "publishing": _LOW | {"search", "uploads"},
    "chambers": _PUBLISHING,
    "meetings": _CHAMBERS,
    "articles": _MEETINGS,
    "portal": _ARTICLES,
    "opendata": _ARTICLES,
    "config": _ARTICLES | {"portal", "opendata"},
}
OURS = set(ALLOWED)
FORBIDDEN_NAMES = {"core", "common", "utils", "helpers", "mixins", "services"}


def imported_packages(source: str) -> set[str]:
    """Return the packages of ours that ``source`` imports absolutely, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found & OURS


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_imports_point_one_way(package):
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path in modules(package)
        for other in sorted(imported_packages(path.read_text("utf-8")) - ALLOWED[package] - {package})
    ]
    assert not wrong, "\n".join(wrong)


def test_imports_inside_functions_count():
    assert imported_packages("def f():\n    from meetings.models import Meeting\n    import portal.views") == {
        "meetings",
        "portal",
    }


def test_every_package_at_the_root_has_its_place_in_the_order():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - OURS - {"tests"} == set()


def test_names_say_the_idea():
    named = {path for package in OURS for path in (ROOT / package).rglob("*") if path.stem in FORBIDDEN_NAMES}
    assert not {path for path in named if path.is_dir() or path.suffix == ".py"}


def test_the_tree_stands_by_itself():
    """No file that is under version control leans on a folder beside the project."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: there is no list of the project's own files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    outside = b"../" + b"shared"
    files = (ROOT / name.decode() for name in listed.split(b"\0") if name)
    assert [str(path.relative_to(ROOT)) for path in files if path.is_file() and outside in path.read_bytes()] == []
