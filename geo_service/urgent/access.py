"""The call that a door is about; it bears the id of its job."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, SignedIn
from geo_service.accounts.models import Person
from geo_service.errors import NotFound
from geo_service.urgent.models import Asked
from geo_service.urgent.queries import my_call
from geo_service.web.session import DbSession, ReadSession


class NotAsked(NotFound):
    """You were not asked for this job."""

    korean = "이 일자리의 급한 연락을 받지 않으셨어요."


def _asked(session: Session, person: Person, job_id: UUID) -> Asked:
    found = session.scalar(my_call(person.id, job_id))
    if found is None:
        raise NotAsked
    return found


def _shown(call_id: UUID, person: SignedIn, session: ReadSession) -> Asked:
    return _asked(session, person, call_id)


def _answered(call_id: UUID, person: Acting, session: DbSession) -> Asked:
    return _asked(session, person, call_id)


ShownCall = Annotated[Asked, Depends(_shown)]
"""That one was asked, to look at. Raises: NotAsked."""

AnsweredCall = Annotated[Asked, Depends(_answered)]
"""That one was asked, to answer. Raises: NotAsked."""
