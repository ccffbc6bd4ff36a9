"""Whole files of every sort: invented ones, and the real ones where this machine has them.

Every decision on the real ones that was looked at stays so.
"""

from collections import Counter
from io import BytesIO
from typing import NamedTuple

import pytest
import xlsxwriter
from sqlalchemy.orm import Session

from geo_service.areas.workflow import load_default
from geo_service.facilities.files import Unreadable
from geo_service.facilities.imports import Upload, import_file
from geo_service.facilities.schemas import Report
from geo_service.facilities.workflow import undo
from tests.db.test_facility_undo import contents
from tests.facility_rows import numbered, room, upload
from tests.real_files import FACILITIES


def real(name: str) -> Upload:
    """One of the real files."""
    path = FACILITIES / name
    return Upload(path.name, path.read_bytes())


def held(report: Report) -> Counter[str]:
    return Counter(
        entry.reasons[0].code for entry in report.entries if entry.outcome.value == "held_back"
    )


class Vintages(NamedTuple):
    """Two vintages of a national file, and what is known of them."""

    first: Upload
    second: Upload
    rows: int
    listed: int
    """At least so many of the first are."""
    astray: int
    pointless: int
    changed: int
    """At least so many rooms change with the second."""


def invented_vintages() -> Vintages:
    rooms = numbered(12)
    on = "광주광역시 광산구 광산로"
    odd = [
        rooms[0],
        room(개방시설명="점 없는 방", 소재지도로명주소=f"{on} 91", 위도="", 경도=""),
        room(개방시설명="먼 방", 소재지도로명주소=f"{on} 92", 위도="48.8", 경도="2.3"),
    ]
    later = numbered(14, 데이터기준일자="2024-01-31", 사용료="20000")[2:]
    return Vintages(upload(*rooms, *odd), upload(*later), 15, 12, 1, 1, 10)


VINTAGES = {"invented": invented_vintages()}
if FACILITIES.exists():
    VINTAGES["real"] = Vintages(
        real("전국공공시설개방정보표준데이터_2020-10.csv"),
        real("전국공공시설개방정보표준데이터_2023-02.csv"),
        rows=6_643,
        listed=6_001,
        astray=11,
        pointless=5,
        changed=3_001,
    )


@pytest.mark.parametrize("file", VINTAGES.values(), ids=VINTAGES)
def test_two_vintages_of_the_national_file_and_back(session: Session, file: Vintages) -> None:
    load_default(session)
    first = import_file(session, file.first)
    assert len(first.entries) == file.rows
    assert first.counts["added"] + first.counts["repaired"] >= file.listed
    assert first.counts["refused"] == 0
    assert held(first)["dragged-point"] + held(first)["outside-korea"] == file.astray
    assert held(first)["no-point"] == file.pointless
    before = contents(session)
    assert import_file(session, file.first).counts["added"] == 0
    assert contents(session) == before
    second = import_file(session, file.second)
    assert second.counts["changed"] >= file.changed
    assert second.vanished
    after = contents(session)
    assert import_file(session, file.first).counts["changed"] == 0
    assert contents(session) == after
    assert second.batch is not None
    undo(session, second.batch)
    assert contents(session) == before


def invented_district() -> Upload:
    """27 columns: who provides it stands in the name alone."""
    row = room(소재지도로명주소="서울특별시 중랑구 봉화산로 179", 위도="37.606", 경도="127.0927")
    del row["제공기관코드"], row["제공기관명"]
    return upload(row, name="서울특별시_중랑구_공공시설개방정보_20230131.csv")


DISTRICTS = {"중랑구 invented": invented_district()} | {
    path.name.split("_")[1]: real(str(path))
    for path in sorted(FACILITIES.glob("seoul_districts_2019-2023/*.csv"))
}


@pytest.mark.parametrize("file", DISTRICTS.values(), ids=DISTRICTS)
def test_a_district_file_is_taken_under_its_own_name(session: Session, file: Upload) -> None:
    report = import_file(session, file)
    assert report.counts["added"] + report.counts["repaired"] > 0
    assert report.counts["refused"] == 0
    gu = file.name.split("_")[1]
    assert all(entry.key.startswith(f"서울{gu}/") for entry in report.entries)


class Libraries(NamedTuple):
    """A file of libraries, and what is known of it."""

    file: Upload
    pointless: int
    placeholders: int
    twins: int
    """At least so many are listed by another provider."""
    added: int
    """At least so many are."""


