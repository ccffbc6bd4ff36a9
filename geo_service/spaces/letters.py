"""What we write to people about their bookings."""

from datetime import datetime

from babel.dates import format_datetime
from sqlalchemy.dialects.postgresql import Range

from geo_service.accounts.models import Tongue
from geo_service.clock import KOREA
from geo_service.mail import Letter
from geo_service.spaces.models import Booking

_LOCALE = {Tongue.KO: "ko_KR", Tongue.EN: "en_GB"}
_DAY = {Tongue.KO: "M월 d일 EEEE", Tongue.EN: "EEEE d MMMM"}
_HOUR = {Tongue.KO: "B h:mm", Tongue.EN: "HH:mm"}


def when(during: Range[datetime], tongue: Tongue) -> str:
    """`11월 24일 화요일 오후 2:00 ~ 오후 4:00`; what has no end has only its day."""
    begins, ends = during.lower, during.upper
    if begins is None:
        return ""
    day = _told(begins, _DAY[tongue], tongue)
    if ends is None:
        return f"{day}부터" if tongue is Tongue.KO else f"from {day}"
    hours = f"{_told(begins, _HOUR[tongue], tongue)} ~ "
    if begins.astimezone(KOREA).date() != ends.astimezone(KOREA).date():
        hours += _told(ends, _DAY[tongue], tongue) + " "
    return f"{day} {hours}{_told(ends, _HOUR[tongue], tongue)}"


def confirmed(booking: Booking, tongue: Tongue) -> Letter:
    """It stands, and with this code one checks in."""
    if tongue is Tongue.EN:
        return _en("Your booking is confirmed", booking, f"Code to check in: {booking.code}")
    return _ko("예약이 확정되었어요", booking, f"도착했을 때 보여 줄 번호: {booking.code}")


def asked(booking: Booking, tongue: Tongue) -> Letter:
    """An officer will decide."""
    if tongue is Tongue.EN:
        return _en("We have your request", booking, "The office decides and writes to you.")
    return _ko("예약을 신청했어요", booking, "기관에서 살펴보고 메일로 알려 드려요.")


def declined(booking: Booking, tongue: Tongue, words: str) -> Letter:
    """An officer said no, and why."""
    if tongue is Tongue.EN:
        return _en("Your request was declined", booking, words)
    return _ko("예약을 받아 드리지 못했어요", booking, words)


def called_off(booking: Booking, tongue: Tongue, words: str) -> Letter:
    """The office needs the space, and says why."""
    if tongue is Tongue.EN:
        return _en("The office cancelled your booking", booking, words)
    return _ko("기관에서 예약을 취소했어요", booking, words)


def offered(booking: Booking, tongue: Tongue) -> Letter:
    """What one waited for was freed, and is kept for a while."""
    until = booking.held_until or booking.begins_at
    hour = _told(until, _HOUR[tongue], tongue)
    if tongue is Tongue.EN:
        return _en(
            "The time you waited for is free", booking, f"It is kept for you until {hour}: confirm."
        )
    return _ko(
        "기다리던 자리가 났어요", booking, f"{hour}까지 잡아 두었어요. 그 전에 예약을 마쳐 주세요."
    )


def missed(booking: Booking, tongue: Tongue) -> Letter:
    """Nobody came, and it was given to others."""
    if tongue is Tongue.EN:
        return _en(
            "Your booking was released",
            booking,
            "Nobody checked in, so others may use the time. If you were there, tell the office.",
        )
    return _ko(
        "오시지 않아 예약이 풀렸어요",
        booking,
        "도착을 알려 주지 않아 다른 분이 쓸 수 있게 했어요. 다녀가셨다면 기관에 알려 주세요.",
    )


def _ko(subject: str, booking: Booking, words: str) -> Letter:
    return Letter(f"동네이음: {subject}", _text(booking, Tongue.KO, words), Tongue.KO)


def _en(subject: str, booking: Booking, words: str) -> Letter:
    return Letter(f"Dongne-ieum: {subject}", _text(booking, Tongue.EN, words), Tongue.EN)


def _text(booking: Booking, tongue: Tongue, words: str) -> str:
    lines = (booking.space.title, when(booking.during, tongue), booking.space.address, "", words)
    return "\n".join(lines).rstrip() + "\n"


def _told(moment: datetime, pattern: str, tongue: Tongue) -> str:
    return format_datetime(moment, pattern, tzinfo=KOREA, locale=_LOCALE[tongue])
