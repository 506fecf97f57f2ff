"""The order of the Arabic alphabet as a generated column, in SQL that both databases share.

``SortFold("title")`` is stored by the database; ``sort_fold(text)`` gives the same string in Python, so that what
a reader types can be compared with the column. Changing the chain needs a migration that rebuilds the columns.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Func, Q, TextField

from arabic.folding import fold_digits

# Every key is one character. Marks and tatweel vanish, forms of one letter become one letter, dashes a space.
# SQLite's parser holds about 25 nested calls, so the list is short: what names and titles do contain.
_MARKS = [chr(code) for code in (0x640, 0x64B, 0x64C, 0x64D, 0x64E, 0x64F, 0x650, 0x651, 0x652)]
FOLDED_LETTERS: dict[str, str] = {
    **dict.fromkeys(_MARKS, ""),
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ؤ": "و",
    "ئ": "ي",
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    "ھ": "ه",
    "ڭ": "ك",
    "-": " ",
    "–": " ",
    "é": "e",
    "è": "e",
    "â": "a",
}
ARTICLE = "ال"


def sort_fold(text: str) -> str:
    """Return ``text`` as ``SortFold`` stores it: letters folded, lower case, a leading article dropped.

    >>> sort_fold("الأطلسية–الوسطى")
    'اطلسيه الوسطي'
    """
    folded = fold_letters(text)
    return folded[len(ARTICLE) :] if folded.startswith(ARTICLE) else folded


def fold_letters(text: str) -> str:
    """Return ``text`` with the letters folded as in a sort key, the article kept.

    >>> fold_letters("اتفاقيّة")
    'اتفاقيه'
    """
    for letter, plain in FOLDED_LETTERS.items():
        text = text.replace(letter, plain)
    return text.lower()


def words_in(text: str, *columns: str) -> list[Q]:
    """Return the conditions that every word of ``text`` stands in at least one of the sort keys ``columns``.

    A key has lost the article it began with, so a word with the article may also be its first one without.
    """
    words = fold_letters(fold_digits(text)).split()
    return [reduce(or_, (_word_in(column, word) for column in columns)) for word in words]


def _word_in(column: str, word: str) -> Q:
    found = Q(**{f"{column}__contains": word})
    bare = word.removeprefix(ARTICLE)
    return found | Q(**{f"{column}__startswith": bare}) if bare not in ("", word) else found


class SortFold(Func):
    """The sort key of a text column: a chain of REPLACE, then the leading article cut off.

    Written as plain SQL that SQLite and PostgreSQL read alike and both hold to be immutable.
    """

    arity = 1
    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = compiler.compile(self.source_expressions[0])
        folded = column
        for letter, plain in FOLDED_LETTERS.items():
            folded = f"REPLACE({folded}, '{letter}', '{plain}')"
        folded = f"LOWER({folded})"
        begins = f"SUBSTR({folded}, 1, {len(ARTICLE)}) = '{ARTICLE}'"
        rest = f"SUBSTR({folded}, {len(ARTICLE) + 1})"
        return f"CASE WHEN {begins} THEN {rest} ELSE {folded} END", [*params, *params, *params]
