"""What becomes of files of facilities later."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy.orm import Session

from geo_service.facilities.imports import incoming
from geo_service.facilities.models import FacilityFile
from geo_service.later import Payload, task

KEPT_FOR = timedelta(days=7)
"""So long a file waits to be taken in; and is remembered after it was begun."""


@task(incoming.TAKE_IN)
def take_in(session: Session, payload: Payload, at: datetime) -> None:
    """Take in a file that an operator sent."""
    file = session.get(FacilityFile, UUID(payload["file"]))
    if file is not None and file.finished_at is None:
        incoming.take_in(session, file, at=at)


@task("facilities.forget_files", every=timedelta(hours=6))
def forget_files(session: Session, _payload: Payload, at: datetime) -> None:
    """Let go of files that nobody took in, that failed for good, or that are batches for long."""
    old = func.coalesce(FacilityFile.begun_at, FacilityFile.sent_at) < at - KEPT_FOR
    session.execute(delete(FacilityFile).where(FacilityFile.sent_at < at - KEPT_FOR, old))
