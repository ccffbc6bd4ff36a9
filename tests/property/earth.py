"""Places worth trying, and an oracle for distances that shares no code with ours (PROJ)."""

from functools import partial
from math import asin, atan2, cos, degrees, hypot, radians, sin

from h3.api import basic_int as h3
from hypothesis import strategies as st
from pyproj import Geod

from geo_service.geo.place import Place

GEOD = Geod(ellps="WGS84")

PENTAGONS = [Place(*h3.cell_to_latlng(pentagon)) for pentagon in h3.get_pentagons(0)]
"""The twelve corners of H3's icosahedron."""


def walk(start: Place, bearing: float, metres: float) -> Place:
    """Where a straight walk ends."""
    lng, lat, _ = GEOD.fwd(start.lng, start.lat, bearing, metres)
    return Place(lat, lng)


def _between(a: Place, b: Place, part: float) -> Place:
    """A place on the edge of a face of the icosahedron, from one corner to another."""
    x, y, z = (p + part * (q - p) for p, q in zip(_unit(a), _unit(b), strict=True))
    return Place(degrees(asin(z / hypot(x, y, z))), degrees(atan2(y, x)))


def _unit(place: Place) -> tuple[float, float, float]:
    """`place` on the sphere that H3 takes the Earth for."""
    lat, lng = radians(place.lat), radians(place.lng)
    return cos(lat) * cos(lng), cos(lat) * sin(lng), sin(lat)


_ARC_OF_AN_EDGE_M = 7_500_000
"""Longer than any edge of the icosahedron (7,054 km), shorter than any diagonal of two faces."""

_EDGES = [
    (a, b)
    for a in PENTAGONS
    for b in PENTAGONS
    if 0 < GEOD.inv(a.lng, a.lat, b.lng, b.lat)[2] < _ARC_OF_AN_EDGE_M
]

bearings = st.floats(0, 360)
_metres_off = st.floats(0, 3) | st.floats(0, 3_000)

anywhere = st.builds(
    lambda z, lng: Place(degrees(asin(z)), lng), st.floats(-1, 1), st.floats(-180, 180)
)
in_korea = st.builds(Place, st.floats(33.1, 38.6), st.floats(125.0, 131.9))
near_pentagons = st.builds(walk, st.sampled_from(PENTAGONS), bearings, _metres_off)
near_face_edges = st.builds(
    walk,
    st.builds(lambda edge, part: _between(*edge, part), st.sampled_from(_EDGES), st.floats(0, 1)),
    bearings,
    _metres_off,
)
near_the_antimeridian = st.builds(
    walk, st.builds(Place, st.floats(-89, 89), st.sampled_from([-180, 180])), bearings, _metres_off
)
near_the_poles = st.builds(
    walk, st.builds(Place, st.sampled_from([-90, 90]), st.floats(-180, 180)), bearings, _metres_off
)
on_the_equator = st.builds(partial(Place, 0.0), st.floats(-180, 180))

places = st.one_of(
    anywhere,
    in_korea,
    near_pentagons,
    near_face_edges,
    near_the_antimeridian,
    near_the_poles,
    on_the_equator,
)
radii = st.sampled_from([1, 700, 1000, 5000]) | st.floats(1, 5000)
