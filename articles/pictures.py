"""The pictures of the news in the sizes that pages show: re-encoded, without what a camera wrote into the file."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from uploads.content import MOST_PIXELS, PICTURES

# Largest bytes of a rendition: a card's and a page's part of a first load on a slow telephone.
SIZES = {"card": (320, 240, 40_000), "page": (1152, 1152, 120_000)}
QUALITIES = (80, 70, 60, 50, 40, 30)
# The EXIF tag of how a camera was held, and its values for a picture lying on its side.
ORIENTATION, TURNED = 0x0112, (5, 6, 7, 8)


def rendition_name(name: str, size: str) -> str:
    """Return where in the storage the rendition of the picture ``name`` lies.

    Bytes and last change of the original stand in it, as far as the storage knows them: a name that became free may
    be given to another picture. Raises OSError where there is no original.
    """
    marks = []
    for ask in (default_storage.size, default_storage.get_modified_time):
        try:
            marks.append(ask(name))
        except NotImplementedError:
            continue
    stamp = "-".join(f"{mark:%Y%m%d%H%M%S%f}" if isinstance(mark, datetime) else str(mark) for mark in marks)
    return f"renditions/{name}.{stamp}.{size}.webp" if stamp else f"renditions/{name}.{size}.webp"


def rendition(picture: Any, size: str) -> str:
    """Return the storage name of ``picture`` (a stored file) in ``size``, made at the first call.

    ``card`` is cut to 4:3 around its middle, ``page`` is only made smaller. Raises KeyError for another size and
    OSError where the file is gone, is no picture or is too large to be decoded.
    """
    width, height, limit = SIZES[size]
    name = rendition_name(picture.name, size)
    if default_storage.exists(name):
        return name
    with _opened(picture) as opened:
        # A JPEG of a large camera is decoded at a part of its size, which saves most of time and memory.
        opened.draft(None, (2 * width, 2 * width))
        image = _on_white(ImageOps.exif_transpose(opened))
        if size == "card":
            image = ImageOps.fit(image, (width, height))
        else:
            image.thumbnail((width, height))
    # Two readers may make it at once: the storage keeps the second under another name, which nobody asks for.
    default_storage.save(name, ContentFile(_encoded(image, limit)))
    return name


def page_size(picture: Any) -> tuple[int, int] | None:
    """Return (width, height) in pixels of ``picture`` as a page shows it, None where there is none to show."""
    if not picture:
        return None
    try:
        with _opened(picture) as opened:
            width, height = opened.size
            if opened.getexif().get(ORIENTATION) in TURNED:
                width, height = height, width
    except OSError:
        return None
    scale = min(1, SIZES["page"][0] / width, SIZES["page"][1] / height)
    return round(width * scale), round(height * scale)


@contextmanager
def _opened(picture: Any) -> Iterator[Image.Image]:
    """Open the stored ``picture``, of which an animation shows its first frame.

    Raises OSError for whatever its decoder meets, and for a picture that is too large to be decoded.
    """
    try:
        with picture.open("rb") as file, Image.open(file, formats=list(PICTURES.values())) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise OSError(f"{opened.width} × {opened.height} pixels are too many")
            yield opened
    except OSError:
        raise
    except Exception as broken:  # Pillow raises whatever its decoders meet
        raise OSError(f"{picture.name}: {broken}") from broken


def _on_white(image: Image.Image) -> Image.Image:
    """Return ``image`` in full colours, on white where it lets through what lies behind: a logo is drawn for paper."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _encoded(image: Image.Image, limit: int) -> bytes:
    """Return ``image`` as WebP of at most ``limit`` bytes, or of the lowest quality where it cannot be had."""
    found = b""
    for quality in QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=4)
        found = buffer.getvalue()
        if len(found) <= limit:
            break
    return found
