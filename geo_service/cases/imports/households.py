"""A list of households to look after, as a district keeps it in a spreadsheet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import NamedTuple

import phonenumbers

from geo_service.errors import Invalid


class NoAddresses(Invalid):
    """The file has no column for addresses. Its first row must name the columns."""

    korean = "‘주소’ 칸이 없어요. 첫 줄에 칸 이름이 있는 양식에 적어 주세요."


class Fault(StrEnum):
    """Why a row cannot be taken in."""

    NO_NAME = auto()
    NO_ADDRESS = auto()
    TOO_LONG = auto()
    BAD_PHONE = auto()
    TWICE = auto()
    """The same name at the same address stands in an earlier row."""


class Column(NamedTuple):
    """One column of the template."""

    name: str
    field: str
    example: str
    longest: int
    aliases: tuple[str, ...] = ()


COLUMNS = (
    Column("이름", "name", "홍길동", 60, ("성명", "대상자", "가구주")),
    Column("주소", "address", "광주광역시 광산구 광산로 70", 200, ("거주지", "도로명주소")),
    Column("전화", "phone", "010-1234-5678", 30, ("연락처", "전화번호", "휴대전화")),
    Column("살필 것", "note", "여름철 더위에 약하심", 300, ("메모", "비고", "특이사항")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One household of the list."""

    line: int
    """Of the file, whose first line names the columns."""
    name: str
    address: str
    phone: str
    """E.164, or empty."""
    note: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is left out, and why."""

    line: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds."""

    households: Sequence[Told]
    bad: Sequence[BadRow]
    ignored: Sequence[str]
    """Names of columns that mean nothing here."""


class _Unfit(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def read_households(rows: Sequence[Sequence[str]]) -> Reading:
    """Every household of a table whose first row names the columns. Raises: NoAddresses."""
    head, *body = rows
    columns, ignored = _recognised(head)
    found: list[Told] = []
    bad: list[BadRow] = []
    seen: set[tuple[str, str]] = set()
    for line, row in enumerate(body, 2):
        if not any(row):
            continue
        try:
            told = _told(line, dict(_cells(columns, row)))
            _once(told, seen)
        except _Unfit as unfit:
            bad.append(BadRow(line, unfit.fault))
        else:
            found.append(told)
    return Reading(found, bad, ignored)


def key_of(name: str, address: str) -> tuple[str, str]:
    """By which the same household is known again."""
    return _plain(name), _plain(address)


def _once(told: Told, seen: set[tuple[str, str]]) -> None:
    key = key_of(told.name, told.address)
    if key in seen:
        raise _Unfit(Fault.TWICE)
    seen.add(key)


def _recognised(head: Sequence[str]) -> tuple[Mapping[int, Column], list[str]]:
    known = {_plain(name): each for each in COLUMNS for name in (each.name, *each.aliases)}
    found: dict[int, Column] = {}
    ignored = []
    for at, name in enumerate(head):
        column = known.get(_plain(name))
        if column is not None and column not in found.values():
            found[at] = column
        elif name:
            ignored.append(name[:100])
    if not any(column.field == "address" for column in found.values()):
        raise NoAddresses
    return found, ignored


def _cells(columns: Mapping[int, Column], row: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, column in columns.items():
        words = " ".join(_UNFIT_SIGNS.sub("", row[at]).split()) if at < len(row) else ""
        if len(words) > column.longest:
            raise _Unfit(Fault.TOO_LONG)
        yield column.field, words


def _told(line: int, said: Mapping[str, str]) -> Told:
    if not said.get("name"):
        raise _Unfit(Fault.NO_NAME)
    if not said.get("address"):
        raise _Unfit(Fault.NO_ADDRESS)
    phone = _phone(said.get("phone", ""))
    return Told(line, said["name"], said["address"], phone, said.get("note", ""))


def _phone(words: str) -> str:
    """A spreadsheet that took 01012345678 for a number has lost its first 0."""
    if not words:
        return ""
    typed = f"0{words}" if re.fullmatch(r"1\d{8,9}", words) else words
    try:
        number = phonenumbers.parse(typed, "KR")
    except phonenumbers.NumberParseException as error:
        raise _Unfit(Fault.BAD_PHONE) from error
    if not phonenumbers.is_valid_number(number):
        raise _Unfit(Fault.BAD_PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_UNFIT_SIGNS = re.compile(r"[\x00\ud800-\udfff]")
"""What PostgreSQL cannot keep."""


def _plain(words: str) -> str:
    return re.sub(r"[\s*()]", "", words)
