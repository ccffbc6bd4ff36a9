"""What is told about shifts later."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.shifts.workflow.keeping import forget_names
from geo_service.shifts.workflow.telling import TELL_PAID, tell


@task(TELL_PAID)
def tell_paid(session: Session, payload: Payload, _at: datetime) -> None:
    """Write to somebody what the office confirmed for them that day."""
    tell(session, UUID(payload["person"]), until=datetime.fromisoformat(payload["until"]))


@task("shifts.forget_names", every=timedelta(days=1))
def forget_old_names(session: Session, _payload: Payload, at: datetime) -> None:
    """Let go of who was paid, when the law does not ask for it any more."""
    forget_names(session, at=at)
