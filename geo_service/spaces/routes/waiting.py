"""One's own places in waiting lists."""

from fastapi import APIRouter

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.clock import now
from geo_service.spaces.access import MyWaiting
from geo_service.spaces.queries.bookings import my_waiting
from geo_service.spaces.schemas import WaitIn, WaitingOut
from geo_service.spaces.workflow.queueing import leave, wait
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1/waiting", tags=["bookings"], route_class=OnceRoute)


@router.get("")
def read_waiting(me: SignedIn, session: ReadSession) -> list[WaitingOut]:
    """What one waits for or was offered, in the order of time."""
    return [WaitingOut.of(waiting) for waiting in session.scalars(my_waiting(me.id))]


@router.post("", status_code=201)
def wait_for(said: WaitIn, me: Acting, session: DbSession, _once: Once) -> WaitingOut:
    """Wait for a time that somebody else has; when it is freed, it is held for an hour."""
    return WaitingOut.of(wait(session, said.space_id, me, said.during, at=now()))


@router.delete("/{waiting_id}", status_code=204)
def wait_no_more(waiting: MyWaiting, session: DbSession) -> None:
    """No longer wait; what was offered goes to the next."""
    leave(session, waiting, at=now())
