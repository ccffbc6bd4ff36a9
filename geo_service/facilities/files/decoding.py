"""Bytes become Korean text."""

import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from geo_service.facilities.files.table import Unreadable

_USUAL = ("utf-8", "cp949")
"""What offices save in."""


def decode(data: bytes) -> str:
    """The text, by its byte order mark, else as strict UTF-8, else as CP949.

    CP949 and not EUC-KR: names such as 샾 exist only in the larger set. Syllables that were
    taken apart (by macOS) are put together.
    Raises: Unreadable.
    """
    text = _decode(data)
    if "\0" in text:
        raise Unreadable("글자가 아닌 값(NUL)이 있습니다.", line=_line_at(text, text.index("\0")))
    return unicodedata.normalize("NFC", text)


def _decode(data: bytes) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _strictly(data, "utf-16")
    if data.startswith(BOM_UTF8):
        return _strictly(data[len(BOM_UTF8) :], "utf-8")
    for encoding in _USUAL:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _strictly(data, min(_USUAL, key=lambda encoding: _broken(data, encoding)))


def _broken(data: bytes, encoding: str) -> int:
    """How much of it would be unreadable: what was meant is broken in few places."""
    return data.decode(encoding, errors="replace").count("\ufffd")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            "글자를 읽을 수 없습니다(UTF-8도 CP949도 아님). ‘CSV UTF-8’로 다시 저장해 주세요.",
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
