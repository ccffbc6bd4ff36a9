"""Reminders, and what time does to meetings."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.meetings.workflow.announcing import REMIND
from geo_service.meetings.workflow.announcing import remind as remind_everybody
from geo_service.meetings.workflow.convening import let_time_pass
from geo_service.meetings.workflow.standing import hold_meeting


@task(REMIND)
def remind(session: Session, payload: Payload, at: datetime) -> None:
    """It is tomorrow."""
    remind_everybody(session, hold_meeting(session, UUID(payload["meeting"])), at=at)


@task("meetings.let_time_pass", every=timedelta(minutes=20))
def pass_time(session: Session, _payload: Payload, at: datetime) -> None:
    """Held, lapsed, and guests forgotten."""
    let_time_pass(session, at=at)
