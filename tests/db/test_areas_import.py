"""An operator's file supersedes what is known."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from geoalchemy2.shape import to_shape
from shapely import MultiPolygon
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.areas.files.drawing import Drawn, RepeatedCode, UnusableCode, read_drawing
from geo_service.areas.imports import Scope, Supersession, supersede
from geo_service.areas.imports.districts import UnknownDistrict, UnknownProvince
from geo_service.areas.imports.supersede import OlderThanKnown, PartOfADistrict
from geo_service.areas.models import Area, Level, Register
from geo_service.areas.queries import area_at, area_by_code, areas_matching
from geo_service.areas.workflow import load_default
from geo_service.errors import Problem
from tests.areas import a_district, a_dong, an_area, inside, plot
from tests.real_files import BOUNDARIES

TODAY = date(2026, 11, 21)


def row(code: str, name: str, shape: MultiPolygon) -> Drawn:
    return Drawn(code, f"부산광역시 시험구 {name}", shape)


def put(session: Session, rows: Sequence[Drawn], **said: Any) -> Supersession:
    usual = {
        "level": Level.DONG,
        "register": Register.ADMINISTRATIVE,
        "on": TODAY,
        "source": "구청 파일",
    }
    report = supersede(session, rows, Scope(**usual | said))
    session.commit()
    return report


def outline_of(session: Session, area: Area) -> MultiPolygon:
    return to_shape(session.scalars(select(Area.outline).where(Area.id == area.id)).one())


def test_a_known_code_gets_the_new_outline(session: Session) -> None:
    dong = a_dong(session, a_district(session), "하나동", "51000", shape=plot(0))
    report = put(session, [row("2699051000", "하나동", plot(0, columns=2))])
    assert report.changed == [dong.full_name]
    assert outline_of(session, dong).equals(plot(0, columns=2))
    assert session.scalars(area_at(inside(1))).one() is dong
    assert (dong.source, dong.reference_on) == ("구청 파일", TODAY)


def test_a_dong_without_an_outline_gets_its_first(session: Session) -> None:
    dong = a_dong(session, a_district(session), "하나동", "51000")
    put(session, [row("2699051000", "하나동", plot(0))])
    assert session.scalars(area_at(inside(0))).one() is dong


def test_importing_the_same_file_twice_changes_nothing(session: Session) -> None:
    a_district(session)
    rows = [row("2699051000", "하나동", plot(0)), row("2699052000", "두리동", plot(1))]
    assert len(put(session, rows).added) == 2
    again = put(session, rows)
    assert (len(again.unchanged), again.rows) == (2, 2)
    assert again.closed == again.changed == again.added == []


def test_a_split_dong_ends_and_its_halves_begin_on_the_day(session: Session) -> None:
    district = a_district(session)
    kept = a_dong(session, district, "세나동", "53000", shape=plot(2))
    old = a_dong(session, district, "하나동", "51000", shape=plot(0, columns=2))
    report = put(
        session,
        [
            row("2699051100", "하나1동", plot(0)),
            row("2699051200", "하나2동", plot(1)),
            row("2699053000", "세나동", plot(2)),
        ],
        whole=True,
    )
    assert (report.closed, len(report.added), report.unchanged) == (
        [old.full_name],
        2,
        [kept.full_name],
    )
    yesterday = TODAY - timedelta(days=1)
    assert session.scalars(area_at(inside(0), on=yesterday, level=Level.DONG)).one() is old
    assert session.scalars(area_at(inside(0))).one().name == "하나1동"
    assert session.scalars(area_by_code("2699051000", on=yesterday)).one() is old
    assert session.scalars(area_by_code("2699051000")).all() == []
    assert session.scalars(area_by_code("2699051100", on=yesterday)).all() == []
    assert session.scalars(areas_matching("하나")).all() != []
    assert old not in session.scalars(areas_matching("하나동")).all()


def test_a_closed_dong_can_come_back(session: Session) -> None:
    district = a_district(session)
    a_dong(session, district, "두리동", "52000", shape=plot(1))
    dong = a_dong(session, district, "하나동", "51000", shape=plot(0))
    both = [row("2699051000", "하나동", plot(0)), row("2699052000", "두리동", plot(1))]
    put(session, both[1:], on=date(2026, 1, 1))
    report = put(session, both)
    assert report.reopened == [dong.full_name]
    assert session.scalars(area_by_code("2699051000", on=date(2026, 6, 1))).all() == []
    assert session.scalars(area_by_code("2699051000", on=TODAY)).one() is dong
    assert session.scalars(area_by_code("2699051000", on=date(2025, 6, 1))).one() is dong


def test_a_renumbered_district_is_found_under_either_code(session: Session) -> None:
    province = an_area(session, "부산광역시", "26")
    merged = date(2026, 7, 1)
    district = an_area(
        session,
        "시험구",
        ("26990", Range(None, merged)),
        ("26111", Range(merged, None)),
        parent=province,
    )
    dong = an_area(
        session,
        "하나동",
        ("2699051000", Range(None, merged)),
        ("2611151000", Range(merged, None)),
        parent=district,
        register=Register.ADMINISTRATIVE,
    )
    first = put(session, [row("2699051000", "하나동", plot(0))])
    assert first.changed == [dong.full_name]
    second = put(session, [row("2611151000", "하나동", plot(0))])
    assert second.unchanged == [dong.full_name]
    added = put(
        session, [row("2699051000", "하나동", plot(0)), row("2699052000", "두리동", plot(1))]
    )
    assert len(added.added) == 1
    new = session.scalars(area_by_code("2611152000", on=TODAY)).one()
    assert new.name == "두리동"
    with pytest.raises(RepeatedCode, match="옛 코드"):
        put(
            session,
            [row("2699051000", "하나동", plot(0)), row("2611151000", "하나동", plot(1))],
        )


def test_a_new_name_replaces_the_old_which_still_finds_it(session: Session) -> None:
    dong = a_dong(session, a_district(session), "하나동", "51000", shape=plot(0))
    report = put(session, [row("2699051000", "새이름동", plot(0))])
    assert report.changed == [dong.full_name] == ["부산광역시 시험구 새이름동"]
    for words in ("새이름", "하나동", "부산광역시 시험구 하나동"):
        assert session.scalars(areas_matching(words)).all() == [dong]
    again = put(session, [row("2699051000", "하나동", plot(0))])
    assert again.unchanged == [dong.full_name]


def test_a_renamed_district_renames_what_lies_inside(session: Session) -> None:
    district = a_district(session)
    dong = a_dong(session, district, "하나동", "51000")
    rows = [Drawn("26990", "부산광역시 새시험구", plot(0))]
    put(session, rows, level=Level.SIGUNGU, register=Register.BOTH)
    assert dong.full_name == "부산광역시 새시험구 하나동"
    assert session.scalars(areas_matching("부산광역시 시험구 하나동")).all() == [dong]


def test_a_district_nobody_knew_is_added_with_its_outline(session: Session) -> None:
    an_area(session, "부산광역시", "26", aliases=("부산",))
    rows = [row("2699051000", "하나동", plot(0)), row("2699052000", "두리동", plot(1))]
    report = put(session, rows)
    assert report.districts == ["부산광역시 시험구"]
    district = session.scalars(area_by_code("26990")).one()
    assert outline_of(session, district).hausdorff_distance(plot(0, columns=2)) < 1e-9
    assert session.scalars(area_by_code("2699051000", on=date(2001, 1, 1))).one().name == "하나동"
    assert session.scalars(areas_matching("부산 시험구 두리동")).one().name == "두리동"


def test_legal_dongs_may_lack_the_digits_of_villages(session: Session) -> None:
    a_district(session)
    put(session, [row("26990101", "하나동", plot(0))], register=Register.LEGAL)
    found = session.scalars(area_by_code("2699010100")).one()
    assert found.register is Register.LEGAL


def test_an_eup_has_the_same_code_in_both_registers(session: Session) -> None:
    a_district(session)
    rows = [row("2699025000", "시험읍", plot(0))]
    put(session, rows)
    put(session, rows, register=Register.LEGAL)
    found = session.scalar(area_by_code("2699025000"))
    assert found is not None
    assert found.register is Register.ADMINISTRATIVE
    legal = session.scalar(area_by_code("2699025000", register=Register.LEGAL))
    assert legal is not None
    assert legal is not found


def test_a_file_with_a_few_dongs_closes_the_others_only_when_told(session: Session) -> None:
    district = a_district(session)
    dongs = [a_dong(session, district, f"{n}번동", f"5{n}000", shape=plot(n)) for n in range(4)]
    one = [row("2699050000", "0번동", plot(0))]
    with pytest.raises(PartOfADistrict, match="--part"):
        put(session, one)
    session.rollback()
    assert put(session, one, whole=False).closed == []
    assert put(session, one, whole=True).closed == [dong.full_name for dong in dongs[1:]]


@pytest.mark.parametrize(
    ("problem", "code", "name", "said"),
    [
        (OlderThanKnown, "2699051000", "부산광역시 시험구 하나동", {"on": date(2024, 12, 31)}),
        (UnknownProvince, "9999951000", "없는도 없는시 하나동", {}),
        (UnknownDistrict, "2677751000", "하나동", {}),
        (UnusableCode, "26990510", "부산광역시 시험구 하나동", {}),
    ],
)
def test_a_refused_file_leaves_everything_as_it_was(
    session: Session, problem: type[Problem], code: str, name: str, said: dict[str, Any]
) -> None:
    a_dong(session, a_district(session), "하나동", "51000", shape=plot(0))
    with pytest.raises(problem, match=r"[가-힣].*[a-z]"):
        put(session, [Drawn(code, name, plot(0))], **said)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Area)) == 3


def test_what_is_known_already_is_left_alone_and_the_rest_added(session: Session) -> None:
    city = an_area(session, "전남광주통합특별시", "12", aliases=("광주",))
    district = an_area(session, "광산구", "12330", "29200", parent=city, shape=plot(0))
    known = an_area(
        session, "송정동", "2920010100", parent=district, register=Register.LEGAL, shape=plot(0)
    )
    assert load_default(session) == 16 + 5 + 202 + 96 - 3
    assert {known.source, district.source} == {"시험"}
    assert session.scalars(area_by_code("12330")).one() is district


if BOUNDARIES.is_dir():  # real files, where they are at hand

    @pytest.mark.parametrize(
        ("city", "dongs", "districts"), [("gwangju", 96, 0), ("seoul", 425, 25)]
    )
    def test_the_dongs_of_a_real_city_are_imported(
        session: Session, city: str, dongs: int, districts: int
    ) -> None:
        drawn = read_drawing(BOUNDARIES / f"hangjeongdong_{city}_2021-04.geojson")
        load_default(session)
        report = put(session, drawn)
        assert (report.rows, len(report.districts), report.repaired) == (dongs, districts, [])
        assert len(put(session, drawn).unchanged) == dongs
