"""What is late or stands still is told to leads; what was connected is looked at again."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Tongue
from geo_service.cases.letters import overdue, standing_still, to_follow_up
from geo_service.cases.queries.people import caseworkers_of, leads_of
from geo_service.cases.workflow.board import take_up_by
from geo_service.cases.workflow.ladder import TAKE_UP_DAYS
from geo_service.cases.workflow.standing_still import idle_since
from geo_service.cases.workflow.working_days import working_day, working_days_between
from geo_service.clock import KOREA
from geo_service.mail import Letter, send
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
        late_by = working_days_between(due_on, today)
        _tell_leads(session, centre_id, partial(overdue, number, days=late_by))
    return len(told)


def escalate_idle(session: Session, *, at: datetime) -> int:
    """Tell leads what stands still, again whenever it has stood still as long; how many those are.

    Nothing else ends what nobody closes.
    """
    today = at.astimezone(KOREA).date()
    idle = func.reports.escalate_idle(today, idle_since(at), at)
    told = session.execute(select(idle.table_valued("number", "centre_id", "since"))).all()
    for number, centre_id, since in told:
        weeks = (at - since).days // 7
        _tell_leads(session, centre_id, partial(standing_still, number, weeks=weeks))
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


def _tell_leads(session: Session, centre_id: UUID, letter: Callable[..., Letter]) -> None:
    name = session.scalar(select(Office.name).where(Office.id == centre_id)) or ""
    for lead in session.execute(leads_of(centre_id)):
        send(session, lead.email, letter(centre=name, tongue=Tongue(lead.tongue)))


def _told_before(today: date, urgency: Urgency) -> date:
    """The last day on which what was told then is late today."""
    day = today - timedelta(days=1)
    while working_day(day, TAKE_UP_DAYS[urgency]) >= today:
        day -= timedelta(days=1)
    return day
