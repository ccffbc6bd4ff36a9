"""Writing jobs: drafts, edits, copies, and what is thrown away and had back."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.db.session import Sessions
from geo_service.errors import Problem
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.queries import jobs_matching, the_office_job
from geo_service.jobs.tasks import purge_removed
from geo_service.jobs.workflow import (
    JobIsDraft,
    JobIsNoDraft,
    NotReady,
    UndoIsOver,
    copy,
    edit,
    publish,
    remove,
    restore,
)
from geo_service.jobs.workflow.drafts import JobIsRemoved
from geo_service.jobs.workflow.posting import TooLongAWeek, WorkIsPromised
from geo_service.later.models import Task
from geo_service.later.running import run_due
from geo_service.offices.models import OfficeKind
from tests.factories import an_office, walk
from tests.jobs import AT, OFFICE, a_draft, a_posting, an_offer, is_found, take

SOON = AT + timedelta(seconds=20)
LATE = AT + timedelta(minutes=2)


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


@pytest.mark.parametrize("said", [{"shifts": []}, {"works_until": date(2029, 6, 30)}])
def test_what_is_published_stays_whole(session: Session, said: dict[str, Any]) -> None:
    job, draft = a_posting(session), a_draft(session)
    with pytest.raises(NotReady):
        edit(session, job, an_offer(**said), at=AT)
    edit(session, draft, an_offer(**said), at=AT)


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
