"""The areas that everybody starts with."""

from collections.abc import Iterator
from datetime import date

import pytest
import shapely
from geoalchemy2.shape import to_shape
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, AreaCode, DongShare, Level, Register
from geo_service.areas.queries import (
    area_at,
    area_by_code,
    areas_around,
    areas_matching,
    outlines_within,
)
from geo_service.areas.workflow import load_default
from geo_service.geo.place import Place
from tests.factories import HOME, walk

BEFORE_THE_MERGER = date(2026, 6, 30)
SINCE_THE_MERGER = date(2026, 7, 1)
ADDED = 16 + 5 + 202 + 96
"""Provinces, districts, legal and administrative dongs."""


@pytest.fixture(scope="module")
def gwangju(engine: Engine) -> Iterator[Session]:
    """The default, loaded once for all these tests, which only look."""
    with engine.connect() as connection, connection.begin() as everything:
        session = Session(connection, join_transaction_mode="create_savepoint")
        assert load_default(session) == ADDED
        session.commit()
        yield session
        everything.rollback()


def names(session: Session, words: str, level: Level | None = None) -> list[str]:
    return [area.full_name for area in session.scalars(areas_matching(words, level=level))]


def test_loading_again_adds_nothing(gwangju: Session) -> None:
    assert load_default(gwangju) == 0
    assert gwangju.scalar(select(func.count()).select_from(Area)) == ADDED


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("29", BEFORE_THE_MERGER, "전남광주통합특별시"),
        ("46", BEFORE_THE_MERGER, "전남광주통합특별시"),
        ("12", SINCE_THE_MERGER, "전남광주통합특별시"),
        ("29", SINCE_THE_MERGER, None),
        ("12", BEFORE_THE_MERGER, None),
        ("29200", BEFORE_THE_MERGER, "광산구"),
        ("12330", SINCE_THE_MERGER, "광산구"),
        ("12330", BEFORE_THE_MERGER, None),
        ("2920051500", BEFORE_THE_MERGER, "송정1동"),
        ("1233051500", SINCE_THE_MERGER, "송정1동"),
        ("1233010100", SINCE_THE_MERGER, "송정동"),
        ("42", date(2023, 6, 10), "강원특별자치도"),
        ("51", date(2023, 6, 11), "강원특별자치도"),
        ("45", date(2024, 1, 18), None),
    ],
)
def test_codes_mean_what_they_meant_on_a_day(
    gwangju: Session, code: str, on: date, name: str | None
) -> None:
    found = gwangju.scalar(area_by_code(code, on=on))
    assert (found and found.name) == name


def test_both_names_of_the_merged_city_find_the_same_area(gwangju: Session) -> None:
    assert names(gwangju, "광주광역시")[0] == names(gwangju, "전남광주통합특별시")[0]
    old, new = "광주광역시 광산구 송정1동", "전남광주통합특별시 광산구 송정1동"
    assert names(gwangju, old) == names(gwangju, new) == [new]
    assert names(gwangju, "전라남도 광산구") == []


def test_a_name_may_be_begun_shortened_or_spaced(gwangju: Session) -> None:
    gwangsan = "전남광주통합특별시 광산구"
    dongs = [f"{gwangsan} 송정1동", f"{gwangsan} 송정2동", f"{gwangsan} 송정동"]
    assert names(gwangju, "송정") == dongs
    assert names(gwangju, "광산구 송정 1동") == dongs[:1]
    assert names(gwangju, "송정제1동") == dongs[:1]
    assert names(gwangju, "광산구")[0] == gwangsan
    assert names(gwangju, "광주", level=Level.SIDO) == ["전남광주통합특별시"]
    assert names(gwangju, "%") == names(gwangju, "없는동") == []


def test_every_legal_dong_of_the_city_has_an_outline_and_a_sketch(gwangju: Session) -> None:
    drawn = select(func.count(Area.outline), func.count(Area.sketch), func.count())
    legal = gwangju.execute(drawn.where(Area.register == Register.LEGAL)).one()
    assert tuple(legal) == (202, 202, 202)
    districts = gwangju.execute(drawn.where(Area.level == Level.SIGUNGU)).one()
    assert tuple(districts) == (5, 5, 5)


def test_outlines_neither_overlap_nor_gape(gwangju: Session) -> None:
    outlines = gwangju.scalars(select(Area.outline).where(Area.register == Register.LEGAL))
    shapes = [to_shape(outline) for outline in outlines]
    assert shapely.coverage_is_valid(shapes)
    city = shapely.coverage_union_all(shapes)
    assert city.geom_type == "Polygon"
    assert not city.interiors


def test_everywhere_in_gwangsan_is_in_exactly_one_legal_dong(gwangju: Session) -> None:
    for bearing in range(0, 360, 30):
        around = gwangju.scalars(areas_around(walk(1_500, bearing))).all()
        assert [area.register for area in around] == [Register.LEGAL, Register.BOTH]
        assert around[1].name in {"광산구", "서구"}


def test_the_smallest_area_at_a_place_is_its_dong(gwangju: Session) -> None:
    dong = gwangju.scalars(area_at(HOME)).one()
    assert (dong.name, dong.register) == ("송정동", Register.LEGAL)
    district = gwangju.scalars(area_at(HOME, register=Register.ADMINISTRATIVE)).one()
    assert district.name == "광산구"
    assert gwangju.scalars(area_at(Place(37.57, 126.98))).all() == []


def test_split_legal_dongs_are_shared(gwangju: Session) -> None:
    shared = (
        select(DongShare.legal_id)
        .join(AreaCode, AreaCode.area_id == DongShare.legal_id)
        .where(AreaCode.code.startswith("29200"))
        .group_by(DongShare.legal_id)
        .having(func.count() > 1)
    )
    assert len(gwangju.scalars(shared).all()) == 17


def test_a_map_gets_few_points(gwangju: Session) -> None:
    corners = walk(1_000, 225), walk(1_000, 45)
    rows = gwangju.execute(outlines_within(*corners)).all()
    assert "송정동" in {name for _, name, _ in rows}
    sketches = [to_shape(sketch) for _, _, sketch in rows]
    assert shapely.get_num_coordinates(sketches).sum() < 300
    west, south, east, north = shapely.total_bounds(sketches)
    assert (west, south) >= (corners[0].lng - 1e-9, corners[0].lat - 1e-9)
    assert (east, north) <= (corners[1].lng + 1e-9, corners[1].lat + 1e-9)
