"""Programmes as JSON, for programs that work for an office."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from geo_service.accounts.access import Once
from geo_service.clock import KOREA, now
from geo_service.offices.access import ActingDesk, Desk, the_office
from geo_service.programmes.access import HeldProgramme, OurProgramme
from geo_service.programmes.models import Programme
from geo_service.programmes.queries import programmes_of, workers_of
from geo_service.programmes.schemas.telling import (
    BalanceOut,
    NewProgrammeIn,
    ProgrammeIn,
    ProgrammeOut,
    WorkerOut,
)
from geo_service.programmes.workflow.balance import balance_of
from geo_service.programmes.workflow.setting_up import change, close, set_up
from geo_service.web.fields import Day
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import IfMatch, tag

router = APIRouter(prefix="/api/v1/programmes", tags=["programmes"], route_class=OnceRoute)

On = Annotated[Day | None, Query(description="Around which day; today's week and month if none.")]


@router.get("")
def our_programmes(desk: Desk, session: ReadSession) -> list[ProgrammeOut]:
    """The allowance programmes of one's offices, closed ones last."""
    found = session.scalars(programmes_of(desk.offices))
    return [ProgrammeOut.model_validate(programme) for programme in found]


@router.post("", status_code=201)
def set_up_programme(
    told: NewProgrammeIn, desk: ActingDesk, session: DbSession, response: Response, _once: Once
) -> ProgrammeOut:
    """Set one up for an office."""
    office = the_office(session, desk, told.office_id)
    programme = set_up(session, office.id, told.terms())
    response.headers["Location"] = f"/api/v1/programmes/{programme.id}"
    return _answer(response, programme)


@router.get("/{programme_id}")
def read_programme(programme: OurProgramme, response: Response) -> ProgrammeOut:
    """One programme and its money, and which version of its terms this is (`ETag`)."""
    return _answer(response, programme)


@router.put("/{programme_id}")
def change_programme(
    told: ProgrammeIn,
    programme: HeldProgramme,
    session: DbSession,
    response: Response,
    edition: IfMatch,
) -> ProgrammeOut:
    """Give it other terms; they hold for all that is planned from now on."""
    edition.expect(programme, told)
    change(session, programme, told.terms())
    return _answer(response, programme)


@router.put("/{programme_id}/closing")
def close_programme(
    programme: HeldProgramme, session: DbSession, response: Response
) -> ProgrammeOut:
    """Plan nothing more from it; what is planned stays."""
    close(session, programme, at=now())
    return _answer(response, programme)


@router.get("/{programme_id}/people")
def read_workers(programme: OurProgramme, session: ReadSession) -> list[WorkerOut]:
    """Everybody with hours in it, most first."""
    return [WorkerOut.of(use) for use in session.scalars(workers_of(programme.id))]


@router.get("/{programme_id}/people/{person_id}")
def read_balance(
    programme: OurProgramme, person_id: UUID, session: ReadSession, on: On = None
) -> list[BalanceOut]:
    """One person's hours: in all, in that month, in that week. Who has none has zeros."""
    day: date = on or now().astimezone(KOREA).date()
    return [
        BalanceOut.model_validate(each) for each in balance_of(session, programme, person_id, day)
    ]


def _answer(response: Response, programme: Programme) -> ProgrammeOut:
    tag(response, programme.version)
    return ProgrammeOut.model_validate(programme)
