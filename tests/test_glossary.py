"""Every choice of the records stands in docs/glossary.md, in Arabic, French and English."""

import re
from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).resolve().parent.parent / "docs/glossary.md"
ROWS = [row.split("|") for row in re.findall(r"^\|(.+)\|$", GLOSSARY.read_text("utf-8"), re.M)]
OURS = {"chambers", "meetings", "articles", "publishing"}
# Which source states which field: names of fields, not terms of the trade.
NOT_TERMS = re.compile(r"citation$")


def test_every_choice_has_a_row():
    codes = {code for row in ROWS for cell in row for code in re.findall(r"`(\w+)`", cell)}
    missing = {
        f"{model._meta.label}.{field.name}: {value}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.concrete_fields
        if field.choices and not (NOT_TERMS.search(model._meta.model_name) and field.name == "field")
        for value, _ in field.flatchoices
        if value and value not in codes
    }
    assert missing == set()


def test_rows_are_whole():
    assert [row for row in ROWS if len(row) not in (4, 5) or not all(cell.strip() for cell in row)] == []
