"""One's own desks by the month."""

from fastapi import APIRouter
from sqlalchemy.dialects.postgresql import Range

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.clock import now
from geo_service.spaces.access import MyBooking
from geo_service.spaces.models import Wish
from geo_service.spaces.queries.bookings import my_subscriptions
from geo_service.spaces.queries.opening import midnight
from geo_service.spaces.schemas import BookingOut, SubscriptionIn
from geo_service.spaces.workflow.changing import give_notice
from geo_service.spaces.workflow.holding import book
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1/subscriptions", tags=["bookings"], route_class=OnceRoute)


@router.get("")
def read_subscriptions(me: SignedIn, session: ReadSession) -> list[BookingOut]:
    """Every desk one has or had, the latest first."""
    return [BookingOut.of(b) for b in session.scalars(my_subscriptions(me.id))]


@router.post("", status_code=201)
def subscribe(said: SubscriptionIn, me: Acting, session: DbSession, _once: Once) -> BookingOut:
    """Take a desk from a day on; it renews itself every month until notice is given."""
    wish = Wish(Range(midnight(said.begins_on), None), said.unit_no, said.purpose)
    return BookingOut.of(book(session, said.space_id, me, wish, at=now()))


@router.post("/{booking_id}/notice")
def end_subscription(booking: MyBooking, me: Acting, session: DbSession, _once: Once) -> BookingOut:
    """End it as soon as its terms allow."""
    give_notice(session, booking, at=now(), by=me)
    return BookingOut.of(booking)
