"""What PostgreSQL itself holds true of bookings, and which index answers."""

from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from geo_service import tables
from geo_service.accounts.models import Person
from geo_service.spaces.models import Booking, Claim, Space, Terms, Wish
from geo_service.spaces.queries import bookings as asked
from geo_service.spaces.queries.line import WAITING
from geo_service.spaces.queries.standing import STANDING
from geo_service.spaces.queries.taken import IN_THE_WAY, OVER, in_the_way_of
from geo_service.spaces.queries.tree import HOUSEHOLD, LINEAGE
from geo_service.spaces.workflow.holding import book, hold
from geo_service.spaces.workflow.problems import SomebodyWasFaster
from geo_service.spaces.workflow.queueing import wait
from geo_service.spaces.workflow.repeating import hold_series
from tests.people import a_person
from tests.plans import crowd, plan_of
from tests.spaces import MONDAY, a_room, hours

TERMS = {
    "space_terms_use_check": "use = 'yearly'",
    "space_terms_who_check": "who = 'friends'",
    "space_terms_counted_check": "units = 0",
    "space_terms_stepped_check": "step_minutes = 1",
    "space_terms_long_enough_check": "min_minutes = 300",
    "space_terms_buffered_check": "after_minutes = -1",
    "space_terms_noticed_check": "notice_minutes = -1",
    "space_terms_ahead_check": "ahead_days = 0",
    "space_terms_cancelled_check": "cancel_minutes = -1",
    "space_terms_priced_check": "price_minutes = 0",
    "space_terms_some_bookings_check": "quota_bookings = 0",
    "space_terms_some_minutes_check": "quota_minutes = 0",
    "space_terms_quota_period_check": "quota_period = 'day'",
    "space_terms_checked_in_check": "check_in_minutes = -1",
    "space_terms_released_check": "no_show_minutes = 0",
    "space_terms_struck_check": "strikes = 0",
    "space_terms_forgiven_check": "strike_days = 0",
    "space_terms_by_the_month_check": "min_months = 0",
}
BOOKINGS = {
    "booking_state_check": "state = 'lost', held_until = NULL",
    "booking_use_check": "use = 'yearly'",
    "booking_numbered_check": "unit_no = -1",
    "booking_begins_check": "during = 'empty'",
    "booking_ends_check": "during = tstzrange(lower(during), NULL)",
    "booking_held_check": "state = 'confirmed'",
    "booking_checked_in_check": "checked_in_at = now()",
    "booking_coded_check": "code = '12345a'",
    "booking_priced_check": "price_won = -1",
    "booking_attended_check": "people = 0",
}
CLAIMS = {
    "booking_claim_held_check": "holder_id = gen_random_uuid()",
    "booking_claim_numbered_check": "unit_no = -1",
    "booking_claim_shared_as_a_whole_check": "holder_id = space_id, unit_no = 1",
    "booking_claim_takes_time_check": "during = 'empty'",
}
QUOTAS = {
    "booking_quota_period_check": "period = 'day'",
    "booking_quota_counted_check": "minutes = -1",
    "booking_quota_within_check": "most_bookings = 0",
}
WAITS = {
    "booking_waiting_state_check": "state = 'bored'",
    "booking_waiting_timed_check": "during = tstzrange(lower(during), NULL)",
    "booking_waiting_offered_check": "state = 'offered'",
}
ALL = [
    (table, constraint, change)
    for table, changes in {
        "space_terms": TERMS,
        "booking": BOOKINGS,
        "booking_claim": CLAIMS,
        "booking_quota": QUOTAS,
        "booking_waiting": WAITS,
    }.items()
    for constraint, change in changes.items()
]
ELSEWHERE = {"booking_series_repeats_check", "booking_strike_expires_check"}
"""Broken by tests of their own, below."""


@pytest.fixture
def person(session: Session) -> Person:
    return a_person(session)


@pytest.fixture
def room(session: Session, person: Person) -> Space:
    return a_wanted_room(session, person)


def a_wanted_room(session: Session, person: Person) -> Space:
    """With one hold in it, and somebody waiting."""
    room = a_room(session)
    hold(session, room.id, person, Wish(hours(10, 12)), at=MONDAY)
    wait(session, room.id, a_person(session), hours(10, 12), at=MONDAY)
    return room


@pytest.mark.parametrize(("table", "constraint", "change"), ALL)
def test_nonsense_is_refused(
    session: Session, room: Space, table: str, constraint: str, change: str
) -> None:
    assert room.id
    with pytest.raises(DBAPIError, match=constraint):
        session.execute(text(f"UPDATE {table} SET {change}"))  # noqa: S608 (our own words)


def test_a_series_repeats(session: Session, room: Space, person: Person) -> None:
    with pytest.raises(DBAPIError, match="booking_series_repeats_check"):
        hold_series(session, room.id, person, Wish(hours(14, 15)), 1, at=MONDAY)


