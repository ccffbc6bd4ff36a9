"""Jobs of the tests: what an officer says, and what comes of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.jobs.models import Job
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
