"""Meetings, from the proposal to the day: deeds, refusals, and what time does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person, Tongue
from geo_service.clock import now
from geo_service.geo.nearby import Circle
from geo_service.listings.models import Kind
from geo_service.listings.queries import Search, find
from geo_service.mail.models import Envelope
from geo_service.meetings.models import (
    Attendee,
    Going,
    Help,
    Interpreter,
    Meeting,
    MeetingState,
    Rule,
    Support,
    Time,
    Venue,
)
from geo_service.meetings.queries.meetings import (
    my_seats,
    our_meetings,
    the_seat,
    to_call,
    waiting_for_help,
)
from geo_service.meetings.queries.near import proposals_near, rooms_near
from geo_service.meetings.tasks.meetings import pass_time
from geo_service.meetings.workflow.announcing import REMIND
from geo_service.meetings.workflow.changing import answer, cancel, move
from geo_service.meetings.workflow.convening import WIPED_AFTER, convene
from geo_service.meetings.workflow.joining import (
    CODE_LENGTH,
    Guest,
    Wishes,
    a_code,
    called,
    change,
    hashed,
    join,
    leave,
)
from geo_service.meetings.workflow.problems import (
    MoreThanAllSeats,
    NoCentreHere,
    NotAProposal,
    NotAskedToHelp,
    NotConvened,
    NotOneOfItsTimes,
    NotSoManySeats,
    NotSupportedYet,
    RoomIsGone,
    SameTimeTwice,
    TimeIsPast,
    TooManyProposals,
    YouAreComing,
    YourOwnProposal,
)
from geo_service.meetings.workflow.proposing import propose, set_rule, support, withdraw
from geo_service.meetings.workflow.rooms import free_rooms
from geo_service.spaces.models import Booking, State, Wish
from geo_service.spaces.workflow.holding import book
from tests.accounts import a_dong_here
from tests.areas import inside
from tests.factories import HOME, an_office, walk
from tests.meetings import (
    CODE,
    a_guest,
    a_proposal,
    a_seat,
    an_offer,
    convened,
    in_days,
    seat_of,
    supported,
    times_of,
)
from tests.people import a_person, on_staff
from tests.plans import plan_of
from tests.spaces import ALL_DAY, a_room

LaterRuns = Callable[[datetime], int]


def letters(session: Session, person: Person) -> list[str]:
    """Subjects of what they were written."""
    found = select(Envelope.subject).where(Envelope.address == person.email)
    return list(session.scalars(found.order_by(Envelope.written_at)))


def an_evening_room(session: Session, **said: Any) -> Any:
    """A room beside HOME that is open at all hours."""
    usual = {"title": "마을 사랑방", "place": walk(200), "open_week": ALL_DAY, "capacity": 20}
    return a_room(session, **usual | said)


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
    assert letters(session, proposer) == [
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
    assert letters(session, officer) == ["동네이음: 이웃이 모임에 와서 도와 달라고 해요"]
    assert supporter is not None
    assert letters(session, supporter.person) == ["동네이음: 응원한 모임이 열려요"]
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
    assert letters(session, officer) == []


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


def test_seats_hold_and_the_line_moves_up(session: Session) -> None:
    meeting = convened(session)  # four seats, one taken by the proposer
    family, single, waits = (a_person(session) for _ in range(3))
    with pytest.raises(MoreThanAllSeats):
        join(session, meeting, family, Wishes(children=4), at=now())
    seat = a_seat(session, meeting, family, children=2)
    assert (seat.going, meeting.seats_left) == (Going.COMING, 0)
    with pytest.raises(YouAreComing):
        join(session, meeting, family, Wishes(), at=now())
    two = a_seat(session, meeting, waits, children=1)
    one = a_seat(session, meeting, single)
    assert (two.going, one.going) == (Going.WAITING, Going.WAITING)
    change(session, seat, Wishes(children=1), at=now())
    assert (two.going, one.going, meeting.seats_left) == (Going.WAITING, Going.COMING, 0)
    leave(session, seat, at=now())
    assert (two.going, meeting.taken) == (Going.COMING, 4)
    assert (
        letters(session, waits) == letters(session, single) == ["동네이음: 기다리던 자리가 났어요"]
    )
    with pytest.raises(NotSoManySeats):
        change(session, one, Wishes(children=1), at=now())
    with pytest.raises(MoreThanAllSeats):
        change(session, one, Wishes(children=4), at=now())


def test_a_guest_has_a_code_and_the_same_form_twice_is_one_seat(session: Session) -> None:
    meeting = convened(session)
    one = a_guest(session, meeting, interpreter=Interpreter.VI)
    assert len(CODE) == CODE_LENGTH
    assert hashed(f"{CODE[:4]} {CODE[4:8]}-{CODE[8:].lower()}") == one.code_hash
    assert session.scalar(the_seat(hashed(CODE))) is one
    assert one.phone is not None
    again = Guest(one.name, one.phone, CODE)
    assert join(session, meeting, again, Wishes(), at=now()) is one
    with pytest.raises(YouAreComing):
        join(session, meeting, Guest(one.name, one.phone, a_code(b"7" * 32)), Wishes(), at=now())
    assert meeting.taken == 2


def test_moved_and_cancelled_are_told_to_everybody(session: Session) -> None:
    meeting = convened(session)
    person, without_mail = a_person(session), a_person(session, email=None, email_confirmed_at=None)
    a_seat(session, meeting, person)
    a_seat(session, meeting, without_mail)
    guest = a_guest(session, meeting)
    before, at = meeting.during, now()
    by = meeting.proposed_by
    assert by is not None
    with pytest.raises(TimeIsPast):
        move(session, meeting, in_days(-1), by=by, at=at)
    move(session, meeting, in_days(6), why="비가 온대요", venue_words="정자", by=by, at=at)
    assert (meeting.moved_from, meeting.during, meeting.version) == (before, in_days(6), 2)
    assert (meeting.venue_words, meeting.help) == ("정자", Help.ASKED)
    waiting = session.scalars(to_call(meeting.id)).all()
    assert {one.id for one in waiting} >= {guest.id}
    assert len(waiting) == 2
    called(session, guest)
    assert guest.to_call_at is None
    cancel(session, meeting, why="다음에 해요", at=at)
    assert letters(session, person) == [
        "동네이음: 모임 시간이나 장소가 바뀌었어요",
        "동네이음: 모임이 취소되었어요",
    ]
    assert guest.to_call_at == at
    assert find(session, Search(HOME), at=now()).features == []
    for refused in (
        lambda: cancel(session, meeting, why="또", at=at),
        lambda: move(session, meeting, in_days(7), by=by, at=at),
        lambda: join(session, meeting, a_person(session), Wishes(), at=at),
        lambda: leave(session, guest, at=at),
    ):
        with pytest.raises(NotConvened):
            refused()


def test_the_room_moves_along_changes_or_is_given_back(session: Session) -> None:
    near, far = an_evening_room(session), an_evening_room(session, title="뒷방", place=walk(400))
    meeting = a_proposal(session, venue=Venue.ROOM, seats=10)
    first, _ = times_of(session, meeting)
    by, at = meeting.proposed_by, now()
    assert by is not None
    convene(session, meeting, first.id, room_id=near.id, by=by, for_office=True, at=at)
    move(session, meeting, in_days(5), room_id=near.id, by=by, at=at)
    booking = session.scalars(select(Booking)).one()
    assert booking.during == in_days(5)
    move(session, meeting, in_days(6), room_id=far.id, by=by, at=at)
    assert booking.state is State.CANCELLED
    assert meeting.booking is not None
    assert meeting.booking.space_id == far.id
    elsewhere = meeting.booking
    cancel(session, meeting, why="다음에 해요", at=at)
    assert elsewhere.state is State.CANCELLED


def test_a_withdrawn_proposal_is_told_to_who_supported_it(session: Session) -> None:
    meeting = supported(session, a_proposal(session), people=1)
    supporter = session.scalars(select(Support)).one().person
    cancel(session, meeting, why="다른 모임과 합쳐요", at=now())
    assert letters(session, supporter) == ["동네이음: 모임이 취소되었어요"]
    with pytest.raises(NotAProposal):
        support(session, meeting, a_person(session), [], at=now())


def test_the_officer_answers_and_the_proposer_is_told(session: Session) -> None:
    meeting = convened(session)
    assert session.scalar(waiting_for_help([meeting.office_id])) == 1
    answer(session, meeting, Help.COMING, "물을 가져갈게요", at=now())
    assert meeting.proposed_by is not None
    assert letters(session, meeting.proposed_by) == ["동네이음: 담당자가 와서 도와요"]
    assert session.scalar(waiting_for_help([meeting.office_id])) == 0
    with pytest.raises(NotAskedToHelp):
        answer(session, a_proposal(session), Help.COMING, "", at=now())


def test_the_day_before_everybody_with_mail_is_reminded(
    session: Session, later_runs: LaterRuns
) -> None:
    meeting = convened(session)
    person = a_person(session)
    a_seat(session, meeting, person)
    assert meeting.begins_at is not None
    later_runs(meeting.begins_at - timedelta(hours=25))
    assert letters(session, person) == []
    later_runs(meeting.begins_at - timedelta(hours=24))
    assert letters(session, person) == ["동네이음: 내일 모임이 있어요"]


def test_a_cancelled_meeting_reminds_nobody(session: Session, later_runs: LaterRuns) -> None:
    meeting = convened(session)
    begins_at, task = meeting.begins_at, f"{REMIND}:{meeting.id}"
    assert begins_at is not None
    waiting = text("SELECT count(*) FROM task WHERE key = :key")
    assert session.scalar(waiting, {"key": task}) == 1
    cancel(session, meeting, why="다음에 해요", at=now())
    assert session.scalar(waiting, {"key": task}) == 0
    later_runs(begins_at)


def test_time_holds_meetings_lets_proposals_lapse_and_wipes_guests(session: Session) -> None:
    meeting, proposal = convened(session), a_proposal(session)
    guest = a_guest(session, meeting, step_free=True)
    ends_at = meeting.ends_at
    assert ends_at is not None
    pass_time(session, {}, ends_at - timedelta(minutes=1))
    assert (meeting.state, proposal.state) == (MeetingState.CONVENED, MeetingState.PROPOSED)
    pass_time(session, {}, ends_at + timedelta(minutes=20))
    assert (meeting.state, meeting.closed_at) == (MeetingState.HELD, ends_at)
    pass_time(session, {}, ends_at + timedelta(days=2))
    assert proposal.state is MeetingState.LAPSED
    assert guest.phone is not None
    pass_time(session, {}, ends_at + WIPED_AFTER + timedelta(minutes=20))
    session.refresh(guest)
    assert (guest.name, guest.phone, guest.code_hash) == ("", None, None)
    assert guest.step_free
    assert guest.wiped_at is not None


REFUSED: dict[str, str] = {
    "meeting_form_check": "meeting SET form = 'war'",
    "meeting_venue_check": "meeting SET venue = 'moon'",
    "meeting_linked_check": "meeting SET link = 'https://example.org'",
    "meeting_linked_safely_check": "meeting SET venue = 'online', link = 'javascript:alert(1)'",
    "meeting_seated_check": "meeting SET seats = 501",
    "meeting_never_overfilled_check": "meeting SET taken = seats + 1",
    "meeting_needed_check": "meeting SET supporters_needed = 51",
    "meeting_state_check": "meeting SET state = 'dreamt'",
    "meeting_lasting_check": "meeting SET during = 'empty'",
    "meeting_timed_check": "meeting SET during = NULL",
    "meeting_help_check": "meeting SET help = 'maybe'",
    "meeting_moved_check": "meeting SET moved_from = during, moved_at = NULL",
    "meeting_versioned_check": "meeting SET version = 0",
    "meeting_time_lasting_check": "meeting_time SET during = '[2026-12-01,)'",
    "meeting_rule_supported_check": "meeting_rule SET supporters = 2",
    "meeting_attendee_going_check": "meeting_attendee SET going = 'perhaps'",
    "meeting_attendee_children_check": "meeting_attendee SET children = 10",
    "meeting_attendee_tongue_check": "meeting_attendee SET interpreter = 'la'",
    "meeting_attendee_callable_check": "meeting_attendee SET phone = '119' WHERE name <> ''",
    "meeting_attendee_hashed_check": "meeting_attendee SET code_hash = 'x' WHERE name <> ''",
    "meeting_attendee_known_check": "meeting_attendee SET name = '' WHERE name <> ''",
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_what_must_hold_the_database_holds(session: Session, constraint: str) -> None:
    meeting = convened(session)
    a_guest(session, meeting)
    session.add(Rule(office_id=meeting.office_id, supporters=3))
    session.flush()
    with pytest.raises((IntegrityError, StatementError), match=constraint):
        session.execute(text(f"UPDATE {REFUSED[constraint]}"))


def test_what_is_there_once_is_there_once(session: Session) -> None:
    meeting = convened(session)
    again = {"meeting_id": meeting.id}
    seat = Attendee(**again, person_id=meeting.proposed_by_id, going=Going.COMING, joined_at=now())
    time = Time(**again, during=times_of(session, meeting)[0].during)
    for twice, constraint in (
        (seat, "meeting_attendee_person_key"),
        (time, "meeting_time_once_key"),
    ):
        savepoint = session.begin_nested()
        session.add(twice)
        with pytest.raises(IntegrityError, match=constraint):
            session.flush()
        savepoint.rollback()


def test_every_question_has_its_index(session: Session) -> None:
    at, circle = now(), Circle(HOME, 1_000)
    office, person = an_office(session).id, a_person(session).id
    assert "listing_proposed_idx" in plan_of(session, proposals_near(HOME, at=at))
    rooms = rooms_near().params(at=at, **circle.binds)
    assert "listing_plane_idx" in plan_of(session, rooms)
    assert "meeting_attendee_person_id_idx" in plan_of(session, my_seats(person, since=at))
    assert "listing_office_id_idx" in plan_of(session, our_meetings([office], since=at))
    assert "meeting_attendee_line_idx" in plan_of(session, to_call(office))
    assert "meeting_attendee_code_key" in plan_of(session, the_seat(bytes(32)))
    for question in (proposals_near(HOME, at=at), my_seats(person, since=at)):
        assert "Seq Scan" not in plan_of(session, question)


def test_a_meeting_goes_with_its_listing(session: Session) -> None:
    meeting = convened(session)
    a_guest(session, meeting)
    session.execute(text("DELETE FROM listing WHERE id = :id"), {"id": meeting.id})
    assert session.scalar(select(func.count()).select_from(Attendee)) == 0
    assert session.scalar(select(func.count()).select_from(Meeting)) == 0
