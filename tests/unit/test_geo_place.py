"""What is a place on Earth, and what is not."""

from math import inf, nan

import pytest

from geo_service.geo.place import NotOnEarth, Place


@pytest.mark.parametrize(("lat", "lng"), [(90, 180), (-90, -180), (0, 0), (35.1407, 126.7988)])
def test_the_whole_earth_is_allowed(lat: float, lng: float) -> None:
    place = Place(lat, lng)
    assert (place.lat, place.lng) == (lat, lng)


@pytest.mark.parametrize(
    ("lat", "lng"), [(90.0000001, 0), (-91, 0), (0, 180.0000001), (126.7988, 35.1407), (0, -1e300)]
)
def test_beyond_the_map_there_is_no_place(lat: float, lng: float) -> None:
    with pytest.raises(NotOnEarth) as problem:
        Place(lat, lng)
    assert problem.value.facts == {"lat": lat, "lng": lng}


@pytest.mark.parametrize(("lat", "lng"), [(nan, 0), (0, nan), (inf, 0), (0, -inf), (nan, nan)])
def test_what_is_no_number_is_no_place_and_is_not_repeated(lat: float, lng: float) -> None:
    with pytest.raises(NotOnEarth) as problem:
        Place(lat, lng)
    assert problem.value.facts == {}


def test_a_place_can_be_told_less_exactly() -> None:
    assert Place(35.14071, 126.79884).rounded(3) == Place(35.141, 126.799)
    assert Place(89.9999, -179.9999).rounded(3) == Place(90, -180)
