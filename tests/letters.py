"""Letters of the tests: read where they wait to be sent."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.mail import Letter
from geo_service.mail.models import Envelope


def letters_to(session: Session, address: str) -> list[Letter]:
    """What was written to that address, in the order of writing."""
    written = select(Envelope).where(Envelope.address == address).order_by(Envelope.written_at)
    return [envelope.letter for envelope in session.scalars(written)]


def subjects_to(session: Session, person: Person) -> list[str]:
    """Subjects of what they were written, in the order of writing."""
    found = select(Envelope.subject).where(Envelope.address == person.email)
    return list(session.scalars(found.order_by(Envelope.written_at)))


def letters_by_address(session: Session) -> dict[str, str]:
    """What is on its way, subject and text, by whom it goes to; of several, the newest."""
    session.expire_all()
    written = select(Envelope).order_by(Envelope.written_at)
    return {one.address: one.subject + one.text for one in session.scalars(written)}
