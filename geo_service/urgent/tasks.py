"""Rings that follow each other in time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.urgent.workflow.calling import NEXT_RING, ring_next


@task(NEXT_RING)
def next_ring(session: Session, payload: Payload, at: datetime) -> None:
    """Ask further away, or tell the office."""
    ring_next(session, UUID(payload["job"]), payload["door"], at=at)
