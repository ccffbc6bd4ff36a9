"""A job's life: every state, and every way from one to another."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.clock import KOREA
from geo_service.db.session import Sessions
from geo_service.errors import Problem
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.queries import held, jobs_matching, numbers_by_state, the_job, the_office_job
from geo_service.jobs.tasks import purge_removed
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
    copy,
    edit,
    mark_done,
    publish,
    remove,
    reopen,
    restore,
    take_up_again,
    unpublish,
)
from geo_service.jobs.workflow.drafts import JobIsRemoved
from geo_service.jobs.workflow.posting import TooLongAWeek, WorkIsPromised
from geo_service.later.models import Task
from geo_service.later.running import run_due
from geo_service.offices.models import OfficeKind
from tests.factories import an_office, walk
from tests.jobs import AT, OFFICE, a_draft, a_posting, an_offer

SOON = AT + timedelta(seconds=20)
LATE = AT + timedelta(minutes=2)
AFTER = datetime(2026, 12, 18, 13, 0, tzinfo=KOREA)
"""The very moment at which the last shift ends."""

assert purge_removed, "its task is known once its module is"


def take(session: Session, job: Job, step: int = 1) -> None:
    """Give a seat to somebody, or have it back, as hiring does."""
    session.execute(
        text("UPDATE job SET taken = taken + :step WHERE id = :id"), {"step": step, "id": job.id}
    )
    session.refresh(job)


def is_found(session: Session, job: Job, at: datetime) -> bool:
    return session.scalar(the_job(job.id), {"at": at}) is not None


def test_a_draft_is_of_its_office_and_nobody_elses(session: Session) -> None:
    job = a_draft(session)
    assert job.state is JobState.DRAFT
    assert not is_found(session, job, AT)
    assert session.scalar(the_office_job([job.office_id], job.id)) is job
    assert session.scalar(the_office_job([an_office(session).id], job.id)) is None


def test_a_job_stands_at_its_office_unless_said_otherwise(session: Session) -> None:
    here = a_draft(session)
    assert (here.place, here.address) == (OFFICE["place"], OFFICE["address"])
    there = walk(300)
    moved = a_draft(session, place={"lat": there.lat, "lng": there.lng}, address="광산구 송정로 1")
    assert (moved.place, moved.address) == (there, "광산구 송정로 1")


def test_an_office_without_a_place_must_tell_one(session: Session) -> None:
    office = an_office(session, kind=OfficeKind.INSTITUTION, name="떠돌이 기관")
    with pytest.raises(Problem, match="no place of its own"):
        a_draft(session, office=office)


def test_the_week_is_told_in_words_hours_and_minutes(session: Session) -> None:
    job = a_draft(session, breaks_min=30, no_holidays=True)
    assert job.hours_words == "월 10:00–13:00 · 수 10:00–13:00 · 금 10:00–13:00"
    assert job.weekly_hours == 7.5
    assert job.closed_days == ["holiday"]


def test_nobody_works_more_than_a_lawful_week(session: Session) -> None:
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    with pytest.raises(TooLongAWeek):
        a_draft(session, shifts=[{"days": days, "starts": "08:00", "ends": "18:00"}])


def test_a_published_job_is_found_and_takes_applications(session: Session) -> None:
    job = a_posting(session)
    assert job.state is JobState.PUBLISHED
    assert is_found(session, job, AT)
    assert job.takes_applications(AT)
    assert not job.takes_applications(datetime(2026, 12, 19, tzinfo=KOREA))


def test_a_job_published_for_later_is_found_from_then_on(session: Session) -> None:
    job = a_draft(session)
    publish(session, job, at=AT, on=AT + timedelta(days=2))
    assert job.state is JobState.PUBLISHED
    assert not job.takes_applications(AT)
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


def test_every_edit_counts(session: Session) -> None:
    job = a_posting(session)
    edit(
        session, job, an_offer(title="경로당 저녁 준비 돕기", questions=["걸어서 오시나요?"]), at=AT
    )
    assert (job.version, job.title, job.questions) == (
        2,
        "경로당 저녁 준비 돕기",
        ["걸어서 오시나요?"],
    )
    take(session, job)
    assert job.version == 2, "hiring is no edit"


@pytest.mark.parametrize(
    "said",
    [
        {"pay_won": 11_000},
        {"breaks_min": 30},
        {"works_until": date(2026, 12, 19)},
        {"no_holidays": True},
    ],
)
def test_what_was_promised_to_somebody_stays(session: Session, said: dict[str, Any]) -> None:
    job = a_posting(session, seats=2)
    take(session, job)
    with pytest.raises(WorkIsPromised), session.begin_nested():
        edit(session, job, an_offer(seats=2, **said), at=AT)


def test_more_pay_and_other_words_are_always_welcome(session: Session) -> None:
    job = a_posting(session, seats=2)
    take(session, job)
    edit(session, job, an_offer(seats=3, title="저녁 준비 돕기", pay_won=job.pay_won + 500), at=AT)
    assert (job.title, job.seats_left) == ("저녁 준비 돕기", 2)


def test_a_copy_says_the_same_on_days_yet_to_be_said(session: Session) -> None:
    job = a_posting(session, questions=["걸어서 오시나요?"], apply_until=AT + timedelta(days=3))
    twin = copy(session, job, by=job.posted_by_id)
    assert twin.state is JobState.DRAFT
    assert (twin.title, twin.questions, twin.open_week) == (
        job.title,
        job.questions,
        job.open_week,
    )
    assert twin.works_from is twin.works_until is twin.apply_until is None
    assert (twin.taken, twin.version) == (0, 1)


def test_a_removed_draft_can_be_had_back_for_a_while(session: Session, sessions: Sessions) -> None:
    job = a_draft(session)
    remove(session, job, at=AT)
    assert list(session.scalars(jobs_matching([job.office_id]))) == []
    with pytest.raises(JobIsRemoved):
        remove(session, job, at=AT)
    with pytest.raises(JobIsDraft):
        publish(session, job, at=AT)
    restore(session, job, at=SOON)
    session.commit()
    assert run_due(sessions, LATE) == 0
    assert list(session.scalars(jobs_matching([job.office_id]))) == [job]


def test_then_it_is_gone(session: Session, sessions: Sessions) -> None:
    job = a_draft(session)
    remove(session, job, at=AT)
    with pytest.raises(UndoIsOver):
        restore(session, job, at=LATE)
    session.commit()
    assert run_due(sessions, AT) == 0
    assert run_due(sessions, LATE) == 1
    assert session.scalar(select(Job.id).where(Job.id == job.id)) is None


def test_a_draft_had_back_survives_a_purge_that_was_on_its_way(session: Session) -> None:
    job = a_draft(session)
    purge_removed(session, {"job": str(job.id)}, AT)
    assert session.scalar(select(Job.id).where(Job.id == job.id)) == job.id


def test_what_was_published_is_not_removed(session: Session) -> None:
    with pytest.raises(JobIsNoDraft):
        remove(session, a_posting(session), at=AT)


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


@pytest.mark.parametrize(
    "questions", ['"one"', '["a","b","c","d","e","f"]', '[""]', "[1]", '["two\\nlines"]', "null"]
)
def test_questions_are_a_few_lines(session: Session, questions: str) -> None:
    job = a_draft(session)
    with pytest.raises(IntegrityError, match="job_few_questions_check"):
        session.execute(
            text("UPDATE job SET questions = CAST(:questions AS jsonb) WHERE id = :id"),
            {"questions": questions, "id": job.id},
        )


def test_a_purge_is_queued_once(session: Session) -> None:
    job = a_draft(session)
    remove(session, job, at=AT)
    restore(session, job, at=AT)
    remove(session, job, at=AT)
    assert len(list(session.scalars(select(Task.id)))) == 1
    assert later.drop(session, f"jobs.purge:{job.id}")
