"""What is seldom done to a case, one question each."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Once
from geo_service.cases.access import CaseAtHand, OurCase, OurShownCase, other_case
from geo_service.cases.pages.shown import address_of, case_page, deed_page
from geo_service.cases.queries.one import reports_of
from geo_service.cases.queries.people import (
    caseworkers_of,
    centres_beside,
    centres_named,
    the_other_centre,
)
from geo_service.cases.schemas.forms import (
    AssignForm,
    HandoverForm,
    MergeForm,
    NoForm,
    StepForm,
    SummaryForm,
)
from geo_service.cases.workflow.assigning import assign
from geo_service.cases.workflow.handing_over import offer, withdraw
from geo_service.cases.workflow.merging import merge
from geo_service.cases.workflow.steps import plan
from geo_service.cases.workflow.suggesting import Near, near
from geo_service.cases.workflow.summing import Summary, sum_up, summary_of
from geo_service.clock import now
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute, TheWish
from geo_service.web.onward import led
from geo_service.web.versions import edited, editing

router = APIRouter(
    prefix="/office/cases/{case_id:uuid}",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)

AName = Annotated[str, Query(max_length=100)]


def _colleagues(at_hand: CaseAtHand) -> Mapping[UUID, str]:
    found = at_hand.desk.session.execute(caseworkers_of([at_hand.case.centre_id]))
    return {person.id: person.name for person in found}


def _centres(at_hand: CaseAtHand, words: str = "") -> Mapping[UUID, str]:
    """Those beside ours; by a name, those of every district."""
    ours = at_hand.case.centre_id
    asked = centres_named(words, ours) if words else centres_beside(ours)
    found = at_hand.desk.session.execute(asked)
    return {
        office.id: f"{office.name} ({office.district})" if words else office.name
        for office in found
    }


def _near(at_hand: CaseAtHand) -> Mapping[UUID, str]:
    session, case = at_hand.desk.session, at_hand.case
    reports = session.scalars(reports_of(case.id)).all()
    return {
        each.id: _told(each) for each in near(session, at_hand.look_into, reports, but=[case.id])
    }


def _told(each: Near) -> str:
    return f"{each.number} · {each.metres:.0f}m"


@router.get("/assign")
def assign_page(request: Request, at_hand: OurShownCase) -> HTMLResponse:
    """Ask who looks after it."""
    form = blank(AssignForm, person_id=at_hand.case.assigned_to)
    return deed_page(request, at_hand, "assign", form, _colleagues(at_hand))


@router.post("/assign")
def assign_case(request: Request, at_hand: OurCase, sent: Sent, _once: Once) -> Response:
    """Give it to a colleague, or take it."""
    form, desk = filled(AssignForm, sent), at_hand.desk
    if form.value is not None:
        is_to_me = form.value.person_id == desk.claims.person_id
        if is_to_me and at_hand.needs_purpose:
            return case_page(request, at_hand)
        with form.attempt(desk.session):
            if is_to_me:
                at_hand.say_what_for()
            assign(desk.session, desk.ring, at_hand.case, form.value.person_id, at=now())
            return led(request, address_of(at_hand), "cases.assigned")
    return deed_page(request, at_hand, "assign", form, _colleagues(at_hand))


@router.get("/summary")
def summary_page(request: Request, at_hand: OurShownCase) -> HTMLResponse:
    """The case in a few lines."""
    if at_hand.needs_purpose:
        return case_page(request, at_hand)
    return deed_page(request, at_hand, "summary", editing(SummaryForm, of=_summary(at_hand)))


@router.post("/summary")
def write_summary(request: Request, at_hand: OurCase, sent: Sent, _once: Once) -> Response:
    """Keep it; both are shown where somebody else has written meanwhile."""
    if at_hand.needs_purpose:
        return case_page(request, at_hand)
    form = edited(SummaryForm, sent, of=_summary(at_hand))
    if form.value is not None:
        sum_up(at_hand.case, at_hand.seal, form.value.summary)
        return led(request, address_of(at_hand), "cases.summed")
    return deed_page(request, at_hand, "summary", form)


def _summary(at_hand: CaseAtHand) -> Summary:
    seal = at_hand.look_into("case", at_hand.case.id, at_hand.case.centre_id)
    return summary_of(seal, at_hand.case)


@router.get("/merge")
def merge_page(request: Request, at_hand: OurShownCase) -> HTMLResponse:
    """Ask which case nearby is about the same household."""
    if at_hand.needs_purpose:
        return case_page(request, at_hand)
    return deed_page(request, at_hand, "merge", blank(MergeForm), _near(at_hand))


@router.post("/merge")
def merge_cases(request: Request, at_hand: OurCase, sent: Sent, _once: Once) -> Response:
    """Take the reports of another case into this one."""
    if at_hand.needs_purpose:
        return case_page(request, at_hand)
    form, desk = filled(MergeForm, sent), at_hand.desk
    if form.value is not None:
        at_hand.purpose = at_hand.purpose or form.value.purpose
        with form.attempt(desk.session):
            other = other_case(at_hand, form.value.other_id)
            merge(desk.session, desk.ring, at_hand.case, other, at=now())
            return led(request, address_of(at_hand), "cases.joined")
    return deed_page(request, at_hand, "merge", form, _near(at_hand))


@router.get("/handover")
def handover_page(request: Request, at_hand: OurShownCase, q: AName = "") -> HTMLResponse:
    """Ask which centre should answer: one of the district, or one that is looked for by name."""
    if at_hand.needs_purpose:
        return case_page(request, at_hand)
    return _handover(request, at_hand, blank(HandoverForm), q)


@router.post("/handover")
def offer_case(request: Request, at_hand: OurCase, sent: Sent, _once: Once) -> Response:
    """Ask another centre to take it."""
    if at_hand.needs_purpose:
        return case_page(request, at_hand)
    form, desk = filled(HandoverForm, sent), at_hand.desk
    if (said := form.value) is not None and desk.claims.person_id:
        by_id = desk.claims.person_id
        with form.attempt(desk.session):
            at_hand.say_what_for()
            offer(desk.session, at_hand.case, said.centre_id, by_id=by_id, at=now())
            return led(request, address_of(at_hand), "cases.handed")
    return _handover(request, at_hand, form)


def _handover(
    request: Request, at_hand: CaseAtHand, form: Filled[HandoverForm], words: str = ""
) -> HTMLResponse:
    centres, purpose = dict(_centres(at_hand, words)), at_hand.purpose
    if form.value is not None and (chosen := form.value.centre_id) not in centres:
        found = the_other_centre(chosen, at_hand.case.centre_id)  # as it was found by its name
        centres |= {
            office.id: f"{office.name} ({office.district})"
            for office in at_hand.desk.session.execute(found)
        }
    return deed_page(request, at_hand, "handover", form, centres, q=words, purpose=purpose)


@router.post("/handover/withdraw")
def keep_case(request: Request, at_hand: OurCase, _once: Once) -> Response:
    """Keep it after all."""
    form, desk = blank(NoForm), at_hand.desk
    with form.attempt(desk.session):
        withdraw(desk.session, at_hand.case, at=now())
        return led(request, address_of(at_hand), "cases.withdrawn")
    return case_page(request, at_hand, form)


@router.get("/steps")
def steps_page(request: Request, at_hand: OurShownCase) -> HTMLResponse:
    """Ask what else is to be done."""
    return _steps(request, at_hand, blank(StepForm))


@router.post("/steps")
def plan_step(
    request: Request, at_hand: OurCase, sent: Sent, wish: TheWish, _once: Once
) -> Response:
    """Add a step."""
    form, desk = filled(StepForm, sent), at_hand.desk
    if (said := form.value) is not None:
        with form.attempt(desk.session):
            step_id = at_hand.id_of(wish)
            plan(desk.session, at_hand.case, said.rung, said.due_on, at=now(), step_id=step_id)
            return led(request, address_of(at_hand), "cases.planned")
    return _steps(request, at_hand, form)


def _steps(request: Request, at_hand: CaseAtHand, form: Filled[StepForm]) -> HTMLResponse:
    return deed_page(request, at_hand, "steps", form)
