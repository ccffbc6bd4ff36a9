"""In which offices somebody works, for doors that only staff may pass.

A door asks for a `Desk`; the query that loads a thing then takes `desk.offices(Role.OFFICER)`, so
that what belongs to another office is not there at all: 404, not 403.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from geo_service.accounts.access import Acting, SignedIn
from geo_service.accounts.models import Person
from geo_service.errors import NotAllowed
from geo_service.offices.models import Role, Staff
from geo_service.offices.queries import posts_of
from geo_service.web.session import DbSession, ReadSession


class NotOnStaff(NotAllowed):
    """Only staff of an office may do this."""

    korean = "기관 담당자만 할 수 있어요."


@dataclass(frozen=True, slots=True)
class Work:
    """A person at work, and what they may do where."""

    person: Person
    posts: tuple[Staff, ...]

    def offices(self, *roles: Role) -> frozenset[UUID]:
        """The offices in which they have one of these roles."""
        return frozenset(post.office_id for post in self.posts if post.role in roles)


def _at_work(person: Person, posts: Iterable[Staff]) -> Work:
    work = Work(person, tuple(posts))
    if not work.posts:
        raise NotOnStaff
    return work


def _desk(person: SignedIn, session: ReadSession) -> Work:
    return _at_work(person, session.scalars(posts_of(person.id)))


def _acting_desk(person: Acting, session: DbSession) -> Work:
    return _at_work(person, session.scalars(posts_of(person.id)))


Desk = Annotated[Work, Depends(_desk)]
"""Staff who look at something. Raises: NotSignedIn, NotOnStaff."""

ActingDesk = Annotated[Work, Depends(_acting_desk)]
"""Staff who change something. Raises: NotSignedIn, NotOurForm, NotOnStaff."""
