"""Decisions as the scribe writes them down, and ballots as they are opened."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.meetings.access.records import ActingScribe, Hand, HeldDecision, Scribe
from geo_service.meetings.schemas.records.forms import BallotForm, HandsForm
from geo_service.meetings.workflow.deciding import (
    Hands,
    Question,
    note_hands,
    open_ballot,
    withdraw,
)
from geo_service.meetings.workflow.recording import record_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

MY = "/my/meetings/{meeting_id:uuid}/decisions"
OURS = "/office/meetings/{meeting_id:uuid}/decisions"


def _page(
    request: Request,
    session: Session,
    hand: Hand,
    *,
    hands: Filled[HandsForm] | None = None,
    ballot: Filled[BallotForm] | None = None,
) -> HTMLResponse:
    at = now()
    hands = hands or blank(HandsForm)
    ballot = ballot or blank(BallotForm, closes_at=at + timedelta(days=3))
    return page(
        request,
        "meetings/records/decisions.html",
        status=max(hands.status, ballot.status),
        hand=hand,
        record=record_of(session, hand.meeting, at=at),
        hands=hands,
        ballot=ballot,
    )


@router.get(MY)
@router.get(OURS)
def decisions_page(request: Request, hand: Scribe, session: ReadSession) -> HTMLResponse:
    """What was decided, and forms for one decision more."""
    return _page(request, session, hand)


@router.post(MY + "/hands")
@router.post(OURS + "/hands")
def write_hands(
    request: Request, hand: ActingScribe, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Write down how many hands were up."""
    form = filled(HandsForm, sent)
    if said := form.value:
        question = Question(said.question, said.agenda_item_id, said.words)
        counted = Hands(said.yes, said.no, said.abstained)
        with form.attempt(session):
            note_hands(session, hand.meeting, question, counted, at=now())
            return led(request, f"{hand.way}/decisions", "meetings.decided")
    return _page(request, session, hand, hands=form)


@router.post(MY + "/ballots")
@router.post(OURS + "/ballots")
def ask_ballot(
    request: Request, hand: ActingScribe, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Put a question to those who come."""
    form = filled(BallotForm, sent)
    if said := form.value:
        question = Question(said.asked, said.about_id)
        with form.attempt(session):
            open_ballot(session, hand.meeting, question, closes_at=said.closes_at, at=now())
            return led(request, f"{hand.way}/decisions", "meetings.ballot_opened")
    return _page(request, session, hand, ballot=form)


@router.post(MY + "/{decision_id:uuid}/removal")
@router.post(OURS + "/{decision_id:uuid}/removal")
def withdraw_decision(
    request: Request,
    hand: ActingScribe,
    decision: HeldDecision,
    session: DbSession,
    _once: Once,
) -> Response:
    """Take back what was written by mistake."""
    form = blank(HandsForm)
    with form.attempt(session):
        withdraw(session, hand.meeting, decision, at=now())
        return led(request, f"{hand.way}/decisions", "meetings.decision_withdrawn")
    return _page(request, session, hand, hands=form)
