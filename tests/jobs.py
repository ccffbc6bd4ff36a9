"""Jobs of the tests: what an officer says, and what comes of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.jobs.models import Job, JobBatch, JobRow, Outcome
from geo_service.jobs.queries import the_job
from geo_service.jobs.schemas.offers import Offer
from geo_service.jobs.workflow import post, publish
from geo_service.offices.models import Office
from tests.factories import HOME, an_office
from tests.people import on_staff

AT = datetime(2026, 12, 1, 9, 0, tzinfo=KOREA)
"""A Tuesday morning, on which these stories begin."""

OFFICE = {"place": HOME, "address": "광주광역시 광산구 광산로 70"}


def an_offer(**said: Any) -> Offer:
    """Three mornings a week in December, for one person."""
    usual: dict[str, Any] = {
        "title": "경로당 점심 준비 돕기",
        "pay_won": 11_500,
        "works_from": date(2026, 12, 7),
        "works_until": date(2026, 12, 18),
        "shifts": [{"days": ["mon", "wed", "fri"], "starts": "10:00", "ends": "13:00"}],
    }
    return Offer.model_validate(usual | said)


def a_draft(session: Session, *, office: Office | None = None, **said: Any) -> Job:
    """A job that nobody but its office sees."""
    office = office or an_office(session, **OFFICE)
    officer = on_staff(session, office.id)
    job = post(session, an_offer(**said), office=office, by=officer.id, at=AT)
    session.commit()
    return job


def a_posting(session: Session, **said: Any) -> Job:
    """A job that was published at `AT`."""
    job = a_draft(session, **said)
    publish(session, job, at=AT)
    session.commit()
    return job


def a_batch(
    session: Session, *, office_id: UUID, by_id: UUID, titles: Sequence[str] = ()
) -> JobBatch:
    """A file that was looked through; without titles, with one row."""
    batch = JobBatch(office_id=office_id, sent_by_id=by_id, file="jobs.csv", sent_at=AT)
    session.add(batch)
    session.flush()
    for line, title in enumerate(titles or ["화단 돌보기"], 2):
        session.add(JobRow(batch_id=batch.id, line=line, cells=a_row(title), outcome=Outcome.NEW))
    session.commit()
    return batch


def a_row(title: str, **said: str) -> dict[str, list[str]]:
    """What a row says, by the names of the form."""
    usual = {
        "title": title,
        "where": "office",
        "pay_unit": "hour",
        "pay_won": "11500",
        "works_from": "2027-03-02",
        "works_until": "2027-03-26",
        "days": "mon",
        "starts": "10:00",
        "ends": "13:00",
        "seats": "1",
        "turn": "first_come",
        "publish": "draft",
    }
    return {name: [value] for name, value in (usual | said).items()}


def take(session: Session, job: Job, step: int = 1) -> None:
    """Give a seat to somebody, or have it back, as hiring does."""
    session.execute(
        text("UPDATE job SET taken = taken + :step WHERE id = :id"), {"step": step, "id": job.id}
    )
    session.refresh(job)


def is_found(session: Session, job: Job, at: datetime) -> bool:
    return session.scalar(the_job(job.id), {"at": at}) is not None
