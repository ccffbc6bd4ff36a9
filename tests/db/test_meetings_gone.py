"""What was taken away meanwhile is missing, not broken."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.meetings.models import Choice, Wishes
from geo_service.meetings.workflow.deciding import DecisionIsGone, vote, withdraw
from geo_service.meetings.workflow.joining import change, leave
from geo_service.meetings.workflow.problems import SeatIsGivenUp
from tests.meeting_records import a_ballot, a_convened_meeting
from tests.meetings import a_seat, convened
from tests.people import a_person


def test_a_seat_that_was_just_given_up_is_missing(session: Session) -> None:
    meeting = convened(session)
    seat = a_seat(session, meeting, a_person(session))
    session.execute(text("DELETE FROM meeting_attendee WHERE id = :id"), {"id": seat.id})
    for deed in (
        lambda: change(session, seat, Wishes(children=1), at=now()),
        lambda: leave(session, seat, at=now()),
    ):
        with pytest.raises(SeatIsGivenUp):
            deed()


def test_a_question_that_was_just_taken_back_is_missing(session: Session) -> None:
    meeting = a_convened_meeting(session)
    ballot, person = a_ballot(session, meeting), a_person(session)
    session.execute(text("DELETE FROM meeting_decision WHERE id = :id"), {"id": ballot.id})
    for deed in (
        lambda: vote(session, ballot, person.id, Choice.YES, at=now()),
        lambda: withdraw(session, meeting, ballot, at=now()),
    ):
        with pytest.raises(DecisionIsGone):
            deed()
