"""The columns of a file of jobs, by the names that people give them."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from geo_service.errors import Invalid

_DAYS = dict(zip("월화수목금토일", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True))
_GROUPS = {"평일": "월화수목금", "주말": "토일", "매일": "월화수목금토일"}


class NoTitles(Invalid):
    """The file has no column for titles. Its first row must name the columns."""

    korean = "‘제목’ 칸이 없어요. 첫 줄에 칸 이름이 있는 양식에 적어 주세요."


class Column(NamedTuple):
    """One column of the template."""

    name: str
    field: str
    """Its name in the form."""
    example: str = ""
    hint: str = ""
    choices: Mapping[str, str] = MappingProxyType({})
    """What may be chosen, and how the form calls it."""
    aliases: tuple[str, ...] = ()


COLUMNS = (
    Column("제목", "title", "경로당 점심 준비 돕기", aliases=("일자리명", "사업명", "공고명")),
    Column("하는 일", "summary", "쌀을 씻고 반찬을 나눠 담습니다.", aliases=("내용", "업무내용")),
    Column(
        "일하는 곳", "address", "", "비우면 우리 기관이에요.", aliases=("주소", "장소", "근무지")
    ),
    Column("받는 돈", "pay_won", "11500", "원으로 적어요.", aliases=("시급", "금액", "수당")),
    Column("돈의 단위", "pay_unit", "시간당", choices={"시간당": "hour", "한 번에": "task"}),
    Column("한 번에 걸리는 시간", "task_hours", "", "‘한 번에’를 골랐을 때 시간으로 적어요."),
    Column("첫날", "works_from", "2027-03-02", "2027-03-02처럼", aliases=("시작일", "근무시작일")),
    Column("마지막 날", "works_until", "2027-03-26", aliases=("종료일", "근무종료일")),
    Column("요일", "days", "월·수·금", "월·수·금이나 평일처럼", aliases=("근무요일",)),
    Column("시작 시각", "starts", "10:00", "24시간으로", aliases=("시작시간",)),
    Column("끝 시각", "ends", "13:00", aliases=("종료시각", "종료시간")),
    Column("쉬는 시간(분)", "breaks_min", "", aliases=("휴게시간",)),
    Column("공휴일에 쉼", "no_holidays", "예", choices={"예": "true", "아니요": ""}),
    Column("뽑는 사람", "seats", "2", aliases=("인원", "모집인원")),
    Column(
        "뽑는 순서",
        "turn",
        "먼저 신청한 사람부터",
        choices={
            "먼저 신청한 사람부터": "first_come",
            "적게 일한 사람부터": "fewest_hours",
            "추첨": "lottery",
        },
        aliases=("선발방법",),
    ),
    Column("신청 마감", "apply_until", "", "2027-02-26 18:00처럼", aliases=("마감일", "접수마감")),
    Column("물어볼 것", "questions", "걸어서 오시나요?", "여럿이면 / 로 나눠요."),
    Column("신청 안내", "how_to_apply", "", aliases=("신청방법",)),
    Column("문의 전화", "apply_phone", "", aliases=("연락처", "전화번호")),
    Column("공개", "publish", "초안", choices={"초안": "draft", "바로 공개": "now"}),
)

USUAL = {"pay_unit": "hour", "seats": "1", "turn": "first_come", "publish": "draft"}
"""What an empty cell means."""


def recognised(head: Sequence[str]) -> tuple[dict[int, Column], list[str]]:
    """Which column stands where, and the names that mean nothing. Raises: NoTitles."""
    known = {_plain(name): column for column in COLUMNS for name in (column.name, *column.aliases)}
    found: dict[int, Column] = {}
    ignored = []
    for at, name in enumerate(head):
        column = known.get(_plain(name))
        if column is not None and column not in found.values():
            found[at] = column
        elif name:
            ignored.append(name[:100])
    if not any(column.field == "title" for column in found.values()):
        raise NoTitles
    return found, ignored


def meant(columns: Mapping[int, Column], row: Sequence[str]) -> dict[str, list[str]]:
    """What a row says, by the names and in the words of the form."""
    said = {name: [value] for name, value in USUAL.items()}
    for at, column in columns.items():
        if at < len(row) and row[at]:
            said[column.field] = _values(column, row[at])
    said["where"] = ["elsewhere" if said.get("address") else "office"]
    return said


def _values(column: Column, cell: str) -> list[str]:
    if column.choices:
        chosen = {_plain(name): value for name, value in column.choices.items()}
        return [chosen.get(_plain(cell), cell)]
    if column.field == "days":
        return _days(_GROUPS.get(cell.strip(), cell)) or [cell]
    return [_READERS.get(column.field, str)(cell)]


def _days(words: str) -> list[str]:
    """월·수·금, 월수금, 월요일 or 월-금."""
    week = "".join(_DAYS)
    plain = re.sub(
        rf"([{week}])[-~]([{week}])",
        lambda span: week[week.index(span[1]) : week.index(span[2]) + 1],
        words.replace("요일", "").replace(" ", ""),
    )
    return [_DAYS[sign] for sign in week if sign in plain]


def _date(cell: str) -> str:
    """`2027. 3. 2.` and `2027/3/2` are 2027-03-02."""
    parts = re.findall(r"\d+", cell)
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) != 3:
        return cell
    return f"{int(parts[0]):04}-{int(parts[1]):02}-{int(parts[2]):02}"


def _plain(name: str) -> str:
    return re.sub(r"[\s*()]", "", name)


def _moment(cell: str) -> str:
    """A day alone is meant until its end."""
    day, _, clock = cell.replace("T", " ").partition(" ")
    return f"{_date(day)}T{clock or '23:59'}"


def _clock(cell: str) -> str:
    return f"{int(cell):02}:00" if cell.isdecimal() and len(cell) <= 2 else cell


def _questions(cell: str) -> str:
    return "\n".join(part.strip() for part in cell.split("/"))


_READERS: dict[str, Callable[[str], str]] = {
    "works_from": _date,
    "works_until": _date,
    "apply_until": _moment,
    "starts": _clock,
    "ends": _clock,
    "questions": _questions,
}
