"""What is written about a door: who may pass it, and whose things lie behind it.

The whole table is `geo_service/permissions.txt`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from geo_service.offices.models import Role
from geo_service.web.i18n import PREFIXES


class Anybody(StrEnum):
    """Those who need no office."""

    ANYONE = auto()
    """Also who is not signed in."""
    PERSON = auto()
    """Whoever is signed in."""


class Whose(StrEnum):
    """To whom the thing belongs that a path names."""

    NOBODYS = auto()
    """It is for all who may pass, or the path names nothing."""
    OWN = auto()
    """Only to the person who asks; another's is not there: 404."""
    OFFICE = auto()
    """To an office in which who asks has one of the roles; another office's is not there: 404."""


@dataclass(frozen=True, slots=True)
class Door:
    """One line of the table."""

    method: str
    path: str
    """As the route writes it, without the prefix of a language."""
    may: tuple[Anybody | Role, ...]
    whose: Whose = Whose.NOBODYS

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of which one is needed; empty where no office is."""
        return frozenset(who for who in self.may if isinstance(who, Role))


class UnplannedDoor(Exception):
    """A route that the table does not name, or a line of the table that no route has."""


class Doors:
    """The table, looked up by method and path."""

    def __init__(self, doors: Iterable[Door]) -> None:
        self._by_key: dict[tuple[str, str], Door] = {}
        for door in doors:
            if (door.method, door.path) in self._by_key:
                raise UnplannedDoor(f"{door.method} {door.path} is written twice")
            self._by_key[door.method, door.path] = door

    def __iter__(self) -> Iterator[Door]:
        return iter(self._by_key.values())

    def of(self, request: Request) -> Door:
        """The door that this request is passing."""
        return self._by_key[request.method, _plain(request.scope["route"].path)]

    def looked_into_by(self, roles: Collection[Role]) -> frozenset[str]:
        """The paths that somebody with these roles may GET as staff."""
        mine = (d.path for d in self if d.method == "GET" and not d.roles.isdisjoint(roles))
        return frozenset(mine)

    def check(self, app: FastAPI) -> None:
        """Compare the table with what is really open. Raises: UnplannedDoor."""
        opened = {(method, _plain(route.path)) for method, route in routes(app.router.routes)}
        if missing := sorted(opened - self._by_key.keys()):
            raise UnplannedDoor(f"not in permissions.txt: {missing}")
        if gone := sorted(self._by_key.keys() - opened):
            raise UnplannedDoor(f"in permissions.txt, but no route: {gone}")


def routes(opened: Iterable[BaseRoute]) -> Iterator[tuple[str, APIRoute]]:
    """Every method of every route, however deep it was included."""
    for context in iter_route_contexts(list(opened)):
        original = context.original_route
        if isinstance(original, APIRoute):
            for method in (original.methods or set()) - {"HEAD"}:
                yield method, original


def _plain(path: str) -> str:
    """The path without the prefix of a language."""
    for prefix in PREFIXES:
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            return path.removeprefix(prefix) or "/"
    return path
