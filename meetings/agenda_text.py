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
    LETTER = "letter", _("A greeting, a date, a signature or an address: of the letter, not of the agenda.")
    AFTER_LAST = "after_last", _("It stands after the last item, with neither number nor bullet.")
    SUB_POINT = "sub_point", _("A point of the item above, which ends in a colon.")
    CELLS = "cells", _("Cells of a table, put together: check it.")
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
_TEENS = "حادي ثاني ثالث رابع خامس سادس سابع ثامن تاسع"
_ORDINAL = {word: number for words in _ORDINALS for number, word in enumerate(words.split(), start=1)}
for _number, _word in enumerate(_TEENS.split(), start=11):
    _ORDINAL |= {f"{_word} عشر": _number, f"ال{_word}ه عشره": _number, f"ال{_word}ه عشر": _number}
_ADVERBS = {word: number for word, number in _ORDINAL.items() if word in _ORDINALS[0].split()}
_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
# Digits need a mark or a tab behind them: «28 مارس» and «2.5» number nothing.
_DIGITS = re.compile(r"[\[(]?\s*(\d{1,3})\s*(?:[\])]\s*[-–—:.]?|[-–—.:/ـ،°]+(?!\d)|\t)\s*")
_WORD = r"[\w\u064b-\u0652]+(?:\s+عشرة?(?!\w))?"
_POINT = re.compile(rf"(?:ال)?نقطة\s+(?:رقم\s*)?(?:(\d{{1,3}})(?:\s*[:\-–—.)]+\s*|\s+)|({_WORD})\s*[:\-–—.]+\s*)")
_FIRST = re.compile(rf"({_WORD})\s*[:\-–—.،]+\s*")
_ADVERB = re.compile(r"([\w\u064b-\u0652]+)\s+")
_ROMAN_MARK = re.compile(r"([IVX]{1,4})\s*[-–—.)]\s*(?=\S)")
# «1 المصادقة»: a number without a mark, which counts only where such lines run from 1 on.
_BARE = re.compile(r"(\d{1,2})\s+(?=[^\W\d])")
_LETTER = re.compile(r"[(]?([أبجدهوزحط]|[a-h])\s*[)\-–—.]\s*(?=\S)")
_BULLET = re.compile(
    r"(?:[-–—•●▪■□◦*+➢➤►✓✔·§ـ\uf0b7\uf0a7\uf0d8\uf076\u2043\u25c6\u2756\u066d✅☑✔🔹🔸🔷🔶🔘📌👉⬅▶◀]\s*|o\t)+"
)
_HEADING = re.compile(
    r"(مشروع )?جدول (ال)?اعمال\b"
    r"|(ال)?نق(ط|اط) (جدول|المدرجه|المبرمجه)|بسم الله|المملكه المغربيه|بلاغ( صحفي)?$|دعوه|استدعاء"
    r"|صفحه \d|page \d|ordre du jour"
)
# What heads a paste only where it has neither number nor bullet: an item may begin with the same words.
_TITLE = re.compile(
    r"غرفه (الصناعه|التجاره|الفلاحه|الصيد)|(ال)?غرف(ه|) (الفلاحيه|المهنيه)|(ال)?دوره (ال)?(عاديه|استثناييه)[^:]*$"
    r"|جمع عام|(ال)?جمعيه العامه[^:]*$"
)
_LETTER_WORDS = re.compile(
    r"(و ?)?(ال)?سلام( عليكم| تام|$)|تحيه (طيبه|اخويه|وبعد|عطره)|تحياتي|مع (فايق|خالص|اطيب)|دمتم"
    r"|(و ?)?شكرا( لكم|$|\W)|(و ?)?(ت|ن)(قبلوا|فضلوا)|وبعد\b|(لي الشرف|يشرفني|ي?شرفنا)|المرجو"
    r"|(الي )?الساده\b|(الي )?السيد(ه|ات)? (\(ه\) )?(ال)?عضو|(و ?)?حرر ب"
    r"|(الموضوع|المرجع|المرفقات|المكان|الساعه|التاريخ|الزمان|التوقيت|العنوان|البريد[^:]{0,20})\s*:"
    r"|(ال)?(هاتف|فاكس)\s*:|نسخه (الي|منه)|(ال)?(امضاء|توقيع)\s*(:|$)"
    r"|(عن )?(ال)?رييس( الغرفه| غرفه[^:]*)?\s*(:|$)|(ال)?(كاتب العام|مدير)( الجهوي)?( للغرفه)?\s*(:|$)"
    r"|tel\b|fax\b|https?:|www\.|camscanner|\S+@\S+$"
)
_DAY = r"\d{1,2}[\s/.\-]+(?:\d{1,2}|[^\W\d]+)[\s/.\-]+\d{4}"
_DATED = re.compile(
    rf"(?:[^\W\d]+\s*[،,]?\s*)?(?:في|بتاريخ|يوم)?\s*:?\s*(?:[^\W\d]+\s+)?{_DAY}\s*م?"
    r"(?:\s*[،,]?\s*(?:علي|ب)?\s*الساعه.*)?$"
)
# A line that ends so goes on below, be it with a date.
_HANGS = re.compile(r"(بتاريخ|يوم|في|من|الي|علي|عن|بين|مع|و)$")
# «[14/10/2024, 10:32] name: » and «14/10/2024, 10:32 - name: », which the telephone puts before a message.
_STAMP = re.compile(
    r"\[?\d{1,2}/\d{1,2}/\d{2,4}[,،]?\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AaPp][Mm]|ص|م)?\]?\s*[-–]?\s*[^:]{1,40}:\s*(?=\S)"
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
_OTHER = re.compile(r"مختلفات|(questions )?divers|متفرقات|قضايا (مختلفه|متفرقه)|برقيه (ال)?ولاء")


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
    # A digit in a key cap, as telephones write the numbers of a list.
    line = re.sub("\ufe0f?\u20e3", ") ", line).replace("\ufe0f", "")
    seen = (c for c in line if c == "\t" or unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join("\t" if c == "\t" else " " if c.isspace() else c for c in seen).strip(" ")


def read_agenda(text: str, present: Iterable[str] = ()) -> list[Line]:
    """Return the lines of a pasted agenda; ``present`` are the titles that the agenda has already."""
    lines = [_line(line) for line in _parted(lines_of(text))]
    numbered = [place for place, line in enumerate(lines) if line.number]
    known = [place for place, line in enumerate(lines) if line.remark != Remark.KIND_UNKNOWN]
    first = numbered[0] if len(numbered) > 1 else None
    reading = _Reading(first, known[0] if known else len(lines))
    for place, line in enumerate(lines):
        reading.judge(place, line)
    _mark_repeated(lines, present)
    return lines


def _parted(lines: list[str]) -> Iterator[str]:
    """Yield the lines with what stands before a message taken off, bare numbers marked, and run-on items parted."""
    lines = [fold_digits(_STAMP.sub("", line, count=1)) for line in lines]
    bare = [(place, match) for place, line in enumerate(lines) if (match := _BARE.match(line))]
    if len(bare) > 1 and [int(match[1]) for _place, match in bare] == [*range(1, len(bare) + 1)]:
        for place, match in bare:
            lines[place] = f"{match[1]}) {lines[place][match.end() :]}"
    for line in lines:
        yield from _run_on(line)


def _run_on(line: str) -> Iterator[str]:
    """Yield the items of «1- … 2- … 3- …» one by one, and any other line as it is."""
    number = _numbered(line)[0]
    while number.isdecimal():
        number = str(int(number) + 1)
        match = re.search(rf"(?<=\S)\s+{number}\s?[-–.)]\s*(?=[^\W\d])", line)
        if match is None:
            break
        yield line[: match.start()]
        line = line[match.start() :].strip()
    yield line


def _line(text: str) -> Line:
    number, rest = _numbered(text)
    marked = rest
    if not number:
        rest = _BULLET.sub("", rest, count=1) if _BULLET.match(rest) else rest
        inner, after = _numbered(rest)
        number, rest = (inner, after) if inner else ("", rest)
    is_marked = bool(number) or rest != marked
    # Western digits as everywhere in the portal, and nothing that only ends a line of a list.
    title = re.sub(r"\s+", " ", rest).strip().rstrip("؛;،,.*_").strip()
    if not re.search(r"[^\W\d_]{2}", title):
        # Shown as it came, for its editor to see what is left out.
        return Line("", re.sub(r"\s+", " ", text).strip(), use=Use.LEFT_OUT, remark=Remark.NO_WORDS)
    kind = guess_kind(title)
    remark = "" if kind else Remark.KIND_UNKNOWN
    if re.search(r"\S\s*\t\s*\S", rest):
        remark = Remark.CELLS
    return Line(number, title, kind or ItemKind.MISCELLANEOUS, remark=remark, is_marked=is_marked)


def _numbered(text: str) -> tuple[str, str]:
    """Return the number at the head of ``text``, if one stands there, and the rest."""
    if match := _DIGITS.match(text):
        return str(int(match[1])), text[match.end() :]
    if match := _POINT.match(text):
        number = match[1] or str(_ORDINAL.get(_folded_words(match[2]), ""))
        return (str(int(number)), text[match.end() :]) if number else ("", text)
    if (match := _FIRST.match(text)) and _folded_words(match[1]) in _ORDINAL:
        return str(_ORDINAL[_folded_words(match[1])]), text[match.end() :]
    if (match := _ADVERB.match(text)) and fold(match[1]) in _ADVERBS:
        return str(_ADVERBS[fold(match[1])]), text[match.end() :]
    if (match := _ROMAN_MARK.match(text)) and match[1] in _ROMAN:
        return str(_ROMAN[match[1]]), text[match.end() :]
    if match := _LETTER.match(text):
        return match[1], text[match.end() :]
    return "", text


def _folded_words(words: str) -> str:
    return " ".join(fold(words).split())


class _Reading:
    """Judges line after line what is no item, and what goes on from the item above."""

    def __init__(self, first_number: int | None, first_known: int) -> None:
        # The places of the first of several numbers, and of the first line whose kind is known.
        self.first_number = first_number
        self.first = first_known if first_number is None else first_number
        self.is_over = self.leads_on = self.hangs = False

    def judge(self, place: int, line: Line) -> None:
        if line.remark == Remark.NO_WORDS:
            return
        reason = self._reason(place, line, fold(line.title))
        if reason:
            line.use = Use.JOINED if reason in (Remark.WRAPPED, Remark.SUB_POINT) else Use.LEFT_OUT
            line.remark = reason
        # Below the greetings that end a letter stand names and addresses.
        if line.is_marked:
            self.is_over = False
        elif reason == Remark.LETTER:
            self.is_over = place > self.first
        if line.use != Use.LEFT_OUT:
            self.hangs = bool(_HANGS.search(fold(line.title)))
        if line.use == Use.ITEM:
            self.leads_on = line.title.endswith(":")
            is_last = self.first_number is not None and bool(line.number) and bool(_OTHER.search(fold(line.title)))
            self.is_over = self.is_over or is_last

    def _reason(self, place: int, line: Line, folded: str) -> str:
        """Return why ``line`` is no item of its own; an empty string if it is one."""
        if _HEADING.match(folded) or (not line.number and not line.is_marked and _leads_on(line, folded)):
            return Remark.HEADING
        if line.is_marked:
            is_sub = self.leads_on and self.first_number is not None and not line.number
            return Remark.SUB_POINT if is_sub else self._too_long(line)
        if _LETTER_WORDS.match(folded) or (_DATED.match(folded) and not self.hangs):
            return Remark.LETTER
        if place < self.first and _TITLE.match(folded):
            return Remark.HEADING
        if _OTHER.search(folded):
            return ""
        if self.is_over:
            return Remark.AFTER_LAST
        if self._too_long(line):
            return Remark.PARAGRAPH
        if self.first_number is None:
            return ""
        return Remark.WRAPPED if place > self.first_number else Remark.HEADING

    def _too_long(self, line: Line) -> str:
        return Remark.PARAGRAPH if not line.number and len(line.title) > LONGEST_ITEM else ""


def _leads_on(line: Line, folded: str) -> bool:
    return bool(_LEADS_ON.search(folded)) or line.title.endswith(":")


def _mark_repeated(lines: list[Line], present: Iterable[str]) -> None:
    """Leave out each item whose whole title stands above or on the agenda, together with what goes on from it."""
    there, seen = {same_words(title) for title in present}, set[str]()
    for place, title in [*joined([(line.use, line.title) for line in lines])]:
        words = same_words(title)
        if words in seen | there:
            leave_out(lines, place, Remark.REPEATED if words in seen else Remark.ON_AGENDA)
        seen.add(words)


def leave_out(lines: list[Line], place: int, remark: str) -> None:
    """Leave out the item at ``place`` and the lines that go on from it: they must not go to the item above."""
    lines[place].use, lines[place].remark = Use.LEFT_OUT, remark
    for line in lines[place + 1 :]:
        if line.use == Use.ITEM:
            break
        if line.use == Use.JOINED:
            line.use, line.remark = Use.LEFT_OUT, remark


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
