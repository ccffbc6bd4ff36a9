"""What becomes of applications by itself."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.hiring.models import Application, ApplicationState, Draft
from geo_service.hiring.queries import jobs_to_settle
from geo_service.hiring.workflow.applying import SETTLE
from geo_service.hiring.workflow.choosing import EXPIRE, expire
from geo_service.hiring.workflow.drafts import KEPT_FOR
from geo_service.hiring.workflow.reminding import REMIND, remind
from geo_service.hiring.workflow.settling import settle
from geo_service.jobs.models import Job
from geo_service.jobs.workflow import UNDO_FOR
from geo_service.later import Payload, task


@task("hiring.look", every=timedelta(minutes=1))
def look(session: Session, _payload: Payload, at: datetime) -> None:
    """Have every job looked after whose applications wait for something."""
    for job_id in session.scalars(jobs_to_settle(at, UNDO_FOR)):
        later.queue(session, SETTLE, {"job": str(job_id)}, key=f"{SETTLE}:{job_id}")


@task(SETTLE)
def settle_job(session: Session, payload: Payload, at: datetime) -> None:
    """Decide, tell and fill, as far as it is time."""
    job = session.get(Job, UUID(payload["job"]))
    if job is not None:
        settle(session, job, at=at)


@task(EXPIRE)
def expire_offer(session: Session, payload: Payload, at: datetime) -> None:
    """Give a seat to the next when nobody has answered."""
    application = session.get(Application, UUID(payload["application"]))
    if application is not None and application.state is ApplicationState.OFFERED:
        expire(session, application, at=at)


@task(REMIND)
def remind_worker(session: Session, payload: Payload, at: datetime) -> None:
    """Write on the evening before."""
    application = session.get(Application, UUID(payload["application"]))
    if application is not None:
        remind(session, application, at=at)


@task("hiring.forget_drafts", every=timedelta(hours=6))
def forget_drafts(session: Session, _payload: Payload, at: datetime) -> None:
    """Let go of what was begun and not sent."""
    session.execute(delete(Draft).where(Draft.saved_at < at - KEPT_FOR))
