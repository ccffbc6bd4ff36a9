"""Who stands before a page of telling, and which reports are theirs to see."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import BackgroundTasks, Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from geo_service.accounts.access import Acting, SignedIn, TheAddress, TheSecret, Visitor
from geo_service.accounts.access.caller import known_acting
from geo_service.accounts.models import Person
from geo_service.confidential.access import AsReporter
from geo_service.errors import NotSignedIn
from geo_service.reports.access.room import PHOTOS_FROM, NoSuchCode, Room
from geo_service.reports.workflow.reading import NoSuchReport
from geo_service.web.cookies import cookie
from geo_service.web.csrf import bearer_token, proven
from geo_service.web.session import DbSession

__all__ = [
    "DRAFT",
    "PHOTOS_FROM",
    "ActingRoom",
    "LookingRoom",
    "MyReport",
    "MyRoom",
    "MyTalk",
    "MyTalkedReport",
    "NoSuchCode",
    "Room",
    "Tries",
]

DRAFT = "report"
"""The cookie by whose word a draft is found again."""


def _looking(
    request: Request,
    person: Visitor,
    confidential: AsReporter,
    secret: TheSecret,
    address: TheAddress,
) -> Room:
    return Room(confidential, secret, person, address, cookie(request, DRAFT))


def _somebody(
    request: Request,
    session: DbSession,
    _proof: Annotated[None, Depends(proven)],
    after: BackgroundTasks,
) -> Person | None:
    try:
        return known_acting(request, session, None, after).person
    except NotSignedIn:
        if bearer_token(request) is not None:
            raise
        return None


def _acting(
    request: Request,
    person: Annotated[Person | None, Depends(_somebody)],
    confidential: AsReporter,
    secret: TheSecret,
    address: TheAddress,
) -> Room:
    return Room(confidential, secret, person, address, cookie(request, DRAFT))


def _my_room(
    person: SignedIn, confidential: AsReporter, secret: TheSecret, address: TheAddress
) -> Room:
    return _of(Room(confidential, secret, person, address))


def _my_talk(
    person: Acting, confidential: AsReporter, secret: TheSecret, address: TheAddress
) -> Room:
    return _of(Room(confidential, secret, person, address))


def _of(room: Room) -> Room:
    room.claim_mine()
    return room


LookingRoom = Annotated[Room, Depends(_looking)]
"""For anybody who looks."""

ActingRoom = Annotated[Room, Depends(_acting)]
"""For anybody who tells or says something. Raises: NotOurForm."""

MyRoom = Annotated[Room, Depends(_my_room)]
"""For who looks at what they told by their account. Raises: NotSignedIn."""

MyTalk = Annotated[Room, Depends(_my_talk)]
"""For who says something more about it. Raises: NotSignedIn, NotOurForm."""


async def _tries(request: Request) -> AsyncIterator[Session]:
    async with request.app.state.writing.take(request) as session:
        yield session
        await run_in_threadpool(session.commit)


Tries = Annotated[Session, Depends(_tries, scope="function")]
"""For who only looks: wrong codes are counted all the same, and nothing else is written here."""


def _mine(report_id: UUID, room: MyRoom) -> UUID:
    return _known(report_id, room)


def _mine_to_talk_about(report_id: UUID, room: MyTalk) -> UUID:
    return _known(report_id, room)


def _known(report_id: UUID, room: Room) -> UUID:
    if not room.has(report_id):
        raise NoSuchReport
    return report_id


MyReport = Annotated[UUID, Depends(_mine)]
"""A report that one told by one's account. Raises: NoSuchReport."""

MyTalkedReport = Annotated[UUID, Depends(_mine_to_talk_about)]
"""The same, to say something more. Raises: NoSuchReport."""
