"""Applying: once, in time, with every answer, for oneself or for somebody who agreed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from geo_service.accounts.workflow.counter import person_at_the_counter
from geo_service.errors import Conflict
from geo_service.hiring.models import ApplicationState, Consent, Stage, Way
from geo_service.hiring.queries import jobs_to_settle, mine, waiting_before
from geo_service.hiring.workflow.applying import (
    AlreadyApplied,
    Behalf,
    EnoughForOthers,
    MissingAnswer,
    apply,
)
from geo_service.hiring.workflow.choosing import hire, move_up
from geo_service.hiring.workflow.deciding import decide
from geo_service.hiring.workflow.standing import NotOpenYet, TooLate
from geo_service.hiring.workflow.withdrawing import withdraw
from geo_service.hiring.workflow.workers import worker_in_the_family
from geo_service.jobs.workflow import UNDO_FOR, JobIsClosed, JobIsDraft, close
from tests.hiring import PHONE, SOON, a_job_of, an_application
from tests.jobs import AT, a_draft
from tests.letters import letters_to
from tests.people import a_person, on_staff


def test_an_application_has_a_number_and_is_confirmed_by_letter(session: Session) -> None:
    job = a_job_of(session)
    first, second = an_application(session, job), an_application(session, job)
    assert (first.number, second.number) == (1, 2)
    assert first.receipt == f"{job.id.hex[:4].upper()}-1"
    assert first.stage is Stage.SENT
    (letter,) = letters_to(session, first.person.email or "")
    assert letter.subject == "동네이음: 신청이 들어갔어요"
    assert first.receipt in letter.text
    assert "12월 5일 토요일 09:00이 지나면 먼저 신청한 순서로 정하고" in letter.text


def test_nobody_applies_twice(session: Session) -> None:
    job = a_job_of(session)
    application = an_application(session, job)
    with pytest.raises(AlreadyApplied) as refusal:
        an_application(session, job, application.person)
    assert refusal.value.facts == {"application": str(application.id)}


def test_nobody_is_told_by_applying_whether_somebody_else_has(session: Session) -> None:
    """A neighbour who knows name and telephone hears what they hear of any other name."""
    job, neighbour = a_job_of(session, seats=3), a_person(session)
    mother = an_application(session, job, a_person(session, name="김순자"))
    behalf = Behalf(by_id=neighbour.id, way=Way.FAMILY, consent=Consent.PHONE)
    asked = worker_in_the_family(session, "김순자", PHONE, neighbour.id)
    again = an_application(session, job, asked, behalf=behalf)
    namesake = an_application(session, job, a_person(session, name="김순자"))
    assert again.state is namesake.state is ApplicationState.SENT
    other = an_application(session, job)
    decide(session, job, at=SOON)
    assert mother.state is other.state is ApplicationState.HIRED
    assert again.state is namesake.state is ApplicationState.WAITING, "one person has one seat"
    assert max(mother.rank or 0, other.rank or 0) < min(again.rank or 0, namesake.rank or 0)
    assert move_up(session, job, at=SOON) == 0, "nor does it move up"
    assert session.scalars(jobs_to_settle(SOON, UNDO_FOR)).all() == [], "so there is nothing to do"
    assert session.scalar(waiting_before(namesake)) == 1, "nobody learns by counting either"


def test_a_counter_is_told_that_somebody_has_applied(session: Session) -> None:
    job = a_job_of(session)
    an_application(session, job, a_person(session, name="김순자"))
    there = person_at_the_counter(session, "김순자", PHONE)
    behalf = Behalf(on_staff(session, job.office_id).id, Way.COUNTER, Consent.BESIDE)
    with pytest.raises(AlreadyApplied):
        an_application(session, job, there, behalf=behalf)
    assert an_application(session, job, there, phone="+821087654321", behalf=behalf)


def test_who_withdrew_may_apply_again_at_the_end_of_the_queue(session: Session) -> None:
    job = a_job_of(session)
    application = an_application(session, job)
    an_application(session, job)
    withdraw(session, application, at=SOON)
    again = an_application(session, job, application.person)
    assert again.id == application.id
    assert (again.number, again.state, again.reason) == (3, ApplicationState.SENT, None)


@pytest.mark.parametrize("answers", [[], ["네"], ["네", "  "], ["네", "아니요", "글쎄요"]])
def test_every_question_is_answered(session: Session, answers: list[str]) -> None:
    job = a_job_of(session, questions=["오토바이를 타세요?", "무거운 것을 드세요?"])
    with pytest.raises(MissingAnswer):
        an_application(session, job, answers=answers)


def test_answers_are_kept_with_the_questions_as_they_were(session: Session) -> None:
    job = a_job_of(session, questions=["오전에 올 수 있나요?"])
    application = an_application(session, job, answers=[" 네, 9시부터요. "])
    assert application.answers == [{"question": "오전에 올 수 있나요?", "answer": "네, 9시부터요."}]


def test_nobody_applies_before_or_after_its_time(session: Session) -> None:
    job = a_job_of(session)
    with pytest.raises(NotOpenYet):
        an_application(session, job, at=AT - timedelta(minutes=1))
    with pytest.raises(TooLate):
        an_application(session, job, at=AT + timedelta(days=4))


def test_nobody_applies_for_work_that_is_over(session: Session) -> None:
    job = a_job_of(session, apply_until=None)
    with pytest.raises(TooLate):
        an_application(session, job, at=AT + timedelta(days=40))


@pytest.mark.parametrize(("make", "problem"), [(a_job_of, JobIsClosed), (a_draft, JobIsDraft)])
def test_a_job_that_is_not_open_takes_nobody(
    session: Session, make: Any, problem: type[Conflict]
) -> None:
    job = make(session)
    if problem is JobIsClosed:
        close(session, job, at=AT)
        session.commit()
    with pytest.raises(problem):
        an_application(session, job)


def test_a_filled_job_takes_people_for_its_waiting_list(session: Session) -> None:
    job = a_job_of(session)
    hire(session, an_application(session, job), at=SOON)
    late = an_application(session, job)
    assert (late.state, late.rank) == (ApplicationState.WAITING, 1)
    (letter,) = letters_to(session, late.person.email or "")
    assert letter.subject == "동네이음: 대기자 명단에 있어요"


def test_a_relative_applies_with_consent_and_is_written_to(session: Session) -> None:
    daughter, job = a_person(session), a_job_of(session)
    worker = worker_in_the_family(session, "김순자", PHONE, daughter.id)
    behalf = Behalf(by_id=daughter.id, way=Way.FAMILY, consent=Consent.PHONE)
    application = apply(session, job, worker, phone=PHONE, answers=[], at=SOON, behalf=behalf)
    assert (application.by_id, application.consented_at) == (daughter.id, SOON)
    assert len(letters_to(session, daughter.email or "")) == 1
    assert list(session.scalars(mine(daughter.id))) == [application]


def test_people_without_account_are_known_again(session: Session) -> None:
    job, daughter = a_job_of(session), a_person(session)
    known = a_person(session, name="김순자", phone=PHONE)
    at_the_counter = person_at_the_counter(session, "김순자", PHONE)
    assert at_the_counter.id != known.id, "what an account says of itself proves nothing"
    assert person_at_the_counter(session, "김순자", PHONE).id == at_the_counter.id
    mother = worker_in_the_family(session, "김순자", PHONE, daughter.id)
    assert mother.id != known.id, "a relative reaches nobody's account"
    behalf = Behalf(by_id=daughter.id, way=Way.FAMILY, consent=Consent.BESIDE)
    an_application(session, job, mother, behalf=behalf)
    assert worker_in_the_family(session, "김순자", PHONE, daughter.id).id == mother.id
    assert worker_in_the_family(session, "김순자", PHONE, known.id).id != mother.id


def test_nobody_draws_more_lots_by_inventing_a_family(session: Session) -> None:
    job, daughter = a_job_of(session), a_person(session)
    behalf = Behalf(by_id=daughter.id, way=Way.FAMILY, consent=Consent.PHONE)
    for number in range(4):
        phone = f"{PHONE[:-1]}{number}"
        worker = worker_in_the_family(session, "김순자", phone, daughter.id)
        if number == 3:
            with pytest.raises(EnoughForOthers):
                an_application(session, job, worker, phone=phone, behalf=behalf)
        else:
            an_application(session, job, worker, phone=phone, behalf=behalf)
