"""What meetings wait for is found on the page of one's own meetings."""

from datetime import timedelta

from fastapi import FastAPI
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.meetings.models import Choice
from geo_service.meetings.queries.duties import ballots_for, minutes_for, tasks_for
from geo_service.meetings.workflow.deciding import vote
from geo_service.meetings.workflow.doing import finish
from geo_service.meetings.workflow.minutes import Said, draft, name_scribe, publish
from tests.meeting_records import a_ballot, a_chore, a_convened_meeting, who_comes
from tests.people import a_person, come_in
from tests.plans import plan_of


def test_what_waits_is_there_until_it_is_done(app: FastAPI, session: Session) -> None:
    meeting = a_convened_meeting(session)
    person, other = who_comes(session, meeting, named=True), a_person(session)
    ballot, task = a_ballot(session, meeting), a_chore(session, meeting, person.id)
    name_scribe(session, meeting, person.id, at=now())
    session.commit()
    here = f"/my/meetings/{meeting.id}"
    ways = (f"{here}/ballots/{ballot.id}", f"{here}/minutes", f"{here}/tasks/{task.id}/outcome")
    with come_in(app, session, other) as stranger:
        assert "나를 기다리는 일" not in stranger.get("/my/meetings").text
    with come_in(app, session, person) as mine:
        waiting = mine.get("/my/meetings").text
        assert [way for way in ways if way not in waiting] == []
        vote(session, ballot, person.id, Choice.YES, at=now())
        draft(session, meeting, Said("모두 모였어요."), at=now())
        publish(session, meeting, by_office=False, at=now())
        finish(session, task, done=True, at=now())
        session.commit()
        assert "나를 기다리는 일" not in mine.get("/my/meetings").text


def test_nobody_waits_for_what_is_over_or_not_begun(session: Session) -> None:
    meeting = a_convened_meeting(session, begins_at=now() + timedelta(days=1))
    person = who_comes(session, meeting)
    name_scribe(session, meeting, person.id, at=now())
    assert session.execute(minutes_for(person.id, at=now())).all() == []
    begun = a_convened_meeting(session, person)
    ballot = a_ballot(session, begun)
    assert ballot.closes_at is not None
    assert session.execute(ballots_for(person.id, at=ballot.closes_at)).all() == []


def test_what_waits_is_found_by_an_index(session: Session) -> None:
    person = a_person(session)
    for question in (
        ballots_for(person.id, at=now()),
        minutes_for(person.id, at=now()),
        tasks_for(person.id),
    ):
        plan = plan_of(session, question)
        assert "person_id_idx" in plan or "scribe_id_idx" in plan or "owner_id_idx" in plan
