"""The Mercator plane: where it puts places, and what surely lies in a box on it."""

from math import hypot, pi

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Transformer

from geo_service.geo.ellipsoid import EQUATOR_M
from geo_service.geo.place import Place
from geo_service.geo.plane import (
    boxes_around,
    greatest_scale,
    half_width_m,
    least_scale,
    on_plane,
    plane_xy,
    scale_at,
)
from tests.property.earth import bearings, in_korea, near_the_antimeridian, places, radii, walk

WORLD_MERCATOR = Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True)

WIDTH_OF_THE_WORLD = 2 * pi * EQUATOR_M

shares = st.sampled_from([1.0]) | st.floats(0, 1)
"""How far out in a circle a point lies: often on the rim."""


@given(places)
def test_the_plane_is_world_mercator(place: Place) -> None:
    assume(on_plane(place.lat, 0))
    expected = WORLD_MERCATOR.transform(place.lng, place.lat)
    assert plane_xy(place) == pytest.approx(expected, rel=0, abs=1e-6)


@given(in_korea, bearings)
def test_the_scale_is_the_same_in_every_direction(here: Place, bearing: float) -> None:
    x, y = plane_xy(here)
    there_x, there_y = plane_xy(walk(here, bearing, 1))
    assert hypot(there_x - x, there_y - y) == pytest.approx(scale_at(here.lat), rel=1e-6)


@given(places, bearings, radii, shares)
def test_a_box_holds_every_point_of_its_circle(
    here: Place, bearing: float, radius_m: float, share: float
) -> None:
    assume(on_plane(here.lat, radius_m))
    x, y = plane_xy(walk(here, bearing, radius_m * share))
    corners = [box.corners for box in boxes_around(here, radius_m)]
    assert sum(x1 <= x <= x2 and y1 <= y <= y2 for x1, y1, x2, y2 in corners) == 1


def test_a_box_forgives_the_rounding_of_coordinates() -> None:
    for tenth in range(-1799, 1799):
        here = Place(0, tenth / 10)
        [box] = boxes_around(here, 1)
        for bearing in (90, 270):
            x, _ = plane_xy(walk(here, bearing, 1))
            assert abs(x - box.x) <= box.half_width


@given(places, bearings, radii, shares)
def test_what_is_far_on_the_plane_is_far_on_the_ground(
    here: Place, bearing: float, radius_m: float, share: float
) -> None:
    assume(on_plane(here.lat, radius_m))
    metres = radius_m * share
    x, y = plane_xy(walk(here, bearing, metres))
    on_the_plane = min(hypot(x - box.x, y - box.y) for box in boxes_around(here, radius_m))
    assert on_the_plane <= greatest_scale(here.lat, radius_m) * (metres + 1e-6)


@given(places, bearings, radii, shares, st.sampled_from([1, 3, 100]))
def test_what_is_far_on_the_ground_is_far_on_the_plane(
    here: Place, bearing: float, radius_m: float, share: float, beyond: float
) -> None:
    assume(on_plane(here.lat, radius_m))
    metres = radius_m * share
    there = walk(here, bearing, metres * beyond)
    assume(on_plane(there.lat, 0))
    x, y = plane_xy(there)
    on_the_plane = min(hypot(x - box.x, y - box.y) for box in boxes_around(here, radius_m))
    assert on_the_plane >= least_scale(here.lat, radius_m) * (metres - 1e-6)


@given(in_korea, radii)
def test_in_korea_a_box_is_hardly_larger_than_its_circle(here: Place, radius_m: float) -> None:
    plain = radius_m * scale_at(here.lat)
    assert plain < half_width_m(here.lat, radius_m) < plain * (1 + 1.4e-7 * radius_m) + 1e-5


@given(near_the_antimeridian, radii)
def test_a_circle_across_the_antimeridian_has_two_boxes_and_others_one(
    here: Place, radius_m: float
) -> None:
    assume(on_plane(here.lat, radius_m))
    ends = [walk(here, bearing, radius_m).lng for bearing in (90, 270)]
    boxes = boxes_around(here, radius_m)
    if abs(ends[0] - ends[1]) > 180:
        assert len(boxes) == 2
        assert abs(boxes[0].x - boxes[1].x) == pytest.approx(WIDTH_OF_THE_WORLD)
    assert all(abs(box.x) - box.half_width <= WIDTH_OF_THE_WORLD / 2 for box in boxes)


@pytest.mark.parametrize(
    ("lat", "radius_m", "usable"),
    [(0, 5000, True), (-35, 700, True), (88.9, 5000, True), (88.99, 5000, False), (-90, 1, False)],
)
def test_the_plane_ends_before_the_poles(lat: float, radius_m: float, *, usable: bool) -> None:
    assert on_plane(lat, radius_m) is usable
