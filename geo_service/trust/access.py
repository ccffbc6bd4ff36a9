"""The application that a door is about: one's own, or one of one's office."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, SignedIn
from geo_service.accounts.models import Person
from geo_service.errors import NotFound
from geo_service.hiring.models import Application
from geo_service.offices.access import ActingDesk, Desk, Work
from geo_service.offices.models import Office
from geo_service.shifts.models import Shift
from geo_service.trust.queries import my_application, my_missed_shift, our_application
from geo_service.web.session import DbSession, ReadSession


class NothingToReview(NotFound):
    """There is no such work to review."""

    korean = "후기를 쓸 일이 없어요."


class NoMissedShift(NotFound):
    """There is no such missed shift in your record."""

    korean = "기록에 그런 결근이 없어요."


class NoOfficeRecord(NotFound):
    """There is no such office."""

    korean = "그런 기관이 없어요."


def _of_person(session: Session, application_id: UUID, person: Person) -> Application:
    found = session.scalar(my_application(application_id, person.id))
    if found is None:
        raise NothingToReview
    return found


def _of_office(session: Session, application_id: UUID, work: Work) -> Application:
    found = session.scalar(our_application(application_id, work.offices))
    if found is None:
        raise NothingToReview
    return found


def _mine(application_id: UUID, person: SignedIn, session: ReadSession) -> Application:
    return _of_person(session, application_id, person)


def _mine_to_review(application_id: UUID, person: Acting, session: DbSession) -> Application:
    return _of_person(session, application_id, person)


def _ours(application_id: UUID, desk: Desk, session: ReadSession) -> Application:
    return _of_office(session, application_id, desk)


def _ours_to_review(application_id: UUID, desk: ActingDesk, session: DbSession) -> Application:
    return _of_office(session, application_id, desk)


def _missed(missed_id: UUID, person: SignedIn, session: ReadSession) -> Shift:
    return _missed_by(session, missed_id, person)


def _missed_to_remark(missed_id: UUID, person: Acting, session: DbSession) -> Shift:
    return _missed_by(session, missed_id, person)


def _missed_by(session: Session, shift_id: UUID, person: Person) -> Shift:
    found = session.scalar(my_missed_shift(shift_id, person.id))
    if found is None:
        raise NoMissedShift
    return found


def _public_office(office_id: UUID, session: ReadSession) -> Office:
    found = session.scalar(select(Office).where(Office.id == office_id))
    if found is None:
        raise NoOfficeRecord
    return found


MyWork = Annotated[Application, Depends(_mine)]
"""One's own application, to look at. Raises: NothingToReview."""

MyReviewedWork = Annotated[Application, Depends(_mine_to_review)]
"""One's own application, to review. Raises: NothingToReview."""

OurWorker = Annotated[Application, Depends(_ours)]
"""An application to one's office, to look at. Raises: NothingToReview."""

OurReviewedWorker = Annotated[Application, Depends(_ours_to_review)]
"""An application to one's office, to review. Raises: NothingToReview."""

MissedShift = Annotated[Shift, Depends(_missed)]
"""A shift that one missed. Raises: NoMissedShift."""

RemarkedShift = Annotated[Shift, Depends(_missed_to_remark)]
"""The same, to say something of it. Raises: NoMissedShift."""

AnyOffice = Annotated[Office, Depends(_public_office)]
"""An office that everybody may read about. Raises: NoOfficeRecord."""
