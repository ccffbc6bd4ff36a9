"""Photos are drawn anew, codes are read however they are written, categories say it twice."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from geo_service.reports.files.categories import categories
from geo_service.reports.files.codes import LETTERS, new_code, new_number, plain_code
from geo_service.reports.files.photo import (
    FILE_BYTES,
    KEPT_BYTES,
    SIDE_PX,
    NotAPhoto,
    PhotoIsTooLarge,
    redrawn,
)

SECRET_WORDS = b"35.1407 north, a secret"


def a_file(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", **also: object) -> bytes:
    file = BytesIO()
    Image.new(mode, size, "orange").save(file, kind, **also)
    return file.getvalue()


def with_exif(size: tuple[int, int], orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET_WORDS.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return a_file(size, exif=exif, comment=SECRET_WORDS) + SECRET_WORDS


def test_a_photo_is_kept_small_upright_and_without_anything_but_pixels() -> None:
    kept = redrawn(with_exif((2400, 1200), orientation=6))
    with Image.open(BytesIO(kept)) as photo:
        assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (800, SIDE_PX))
        assert not photo.getexif()
        assert "comment" not in photo.info
    assert SECRET_WORDS not in kept
    assert len(kept) <= KEPT_BYTES


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")])
def test_other_formats_become_jpeg(kind: str, mode: str) -> None:
    with Image.open(BytesIO(redrawn(a_file((40, 30), kind, mode)))) as photo:
        assert (photo.format, photo.size) == ("JPEG", (40, 30))


def test_what_shines_through_is_white() -> None:
    file = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(file, "PNG")
    with Image.open(BytesIO(redrawn(file.getvalue()))) as photo:
        assert photo.getpixel((4, 4)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is so large, in a hundred bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8_000, 8_000), (10_000, 10_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_is_opened(size: tuple[int, int]) -> None:
    with pytest.raises(PhotoIsTooLarge):
        redrawn(bomb(*size))


def test_a_file_too_large_is_not_looked_at() -> None:
    with pytest.raises(PhotoIsTooLarge):
        redrawn(b"\0" * (FILE_BYTES + 1))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7",
        a_file((40, 30), "GIF", "P"),
        a_file((400, 300))[:700],
        a_file((400, 300), "PNG")[:200],
        bomb(400, 400),
    ],
    ids=["nothing", "svg", "pdf", "gif", "half a jpeg", "half a png", "too few pixels"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPhoto):
        redrawn(content)


def test_a_code_is_read_however_it_is_written_down() -> None:
    code = new_code()
    plain = code.replace("-", "")
    assert len(plain) == 16
    assert set(plain) <= set(LETTERS)
    assert "-".join(plain[at : at + 4] for at in range(0, 16, 4)) == code
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in plain)
    for written in (code, code.lower(), plain, code.replace("-", " "), f" {code}\n", wide):
        assert plain_code(written) == plain
    assert plain_code("7K3M-9QXT-4WAB-H2CO") == "7K3M9QXT4WABH2C0"


@pytest.mark.parametrize(
    "typed", ["", "7K3M", "7K3M-9QXT-4WAB-H2CU", "7K3M-9QXT-4WAB-H2CD-1", "가" * 16]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert plain_code(typed) is None


def test_codes_and_numbers_are_never_the_same() -> None:
    assert len({new_code() for _ in range(500)}) == 500
    assert len({new_number() for _ in range(500)}) == 500
    assert all(plain_code(new_number()) is None for _ in range(10))


def test_every_category_has_a_name_and_examples_in_both_languages() -> None:
    for key, category in categories().items():
        assert category.key == key
        for tongue in ("ko", "en"):
            words = category.told(tongue)
            assert words.name
            assert words.examples
    assert any(category.urgent for category in categories().values())
