"""Undo leaves alone what somebody holds on to: rooms that are booked, offices with people."""

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.facilities.imports import import_file
from geo_service.facilities.models import Facility
from geo_service.facilities.workflow import undo
from geo_service.facilities.workflow.undoing import HOLD_A_ROOM, HOLD_AN_OFFICE
from geo_service.listings.models import Listing
from geo_service.offices.models import Office, Staff
from geo_service.spaces.models import Booking, Space, Wish
from geo_service.spaces.workflow.holding import book
from tests.facility_rows import numbered, upload
from tests.people import a_person, on_staff
from tests.spaces import ALL_DAY, terms_for, tomorrow


def taken_in(session: Session, count: int) -> int:
    batch = import_file(session, upload(*numbered(count))).batch
    assert batch is not None
    session.execute(update(Listing).values(open_week=ALL_DAY))
    session.commit()
    return batch


def test_a_room_that_somebody_booked_is_closed_and_kept(session: Session) -> None:
    batch = taken_in(session, 3)
    space = session.scalars(select(Space).order_by(Space.title)).first()
    assert space is not None
    terms_for(session, space)
    book(session, space.id, a_person(session), Wish(tomorrow(10, 12)), at=now())
    session.commit()
    undone = undo(session, batch)
    assert (undone.removed, undone.kept) == (2, 1)
    session.expire_all()
    (left,) = session.scalars(select(Listing))
    assert left.id == space.id
    assert left.closed_at is not None
    assert session.scalars(select(Booking)).one().space_id == space.id
    again = import_file(session, upload(*numbered(3)))
    assert again.counts["added"] == 2
    session.expire_all()
    assert {listing.closed_at for listing in session.scalars(select(Listing))} == {None}
    assert len(session.scalars(select(Facility)).all()) == 3


def test_an_office_with_people_stays(session: Session) -> None:
    batch = taken_in(session, 1)
    office = session.scalars(select(Office)).one()
    officer = on_staff(session, office.id)
    undone = undo(session, batch)
    assert (undone.removed, undone.kept) == (1, 0)
    assert session.scalars(select(Staff.person_id)).all() == [officer.id]
    assert session.scalars(select(Office.id)).all() == [office.id]


@pytest.mark.parametrize(
    ("table", "known", "also_what_goes_along"),
    [("space", HOLD_A_ROOM, False), ("office", HOLD_AN_OFFICE, True)],
)
def test_every_table_that_holds_on_is_known(
    session: Session, table: str, known: tuple[str, ...], *, also_what_goes_along: bool
) -> None:
    found = session.execute(
        text("""
            SELECT conrelid::regclass::text AS name, confdeltype = 'a' AS refuses FROM pg_constraint
            WHERE contype = 'f' AND confrelid = CAST(:table AS regclass)
        """),
        {"table": table},
    )
    assert {each.name for each in found if each.refuses or also_what_goes_along} == set(known)
