"""The real files, where this machine has them: every decision that was looked at stays so."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from geo_service.areas.workflow import load_default
from geo_service.facilities.files import Unreadable
from geo_service.facilities.imports import Upload, import_file
from geo_service.facilities.schemas import Report
from geo_service.facilities.workflow import undo
from tests.db.test_facility_undo import contents
from tests.facility_rows import SHARED

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the real files are not here")

NATIONAL_2020 = SHARED / "전국공공시설개방정보표준데이터_2020-10.csv"
DISTRICTS = sorted(SHARED.glob("seoul_districts_2019-2023/*.csv"))
NATIONAL_2023 = SHARED / "전국공공시설개방정보표준데이터_2023-02.csv"


def take(session: Session, path: Path) -> Report:
    return import_file(session, Upload(path.name, path.read_bytes()))


def held(report: Report) -> Counter[str]:
    return Counter(
        entry.reasons[0].code for entry in report.entries if entry.outcome.value == "held_back"
    )


def test_two_vintages_of_the_national_file_and_back(session: Session) -> None:
    load_default(session)
    first = take(session, NATIONAL_2020)
    assert len(first.entries) == 6_643
    assert first.counts["added"] + first.counts["repaired"] > 6_000
    assert first.counts["refused"] == 0
    assert held(first)["dragged-point"] + held(first)["outside-korea"] == 11
    assert held(first)["no-point"] == 5
    before = contents(session)
    assert take(session, NATIONAL_2020).counts["added"] == 0
    assert contents(session) == before
    second = take(session, NATIONAL_2023)
    assert second.counts["changed"] > 3_000
    assert second.vanished
    after = contents(session)
    assert take(session, NATIONAL_2020).counts["changed"] == 0
    assert contents(session) == after
    assert second.batch is not None
    undo(session, second.batch)
    assert contents(session) == before


@pytest.mark.parametrize("path", DISTRICTS, ids=lambda path: path.name.split("_")[1])
def test_a_district_file_is_taken_under_its_own_name(session: Session, path: Path) -> None:
    report = take(session, path)
    assert report.counts["added"] + report.counts["repaired"] > 0
    assert report.counts["refused"] == 0
    gu = path.name.split("_")[1]
    assert all(entry.key.startswith(f"서울{gu}/") for entry in report.entries)


def test_libraries_with_two_providers_are_listed_once(session: Session) -> None:
    report = take(session, SHARED / "전국도서관표준데이터_2020-08.csv")
    assert held(report)["no-point"] == 149
    assert held(report)["placeholder-point"] == 2
    assert held(report)["listed-by-another"] > 100
    assert report.counts["added"] > 2_500


def test_senior_centres_wait_for_their_points(session: Session) -> None:
    report = take(session, SHARED / "대구광역시_경로당_20231231.csv")
    assert held(report) == {"no-point": 1_806}
    assert any("샾" in entry.name for entry in report.entries)


def test_of_the_hostile_files_only_the_xls_is_usable(session: Session) -> None:
    report = take(session, SHARED / "hostile_2016" / "전국도서관표준데이터.xls")
    assert len(report.entries) == 1_756
    assert report.counts["added"] > 1_000
    for ending in ("csv", "json", "xml"):
        with pytest.raises(Unreadable, match="번째 줄"):
            take(session, SHARED / "hostile_2016" / f"전국도서관표준데이터.{ending}")
