"""Get into the waiting list for a time, and out of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.accounts.models import Person
from geo_service.spaces.models import Booking, State, Use, Wait, Waiting
from geo_service.spaces.workflow.claiming import free_unit
from geo_service.spaces.workflow.ending import end, entered
from geo_service.spaces.workflow.house import all_or_nothing
from geo_service.spaces.workflow.problems import (
    AlreadyWaiting,
    NotByTheHour,
    NothingToWaitFor,
    SlotIsTaken,
)
from geo_service.spaces.workflow.rules import check_wish
from geo_service.spaces.workflow.standing import check_standing


def wait(
    session: Session, space_id: UUID, person: Person, during: Range[datetime], *, at: datetime
) -> Waiting:
    """Wait for a time that somebody else has.

    Raises: NothingToWaitFor, AlreadyWaiting, what `check_standing` and `check_wish` raise.
    """
    with entered(session, space_id, at=at) as house:
        if house.terms.use is not Use.HOURLY or during.lower is None:
            raise NotByTheHour
        check_standing(house, person)
        check_wish(house.terms, during, unit_no=None, people=None, at=at)
        try:
            free_unit(house, during, None)
        except SlotIsTaken:
            pass
        else:
            raise NothingToWaitFor
        waiting = Waiting(space_id=space_id, person_id=person.id, during=during, since=at)
        with all_or_nothing(session, booking_waiting_once_key=AlreadyWaiting()):
            session.add(waiting)
        later.queue(session, "spaces.end_wait", {"waiting": str(waiting.id)}, due_at=during.lower)
        return waiting


def leave(session: Session, waiting: Waiting, *, at: datetime) -> None:
    """No longer wait; what was offered goes to the next. Again, it changes nothing."""
    with entered(session, waiting.space_id, at=at) as house:
        session.refresh(waiting)
        if waiting.state is Wait.OFFERED and waiting.booking_id is not None:
            booking = session.get_one(Booking, waiting.booking_id, populate_existing=True)
            waiting.state = Wait.LEFT
            session.flush()
            end(house, [booking], State.CANCELLED, by_id=waiting.person_id)
        elif waiting.state is Wait.WAITING:
            waiting.state = Wait.LEFT


def end_wait(session: Session, waiting: Waiting, *, at: datetime) -> None:
    """Nothing was freed in time."""
    with entered(session, waiting.space_id, at=at):
        session.refresh(waiting)
        begins = waiting.during.lower
        if waiting.state is Wait.WAITING and begins is not None and begins <= at:
            waiting.state = Wait.MISSED
