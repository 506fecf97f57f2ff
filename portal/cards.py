"""Drawing a card to share, 1200 × 630 pixels: the words shaped by HarfBuzz, the rest by Pillow.

Pillow by itself joins and orders Arabic only where the system has FriBidi, which a user's machine may not.
"""

import html
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

import uharfbuzz as harfbuzz
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from arabic.templatetags.arabic import isolate
from chambers.models import Family
from meetings.structured import CardWords

# Raised with every change of the drawing, so that no card kept in the storage is of the old one.
DESIGN = 1

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 72
PANEL = 232
TEXT_WIDTH = WIDTH - PANEL - 2 * MARGIN
# The largest size whose lines suffice is taken; each with how many lines it may fill.
TITLE_SIZES = [(70, 3), (62, 3), (54, 3), (48, 3), (42, 4), (36, 5)]
LEADING = 1.42
# How high above the foot of its strip the letters of a line stand, and their middle above that, in sizes.
BASELINE, RISE = 0.8, 0.28
TITLE_TOP, TITLE_BOTTOM = 150, 452
SHARPNESS = 4
FONT = Path(__file__).parent / "fonts" / "IBMPlexSansArabic-Bold.ttf"

# The light tokens of static/css/tokens.css: a picture knows neither the reader's system nor the sheet.
PAPER, SUNK, INK, MUTED, GREEN, LINE = "#FBF9F4", "#F1ECE2", "#16212B", "#55616B", "#0B5D4B", "#D8CEBC"
STOPPED, STOPPED_TINT = "#96172A", "#FBE6E8"
HUES = {
    Family.COMMERCE_INDUSTRY_SERVICES: ("#333F96", "#EAECF8"),
    Family.CRAFTS: ("#75300A", "#F9EBE2"),
    Family.AGRICULTURE: ("#5C6612", "#F2F4DC"),
    Family.SEA_FISHERIES: ("#047375", "#DFF2F2"),
}

Point = tuple[float, float]

# The shapes of static/img/icons.svg, in their own units: the star is 32 wide, the marks are 16.
STAR = [
    (16, 2), (20.1, 6.1), (26, 6.1), (26, 11.9), (30.1, 16), (26, 20.1), (26, 26), (20.1, 26),
    (16, 30.1), (11.9, 26), (6, 26), (6, 20.1), (1.9, 16), (6, 11.9), (6, 6.1), (11.9, 6.1),
]  # fmt: skip
STAR_HEART = [(16, 9.6), (22.4, 16), (16, 22.4), (9.6, 16)]
DIAMOND = [(8, 1), (15, 8), (8, 15), (1, 8)]
HEXAGON = [(4.4, 1.8), (11.6, 1.8), (15.2, 8), (11.6, 14.2), (4.4, 14.2), (0.8, 8)]
LEAF = [
    (14.5, 1.5),
    (15.1, 9.5),
    (11.5, 13.5),
    (6.5, 13.9),
    (4.5, 14.1),
    (2.9, 13.5),
    (1.9, 12.1),
    (2, 6),
    (6.5, 1.9),
    (14.5, 1.5),
]
VEIN = [(2, 14.6), (4, 10.4), (6.6, 7.7), (10.4, 5.6)]
WAVE_CREST = [
    (0, 6), (2, 3.4), (4, 3.4), (6, 5.4), (8, 7.4), (10, 7.4), (12, 5.4), (13.4, 4), (14.8, 3.6), (16, 4.6),
]  # fmt: skip
WAVE_FOOT = [
    (16, 7.6), (14.8, 6.6), (13.4, 7), (12, 8.4), (10, 10.4), (8, 10.4), (6, 8.4), (4, 6.4), (2, 6.4), (0, 9),
]  # fmt: skip

_RUN = re.compile(r"<bdi>(.*?)</bdi>|([0-9A-Za-zÀ-ɏ]+(?:[.,:/\-][0-9A-Za-zÀ-ɏ]+)*)")


