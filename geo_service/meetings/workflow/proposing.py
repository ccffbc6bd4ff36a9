"""Propose a meeting, write it anew while nobody supports it, and support what others propose."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
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
    SupportedAsItIs,
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
    _expect_times(offer, at=at)
    if office is None:
        _expect_few(session, by)
    centre = office or _centre(session, offer.place)
    meeting = Meeting(
        **_said(session, offer),
        office_id=centre.id,
        source="office" if office else NEIGHBOUR,
        proposed_at=at,
        proposed_by_id=by.id,
        by_office=office is not None,
        supporters_needed=_needed(session, centre.id),
    )
    session.add(meeting)
    session.flush()
    session.add_all(Time(meeting_id=meeting.id, during=during) for during in offer.times)
    session.flush()
    return meeting


def revise(session: Session, meeting: Meeting, offer: Offer, *, at: datetime) -> Meeting:
    """Write a proposal anew: all of it, but for whom it is proposed, while nobody supports it.

    Whoever supports it supports what they read. At another place another dong centre may answer.
    Raises: NotAProposal, SupportedAsItIs, TimeIsPast, SameTimeTwice, NoCentreHere.
    """
    meeting = hold_proposal(session, meeting.id)
    if session.scalar(support_counted(meeting.id)):
        raise SupportedAsItIs
    _expect_times(offer, at=at)
    if not meeting.by_office and offer.place != meeting.place:
        meeting.office_id = _centre(session, offer.place).id
        meeting.supporters_needed = _needed(session, meeting.office_id)
    for name, value in _said(session, offer).items():
        setattr(meeting, name, value)
    meeting.version += 1
    session.execute(delete(Time).where(Time.meeting_id == meeting.id))
    session.add_all(Time(meeting_id=meeting.id, during=during) for during in offer.times)
    session.flush()
    session.expire(meeting, ["office"])
    return meeting


def _expect_times(offer: Offer, *, at: datetime) -> None:
    if len(set(offer.times)) < len(offer.times):
        raise SameTimeTwice
    for during in offer.times:
        expect_ahead(during, at=at)


def _said(session: Session, offer: Offer) -> dict[str, Any]:
    """What an offer says, by the columns of a meeting."""
    area = session.scalar(area_at(offer.place))
    return {
        "title": offer.title,
        "summary": offer.summary,
        "address": offer.address or (area.full_name if area else ""),
        "place": offer.place,
        "area_id": area.id if area else None,
        "form": offer.form,
        "venue": offer.venue,
        "venue_words": offer.venue_words,
        "link": offer.link if offer.venue is Venue.ONLINE else None,
        "bring": offer.bring,
        "seats": offer.seats,
        "named": offer.named,
    }


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


def _expect_few(session: Session, by: Person) -> None:
    mine = select(func.count()).where(
        Meeting.proposed_by_id == by.id, Meeting.by_office.is_(False), Meeting.state.in_(OPEN)
    )
    if (session.scalar(mine) or 0) >= MOST_OPEN:
        raise TooManyProposals


def _centre(session: Session, place: Place) -> Office:
    duty = centre_for(session, place)
    if duty is None:
        raise NoCentreHere
    return duty.office


def _needed(session: Session, office_id: UUID) -> int:
    rule = session.get(Rule, office_id)
    return rule.supporters if rule else SUPPORTERS
