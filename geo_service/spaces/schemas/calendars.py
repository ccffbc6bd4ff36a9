"""Bookings as iCalendar (RFC 5545), for everybody's own calendar.

Apple's, Google's and Naver's calendars fetch such a feed by itself every few hours. Times stand in
Korea's time zone, which is told along, so that no program has to guess it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import STATUS, Alarm, Calendar, Event

from geo_service.accounts.models import Tongue
from geo_service.clock import KOREA
from geo_service.spaces.models import Booking, State, Use

REMINDED_BEFORE = timedelta(hours=1)

_WORDS = {
    Tongue.KO: {
        "name": "동네이음 예약",
        "code": "도착하면 보여 줄 번호: {}",
        "asked": "(승인 기다리는 중)",
        "desk": "{}번 자리",
    },
    Tongue.EN: {
        "name": "Dongne-ieum bookings",
        "code": "Number to show when you arrive: {}",
        "asked": "(waiting for approval)",
        "desk": "desk {}",
    },
}


def calendar_of(bookings: Iterable[Booking], tongue: Tongue, *, at: datetime) -> bytes:
    """All of them as one calendar."""
    calendar = Calendar.new(prodid="-//dongne-ieum//bookings//", name=_WORDS[tongue]["name"])
    for booking in bookings:
        calendar.add_component(_event(booking, _WORDS[tongue], at))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(booking: Booking, words: dict[str, str], at: datetime) -> Event:
    is_asked = booking.state is State.ASKED
    title = booking.space.title
    if booking.unit_no:
        title += f" · {words['desk'].format(booking.unit_no)}"
    begins, ends = _when(booking)
    event = Event.new(
        uid=f"{booking.id}@dongne-ieum",
        stamp=at,
        summary=f"{title} {words['asked']}" if is_asked else title,
        location=booking.space.address or None,
        description=words["code"].format(booking.code),
        status=STATUS.TENTATIVE if is_asked else STATUS.CONFIRMED,
        start=begins,
        end=ends,
    )
    event.add_component(_reminder(title))
    return event


def _when(booking: Booking) -> tuple[date, date]:
    """From hour to hour; of a desk by the month, its first day."""
    begins = booking.begins_at.astimezone(KOREA)
    if booking.use is Use.MONTHLY or booking.ends_at is None:
        return begins.date(), begins.date() + timedelta(days=1)
    return begins, booking.ends_at.astimezone(KOREA)


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -REMINDED_BEFORE)
    return alarm
