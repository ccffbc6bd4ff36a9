"""The same answer from Redis: FastAPI, GEOSEARCH for who is near, HMGET for what they tell.

Runs in the peers' environment (`.venv-bench`), with nothing of ours in it, no middleware either.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import ceil
from typing import Annotated

from fastapi import FastAPI, Query, Request, Response
from pydantic import BaseModel, Field
from redis.asyncio import Redis


class Nearby(BaseModel):
    """What is asked."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lng: Annotated[float, Field(ge=-180, le=180)]
    within_m: Annotated[float, Field(gt=0, le=5_000)] = 700
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One pool of connections."""
    async with Redis(unix_socket_path=os.environ["REDIS_SOCKET"]) as redis:
        app.state.redis = redis
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/nearby")
async def nearby(request: Request, query: Annotated[Nearby, Query()]) -> Response:
    """The nearest features, spliced as the service splices them."""
    redis: Redis = request.app.state.redis
    found = await redis.geosearch(
        "listing",
        longitude=query.lng,
        latitude=query.lat,
        radius=query.within_m,
        unit="m",
        sort="ASC",
        count=query.limit,
        withdist=True,
    )
    features = await redis.hmget("feature", [id_ for id_, _ in found]) if found else []
    text = b",".join(
        b'%s,"distance_m":%.1f,"walk_minutes":%d}}'
        % (feature[:-2], metres, max(1, ceil(metres / 70.2)))
        for feature, (_, metres) in zip(features, found, strict=True)
    )
    body = b'{"type":"FeatureCollection","numberReturned":%d,"features":[%s]}'
    return Response(body % (len(found), text), media_type="application/geo+json")
