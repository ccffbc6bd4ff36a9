"""Who is told what of a meeting: the link to who has a seat, and calls where no letter goes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.meetings.models import Help, Venue
from geo_service.meetings.queries.meetings import officers_of, supporters_of, to_call
from geo_service.meetings.workflow.announcing import REMINDED_BEFORE
from geo_service.meetings.workflow.changing import answer, cancel, move
from geo_service.meetings.workflow.convening import convene
from geo_service.meetings.workflow.joining import leave
from tests.letters import letters_by_address, subjects_to
from tests.meetings import (
    a_guest,
    a_proposal,
    a_seat,
    convened,
    in_days,
    seat_of,
    supported,
    times_of,
)
from tests.people import a_person, on_staff

LaterRuns = Callable[[datetime], int]

LINK = "https://meet.example.org/alley"
CANCELLED = "동네이음: 모임이 취소되었어요"


def test_letters_tell_the_link_only_to_who_has_a_seat(session: Session) -> None:
    meeting = supported(session, a_proposal(session, venue=Venue.ONLINE, link=LINK, seats=2))
    first, by = times_of(session, meeting)[0], a_person(session)
    officer = on_staff(session, meeting.office_id)
    convene(session, meeting, first.id, room_id=None, by=by, for_office=True, at=now())
    comes, waits = a_person(session), a_person(session)
    for person in (comes, waits):
        a_seat(session, meeting, person)
    move(session, meeting, in_days(5), why="비", by=by, at=now())
    proposer = meeting.proposed_by
    assert proposer is not None
    told = {address for address, text in letters_by_address(session).items() if LINK in text}
    assert told == {comes.email, proposer.email}
    assert officer.email in letters_by_address(session)
    assert "차례는 그대로" in letters_by_address(session)[waits.email or ""]
    cancel(session, meeting, why="비", at=now())
    assert LINK not in letters_by_address(session)[waits.email or ""]


def test_whom_no_letter_reaches_is_called_the_day_before(
    session: Session, later_runs: LaterRuns
) -> None:
    meeting = convened(session)
    guest, mailless = (
        a_guest(session, meeting),
        a_person(session, email=None, email_confirmed_at=None),
    )
    a_seat(session, meeting, mailless)
    assert meeting.begins_at is not None
    later_runs(meeting.begins_at - REMINDED_BEFORE)
    called = {one.person_id or one.id for one in session.scalars(to_call(meeting.id))}
    assert called == {guest.id, mailless.id}


@pytest.mark.parametrize(
    ("from_its_beginning", "said"),
    [(timedelta(hours=-2), ["동네이음: 오늘 모임이 있어요"]), (timedelta(minutes=1), [])],
)
def test_a_late_reminder_says_today_and_none_comes_after_the_beginning(
    session: Session, later_runs: LaterRuns, from_its_beginning: timedelta, said: list[str]
) -> None:
    meeting = convened(session)
    assert meeting.begins_at is not None
    assert meeting.proposed_by is not None
    later_runs(meeting.begins_at + from_its_beginning)
    assert subjects_to(session, meeting.proposed_by) == said


def test_a_cancelled_meeting_is_told_to_all_who_count_on_it(session: Session) -> None:
    meeting = supported(session, a_proposal(session), people=1)
    officer, _ = (on_staff(session, meeting.office_id) for _ in range(2))
    first, proposer = times_of(session, meeting)[0], meeting.proposed_by
    assert proposer is not None
    convene(session, meeting, first.id, room_id=None, by=officer, for_office=True, at=now())
    answer(session, meeting, Help.COMING, "", at=now())
    seat = seat_of(session, meeting, proposer.id)
    assert seat is not None
    leave(session, seat, at=now())
    cancel(session, meeting, why="비", by_id=officer.id, at=now())
    assert CANCELLED in subjects_to(session, proposer)
    assert CANCELLED not in subjects_to(session, officer)
    supporters = list(session.scalars(supporters_of(meeting.id)))
    helpers = [one for one in session.scalars(officers_of(meeting.office_id)) if one != officer]
    assert len(supporters) == len(helpers) == 1
    for person in (*supporters, *helpers):
        assert CANCELLED in subjects_to(session, person)
