"""Looking after applications when nobody else does: time passes, and jobs change."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.hiring.letters import changed, closed
from geo_service.hiring.models import Application, ApplicationState, Reason
from geo_service.hiring.queries import applications_of, sent_in_order
from geo_service.hiring.workflow.choosing import move_up, turn_down
from geo_service.hiring.workflow.deciding import decide
from geo_service.hiring.workflow.standing import hold_job, is_past
from geo_service.hiring.workflow.telling import tell
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.workflow import UNDO_FOR


def settle(session: Session, job: Job, *, at: datetime) -> None:
    """Tell people what they do not know yet, decide what is due, and fill what came free.

    What an officer closed, an officer decides: perhaps the work is not going to be. Everything
    else is decided by the rule when the time to apply is over, or when the last seat is taken.
    """
    job = hold_job(session, job.id)
    applications = session.scalars(applications_of(job.id)).all()
    _tell_changes(session, job, applications)
    if job.state is JobState.DONE or is_past(job, at):
        for application in applications:
            if application.state.is_open:
                turn_down(session, job, application, at=at, reason=Reason.CLOSED)
    elif job.state is JobState.CLOSED:
        _tell_closing(session, job, applications, at=at)
    elif job.is_over(at) and session.scalar(sent_in_order(job.id).limit(1)) is not None:
        decide(session, job, at=at)
    move_up(session, job, at=at)


def _tell_changes(session: Session, job: Job, applications: Sequence[Application]) -> None:
    concerned = {*filter(lambda state: state.is_open, ApplicationState), ApplicationState.HIRED}
    for application in applications:
        if application.state in concerned and application.job_version != job.version:
            application.job_version = job.version
            tell(session, application, changed)


def _tell_closing(
    session: Session, job: Job, applications: Sequence[Application], *, at: datetime
) -> None:
    if job.closed_at is None or job.closed_at + UNDO_FOR > at:
        return
    for application in applications:
        is_told = application.closing_told_at is not None
        if application.state is ApplicationState.SENT and not is_told:
            application.closing_told_at = at
            tell(session, application, closed)
