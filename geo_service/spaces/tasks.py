"""What happens to bookings in time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.spaces.models import Booking, Waiting
from geo_service.spaces.workflow.ending import entered
from geo_service.spaces.workflow.presence import look
from geo_service.spaces.workflow.queueing import end_wait


@task("spaces.end_holds")
def end_holds(session: Session, payload: Payload, at: datetime) -> None:
    """Going into a house ends the holds that ran out in it."""
    with entered(session, UUID(payload["space"]), at=at):
        pass


@task("spaces.look")
def look_after(session: Session, payload: Payload, at: datetime) -> None:
    """Whether a booking was decided in time, and whether somebody came."""
    booking = session.get(Booking, UUID(payload["booking"]))
    if booking is not None:
        look(session, booking, at=at)


@task("spaces.end_wait")
def end_waiting(session: Session, payload: Payload, at: datetime) -> None:
    """The time somebody waited for has come."""
    waiting = session.get(Waiting, UUID(payload["waiting"]))
    if waiting is not None:
        end_wait(session, waiting, at=at)
