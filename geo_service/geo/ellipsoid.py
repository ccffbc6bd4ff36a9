"""The WGS 84 ellipsoid: exact distance, and the straight line that stands for it in SQL."""

from math import cos, radians, sin, sqrt

from geographiclib.geodesic import Geodesic

from geo_service.geo.place import Place

EQUATOR_M = 6_378_137.0
"""Semi-major axis. Source: NIMA TR8350.2, table 3.1."""

E2 = 0.0066943799901413165
"""First eccentricity squared, f (2 - f). Source: NIMA TR8350.2, whose 1/f is 298.257223563."""


def earth_xyz(place: Place) -> tuple[float, float, float]:
    """Earth-centred, earth-fixed coordinates of `place` on the surface, in metres."""
    lat, lng = radians(place.lat), radians(place.lng)
    normal = EQUATOR_M / sqrt(1 - E2 * sin(lat) ** 2)
    return (
        normal * cos(lat) * cos(lng),
        normal * cos(lat) * sin(lng),
        normal * (1 - E2) * sin(lat),
    )


def metres_between(a: Place, b: Place) -> float:
    """Length of the geodesic between two places, anywhere on Earth. Source: Karney 2013."""
    found = Geodesic.WGS84.Inverse(a.lat, a.lng, b.lat, b.lng, Geodesic.DISTANCE)
    return float(found["s12"])


def chord_correction(lat: float) -> float:
    """`k` such that a straight chord of c metres spans a geodesic of c (1 + k c²) metres.

    An arc with curvature κ is longer than its chord by κ² c³ / 24. On the ellipsoid κ lies
    between 1 / M (along the meridian) and 1 / N (across it); `k` takes the middle of both
    squares, which leaves at most 0.9 µm at 5 km (at the equator), and nothing at the poles.

    Units: `lat` in degrees, `k` in m⁻².
    """
    squeeze = 1 - E2 * sin(radians(lat)) ** 2
    across = EQUATOR_M / sqrt(squeeze)
    along = across * (1 - E2) / squeeze
    return (along**-2 + across**-2) / 48


def chord_m(geodesic_m: float, lat: float) -> float:
    """Straight distance through the Earth between two places `geodesic_m` apart, to 5 km."""
    return geodesic_m * (1 - chord_correction(lat) * geodesic_m**2)


def from_chord(chord_m: float, lat: float) -> float:
    """Geodesic distance of two places whose straight distance is `chord_m`, to 5 km."""
    return chord_m * (1 + chord_correction(lat) * chord_m**2)
