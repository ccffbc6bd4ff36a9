"""What a door of an office is about; what is another office's is not there at all."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session

from geo_service.errors import NotFound
from geo_service.offices.access import ActingDesk, Desk, NotYourOffice, Work
from geo_service.offices.models import Office
from geo_service.watchers.access.own import NoSuchActivity
from geo_service.watchers.models import Activity, Benefit, Watcher
from geo_service.watchers.queries.activities import the_activity
from geo_service.watchers.queries.benefits import the_benefit
from geo_service.watchers.queries.centres import the_centre
from geo_service.watchers.queries.members import the_watcher
from geo_service.watchers.workflow.offering import NoSuchBenefit
from geo_service.web.session import DbSession, ReadSession


class NoSuchWatcher(NotFound):
    """There is no such watcher in your dong."""

    korean = "우리 동에 그런 시민찾동이가 없어요."


def _watcher(session: Session, watcher_id: UUID, work: Work) -> Watcher:
    found = session.scalar(the_watcher(watcher_id, work.offices))
    if found is None:
        raise NoSuchWatcher
    return found


def _the_watcher(watcher_id: UUID, desk: Desk, session: ReadSession) -> Watcher:
    return _watcher(session, watcher_id, desk)


def _held_watcher(watcher_id: UUID, desk: ActingDesk, session: DbSession) -> Watcher:
    return _watcher(session, watcher_id, desk)


def _centre(session: Session, office_id: UUID, work: Work) -> Office:
    found = session.scalar(the_centre(office_id)) if office_id in work.offices else None
    if found is None:
        raise NotYourOffice
    return found


def _the_centre(office_id: UUID, desk: Desk, session: ReadSession) -> Office:
    return _centre(session, office_id, desk)


def _held_centre(office_id: UUID, desk: ActingDesk, session: DbSession) -> Office:
    return _centre(session, office_id, desk)


def _benefit(session: Session, benefit_id: UUID, work: Work) -> Benefit:
    found = session.scalar(the_benefit(benefit_id, work.offices))
    if found is None:
        raise NoSuchBenefit
    return found


def _the_benefit(benefit_id: UUID, desk: Desk, session: ReadSession) -> Benefit:
    return _benefit(session, benefit_id, desk)


def _held_benefit(benefit_id: UUID, desk: ActingDesk, session: DbSession) -> Benefit:
    found = _benefit(session, benefit_id, desk)
    session.refresh(found, with_for_update={"of": Benefit})
    return found


def _activity(session: Session, activity_id: UUID, work: Work) -> Activity:
    found = session.scalar(the_activity(activity_id, work.offices))
    if found is None:
        raise NoSuchActivity
    return found


def _the_activity(activity_id: UUID, desk: Desk, session: ReadSession) -> Activity:
    return _activity(session, activity_id, desk)


def _held_activity(activity_id: UUID, desk: ActingDesk, session: DbSession) -> Activity:
    found = _activity(session, activity_id, desk)
    session.refresh(found, with_for_update={"of": Activity})
    return found


TheWatcher = Annotated[Watcher, Depends(_the_watcher)]
"""A membership in one's dong, to look at. Raises: NoSuchWatcher."""

HeldWatcher = Annotated[Watcher, Depends(_held_watcher)]
"""The same, to decide. Raises: NoSuchWatcher."""

TheCentre = Annotated[Office, Depends(_the_centre)]
"""One's own dong centre, to look at. Raises: NotYourOffice."""

HeldCentre = Annotated[Office, Depends(_held_centre)]
"""The same, to change what it has set or planned. Raises: NotYourOffice."""

TheBenefit = Annotated[Benefit, Depends(_the_benefit)]
"""What one's office offers, to look at. Raises: NoSuchBenefit."""

HeldBenefit = Annotated[Benefit, Depends(_held_benefit)]
"""The same, to change. Raises: NoSuchBenefit."""

TheActivity = Annotated[Activity, Depends(_the_activity)]
"""What one's dong plans, to look at. Raises: NoSuchActivity."""

HeldActivity = Annotated[Activity, Depends(_held_activity)]
"""The same, to change. Raises: NoSuchActivity."""
