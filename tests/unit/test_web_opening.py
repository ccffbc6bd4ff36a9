"""Doors below each prefix: found there, and known by the path they were written with."""

import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.testclient import TestClient

from geo_service.web.opening import open_doors

ROOM = "/rooms/{number:int}"
router = APIRouter()


@router.get(ROOM)
def room(request: Request, number: int) -> list[str | int]:
    return [request.scope["route"].path, number]


@pytest.fixture
def app() -> FastAPI:
    return FastAPI(responses={"4XX": {"description": "no"}}, openapi_url="/all.json")


def test_a_door_below_a_prefix_keeps_its_own_path(app: FastAPI) -> None:
    for prefix in ("", "/en"):
        open_doors(app, router, prefix)
    visit = TestClient(app)
    assert visit.get("/rooms/7").json() == visit.get("/en/rooms/7").json() == [ROOM, 7]
    assert visit.get("/fr/rooms/7").status_code == 404
    assert visit.post("/en/rooms/7").status_code == 405


def test_what_every_door_may_answer_is_told_of_each(app: FastAPI) -> None:
    open_doors(app, router)
    told = app.openapi()["paths"]["/rooms/{number}"]["get"]["responses"]
    assert told["4XX"] == {"description": "no"}
    assert router.routes[0].responses == {}, "the door itself is another app's, too"


def test_a_part_within_a_part_is_refused_and_not_lost(app: FastAPI) -> None:
    house = APIRouter()
    house.include_router(router)
    with pytest.raises(TypeError, match=r"router\.routes"):
        open_doors(app, house)
