"""Ballots close by themselves; after four weeks somebody asks what became of it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.meetings.models import Decision
from geo_service.meetings.workflow.deciding import count
from geo_service.meetings.workflow.looking_back import ask_back


@task("meetings.close_ballot")
def close_ballot(session: Session, payload: Payload, at: datetime) -> None:
    """Count what was voted; a question that was taken back is not there any more."""
    decision = session.get(Decision, UUID(str(payload["decision"])))
    if decision is not None:
        count(session, decision, at=at)


@task("meetings.look_back", every=timedelta(hours=6))
def look_back(session: Session, _payload: Payload, at: datetime) -> None:
    """Ask owners and proposers how it went."""
    ask_back(session, at=at)
