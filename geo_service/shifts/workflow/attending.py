"""Who came, and for how long: as the office notes it on its list.

Every deed locks the shift itself; whoever changes several holds them all before (`holding`).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.errors import Conflict
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.workflow.holding import hold
from geo_service.shifts.workflow.planning import pay_for, possible
from geo_service.shifts.workflow.telling import tell_of_pay


class ShiftIsOver(Conflict):
    """This shift is confirmed, absent or cancelled already."""

    korean = "이미 처리된 근무예요."


class NotYet(Conflict):
    """This shift has not begun."""

    korean = "아직 시작하지 않은 근무예요."


def mark_attended(session: Session, shift: Shift, *, at: datetime) -> None:
    """The office notes that somebody came.

    Whoever was marked absent by mistake gets the hours back, as far as they are still there.
    Raises: ShiftIsOver, NotYet, BudgetIsSpent, HoursAreUsedUp, WorksElsewhereThen.
    """
    _hold(session, shift, ShiftState.PLANNED, ShiftState.ABSENT)
    _begun(shift, at)
    with possible(session):
        shift.state, shift.attended_at = ShiftState.ATTENDED, at


def mark_absent(session: Session, shift: Shift, *, at: datetime) -> None:
    """The office notes that nobody came; the hours are free again. Raises: ShiftIsOver, NotYet."""
    _hold(session, shift, ShiftState.PLANNED, ShiftState.ATTENDED)
    _begun(shift, at)
    shift.state, shift.attended_at = ShiftState.ABSENT, None
    session.flush()


def confirm(session: Session, shift: Shift, *, minutes: int, by_id: UUID, at: datetime) -> None:
    """The office vouches for so many minutes, which are paid.

    Raises: ShiftIsOver, NotYet, BudgetIsSpent, HoursAreUsedUp.
    """
    _hold(session, shift, ShiftState.PLANNED, ShiftState.ATTENDED)
    _begun(shift, at)
    with possible(session):
        shift.minutes, shift.pay_won = minutes, pay_for(shift.job, minutes, shift.work_on)
        shift.state, shift.confirmed_at, shift.confirmed_by_id = ShiftState.CONFIRMED, at, by_id
        shift.attended_at = shift.attended_at or at
    tell_of_pay(session, shift.person_id, at=at)


def reopen(session: Session, shift: Shift) -> None:
    """Take a confirmation back, to correct it. Raises: ShiftIsOver."""
    _hold(session, shift, ShiftState.CONFIRMED)
    shift.state, shift.confirmed_at, shift.confirmed_by_id = ShiftState.ATTENDED, None, None
    session.flush()


def has_begun(shift: Shift, at: datetime) -> bool:
    """Whether one may already be there; without hours, from the morning of its day."""
    begins = shift.during.lower if shift.during else None
    return begins <= at if begins else shift.work_on <= at.astimezone(KOREA).date()


def _hold(session: Session, shift: Shift, *states: ShiftState) -> None:
    hold(session, {shift.id})
    if shift.state not in states:
        raise ShiftIsOver


def _begun(shift: Shift, at: datetime) -> None:
    if not has_begun(shift, at):
        raise NotYet
