"""The minutes, for who writes them and for the dong centre."""

from fastapi import APIRouter, Response

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.meetings.access.records import ActingLeader, ActingScribe, Scribe
from geo_service.meetings.models import Minutes
from geo_service.meetings.schemas.records.asking import DraftIn, EditionIn, ScribeIn, SignInIn
from geo_service.meetings.schemas.records.told import DraftOut, EditionOut
from geo_service.meetings.workflow.minutes import (
    Said,
    draft,
    minutes_to_edit,
    name_scribe,
    publish,
    sign_in,
)
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import IfMatch, tag

router = APIRouter(prefix="/api/v1", tags=["alley meetings"], route_class=OnceRoute)

MY, OURS = "/meetings/{meeting_id}", "/office/meetings/{meeting_id}"


@router.get(MY + "/minutes/draft")
@router.get(OURS + "/minutes/draft")
def read_draft(hand: Scribe, session: ReadSession, response: Response) -> DraftOut:
    """What is written so far."""
    unwritten = Minutes(meeting_id=hand.meeting.id, drafted_at=now())
    minutes = session.get(Minutes, hand.meeting.id) or unwritten
    tag(response, minutes.version)
    return DraftOut.model_validate(minutes)


@router.put(MY + "/minutes/draft")
@router.put(OURS + "/minutes/draft")
def write_draft(
    said: DraftIn, hand: ActingScribe, seen: IfMatch, session: DbSession, response: Response
) -> DraftOut:
    """Keep what is written; nobody else reads it before it is published."""
    at = now()
    seen.expect(minutes_to_edit(session, hand.meeting, at=at), said)
    minutes = draft(session, hand.meeting, Said(said.words, said.also, said.came), at=at)
    tag(response, minutes.version)
    return DraftOut.model_validate(minutes)


@router.post(MY + "/minutes/editions", status_code=201)
@router.post(OURS + "/minutes/editions", status_code=201)
def publish_draft(
    said: EditionIn, hand: ActingScribe, session: DbSession, _once: Once
) -> EditionOut:
    """Let everybody read the draft. What was published before stays readable."""
    edition = publish(session, hand.meeting, why=said.why, by_office=hand.by_office, at=now())
    return EditionOut.model_validate(edition)


@router.put(MY + "/minutes/scribe", status_code=204)
@router.put(OURS + "/minutes/scribe", status_code=204)
def choose_scribe(said: ScribeIn, hand: ActingLeader, session: DbSession) -> None:
    """Have somebody who comes write the minutes."""
    name_scribe(session, hand.meeting, said.scribe_id, at=now())


@router.put(MY + "/sign-in", status_code=204)
@router.put(OURS + "/sign-in", status_code=204)
def write_sign_in(said: SignInIn, hand: ActingScribe, session: DbSession) -> None:
    """Write down who was there, and who signed that they may be named."""
    sign_in(session, hand.meeting, came=said.came, named=said.named, at=now())
