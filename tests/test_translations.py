"""Every string of the interface has its Arabic, in every plural form, and the compiled catalogues are fresh."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted((*ROOT.glob("locale/*/LC_MESSAGES/*.po"), *ROOT.glob("locale_overrides/*/LC_MESSAGES/*.po")))
SOURCES = ("accounts", "arabic", "articles", "chambers", "config", "meetings", "opendata", "portal", "publishing")
PLURAL_FORMS = 6
HOW_TO_GET_GETTEXT = "no xgettext: the strings of the sources cannot be gathered (Debian: apt install gettext)"


def key(entry) -> tuple[str | None, str]:
    return (entry.msgctxt, entry.msgid)


def words(entry) -> tuple[str, ...]:
    if entry.msgid_plural:
        return tuple(entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural))
    return (entry.msgstr,)


def catalogue(path: Path) -> dict:
    return {key(entry): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


@pytest.fixture(scope="session")
def strings_in_use(tmp_path_factory):
    """Gather the strings of sources and templates the way makemessages does, in a copy of the tree."""
    if not shutil.which("xgettext"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW_TO_GET_GETTEXT)
    copy = tmp_path_factory.mktemp("sources")
    for name in (*SOURCES, "search", "templates"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "locale"))
    (copy / "locale").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "ar", "--verbosity", "0"]
    subprocess.run(command, cwd=copy, env=environment, check=True)
    return catalogue(copy / "locale/ar/LC_MESSAGES/django.po")


def test_every_string_in_use_is_translated(strings_in_use):
    ours = catalogue(ROOT / "locale/ar/LC_MESSAGES/django.po")
    missing = [
        f"{entry.msgid!r} ({entry.occurrences[0][0]})"
        for name, entry in strings_in_use.items()
        if name not in ours or not ours[name].translated() or bool(ours[name].msgid_plural) != bool(entry.msgid_plural)
    ]
    assert not missing, "\n".join(["make messages and translate these:", *missing])


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_entry_is_fuzzy_or_empty(path):
    assert [entry.msgid for entry in catalogue(path).values() if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_plurals_have_six_forms(path):
    entries = catalogue(path).values()
    assert [e.msgid for e in entries if e.msgid_plural and sorted(e.msgstr_plural) != [*range(PLURAL_FORMS)]] == []
    assert f"nplurals={PLURAL_FORMS};" in polib.pofile(str(path)).metadata["Plural-Forms"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_translation_invents_no_placeholder(path):
    """A singular or dual may leave the number out; no form may name what the code does not give."""
    placeholder = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    wrong = []
    for entry in catalogue(path).values():
        given = set(placeholder.findall(entry.msgid + entry.msgid_plural))
        wrong += [form for form in words(entry) if set(placeholder.findall(form)) - given]
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_compiled_catalogue_is_fresh(path):
    assert path.with_suffix(".mo").exists(), "not compiled yet: make messages"
    compiled = {key(entry): words(entry) for entry in polib.mofile(str(path.with_suffix(".mo")))}
    assert compiled == {name: words(entry) for name, entry in catalogue(path).items()}


def test_there_are_catalogues():
    assert ROOT / "locale/ar/LC_MESSAGES/django.po" in CATALOGUES
