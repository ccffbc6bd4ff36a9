"""One's vote in a ballot.

Voting asks for no `Once`: a kept answer would hold the code of the slip beside the name of its
voter. Sent twice, the second vote is refused.
"""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.meetings.access.records import (
    ActingPartTaker,
    AnsweredDecision,
    AskedDecision,
    Hand,
    PartTaker,
)
from geo_service.meetings.models import Decision
from geo_service.meetings.queries.records import has_voted, seat_of
from geo_service.meetings.schemas.records.forms import VoteForm
from geo_service.meetings.workflow.deciding import vote
from geo_service.meetings.workflow.names import names_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

BALLOT = "/my/meetings/{meeting_id:uuid}/ballots/{decision_id:uuid}"


def _page(
    request: Request,
    session: Session,
    hand: Hand,
    decision: Decision,
    form: Filled[VoteForm],
    code: str = "",
) -> HTMLResponse:
    answer = page(
        request,
        "meetings/records/ballot.html",
        status=form.status,
        hand=hand,
        decision=decision,
        question=names_of(session, hand.meeting.id).veil(decision.question),
        is_open=decision.is_open(now()),
        has_voted=session.scalar(has_voted(decision.id, hand.person.id)) is not None,
        may_vote=session.scalar(seat_of(hand.meeting.id, hand.person.id)) is not None,
        form=form,
        code=code,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get(BALLOT)
def ballot_page(
    request: Request, hand: PartTaker, decision: AskedDecision, session: ReadSession
) -> HTMLResponse:
    """The question, and three answers."""
    return _page(request, session, hand, decision, blank(VoteForm))


@router.post(BALLOT)
def cast_vote(
    request: Request,
    hand: ActingPartTaker,
    decision: AnsweredDecision,
    sent: Sent,
    session: DbSession,
) -> Response:
    """Vote. The code of the slip is on this one page and on no other."""
    form = filled(VoteForm, sent)
    if form.value is not None:
        with form.attempt(session):
            code = vote(session, decision, hand.person.id, form.value.choice, at=now())
            return _page(request, session, hand, decision, form, code)
    return _page(request, session, hand, decision, form)
