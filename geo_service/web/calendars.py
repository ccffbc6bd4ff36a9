"""Appointments as iCalendar (RFC 5545), for everybody's own calendar.

Apple's, Google's and Naver's calendars fetch such a file by itself every few hours. Times stand in
Korea's time zone, which is told along, so that no program has to guess it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Where somebody means to be."""

    id: UUID
    """By which it is found again when it is told anew."""
    title: str
    begins: date
    ends: date
    """Both moments in Korea; or both days, the second no longer part of it."""
    where: str = ""
    words: str = ""
    status: Literal["TENTATIVE", "CONFIRMED", "CANCELLED"] = "CONFIRMED"
    edition: int | None = None
    """Grows with every change, where changes are counted."""
    reminder: str
    """What a telephone says beforehand."""
    reminded_before: timedelta


def calendar_of(
    appointments: Iterable[Appointment], *, name: str, about: str, at: datetime
) -> bytes:
    """All of them as one calendar with this name; `about` tells programs who wrote it."""
    from icalendar import Calendar  # noqa: PLC0415 (few pages need it; every start would wait for it)

    calendar = Calendar.new(prodid=f"-//dongne-ieum//{about}//", name=name)
    for appointment in appointments:
        calendar.add_component(_event(appointment, at))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(appointment: Appointment, at: datetime) -> "Event":
    from icalendar import STATUS, Alarm, Event  # noqa: PLC0415 (as above)

    event = Event.new(
        uid=f"{appointment.id}@dongne-ieum",
        stamp=at,
        sequence=appointment.edition,
        summary=appointment.title,
        location=appointment.where or None,
        description=appointment.words or None,
        status=STATUS(appointment.status),
        start=appointment.begins,
        end=appointment.ends,
    )
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", appointment.reminder)
    alarm.add("trigger", -appointment.reminded_before)
    event.add_component(alarm)
    return event
