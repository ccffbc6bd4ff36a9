"""Every door says who may pass, and a door that only looks cannot write."""

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from geo_service.web.session import DbSession, ReadSession

CHANGED_BY_ANYBODY: dict[str, str] = {}
"""Doors that change something for anyone, and why they may."""


def routes(app: FastAPI) -> Iterator[APIRoute]:
    for route in app.router.routes:
        for context in getattr(route, "effective_route_contexts", list)():
            if isinstance(context.original_route, APIRoute):
                yield context.original_route


def asks(dependant: Dependant) -> set[object]:
    return {dependant.call} | {call for d in dependant.dependencies for call in asks(d)}


def test_whoever_only_looks_cannot_write(app: FastAPI) -> None:
    writing = DbSession.__metadata__[0].dependency
    looking = [route for route in routes(app) if route.methods <= {"GET", "HEAD"}]
    assert looking
    assert [route.path for route in looking if writing in asks(route.dependant)] == []


def test_nobody_changes_anything_unknown(app: FastAPI) -> None:
    changing = {route.path for route in routes(app) if route.methods - {"GET", "HEAD"}}
    assert changing == set(CHANGED_BY_ANYBODY)


def test_somebody_looks_at_the_database(app: FastAPI) -> None:
    reading = ReadSession.__metadata__[0].dependency
    assert [route for route in routes(app) if reading in asks(route.dependant)]
