"""Telephones and homepages, as far as they belong to an office and not to a person."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

import phonenumbers

from geo_service.facilities.imports.reasons import because
from geo_service.facilities.imports.words import MOBILE, plain, something
from geo_service.facilities.schemas import Reason


class Contact(NamedTuple):
    """A number or an address on the web, and what had to be done to it."""

    value: str | None
    repair: Reason | None = None


_AREA_CODES = {
    "서울": "02",
    "부산": "051",
    "대구": "053",
    "인천": "032",
    "광주": "062",
    "대전": "042",
    "울산": "052",
    "세종": "044",
    "강원": "033",
    "충북": "043",
    "충남": "041",
    "전북": "063",
    "전남": "061",
    "경북": "054",
    "경남": "055",
    "제주": "064",
}
"""경기 is left out: some of its cities dial 02."""

_SEVERAL = re.compile(r"[,/~;]|\s및\s")
_LOCAL = re.compile(r"[2-9]\d{2,3}-\d{4}")
_USUAL = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}")
"""How nearly all numbers are written: needs no parser, which would take half of an import."""

_FIXED_LINE = re.compile(r"(?:2|3[1-3]|[46][1-4]|5[1-5])[1-9]\d{6,7}")
"""What nearly all of these are, without the 0 in front: then the library calls them valid."""

_MASKED = re.compile(r"0{3}-?0{3,4}-?0{4}")


@lru_cache(maxsize=1 << 13)
def read_phone(cell: str, sido: str) -> Contact:
    """The first number in the cell in E.164, unless it is a person's; kept, as numbers repeat."""
    if not something(cell):
        return Contact(None)
    if MOBILE.search(cell) or _MASKED.search(plain(cell)) or "생략" in cell:
        return Contact(None, because("mobile-dropped"))
    first = _SEVERAL.split(plain(cell))[0].strip()
    number = _e164(first)
    if number and _is_mobile(number):
        return Contact(None, because("mobile-dropped"))
    if number:
        return Contact(number)
    code = _AREA_CODES.get(sido)
    if code and _LOCAL.fullmatch(first) and (number := _e164(f"{code}-{first}")):
        return Contact(number, because("area-code-filled", code=code))
    return Contact(None, because("phone-dropped", found=cell))


def _e164(words: str) -> str | None:
    if not _USUAL.fullmatch(words):
        try:
            number = phonenumbers.parse(words, "KR")
        except phonenumbers.NumberParseException:
            return None
    else:
        national = words.replace("-", "")[1:]
        if _FIXED_LINE.fullmatch(national):
            return f"+82{national}"
        number = phonenumbers.PhoneNumber(country_code=82, national_number=int(national))
    if not phonenumbers.is_valid_number(number):
        return None
    return f"+{number.country_code}{number.national_number}"


def _is_mobile(number: str) -> bool:
    if _FIXED_LINE.fullmatch(number.removeprefix("+82")):
        return False
    return (
        phonenumbers.number_type(phonenumbers.parse(number)) == phonenumbers.PhoneNumberType.MOBILE
    )


@lru_cache(maxsize=1 << 12)
def read_homepage(cell: str) -> Contact:
    """The address on the web, with its scheme; only http and https are links."""
    if not something(cell):
        return Contact(None)
    address = cell if "://" in cell else f"http://{cell}"
    if _is_web(address):
        return Contact(address)
    return Contact(None, because("homepage-dropped", found=cell))


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and "." in host.strip(".")
        and host.isascii()
        and not parts.username
        and " " not in address
        and len(address) <= 500
    )
