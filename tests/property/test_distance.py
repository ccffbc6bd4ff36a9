"""Distance: the geodesic, and the straight chord that stands for it in SQL."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo_service.geo.ellipsoid import chord_m, earth_xyz, from_chord, metres_between
from geo_service.geo.place import Place
from tests.property.earth import GEOD, bearings, places, radii, walk

EARTH_CENTRED = Transformer.from_crs("EPSG:4326", "EPSG:4978", always_xy=True)


@given(places, places)
def test_metres_are_what_another_library_measures(a: Place, b: Place) -> None:
    assert metres_between(a, b) == pytest.approx(GEOD.inv(a.lng, a.lat, b.lng, b.lat)[2], abs=1e-6)


@given(places, places)
def test_it_is_as_far_there_as_back(a: Place, b: Place) -> None:
    assert metres_between(a, b) == pytest.approx(metres_between(b, a), abs=1e-7)


@given(places)
def test_earth_centred_coordinates_are_what_another_library_computes(place: Place) -> None:
    expected = EARTH_CENTRED.transform(place.lng, place.lat, 0)
    assert dist(earth_xyz(place), expected) < 1e-8


@given(places, bearings, radii)
def test_a_chord_tells_the_geodesic_to_a_micrometre(
    here: Place, bearing: float, metres: float
) -> None:
    chord = dist(earth_xyz(here), earth_xyz(walk(here, bearing, metres)))
    assert from_chord(chord, here.lat) == pytest.approx(metres, rel=0, abs=1e-6)
    assert chord_m(metres, here.lat) == pytest.approx(chord, rel=0, abs=1e-6)


@given(st.floats(-90, 90), radii)
def test_a_chord_and_its_geodesic_lead_back_to_each_other(lat: float, metres: float) -> None:
    assert from_chord(chord_m(metres, lat), lat) == pytest.approx(metres, rel=0, abs=1e-9)


@given(places, bearings, radii, st.sampled_from([-0.001, 0.001]))
def test_a_circle_ends_at_its_rim_to_the_millimetre(
    here: Place, bearing: float, radius_m: float, past_m: float
) -> None:
    there = walk(here, bearing, radius_m + past_m)
    inside = dist(earth_xyz(here), earth_xyz(there)) ** 2 <= chord_m(radius_m, here.lat) ** 2
    assert inside == (past_m < 0)


def test_the_chord_errs_most_along_and_across_the_equator_and_by_less_than_a_micrometre() -> None:
    here = Place(0, 127)
    errors = {
        bearing: from_chord(dist(earth_xyz(here), earth_xyz(walk(here, bearing, 5000))), 0) - 5000
        for bearing in range(0, 360, 15)
    }
    assert {max(errors, key=lambda b: abs(errors[b])) % 90} == {0}
    assert 0.5e-6 < max(map(abs, errors.values())) < 0.9e-6
