"""Whoever comes to a door, what they are sent to there, and what happens to them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.offices.access import Anybody, Door, Whose
from geo_service.offices.models import Role
from geo_service.permissions import DOORS
from geo_service.web.cookies import PLAIN_NAME
from geo_service.web.csrf import HEADER, word_for
from tests.doors import MADE, PLAIN, parameters
from tests.factories import an_office
from tests.people import a_person, a_token, on_staff


class Case(StrEnum):
    """Whose thing the path names."""

    OWN = auto()
    ANOTHERS = auto()
    ANOTHER_OFFICES = auto()
    MISSING = auto()


NOBODY, STRANGER = "signed out", "stranger"
VISITORS = (NOBODY, "resident", *map(str, Role))


@dataclass(frozen=True, slots=True)
class Town:
    """Two offices; everybody of the table works in the first, or nowhere."""

    here: UUID
    there: UUID
    people: dict[str, Person]
    stranger: Person
    from_afar: Person
    session: Session
    tokens: dict[str, str] = field(default_factory=dict)
    """The cookies of those who are signed in."""

    def settle(self, door: Door, visitor: str, case: Case) -> str:
        """The path of a door, to a thing made for this case."""
        made = self.made_for(door, visitor, case)
        self.session.commit()
        return filled_in(door, made)

    def made_for(self, door: Door, visitor: str, case: Case) -> dict[str, Any]:
        """What the names in its path stand for."""
        mine = case is Case.OWN and visitor != NOBODY
        owner = self.people[visitor] if mine else self.stranger
        office = self.here
        if case is Case.ANOTHER_OFFICES:
            owner, office = self.from_afar, self.there
        made = dict[str, Any]()
        for name in parameters(door):
            if name not in MADE:
                made[name] = PLAIN[name]
            elif case is Case.MISSING:
                made[name] = uuid4()
            else:
                made[name] = MADE[name](self.session, owner, office, made)
        return made

    def credentials(self, visitor: str) -> dict[str, str]:
        """The cookie of a visitor, and the word of a form that was shown to them."""
        if not (token := self.tokens.get(visitor)):
            return {}
        return {"Cookie": f"{PLAIN_NAME}={token}", HEADER: word_for(token)}


def a_town(session: Session) -> Town:
    """With everybody in it, and signed in."""
    here, there = an_office(session), an_office(session, name="송정2동 행정복지센터")
    people = {"resident": a_person(session)}
    people |= {str(role): on_staff(session, here.id, role) for role in Role}
    stranger, from_afar = a_person(session), a_person(session)
    tokens = {name: a_token(session, person) for name, person in people.items()}
    tokens[STRANGER] = a_token(session, stranger)
    return Town(here.id, there.id, people, stranger, from_afar, session, tokens)


def filled_in(door: Door, names: dict[str, Any]) -> str:
    """The path of a door, with what its names stand for."""
    path = door.path
    for name, value in names.items():
        path = re.sub(rf"{{{name}(:\w+)?}}", lambda _, value=value: str(value), path)
    return path


def expected(door: Door, visitor: str, case: Case) -> str:
    """What the table promises."""
    there = "missing" if case is Case.MISSING else "in"
    if Anybody.ANYONE in door.may:
        return there
    if visitor == NOBODY:
        return "sign in"
    if Anybody.PERSON not in door.may and visitor not in door.may:
        return "not allowed"
    if door.whose is Whose.OWN:
        return "in" if case is Case.OWN else "missing"
    if door.whose is Whose.OFFICE and case is Case.ANOTHER_OFFICES:
        return "missing"
    return there


def visitor_of(door: Door) -> str:
    """Somebody who may pass."""
    return next((str(role) for role in door.may if role not in set(Anybody)), "resident")


def answered(response: Response) -> str:
    """What happened, in the same words."""
    status = response.status_code
    if status == 401 or "/login" in response.headers.get("location", ""):
        return "in" if response.request.url.path.startswith("/login") else "sign in"
    return {403: "not allowed", 404: "missing"}.get(status, "in" if status < 500 else str(status))


def cases(door: Door, visitor: str) -> tuple[Case, ...]:
    """What a visitor is sent to.

    Who may not pass at all is turned away before anything is looked up: one thing is enough.
    """
    if not MADE.keys() & {*parameters(door)} or expected(door, visitor, Case.OWN) != "in":
        return (Case.OWN,)
    if Anybody.ANYONE in door.may:
        return (Case.OWN, Case.MISSING)
    if door.whose is Whose.OWN and visitor != "resident":
        return (Case.OWN, Case.ANOTHERS)
    return tuple(Case)


@dataclass(frozen=True, slots=True)
class WrongCell:
    """One in which the service does not keep to the table."""

    door: Door
    visitor: str
    case: Case
    found: str
    wanted: str

    def __str__(self) -> str:
        where = f"{self.door.method} {self.door.path} · {self.visitor} · {self.case}"
        return f"{where}: {self.found}, not {self.wanted}"


def wrong_cells(
    town: Town,
    visit: TestClient,
    connection: Connection,
    doors: Iterable[Door] = DOORS,
    only: tuple[str, Case] | None = None,
) -> Iterator[WrongCell]:
    """Every cell in which the service does not keep to the table.

    With `only`, nobody but this visitor goes, and to nothing but that.
    """
    for door in doors:
        with connection.begin_nested() as this_door:
            paths = dict[tuple[str, Case], str]()
            for visitor, case in ((v, c) for v in VISITORS for c in cases(door, v)):
                if only not in {None, (visitor, case)}:
                    continue
                mine = door.whose is Whose.OWN and case is Case.OWN
                owner = visitor if mine and visitor != NOBODY else ""
                thing = Case.ANOTHERS if mine and not owner else case  # who is nobody owns nothing
                if (owner, thing) not in paths:
                    paths[owner, thing] = town.settle(door, owner or "resident", thing)
                headers = {"Accept": "application/json"} | town.credentials(visitor)
                with connection.begin_nested() as this_visit:  # as if it had never been
                    visit.cookies.clear()
                    response = visit.request(
                        door.method, paths[owner, thing], headers=headers, follow_redirects=False
                    )
                    this_visit.rollback()
                found, wanted = answered(response), expected(door, visitor, case)
                if found != wanted and not (door.path in ODD and found != "in"):
                    yield WrongCell(door, visitor, case, found, wanted)
            this_door.rollback()
        town.session.expire_all()


ODD = {
    "/login/with/{provider}": "none is set up here, and everybody is told so",
    "/login/with/{provider}/back": "the same",
    "/my/account/elsewhere/{provider}/unlink": "the same",
    "/join": "without the word of a letter, nothing is offered",
    "/my/account/browsers/close": "signs out, and leads to where one signs in",
}
"""Doors that answer this walk in a way of their own, and why; but never with what they guard."""
