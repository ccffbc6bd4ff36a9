"""Proposals near a place, one meeting, and supporting it."""

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once
from geo_service.clock import now
from geo_service.errors import NotAllowed
from geo_service.meetings.access.meetings import JoinedMeeting, MyChangedMeeting, TheMeeting
from geo_service.meetings.models import Meeting
from geo_service.meetings.queries.meetings import support_counted, times_of
from geo_service.meetings.queries.near import proposals_near
from geo_service.meetings.schemas.answers import (
    MeetingIn,
    MeetingOut,
    ProposalIn,
    SupportIn,
    TimeOut,
)
from geo_service.meetings.workflow.proposing import propose, revise, support, withdraw
from geo_service.meetings.workflow.standing import hold_proposal
from geo_service.offices.models import Office, Role
from geo_service.offices.queries import posts_of
from geo_service.web.idempotency import OnceRoute
from geo_service.web.params import Here
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import IfMatch, tag

router = APIRouter(prefix="/api/v1/meetings", tags=["meetings"], route_class=OnceRoute)


class NotForThisOffice(NotAllowed):
    """You are no officer of this office."""

    korean = "이 기관의 담당자가 아니에요."


def told(session: Session, meeting: Meeting, distance_m: float | None = None) -> MeetingOut:
    """With its times and how many support it."""
    times = [TimeOut.of(time, suits) for time, suits in session.execute(times_of(meeting.id))]
    supporters = session.scalar(support_counted(meeting.id)) or 0
    return MeetingOut.of(meeting, supporters, times, distance_m)


@router.get("")
def proposals(here: Here, session: ReadSession) -> list[MeetingOut]:
    """What neighbours propose around a place; convened ones are listings. Order: nearest first."""
    found = session.execute(proposals_near(here, at=now())).all()
    return [told(session, meeting, metres) for meeting, metres, _ in found]


@router.post("", status_code=201)
def propose_meeting(wish: MeetingIn, person: Acting, session: DbSession, _once: Once) -> MeetingOut:
    """Propose a meeting to the neighbours."""
    office = None
    if wish.office_id is not None:
        posts = session.scalars(posts_of(person.id))
        ours = {post.office_id for post in posts if post.role is Role.OFFICER}
        if wish.office_id not in ours:
            raise NotForThisOffice
        office = session.get_one(Office, wish.office_id)
    return told(session, propose(session, wish.offer(), by=person, office=office, at=now()))


@router.get("/{meeting_id}")
def read_meeting(meeting: TheMeeting, session: ReadSession, response: Response) -> MeetingOut:
    """One meeting, a proposal too."""
    tag(response, meeting.version)
    return told(session, meeting)


@router.put("/{meeting_id}")
def revise_meeting(
    meeting: MyChangedMeeting,
    wish: ProposalIn,
    seen: IfMatch,
    session: DbSession,
    response: Response,
) -> MeetingOut:
    """Write one's own proposal anew, while nobody supports it."""
    seen.expect(hold_proposal(session, meeting.id), wish)
    revised = revise(session, meeting, wish.offer(), at=now())
    tag(response, revised.version)
    return told(session, revised)


@router.post("/{meeting_id}/support", status_code=201)
def support_meeting(
    meeting: JoinedMeeting, wish: SupportIn, person: Acting, session: DbSession, _once: Once
) -> MeetingOut:
    """Say that one wants it, and which times suit."""
    support(session, meeting, person, wish.times, at=now())
    return told(session, meeting)


@router.delete("/{meeting_id}/support", status_code=204)
def withdraw_support(meeting: JoinedMeeting, person: Acting, session: DbSession) -> None:
    """Not any more."""
    withdraw(session, meeting, person)
