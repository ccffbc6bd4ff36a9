"""What PostgreSQL itself holds true of areas and offices, and which index answers."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, Select, text, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, AreaCode, Register
from geo_service.areas.queries import (
    area_at,
    area_by_code,
    area_ever_coded,
    areas_around,
    areas_matching,
    outlines_within,
)
from geo_service.areas.workflow import load_default
from geo_service.areas.workflow.deeds import close, take_turns
from geo_service.geo.place import Place
from tests.areas import SOUTH, WEST, a_district, a_dong, an_area, inside, plot
from tests.factories import an_office
from tests.plans import plan_of

JULY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("area_level_check", "level = 'village'"),
        ("area_register_check", "register = 'both ', level = 'sigungu'"),
        ("area_named_check", "name = ''"),
        ("area_named_check", "full_name = ''"),
        ("area_registered_check", "level = 'sigungu'"),
        ("area_inside_check", "parent_id = NULL"),
        ("area_parent_id_fkey", "parent_id = 2000000000"),
        (
            "area_valid_outline_check",
            "outline = 'SRID=4326;MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)))', sketch = outline",
        ),
        ("area_sketched_check", "sketch = NULL"),
    ],
)
def test_no_area_breaks_these_rules(session: Session, constraint: str, change: str) -> None:
    dong = a_dong(session, a_district(session), "하나동", "51000", shape=plot(0))
    # A dong with codes keeps its register; the rules are tried on one without.
    dong.codes.clear()
    session.flush()
    with pytest.raises(DBAPIError, match=constraint):
        session.execute(text(f"UPDATE area SET {change} WHERE id = {dong.id}"))  # noqa: S608


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("area_code_digits_check", {"code": "29ABC"}),
        ("area_code_digits_check", {"code": "1"}),
        ("area_code_valid_some_time_check", {"valid_during": Range(JULY, JULY)}),
        ("area_code_area_id_register_fkey", {"register": Register.LEGAL}),
    ],
)
def test_no_code_breaks_these_rules(
    session: Session, constraint: str, change: dict[str, Any]
) -> None:
    a_dong(session, a_district(session), "하나동", "51000")
    with pytest.raises(DBAPIError, match=constraint):
        session.execute(update(AreaCode).where(AreaCode.code == "2699051000").values(**change))


def test_a_code_means_one_area_at_a_time(session: Session) -> None:
    an_area(session, "가도", ("26", Range(None, JULY)))
    an_area(session, "나도", ("26", Range(JULY, None)))
    with pytest.raises(DBAPIError, match="area_code_once_at_a_time"):
        an_area(session, "다도", ("26", Range(date(2026, 6, 30), date(2026, 7, 2))))


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("office_kind_check", {"kind": "bakery", "answers_for_id": None}),
        ("office_named_check", {"name": ""}),
        ("office_callable_check", {"phone": "062-960-8114"}),
        ("office_answering_check", {"kind": "library"}),
        ("office_answers_for_id_key", {}),
        ("office_reference_key", {"reference": "pilot:1", "answers_for_id": None}),
    ],
)
def test_no_office_breaks_these_rules(
    session: Session, constraint: str, said: dict[str, Any]
) -> None:
    dong = a_dong(session, a_district(session), "하나동", "51000")
    an_office(session, answers_for_id=dong.id, reference="pilot:1")
    other = an_office(session, reference="pilot:2")
    values = {"answers_for_id": dong.id} | said
    settings = ", ".join(f"{column} = :{column}" for column in values)
    with pytest.raises(DBAPIError, match=constraint):
        session.execute(
            text(f"UPDATE office SET {settings} WHERE id = '{other.id}'"),  # noqa: S608
            values,
        )


def test_a_place_on_a_border_belongs_to_one_dong(session: Session) -> None:
    district = a_district(session)
    west = a_dong(session, district, "서쪽동", "51000", shape=plot(0))
    a_dong(session, district, "동쪽동", "52000", shape=plot(1))
    border = Place(SOUTH + 0.005, WEST + 0.01)
    both = session.scalars(areas_around(border)).all()
    assert [area.name for area in both] == ["서쪽동", "동쪽동", "시험구"]
    assert session.scalars(area_at(border)).one() is west


def test_what_is_closed_is_not_found_any_more(session: Session) -> None:
    dong = a_dong(session, a_district(session), "하나동", "51000", shape=plot(0))
    close(session, dong, on=JULY)
    assert [area.name for area in session.scalars(areas_around(inside(0), on=JULY))] == ["시험구"]
    assert session.scalars(areas_matching("하나동", on=JULY)).all() == []
    june = date(2026, 6, 30)
    assert session.scalars(area_at(inside(0), on=june)).one() is dong


def test_a_map_shows_administrative_dongs_where_there_are_any(session: Session) -> None:
    district = a_district(session)
    legal = a_dong(
        session, district, "옛동", "10100", register=Register.LEGAL, shape=plot(0, columns=2)
    )
    box = Place(SOUTH - 0.01, WEST - 0.01), Place(SOUTH + 0.02, WEST + 0.015)
    assert [name for _, name, _ in session.execute(outlines_within(*box))] == [legal.name]
    a_dong(session, district, "하나동", "51000", shape=plot(0))
    a_dong(session, district, "먼동", "52000", shape=plot(3))
    assert [name for _, name, _ in session.execute(outlines_within(*box))] == ["하나동"]


ANSWERED_BY: list[tuple[str, Select[Any]]] = [
    ("area_outline_idx", area_at(inside(0))),
    ("area_outline_idx", outlines_within(Place(35, 126), Place(35.1, 126.1))),
    ("area_words_idx", areas_matching("송정1동")),
    ("area_words_idx", areas_matching("송")),
    ("area_code_once_at_a_time", area_by_code("29200")),
    ("area_code_once_at_a_time", area_ever_coded("29200")),
]


def test_the_index_answers(owner_session: Session) -> None:
    load_default(owner_session)
    owner_session.execute(text("ANALYZE area, area_code"))
    plans = [(index, plan_of(owner_session, query)) for index, query in ANSWERED_BY]
    assert [(index, plan) for index, plan in plans if index not in plan] == []


def test_gwangju_in_gyeonggi_is_another_place(session: Session) -> None:
    city = an_area(session, "전남광주통합특별시", "12", "29", aliases=("광주광역시", "광주"))
    province = an_area(session, "경기도", "41", aliases=("경기",))
    other = an_area(session, "광주시", "41610", parent=province, aliases=("경기 광주시",))

    def found(words: str) -> list[Area]:
        return list(session.scalars(areas_matching(words)))

    assert found("광주광역시") == [city]
    assert found("광주시") == found("경기도 광주시") == found("경기 광주") == [other]
    assert found("광주") == [city, other]


def test_those_who_change_areas_take_turns(session: Session, engine: Engine) -> None:
    take_turns(session)
    with engine.connect() as other:
        free = text("SELECT pg_try_advisory_xact_lock(hashtext('areas'))")
        assert other.scalar(free) is False


def test_words_follow_the_names(session: Session) -> None:
    area = an_area(session, "부산광역시", "26", aliases=("부산",))
    area.aliases = ["부산", "Busan"]
    session.commit()
    assert session.scalars(areas_matching("BUSAN")).one() is area
    assert session.get_one(Area, area.id).words == " 부산광역시 부산 busan busangwangyeoksi "
