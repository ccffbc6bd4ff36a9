"""In which offices somebody works, for doors that only staff may pass.

The table of doors says which roles a door asks for. The query that loads a thing takes
`desk.offices`, so that what belongs to another office is not there at all: 404, not 403.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, SignedIn, expect_scope
from geo_service.accounts.models import Person, Scope
from geo_service.errors import NotAllowed
from geo_service.offices.access.doors import Doors
from geo_service.offices.models import Staff
from geo_service.offices.queries import posts_of
from geo_service.web.session import DbSession, ReadSession


class NotOnStaff(NotAllowed):
    """Only staff of an office may do this."""

    korean = "이 일을 맡은 기관 담당자만 할 수 있어요."


@dataclass(frozen=True, slots=True)
class Work:
    """A person at work."""

    person: Person
    posts: tuple[Staff, ...]
    """Their roles, as far as the door asks for them; at least one."""

    @property
    def offices(self) -> frozenset[UUID]:
        """The offices for which they may pass this door."""
        return frozenset(post.office_id for post in self.posts)


def _at_work(request: Request, person: Person, posts: Iterable[Staff]) -> Work:
    expect_scope(request, Scope.OFFICE)
    doors: Doors = request.app.state.doors
    asked = doors.of(request).roles
    every = tuple(posts)
    request.state.roles = frozenset(post.role for post in every)
    work = Work(person, tuple(post for post in every if post.role in asked))
    if not work.posts:
        raise NotOnStaff
    return work


def at_work(request: Request, person: Person, session: Session) -> Work:
    """Somebody whom the door knows already, as staff. Raises: NotOnStaff, TokenMayNot."""
    return _at_work(request, person, session.scalars(posts_of(person.id)))


def _desk(request: Request, person: SignedIn, session: ReadSession) -> Work:
    return at_work(request, person, session)


def _acting_desk(request: Request, person: Acting, session: DbSession) -> Work:
    return at_work(request, person, session)


Desk = Annotated[Work, Depends(_desk)]
"""Staff who look at something. Raises: NotSignedIn, NotOnStaff."""

ActingDesk = Annotated[Work, Depends(_acting_desk)]
"""Staff who change something. Raises: NotSignedIn, NotOurForm, NotOnStaff."""
