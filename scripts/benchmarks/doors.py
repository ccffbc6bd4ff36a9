"""The service itself with three more doors: the least it can say, the ORM's way, Redis.

`python -m scripts.benchmarks.doors DATABASE_URL` serves on a free port and prints its address.
"""

import sys
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import sessionmaker

from geo_service.app import build_app
from geo_service.db.opening import Database
from geo_service.db.session import open_engine, open_reading_engine
from geo_service.listings.schemas import NearbyQuery
from geo_service.settings import Settings
from geo_service.web.caching import GeoJSON
from geo_service.web.hot import HotRoute
from geo_service.web.logs import start_logging
from geo_service.web.server import Server, address, listening, stop_signals
from scripts.benchmarks import orm_door, redis_door

BODY = b'{"type":"FeatureCollection","features":[%s]}' % b",".join([b'"%s"' % (b"x" * 97)] * 50)
"""Five kilobytes; the mean answer weighs three times as much."""

router = APIRouter(prefix="/bench")
router.include_router(orm_door.router)
router.include_router(redis_door.router)


async def floor(request: Request, query: Annotated[NearbyQuery, Query()]) -> Response:
    """The least this service can do: read and check the question, say something."""
    del request, query
    return Response(BODY, media_type=GeoJSON.media_type)


router.add_api_route("/floor", floor)
router.add_api_route("/hot-floor", floor, route_class_override=HotRoute)


def main(url: str) -> None:
    """Serve until told to stop, as `geo-service serve` does."""
    database = Database(
        url=url,
        read_url=url,
        sessions=sessionmaker(open_engine(url), expire_on_commit=False),
        read_sessions=sessionmaker(open_reading_engine(url), expire_on_commit=False),
    )
    start_logging("json")
    with stop_signals() as stop, listening("127.0.0.1", 0) as listener:
        app = build_app(Settings(), database)
        app.include_router(router)
        app.router.routes.insert(0, app.router.routes.pop())  # not behind the paths of all others
        Server(app, stop, ready=lambda: print(address(listener), flush=True)).run([listener])  # noqa: T201


if __name__ == "__main__":
    # The peers' libraries, behind our own: only what we do not have comes from there.
    sys.path += map(str, Path(".venv-bench/lib").glob("python3*/site-packages"))
    main(sys.argv[1])
