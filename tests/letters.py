"""Letters of the tests: read where they wait to be sent."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.mail import Letter
from geo_service.mail.models import Envelope


def letters_to(session: Session, address: str) -> list[Letter]:
    """What was written to that address, in the order of writing."""
    written = select(Envelope).where(Envelope.address == address).order_by(Envelope.written_at)
    return [envelope.letter for envelope in session.scalars(written)]
