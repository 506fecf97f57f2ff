"""Extracts of a text with the words that were found marked, as they stand in it."""

from collections.abc import Iterable, Sequence

from .vocabulary import Stems
from .words import Word, words

WINDOW = 220

# A piece of text, and whether it is a word that was found.
Piece = tuple[str, bool]


def marked(text: str, sought: Iterable[Stems], exact: bool = False) -> list[Piece]:
    """Return ``text`` in pieces: whole words whose stems are ``sought``, and what stands between them.

    The pieces together are the text; marks, tatweel and digits stay as written. A sequence of several stems is found
    only where they follow one another. ``exact``: the sequences are of folded words instead of stems.

    >>> marked("مُعَلِّمُو الدِّبَاغَة", [("دباغ",)])
    [('مُعَلِّمُو ', False), ('الدِّبَاغَة', True)]
    """
    found = words(text)
    return _pieces(text, _merged(_spans(found, sought, exact)), 0, len(text))


def extract(text: str, sought: Iterable[Stems], window: int = WINDOW, exact: bool = False) -> list[Piece]:
    """Return the part of ``text`` of about ``window`` letters that holds most of what is ``sought``, in pieces.

    Where nothing is found it is the beginning. Cut ends are shown by an ellipsis.

    >>> extract("اجتمع المكتب. " * 20 + "صودق على الميزانية.", [("ميز",)], 30)
    [('… المكتب. صودق على ', False), ('الميزانية', True), ('.', False)]
    """
    found = words(text)
    spans = _spans(found, sought, exact)
    start, end = _best_window(spans, len(text), window)
    start, end = _at_words(text, found, start, end)
    pieces = _pieces(text, [span for span in _merged(spans) if span[0] >= start and span[1] <= end], start, end)
    if start > 0:
        pieces.insert(0, ("… ", False))
    if end < len(text.rstrip()):
        pieces.append((" …", False))
    return _joined(pieces)


def _spans(found: Sequence[Word], sought: Iterable[Stems], exact: bool) -> list[tuple[int, int, Stems]]:
    """Return where in the text what is ``sought`` stands, and which of it."""
    by_first: dict[str, list[Stems]] = {}
    for sequence in sought:
        by_first.setdefault(sequence[0], []).append(sequence)
    spans = []
    forms = [word.folded if exact else word.stem for word in found]
    for place, form in enumerate(forms):
        for sequence in by_first.get(form, ()):
            end = place + len(sequence)
            if tuple(forms[place:end]) == sequence:
                spans.append((found[place].start, found[end - 1].end, sequence))
    return spans


def _merged(spans: list[tuple[int, int, Stems]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end, _sequence in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _best_window(spans: list[tuple[int, int, Stems]], length: int, window: int) -> tuple[int, int]:
    """Return the ends of the window with the most different things found, then the most of them, then the first."""
    best, chosen = (0, 0), 0
    for index, (start, _end, _sequence) in enumerate(spans):
        inside = []
        for span in spans[index:]:
            if span[1] > start + window * 3 // 4:
                break
            inside.append(span)
        score = (len({span[2] for span in inside}), len(inside))
        if score > best:
            best, chosen = score, max(0, start - window // 4)
    chosen = max(0, min(chosen, length - window))
    return chosen, min(length, chosen + window)


def _at_words(text: str, found: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """Return the window without the words that it cuts."""
    if start > 0:
        start = next((word.start for word in found if word.start >= start), start)
    if end < len(text):
        end = next((word.end for word in reversed(found) if start < word.end <= end), end)
    return start, end


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    place = start
    for first, last in spans:
        pieces += [(text[place:first], False), (text[first:last], True)]
        place = last
    return [piece for piece in [*pieces, (text[place:end], False)] if piece[0]]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with neighbours of one kind put together."""
    joined: list[Piece] = []
    for text, is_found in pieces:
        if joined and not is_found and not joined[-1][1]:
            joined[-1] = (joined[-1][0] + text, False)
        else:
            joined.append((text, is_found))
    return joined
