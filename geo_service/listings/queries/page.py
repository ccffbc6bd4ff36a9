"""One page of listings as text: candidates put in order, measured, and cut to size.

PostgreSQL hands out rows, and here they become GeoJSON: to rank, sort and join fifty rows is
dearer in an executor that makes itself ready anew for every question than in these few lines.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from math import inf, nextafter, sqrt
from typing import Any, NamedTuple
from uuid import UUID

from geo_service.geo.nearby import Circle
from geo_service.geo.walking import Pace
from geo_service.listings.models import FEATURE_END
from geo_service.listings.queries.cursor import Rim

Row = tuple[float, bytes, float, bytes]
"""A candidate: squared chord, id, distance on the plane, and its feature without the end.

Order: nearest first, then by id.
"""


class Page(NamedTuple):
    """What of the candidates belongs on a page."""

    shown: list[Row]
    next_chord2: float | None
    """Of the first that no longer fits."""

    @classmethod
    def of(cls, rows: list[Any], circle: Circle, after: Rim | None, limit: int) -> "Page":
        """All inside the circle and behind the page before, in order, up to the limit."""
        rows.sort()
        begin = bisect_right(rows, (after.chord2, after.id.bytes, inf)) if after else 0
        end = bisect_left(rows, (nextafter(circle.binds["chord2"], inf),))
        last = begin + limit
        return cls(rows[begin : min(last, end)], rows[last][0] if last < end else None)

    @property
    def rim(self) -> Rim | None:
        """Where the next page starts; None when this is the last."""
        if self.next_chord2 is None:
            return None
        chord2, id_, *_ = self.shown[-1]
        return Rim(chord2, UUID(bytes=id_))

    def text(self, circle: Circle, pace: Pace) -> bytes:
        """GeoJSON features joined by commas."""
        bend = circle.binds["bend"]
        return features(
            [(head, sqrt(chord2) * (1 + bend * chord2)) for chord2, _, _, head in self.shown], pace
        )


def features(measured: Iterable[tuple[bytes, float]], pace: Pace) -> bytes:
    """Stored features, completed by the walk to each, joined by commas.

    The minutes are those of `walk_minutes`, worked out once for all that take as long.
    Order: nearest first.
    """
    stride_mm = pace.millimetres_per_minute
    reached_mm, end = -1, b""
    pieces: list[bytes] = []
    for head, metres in measured:
        if (distance_mm := round(metres * 1000)) > reached_mm:
            minutes = -(-distance_mm // stride_mm) or 1
            reached_mm = minutes * stride_mm
            end = f',"walk_minutes":{minutes}{FEATURE_END},'.encode()
        pieces += (head, b',"distance_m":%d.%d' % divmod(round(metres * 10), 10), end)
    return b"".join(pieces)[:-1]
