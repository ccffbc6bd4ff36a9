"""One shift as iCalendar (RFC 5545), for everybody's own calendar."""

from datetime import date, datetime, timedelta

from icalendar import STATUS, Alarm, Calendar, Event

from geo_service.clock import KOREA
from geo_service.shifts.models import Shift, ShiftState

REMINDED_BEFORE = timedelta(hours=1)


def calendar_of(shift: Shift, *, at: datetime) -> bytes:
    """It alone; one that is cancelled says so, and calendars strike it out."""
    calendar = Calendar.new(prodid="-//dongne-ieum//shifts//", name="동네이음")
    begins, ends = _when(shift)
    event = Event.new(
        uid=f"{shift.id}@dongne-ieum",
        stamp=at,
        summary=shift.job.title,
        location=shift.job.address or None,
        status=STATUS.CANCELLED if shift.state is ShiftState.CANCELLED else STATUS.CONFIRMED,
        start=begins,
        end=ends,
    )
    event.add_component(_reminder(shift.job.title))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _when(shift: Shift) -> tuple[date, date]:
    """From hour to hour; the whole day where no hours were agreed."""
    if shift.during is None or shift.during.lower is None or shift.during.upper is None:
        return shift.work_on, shift.work_on + timedelta(days=1)
    return shift.during.lower.astimezone(KOREA), shift.during.upper.astimezone(KOREA)


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -REMINDED_BEFORE)
    return alarm
