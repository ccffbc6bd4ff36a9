"""Every role walks through every door: to what is theirs, another's, another office's, missing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
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


ODD = {
    "/login/with/{provider}": "none is set up here, and everybody is told so",
    "/login/with/{provider}/back": "the same",
    "/my/account/elsewhere/{provider}/unlink": "the same",
    "/join": "without the word of a letter, nothing is offered",
    "/my/account/browsers/close": "signs out, and leads to where one signs in",
}
"""Doors that answer this walk in a way of their own, and why; but never with what they guard."""

NOBODY = "signed out"
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

    def settle(self, door: Door, visitor: str, case: Case) -> str:
        """The path of a door, to a thing made for this case."""
        mine = case is Case.OWN and visitor != NOBODY
        owner = self.people[visitor] if mine else self.stranger
        office = self.here
        if case is Case.ANOTHER_OFFICES:
            owner, office = self.from_afar, self.there
        path, made = door.path, dict[str, Any]()
        for name in parameters(door):
            if name not in MADE:
                made[name] = PLAIN[name]
            elif case is Case.MISSING:
                made[name] = uuid4()
            else:
                made[name] = MADE[name](self.session, owner, office, made)
            path = re.sub(rf"{{{name}(:\w+)?}}", str(made[name]), path)
        self.session.commit()
        return path


@pytest.fixture
def town(session: Session) -> Town:
    here, there = an_office(session), an_office(session, name="송정2동 행정복지센터")
    people = {"resident": a_person(session)}
    people |= {str(role): on_staff(session, here.id, role) for role in Role}
    return Town(here.id, there.id, people, a_person(session), a_person(session), session)


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


def wrong_cells(town: Town, visit: TestClient, connection: Connection) -> Iterator[str]:
    """Every cell in which the service does not keep to the table."""
    tokens = {name: a_token(town.session, person) for name, person in town.people.items()}
    for door in DOORS:
        with connection.begin_nested() as this_door:
            paths = dict[tuple[str, Case], str]()
            for visitor, case in ((v, c) for v in VISITORS for c in cases(door, v)):
                mine = door.whose is Whose.OWN and case is Case.OWN
                owner = visitor if mine and visitor != NOBODY else ""
                thing = Case.ANOTHERS if mine and not owner else case  # who is nobody owns nothing
                if (owner, thing) not in paths:
                    paths[owner, thing] = town.settle(door, owner or "resident", thing)
                headers = {"Accept": "text/html"}
                if token := tokens.get(visitor):
                    headers |= {"Cookie": f"{PLAIN_NAME}={token}", HEADER: word_for(token)}
                with connection.begin_nested() as this_visit:  # as if it had never been
                    visit.cookies.clear()
                    response = visit.request(
                        door.method, paths[owner, thing], headers=headers, follow_redirects=False
                    )
                    this_visit.rollback()
                found, wanted = answered(response), expected(door, visitor, case)
                if door.path in ODD and found != "in":
                    continue
                if found != wanted:
                    yield f"{door.method} {door.path} · {visitor} · {case}: {found}, not {wanted}"
            this_door.rollback()
        town.session.expire_all()


def test_the_table_names_every_door_and_no_other(app: FastAPI) -> None:
    DOORS.check(app)


def test_every_door_opens_for_whom_the_table_says_and_for_nobody_else(
    town: Town, visit: TestClient, connection: Connection
) -> None:
    wrong = list(wrong_cells(town, visit, connection))
    assert not wrong, "\n".join(wrong)
