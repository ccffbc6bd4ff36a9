"""Hexagons: a circle's cover misses nothing anywhere, and holds little more than it must."""

from h3.api import basic_int as h3
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import Point, Polygon

from geo_service.geo.cells import (
    RESOLUTION,
    cell_centre,
    cell_of,
    cell_outline,
    cells_within,
    children_range,
    parent_bits,
    parent_of,
)
from geo_service.geo.place import Place
from geo_service.geo.walking import WALK_RADIUS_M
from tests.property.earth import (
    bearings,
    in_korea,
    near_face_edges,
    near_pentagons,
    near_the_antimeridian,
    near_the_poles,
    places,
    radii,
    walk,
)

ALL_AROUND = [bearing * 7.5 for bearing in range(48)]
TIGHT_RIM = [1 - 1e-9, 0.999, 0.9]


def assert_covered(here: Place, radius_m: float) -> None:
    """No point at the rim of the circle, just inside it or farther in lies outside the cover."""
    cover = cells_within(here, radius_m)
    missed = [
        (bearing, share)
        for bearing in ALL_AROUND
        for share in TIGHT_RIM
        if cell_of(walk(here, bearing, radius_m * share)) not in cover
    ]
    assert not missed


@given(places, radii)
def test_hexagons_cover_every_circle(here: Place, radius_m: float) -> None:
    assert_covered(here, radius_m)


@given(near_pentagons, radii)
def test_hexagons_cover_circles_around_pentagons(here: Place, radius_m: float) -> None:
    assert_covered(here, radius_m)


@given(near_face_edges, radii)
def test_hexagons_cover_circles_across_the_edges_of_h3s_icosahedron(
    here: Place, radius_m: float
) -> None:
    assert_covered(here, radius_m)


@given(near_the_antimeridian | near_the_poles, radii)
def test_hexagons_cover_circles_where_longitudes_jump(here: Place, radius_m: float) -> None:
    assert_covered(here, radius_m)


def metres_away(here: Place, rings: int) -> dict[int, float]:
    """How far hexagons are from `here`, by geometry on a plane that keeps distances from it."""
    flat = Transformer.from_crs("EPSG:4326", f"+proj=aeqd +lat_0={here.lat} +lon_0={here.lng}")
    return {
        cell: Polygon(
            [flat.transform(corner.lat, corner.lng) for corner in cell_outline(cell)]
        ).distance(Point(0, 0))
        for cell in h3.grid_disk(cell_of(here), rings)
    }


@settings(max_examples=60)
@given(places, st.floats(1, 900))
def test_a_cover_is_what_touches_the_circle_and_a_little_of_what_almost_does(
    here: Place, radius_m: float
) -> None:
    cover = cells_within(here, radius_m)
    away_m = metres_away(here, rings=6)
    assert {cell for cell, metres in away_m.items() if metres <= radius_m} <= cover
    assert max(away_m[cell] for cell in cover) < radius_m + 60


@settings(max_examples=100)
@given(in_korea)
def test_a_walk_in_korea_meets_about_33_hexagons(here: Place) -> None:
    assert 28 <= len(cells_within(here, WALK_RADIUS_M)) <= 38


@given(places)
def test_a_walk_stays_within_four_rings_anywhere_on_earth(here: Place) -> None:
    assert cells_within(here, WALK_RADIUS_M) <= set(h3.grid_disk(cell_of(here), 4))


@given(places)
def test_a_hexagon_holds_its_own_centre_and_lies_under_its_parents(here: Place) -> None:
    cell = cell_of(here)
    assert cell_of(cell_centre(cell)) == cell
    for resolution in range(RESOLUTION + 1):
        parent = parent_of(cell, resolution)
        keep, put = parent_bits(resolution)
        assert cell & keep | put == parent
        low, high = children_range(parent)
        assert low <= cell <= high


@given(places, bearings, st.integers(4, RESOLUTION - 1))
def test_a_range_of_children_holds_no_strangers(
    here: Place, bearing: float, resolution: int
) -> None:
    parent = parent_of(cell_of(here), resolution)
    low, high = children_range(parent)
    for metres in (300, 1_000, 3_000, 10_000, 30_000):
        cell = cell_of(walk(here, bearing, metres))
        assert (low <= cell <= high) == (parent_of(cell, resolution) == parent)
