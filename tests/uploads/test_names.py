"""The name under which a file is kept owes nothing to the sender's, and the sender's is shown without tricks."""

import re

import pytest
import time_machine
from django.db.migrations.writer import MigrationWriter

from uploads.names import StoredIn, name_shown

STORED = re.compile(r"documents/2026/[0-9a-f]{32}(\.[a-z0-9]{1,5})?")
TRICKS = [
    "محضر الدورة.PDF",
    "../../etc/passwd.pdf",
    "..\\..\\windows\\evil.pdf",
    "/etc/cron.d/x.pdf",
    "a\x00b.pdf",
    "evil\u202efdp.exe.pdf",
    "م" * 300 + ".pdf",
    ".htaccess",
    "con.pdf",
    "x.p/../df",
    "x.php;.jpg",
    'x"><script>.pdf',
    "",
]


@pytest.mark.parametrize("name", TRICKS)
def test_the_name_kept_is_ours(name):
    with time_machine.travel("2026-11-26T12:00:00+00:00"):
        assert STORED.fullmatch(StoredIn("documents")(None, name))


def test_the_ending_is_kept_in_small_letters():
    assert StoredIn("documents")(None, "محضر.PDF").endswith(".pdf")


def test_two_files_of_one_name_have_two():
    stored = StoredIn("documents")
    assert stored(None, "a.pdf") != stored(None, "a.pdf")


def test_a_migration_can_write_it_down():
    assert MigrationWriter.serialize(StoredIn("articles"))[0] == "uploads.names.StoredIn('articles')"
    assert StoredIn("articles") == StoredIn("articles") != StoredIn("documents")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("محضر.pdf", "محضر.pdf"),
        ("C:\\Users\\a\\محضر.pdf", "محضر.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("a\x00\nb.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 50 + "…" + "xxxxx.pdf"),
    ],
)
def test_a_name_is_shown_plainly(name, shown):
    assert name_shown(name) == shown
