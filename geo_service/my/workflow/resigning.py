"""What somebody who leaves has to do with jobs: taken back, so that others move up."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA
from geo_service.hiring.models import Application, ApplicationState, Reason
from geo_service.hiring.queries import planned_shifts
from geo_service.hiring.workflow.choosing import free, move_up
from geo_service.hiring.workflow.standing import hold_job, move
from geo_service.jobs.models import Job

OPEN = tuple(state for state in ApplicationState if state.is_open)


def resign(session: Session, person: Person, *, at: datetime) -> None:
    """Take back every application, and hired work that is still to come, whatever the deadline.

    Work that is over stays with its application: the pay sheet stands on it.
    """
    theirs = (
        select(Application.id, Application.job_id)
        .where(
            Application.person_id == person.id,
            Application.state.in_([*OPEN, ApplicationState.HIRED]),
        )
        .order_by(Application.job_id)
    )
    for application_id, job_id in session.execute(theirs).all():
        job = hold_job(session, job_id)
        application = session.get_one(Application, application_id, populate_existing=True)
        if application.state in OPEN or _has_work_ahead(session, application, at):
            _take_back(session, job, application, at=at)


def _has_work_ahead(session: Session, application: Application, at: datetime) -> bool:
    today = at.astimezone(KOREA).date()
    ahead = planned_shifts(application, since=today).limit(1)
    return application.state is ApplicationState.HIRED and session.scalar(ahead) is not None


def _take_back(session: Session, job: Job, application: Application, *, at: datetime) -> None:
    free(session, application, at=at)
    move(application, ApplicationState.WITHDRAWN, at=at, reason=Reason.OWN)
    session.flush()
    session.refresh(job)
    move_up(session, job, at=at)
