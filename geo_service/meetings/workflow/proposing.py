"""Propose a meeting, and support what others propose."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.areas.queries import area_at
from geo_service.geo.place import Place
from geo_service.mail import send
from geo_service.meetings.letters import meetings as letters
from geo_service.meetings.models import (
    OPEN,
    SUPPORTERS,
    Meeting,
    MeetingState,
    Offer,
    Rule,
    Suit,
    Support,
    Time,
    Venue,
)
from geo_service.meetings.queries.meetings import support_counted
from geo_service.meetings.workflow.problems import (
    NoCentreHere,
    NotOneOfItsTimes,
    SameTimeTwice,
    TooManyProposals,
    YourOwnProposal,
)
from geo_service.meetings.workflow.standing import expect_ahead, hold_proposal
from geo_service.offices.models import Office
from geo_service.offices.workflow.duty import centre_for

NEIGHBOUR = "이웃 제안"
"""The source of what a neighbour proposes."""

MOST_OPEN = 3
"""Proposals that one person may have open at once."""


def propose(
    session: Session, offer: Offer, *, by: Person, office: Office | None = None, at: datetime
) -> Meeting:
    """A proposal to the neighbours; of an `office`, if it proposes it.

    Raises: NoCentreHere, TooManyProposals, TimeIsPast, SameTimeTwice.
    """
    if len(set(offer.times)) < len(offer.times):
        raise SameTimeTwice
    for during in offer.times:
        expect_ahead(during, at=at)
    centre = office or _centre(session, by, offer.place)
    area = session.scalar(area_at(offer.place))
    meeting = Meeting(
        title=offer.title,
        summary=offer.summary,
        address=offer.address or (area.full_name if area else ""),
        place=offer.place,
        area_id=area.id if area else None,
        office_id=centre.id,
        source="office" if office else NEIGHBOUR,
        form=offer.form,
        venue=offer.venue,
        venue_words=offer.venue_words,
        link=offer.link if offer.venue is Venue.ONLINE else None,
        bring=offer.bring,
        seats=offer.seats,
        proposed_at=at,
        proposed_by_id=by.id,
        by_office=office is not None,
        named=offer.named,
        supporters_needed=_needed(session, centre.id),
    )
    session.add(meeting)
    session.flush()
    session.add_all(Time(meeting_id=meeting.id, during=during) for during in offer.times)
    session.flush()
    return meeting


def support(
    session: Session, meeting: Meeting, person: Person, times: Collection[UUID], *, at: datetime
) -> None:
    """Say that one wants it, and which of its times suit. Again, it changes the times.

    Raises: NotAProposal, YourOwnProposal, NotOneOfItsTimes.
    """
    meeting = hold_proposal(session, meeting.id)
    if meeting.proposed_by_id == person.id:
        raise YourOwnProposal
    its = select(Time.id).where(Time.meeting_id == meeting.id, func.lower(Time.during) > at)
    if not set(times) <= set(session.scalars(its)):
        raise NotOneOfItsTimes
    mine = {"meeting_id": meeting.id, "person_id": person.id}
    session.execute(insert(Support).values(**mine, supported_at=at).on_conflict_do_nothing())
    session.execute(delete(Suit).filter_by(**mine))
    session.add_all(Suit(**mine, time_id=time_id) for time_id in set(times))
    session.flush()
    _count(session, meeting)


def withdraw(session: Session, meeting: Meeting, person: Person) -> None:
    """Support it no longer; who did not, changes nothing. Raises: NotAProposal."""
    meeting = hold_proposal(session, meeting.id)
    session.execute(delete(Support).filter_by(meeting_id=meeting.id, person_id=person.id))
    session.flush()
    _count(session, meeting)


def set_rule(session: Session, office_id: UUID, supporters: int) -> None:
    """So many must support what is proposed from now on."""
    wanted = insert(Rule).values(office_id=office_id, supporters=supporters)
    session.execute(
        wanted.on_conflict_do_update(
            index_elements=[Rule.office_id], set_={"supporters": supporters}
        )
    )


def _count(session: Session, meeting: Meeting) -> None:
    """Tell the proposer when it is enough; what is withdrawn counts back."""
    is_enough = (session.scalar(support_counted(meeting.id)) or 0) >= meeting.supporters_needed
    if is_enough == (meeting.state is MeetingState.SUPPORTED):
        return
    meeting.state = MeetingState.SUPPORTED if is_enough else MeetingState.PROPOSED
    session.flush()
    if is_enough and (proposer := meeting.proposed_by):
        send(session, proposer.email, letters.supported(meeting, proposer.tongue))


def _centre(session: Session, by: Person, place: Place) -> Office:
    mine = select(func.count()).where(
        Meeting.proposed_by_id == by.id, Meeting.by_office.is_(False), Meeting.state.in_(OPEN)
    )
    if (session.scalar(mine) or 0) >= MOST_OPEN:
        raise TooManyProposals
    duty = centre_for(session, place)
    if duty is None:
        raise NoCentreHere
    return duty.office


def _needed(session: Session, office_id: UUID) -> int:
    rule = session.get(Rule, office_id)
    return rule.supporters if rule else SUPPORTERS
