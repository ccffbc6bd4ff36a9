"""What the database itself holds of meetings: constraints, indexes, and the way they go."""

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.geo.nearby import Circle
from geo_service.meetings.models import Attendee, Going, Meeting, Rule, Time
from geo_service.meetings.queries.meetings import my_seats, our_meetings, the_seat, to_call
from geo_service.meetings.queries.near import proposals_near, rooms_near
from tests.factories import HOME, an_office
from tests.meetings import a_guest, convened, times_of
from tests.people import a_person
from tests.plans import crowd, plan_of
from tests.spaces import a_room

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


def test_every_question_has_its_index(session: Session, logins: tuple[Connection, ...]) -> None:
    crowd(logins[3], "listing", "space", "space_terms", "meeting", "meeting_attendee")
    at, circle = now(), Circle(HOME, 1_000)
    a_guest(session, convened(session))
    a_room(session)
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
