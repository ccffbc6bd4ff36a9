"""Rooms of meetings: what taking one changes, what giving it back restores, and why one may not."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.meetings.models import Meeting, Venue
from geo_service.meetings.workflow.changing import move
from geo_service.meetings.workflow.convening import convene
from geo_service.meetings.workflow.problems import SayWhereElse
from geo_service.spaces.models import Booking, Who
from geo_service.spaces.workflow.problems import OnlyForNeighbours, TooShort
from tests.factories import HOME
from tests.meetings import a_proposal, an_evening_room, in_days, times_of
from tests.people import a_person


def in_a_room(session: Session, **said: Any) -> Meeting:
    room = an_evening_room(session, address="광주광역시 광산구 사랑로 1")
    meeting = a_proposal(session, address="광주광역시 광산구 골목길 2", **said)
    by, first = a_person(session), times_of(session, meeting)[0]
    return convene(session, meeting, first.id, room_id=room.id, by=by, for_office=True, at=now())


def test_an_online_meeting_in_a_room_has_no_link_any_more(session: Session) -> None:
    meeting = in_a_room(session, venue=Venue.ONLINE, link="https://meet.example.org/alley")
    assert (meeting.venue, meeting.link) == (Venue.ROOM, None)


def test_who_meets_elsewhere_meets_where_the_meeting_was_proposed(session: Session) -> None:
    meeting = in_a_room(session)
    by, at = a_person(session), now()
    assert (meeting.place == HOME, meeting.address) == (False, "광주광역시 광산구 사랑로 1")
    move(session, meeting, in_days(5), venue_words="느티나무 아래", by=by, at=at)
    session.expire_all()
    assert (meeting.place, meeting.address) == (HOME, "광주광역시 광산구 골목길 2")
    assert (meeting.venue_words, meeting.booking_id) == ("느티나무 아래", None)
    move(session, meeting, in_days(6), by=by, at=at)
    assert meeting.venue_words == "느티나무 아래"


@pytest.mark.parametrize("words", ["", "마을 사랑방"])
def test_a_room_is_not_given_back_while_its_name_stays(session: Session, words: str) -> None:
    meeting = in_a_room(session)
    with pytest.raises(SayWhereElse):
        move(session, meeting, in_days(5), venue_words=words, by=a_person(session), at=now())
    assert session.get_one(Booking, meeting.booking_id).is_live


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [({"who": Who.DONG}, OnlyForNeighbours), ({"min_minutes": 240}, TooShort)],
)
def test_why_one_may_not_book_a_room_is_said(
    session: Session, terms: dict[str, Any], refusal: type[Exception]
) -> None:
    room, meeting = an_evening_room(session, terms=terms), a_proposal(session)
    first = times_of(session, meeting)[0]
    how: dict[str, Any] = {"by": a_person(session), "for_office": True, "at": now()}
    with pytest.raises(refusal):
        convene(session, meeting, first.id, room_id=room.id, **how)
