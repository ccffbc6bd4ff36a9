"""The programme that a door is about."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session

from geo_service.errors import NotFound
from geo_service.offices.access import ActingDesk, Desk, Work
from geo_service.programmes.models import Programme
from geo_service.programmes.queries import the_programme
from geo_service.programmes.workflow.setting_up import hold
from geo_service.web.session import DbSession, ReadSession


class UnknownProgramme(NotFound):
    """There is no such programme."""

    korean = "그런 사업이 없어요."


def _one_of(session: Session, programme_id: UUID, work: Work) -> Programme:
    programme = session.scalar(the_programme(programme_id, work.offices))
    if programme is None:
        raise UnknownProgramme
    return programme


def _our_programme(programme_id: UUID, desk: Desk, session: ReadSession) -> Programme:
    return _one_of(session, programme_id, desk)


def _held_programme(programme_id: UUID, desk: ActingDesk, session: DbSession) -> Programme:
    programme = _one_of(session, programme_id, desk)
    hold(session, programme)
    return programme


OurProgramme = Annotated[Programme, Depends(_our_programme)]
"""One of one's own office, to look at. Raises: UnknownProgramme."""

HeldProgramme = Annotated[Programme, Depends(_held_programme)]
"""One of one's own office, to change; nothing is planned meanwhile. Raises: UnknownProgramme."""
