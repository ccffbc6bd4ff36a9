"""Urgent calls as JSON."""

from fastapi import APIRouter, Request

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.jobs.access import HeldJob, OfficeJob
from geo_service.offices.access import ActingDesk
from geo_service.urgent.access import AnsweredCall
from geo_service.urgent.models import Availability, Call
from geo_service.urgent.queries import asked_of
from geo_service.urgent.schemas import AskedOut, CallIn, CallOut, FreeIn, FreeOut, span_of
from geo_service.urgent.workflow.answering import accept, be_free, refuse
from geo_service.urgent.workflow.calling import open_call, stop
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1", tags=["urgent calls"], route_class=OnceRoute)


@router.get("/jobs/{job_id}/call")
def read_call(job: OfficeJob, session: ReadSession) -> CallOut | None:
    """How far the call of a job has come; null where there was none."""
    call = session.get(Call, job.id)
    return CallOut.of(call) if call else None


@router.post("/jobs/{job_id}/call", status_code=201)
def call_for_help(
    request: Request,
    job: HeldJob,
    wish: CallIn,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> CallOut:
    """Ask people near the place, ring by ring, until the seats are taken."""
    door, by_id = f"{request.base_url}my/calls", desk.person.id
    call = open_call(session, job, needed_at=wish.needed_at, door=door, by_id=by_id, at=now())
    return CallOut.of(call)


@router.delete("/jobs/{job_id}/call", status_code=204)
def stop_call(job: HeldJob, session: DbSession) -> None:
    """Ask nobody any more."""
    stop(session, job)


@router.get("/my/calls")
def my_calls(person: SignedIn, session: ReadSession) -> list[AskedOut]:
    """What one is asked for now. Order: what begins first."""
    return [AskedOut.of(asked) for asked in session.scalars(asked_of(person.id, at=now()))]


@router.post("/my/calls/{call_id}/acceptance", status_code=204)
def accept_call(asked: AnsweredCall, person: Acting, session: DbSession, _once: Once) -> None:
    """Take the seat, if nobody was faster."""
    accept(session, asked, session.get_one(Person, person.id), at=now())


@router.post("/my/calls/{call_id}/refusal", status_code=204)
def refuse_call(asked: AnsweredCall, session: DbSession, _once: Once) -> None:
    """Say no."""
    refuse(session, asked)


@router.get("/my/availability")
def my_availability(person: SignedIn, session: ReadSession) -> FreeOut:
    """The hours in which one may be asked."""
    return FreeOut.of(session.get(Availability, person.id))


@router.put("/my/availability")
def be_available(free: FreeIn, person: Acting, session: DbSession) -> FreeOut:
    """Say in which hours one may be asked."""
    return FreeOut.of(be_free(session, person, [span_of(block) for block in free.blocks]))
