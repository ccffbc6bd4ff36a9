"""A crowd that joins and leaves at once never takes more seats than there are."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.db.session import Sessions
from geo_service.meetings.models import Attendee, Going, Meeting, Wishes
from geo_service.meetings.queries.meetings import my_seat
from geo_service.meetings.workflow.joining import join, leave
from tests.meetings import convened
from tests.people import a_person

SEATS, PEOPLE, AT_ONCE = 8, 24, 8


def test_seats_are_never_more_than_there_are_and_nobody_waits_beside_an_empty_one(
    open_house: Sessions,
) -> None:
    with open_house() as session:
        meeting_id = convened(session, seats=SEATS).id
        people = [a_person(session).id for _ in range(PEOPLE)]
    chance = Random(7)
    wishes = [(person_id, chance.randrange(3)) for person_id in people]

    def come(wish: tuple[UUID, int]) -> None:
        with open_house() as session:
            meeting, person = session.get_one(Meeting, meeting_id), session.get_one(Person, wish[0])
            join(session, meeting, person, Wishes(children=wish[1]), at=now())
            session.commit()

    def go(person_id: UUID) -> None:
        with open_house() as session:
            leave(session, session.scalars(my_seat(meeting_id, person_id)).one(), at=now())
            session.commit()

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        list(crowd.map(come, wishes))
        with open_house() as session:
            expect_order(session, meeting_id, waiting=True)
        list(crowd.map(go, chance.sample(people, PEOPLE // 2)))
    with open_house() as session:
        expect_order(session, meeting_id)


def expect_order(session: Session, meeting_id: UUID, *, waiting: bool = False) -> None:
    """The sum is what its rows say, and whoever waits has no room."""
    meeting = session.get_one(Meeting, meeting_id)
    people = func.coalesce(func.sum(1 + Attendee.children), 0)
    taken = select(people).where(Attendee.meeting_id == meeting_id, Attendee.going == Going.COMING)
    assert session.scalar(taken) == meeting.taken <= SEATS
    line = session.scalars(
        select(Attendee).where(Attendee.meeting_id == meeting_id, Attendee.going == Going.WAITING)
    ).all()
    assert bool(line) or not waiting
    assert [one for one in line if one.people <= meeting.seats_left] == []
