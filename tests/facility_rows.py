"""Files of public rooms, made from as little as a test wants to say. Every row is invented."""

import csv
from io import StringIO

from geo_service.facilities.files import read_table
from geo_service.facilities.imports import Upload
from geo_service.facilities.imports.datasets import LIBRARIES, ROOMS, SENIOR_CENTRES, Dataset
from geo_service.facilities.imports.rows import drafts_of
from geo_service.facilities.schemas import Draft

ROOM = {
    "개방시설명": "해오름주민센터 회의실",
    "개방장소명": "해오름주민센터",
    "개방시설유형구분": "회의실",
    "휴관일": "토+일+공휴일",
    "평일운영시작시각": "09:00",
    "평일운영종료시각": "18:00",
    "주말운영시작시각": "00:00",
    "주말운영종료시각": "00:00",
    "유료사용여부": "Y",
    "사용기준시간": "2",
    "사용료": "10000",
    "초과사용단위시간": "1",
    "초과사용료": "5000",
    "수용가능인원수": "20",
    "면적": "45.5",
    "부대시설정보": "책상+의자",
    "신청방법구분": "전화+방문",
    "시설사진정보": "",
    "소재지도로명주소": "광주광역시 광산구 광산로 70 (송정동)",
    "소재지지번주소": "",
    "관리기관명": "광주광역시 광산구청",
    "담당부서명": "해오름동",
    "사용안내전화번호": "062-960-0001",
    "홈페이지주소": "http://www.gwangsan.go.kr",
    "위도": "35.140746",
    "경도": "126.798783",
    "데이터기준일자": "2023-01-31",
    "제공기관코드": "3630000",
    "제공기관명": "광주광역시 광산구",
}
"""A row without any defect."""


def room(**said: str) -> dict[str, str]:
    """A row, as the usual one unless said otherwise."""
    return ROOM | said


def numbered(count: int, **said: str) -> list[dict[str, str]]:
    """Rooms of different names, side by side along a meridian and a road."""
    return [
        room(
            개방시설명=f"해오름주민센터 {number}회의실",
            소재지도로명주소=f"광주광역시 광산구 광산로 {70 + number}",
            위도=f"{35.14 + number / 10_000:.6f}",
            **said,
        )
        for number in range(1, count + 1)
    ]


def csv_text(rows: list[dict[str, str]]) -> str:
    """The rows as CSV with their header."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def upload(*rows: dict[str, str], name: str = "rooms.csv", provider: str | None = None) -> Upload:
    """The rows as somebody would send them."""
    return Upload(name, csv_text(list(rows)).encode("cp949"), provider)


def drafts(*rows: dict[str, str], dataset: Dataset = ROOMS) -> list[Draft]:
    """What the rows say, before other rows or the database are asked."""
    table = read_table(csv_text(list(rows)).encode())
    told = list(drafts_of(table, dataset, provider=None, reference_on=None))
    for each in told:
        each.read_on()
    return told


def draft(**said: str) -> Draft:
    """What one row says."""
    return drafts(room(**said))[0]


def codes(reasons: list[tuple[str, str]]) -> list[str]:
    """Only the codes of reasons."""
    return [code for code, _ in reasons]


__all__ = ["LIBRARIES", "ROOMS", "SENIOR_CENTRES"]
