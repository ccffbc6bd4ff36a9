"""Who answers for a place."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, Register
from geo_service.areas.queries import area_by_code
from geo_service.areas.workflow import load_default
from geo_service.areas.workflow.deeds import close, draw, sketched
from geo_service.cases.queries.people import centres_named as to_hand_to
from geo_service.geo.place import Place
from geo_service.offices.models import Office, Role
from geo_service.offices.workflow import Duty, centre_for
from geo_service.watchers.queries.centres import centres_named as to_join
from tests.areas import DRAWN_ON, a_district, a_dong, inside, plot, share
from tests.factories import an_office
from tests.people import on_staff


@dataclass
class Split:
    """A legal dong of two squares, each of which is an administrative dong with a centre."""

    west: Area
    east: Area
    west_centre: Office
    east_centre: Office


@pytest.fixture
def split(session: Session) -> Split:
    """Both centres stand in the western square, one at each end of it."""
    district = a_district(session)
    legal = a_dong(
        session, district, "큰동", "10100", register=Register.LEGAL, shape=plot(0, columns=2)
    )
    west = a_dong(session, district, "큰1동", "51000")
    east = a_dong(session, district, "큰2동", "52000")
    share(session, legal, west, east)
    return Split(
        west,
        east,
        an_office(session, name="큰1동 센터", place=inside(-0.4), answers_for_id=west.id),
        an_office(session, name="큰2동 센터", place=inside(0.4), answers_for_id=east.id),
    )


def drawn(session: Session, area: Area, column: int) -> None:
    (outline,) = sketched([plot(column)], source="구청", reference_on=DRAWN_ON)
    draw(area, outline)
    session.commit()


def test_where_only_legal_dongs_are_known_the_nearest_centre_answers_unconfirmed(
    session: Session, split: Split
) -> None:
    assert centre_for(session, inside(-0.3)) == Duty(split.west_centre, split.west, confirmed=False)
    assert centre_for(session, inside(1)) == Duty(split.east_centre, split.east, confirmed=False)


def test_where_administrative_dongs_are_drawn_the_outline_decides(
    session: Session, split: Split
) -> None:
    drawn(session, split.west, 0)
    drawn(session, split.east, 1)
    beside_the_eastern_centre = inside(0.4)
    duty = centre_for(session, beside_the_eastern_centre)
    assert duty == Duty(split.west_centre, split.west, confirmed=True)
    assert centre_for(session, inside(1)) == Duty(split.east_centre, split.east, confirmed=True)


def test_no_other_centre_stands_in_for_a_dong_whose_centre_is_unknown(
    session: Session, split: Split
) -> None:
    drawn(session, split.west, 0)
    split.west_centre.answers_for_id = None
    session.commit()
    assert centre_for(session, inside(0)) is None


def test_a_centre_whose_place_is_unknown_comes_last(session: Session, split: Split) -> None:
    split.east_centre.place = None
    session.commit()
    assert centre_for(session, inside(1)) == Duty(split.west_centre, split.west, confirmed=False)
    split.west_centre.answers_for_id = None
    session.commit()
    assert centre_for(session, inside(1)) == Duty(split.east_centre, split.east, confirmed=False)


def test_a_closed_dong_answers_for_nothing(session: Session, split: Split) -> None:
    close(session, split.west, on=DRAWN_ON)
    duty = centre_for(session, inside(-0.3))
    assert duty == Duty(split.east_centre, split.east, confirmed=False)


def test_nobody_answers_outside(session: Session, split: Split) -> None:
    assert split.west_centre.place is not None
    assert centre_for(session, inside(9)) is None
    assert centre_for(session, Place(35.0, 139.0)) is None


def test_songjeong_dong_is_shared_by_two_centres(session: Session) -> None:
    load_default(session)
    places = {"2920051500": (35.140746, 126.798783), "2920052500": (35.136679, 126.797251)}
    for code, (lat, lng) in places.items():
        june = date(2026, 6, 30)
        dong = session.scalars(area_by_code(code, on=june, register=Register.ADMINISTRATIVE)).one()
        an_office(session, name=dong.name, place=Place(lat, lng), answers_for_id=dong.id)
    for lat, lng, name in ((35.1410, 126.7990, "송정1동"), (35.1362, 126.7970, "송정2동")):
        duty = centre_for(session, Place(lat, lng))
        assert duty is not None
        assert (duty.dong.name, duty.office.name, duty.confirmed) == (name, name, False)


def test_dongs_without_a_centre_do_not_crowd_out_those_with_one(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = a_district(session)
    a_dong(session, district, "바다", "10100", register=Register.LEGAL)
    dong = a_dong(session, district, "바다동", "51000")
    centre = an_office(session, answers_for_id=dong.id)
    on_staff(session, centre.id, Role.CASEWORKER)
    monkeypatch.setattr("geo_service.offices.queries.MOST_NAMED", 1)
    assert session.scalars(to_join("바다")).all() == [centre]
    assert [row.id for row in session.execute(to_hand_to("바다", uuid4()))] == [centre.id]
