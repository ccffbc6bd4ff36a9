"""What becomes of files of facilities later."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from geo_service.facilities.imports import incoming
from geo_service.facilities.models import FacilityFile
from geo_service.later import Payload, task

KEPT_FOR = timedelta(days=7)
"""So long a file waits to be taken in."""


@task(incoming.TAKE_IN)
def take_in(session: Session, payload: Payload, at: datetime) -> None:
    """Take in a file that an operator sent."""
    file = session.get(FacilityFile, UUID(payload["file"]))
    if file is not None and file.finished_at is None:
        incoming.take_in(session, file, at=at)


@task("facilities.forget_files", every=timedelta(hours=6))
def forget_files(session: Session, _payload: Payload, at: datetime) -> None:
    """Let go of files that nobody took in."""
    old = FacilityFile.begun_at.is_(None) & (FacilityFile.sent_at < at - KEPT_FOR)
    session.execute(delete(FacilityFile).where(old))