def library(name: str, **said: str) -> dict[str, str]:
    usual = {
        "도서관명": name, "시도명": "서울특별시", "시군구명": "도봉구", "도서관유형": "작은도서관",
        "열람좌석수": "12", "소재지도로명주소": "서울특별시 도봉구 마들로 656", "위도": "37.6686",
        "경도": "127.047", "제공기관명": "서울특별시 도봉구", "데이터기준일자": "2020-08-01",
    }  # fmt: skip
    return usual | said


def invented_libraries() -> Libraries:
    rows = [
        library("솔빛작은도서관"),
        library("솔빛작은도서관", 제공기관명="서울특별시"),
        library("점없는작은도서관", 위도="", 경도=""),
        library("본보기작은도서관", 위도="34.1234567", 경도="123.1234567"),
    ]
    return Libraries(upload(*rows, name="도서관.csv"), 1, 1, 1, 1)


LIBRARIES = {"invented": invented_libraries()}
if FACILITIES.exists():
    LIBRARIES["real"] = Libraries(
        real("전국도서관표준데이터_2020-08.csv"),
        pointless=149,
        placeholders=2,
        twins=101,
        added=2_501,
    )


@pytest.mark.parametrize("libraries", LIBRARIES.values(), ids=LIBRARIES)
def test_libraries_with_two_providers_are_listed_once(
    session: Session, libraries: Libraries
) -> None:
    report = import_file(session, libraries.file)
    assert held(report)["no-point"] == libraries.pointless
    assert held(report)["placeholder-point"] == libraries.placeholders
    assert held(report)["listed-by-another"] >= libraries.twins
    assert report.counts["added"] >= libraries.added


def invented_senior_centres() -> Upload:
    rows = [
        {"번호": str(n), "경로당명": name, "주소": f"대구광역시 남구 이천로 {n} (이천동)"}
        for n, name in enumerate(("솔빛샾경로당", "해오름경로당"), 1)
    ]
    return upload(*rows, name="대구광역시_경로당_20231231.csv")


SENIOR_CENTRES = {"invented": (invented_senior_centres(), 2)}
if FACILITIES.exists():
    SENIOR_CENTRES["real"] = real("대구광역시_경로당_20231231.csv"), 1_806


@pytest.mark.parametrize(("file", "centres"), SENIOR_CENTRES.values(), ids=SENIOR_CENTRES)
def test_senior_centres_wait_for_their_points(session: Session, file: Upload, centres: int) -> None:
    report = import_file(session, file)
    assert held(report) == {"no-point": centres}
    assert any("샾" in entry.name for entry in report.entries)


class Hostile(NamedTuple):
    """One table in four forms, of which three are broken."""

    usable: Upload
    broken: list[Upload]
    rows: int
    added: int
    """At least so many are."""


def invented_hostile() -> Hostile:
    on = "서울특별시 도봉구 마들로"
    rows = [library(f"{n}번째도서관", 소재지도로명주소=f"{on} {n}") for n in (1, 2)]
    book = xlsxwriter.Workbook(data := BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([list(rows[0]), *(list(row.values()) for row in rows)]):
        sheet.write_row(number, 0, row)
    book.close()
    broken = {
        "csv": b"a,b\n1,2,3\n",
        "json": b'{"records": [\n{"a": 1,,}\n]}',
        "xml": b"<a>\n<b></a>",
    }
    uploads = [Upload(f"도서관.{ending}", told) for ending, told in broken.items()]
    return Hostile(Upload("도서관.xlsx", data.getvalue()), uploads, 2, 2)


HOSTILE = {"invented": invented_hostile()}
if FACILITIES.exists():
    forms = [real(f"hostile_2016/전국도서관표준데이터.{e}") for e in ("xls", "csv", "json", "xml")]
    HOSTILE["real"] = Hostile(forms[0], forms[1:], rows=1_756, added=1_001)


@pytest.mark.parametrize("table", HOSTILE.values(), ids=HOSTILE)
def test_of_the_hostile_files_only_the_workbook_is_usable(session: Session, table: Hostile) -> None:
    report = import_file(session, table.usable)
    assert len(report.entries) == table.rows
    assert report.counts["added"] >= table.added
    for file in table.broken:
        with pytest.raises(Unreadable, match="번째 줄"):
            import_file(session, file)