def draw(words: CardWords) -> bytes:
    """Return the card that says ``words``, as a PNG."""
    hue, tint = HUES.get(words.family, (GREEN, SUNK))
    card = Image.new("RGB", SIZE, PAPER)
    ImageDraw.Draw(card).rectangle((0, 0, PANEL - 1, HEIGHT), fill=tint)
    # The green rule closes the card on the side where reading begins.
    ImageDraw.Draw(card).rectangle((WIDTH - 16, 0, WIDTH, HEIGHT), fill=GREEN)
    start = WIDTH - MARGIN
    if words.family:
        _mark(card, words.family, hue, tint, (PANEL // 2, HEIGHT // 2), 136)
        _star(card, GREEN, (start - 24, 92), 56)
        _line(card, _("Ghuraf portal"), 34, GREEN, start - 66, 92)
    else:
        _star(card, GREEN, (PANEL // 2, HEIGHT // 2), 168)
        _line(card, _("Ghuraf portal"), 34, GREEN, start, 92)
    if words.state:
        _badge(card, words.state, PANEL + MARGIN, 92)
    size, lines = fitted(words.title)
    leading = size * LEADING
    middle = (TITLE_TOP + TITLE_BOTTOM) / 2 - leading * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        _line(card, line, size, INK, start, round(middle + number * leading))
    ImageDraw.Draw(card).rectangle((PANEL + MARGIN, 476, start - 1, 478), fill=LINE)
    below = [(words.chamber, hue), (words.when, MUTED)]
    for place, (text, colour) in zip((520, 572), [pair for pair in below if pair[0]], strict=False):
        _line(card, *_shrunk(text, 34), colour, start, place)
    target = BytesIO()
    # The few colours and their shades along the edges of letters fit a palette, at a third of the size.
    card.quantize(128, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()


def fitted(title: str) -> tuple[int, list[str]]:
    """Return the size and the lines of a title: the largest that fits, cut between words only where none does."""
    for size, most in TITLE_SIZES:
        lines = wrapped(title, size, TEXT_WIDTH)
        if len(lines) <= most and all(width(line, size) <= TEXT_WIDTH for line in lines):
            return size, lines
    size, most = TITLE_SIZES[-1]
    kept = wrapped(title, size, TEXT_WIDTH)[:most]
    return size, [*kept[:-1], _ending(kept[-1], size)]


def wrapped(text: str, size: int, room: float) -> list[str]:
    """Return ``text`` in lines of about the same length, as few as ``room`` allows; what is Latin is never parted."""
    words = _unparted(text).split(" ")
    lines = _filled(words, size, room)
    # The least width that needs no further line leaves no lone word at the end.
    narrow, wide = room / 2, room
    while wide - narrow > 8:
        middle = (narrow + wide) / 2
        if len(_filled(words, size, middle)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return _filled(words, size, wide)


def _filled(words: list[str], size: int, room: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _unparted(text: str) -> str:
    pieces = re.split(r"(<bdi>.*?</bdi>)", isolate(" ".join(text.split())))
    kept = (re.sub(r"</?bdi>", "", piece).replace(" ", "\u00a0") if n % 2 else piece for n, piece in enumerate(pieces))
    return html.unescape("".join(kept))


def _ending(line: str, size: int) -> str:
    words = line.split(" ")
    while len(words) > 1 and width(" ".join(words) + "…", size) > TEXT_WIDTH:
        words.pop()
    line = " ".join(words)
    while width(line + "…", size) > TEXT_WIDTH:
        line = line[:-1]
    return line + "…"


def _shrunk(text: str, size: int) -> tuple[str, int]:
    while width(text, size) > TEXT_WIDTH and size > 24:
        size -= 2
    return (text if width(text, size) <= TEXT_WIDTH else _ending(text, size)), size


# Letters


@cache
def _font() -> harfbuzz.Font:
    return harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(FONT))))


def runs(text: str) -> list[tuple[str, str]]:
    """Return ``text`` in runs of one direction, in the order of reading: numbers and Latin words are ``ltr``."""
    markup, end, found = str(isolate(text)), 0, []
    for match in _RUN.finditer(markup):
        # An entity such as &amp; holds letters and is none: what it stands for belongs to the text around it.
        if match[2] and markup[match.start() - 1 : match.start()] in ("&", "#"):
            continue
        found += [(markup[end : match.start()], "rtl"), (match[1] or match[2], "ltr")]
        end = match.end()
    found.append((markup[end:], "rtl"))
    return [(html.unescape(run), direction) for run, direction in found if run]


@lru_cache(maxsize=2_000)
def _shaped(run: str, direction: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Return the advance of a run and its glyphs with their places, in units of the font."""
    buffer = harfbuzz.Buffer()
    buffer.add_str(run)
    buffer.direction, buffer.script, buffer.language = direction, "Arab" if direction == "rtl" else "Latn", "ar"
    harfbuzz.shape(_font(), buffer)
    pen, glyphs = 0, []
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append((glyph.codepoint, pen + place.x_offset, place.y_offset))
        pen += place.x_advance
    return pen, glyphs


def width(text: str, size: int) -> float:
    """Return how many pixels ``text`` takes in one line."""
    return sum(_shaped(*run)[0] for run in runs(text)) * size / _font().face.upem


def _line(card: Image.Image, text: str, size: int, colour: str, start: int, middle: int) -> None:
    """Write one line from ``start`` at the right to the left, its letters around the height ``middle``."""
    scale = size / _font().face.upem
    height = 2 * size
    raster = harfbuzz.RasterDraw()
    raster.extents = harfbuzz.RasterExtents(0, 0, WIDTH, height, 0)
    pen = start / scale
    for run in runs(text):
        advance, glyphs = _shaped(*run)
        pen -= advance
        for glyph, x, y in glyphs:
            raster.transform = (scale, 0, 0, scale, (pen + x) * scale, y * scale + BASELINE * size)
            raster.draw_glyph(_font(), glyph)
    picture = raster.render()
    if picture is None:  # nothing but spaces
        return
    extents = picture.extents
    letters = Image.frombytes("L", (extents.width, extents.height), picture.buffer, "raw", "L", extents.stride, -1)
    card.paste(colour, (0, round(middle - (2 - BASELINE - RISE) * size)), letters)


# Shapes


def _mark(card: Image.Image, family: str, hue: str, tint: str, centre: tuple[int, int], size: int) -> None:
    unit = size / 16
    if family == Family.COMMERCE_INDUSTRY_SERVICES:
        _filled_shape(card, DIAMOND, hue, centre, unit, 8)
    elif family == Family.CRAFTS:
        _filled_shape(card, HEXAGON, hue, centre, unit, 8)
    elif family == Family.AGRICULTURE:
        _filled_shape(card, curve(LEAF), hue, centre, unit, 8)
        _stroke(card, curve(VEIN), tint, centre, unit, 8, 1.3)
    else:
        _filled_shape(card, _wave(0), hue, centre, unit, 8)
        _filled_shape(card, _wave(5.4), hue, centre, unit, 8)


def _wave(down: float) -> list[Point]:
    return [(x, y + down) for x, y in [*curve(WAVE_CREST), *curve(WAVE_FOOT)]]


def curve(points: list[Point]) -> list[Point]:
    """Return the points of joined cubic Bézier curves: one to start from, then three for each curve."""
    found = [points[0]]
    for n in range(0, len(points) - 3, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[n : n + 4]
        for step in range(1, 17):
            t = step / 16
            u = 1 - t
            found.append(
                (
                    u**3 * ax + 3 * u * u * t * bx + 3 * u * t * t * cx + t**3 * dx,
                    u**3 * ay + 3 * u * u * t * by + 3 * u * t * t * cy + t**3 * dy,
                )
            )
    return found


def _star(card: Image.Image, colour: str, centre: tuple[int, int], size: int) -> None:
    _stroke(card, [*STAR, STAR[0], STAR[1]], colour, centre, size / 32, 16, 2.4)
    _stroke(card, [*STAR_HEART, STAR_HEART[0], STAR_HEART[1]], colour, centre, size / 32, 16, 1.6)


def _filled_shape(
    card, shape: Iterable[Point], colour: str, centre: tuple[int, int], unit: float, half: float
) -> None:
    mask = Image.new("L", (2 * round(half * unit) * SHARPNESS,) * 2)
    ImageDraw.Draw(mask).polygon([(x * unit * SHARPNESS, y * unit * SHARPNESS) for x, y in shape], fill=255)
    _stamp(card, mask, colour, centre)


def _stroke(
    card: Image.Image,
    shape: Iterable[Point],
    colour: str,
    centre: tuple[int, int],
    unit: float,
    half: float,
    thick: float,
) -> None:
    mask = Image.new("L", (2 * round(half * unit) * SHARPNESS,) * 2)
    points = [(x * unit * SHARPNESS, y * unit * SHARPNESS) for x, y in shape]
    ImageDraw.Draw(mask).line(points, fill=255, width=round(thick * unit * SHARPNESS), joint="curve")
    _stamp(card, mask, colour, centre)


def _stamp(card: Image.Image, mask: Image.Image, colour: str, centre: tuple[int, int]) -> None:
    side = mask.width // SHARPNESS
    small = mask.resize((side, side), Image.Resampling.BOX)
    card.paste(colour, (centre[0] - side // 2, centre[1] - side // 2), small)


def _badge(card: Image.Image, state: str, end: int, middle: int) -> None:
    """Write the state of a meeting that was not held as called in a box, from ``end`` at the left."""
    size, inset = 30, 20
    start = end + round(width(state, size)) + 2 * inset
    ImageDraw.Draw(card).rounded_rectangle(
        (end, middle - 32, start, middle + 32), 8, fill=STOPPED_TINT, outline=STOPPED, width=2
    )
    _line(card, state, size, STOPPED, start - inset, middle)
