"""Rooms of the inventory: which are free near a meeting, and the one that is booked for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.areas.queries import area_at
from geo_service.errors import Problem
from geo_service.geo.nearby import Circle
from geo_service.meetings.models import Meeting, Room, Venue
from geo_service.meetings.queries.near import ROOMS_WITHIN_M, rooms_near
from geo_service.meetings.workflow.problems import RoomIsGone, SayWhereElse
from geo_service.spaces.models import Booking, State, Terms, Wish
from geo_service.spaces.queries.taken import IN_THE_WAY, in_the_way_of
from geo_service.spaces.queries.tree import LINEAGE
from geo_service.spaces.workflow.changing import move as move_booking
from geo_service.spaces.workflow.claiming import with_buffers
from geo_service.spaces.workflow.ending import end, entered_for
from geo_service.spaces.workflow.holding import book
from geo_service.spaces.workflow.problems import NotBookable, SlotIsTaken
from geo_service.spaces.workflow.rules import check_wish
from geo_service.spaces.workflow.standing import is_neighbour

FEW = 5
"""Rooms to choose from; more would only make one wonder."""


def free_rooms(
    session: Session, meeting: Meeting, during: Range[datetime], by: Person, *, at: datetime
) -> list[Room]:
    """Those that somebody may book for it then. Order: nearest first."""
    circle = Circle(meeting.place, ROOMS_WITHIN_M)
    if not circle.on_plane:
        return []
    found: list[Room] = []
    for terms, metres in session.execute(rooms_near(), {"at": at, **circle.binds}):
        if len(found) < FEW and _fits(session, meeting, terms, during, by, at=at):
            found.append(Room(terms, metres))
    return found


def take_room(  # noqa: PLR0913 — all of them are needed
    session: Session,
    meeting: Meeting,
    space_id: UUID,
    during: Range[datetime],
    by: Person,
    *,
    at: datetime,
) -> None:
    """Book it in the name of who convenes, and meet there. What was booked before is given back.

    Raises: RoomIsGone, which names the next one that is free; and why they may not book at all.
    """
    wish = Wish(during, purpose=meeting.title, people=meeting.seats)
    try:
        with session.begin_nested():
            booking = _booked(session, meeting, space_id, wish, by, at=at)
    except (SlotIsTaken, NotBookable) as refusal:
        others = free_rooms(session, meeting, during, by, at=at)
        follows = next((room for room in others if room.space.id != space_id), None)
        raise RoomIsGone(
            next=follows.space.title if follows else None,
            next_id=str(follows.space.id) if follows else None,
        ) from refusal
    space = booking.space
    if meeting.asked_place is None:
        meeting.asked_place, meeting.asked_address = meeting.place, meeting.address
    meeting.booking_id = booking.id
    meeting.venue, meeting.venue_words, meeting.link = Venue.ROOM, space.title, None
    meeting.place, meeting.address, meeting.area_id = space.place, space.address, space.area_id
    session.flush()


def meet_elsewhere(session: Session, meeting: Meeting, words: str, *, at: datetime) -> None:
    """Give the room back, and meet around where the meeting was proposed.

    Raises: SayWhereElse, where the room would go and only its name stay.
    """
    if meeting.asked_place is not None and words in ("", meeting.venue_words):
        raise SayWhereElse("venue_words", SayWhereElse.title())
    give_room_back(session, meeting, at=at)
    meeting.venue_words = words or meeting.venue_words
    if meeting.asked_place is not None:
        meeting.place, meeting.address = meeting.asked_place, meeting.asked_address
        area = session.scalar(area_at(meeting.place))
        meeting.area_id = area.id if area else None
        meeting.asked_place, meeting.asked_address = None, ""
    session.flush()


def give_room_back(session: Session, meeting: Meeting, *, at: datetime) -> None:
    """Others may have it, whatever the deadline: nobody would come."""
    booking = session.get(Booking, meeting.booking_id) if meeting.booking_id else None
    meeting.booking_id = None
    session.flush()
    if booking is None:
        return
    with entered_for(session, booking, at=at) as house:
        if booking.state in (State.HELD, State.ASKED, State.CONFIRMED):
            end(house, [booking], State.CANCELLED, by_id=booking.person_id)


def _booked(  # noqa: PLR0913 — all of them are needed
    session: Session, meeting: Meeting, space_id: UUID, wish: Wish, by: Person, *, at: datetime
) -> Booking:
    before = session.get(Booking, meeting.booking_id) if meeting.booking_id else None
    if before is not None and before.is_live and before.space_id == space_id:
        move_booking(session, before, wish, at=at)
        return before
    booking = book(session, space_id, by, wish, at=at)
    give_room_back(session, meeting, at=at)
    return booking


def _fits(  # noqa: PLR0913 — a wish, its room and who has it
    session: Session,
    meeting: Meeting,
    terms: Terms,
    during: Range[datetime],
    by: Person,
    *,
    at: datetime,
) -> bool:
    try:
        check_wish(terms, during, unit_no=None, people=meeting.seats, at=at)
    except Problem:
        return False
    around = session.scalars(LINEAGE, {"space_id": terms.space_id}).all()[1:]
    values = in_the_way_of(
        terms, around, with_buffers(terms, during), at=at, without=meeting.booking_id
    )
    taken = session.execute(IN_THE_WAY, values).first() is not None
    return not taken and is_neighbour(session, terms, by)
