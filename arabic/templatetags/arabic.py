"""Filters for text that runs both ways: what is Latin or numeric inside Arabic keeps its own direction.

Everything here returns escaped markup; text that was not marked safe is escaped exactly once.
"""

import datetime
import html
import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.html import conditional_escape, escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeData, SafeString

from arabic.dates import Precision, format_partial

register = template.Library()

_NARROW_SPACE = "\u202f"
_NO_BREAK_SPACE = "\u00a0"

_SP = r"[ \u00a0\u202f]"
_GROUP_SEPARATOR = r"[ .\-\u00a0\u202f]?"
_LETTER = r"[A-Za-zÀ-ÖØ-öø-ɏ]"
_NUMBER = rf"\d{{1,3}}(?:{_SP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_WORD = rf"{_LETTER}(?:[’'.&+#/_@\-–]?(?:{_LETTER}|\d))*[+#]*"
_BETWEEN = rf"[,;:]?{_SP}(?:[-–—&/]{_SP})?"
_WORDS = rf"{_WORD}(?:{_BETWEEN}{_WORD})*"
_AFTER_WORD = rf"{_SP}(?:\d+[.,:/\-])*\d+(?![\d%‰]|{_SP}\d{{3}}(?!\d))"
_PHRASE = rf"{_WORDS}(?:{_AFTER_WORD}{_BETWEEN}{_WORDS})*(?:{_AFTER_WORD})?"
_UNIT = r"(?:MMDH|MDH|KDH|DHS?|MAD|EUR|USD|km²?|m[²³]?|cm|kg|[kKMG]?[bo]|[kMG]Wh?|ha|h|€|\$)(?![A-Za-zÀ-ɏ])"

# The order matters: at one place the first alternative that fits wins. Two numbers parted by one space stay two,
# unless the second is a group of three digits. Digits are 0-9 only: Arabic-Indic ones have rules of their own.
_RUN = re.compile(
    "|".join(
        (
            r"(?:https?://|www\.)[^\s<>«»\"“”،؛]*[^\s<>«»\"“”،؛؟.,:;!?()\[\]…]",
            r"(?<![\w.+\-])[\w.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+",
            rf"(?<![\d+])(?:\+|00)212(?:{_GROUP_SEPARATOR}\(0\))?(?:{_GROUP_SEPARATOR}\d){{9}}(?!\d)",
            rf"(?<!\d)\+\d(?:{_GROUP_SEPARATOR}\d){{6,14}}(?!\d)",
            rf"(?<![\d.,/\-])0\d(?:{_GROUP_SEPARATOR}\d){{8}}(?![\d/])",
            rf"(?<![\w.,\-])[-−+]?(?:{_NUMBER}){_SP}?[%‰]",
            r"(?<!\d)\d{1,2}h\d{2}(?!\d)",
            rf"(?<!\d)(?:{_NUMBER}){_SP}?{_UNIT}",
            rf"(?<!\d)\d{{1,3}}(?:{_SP}\d{{3}})+(?!\d)(?:[.,]\d+)?",
            r"(?<!\d)\d+(?:[-–—−/.,:]\d+)+",
            rf"«{_SP}{_PHRASE}{_SP}»",
            _PHRASE,
        )
    ),
    re.ASCII,
)
_MARKUP = re.compile(r"""(<!--.*?-->|<[a-zA-Z/](?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)


@register.filter
def isolate(value: object) -> SafeString:
    """Put each e-mail address, URL, phone, joined or grouped number, percentage and Latin run in ``<bdi>``.

    For running text of editors. Markup that is already safe keeps its tags, and only the text between them changes.
    """
    if value is None:
        return SafeString()
    text = str(value)
    if not isinstance(value, SafeData):
        return _isolate_text(text)
    pieces = enumerate(_MARKUP.split(text))  # text and tags by turns
    return _joined(SafeString(piece) if place % 2 else _isolate_text(html.unescape(piece)) for place, piece in pieces)


@register.filter
def ltr(value: object) -> SafeString:
    """Put a phone number or a reference in ``<bdi dir="ltr">``, its groups of digits parted by unbreakable spaces."""
    if value is None or value == "":
        return SafeString()
    return format_html('<bdi dir="ltr">{}</bdi>', re.sub(r"(?<=\d) (?=\d)", _NARROW_SPACE, str(value)))


@register.filter
def money(value: Decimal | int | str | None) -> SafeString:
    """Return an amount in dirhams: groups of three, decimal comma, no decimals when they are zero.

    Raises decimal.InvalidOperation for what is no number.
    """
    if value is None or value == "":
        return SafeString()
    amount = Decimal(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole, decimals = f"{abs(amount):,.2f}".split(".")
    digits = whole.replace(",", _NARROW_SPACE) + ("" if decimals == "00" else f",{decimals}")
    sign = "−" if amount < 0 else ""
    return format_html('<bdi dir="ltr">{}{}</bdi>{}درهم', sign, digits, _NO_BREAK_SPACE)


@register.filter
def partial_date(value: datetime.date | None, precision: Precision = "day") -> str:
    """Return a date as far as it is known, a whole day with its weekday: «الإثنين 30 دجنبر 2024»."""
    return format_partial(value, precision) if value else ""


@register.filter
def short_partial_date(value: datetime.date | None, precision: Precision = "day") -> str:
    """Return a date as far as it is known, without the weekday: «30 دجنبر 2024»."""
    return format_partial(value, precision, weekday=False) if value else ""


@register.filter
def join_arabic(values: Iterable[object]) -> SafeString:
    """Return «أ، ب وج»: the last item clings to its «و». An item that begins in Latin or a digit is isolated."""
    items = [_isolate_item(value) for value in values]
    if len(items) < 2:
        return _joined(items)
    return format_html("{} و{}", format_html_join("، ", "{}", ((item,) for item in items[:-1])), items[-1])


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _isolate_text(text: str) -> SafeString:
    pieces: list[SafeString] = []
    end = 0
    for match in _RUN.finditer(text):
        pieces += [escape(text[end : match.start()]), format_html("<bdi>{}</bdi>", match[0])]
        end = match.end()
    return _joined([*pieces, escape(text[end:])])


def _isolate_item(value: object) -> SafeString:
    markup = conditional_escape(str(value))
    first = next((character for character in html.unescape(strip_tags(markup)) if character.isalnum()), "")
    return markup if first and unicodedata.bidirectional(first) == "AL" else format_html("<bdi>{}</bdi>", markup)
