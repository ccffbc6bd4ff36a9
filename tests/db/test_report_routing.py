"""Where a report goes: sure in a dong, to both at a border, unconfirmed where nobody knows."""

import pytest
from sqlalchemy.orm import Session

from geo_service.areas.models import Register
from geo_service.areas.queries import today
from geo_service.geo.place import Place
from geo_service.offices.models import Office
from geo_service.reports.models import Routing
from geo_service.reports.queries import dongs_within
from geo_service.reports.workflow.routing import (
    BORDER_M,
    NobodyAnswersThere,
    Route,
    dong_named,
    route_to,
)
from tests.areas import a_district, a_dong, inside, plot, share
from tests.factories import an_office, walk
from tests.plans import plan_of
from tests.reporting import two_dongs


@pytest.fixture
def centres(session: Session) -> tuple[Office, Office]:
    return two_dongs(session)


def beside_the_border(metres: float) -> Place:
    """So far west of the line between both dongs."""
    return walk(metres, bearing=270, start=inside(0.5))


def test_inside_a_dong_it_is_sure(session: Session, centres: tuple[Office, Office]) -> None:
    west, east = centres
    assert route_to(session, inside(0), None) == Route(west.id, Routing.SURE)
    assert route_to(session, inside(1), west.answers_for_id) == Route(east.id, Routing.SURE)


@pytest.mark.parametrize(("metres", "both"), [(1, True), (49.9, True), (50.1, False), (200, False)])
def test_within_fifty_metres_of_a_border_both_are_told(
    session: Session, centres: tuple[Office, Office], metres: float, *, both: bool
) -> None:
    west, east = centres
    border = Route(west.id, Routing.BORDER, east.id)
    sure = Route(west.id, Routing.SURE)
    assert route_to(session, beside_the_border(metres), None) == (border if both else sure)


def test_a_dong_beyond_the_border_without_a_centre_is_not_told(
    session: Session, centres: tuple[Office, Office]
) -> None:
    west, east = centres
    east.answers_for_id = None
    session.commit()
    assert route_to(session, beside_the_border(5), None) == Route(west.id, Routing.SURE)
    with pytest.raises(NobodyAnswersThere):
        route_to(session, inside(1), None)
    assert route_to(session, inside(1), west.answers_for_id) == Route(west.id, Routing.UNCONFIRMED)


def test_where_only_legal_dongs_are_drawn_it_is_unconfirmed(session: Session) -> None:
    district = a_district(session)
    big = a_dong(session, district, "큰동", "10100", register=Register.LEGAL, shape=plot(0))
    small = a_dong(session, district, "작은동", "10200", register=Register.LEGAL, shape=plot(1))
    one, two = (a_dong(session, district, f"큰{n}동", f"5{n}000") for n in (1, 2))
    three = a_dong(session, district, "작은동", "53000")
    share(session, big, one, two)
    share(session, small, three)
    west, mid, east = (
        an_office(session, name=dong.name, place=inside(at), answers_for_id=dong.id)
        for dong, at in ((one, -0.4), (two, 0.4), (three, 1))
    )
    assert route_to(session, inside(-0.3), None) == Route(west.id, Routing.UNCONFIRMED)
    assert route_to(session, inside(0.3), None) == Route(mid.id, Routing.UNCONFIRMED)
    border = Route(mid.id, Routing.BORDER, east.id)
    assert route_to(session, beside_the_border(10), None) == border


def test_nowhere_the_dong_that_was_named_answers(
    session: Session, centres: tuple[Office, Office]
) -> None:
    west, _ = centres
    named = Route(west.id, Routing.UNCONFIRMED)
    assert route_to(session, None, west.answers_for_id) == named
    assert route_to(session, Place(35, 139), west.answers_for_id) == named
    for dong in (None, 2_000_000_000):
        with pytest.raises(NobodyAnswersThere):
            route_to(session, None, dong)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("서동 우체국 뒤", 0),
        ("시험구 동동", 1),
        ("서동인지 동동인지", None),
        ("서동 아니면 동동", None),
        ("우체국 뒤", None),
        ("", None),
    ],
)
def test_words_that_name_one_dong_are_understood(
    session: Session, centres: tuple[Office, Office], words: str, named: int | None
) -> None:
    expected = None if named is None else centres[named].answers_for_id
    assert dong_named(session, words) == expected


def test_borders_are_found_through_the_index(session: Session) -> None:
    near = dongs_within(inside(0), BORDER_M, Register.ADMINISTRATIVE, on=today())
    assert "area_outline_idx" in plan_of(session, near)
