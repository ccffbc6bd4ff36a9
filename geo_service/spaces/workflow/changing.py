"""Move a booking, cancel it, give up a desk."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.spaces.models import Booking, Claim, State, Terms, Use, Wish
from geo_service.spaces.queries.opening import korean_day, midnight
from geo_service.spaces.workflow.claiming import with_buffers
from geo_service.spaces.workflow.ending import end, entered_for, expect_state
from geo_service.spaces.workflow.holding import expect_them, tell_confirmed
from geo_service.spaces.workflow.house import seen
from geo_service.spaces.workflow.placing import replace
from geo_service.spaces.workflow.problems import HoldIsOver, NotByTheMonth, TooLateToChange
from geo_service.spaces.workflow.record import note
from geo_service.spaces.workflow.refusing import expect_free, naming_the_nearest
from geo_service.spaces.workflow.waiting import move_up


def move(session: Session, booking: Booking, wish: Wish, *, at: datetime) -> None:
    """Another time or another desk of the same space; an approved one is decided anew.

    Raises: BookingIsPastThat, HoldIsOver, TooLateToChange, and what `place` raises.
    """
    outside = seen(session, booking.space_id, at=at)
    expect_in_time(outside.terms, booking, at)
    expect_free(outside, wish, without=booking.id)
    with entered_for(session, booking, at=at) as house:
        expect_in_time(house.terms, booking, at)
        before = booking.during
        with naming_the_nearest(house, wish, without=booking.id):
            replace(house, booking, wish)
        if booking.state is not State.HELD:
            if house.terms.needs_approval:
                booking.state = State.ASKED
            expect_them(house, booking)
            tell_confirmed(session, booking)
        note(house, booking, "move", by_id=booking.person_id)
        session.flush()
        move_up(house, [before])


def cancel(session: Session, booking: Booking, *, at: datetime) -> None:
    """Give it up, in time. A hold may be given up at any moment.

    Raises: BookingIsPastThat, HoldIsOver, TooLateToChange.
    """
    with entered_for(session, booking, at=at) as house:
        expect_in_time(house.terms, booking, at)
        end(house, [booking], State.CANCELLED, by_id=booking.person_id)


def expect_in_time(terms: Terms, booking: Booking, at: datetime) -> None:
    """Raises: BookingIsPastThat, HoldIsOver, TooLateToChange."""
    expect_state(booking, State.HELD, State.ASKED, State.CONFIRMED)
    if booking.held_until is not None:
        if booking.held_until <= at:
            raise HoldIsOver
    elif at > deadline(terms, booking):
        raise TooLateToChange


def deadline(terms: Terms, booking: Booking) -> datetime:
    """Until when it may be moved or cancelled."""
    return booking.begins_at - timedelta(minutes=terms.cancel_minutes)


def give_notice(session: Session, booking: Booking, *, at: datetime, by: Person) -> datetime:
    """End a subscription as soon as its terms allow; from when the desk is free.

    A subscription renews itself by having no end, and so claims its desk for good; now it gets one.
    Raises: NotByTheMonth, BookingIsPastThat.
    """
    with entered_for(session, booking, at=at) as house:
        if booking.use is not Use.MONTHLY:
            raise NotByTheMonth
        expect_state(booking, State.CONFIRMED, State.CHECKED_IN)
        if booking.ends_at is not None:
            return booking.ends_at
        begins_on = korean_day(booking.begins_at)
        last = midnight(ends_on(house.terms, begins_on, korean_day(at)))
        booking.during = Range(booking.begins_at, last)
        claimed = with_buffers(house.terms, booking.during)
        session.execute(update(Claim).where(Claim.booking_id == booking.id).values(during=claimed))
        note(house, booking, "give_notice", by_id=by.id)
        session.flush()
        move_up(house, [Range(last, None)])
        return last


def ends_on(terms: Terms, begins_on: date, today: date) -> date:
    """The first day that is no longer paid for: whole months from the first day, after notice."""
    noticed = months_after(max(today, begins_on), terms.notice_months)
    months = terms.min_months
    while months_after(begins_on, months) < noticed:
        months += 1
    return months_after(begins_on, months)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
