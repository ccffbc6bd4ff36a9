"""Bookings in everybody's own calendar."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from geo_service.accounts.models import Tongue
from geo_service.clock import KOREA
from geo_service.spaces.models import Booking, State, Use
from geo_service.web import calendars
from geo_service.web.calendars import Appointment

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
    words = _WORDS[tongue]
    appointments = (_appointment(booking, words) for booking in bookings)
    return calendars.calendar_of(appointments, name=words["name"], about="bookings", at=at)


def _appointment(booking: Booking, words: dict[str, str]) -> Appointment:
    is_asked = booking.state is State.ASKED
    title = booking.space.title
    if booking.unit_no:
        title += f" · {words['desk'].format(booking.unit_no)}"
    begins, ends = _when(booking)
    return Appointment(
        id=booking.id,
        title=f"{title} {words['asked']}" if is_asked else title,
        begins=begins,
        ends=ends,
        where=booking.space.address,
        words=words["code"].format(booking.code),
        status="TENTATIVE" if is_asked else "CONFIRMED",
        reminder=title,
        reminded_before=REMINDED_BEFORE,
    )


def _when(booking: Booking) -> tuple[date, date]:
    """From hour to hour; of a desk by the month, its first day."""
    begins = booking.begins_at.astimezone(KOREA)
    if booking.use is Use.MONTHLY or booking.ends_at is None:
        return begins.date(), begins.date() + timedelta(days=1)
    return begins, booking.ends_at.astimezone(KOREA)
