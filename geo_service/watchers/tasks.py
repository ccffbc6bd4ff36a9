"""What the calendar does to memberships, and what is forgotten by itself."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.watchers.workflow.enrolling import forget_old_drafts
from geo_service.watchers.workflow.offering import forget_marks
from geo_service.watchers.workflow.refusals import forget_refusals
from geo_service.watchers.workflow.staying import end_what_ran_out, remind


@task("watchers.turn_years", every=timedelta(hours=6))
def turn_years(session: Session, _payload: Payload, at: datetime) -> None:
    """Ask whose year ends soon, and close what ran out; what was kept for a time is dropped."""
    end_what_ran_out(session, at=at)
    remind(session, at=at)
    forget_old_drafts(session, at=at)
    forget_refusals(session, at=at)


@task("watchers.forget_marks", every=timedelta(minutes=10))
def forget(session: Session, _payload: Payload, at: datetime) -> None:
    """Nothing is kept of cards that are not shown any more."""
    forget_marks(session, at=at)
