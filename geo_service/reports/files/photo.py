"""A photo as it is kept: opened within bounds, turned upright, drawn anew without anything else.

Nothing of the file itself survives: neither where and when it was taken (EXIF) nor a comment, a
thumbnail or whatever hides behind its end. Only pixels are copied.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import BoundedSemaphore

from PIL import Image, ImageOps

from geo_service.errors import BadField

FILE_BYTES = 15_000_000
"""More than any phone's photo."""

PIXELS = 50_000_000
"""An opened photo takes three bytes of memory for each."""

SIDE_PX = 1600
"""The longer side of what is kept: enough to see a room by."""

KEPT_BYTES = 900_000
"""The most that is kept."""

FORMATS = ("JPEG", "PNG", "WEBP")

_QUALITIES = (82, 70, 55, 40)
_AT_ONCE = BoundedSemaphore(2)
"""Opened photos are large; more than so many would be a way to fill the memory."""


class NotAPhoto(BadField):
    """Choose a photo: JPEG, PNG or WebP."""

    korean = "사진 파일(JPEG, PNG, WebP)을 골라 주세요."

    def __init__(self) -> None:
        super().__init__("photo", "Choose a photo: JPEG, PNG or WebP.")


class PhotoIsTooLarge(BadField):
    """This photo is too large. Take a smaller one, or leave it out."""

    korean = "사진이 너무 커요. 더 작은 사진을 고르거나 사진 없이 보내 주세요."

    def __init__(self) -> None:
        super().__init__("photo", "This photo is too large. Take a smaller one, or leave it out.")


def redrawn(content: bytes) -> bytes:
    """The same picture as a JPEG of at most `SIDE_PX`. Raises: NotAPhoto, PhotoIsTooLarge."""
    if len(content) > FILE_BYTES:
        raise PhotoIsTooLarge
    with _AT_ONCE, _misread():
        with Image.open(BytesIO(content), formats=FORMATS) as photo:
            if photo.width * photo.height > PIXELS:
                raise PhotoIsTooLarge
            photo.draft("RGB", (2 * SIDE_PX, 2 * SIDE_PX))  # a JPEG is read no larger than needed
            photo.thumbnail((SIDE_PX, SIDE_PX))
            upright = ImageOps.exif_transpose(photo)
            clean = Image.new("RGB", upright.size, "white")
            seen = upright.convert("RGBA")
            clean.paste(seen, mask=seen)
        return _written(clean)


@contextmanager
def _misread() -> Iterator[None]:
    """Whatever Pillow says of bytes that are no picture, or a bomb of one."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise PhotoIsTooLarge from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError):
        raise NotAPhoto from None


def _written(clean: Image.Image) -> bytes:
    for quality in _QUALITIES:
        file = BytesIO()
        clean.save(file, "JPEG", quality=quality)
        if file.tell() <= KEPT_BYTES:
            return file.getvalue()
    raise PhotoIsTooLarge
