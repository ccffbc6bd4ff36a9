"""What is told about shifts later."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.shifts.workflow.telling import TELL_PAID, tell


@task(TELL_PAID)
def tell_paid(session: Session, payload: Payload, _at: datetime) -> None:
    """Write to somebody what the office confirmed for them that day."""
    tell(session, UUID(payload["person"]), until=datetime.fromisoformat(payload["until"]))
