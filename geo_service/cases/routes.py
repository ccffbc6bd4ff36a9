"""Cases as JSON, for a centre's own programs."""

from fastapi import APIRouter, Response

from geo_service.accounts.access import Once
from geo_service.cases.access import (
    CaseAtHand,
    OfferedCase,
    OurCase,
    OurShownCase,
    OurStep,
    other_case,
)
from geo_service.cases.queries.one import the_report
from geo_service.cases.schemas.told import (
    CardOut,
    CaseOut,
    CaseStateOut,
    HandoverAnswerIn,
    HandoverIn,
    MergeIn,
    MessageIn,
    OutcomeIn,
    StageIn,
    StepIn,
    TakeUpIn,
)
from geo_service.cases.workflow.answering import answer
from geo_service.cases.workflow.board import board_of
from geo_service.cases.workflow.handing_over import give_back, offer, take, withdraw
from geo_service.cases.workflow.merging import merge
from geo_service.cases.workflow.moving import enter, move
from geo_service.cases.workflow.problems import NoSuchCase, NotToldHere
from geo_service.cases.workflow.reading import read_case
from geo_service.cases.workflow.steps import note, plan
from geo_service.cases.workflow.taking_up import take_up
from geo_service.clock import now
from geo_service.confidential.access import ActingCaseworker, AsCaseworker
from geo_service.web.idempotency import OnceRoute, TheWish
from geo_service.web.versions import IfMatch, tag

router = APIRouter(prefix="/api/v1/office/cases", tags=["cases"], route_class=OnceRoute)


def _state(at_hand: CaseAtHand) -> CaseStateOut:
    return CaseStateOut.of(at_hand.case)


@router.get("")
def board(desk: AsCaseworker) -> list[CardOut]:
    """Every case of one's centre, and every report that nobody has taken up."""
    offices = desk.claims.offices
    desk.look_at_each("board", [(None, office) for office in offices], "board")
    columns = board_of(desk.session, offices, at=now())
    return [CardOut.of(card) for cards in columns.values() for card in cards]


@router.post("", status_code=201)
def take_up_report(said: TakeUpIn, desk: ActingCaseworker, _once: Once) -> CaseStateOut:
    """Open a case of one's own from a report that nobody has taken up."""
    found = the_report(said.report_id, desk.claims.offices).with_for_update()
    report, person_id = desk.session.scalar(found), desk.claims.person_id
    if report is None or person_id is None:
        raise NotToldHere
    case = take_up(desk.session, desk.ring, report, by_id=person_id, at=now())
    return CaseStateOut.of(case)


@router.get("/{case_id}")
def one_case(at_hand: OurShownCase, response: Response) -> CaseOut:
    """A case in plain words; a look at it is written down. A colleague's needs a `purpose`."""
    case = read_case(at_hand.desk.session, at_hand.look_into, at_hand.case)
    tag(response, case.version)
    response.headers["Cache-Control"] = "no-store"
    return CaseOut.of(case)


@router.put("/{case_id}/stage")
def move_case(at_hand: OurCase, said: StageIn, seen: IfMatch, response: Response) -> CaseStateOut:
    """Put it into another stage."""
    desk, case = at_hand.desk, at_hand.case
    seen.expect(case, said)
    move(
        desk.session,
        desk.ring,
        at_hand.seal,
        case,
        said.stage,
        connected_to=said.connected_to,
        words=said.words,
        at=now(),
    )
    tag(response, case.version)
    return _state(at_hand)


@router.post("/{case_id}/steps", status_code=201)
def plan_step(said: StepIn, at_hand: OurCase, wish: TheWish, _once: Once) -> CaseStateOut:
    """Add what is to be done."""
    step_id, session = at_hand.id_of(wish), at_hand.desk.session
    plan(session, at_hand.case, said.rung, said.due_on, at=now(), step_id=step_id)
    return _state(at_hand)


@router.put("/{case_id}/steps/{step_id}")
def note_step(step: OurStep, said: OutcomeIn, at_hand: OurCase) -> CaseStateOut:
    """Write down what came of it; the next rung of the ladder is planned."""
    desk, case, at = at_hand.desk, at_hand.case, now()
    person_id = desk.claims.person_id
    if person_id is None:
        raise NoSuchCase
    to = note(
        desk.session, at_hand.seal, case, step, said.outcome, said.words, by_id=person_id, at=at
    )
    if to is not None:
        enter(desk.session, desk.ring, case, to, at=at)
    return _state(at_hand)


@router.post("/{case_id}/messages", status_code=201)
def answer_reporter(said: MessageIn, at_hand: OurCase, wish: TheWish, _once: Once) -> CaseStateOut:
    """Write to who told it."""
    desk = at_hand.desk
    answer(
        desk.session,
        desk.ring,
        at_hand.case,
        said.report_id,
        said.text,
        at=now(),
        message_id=at_hand.id_of(wish),
    )
    return _state(at_hand)


@router.post("/{case_id}/merges", status_code=201)
def merge_cases(said: MergeIn, at_hand: OurCase, _once: Once) -> CaseStateOut:
    """Take the reports of another case about the same household into this one.

    Where a colleague looks after one of the two, it needs a `purpose`.
    """
    desk = at_hand.desk
    other = other_case(at_hand, said.other_id)
    merge(desk.session, desk.ring, at_hand.case, other, at=now())
    return _state(at_hand)


@router.post("/{case_id}/handovers", status_code=201)
def offer_case(said: HandoverIn, at_hand: OurCase, _once: Once) -> CaseStateOut:
    """Ask another dong centre, of any district, to take it; it must accept.

    A colleague's case needs a `purpose`.
    """
    desk, person_id = at_hand.desk, at_hand.desk.claims.person_id
    if person_id is None:
        raise NoSuchCase
    at_hand.say_what_for()
    offer(desk.session, at_hand.case, said.centre_id, by_id=person_id, at=now())
    return _state(at_hand)


@router.put("/{case_id}/handover")
def answer_offer(said: HandoverAnswerIn, at_hand: OfferedCase) -> CaseStateOut:
    """Take a case that another centre offers, or give it back; who offered it may only keep it."""
    desk, at = at_hand.desk, now()
    if said.accepted:
        take(desk.session, desk.ring, at_hand.case, desk.claims.offices, at=at)
    elif at_hand.is_ours:
        withdraw(desk.session, at_hand.case, at=at)
    else:
        give_back(desk.session, at_hand.case, desk.claims.offices, at=at)
    return _state(at_hand)
