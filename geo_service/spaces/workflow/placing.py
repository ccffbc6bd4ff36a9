"""Put a booking into a house: the one way in which a time is taken."""

from datetime import datetime
from secrets import randbelow
from uuid import UUID

from geo_service.accounts.models import Person
from geo_service.errors import Problem
from geo_service.spaces.models import Booking, State, Terms, Wish
from geo_service.spaces.workflow import quota
from geo_service.spaces.workflow.claiming import free_unit, give_back, take
from geo_service.spaces.workflow.house import House, all_or_nothing
from geo_service.spaces.workflow.problems import AlreadySubscribed, SlotIsTaken
from geo_service.spaces.workflow.record import note
from geo_service.spaces.workflow.rules import check_wish


def place(
    house: House,
    person: Person,
    wish: Wish,
    *,
    held_until: datetime,
    series_id: UUID | None = None,
) -> Booking:
    """Hold a time for somebody, all of it or nothing.

    Raises: what `check_wish` raises, SlotIsTaken, QuotaReached, AlreadySubscribed.
    """
    terms, session, at = house.terms, house.session, house.at
    check_wish(terms, wish.during, unit_no=wish.unit_no, people=wish.people, at=at)
    booking = Booking(
        space_id=terms.space_id,
        unit_no=free_unit(house, wish.during, wish.unit_no),
        person_id=person.id,
        series_id=series_id,
        use=terms.use,
        during=wish.during,
        held_until=held_until,
        code=f"{randbelow(1_000_000):06}",
        purpose=wish.purpose,
        people=wish.people,
        made_at=at,
    )
    booking.price_won = terms.cost_won(quota.minutes_of(booking))
    with all_or_nothing(session, **_refusals(terms)):
        quota.count(house, booking)
        session.add(booking)
        session.flush()
        take(house, booking)
        note(house, booking, "hold", by_id=person.id)
    return booking


def renew(house: House, booking: Booking, wish: Wish, *, held_until: datetime) -> None:
    """Hold what ran out once more, at the same time or another; it stays the same booking.

    Raises: as `place`.
    """
    terms = house.terms
    check_wish(terms, wish.during, unit_no=wish.unit_no, people=wish.people, at=house.at)
    with all_or_nothing(house.session, **_refusals(terms)):
        _set(house, booking, wish)
        booking.state, booking.held_until = State.HELD, held_until
        quota.count(house, booking)
        house.session.flush()
        take(house, booking)
        note(house, booking, "hold", by_id=booking.person_id)


def replace(house: House, booking: Booking, wish: Wish) -> None:
    """Give a booking another time or another unit, or leave everything as it was.

    Raises: as `place`.
    """
    terms = house.terms
    check_wish(terms, wish.during, unit_no=wish.unit_no, people=booking.people, at=house.at)
    with all_or_nothing(house.session, **_refusals(terms)):
        quota.count_back(house.session, booking)
        give_back(house, booking)
        _set(house, booking, wish)
        quota.count(house, booking)
        house.session.flush()
        take(house, booking)


def _set(house: House, booking: Booking, wish: Wish) -> None:
    """Another time, the unit that is free then, and what that costs."""
    booking.unit_no = free_unit(house, wish.during, wish.unit_no)
    booking.during = wish.during
    booking.price_won = house.terms.cost_won(quota.minutes_of(booking))


def _refusals(terms: Terms) -> dict[str, Problem]:
    """What PostgreSQL's refusals mean."""
    return {
        quota.WITHIN: quota.reached(terms),
        "booking_one_subscription_each": AlreadySubscribed(),
        "booking_claim_one_holder": SlotIsTaken(),
    }
