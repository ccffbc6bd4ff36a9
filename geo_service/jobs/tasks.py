"""What becomes of jobs later."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.jobs.workflow import purge
from geo_service.jobs.workflow.drafts import PURGE
from geo_service.later import Payload, task


@task(PURGE)
def purge_removed(session: Session, payload: Payload, _at: datetime) -> None:
    """Let a removed draft be gone for good."""
    purge(session, UUID(payload["job"]))
