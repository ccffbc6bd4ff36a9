"""Applications as JSON: one's own, an office's, and lotteries for everybody."""

from fastapi import APIRouter, Response

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.accounts.workflow.counter import person_at_the_counter
from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.hiring.access import (
    AskedJob,
    DecidingApplication,
    MyApplication,
    MyChangingApplication,
    OfficeApplication,
)
from geo_service.hiring.models import Application, Way
from geo_service.hiring.queries import applications_of, draws_of, mine
from geo_service.hiring.schemas.answers import (
    ApplicationIn,
    ApplicationOut,
    ApplicationsOut,
    CounterIn,
    DecisionIn,
    DrawOut,
    DrawsOut,
    OfficeApplicationOut,
    OfficeApplicationsOut,
)
from geo_service.hiring.workflow.applying import Behalf, apply
from geo_service.hiring.workflow.choosing import accept, decline, hire, offer
from geo_service.hiring.workflow.deciding import decide
from geo_service.hiring.workflow.withdrawing import withdraw
from geo_service.hiring.workflow.workers import worker_in_the_family
from geo_service.jobs.access import HeldJob, OfficeJob, TheJob
from geo_service.offices.access import ActingDesk
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1", tags=["applications"], route_class=OnceRoute)


@router.post("/jobs/{job_id}/applications", status_code=201)
def apply_for_job(
    told: ApplicationIn,
    person: Acting,
    job: AskedJob,
    session: DbSession,
    response: Response,
    _once: Once,
) -> ApplicationOut:
    """Ask for a job, for oneself or for a relative who agreed."""
    worker, phone, behalf = person, told.phone or person.phone, None
    if told.worker is not None:
        phone = told.worker.phone
        worker = worker_in_the_family(session, told.worker.name, phone, person.id)
        behalf = Behalf(person.id, Way.FAMILY, told.worker.consent)
    if phone is None:
        raise BadField("phone", "Say where the office can call you.")
    made = apply(session, job, worker, phone=phone, answers=told.answers, at=now(), behalf=behalf)
    response.headers["Location"] = f"/api/v1/my/applications/{made.id}"
    return _own(session, made)


@router.get("/jobs/{job_id}/applications")
def applications_for_job(job: OfficeJob, session: ReadSession) -> OfficeApplicationsOut:
    """All who applied for a job of one's office."""
    return OfficeApplicationsOut.of(session.scalars(applications_of(job.id)))


@router.post("/jobs/{job_id}/counter", status_code=201)
def apply_at_counter(
    told: CounterIn, job: HeldJob, desk: ActingDesk, session: DbSession, _once: Once
) -> OfficeApplicationOut:
    """Apply for somebody who came to the counter, and note that they agreed."""
    worker = person_at_the_counter(session, told.name, told.phone)
    behalf = Behalf(desk.person.id, Way.COUNTER, told.consent)
    made = apply(
        session, job, worker, phone=told.phone, answers=told.answers, at=now(), behalf=behalf
    )
    return _offices(session, made)


@router.post("/jobs/{job_id}/decision")
def decide_by_rule(
    job: HeldJob, desk: ActingDesk, session: DbSession, _once: Once
) -> OfficeApplicationsOut:
    """Hire as many as there are seats, by the rule that was published with the job."""
    decide(session, job, at=now(), by_id=desk.person.id)
    session.expire_all()
    return OfficeApplicationsOut.of(session.scalars(applications_of(job.id)))


@router.get("/jobs/{job_id}/draws")
def draws(job: TheJob, session: ReadSession) -> DrawsOut:
    """The lotteries of a job, with all that anybody needs to draw again."""
    return DrawsOut(draws=[DrawOut.of(draw) for draw in session.scalars(draws_of(job.id))])


@router.get("/applications/{application_id}")
def read_application(application: OfficeApplication) -> OfficeApplicationOut:
    """One application for a job of one's office."""
    return OfficeApplicationOut.of(application)


@router.put("/applications/{application_id}/decision")
def decide_one(
    told: DecisionIn, application: DecidingApplication, desk: ActingDesk, session: DbSession
) -> OfficeApplicationOut:
    """Hire, offer a seat, or say no and why."""
    at, by_id = now(), desk.person.id
    if told.decision == "hire":
        hire(session, application, at=at, by_id=by_id)
    elif told.decision == "offer":
        offer(session, application, at=at, by_id=by_id)
    elif told.words:
        decline(session, application, words=told.words, by_id=by_id, at=at)
    else:
        raise BadField("words", "Say why: they read it.")
    return _offices(session, application)


@router.get("/my/applications")
def my_applications(person: SignedIn, session: ReadSession) -> ApplicationsOut:
    """What one applied for, for oneself or for somebody else."""
    found = session.scalars(mine(person.id))
    return ApplicationsOut(applications=[ApplicationOut.of(one) for one in found])


@router.get("/my/applications/{application_id}")
def my_application(application: MyApplication) -> ApplicationOut:
    """What became of it."""
    return ApplicationOut.of(application)


@router.put("/my/applications/{application_id}/withdrawal")
def withdraw_application(application: MyChangingApplication, session: DbSession) -> ApplicationOut:
    """Take it back."""
    withdraw(session, application, at=now())
    return _own(session, application)


@router.put("/my/applications/{application_id}/acceptance")
def accept_offer(application: MyChangingApplication, session: DbSession) -> ApplicationOut:
    """Say yes to a seat that is kept for one."""
    accept(session, application, at=now())
    return _own(session, application)


def _own(session: DbSession, application: Application) -> ApplicationOut:
    session.refresh(application)
    return ApplicationOut.of(application)


def _offices(session: DbSession, application: Application) -> OfficeApplicationOut:
    session.refresh(application)
    return OfficeApplicationOut.of(application)
