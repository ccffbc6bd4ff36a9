"""Rounds open by themselves soon after the last shift was confirmed."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.mail import send
from geo_service.trust.letters import round_opened
from geo_service.trust.queries import newly_confirmed
from geo_service.trust.workflow.reviewing import ROUND, round_of


@task("trust.open_rounds", every=timedelta(minutes=20))
def open_rounds(session: Session, _payload: Payload, at: datetime) -> None:
    """Open what became due, and tell who has worked."""
    for application in session.scalars(newly_confirmed(at - ROUND)).all():
        round_of(session, application, at=at)
        person = application.person
        send(session, person.email, round_opened(application.job.title, person.tongue))
