"""A letter in the evening about all that an office confirmed since the evening before."""

from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service import later
from geo_service.accounts.models import Person
from geo_service.clock import KOREA
from geo_service.mail import send
from geo_service.shifts.letters import pay_confirmed
from geo_service.shifts.queries import confirmed_for

TELL_PAID = "shifts.tell_paid"

EVENING = time(18)


def tell_of_pay(session: Session, person_id: UUID, *, at: datetime) -> None:
    """Have the letter written this evening, or tomorrow's when this one is past."""
    here = at.astimezone(KOREA)
    evening = datetime.combine(here.date(), EVENING, KOREA)
    due_at = evening if here < evening else evening + timedelta(days=1)
    payload = {"person": str(person_id), "until": due_at.isoformat()}
    later.queue(
        session, TELL_PAID, payload, due_at=due_at, key=f"{TELL_PAID}:{person_id}:{due_at.date()}"
    )


def tell(session: Session, person_id: UUID, *, until: datetime) -> None:
    """Write it, if something is still confirmed and they have an address."""
    person = session.get_one(Person, person_id)
    since = until - timedelta(days=1)
    shifts = session.scalars(confirmed_for(person_id, since, until)).all()
    if shifts and person.email:
        send(session, person.email, pay_confirmed(shifts, person.tongue))
