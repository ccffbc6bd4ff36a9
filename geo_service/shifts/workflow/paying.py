"""The pay sheet of a month, and what it still waits for."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.shifts.files import Line, PaySheet
from geo_service.shifts.models import Shift
from geo_service.shifts.queries import confirmed_between, unconfirmed_between


def pay_sheet(session: Session, month: date, offices: Collection[UUID]) -> PaySheet:
    """What these offices pay for the month of a day. A night belongs to its evening."""
    first, last = bounds(month)
    shifts = session.scalars(confirmed_between(first, last, offices))
    return PaySheet(first, last, tuple(map(_line, shifts)))


def still_open(
    session: Session, month: date, offices: Collection[UUID], *, today: date
) -> Sequence[Shift]:
    """Shifts of that month up to today about which nobody has decided: not on the sheet yet."""
    first, last = bounds(month)
    return session.scalars(unconfirmed_between(first, min(last, today), offices)).all()


def bounds(month: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    return month.replace(day=1), month.replace(day=monthrange(month.year, month.month)[1])


def _line(shift: Shift) -> Line:
    return Line(
        person_id=shift.person_id,
        name=shift.worker,
        on=shift.work_on,
        job=shift.job.title,
        programme=shift.programme.name if shift.programme else "",
        hours=_hours(shift),
        minutes=shift.minutes,
        won=shift.pay_won,
    )


def _hours(shift: Shift) -> str:
    if shift.during is None or shift.during.lower is None or shift.during.upper is None:
        return ""
    starts, ends = (moment.astimezone(KOREA) for moment in (shift.during.lower, shift.during.upper))
    return f"{starts:%H:%M}–{ends:%H:%M}"