def test_a_strike_expires(session: Session, room: Space) -> None:
    assert room.id
    words = (
        "INSERT INTO booking_strike SELECT b.id, person_id, office_id, made_at, made_at"
        " FROM booking b JOIN listing l ON l.id = b.space_id"
    )
    with pytest.raises(DBAPIError, match="booking_strike_expires_check"):
        session.execute(text(words))


def test_every_check_is_broken_once() -> None:
    named = {
        str(constraint.name)
        for table in tables.complete().tables.values()
        if table.name in {table for table, _, _ in ALL} | {"booking_series", "booking_strike"}
        for constraint in table.constraints
        if str(constraint.name).endswith("_check")
    }
    assert named == {constraint for _, constraint, _ in ALL} | ELSEWHERE


def claim(session: Session, room: Space, holder: str) -> None:
    """A second booking of the same time, written past all deeds."""
    first = session.scalars(select(Booking)).one()
    again = Booking(
        space_id=room.id,
        person_id=first.person_id,
        during=first.during,
        held_until=first.held_until,
        code="000000",
        made_at=MONDAY,
    )
    session.add(again)
    session.flush()
    holder_id = again.id if holder == "alone" else room.id
    session.add(
        Claim(
            booking_id=again.id,
            space_id=room.id,
            unit_no=0,
            holder_id=holder_id,
            during=Range(first.during.lower, first.during.upper),
        )
    )
    session.flush()


@pytest.mark.parametrize("holder", ["alone", "shared"])
def test_nobody_gets_past_the_claims(session: Session, room: Space, holder: str) -> None:
    with pytest.raises(DBAPIError, match="booking_claim_one_holder"):
        claim(session, room, holder)


def test_parts_claim_their_whole_together(session: Session) -> None:
    hall = a_room(session)
    for _ in range(2):
        part = a_room(session, part_of_id=hall.id)
        book(session, part.id, a_person(session), Wish(hours(10, 12)), at=MONDAY)
    shared = select(Claim).where(Claim.space_id == hall.id, Claim.holder_id == hall.id)
    assert len(session.scalars(shared).all()) == 2


def test_nobody_waits_twice_for_the_same(session: Session, room: Space) -> None:
    assert room.id
    twice = (
        "INSERT INTO booking_waiting SELECT gen_random_uuid(), space_id, person_id, during, since,"
        " state FROM booking_waiting"
    )
    with pytest.raises(DBAPIError, match="booking_waiting_once_key"):
        session.execute(text(twice))


def test_what_happened_stays_as_it_was_written(session: Session, room: Space) -> None:
    assert room.id
    with pytest.raises(DBAPIError, match="permission denied"):
        session.execute(text("UPDATE booking_event SET deed = 'nothing'"))


def questions(room: Space, person: Person, terms: Terms) -> list[tuple[str, Any, dict[str, Any]]]:
    """Every question with its values, and before it the index that should answer."""
    house = {"house_id": room.id, "at": MONDAY}
    whose = {"person_id": person.id, "office_id": room.office_id, "strikes": 3}
    near = hours(0, 24)
    offices = [room.office_id]
    return [
        ("booking_claim_one_holder", IN_THE_WAY, in_the_way_of(terms, [], near, at=MONDAY)),
        ("booking_held_idx", OVER, house),
        ("booking_waiting_space_id_idx", WAITING, house | {"near": near}),
        ("booking_strike_person_id_idx", STANDING, house | whose),
        ("space_part_of_id_idx", HOUSEHOLD, house),
        ("space_pkey", LINEAGE, {"space_id": room.id}),
        ("booking_person_id_idx", asked.my_bookings(person.id, since=MONDAY), {}),
        ("booking_series_person_id_idx", asked.all_my_series(person.id), {}),
        ("booking_series_id_idx", asked.bookings_of(room.id), {}),
        ("booking_waiting_person_id_idx", asked.my_waiting(person.id), {}),
        ("booking_asked_idx", asked.requests_to(offices), {}),
        ("booking_space_id_during_idx", asked.office_bookings(offices, near), {}),
        ("booking_event_booking_id_idx", asked.events_of(room.id), {}),
        ("booking_space_id_during_idx", asked.slot_of(room.id, "000000", at=MONDAY), {}),
    ]


def test_an_index_answers_every_question(
    session: Session, person: Person, logins: tuple[Connection, ...]
) -> None:
    crowd(logins[3], "listing", "space", "booking")
    room = a_wanted_room(session, person)
    terms = session.get_one(Terms, room.id)
    for index, question, values in questions(room, person, terms):
        plan = plan_of(session, question.params(**values))
        assert index in plan, plan


def test_nobody_waits_long_for_others_in_the_house(
    engine: Engine, session: Session, person: Person
) -> None:
    room = a_room(session)
    key = int.from_bytes(room.id.bytes[:8], signed=True)
    with engine.connect() as other, other.begin():
        other.execute(select(func.pg_advisory_xact_lock(key)))
        with pytest.raises(SomebodyWasFaster), session.begin_nested():
            hold(session, room.id, person, Wish(hours(14, 15)), at=MONDAY)
    assert hold(session, room.id, person, Wish(hours(14, 15)), at=MONDAY)
