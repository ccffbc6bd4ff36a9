"""A household of a survey, at its door."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Once
from geo_service.cases.access import (
    Found,
    OurHousehold,
    OurRound,
    RoundAtHand,
    ShownHousehold,
    ShownRound,
)
from geo_service.cases.pages.shown import shown
from geo_service.cases.schemas.forms import VisitForm
from geo_service.cases.workflow.surveying import open_from, read_household, visit
from geo_service.clock import now
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led

router = APIRouter(
    prefix="/office/surveys/{round_id:uuid}/households/{household_id:uuid}",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)


def _page(
    request: Request, at_hand: RoundAtHand, found: Found, form: Filled[VisitForm]
) -> HTMLResponse:
    household, how = found
    seal = at_hand.look_into("household", household.id, household.centre_id)
    return shown(
        request,
        "household",
        status=form.status,
        round=at_hand.round,
        household=read_household(seal, household, how),
        form=form,
    )


@router.get("")
def household_page(request: Request, at_hand: ShownRound, found: ShownHousehold) -> HTMLResponse:
    """Where, whom to ask for, what to look at."""
    return _page(request, at_hand, found, blank(VisitForm))


@router.post("/visits")
def note_visit(
    request: Request, at_hand: OurRound, found: OurHousehold, sent: Sent, _once: Once
) -> Response:
    """Note how it was; then the next door."""
    form, desk = filled(VisitForm, sent), at_hand.desk
    if (said := form.value) is not None and desk.claims.person_id:
        household, how = found
        seal = desk.seal_for(household.centre_id, household.id)
        visit(seal, how, said.result, said.words, by_id=desk.claims.person_id, at=now())
        to = f"/office/surveys/{at_hand.round.id}"
        if how.result == "needs_help":
            to += f"/households/{household.id}"
        return led(request, to, "cases.visited")
    return _page(request, at_hand, found, form)


@router.post("/case")
def open_household(
    request: Request, at_hand: OurRound, found: OurHousehold, _once: Once
) -> Response:
    """Where help is needed: a case of one's own; pressed again, it is the same."""
    household, how = found
    desk, person_id = at_hand.desk, at_hand.desk.claims.person_id
    if how.case_id is not None or person_id is None:
        return led(request, f"/office/cases/{how.case_id}")
    seal = at_hand.look_into("household", household.id, household.centre_id)
    case = open_from(desk.session, desk.ring, seal, household, how, by_id=person_id, at=now())
    return led(request, f"/office/cases/{case.id}", "cases.opened")
