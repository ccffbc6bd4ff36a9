"""Decisions: written down by the scribe, voted on by those who come."""

from fastapi import APIRouter

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.meetings.access.records import (
    ActingPartTaker,
    ActingScribe,
    AnsweredDecision,
    HeldDecision,
)
from geo_service.meetings.schemas.records.asking import BallotIn, HandsIn, VoteIn
from geo_service.meetings.schemas.records.told import DecisionOut, VoteOut
from geo_service.meetings.workflow.deciding import (
    Hands,
    Question,
    note_hands,
    open_ballot,
    vote,
    withdraw,
)
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession

router = APIRouter(prefix="/api/v1", tags=["alley meetings"], route_class=OnceRoute)

MY, OURS = "/meetings/{meeting_id}/decisions", "/office/meetings/{meeting_id}/decisions"


@router.post(MY + "/hands", status_code=201)
@router.post(OURS + "/hands", status_code=201)
def write_hands(said: HandsIn, hand: ActingScribe, session: DbSession, _once: Once) -> DecisionOut:
    """Write down how many hands were up."""
    question = Question(said.question, said.agenda_item_id, said.words)
    counted = Hands(said.yes, said.no, said.abstained)
    decision = note_hands(session, hand.meeting, question, counted, at=now())
    return DecisionOut.model_validate(decision)


@router.post(MY + "/ballots", status_code=201)
@router.post(OURS + "/ballots", status_code=201)
def ask_ballot(said: BallotIn, hand: ActingScribe, session: DbSession, _once: Once) -> DecisionOut:
    """Put a question to those who come; it is counted when its time is over."""
    question = Question(said.question, said.agenda_item_id)
    decision = open_ballot(session, hand.meeting, question, closes_at=said.closes_at, at=now())
    return DecisionOut.model_validate(decision)


@router.delete(MY + "/{decision_id}", status_code=204)
@router.delete(OURS + "/{decision_id}", status_code=204)
def withdraw_decision(hand: ActingScribe, decision: HeldDecision, session: DbSession) -> None:
    """Take back what was written by mistake."""
    withdraw(session, hand.meeting, decision, at=now())


@router.post(MY + "/{decision_id}/votes", status_code=201)
def cast_vote(
    said: VoteIn, hand: ActingPartTaker, decision: AnsweredDecision, session: DbSession
) -> VoteOut:
    """Vote once, secretly. The answer is kept nowhere: a second vote is refused."""
    return VoteOut(code=vote(session, decision, hand.person.id, said.choice, at=now()))
