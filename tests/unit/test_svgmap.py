"""The drawn map: places keep their bearings, pins their numbers."""

from itertools import combinations
from typing import Any

import pytest
from shapely.geometry import box

from geo_service.geo.place import Place
from geo_service.web.pins import HALF_HEIGHT, ROOMY, SMALL, Pin
from geo_service.web.svgmap import REACH, SIDE, corners, draw
from tests.factories import HOME, walk

MIDDLE = SIDE / 2


def feature(place: Place, kind: str = "job") -> dict[str, Any]:
    """As the search returns it."""
    return {"geometry": {"coordinates": [place.lng, place.lat]}, "properties": {"kind": kind}}


@pytest.mark.parametrize(
    ("bearing", "x", "y"),
    [(0, 0, -REACH), (90, REACH, 0), (180, 0, REACH), (270, -REACH, 0)],
)
def test_the_rim_of_the_walk_is_the_circle(bearing: float, x: float, y: float) -> None:
    rim = feature(walk(700, bearing))
    (pin,) = draw(HOME, 700, numbered=[(1, rim)]).pins
    assert (pin.x - MIDDLE, pin.y - MIDDLE) == pytest.approx((x, y), abs=0.2)


def test_pins_that_would_cover_each_other_share_one() -> None:
    places = [HOME, HOME, walk(10), walk(600), HOME]
    numbered = list(enumerate(map(feature, places), 1))
    far, near = draw(HOME, 700, numbered=numbered).pins
    assert (near.numbers, near.label) == ((1, 2, 3, 5), "1+3")
    assert (far.numbers, far.label) == ((4,), "4")


def test_neighbours_in_the_list_are_written_as_a_span() -> None:
    numbered = list(enumerate([feature(HOME), feature(HOME, "space")], 51))
    (pin,) = draw(HOME, 700, numbered=numbered).pins
    assert (pin.label, pin.look) == ("51–52", "mixed")


def test_no_pin_touches_another_and_none_is_lost() -> None:
    numbered = list(enumerate([feature(walk(n * 13, n * 47)) for n in range(50)], 1))
    drawn = draw(HOME, 700, numbered=numbered)
    for pins, size in ((drawn.pins, ROOMY), (drawn.few, SMALL)):
        assert sorted(n for pin in pins for n in pin.numbers) == list(range(1, 51))
        assert pins[-1].numbers[0] == 1
        assert not [one for one, other in combinations(pins, 2) if touching(one, other, size)]
    assert 1 < len(drawn.few) < len(drawn.pins) < 50


def touching(one: Pin, other: Pin, size: float) -> bool:
    """Whether the frames of two pins overlap, drawn so large."""
    wide = (one.half_width + other.half_width) * size
    return abs(one.x - other.x) < wide and abs(one.y - other.y) < 2 * HALF_HEIGHT * size


def test_the_drawing_can_be_read_back_into_degrees() -> None:
    there = walk(650, 60)
    drawn = draw(HOME, 700, numbered=[(1, feature(there))])
    (pin,) = drawn.pins
    assert HOME.lng + (pin.x - MIDDLE) * drawn.lng_per_unit == pytest.approx(there.lng, abs=2e-6)
    assert HOME.lat - (pin.y - MIDDLE) * drawn.lat_per_unit == pytest.approx(there.lat, abs=2e-6)


def test_outlines_are_cut_at_the_window_and_named_once_beside_the_home() -> None:
    everywhere = box(HOME.lng - 1, HOME.lat - 1, HOME.lng + 1, HOME.lat + 1)
    elsewhere = box(HOME.lng + 1, HOME.lat + 1, HOME.lng + 2, HOME.lat + 2)
    (outline,) = draw(HOME, 700, areas=[("송정동", everywhere), ("먼 동", elsewhere)]).outlines
    assert outline.named
    assert (outline.x - MIDDLE) ** 2 + (outline.y - MIDDLE) ** 2 > 80**2
    numbers = [float(n) for n in outline.path.strip("MZ").replace("L", " ").split()]
    assert (min(numbers), max(numbers)) == (-780, 1420)


def test_names_stand_beside_pins_and_not_under_them() -> None:
    everywhere = box(HOME.lng - 1, HOME.lat - 1, HOME.lng + 1, HOME.lat + 1)
    bare = draw(HOME, 700, areas=[("송정동", everywhere)]).outlines[0]
    north_south = [(1, feature(walk(220))), (2, feature(walk(220, 180)))]
    drawn = draw(HOME, 700, numbered=north_south, areas=[("송정동", everywhere)])
    (outline,) = drawn.outlines
    assert outline.named
    for pin in drawn.few:
        reach = HALF_HEIGHT * SMALL
        assert abs(outline.x - pin.x) > reach or abs(outline.y - pin.y) > reach
    assert (outline.x, outline.y) != (bare.x, bare.y)


def test_the_dong_of_the_home_is_named_near_it_even_when_it_is_small() -> None:
    small = box(HOME.lng - 0.0012, HOME.lat - 0.0009, HOME.lng + 0.0012, HOME.lat + 0.0009)
    tall = box(HOME.lng - 0.0004, HOME.lat - 0.003, HOME.lng + 0.0004, HOME.lat + 0.003)
    (outline,) = draw(HOME, 700, areas=[("송정동", small.union(tall))]).outlines
    assert outline.named
    assert abs(outline.y - MIDDLE) < 100


def test_a_pin_on_the_home_leaves_it_to_be_seen() -> None:
    assert draw(HOME, 700, numbered=[(1, feature(HOME))]).home_covered
    assert not draw(HOME, 700, numbered=[(1, feature(walk(600)))]).home_covered


def test_corners_hold_the_whole_window_and_stay_on_earth() -> None:
    south_west, north_east = corners(HOME, 700)
    assert south_west.lat < HOME.lat < north_east.lat
    assert south_west.lng < HOME.lng < north_east.lng
    assert corners(Place(89.9999, 179.9999), 700)[1] == Place(90, 180)


@pytest.mark.parametrize(("lat", "lng"), [(-90, 0), (90, 180), (0, -180), (-0.0, 180), (89.5, 1)])
def test_every_place_on_earth_can_be_drawn(lat: float, lng: float) -> None:
    drawn = draw(Place(lat, lng), 700)
    assert 0 < drawn.lat_per_unit < 1e-4
    assert 0 < drawn.lng_per_unit < 3e-3
    south_west, north_east = corners(Place(lat, lng), 700)
    assert north_east.lat - south_west.lat < 0.1


def test_half_a_walk_is_a_ring_of_its_own_when_there_is_room() -> None:
    assert draw(HOME, 700).ring == pytest.approx(REACH * 351 / 700, abs=0.1)
    assert draw(HOME, 350).ring is None
