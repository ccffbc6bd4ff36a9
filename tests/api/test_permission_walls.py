"""The walk through every door notices when one wall falls: the test takes it down itself.

A wall is a line of the table, or the check that keeps it. Without `TEST_WALLS=all` one door stands
for all of its package that have such a wall.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from unittest.mock import PropertyMock, patch

from fastapi import BackgroundTasks, FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from geo_service.accounts.access import caller
from geo_service.accounts.access.caller import Caller
from geo_service.accounts.models import Person
from geo_service.accounts.queries import the_sign_in_of
from geo_service.clock import now
from geo_service.confidential import access as confidential
from geo_service.confidential.claims import Claims, Standing
from geo_service.offices.access import Anybody, Door, Doors, Whose, Work, desk
from geo_service.offices.access.doors import routes
from geo_service.permissions import DOORS
from tests.visitors import (
    NOBODY,
    ODD,
    STRANGER,
    VISITORS,
    Case,
    Town,
    a_town,
    cases,
    wrong_cells,
)

EVERY = os.environ.get("TEST_WALLS") == "all"

Fallen = AbstractContextManager[object]
"""While it lasts, a wall is down."""

Fall = Callable[[FastAPI, Town, Door], Fallen]
"""Takes one wall down, as far as a door is concerned."""


def the_stranger(session: Session, town: Town) -> Caller:
    """As if they had come themselves."""
    found = session.scalars(the_sign_in_of(town.tokens[STRANGER]), {"at": now()}).one()
    return Caller(found.person, sign_in=found)


def nobody_is_asked_who_they_are(_app: FastAPI, town: Town, _door: Door) -> Fallen:
    """Who is not signed in is taken for somebody."""
    real = caller._caller  # noqa: SLF001 (the wall itself)

    def taken(request: Request, session: Session, after: BackgroundTasks) -> Caller:
        return real(request, session, after) or the_stranger(session, town)

    return patch.object(caller, "_caller", taken)


def nobody_is_asked_whose_it_is(_app: FastAPI, town: Town, _door: Door) -> Fallen:
    """Whoever is signed in is taken for the person whose thing they ask for."""
    real = caller._caller  # noqa: SLF001

    def taken(request: Request, session: Session, after: BackgroundTasks) -> Caller | None:
        return real(request, session, after) and the_stranger(session, town)

    return patch.object(caller, "_caller", taken)


@contextmanager
def no_role_is_asked_for(_app: FastAPI, _town: Town, _door: Door) -> Iterator[None]:
    """Any post will do: at the desk, and for claims, which ask a second time."""

    def at_work(request: Request, person: Person, posts: object) -> Work:
        every = tuple(posts)
        request.state.roles = frozenset(post.role for post in every)
        return Work(person, every)

    def claimed(standing: Standing) -> Callable[..., Claims]:
        return lambda _request, work, *_: Claims(
            standing, work.person.id, frozenset(post.office_id for post in work.posts), purpose="-"
        )

    with (
        patch.object(desk, "_at_work", at_work),
        patch.object(confidential, "claims_of_caseworker", claimed(Standing.CASEWORKER)),
        patch.object(confidential, "claims_of_lead", claimed(Standing.LEAD)),
    ):
        yield


@contextmanager
def no_office_is_asked_for(_app: FastAPI, town: Town, _door: Door) -> Iterator[None]:
    """A post anywhere is a post everywhere, and claims say so."""
    everywhere = frozenset({town.here, town.there})

    def claimed(_request: Request, work: Work) -> Claims:
        return Claims(Standing.CASEWORKER, work.person.id, everywhere, purpose="-")

    with (
        patch.object(Work, "offices", PropertyMock(return_value=everywhere)),
        patch.object(confidential, "claims_of_caseworker", claimed),
    ):
        yield


def the_table_says(**said: object) -> Fall:
    """The line of the door is another one."""

    def written(app: FastAPI, _town: Town, door: Door) -> Fallen:
        loosened = Doors(replace(each, **said) if each == door else each for each in DOORS)
        return patch.object(app.state, "doors", loosened)

    return written


@dataclass(frozen=True)
class Wall:
    """One kind of them, and by whom it would be noticed that one is gone."""

    name: str
    fall: Fall
    notices: Callable[[Door], str | None]
    """Which visitor; None where a door has no such wall."""
    case: Case
    line: dict[str, object] | None = None
    """What the table says after the fall, if that is what falls."""


def who_is_not_signed_in(door: Door) -> str | None:
    return None if Anybody.ANYONE in door.may else NOBODY


def who_has_another_role(door: Door) -> str | None:
    others = (role for role in VISITORS[2:] if door.roles and role not in door.may)
    return next(others, None)


def who_owns_another(door: Door) -> str | None:
    return "resident" if door.whose is Whose.OWN else None


def who_works_elsewhere(door: Door) -> str | None:
    return str(door.may[0]) if door.whose is Whose.OFFICE else None


ANYONE = {"may": (Anybody.ANYONE,)}
NOBODYS = {"whose": Whose.NOBODYS}
WALLS = (
    Wall("sign in", nobody_is_asked_who_they_are, who_is_not_signed_in, Case.OWN),
    Wall("role", no_role_is_asked_for, who_has_another_role, Case.OWN),
    Wall("own", nobody_is_asked_whose_it_is, who_owns_another, Case.ANOTHERS),
    Wall("office", no_office_is_asked_for, who_works_elsewhere, Case.ANOTHER_OFFICES),
    Wall("line", the_table_says(**ANYONE), who_is_not_signed_in, Case.OWN, ANYONE),
    Wall("own in the line", the_table_says(**NOBODYS), who_owns_another, Case.ANOTHERS, NOBODYS),
    Wall(
        "office in the line",
        the_table_says(**NOBODYS),
        who_works_elsewhere,
        Case.ANOTHER_OFFICES,
        NOBODYS,
    ),
)


def standing(app: FastAPI) -> Iterator[tuple[Wall, Door]]:
    """Every wall of every door that the walk comes by; of each package one of a kind, or all."""
    packages = {
        (m, r.path): r.endpoint.__module__.split(".")[1] for m, r in routes(app.router.routes)
    }
    seen = set[tuple[str, str]]()
    for door in DOORS:
        package = packages[door.method, door.path]
        for wall in WALLS:
            visitor = wall.notices(door)
            if visitor is None or door.path in ODD or wall.case not in cases(door, visitor):
                continue
            if EVERY or (wall.name, package) not in seen:
                seen.add((wall.name, package))
                yield wall, door


def test_whatever_wall_falls_the_walk_notices(
    app: FastAPI, session: Session, visit: TestClient, connection: Connection
) -> None:
    town, unnoticed, fallen = a_town(session), list[str](), Counter[str]()
    for wall, door in standing(app):
        only = (wall.notices(door), wall.case)
        known = replace(door, **wall.line or {})
        with wall.fall(app, town, door):
            wrong = list(wrong_cells(town, visit, connection, [known], only))
        fallen[wall.name] += 1
        if not wrong:
            unnoticed.append(f"{wall.name}: {door.method} {door.path}")
    assert not unnoticed, "\n".join(unnoticed)
    assert fallen.keys() == {wall.name for wall in WALLS}
