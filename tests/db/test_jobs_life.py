"""A job's life: every state, and every way from one to another."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.queries import held, jobs_matching, numbers_by_state
from geo_service.jobs.workflow import (
    ApplyTimeIsOver,
    JobIsClosed,
    JobIsDone,
    JobIsDraft,
    JobIsFilled,
    JobIsNoDraft,
    NotReady,
    SeatsAreTaken,
    UndoIsOver,
    WorkIsAhead,
    close,
    edit,
    mark_done,
    publish,
    reopen,
    take_up_again,
    unpublish,
)
from tests.factories import an_office
from tests.jobs import AT, OFFICE, a_draft, a_posting, an_offer, is_found, take

SOON = AT + timedelta(seconds=20)
LATE = AT + timedelta(minutes=2)
AFTER = datetime(2026, 12, 18, 13, 0, tzinfo=KOREA)
"""The very moment at which the last shift ends."""


def test_a_published_job_is_found(session: Session) -> None:
    job = a_posting(session)
    assert job.state is JobState.PUBLISHED
    assert is_found(session, job, AT)


def test_a_job_published_for_later_is_found_from_then_on(session: Session) -> None:
    job = a_draft(session)
    publish(session, job, at=AT, on=AT + timedelta(days=2))
    assert job.state is JobState.PUBLISHED
    assert not is_found(session, job, AT + timedelta(days=1, hours=23))
    assert is_found(session, job, AT + timedelta(days=2))
    publish(session, job, at=AT, on=AT + timedelta(days=1))
    assert is_found(session, job, AT + timedelta(days=1))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"works_from": None}, "works_from"),
        ({"works_until": None}, "works_until"),
        ({"shifts": []}, "shifts"),
        ({"works_from": date(2026, 11, 2), "works_until": date(2026, 11, 30)}, "works_until"),
        ({"apply_until": AT}, "apply_until"),
        ({"works_until": date(2029, 6, 30)}, "works_until"),
    ],
)
def test_what_lacks_something_is_not_published(
    session: Session, said: dict[str, object], field: str
) -> None:
    job = a_draft(session, **said)
    with pytest.raises(NotReady) as refused:
        publish(session, job, at=AT)
    assert refused.value.field == field
    assert job.state is JobState.DRAFT


def test_publishing_is_taken_back_at_once_or_before_its_time(session: Session) -> None:
    job = a_posting(session)
    unpublish(session, job, at=SOON)
    assert job.state is JobState.DRAFT
    publish(session, job, at=AT, on=AT + timedelta(days=2))
    unpublish(session, job, at=AT + timedelta(days=1))
    assert job.state is JobState.DRAFT
    publish(session, job, at=AT)
    with pytest.raises(UndoIsOver):
        unpublish(session, job, at=LATE)


def test_publishing_is_not_taken_back_from_people_already_chosen(session: Session) -> None:
    job = a_posting(session, seats=2)
    take(session, job)
    with pytest.raises(UndoIsOver):
        unpublish(session, job, at=SOON)


def test_the_last_seat_fills_a_job_and_one_given_back_opens_it(session: Session) -> None:
    job = a_posting(session, seats=2)
    take(session, job)
    assert (job.state, job.seats_left) == (JobState.PUBLISHED, 1)
    take(session, job)
    assert job.state is JobState.FILLED
    assert is_found(session, job, LATE), "it stays readable"
    assert not session.scalar(select(Job.shown).where(Job.id == job.id)), "nobody is led to it"
    take(session, job, -1)
    assert job.state is JobState.PUBLISHED
    assert job.closed_at is None


def test_seats_are_never_overfilled(session: Session) -> None:
    job = a_posting(session)
    take(session, job)
    with pytest.raises(IntegrityError, match="job_never_overfilled_check"):
        take(session, job)


def test_more_seats_open_a_filled_job_and_fewer_fill_it(session: Session) -> None:
    job = a_posting(session)
    take(session, job)
    edit(session, job, an_offer(seats=2), at=AT)
    assert job.state is JobState.PUBLISHED
    edit(session, job, an_offer(seats=1), at=AT)
    assert job.state is JobState.FILLED
    with pytest.raises(JobIsFilled):
        reopen(session, job, at=AT)


def test_seats_already_taken_stay(session: Session) -> None:
    job = a_posting(session, seats=3)
    take(session, job, 2)
    with pytest.raises(SeatsAreTaken):
        edit(session, job, an_offer(seats=1), at=AT)


def test_a_closed_job_stays_closed_whatever_is_given_back(session: Session) -> None:
    job = a_posting(session)
    take(session, job)
    close(session, job, at=SOON)
    take(session, job, -1)
    assert job.state is JobState.CLOSED
    assert is_found(session, job, LATE)


def test_closing_can_be_taken_back(session: Session) -> None:
    job = a_posting(session)
    close(session, job, at=SOON)
    with pytest.raises(JobIsClosed):
        close(session, job, at=SOON)
    reopen(session, job, at=LATE)
    assert job.state is JobState.PUBLISHED
    with pytest.raises(JobIsNoDraft):
        reopen(session, job, at=LATE)


def test_a_full_job_that_is_opened_again_is_filled(session: Session) -> None:
    job = a_posting(session)
    take(session, job)
    close(session, job, at=SOON)
    reopen(session, job, at=LATE)
    assert job.state is JobState.FILLED


def test_nothing_opens_after_the_time_to_apply(session: Session) -> None:
    job = a_posting(session)
    close(session, job, at=AT)
    with pytest.raises(ApplyTimeIsOver):
        reopen(session, job, at=AFTER + timedelta(days=1))


def test_what_is_not_public_yet_cannot_be_closed(session: Session) -> None:
    job = a_draft(session)
    with pytest.raises(JobIsDraft):
        close(session, job, at=AT)
    publish(session, job, at=AT, on=AT + timedelta(days=1))
    with pytest.raises(JobIsDraft):
        close(session, job, at=AT)


def test_a_job_is_done_when_its_last_shift_is(session: Session) -> None:
    job = a_posting(session)
    with pytest.raises(WorkIsAhead):
        mark_done(session, job, at=AFTER - timedelta(minutes=1))
    mark_done(session, job, at=AFTER)
    assert job.state is JobState.DONE
    for deed in (close, reopen, mark_done, publish):
        with pytest.raises(JobIsDone):
            deed(session, job, at=AFTER)
    with pytest.raises(JobIsDone):
        edit(session, job, an_offer(), at=AFTER)


def test_what_is_done_is_taken_up_again_only_at_once(session: Session) -> None:
    job = a_posting(session)
    mark_done(session, job, at=AFTER)
    take_up_again(session, job, at=AFTER + timedelta(seconds=30))
    assert job.state is JobState.CLOSED
    mark_done(session, job, at=AFTER)
    with pytest.raises(UndoIsOver):
        take_up_again(session, job, at=AFTER + timedelta(seconds=31))


def test_an_office_lists_its_jobs_by_state_and_words(session: Session) -> None:
    office = an_office(session, **OFFICE)
    draft = a_draft(session, office=office, title="화단 돌보기")
    shown = a_posting(session, office=office, title="도서 정리")
    full = a_posting(session, office=office, title="점심 준비")
    take(session, full)
    a_posting(session, title="다른 기관의 일")
    mine = [office.id]
    assert list(session.scalars(jobs_matching(mine, state=JobState.FILLED))) == [full]
    assert list(session.scalars(jobs_matching(mine, state=JobState.DRAFT))) == [draft]
    assert list(session.scalars(jobs_matching(mine, words="도서정 리"))) == [shown]
    assert len(list(session.scalars(jobs_matching(mine)))) == 3
    assert dict(session.execute(numbers_by_state(mine)).all()) == {
        "draft": 1,
        "published": 1,
        "filled": 1,
    }


def test_in_sql_a_job_is_in_the_state_that_python_says(session: Session) -> None:
    office = an_office(session, **OFFICE)
    jobs = [a_posting(session, office=office) for _ in range(4)] + [a_draft(session, office=office)]
    take(session, jobs[1])
    close(session, jobs[2], at=AT)
    mark_done(session, jobs[3], at=AFTER)
    for job in jobs:
        assert session.scalar(select(Job.state).where(Job.id == job.id)) == job.state


def test_a_job_that_is_changed_is_held(session: Session) -> None:
    job = a_posting(session)
    assert session.scalar(held(job.id)) == job.id
