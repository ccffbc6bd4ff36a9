"""Every door says who may pass, and a door that only looks cannot write."""

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from geo_service.offices.access.doors import routes
from geo_service.web.csrf import proven
from geo_service.web.session import DbSession, ReadSession


def asks(dependant: Dependant) -> set[object]:
    return {dependant.call} | {call for d in dependant.dependencies for call in asks(d)}


def opened(app: FastAPI) -> list[tuple[str, APIRoute]]:
    return list(routes(app.router.routes))


def test_whoever_only_looks_cannot_write(app: FastAPI) -> None:
    writing = DbSession.__metadata__[0].dependency
    looking = [route for method, route in opened(app) if method == "GET"]
    assert looking
    assert [route.path for route in looking if writing in asks(route.dependant)] == []


def test_whoever_changes_something_proves_that_the_wish_is_theirs(app: FastAPI) -> None:
    changing = [route for method, route in opened(app) if method != "GET"]
    assert [route.path for route in changing if proven not in asks(route.dependant)] == []


def test_somebody_looks_at_the_database(app: FastAPI) -> None:
    reading = ReadSession.__metadata__[0].dependency
    assert [route for _, route in opened(app) if reading in asks(route.dependant)]
