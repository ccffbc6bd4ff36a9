"""What is late is told to the district's lead; what was connected is looked at again."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Tongue
from geo_service.cases.letters import overdue, to_follow_up
from geo_service.cases.queries.people import caseworkers_of, leads_of
from geo_service.cases.workflow.board import take_up_by
from geo_service.cases.workflow.ladder import TAKE_UP_DAYS
from geo_service.cases.workflow.working_days import working_day, working_days_between
from geo_service.clock import KOREA
from geo_service.mail import send
from geo_service.offices.models import Office
from geo_service.reports.models import Urgency


def escalate(session: Session, *, at: datetime) -> int:
    """Tell leads of every step and every report that is late, once; how many those are."""
    today = at.astimezone(KOREA).date()
    steps = func.reports.escalate_steps(today, at).table_valued("number", "centre_id", "due_on")
    told = [(row.number, row.centre_id, row.due_on) for row in session.execute(select(steps)).all()]
    days = [_told_before(today, urgency) for urgency in (Urgency.TODAY, Urgency.SOON)]
    reports = func.reports.escalate_reports(
        *days, _told_before(today, Urgency.USUAL), at
    ).table_valued("number", "centre_id", "told_at", "urgency")
    told += [
        (row.number, row.centre_id, take_up_by(row.told_at, Urgency(row.urgency)))
        for row in session.execute(select(reports)).all()
    ]
    for number, centre_id, due_on in told:
        _tell_leads(session, number, centre_id, working_days_between(due_on, today))
    return len(told)


def remind(session: Session, *, at: datetime) -> int:
    """Write to who looks after a case that its four weeks are over, once; how many those are."""
    today = at.astimezone(KOREA).date()
    due = func.reports.follow_ups(today, at).table_valued("number", "centre_id", "assigned_to")
    rows = session.execute(select(due)).all()
    for number, centre_id, assigned_to in rows:
        here = session.execute(caseworkers_of([centre_id])).all()
        theirs = [person for person in here if person.id == assigned_to]
        for person in theirs or here:
            send(session, person.email, to_follow_up(number, Tongue(person.tongue)))
    return len(rows)


def _tell_leads(session: Session, number: str, centre_id: UUID, days: int) -> None:
    name = session.scalar(select(Office.name).where(Office.id == centre_id)) or ""
    for lead in session.execute(leads_of(centre_id)):
        send(session, lead.email, overdue(number, name, days, Tongue(lead.tongue)))


def _told_before(today: date, urgency: Urgency) -> date:
    """The last day on which what was told then is late today."""
    day = today - timedelta(days=1)
    while working_day(day, TAKE_UP_DAYS[urgency]) >= today:
        day -= timedelta(days=1)
    return day
