"""The office's front page, and all applications that wait."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.cases.workflow.standing_still import idle_since
from geo_service.clock import KOREA, now
from geo_service.confidential.access import claims_of_caseworker, claims_of_lead
from geo_service.confidential.session import Vault
from geo_service.desk.queries.cases import numbers_for_leads, numbers_of_cases
from geo_service.desk.queries.deciding import jobs_to_decide
from geo_service.desk.queries.waiting import calls, invitations, numbers
from geo_service.offices.access import Desk, Work
from geo_service.offices.models import Role
from geo_service.offices.queries import offices_in
from geo_service.web.render import page
from geo_service.web.session import ReadSession

router = APIRouter(prefix="/office", default_response_class=HTMLResponse, include_in_schema=False)

MOST_JOBS = 200


@router.get("")
def today_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """What waits for me: as an officer, and as an operator; others have nothing yet."""
    at = now()
    return page(
        request,
        "desk/today.html",
        at=at,
        roles={post.role.value for post in desk.posts},
        offices=session.scalars(offices_in(desk.offices)).all(),
        **_for_officers(session, desk, at),
        **_for_operators(session, desk, at),
        **_of_cases(request, session, desk, at),
    )


@router.get("/applications")
def applications_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """Every job about whose applications something is still to be decided."""
    found = session.execute(jobs_to_decide(desk.offices).limit(MOST_JOBS)).all()
    return page(request, "desk/applications.html", jobs=found, several=len(desk.offices) > 1)


def _for_officers(session: Session, desk: Work, at: datetime) -> dict[str, Any]:
    offices = _where(desk, Role.OFFICER)
    if not offices:
        return {"waits": {}, "calls": []}
    return {
        "waits": session.execute(numbers(offices, at=at)).mappings().one(),
        "calls": session.scalars(calls(offices, at=at)).all(),
    }


def _for_operators(session: Session, desk: Work, at: datetime) -> dict[str, Any]:
    offices = _where(desk, Role.OPERATOR)
    return {"invitations": session.scalar(invitations(offices, at=at)) if offices else 0}


def _of_cases(request: Request, session: Session, desk: Work, at: datetime) -> dict[str, Any]:
    """Counts alone: nothing sealed is opened, so nobody has looked at anything."""
    vault: Vault | None = request.app.state.vault
    today = at.astimezone(KOREA).date()
    cases: dict[str, int] = dict.fromkeys(("untaken", "offered", "overdue", "due"), 0)
    led = dict.fromkeys(("late", "idle", "ending"), 0)
    if vault and _where(desk, Role.CASEWORKER):
        claims = claims_of_caseworker(request, desk)
        with vault.opened(claims) as confidential:
            asked = numbers_of_cases(claims.offices, desk.person.id, today=today)
            cases = dict(confidential.execute(asked).mappings().one())
    if vault and _where(desk, Role.DISTRICT_LEAD):
        with vault.opened(claims_of_lead(request, desk, session)) as confidential:
            asked = numbers_for_leads(today, idle_since(at))
            led = dict(confidential.execute(asked).mappings().one())
    return {"cases": cases, "led": led}


def _where(desk: Work, role: Role) -> frozenset[Any]:
    return frozenset(post.office_id for post in desk.posts if post.role is role)
