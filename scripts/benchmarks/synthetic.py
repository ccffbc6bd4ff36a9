"""A country of made-up listings, crowded where people live.

One region is 100,000 listings around one city, the same mixture of countryside, towns and
crowded blocks everywhere; a larger country is more regions, never denser ones.
"""

from collections.abc import Iterator
from math import cos, pi, radians, sqrt
from typing import NamedTuple
from uuid import UUID

import numpy as np
import orjson
from h3.api import basic_int as h3
from numpy.random import Generator

from geo_service.geo.cells import RESOLUTION

REGION = 100_000
"""Listings in one region."""

CITIES = (
    (35.16, 126.85),  # Gwangju
    (37.56, 127.00),  # Seoul
    (35.16, 129.07),  # Busan
    (35.87, 128.60),  # Daegu
    (36.35, 127.38),  # Daejeon
    (37.75, 128.88),  # Gangneung
    (36.57, 128.73),  # Andong
    (33.50, 126.53),  # Jeju
    (34.81, 126.39),  # Mokpo
    (37.34, 127.92),  # Wonju
)
"""Latitude and longitude of ten cities; after the tenth region the same ten lie further east."""

FURTHER_EAST = 10.0
"""Degrees of longitude between one country and its copy."""

KINDS = {
    "space": 0.50,
    "job": 0.25,
    "meeting": 0.12,
    "gathering": 0.08,
    "grant": 0.04,
    "resource": 0.01,
}
"""Shares of the kinds; those the service does not know yet stand for rarer ones to come."""

ACTIVE = 0.7
"""Share of the listings that can be found; the others are closed."""

PER_BUILDING = 2
"""Listings at the very same place, on average."""

_KM_PER_DEGREE = 111.2


class Settlement(NamedTuple):
    """A round crowd: its share of the region, how many of its like, how many meet within 700 m."""

    share: float
    centres: int
    peak: float

    @property
    def spread_km(self) -> float:
        """Standard deviation at which the middle has `peak` active ones within 700 m."""
        number = ACTIVE * REGION * self.share / self.centres
        return sqrt(number * pi * 0.7**2 / (2 * pi * self.peak))


SETTLEMENTS = (
    Settlement(share=0.55, centres=1, peak=12),  # countryside
    Settlement(share=0.15, centres=6, peak=75),  # small towns
    Settlement(share=0.14, centres=4, peak=600),  # suburbs
    Settlement(share=0.10, centres=2, peak=1_500),  # old town, new town
    Settlement(share=0.06, centres=1, peak=8_000),  # the blocks around the main station
)


def centre(region: int) -> tuple[float, float]:
    """Latitude and longitude of the city in the middle of a region."""
    copy, city = divmod(region, len(CITIES))
    lat, lng = CITIES[city]
    return lat, lng + FURTHER_EAST * copy


def spots(region: int, number: int, chance: Generator) -> np.ndarray:
    """Latitudes and longitudes of places where people of a region live, one pair a row."""
    layout = np.random.default_rng(region)  # where its towns are, whoever asks
    shares = [one.share / one.centres for one in SETTLEMENTS for _ in range(one.centres)]
    spread = np.array([one.spread_km for one in SETTLEMENTS for _ in range(one.centres)])
    middle = layout.normal(0, 12, (len(shares), 2))
    middle[0] = 0
    chosen = chance.choice(len(shares), number, p=shares)
    offset = middle[chosen] + chance.normal(0, 1, (number, 2)) * spread[chosen, None]
    lat, lng = centre(region)
    return np.column_stack(
        [
            lat + offset[:, 0] / _KM_PER_DEGREE,
            lng + offset[:, 1] / (_KM_PER_DEGREE * cos(radians(lat))),
        ]
    ).round(6)


def places(regions: int, number: int, seed: int = 1) -> list[tuple[float, float]]:
    """Latitude and longitude of places to ask from, drawn like the listings."""
    chance = np.random.default_rng([7, seed])
    each = [spots(region, -(-number // regions), chance) for region in range(regions)]
    mixed = chance.permutation(np.concatenate(each))[:number]
    return [(float(lat), float(lng)) for lat, lng in mixed]


def office(region: int) -> UUID:
    """The office that offers everything in a region."""
    return UUID(int=1 + region)


COLUMNS = (
    "id, kind, title, summary, address, office_id, published_at, closed_at, open_during,"
    " source, essentials, place, cell"
)
"""What `copy_lines` writes."""


def copy_lines(region: int, lines: int = 2_000) -> Iterator[bytes]:
    """The listings of a region as COPY text, so many at a time, in no order of place."""
    chance = np.random.default_rng([11, region])
    buildings = spots(region, REGION // PER_BUILDING, chance)
    at = buildings[chance.integers(0, len(buildings), REGION)]
    kinds = chance.choice(list(KINDS), REGION, p=list(KINDS.values()))
    active = chance.random(REGION) < ACTIVE
    numbers = chance.integers(0, 10_000, REGION)
    ids = chance.bytes(16 * REGION)
    written: list[str] = []
    for n, ((lat, lng), kind, number) in enumerate(
        zip(at.tolist(), kinds.tolist(), numbers.tolist(), strict=True)
    ):
        written.append(
            "\t".join(
                (
                    str(UUID(bytes=ids[16 * n : 16 * n + 16])),
                    kind,
                    _title(kind, number),
                    "",
                    f"광주광역시 광산구 {_STREETS[number % len(_STREETS)]} {number % 300 + 1}",
                    str(office(region)),
                    "2026-01-01 00:00+09",
                    r"\N" if active[n] else "2026-06-30 18:00+09",
                    "(,)" if number % 5 else "[2026-01-01 00:00+09,2099-01-01 00:00+09)",
                    "office",
                    _ESSENTIALS[kind == "job"],
                    f"POINT({lng!r} {lat!r})",
                    str(h3.latlng_to_cell(lat, lng, RESOLUTION)),
                )
            )
        )
        if len(written) == lines:
            yield ("\n".join(written) + "\n").encode()
            written = []
    if written:
        yield ("\n".join(written) + "\n").encode()


_WHAT = {
    "job": ("경로식당 배식 도우미", "도서관 서가 정리", "등굣길 교통 지도", "공원 가꾸기"),
    "space": ("작은 회의실", "공유 부엌", "다목적 강당", "1인 작업 책상", "마당"),
}
_OTHER = ("주민 모임", "동네 강좌", "공구 빌려 쓰기", "마을 공모")
_WHO = ("햇살", "은빛", "푸른숲", "한마음", "누리", "강변", "별빛", "솔내음", "느티나무")
_STREETS = ("풍영로", "임방울대로", "첨단중앙로", "수완로", "광산로", "하남대로", "월곡산정로")
_ESSENTIALS = tuple(
    orjson.dumps(told).decode()
    for told in (
        {"space_type": "회의실", "capacity": 12, "fee_won": 0, "hours_words": "평일 09:00–18:00"},
        {"pay_won": 10320, "pay_unit": "hour", "seats": 2, "hours_words": "월·수·금 10:00–12:00"},
    )
)


def _title(kind: str, number: int) -> str:
    what = _WHAT.get(kind, _OTHER)
    return f"{_WHO[number % len(_WHO)]} {what[number % len(what)]} {number}호"
