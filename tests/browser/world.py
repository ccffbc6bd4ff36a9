"""The neighbourhood that the browser tests walk through: the pilot, and a few places beside it.

Everything lies apart from the pilot district, so that no test depends on what the pilot holds.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.geo.place import Place
from geo_service.hours.week import from_days
from geo_service.jobs.models import PayUnit
from geo_service.offices.models import OfficeKind
from geo_service.pilot import workflow as pilot
from tests.factories import a_job, a_space, an_office, walk

STREET = Place(35.3, 126.5)
"""Two jobs and a space; the library here is called 시험도서관."""

SQUARE = Place(35.35, 126.55)
"""Sixty spaces: more than one page."""

FIELD = Place(35.4, 126.6)
"""Nothing within 700 m, one job at 850 m."""

SEA = Place(34.0, 124.0)
"""Nothing within 100 km."""

YARD = Place(35.45, 126.65)
"""One job of a single day, a hall and a part of it."""

CROWD = 60


@dataclass
class World:
    """What was put there."""

    job: UUID
    closed_job: UUID
    one_day: UUID
    """A job of one day."""
    works_on: date
    """Its day; one can apply until the day before."""
    space: UUID
    hall: UUID
    """A space with a fee in words."""
    corner: UUID
    """A part of it."""


def settle(session: Session) -> World:
    """Load the pilot and build the places."""
    pilot.load(session)
    library = an_office(
        session,
        kind=OfficeKind.LIBRARY,
        name="시험도서관",
        place=STREET,
        phone="+82621234567",
    )
    there = {"office_id": library.id, "address": "시험시 시험구 시험로 7", "source": "office"}
    job = a_job(
        session,
        title="책 정리 돕기",
        summary='</script><script>alert("x")</script> & 더',
        place=walk(100, 45, STREET),
        open_week=_week({0: ["10:00-13:00"], 2: ["10:00-13:00", "14:00-16:00"]}),
        apply_phone="+82621234567",
        open_during=Range(now() - timedelta(days=1), now() + timedelta(days=9)),
        **there,
    )
    a_job(
        session,
        title="어린이 책 읽어 주기",
        place=walk(300, 200, STREET),
        pay_unit=PayUnit.TASK,
        **there,
    )
    closed = a_job(session, title="지난 일", place=STREET, closed_at=now(), **there)
    space = a_space(
        session, title="작은 모임방", place=walk(100, 45, STREET), phone="+82621234567", **there
    )
    hall = a_space(
        session,
        title="강당/식당",
        place=YARD,
        fee_won=None,
        fee_words="단체는 전화로 협의",
        **there,
    )
    corner = a_space(session, title="강당 한쪽", place=YARD, part_of_id=hall.id, **there)
    works_on = now().astimezone(KOREA).date() + timedelta(days=3)
    one_day = a_job(
        session,
        title="하루 일손",
        place=YARD,
        works_from=works_on,
        works_until=works_on,
        open_week=_week({works_on.weekday(): ["10:00-13:00"]}),
        open_during=Range(None, datetime.combine(works_on, time(), KOREA)),
        **there,
    )
    for number in range(CROWD):
        a_space(
            session, title=f"방 {number}", place=walk(number * 10, number * 31, SQUARE), **there
        )
    a_job(session, title="들판 건너 일손", place=walk(850, 90, FIELD), **there)
    return World(
        job=job.id,
        closed_job=closed.id,
        one_day=one_day.id,
        works_on=works_on,
        space=space.id,
        hall=hall.id,
        corner=corner.id,
    )


def _week(days: dict[int, list[str]]) -> list[Range[int]]:
    return [Range(opens, closes) for opens, closes in from_days(days)]
