"""The code that hangs at the place: whoever is there can read it, and says so by it."""

from datetime import date, datetime, timedelta
from hmac import compare_digest
from unicodedata import normalize
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.workflow import Secret
from geo_service.accounts.workflow.limits import Limit
from geo_service.clock import KOREA
from geo_service.errors import BadField, Conflict
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.workflow.attending import NotYet, ShiftIsOver

DIGITS = 6

CODES_OF = Limit("attendance code of a person", 10, timedelta(minutes=15))
"""A million codes are not tried at this pace within a shift; a hand slips now and then."""

EARLY, LATE = timedelta(hours=1), timedelta(hours=1)
"""So long before and after a shift its code is good."""


class AttendanceIsOver(Conflict):
    """This shift is over. The office can note that you came."""

    korean = "근무 시간이 지났어요. 담당자에게 말하면 출석으로 적어 드려요."


class WrongCode(BadField):
    """This is not the code of this job on this day."""

    korean = "오늘의 출석 번호가 아니에요. 벽에 붙은 번호 여섯 자리를 다시 봐 주세요."


def code_of(secret: Secret, job_id: UUID, day: date) -> str:
    """Six digits that the office shows at the place on a day; made anew, so kept nowhere."""
    digest = secret.digest("attendance", str(job_id), day.isoformat(), size=8)
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}}"


def attend_by_code(
    session: Session, secret: Secret, shift: Shift, typed: str, *, at: datetime
) -> None:
    """Say "here I am"; saying it twice changes nothing. The caller counts the tries.

    It moves no balance, so that a whole class can come in while the office confirms others.
    Raises: WrongCode, NotYet, AttendanceIsOver, ShiftIsOver.
    """
    plain = "".join(normalize("NFKC", typed).split())
    code = code_of(secret, shift.job_id, shift.work_on)
    if not compare_digest(plain.encode(), code.encode()):
        raise WrongCode("code", WrongCode.title())
    session.refresh(shift, with_for_update={"of": Shift})
    if shift.state is ShiftState.ATTENDED:
        return
    if shift.state is not ShiftState.PLANNED:
        raise ShiftIsOver
    starts, ends = attendance_time(shift)
    if at < starts:
        raise NotYet
    if at >= ends:
        raise AttendanceIsOver
    shift.state, shift.attended_at = ShiftState.ATTENDED, at
    session.flush()


def attendance_time(shift: Shift) -> tuple[datetime, datetime]:
    """From when until when the code of a shift is taken; without hours, its whole day."""
    if shift.during and shift.during.lower and shift.during.upper:
        return shift.during.lower - EARLY, shift.during.upper + LATE
    midnight = datetime(shift.work_on.year, shift.work_on.month, shift.work_on.day, tzinfo=KOREA)
    return midnight, midnight + timedelta(days=1)


def is_ahead(shift: Shift, at: datetime) -> bool:
    """All day long, and beyond midnight for as long as its code is taken."""
    _, ends = attendance_time(shift)
    return shift.work_on >= at.astimezone(KOREA).date() or at < ends
