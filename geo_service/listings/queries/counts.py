"""How many listings there are where, by hexagon, counted in the index."""

from collections.abc import Iterable, Iterator
from math import ceil

from h3 import LatLngPoly
from h3.api import basic_int as h3
from sqlalchemy import ARRAY, BigInteger, Select, column, func, literal, select

from geo_service.errors import BadField
from geo_service.geo.cells import children_range
from geo_service.listings.models import Kind, Listing
from geo_service.listings.queries import visible
from geo_service.listings.queries.browse import Bounds

MOST_CELLS = 3_000
"""More hexagons than a map can show; beyond that, ask for coarser ones."""

WIDEST_DEGREES = 60.0
"""A slice of a box that is surely understood as meant."""


def cells_in(bounds: Bounds, resolution: int) -> list[int]:
    """Hexagons that meet a box. Raises: BadField when they are too many."""
    found: set[int] = set()
    for part in bounds.parts:
        if _estimate(part, resolution) > MOST_CELLS:
            raise BadField("resolution", "That is too fine for so large a bbox; ask for less.")
        for piece in _pieces(part):
            found.update(_cells_of(piece, resolution))
    return sorted(found)


def _pieces(bounds: Bounds) -> Iterator[Bounds]:
    """The box in slices: H3 takes an edge of half the Earth for the shorter way round."""
    slices = ceil((bounds.east - bounds.west) / WIDEST_DEGREES) or 1
    width = (bounds.east - bounds.west) / slices
    for n in range(slices):
        west = bounds.west + n * width
        yield bounds._replace(west=west, east=min(west + width, 180.0))


def _cells_of(box: Bounds, resolution: int) -> list[int]:
    corners = [
        (box.south, box.west),
        (box.south, box.east),
        (box.north, box.east),
        (box.north, box.west),
    ]
    shape = LatLngPoly(corners)
    return list(h3.h3shape_to_cells_experimental(shape, resolution, contain="overlap"))


def _estimate(bounds: Bounds, resolution: int) -> float:
    """About how many hexagons meet the box, without making them; a line meets many, too."""
    across_km = 2 * float(h3.average_hexagon_edge_length(resolution, unit="km"))
    height_km = (bounds.north - bounds.south) * 111 + across_km
    width_km = (bounds.east - bounds.west) * 111 + across_km
    return height_km * width_km / float(h3.average_hexagon_area(resolution, unit="km^2"))


def counts(cells: Iterable[int], kinds: tuple[Kind, ...]) -> Select[int, int]:
    """(hexagon, how many) for those that hold anything on offer `:at` a moment."""
    ranges = [(cell, *children_range(cell)) for cell in cells]
    asked = (
        func.unnest(*(literal([r[n] for r in ranges], ARRAY(BigInteger)) for n in range(3)))
        .table_valued(
            column("cell", BigInteger), column("low", BigInteger), column("high", BigInteger)
        )
        .render_derived("asked")
    )
    return (
        select(asked.c.cell, func.count())
        .select_from(asked)
        .join(Listing, Listing.cell.between(asked.c.low, asked.c.high))
        .where(visible.on_offer(), *visible.of_kinds(kinds))
        .group_by(asked.c.cell)
        .order_by(asked.c.cell)
    )
