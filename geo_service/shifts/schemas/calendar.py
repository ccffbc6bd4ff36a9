"""One shift in everybody's own calendar."""

from datetime import date, datetime, timedelta

from geo_service.clock import KOREA
from geo_service.shifts.models import Shift, ShiftState
from geo_service.web import calendars
from geo_service.web.calendars import Appointment

REMINDED_BEFORE = timedelta(hours=1)


def calendar_of(shift: Shift, *, at: datetime) -> bytes:
    """It alone; one that is cancelled says so, and calendars strike it out."""
    begins, ends = _when(shift)
    appointment = Appointment(
        id=shift.id,
        title=shift.job.title,
        begins=begins,
        ends=ends,
        where=shift.job.address,
        status="CANCELLED" if shift.state is ShiftState.CANCELLED else "CONFIRMED",
        reminder=shift.job.title,
        reminded_before=REMINDED_BEFORE,
    )
    return calendars.calendar_of([appointment], name="동네이음", about="shifts", at=at)


def _when(shift: Shift) -> tuple[date, date]:
    """From hour to hour; the whole day where no hours were agreed."""
    if shift.during is None or shift.during.lower is None or shift.during.upper is None:
        return shift.work_on, shift.work_on + timedelta(days=1)
    return shift.during.lower.astimezone(KOREA), shift.during.upper.astimezone(KOREA)
