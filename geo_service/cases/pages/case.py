"""One case: read, moved, its steps noted, its reporters answered."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Once
from geo_service.cases.access import (
    CaseAtHand,
    OfferedCase,
    OurCase,
    OurShownCase,
    OurStep,
    ShownCase,
)
from geo_service.cases.pages.shown import address_of, case_page, deed_page, shown
from geo_service.cases.queries.one import looks_of_staff_at, reports_of, the_case
from geo_service.cases.schemas.forms import MoveForm, NoForm, OutcomeForm, ReportForm, TalkForm
from geo_service.cases.workflow.answering import answer
from geo_service.cases.workflow.handing_over import give_back, take
from geo_service.cases.workflow.merging import part
from geo_service.cases.workflow.moving import enter, follow_up, move
from geo_service.cases.workflow.stages import MOVES
from geo_service.cases.workflow.steps import note
from geo_service.clock import now
from geo_service.reports.models import Stage
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


@dataclass(frozen=True, slots=True)
class _Standing:
    """Of a case, what a move changes; nothing of it is sealed."""

    version: int
    stage: Stage


def _standing(at_hand: CaseAtHand) -> _Standing:
    return _Standing(at_hand.case.version, at_hand.case.stage)


@router.get("")
def one_case(request: Request, at_hand: ShownCase) -> Response:
    """All of it, for who says what for where it is a colleague's; a merged one leads on."""
    desk, kept_id = at_hand.desk, at_hand.case.merged_into_id
    if kept_id and desk.session.scalar(the_case(kept_id, desk.claims.offices)):
        return led(request, f"/office/cases/{kept_id}{at_hand.asked}")
    return case_page(request, at_hand)


@router.get("/looks")
def looks_page(request: Request, at_hand: OurShownCase) -> HTMLResponse:
    """Who opened it, for the person concerned; asking that is a look, too."""
    if at_hand.needs_purpose:
        return case_page(request, at_hand)
    case, session = at_hand.case, at_hand.desk.session
    at_hand.look_into("looks", case.id, case.centre_id)
    reports = [report.id for report in session.scalars(reports_of(case.id))]
    looks = session.execute(looks_of_staff_at([case.id, *reports])).all()
    return shown(request, "looks_of", case=case, looks=looks, asked=at_hand.asked)


def _moving(request: Request, at_hand: CaseAtHand, form: Filled[MoveForm]) -> HTMLResponse:
    moves = list(MOVES[at_hand.case.stage])
    return deed_page(request, at_hand, "stage", form, moves=moves)


@router.get("/stage")
def stage_page(request: Request, at_hand: OurShownCase) -> HTMLResponse:
    """Where to, and what that stage asks for."""
    return _moving(request, at_hand, editing(MoveForm, of=_standing(at_hand)))


@router.post("/stage")
def move_case(request: Request, at_hand: OurCase, sent: Sent, _once: Once) -> Response:
    """Put it into another stage, unless somebody was faster."""
    form, desk = edited(MoveForm, sent, of=_standing(at_hand)), at_hand.desk
    if (said := form.value) is not None:
        with form.attempt(desk.session):
            move(
                desk.session,
                desk.ring,
                at_hand.seal,
                at_hand.case,
                said.stage,
                connected_to=said.connected_to,
                words=said.words,
                at=now(),
            )
            to = "/office/cases" if sent.get("from_board") else address_of(at_hand)
            return led(request, to, "cases.moved")
    return _moving(request, at_hand, form)


@router.post("/steps/{step_id:uuid}")
def note_step(
    request: Request, step: OurStep, at_hand: OurCase, sent: Sent, _once: Once
) -> Response:
    """Write down what came of a step."""
    form, desk, at = filled(OutcomeForm, sent), at_hand.desk, now()
    if (said := form.value) is not None and desk.claims.person_id:
        by_id = desk.claims.person_id
        with form.attempt(desk.session):
            case, seal = at_hand.case, at_hand.seal
            to = note(desk.session, seal, case, step, said.outcome, said.words, by_id=by_id, at=at)
            if to is not None:
                enter(desk.session, desk.ring, case, to, at=at)
            return led(request, address_of(at_hand), "cases.noted")
    return case_page(request, at_hand, form)


@router.post("/messages")
def answer_reporter(
    request: Request, at_hand: OurCase, sent: Sent, wish: TheWish, _once: Once
) -> Response:
    """Write to who told it."""
    form, deed, desk = filled(TalkForm, sent), blank(NoForm), at_hand.desk
    if (said := form.value) is not None:
        with deed.attempt(desk.session):
            answer(
                desk.session,
                desk.ring,
                at_hand.case,
                said.report_id,
                said.text,
                at=now(),
                message_id=at_hand.id_of(wish),
            )
            return led(request, address_of(at_hand), "cases.answered")
    return case_page(request, at_hand, form, deed)


@router.post("/part")
def part_report(request: Request, at_hand: OurCase, sent: Sent, _once: Once) -> Response:
    """Let a report wait by itself again: it was another household."""
    if at_hand.needs_purpose:
        return case_page(request, at_hand)
    asked, form, desk = filled(ReportForm, sent), blank(NoForm), at_hand.desk
    if asked.value is not None:
        with form.attempt(desk.session):
            at_hand.say_what_for()
            part(desk.session, desk.ring, at_hand.case, asked.value.report_id, at=now())
            return led(request, address_of(at_hand), "cases.parted")
    return case_page(request, at_hand, form)


@router.post("/follow-up")
def looked_again(request: Request, at_hand: OurCase, _once: Once) -> Response:
    """The help was still there, or something was done about it."""
    follow_up(at_hand.case)
    return led(request, address_of(at_hand), "cases.followed")


@router.post("/handover/accept")
def take_case(request: Request, at_hand: OfferedCase, _once: Once) -> Response:
    """From now on it is ours."""
    form, desk = blank(NoForm), at_hand.desk
    with form.attempt(desk.session):
        take(desk.session, desk.ring, at_hand.case, desk.claims.offices, at=now())
        return led(request, address_of(at_hand), "cases.received")
    return case_page(request, at_hand, form)


@router.post("/handover/return")
def return_case(request: Request, at_hand: OfferedCase, _once: Once) -> Response:
    """It stays with whoever offered it."""
    form, desk = blank(NoForm), at_hand.desk
    with form.attempt(desk.session):
        give_back(desk.session, at_hand.case, desk.claims.offices, at=now())
        return led(request, "/office/cases", "cases.returned")
    return case_page(request, at_hand, form)
