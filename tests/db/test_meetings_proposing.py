"""Proposals: who makes them, who supports them, and how one is convened, perhaps in a room."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Tongue
from geo_service.clock import now
from geo_service.listings.models import Kind
from geo_service.listings.queries import Search, find
from geo_service.meetings.models import Going, Help, MeetingState, Support, Venue
from geo_service.meetings.queries.near import proposals_near
from geo_service.meetings.workflow.changing import cancel
from geo_service.meetings.workflow.convening import convene
from geo_service.meetings.workflow.problems import (
    NoCentreHere,
    NotAProposal,
    NotOneOfItsTimes,
    NotSupportedYet,
    RoomIsGone,
    SameTimeTwice,
    TimeIsPast,
    TooManyProposals,
    YourOwnProposal,
)
from geo_service.meetings.workflow.proposing import propose, set_rule, support, withdraw
from geo_service.meetings.workflow.rooms import free_rooms
from geo_service.spaces.models import Booking, State, Wish
from geo_service.spaces.workflow.holding import book
from tests.accounts import a_dong_here
from tests.areas import inside
from tests.factories import HOME, an_office, walk
from tests.letters import subjects_to
from tests.meetings import (
    a_proposal,
    an_evening_room,
    an_offer,
    in_days,
    seat_of,
    supported,
    times_of,
)
from tests.people import a_person, on_staff


def test_a_neighbour_proposes_to_the_centre_that_answers(session: Session) -> None:
    a_dong_here(session)
    person = a_person(session)
    with pytest.raises(NoCentreHere):
        propose(session, an_offer(place=inside(0)), by=person, at=now())


def test_a_proposal_is_in_no_list_but_that_of_proposals(session: Session) -> None:
    meeting = a_proposal(session)
    assert find(session, Search(HOME), at=now()).features == []
    (row,) = session.execute(proposals_near(walk(300), at=now())).all()
    assert (row[0].id, round(row[1]), row[2]) == (meeting.id, 300, 0)
    assert session.execute(proposals_near(walk(2_100), at=now())).all() == []
    assert session.execute(proposals_near(HOME, at=now() + timedelta(days=9))).all() == []


def test_times_lie_ahead_and_differ(session: Session) -> None:
    person, office = a_person(session), an_office(session)
    for times, problem in (
        ((in_days(-1),), TimeIsPast),
        ((in_days(120),), TimeIsPast),
        ((in_days(3), in_days(3)), SameTimeTwice),
    ):
        with pytest.raises(problem):
            propose(session, an_offer(times=times), by=person, office=office, at=now())


def test_one_person_has_three_open_proposals(session: Session) -> None:
    person = a_person(session)
    for _ in range(3):
        a_proposal(session, person)
    with pytest.raises(TooManyProposals):
        propose(session, an_offer(), by=person, at=now())


def test_three_neighbours_make_it_ripe_and_its_proposer_is_told(session: Session) -> None:
    proposer = a_person(session, tongue=Tongue.EN)
    meeting = supported(session, a_proposal(session, proposer), people=2)
    assert meeting.state is MeetingState.PROPOSED
    last, (first, second) = a_person(session), times_of(session, meeting)
    support(session, meeting, last, [first.id, second.id], at=now())
    assert meeting.state is MeetingState.SUPPORTED
    assert subjects_to(session, proposer) == [
        "Dongne-ieum: your neighbours support “골목 화단을 함께 가꾸어요”"
    ]
    support(session, meeting, last, [], at=now())
    assert session.scalar(select(func.count()).select_from(Support)) == 3
    withdraw(session, meeting, last)
    assert meeting.state is MeetingState.PROPOSED


def test_the_dong_centre_sets_how_many_it_takes(session: Session) -> None:
    office = an_office(session)
    set_rule(session, office.id, 5)
    set_rule(session, office.id, 4)
    assert supported(session, a_proposal(session, office=office)).supporters_needed == 4


def test_nobody_supports_their_own_or_at_another_time(session: Session) -> None:
    meeting, other = a_proposal(session), a_proposal(session)
    person = a_person(session)
    assert meeting.proposed_by is not None
    with pytest.raises(YourOwnProposal):
        support(session, meeting, meeting.proposed_by, [], at=now())
    with pytest.raises(NotOneOfItsTimes):
        support(session, meeting, person, [times_of(session, other)[0].id], at=now())
    late = now() + timedelta(days=4, hours=12)
    with pytest.raises(NotOneOfItsTimes):
        support(session, meeting, person, [times_of(session, meeting)[0].id], at=late)


def test_a_withdrawn_proposal_is_told_to_who_supported_it(session: Session) -> None:
    meeting = supported(session, a_proposal(session), people=1)
    supporter = session.scalars(select(Support)).one().person
    cancel(session, meeting, why="다른 모임과 합쳐요", at=now())
    assert subjects_to(session, supporter) == ["동네이음: 모임이 취소되었어요"]
    with pytest.raises(NotAProposal):
        support(session, meeting, a_person(session), [], at=now())


def test_convened_it_is_found_nearby_and_everybody_knows(session: Session) -> None:
    meeting = supported(session, a_proposal(session))
    officer = on_staff(session, meeting.office_id)
    supporter = session.scalars(select(Support)).first()
    first, _ = times_of(session, meeting)
    assert meeting.proposed_by is not None
    convene(
        session,
        meeting,
        first.id,
        room_id=None,
        by=meeting.proposed_by,
        for_office=False,
        at=now(),
    )
    (feature,) = find(session, Search(HOME, kinds=(Kind.MEETING,)), at=now()).features
    told = feature["properties"]
    assert (told["title"], told["form"], told["seats_left"]) == (meeting.title, "meeting", 3)
    assert (told["kind"], told["url"]) == ("meeting", f"/meetings/{meeting.id}")
    assert datetime.fromisoformat(told["begins_at"]) == first.begins_at
    assert meeting.help is Help.ASKED
    assert subjects_to(session, officer) == ["동네이음: 이웃이 모임에 와서 도와 달라고 해요"]
    assert supporter is not None
    assert subjects_to(session, supporter.person) == ["동네이음: 응원한 모임이 열려요"]
    assert meeting.proposed_by_id is not None
    seat = seat_of(session, meeting, meeting.proposed_by_id)
    assert seat is not None
    assert seat.going is Going.COMING


def test_without_support_only_an_office_convenes(session: Session) -> None:
    meeting = supported(session, a_proposal(session), people=1)
    first, second = times_of(session, meeting)
    by = meeting.proposed_by
    assert by is not None
    how: dict[str, Any] = {"room_id": None, "by": by, "at": now()}
    with pytest.raises(NotSupportedYet) as missing:
        convene(session, meeting, first.id, for_office=False, **how)
    assert missing.value.facts == {"missing": 2}
    with pytest.raises(NotOneOfItsTimes):
        convene(
            session, meeting, times_of(session, a_proposal(session))[0].id, for_office=True, **how
        )
    convene(session, meeting, second.id, for_office=True, **how)
    with pytest.raises(NotAProposal):
        convene(session, meeting, first.id, for_office=True, **how)


def test_what_an_office_proposes_needs_no_help_and_takes_no_seat(session: Session) -> None:
    office = an_office(session)
    officer = on_staff(session, office.id)
    meeting = propose(session, an_offer(), by=officer, office=office, at=now())
    (first, _) = times_of(session, meeting)
    convene(session, meeting, first.id, room_id=None, by=officer, for_office=True, at=now())
    assert (meeting.help, meeting.taken) == (Help.COMING, 0)
    assert subjects_to(session, officer) == []


def test_the_nearest_free_room_is_booked_in_the_same_step(session: Session) -> None:
    near = an_evening_room(session)
    an_evening_room(session, title="작은 방", place=walk(100), capacity=2)
    an_evening_room(session, title="허락이 필요한 방", terms={"needs_approval": True})
    an_evening_room(session, title="아침 방", open_week=[Range(540, 720)])
    far = an_evening_room(session, title="먼 사랑방", place=walk(700))
    an_evening_room(session, title="너무 먼 방", place=walk(1_100))
    meeting = a_proposal(session, venue=Venue.ROOM, seats=10)
    first, _ = times_of(session, meeting)
    by = meeting.proposed_by
    assert by is not None
    rooms = free_rooms(session, meeting, first.during, by, at=now())
    assert [(room.space.id, round(room.metres)) for room in rooms] == [
        (near.id, 200),
        (far.id, 700),
    ]
    convene(session, meeting, first.id, room_id=near.id, by=by, for_office=True, at=now())
    booking = session.scalars(select(Booking)).one()
    assert (booking.space_id, booking.state, booking.person_id) == (
        near.id,
        State.CONFIRMED,
        by.id,
    )
    assert (meeting.place, meeting.venue_words) == (near.place, "마을 사랑방")


def test_who_comes_too_late_is_told_the_next_free_room(session: Session) -> None:
    near, far = an_evening_room(session), an_evening_room(session, title="뒷방", place=walk(400))
    meeting = a_proposal(session, venue=Venue.ROOM, seats=10)
    first, _ = times_of(session, meeting)
    by = meeting.proposed_by
    assert by is not None
    book(session, near.id, a_person(session), Wish(first.during), at=now())
    how: dict[str, Any] = {"by": by, "for_office": True, "at": now()}
    with pytest.raises(RoomIsGone) as gone:
        convene(session, meeting, first.id, room_id=near.id, **how)
    assert gone.value.facts == {"next": "뒷방", "next_id": str(far.id)}
    assert meeting.booking_id is None
    convene(session, meeting, first.id, room_id=far.id, **how)
    assert meeting.booking is not None
