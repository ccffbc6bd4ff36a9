"""A district of two dongs, the people who look after what is told there, and what they do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.areas.models import Area
from geo_service.cases.models import SurveyList
from geo_service.cases.workflow.surveying import Bad, Listed, keep_list
from geo_service.cases.workflow.taking_up import take_up
from geo_service.clock import KOREA, now
from geo_service.confidential.models import Look
from geo_service.confidential.session import Vault
from geo_service.offices.models import Office, OfficeKind, Role
from geo_service.reports.models import CaseFile, Report, Step, SurveyRound, Urgency
from tests.factories import an_office
from tests.people import on_staff
from tests.reporting import two_dongs
from tests.reports import a_report, caseworker

MONDAY = datetime(2026, 11, 23, 10, tzinfo=KOREA)
"""In the middle of a plain working day."""

STORY = "며칠째 우유가 문 앞에 쌓여 있어요. 밤에도 불이 켜지지 않아요."


@dataclass(frozen=True)
class Gu:
    """Two dong centres, and who works where."""

    west: Office
    east: Office
    district: Office
    kim: Person
    """Of the west; so is Lee."""
    lee: Person
    park: Person
    """Of the east."""
    lead: Person


def a_gu(session: Session) -> Gu:
    """With everybody in it."""
    west, east = two_dongs(session)
    dong = session.get_one(Area, west.answers_for_id)
    district = an_office(
        session, kind=OfficeKind.DISTRICT_OFFICE, name="시험구청", area_id=dong.parent_id
    )
    west.phone = east.phone = "+82629608114"
    session.commit()
    return Gu(
        west,
        east,
        district,
        on_staff(session, west.id, Role.CASEWORKER, name="김서동", email="kim@west.example"),
        on_staff(session, west.id, Role.CASEWORKER, name="이서동", email="lee@west.example"),
        on_staff(session, east.id, Role.CASEWORKER, name="박동동", email="park@east.example"),
        on_staff(session, district.id, Role.DISTRICT_LEAD, name="최구청", email="lead@gu.example"),
    )


def taken_up(
    vault: Vault, report: Report, person: Person, *, at: datetime | None = None
) -> CaseFile:
    """A case in somebody's hands, with its first call to be made."""
    with vault.opened(caseworker(report.centre_id, person_id=person.id)) as session:
        mine = session.merge(report)
        return take_up(session, vault.ring, mine, by_id=person.id, at=at or now())


def a_case_of(vault: Vault, office: Office, person: Person, **said: Any) -> CaseFile:
    """The same, from a report of its own."""
    return taken_up(vault, a_report(vault, office.id, **said), person)


def first_step(vault: Vault, case: CaseFile) -> Step:
    """What is to be done first."""
    waiting = select(Step).where(Step.case_id == case.id, Step.done_at.is_(None))
    return told_to(vault, case.centre_id, waiting.order_by(Step.due_on))[0]


def told_to(vault: Vault, centre_id: Any, query: Select[Any]) -> Any:
    """What a caseworker of a centre gets."""
    with vault.opened(caseworker(centre_id)) as session:
        return session.scalars(query).all()


def state_of(vault: Vault, case: CaseFile) -> CaseFile:
    """How it stands now."""
    return told_to(vault, case.centre_id, select(CaseFile).where(CaseFile.id == case.id))[0]


def looks_in(vault: Vault, office: Office) -> list[tuple[str, str]]:
    """What staff looked at, and why, in order."""
    query = select(Look).where(Look.centre_id == office.id, Look.standing == "caseworker")
    return [
        (each.thing, each.purpose) for each in told_to(vault, office.id, query.order_by(Look.id))
    ]


def a_list(vault: Vault, found: SurveyRound, *households: Listed) -> SurveyList:
    """A list that was sent for a survey, with one bad row."""
    with vault.opened(caseworker(found.centre_id)) as session:
        return keep_list(
            session,
            vault.ring,
            session.merge(found),
            households or [Listed("홍길동", "광산로 9", "", "")],
            [Bad(3, "no_name")],
            [],
            at=now(),
        )


LATE = timedelta(days=10)
"""After which anything is late."""

URGENT = {"urgency": Urgency.TODAY, "categories": ["unseen"]}


def press(browser: TestClient, path: str, expects: int = 303, **said: Any) -> str:
    """Send a form once; where it leads, or what is said instead."""
    answer = browser.post(path, data={"once": str(uuid4()), **said})
    assert answer.status_code == expects, answer.text
    return answer.headers.get("location", answer.text)
