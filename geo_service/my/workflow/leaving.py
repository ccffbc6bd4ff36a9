"""Leaving: all of it or nothing, in one transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.accounts import workflow as accounts
from geo_service.accounts.models import Person
from geo_service.errors import Conflict
from geo_service.mail import send
from geo_service.meetings.workflow.leaving import leave_meetings
from geo_service.my.letters import goodbye
from geo_service.my.workflow.giving_back import give_back
from geo_service.my.workflow.resigning import resign
from geo_service.my.workflow.wiping import wipe
from geo_service.offices.queries import posts_of
from geo_service.reports.workflow.leaving import leave_reports
from geo_service.shifts.workflow.keeping import keep_name


class StillOnStaff(Conflict):
    """You still work for an office. Ask it to end your role first, then leave."""

    korean = "아직 기관 담당자예요. 기관에서 담당을 내려놓은 뒤 탈퇴해 주세요."


def leave(session: Session, person: Person, *, at: datetime) -> None:
    """Give everything back, wipe every word, and close the account.

    Pay sheets keep the name of who has worked, for as long as the law asks.
    Meetings are locked before jobs and jobs before rooms, each in the order of their ids.
    Raises: StillOnStaff, SomebodyWasFaster.
    """
    if session.scalar(posts_of(person.id).limit(1)) is not None:
        raise StillOnStaff
    leave_meetings(session, person, at=at)
    resign(session, person, at=at)
    keep_name(session, person.id, person.name, at=at)
    give_back(session, person, at=at)
    wipe(session, person)
    leave_reports(session, person.id)
    send(session, person.email, goodbye(person.tongue))
    accounts.leave(session, person, at)
