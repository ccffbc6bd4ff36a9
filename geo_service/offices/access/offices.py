"""The office that a path names, for those who work there."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session

from geo_service.errors import BadField, NotFound
from geo_service.offices.access.desk import ActingDesk, Desk, Work
from geo_service.offices.models import Office
from geo_service.web.session import DbSession, ReadSession


class NotYourOffice(NotFound):
    """There is no such office, or you do not work there."""

    korean = "그런 기관이 없거나, 이 기관의 담당자가 아니에요."


class WhichOffice(BadField):
    """Say for which of your offices this is."""

    korean = "어느 기관의 일인지 골라 주세요."


def the_office(session: Session, work: Work, office_id: UUID | None) -> Office:
    """The office for which somebody acts; their only one if they need not say.

    Raises: WhichOffice.
    """
    if office_id is None and len(work.offices) == 1:
        (office_id,) = work.offices
    office = session.get(Office, office_id) if office_id in work.offices else None
    if office is None:
        raise WhichOffice("office_id", WhichOffice.title())
    return office


def _one_of(session: Session, office_id: UUID, work: Work) -> Office:
    office = session.get(Office, office_id) if office_id in work.offices else None
    if office is None:
        raise NotYourOffice
    return office


def _the_office(office_id: UUID, desk: Desk, session: ReadSession) -> Office:
    return _one_of(session, office_id, desk)


def _our_office(office_id: UUID, desk: ActingDesk, session: DbSession) -> Office:
    return _one_of(session, office_id, desk)


TheOffice = Annotated[Office, Depends(_the_office)]
"""One's own office, to look at. Raises: NotYourOffice."""

OurOffice = Annotated[Office, Depends(_our_office)]
"""One's own office, to change. Raises: NotYourOffice."""
