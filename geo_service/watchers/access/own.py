"""One's own membership, and what one's dong plans."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from geo_service.accounts.access import Acting, SignedIn
from geo_service.clock import now
from geo_service.errors import NotFound
from geo_service.watchers.models import Activity, Watcher
from geo_service.watchers.queries.activities import my_activity
from geo_service.watchers.queries.members import membership_of
from geo_service.web.session import DbSession, ReadSession


class NoSuchActivity(NotFound):
    """There is no such activity in your dong."""

    korean = "우리 동에 그런 활동이 없어요."


@dataclass(frozen=True, slots=True)
class Joining:
    """An activity, and the watcher who comes or stays away."""

    activity: Activity
    watcher: Watcher


def _mine(person: SignedIn, session: ReadSession) -> Watcher | None:
    return session.scalar(membership_of(person.id))


def _mine_to_change(person: Acting, session: DbSession) -> Watcher | None:
    return session.scalar(membership_of(person.id))


def _my_activity(my_activity_id: UUID, person: Acting, session: DbSession) -> Joining:
    activity = session.scalar(my_activity(my_activity_id, person.id, at=now()))
    stays = membership_of(person.id).with_for_update(of=Watcher, read=True, key_share=True)
    watcher = session.scalar(stays)
    if activity is None or watcher is None:
        raise NoSuchActivity
    return Joining(activity, watcher)


MyMembership = Annotated[Watcher | None, Depends(_mine)]
"""One's own, in whatever state, to look at; None for who never asked or has left."""

MyChangingMembership = Annotated[Watcher | None, Depends(_mine_to_change)]
"""The same, to change."""

MyActivity = Annotated[Joining, Depends(_my_activity)]
"""One of the dong whose watcher one is. Raises: NoSuchActivity."""
