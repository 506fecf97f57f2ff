"""An agenda pasted as text: its lines, what numbers and marks them stripped, and the kinds that their words tell.

Nothing is decided here: what a line is taken for is a proposal that its editor sees before anything is saved.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arabic.folding import fold, fold_digits

from .models import ItemKind

MOST_LINES = 300
LONGEST_ITEM = 300


class Use(TextChoices):
    """What becomes of a line."""

    ITEM = "item", _("an item")
    JOINED = "joined", _("goes on from the line above")
    LEFT_OUT = "left_out", _("left out")


class Remark(TextChoices):
    """Why a line is not simply an item."""

    HEADING = "heading", _("A heading, not an item.")
    NO_WORDS = "no_words", _("No words in it.")
    PARAGRAPH = "paragraph", _("A paragraph, too long for an item.")
    WRAPPED = "wrapped", _("It has no number, and the lines around it have one.")
    REPEATED = "repeated", _("The same as a line above.")
    ON_AGENDA = "on_agenda", _("It stands on the agenda already.")
    KIND_UNKNOWN = "kind_unknown", _("No word tells its kind: check it.")


@dataclass
class Line:
    """A line of the paste: its number as printed in digits 0-9, its words, and what it is taken for."""

    number: str
    title: str
    kind: str = ItemKind.MISCELLANEOUS
    use: str = Use.ITEM
    remark: str = ""
    is_marked: bool = False


_ORDINALS = (
    "اولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا",
    "الاولي الثانيه الثالثه الرابعه الخامسه السادسه السابعه الثامنه التاسعه العاشره",
)
_ORDINAL = {word: number for words in _ORDINALS for number, word in enumerate(words.split(), start=1)}
# Digits need a mark or a tab behind them: «28 مارس» and «2.5» number nothing.
_DIGITS = re.compile(r"[\[(]?\s*(\d{1,3})\s*(?:[\])]\s*[-–—:.]?|[-–—.:/ـ،°]+(?!\d)|\t)\s*")
_POINT = re.compile(r"(?:ال)?نقطة\s+(?:رقم\s*)?([\w\u064b-\u0652]+)\s*[:\-–—.]+\s*")
_FIRST = re.compile(r"([\w\u064b-\u0652]+)\s*[:\-–—.،]+\s*")
_LETTER = re.compile(r"[(]?([أبجدهوزحط]|[a-h])\s*[)\-–—.]\s*(?=\S)")
_BULLET = re.compile(r"(?:[-–—•●▪■□◦*+➢➤►✓✔·§ـ\uf0b7\uf0a7\uf0d8\uf076\u2043\u25c6\u2756]\s*|o\t)+")
_HEADING = re.compile(
    r"(مشروع )?جدول (ال)?اعمال\b"
    r"|(ال)?نق(ط|اط) (جدول|المدرجه|المبرمجه)|بسم الله|المملكه المغربيه|بلاغ( صحفي)?$|دعوه|استدعاء"
    r"|صفحه \d|page \d"
)
_LEADS_ON = re.compile(r"(ما يلي|كالتالي|كالاتي|كما يلي|التاليه|الاتيه)\s*[:.]*$")

# The first that fits counts, so what is special stands before what is general.
_KINDS = [
    (kind, re.compile(fold(words)))
    for kind, words in [
        (ItemKind.ADDENDUM, r"ملحق(?!ات الغرف|ه)|تعديل (ال)?اتفاقي|مراجعه (ال)?اتفاقي"),
        (ItemKind.MINUTES, r"محضر|محاضر"),
        (ItemKind.SURPLUS, r"فائض"),
        (ItemKind.ADMINISTRATIVE_ACCOUNT, r"حساب(ات)? (ال)?اداري|الحساب الاداري"),
        (ItemKind.FINANCIAL_REPORT, r"تقرير المالي|تقرير مالي|تنفيذ (ال)?ميزانيه|الوضعيه الماليه"),
        (ItemKind.ACTIVITY_REPORT, r"الادبي|حصيله|تقرير سنوي|التقرير السنوي|تقرير.* (ال)?انشطه|تقييم (ال)?مشارك"),
        (ItemKind.ACTIVITY_REPORT, r"انشطه .*بين (ال)?دورت|تتبع (ال)?انشطه"),
        (ItemKind.BUDGET, r"ميزاني"),
        (ItemKind.INTERNAL_RULES, r"(نظام|قانون) الداخلي|نظام داخلي"),
        (ItemKind.REMOVAL, r"اقاله|عزل|وضعيه مكتب"),
        (ItemKind.COMMITTEES, r"اللجان|اللجن\b|لجان|اللجنه الدائمه|لجنه دائمه"),
        (ItemKind.ELECTION, r"انتخاب"),
        (ItemKind.DELEGATION, r"تفويض|تمثيليه|تعيين ممثل|ممثلي الغرفه"),
        (ItemKind.FEES, r"تعرفه|تعريفه|تسعيره|رسوم|شساعه"),
        (ItemKind.PRESENTATION, r"^عرض (عن|حول)|^وضعيه|معطيات|مستجدات"),
        (ItemKind.AGREEMENT, r"اتفاقي|اتفاق\b|بروتوكول|عقد[ -]برنامج|عقد شراكه|مذكره تفاهم|شراكه"),
        (ItemKind.MOTION, r"ملتمس"),
        (ItemKind.RECOMMENDATION, r"توصي"),
        (ItemKind.PROGRAMME, r"برنامج|برامج|مخطط|استراتيجي|خطه "),
        (ItemKind.PRESENTATION, r"(^| )عرض|عروض|تقديم|ورقه تقنيه|اطلاع|تتبع|احاطه|اخبار"),
    ]
]
_OTHER = re.compile(r"مختلفات|متفرقات|قضايا (مختلفه|متفرقه)|برقيه (ال)?ولاء")


def guess_kind(title: str) -> str:
    """Return the kind of item that the words of ``title`` tell, or an empty string if none does."""
    folded = fold(title)
    found = next((kind for kind, words in _KINDS if words.search(folded)), "")
    return found or (ItemKind.MISCELLANEOUS if _OTHER.search(folded) else "")


def same_words(title: str) -> str:
    """Return the form of ``title`` under which two spellings of one item meet."""
    return " ".join(re.findall(r"\w+", fold(title)))


def lines_of(text: str) -> list[str]:
    """Return the lines of ``text`` that are not blank, cleaned of what cannot be seen."""
    kept = (_cleaned(line) for line in text.splitlines())
    return [line for line in kept if line.strip()]


def _cleaned(line: str) -> str:
    seen = (c for c in line if c == "\t" or unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join("\t" if c == "\t" else " " if c.isspace() else c for c in seen).strip(" ")


def read_agenda(text: str, present: Iterable[str] = ()) -> list[Line]:
    """Return the lines of a pasted agenda; ``present`` are the titles that the agenda has already."""
    lines = [_line(line) for line in lines_of(text)]
    is_numbered = sum(bool(line.number) for line in lines) > 1
    is_begun = False
    for line in lines:
        is_begun = is_begun or bool(line.number)
        _judge(line, is_numbered, is_begun)
    _mark_repeated(lines, {same_words(title) for title in present})
    return lines


def _line(text: str) -> Line:
    number, rest = _numbered(fold_digits(text))
    marked = rest
    if not number:
        rest = _BULLET.sub("", rest, count=1) if _BULLET.match(rest) else rest
        inner, after = _numbered(rest)
        number, rest = (inner, after) if inner else ("", rest)
    # Western digits as everywhere in the portal, and nothing that only ends a line of a list.
    title = re.sub(r"\s+", " ", rest).strip().rstrip("؛;،,.").strip()
    kind = guess_kind(title)
    return Line(number, title, kind or ItemKind.MISCELLANEOUS, remark="" if kind else Remark.KIND_UNKNOWN,
                is_marked=bool(number) or rest != marked)  # fmt: skip


def _numbered(text: str) -> tuple[str, str]:
    """Return the number at the head of ``text``, if one stands there, and the rest."""
    if match := _DIGITS.match(text):
        return str(int(match[1])), text[match.end() :]
    if match := _POINT.match(text):
        number = match[1] if match[1].isdecimal() else str(_ORDINAL.get(fold(match[1]), ""))
        return (number, text[match.end() :]) if number else ("", text)
    if (match := _FIRST.match(text)) and fold(match[1]) in _ORDINAL:
        return str(_ORDINAL[fold(match[1])]), text[match.end() :]
    if match := _LETTER.match(text):
        return match[1], text[match.end() :]
    return "", text


def _judge(line: Line, is_numbered: bool, is_begun: bool) -> None:
    """Leave out what is no item, and take an unnumbered line among numbered ones for the rest of the one above."""
    folded = fold(line.title)
    if not re.search(r"[^\W\d_]{2}", line.title):
        line.use, line.remark = Use.LEFT_OUT, Remark.NO_WORDS
    elif _HEADING.match(folded) or (not line.number and _leads_on(line, folded)):
        line.use, line.remark = Use.LEFT_OUT, Remark.HEADING
    elif not line.number and len(line.title) > LONGEST_ITEM:
        line.use, line.remark = Use.LEFT_OUT, Remark.PARAGRAPH
    elif is_numbered and not line.is_marked and not _OTHER.search(folded):
        if is_begun:
            line.use, line.remark = Use.JOINED, Remark.WRAPPED
        else:
            line.use, line.remark = Use.LEFT_OUT, Remark.HEADING


def _leads_on(line: Line, folded: str) -> bool:
    return bool(_LEADS_ON.search(folded)) or line.title.endswith(":")


def _mark_repeated(lines: list[Line], present: set[str]) -> None:
    seen: set[str] = set()
    for line in lines:
        words = same_words(line.title)
        if line.use == Use.ITEM and words in seen | present:
            line.use = Use.LEFT_OUT
            line.remark = Remark.REPEATED if words in seen else Remark.ON_AGENDA
        seen.add(words)


def joined(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Yield place and title of each item of ``rows``, pairs of use and words, with what goes on from it joined."""
    place, title = -1, ""
    for number, (use, words) in enumerate(rows):
        if use == Use.ITEM or (use == Use.JOINED and place < 0):
            if place >= 0:
                yield place, title
            place, title = number, words
        elif use == Use.JOINED:
            title = f"{title} {words}".strip()
    if place >= 0:
        yield place, title
