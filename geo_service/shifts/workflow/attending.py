"""Who came, and for how long: by the office's list, or by a code that hangs at the place."""

from base64 import b32encode
from datetime import date, datetime
from hashlib import blake2b
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.errors import Conflict, Invalid
from geo_service.programmes.workflow.balance import within_bounds
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.workflow.planning import pay_for


class ShiftIsOver(Conflict):
    """This shift is confirmed, absent or cancelled already."""

    korean = "이미 처리된 근무예요."


class NotYet(Conflict):
    """This shift has not begun."""

    korean = "아직 시작하지 않은 근무예요."


class NoShiftToday(Conflict):
    """There is no shift of yours at this job today."""

    korean = "오늘 이 일자리에 예정된 근무가 없어요."


class WrongCode(Invalid):
    """This is not today's code of this job."""

    korean = "오늘의 출석 번호가 아니에요. 담당자에게 다시 물어봐 주세요."


def code_of(secret: bytes, job_id: UUID, day: date) -> str:
    """Six signs that the office shows at the place on a day; made anew, so kept nowhere."""
    digest = blake2b(f"{job_id} {day}".encode(), key=secret, digest_size=4, person=b"shift")
    return b32encode(digest.digest()).decode()[:6]


def attend_by_code(  # noqa: PLR0913 — all of them are needed
    session: Session, secret: bytes, job_id: UUID, person_id: UUID, typed: str, *, at: datetime
) -> Shift:
    """Say "here I am" with the code of the day. Raises: WrongCode, NoShiftToday."""
    today = at.astimezone(KOREA).date()
    given = typed.strip().upper().replace(" ", "")
    if not compare_digest(given.encode(), code_of(secret, job_id, today).encode()):
        raise WrongCode
    shift = session.scalar(
        select(Shift)
        .where(
            Shift.job_id == job_id,
            Shift.person_id == person_id,
            Shift.work_on == today,
            Shift.state == ShiftState.PLANNED,
        )
        .order_by(Shift.during)
        .limit(1)
        .with_for_update()
    )
    if shift is None:
        raise NoShiftToday
    _attend(shift, at)
    session.flush()
    return shift


def mark_attended(session: Session, shift: Shift, *, at: datetime) -> None:
    """The office notes that somebody came. Raises: ShiftIsOver, NotYet."""
    _hold(session, shift, ShiftState.PLANNED, ShiftState.ABSENT)
    _begun(shift, at)
    with within_bounds(session):
        _attend(shift, at)


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
    with within_bounds(session):
        shift.minutes, shift.pay_won = minutes, pay_for(shift.job, minutes)
        shift.state, shift.confirmed_at, shift.confirmed_by_id = ShiftState.CONFIRMED, at, by_id
        shift.attended_at = shift.attended_at or at


def reopen(session: Session, shift: Shift) -> None:
    """Take a confirmation back, to correct it. Raises: ShiftIsOver."""
    _hold(session, shift, ShiftState.CONFIRMED)
    shift.state, shift.confirmed_at, shift.confirmed_by_id = ShiftState.ATTENDED, None, None
    session.flush()


def _attend(shift: Shift, at: datetime) -> None:
    shift.state, shift.attended_at = ShiftState.ATTENDED, at


def _hold(session: Session, shift: Shift, *states: ShiftState) -> None:
    session.refresh(shift, with_for_update={"of": Shift})
    if shift.state not in states:
        raise ShiftIsOver


def _begun(shift: Shift, at: datetime) -> None:
    begins = shift.during.lower if shift.during else None
    if (begins > at) if begins else (shift.work_on > at.astimezone(KOREA).date()):
        raise NotYet
