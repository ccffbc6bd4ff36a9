"""The same answer from Redis: GEOSEARCH for who is near, HMGET for what they tell.

A door of the same application, so that it bears the same checks, headers, log and metrics.
"""

import os
from math import ceil
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from geo_service.geo.walking import Pace
from geo_service.listings.schemas import NearbyQuery
from geo_service.web.caching import GeoJSON

router = APIRouter()
_METRES_PER_MINUTE = 60 * Pace.USUAL.metres_per_second


class _Pool:
    """Connections to the Redis that `REDIS_SOCKET` names, made when first asked."""

    client: Any = None

    @classmethod
    def redis(cls) -> Any:
        """The client, with its fast parser."""
        if cls.client is None:
            from redis.asyncio import Redis  # type: ignore[import-not-found]  # noqa: PLC0415

            cls.client = Redis(unix_socket_path=os.environ["REDIS_SOCKET"])
        return cls.client


async def nearby(request: Request, query: Annotated[NearbyQuery, Query()]) -> Response:
    """The nearest features, spliced as PostgreSQL splices ours."""
    del request
    redis = _Pool.redis()
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
        % (feature, metres, max(1, ceil(metres / _METRES_PER_MINUTE)))
        for feature, (_, metres) in zip(features, found, strict=True)
    )
    body = b'{"type":"FeatureCollection","numberReturned":%d,"features":[%s]}'
    return Response(body % (len(found), text), media_type=GeoJSON.media_type)


router.add_api_route("/redis", nearby)
