"""What waits for somebody, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA
from geo_service.hiring.models import Application, ApplicationState
from geo_service.hiring.queries import mine
from geo_service.meetings.models import Attendee, Meeting, MeetingState
from geo_service.meetings.queries.meetings import my_proposals, my_seats
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.queries import shifts_of_person
from geo_service.shifts.workflow.codes import LATE
from geo_service.spaces.models import LIVE, Booking, State
from geo_service.spaces.queries.bookings import my_bookings
from geo_service.trust.models import Round
from geo_service.trust.queries import rounds_waiting_for
from geo_service.urgent.models import Asked
from geo_service.urgent.queries import asked_of
from geo_service.watchers.models import Watcher
from geo_service.watchers.queries.members import membership_of
from geo_service.watchers.workflow.staying import may_renew

OPEN = tuple(state for state in ApplicationState if state.is_open)

FEW = 3
"""The front page names so many of a kind; the rest is one step further."""


@dataclass(frozen=True, slots=True)
class Front:
    """The front page of one person."""

    calls: Sequence[Asked]
    offers: Sequence[Application]
    """Seats that are kept until they answer."""
    held: Sequence[Booking]
    """Rooms that are kept until they finish booking."""
    reviews: Sequence[Round]
    renewal: Watcher | None
    """A membership as a watcher whose year ends soon."""
    ripe: Sequence[Meeting]
    """Proposals that enough neighbours support to be convened."""
    shifts: Sequence[Shift]
    applications: Sequence[Application]
    """What is not decided yet."""
    bookings: Sequence[Booking]
    meetings: Sequence[Attendee]
    """Where they go, or wait to go."""

    @property
    def has_waiting(self) -> bool:
        """Whether anything is for them to do."""
        return bool(
            self.calls or self.offers or self.held or self.reviews or self.ripe or self.renewal
        )

    @property
    def has_anything(self) -> bool:
        """Whether there is anything at all."""
        return self.has_waiting or bool(
            self.shifts or self.applications or self.bookings or self.meetings
        )


def front_of(session: Session, person: Person, *, at: datetime) -> Front:
    """All of it, in one statement for each kind."""
    undecided = mine(person.id).where(Application.state.in_(OPEN))
    applications = session.scalars(undecided).unique().all()
    booked = session.scalars(my_bookings(person.id, since=at).where(Booking.state.in_(LIVE))).all()
    ripe = my_proposals(person.id).where(Meeting.state == MeetingState.SUPPORTED)
    membership = session.scalar(membership_of(person.id))
    return Front(
        calls=session.scalars(asked_of(person.id, at=at)).all(),
        offers=[one for one in applications if one.state is ApplicationState.OFFERED],
        held=[one for one in booked if one.held_until is not None and one.held_until > at],
        reviews=session.scalars(rounds_waiting_for(person.id, at=at)).all(),
        renewal=membership if membership and may_renew(membership, at) else None,
        ripe=[meeting for meeting, _ in session.execute(ripe)],
        shifts=session.scalars(_shifts(person, at)).all(),
        applications=[one for one in applications if one.state is not ApplicationState.OFFERED],
        bookings=[one for one in booked if one.state is not State.HELD][:FEW],
        meetings=session.scalars(my_seats(person.id, since=at)).all()[:FEW],
    )


def _shifts(person: Person, at: datetime) -> Select[Shift]:
    """Those whose code is taken still, or will be."""
    coming = (ShiftState.PLANNED, ShiftState.ATTENDED)
    yesterday = at.astimezone(KOREA).date() - timedelta(days=1)
    all_day = and_(Shift.during.is_(None), Shift.work_on > yesterday)
    goes_on = or_(all_day, func.upper(Shift.during) > at - LATE)
    found = shifts_of_person(person.id, since=yesterday)
    return found.where(Shift.state.in_(coming), goes_on).limit(FEW)
