"""How much one person may book of a space in a week or a month."""

from datetime import date, timedelta

from sqlalchemy import and_, or_, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from geo_service.spaces.models import Booking, Period, QuotaUse, Terms
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.workflow.house import House
from geo_service.spaces.workflow.problems import QuotaReached

WITHIN = "booking_quota_within_check"
"""The constraint that nobody's bookings exceed."""


def _adding() -> Insert:
    adding = insert(QuotaUse)
    return adding.on_conflict_do_update(
        constraint="booking_quota_pkey",
        set_={
            "bookings": QuotaUse.bookings + adding.excluded.bookings,
            "minutes": QuotaUse.minutes + adding.excluded.minutes,
            "most_bookings": adding.excluded.most_bookings,
            "most_minutes": adding.excluded.most_minutes,
        },
    )


_ADDING = _adding()


def period_of(period: Period, day: date) -> date:
    """The first day of the week or month in which a day counts."""
    if period is Period.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday())


def minutes_of(booking: Booking) -> int:
    """How long it is; a subscription is counted, not measured."""
    if booking.ends_at is None:
        return 0
    return int((booking.ends_at - booking.begins_at).total_seconds()) // 60


def count(house: House, booking: Booking) -> None:
    """Add it to what the person has booked in its week and its month. Breaks: `WITHIN`.

    One statement adds and is refused by its CHECK, so there is no look before which two requests
    could both see the last free place. Both periods are counted, with and without a quota, so
    that an office may set another one any day.
    """
    terms = house.terms
    added = [
        {
            "person_id": booking.person_id,
            "space_id": booking.space_id,
            "period": period,
            "begins_on": period_of(period, korean_day(booking.begins_at)),
            "bookings": 1,
            "minutes": minutes_of(booking),
            "most_bookings": terms.quota_bookings if period is terms.quota_period else None,
            "most_minutes": terms.quota_minutes if period is terms.quota_period else None,
        }
        for period in Period
    ]
    house.session.execute(_ADDING, added)


def reached(terms: Terms) -> QuotaReached:
    """What a breach of `WITHIN` means."""
    return QuotaReached(
        period=terms.quota_period, bookings=terms.quota_bookings, minutes=terms.quota_minutes
    )


def count_back(session: Session, booking: Booking) -> None:
    """Take it off again: it does not take place."""
    day = korean_day(booking.begins_at)
    counted = or_(
        *(
            and_(QuotaUse.period == period, QuotaUse.begins_on == period_of(period, day))
            for period in Period
        )
    )
    session.execute(
        update(QuotaUse)
        .where(
            QuotaUse.person_id == booking.person_id, QuotaUse.space_id == booking.space_id, counted
        )
        .values(bookings=QuotaUse.bookings - 1, minutes=QuotaUse.minutes - minutes_of(booking))
        .execution_options(synchronize_session=False)
    )
