"""Whoever waits for a turn holds none that somebody before them needs: nobody waits in a circle."""

from collections.abc import Callable, Iterator
from inspect import isasyncgenfunction
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from geo_service.confidential import access as confidential
from geo_service.offices.access.doors import routes
from geo_service.reports.access import _tries
from geo_service.web.session import _reading, _transaction

WRITING, READING, CONFIDING = range(3)
"""The turns, in the order in which they are taken."""


def turn_of(call: Callable[..., Any] | None) -> int | None:
    """Which one a dependency takes."""
    if call in {_transaction, _tries}:
        return WRITING
    if call is _reading:
        return READING
    if getattr(call, "__module__", "") == confidential.__name__ and isasyncgenfunction(call):
        return CONFIDING
    return None


def turns_of(dependant: Dependant) -> Iterator[int]:
    """Those that a door asks for; each is taken when it is asked for first."""
    for one in dependant.dependencies:
        yield from turns_of(one)
    if (turn := turn_of(dependant.call)) is not None:
        yield turn


def test_every_door_takes_its_turns_in_one_order(app: FastAPI) -> None:
    taken = {
        (method, route.path): list(dict.fromkeys(turns_of(route.dependant)))
        for method, route in routes(app.router.routes)
    }
    assert {READING, CONFIDING} in map(set, taken.values())
    assert {WRITING, CONFIDING} in map(set, taken.values())
    wrong = {door: turns for door, turns in taken.items() if turns != sorted(turns)}
    assert wrong == {}
