"""Work that is done and confirmed, ready to be reviewed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.hiring.models import Application, ApplicationState
from geo_service.shifts.models import Shift
from geo_service.shifts.workflow.attending import confirm
from tests.people import a_person, on_staff
from tests.programmes import MONDAY
from tests.shifts import a_weekly_job, at, planned

DONE = at(MONDAY + timedelta(days=9), 14)
"""When the last shift has been worked and confirmed."""


def hired_work(session: Session, person: Person | None = None, **said: Any) -> Application:
    """Somebody hired for two weeks, with every shift planned."""
    person = person or a_person(session)
    job = a_weekly_job(session, **said)
    application = Application(
        job_id=job.id,
        person_id=person.id,
        number=1,
        phone="+821012345678",
        state=ApplicationState.HIRED,
    )
    session.add(application)
    session.commit()
    planned(session, job, person.id)
    return application


def shifts_of(session: Session, application: Application) -> list[Shift]:
    """Its shifts, in order."""
    return sorted(
        session.query(Shift).filter_by(job_id=application.job_id, person_id=application.person_id),
        key=lambda shift: shift.work_on,
    )


def confirmed_work(
    session: Session, person: Person | None = None, *, when: datetime = DONE, **said: Any
) -> Application:
    """The same, all of it worked and confirmed."""
    application = hired_work(session, person, **said)
    officer = on_staff(session, application.job.office_id)
    for shift in shifts_of(session, application):
        confirm(session, shift, minutes=shift.minutes, by_id=officer.id, at=when)
    session.commit()
    session.refresh(application)
    return application
