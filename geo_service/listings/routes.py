"""The listings API: everything nearby, whatever its kind."""

from string import punctuation
from typing import Annotated, Any
from urllib.parse import quote_from_bytes
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response

from geo_service.areas.queries import area_ever_coded
from geo_service.clock import now
from geo_service.db.reader import Reader
from geo_service.errors import BadField, NotFound
from geo_service.geo.place import Place
from geo_service.listings.queries import browse, counts, visible
from geo_service.listings.queries.census import Census
from geo_service.listings.queries.cursor import Rim
from geo_service.listings.queries.nearby import Found, finding
from geo_service.listings.queries.search import Search
from geo_service.listings.schemas import (
    BrowseQuery,
    CellFeature,
    Cells,
    CellsQuery,
    ListingDetail,
    Listings,
    ListingsNearby,
    NearbyQuery,
)
from geo_service.web.caching import GeoJSON, kept
from geo_service.web.hot import HotRoute
from geo_service.web.session import ReadSession

router = APIRouter(
    prefix="/api/v1/listings",
    tags=["listings"],
    default_response_class=GeoJSON,
    responses={304: {"description": "What you have is still true."}},
)


class NoSuchListing(NotFound):
    """There is no such listing."""


async def listings_nearby(request: Request, query: Annotated[NearbyQuery, Query()]) -> Response:
    """Everything open around a place, nearest first, as GeoJSON.

    Exact to the millimetre on the WGS 84 ellipsoid; equal distances in order of id.
    `nearest_beyond` is the nearest listing outside, when there is none inside.
    """
    reader: Reader = request.app.state.reader
    counted: Census = request.app.state.census
    search_under_way = finding(_search(query), at=now(), cursor=query.cursor, counted=counted)
    try:
        ask = next(search_under_way)
        while True:
            ask = search_under_way.send(await reader.rows(ask.statement, ask.values))
    except StopIteration as end:
        found: Found = end.value
    body = _collection(
        request, found.text, found.number, found.cursor, b',"nearest_beyond":' + found.beyond
    )
    return kept(request, body)


router.add_api_route(
    "/nearby",
    listings_nearby,
    responses={200: {"model": ListingsNearby}},
    route_class_override=HotRoute,
)


@router.get("", responses={200: {"model": Listings}})
def listings(
    request: Request, query: Annotated[BrowseQuery, Query()], session: ReadSession
) -> Response:
    """Listings of a box or of an area, in no order that means anything, page by page."""
    asked = (query.bbox, tuple(query.kind), query.area)
    found = browse.offered().where(*visible.of_kinds(tuple(query.kind)))
    if query.bbox is not None:
        found = found.where(browse.in_bounds(browse.Bounds.read(query.bbox)))
    if query.area is not None:
        area = session.scalar(area_ever_coded(query.area))
        if area is None:
            raise BadField("area", "No area has or had this code; find one at /api/v1/areas.")
        found = found.where(browse.in_area(area))
    if query.cursor:
        found = found.where(browse.after(Rim.read(query.cursor, asked).id))
    rows = session.execute(found.limit(query.limit + 1), {"at": now()}).all()
    shown = rows[: query.limit]
    cursor = Rim(0.0, shown[-1].id).cursor(asked) if len(rows) > query.limit else None
    text = ",".join(row.feature for row in shown)
    return kept(request, _collection(request, text.encode(), len(shown), cursor))


@router.get("/cells", responses={200: {"model": Cells}})
def listing_cells(
    request: Request, query: Annotated[CellsQuery, Query()], session: ReadSession
) -> Response:
    """How many listings each hexagon (H3) of a box holds; empty ones are left out."""
    cells = counts.cells_in(browse.Bounds.read(query.bbox), query.resolution)
    rows = session.execute(counts.counts(cells, tuple(query.kind)), {"at": now()})
    features = [CellFeature.of(cell, count) for cell, count in rows]
    answer = Cells(numberReturned=len(features), features=features)
    return kept(request, answer.model_dump_json().encode())


@router.get("/{id}", responses={200: {"model": ListingDetail}})
def listing(request: Request, id: UUID, session: ReadSession) -> Response:  # noqa: A002
    """One listing with everything it tells, also after it has closed."""
    at = now()
    found = session.scalar(browse.the_listing(id), {"at": at})
    if found is None:
        raise NoSuchListing
    return kept(request, ListingDetail.of(found, at).model_dump_json().encode())


def _search(query: NearbyQuery) -> Search:
    return Search(
        here=Place(query.lat, query.lng),
        within_m=query.within_m,
        kinds=tuple(sorted(set(query.kind))),
        words=query.q,
        open_at=query.open_at,
        limit=query.limit,
        pace=query.pace,
    )


def _collection(
    request: Request, features: bytes, number: int, cursor: str | None, more: bytes = b""
) -> bytes:
    links: list[dict[str, Any]] = []
    if cursor:
        href = f"{request.scope['path']}?{_query_with(cursor, request.scope['query_string'])}"
        links.append({"rel": "next", "href": href, "type": GeoJSON.media_type})
    head = b'{"type":"FeatureCollection","numberReturned":%d,"links":%b%b,"features":[%b]}'
    return head % (number, orjson.dumps(links), more, features)


def _query_with(cursor: str, query: bytes) -> str:
    """The same question about the next page."""
    asked = quote_from_bytes(query, safe=punctuation).split("&")
    return "&".join(
        [*(part for part in asked if not part.startswith("cursor=")), f"cursor={cursor}"]
    )
