"""How common each kind is, so that a search for a rare one takes the way made for it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from geo_service.listings.models import Kind

RARE = 0.05
"""Kinds that together make up less than this are looked up by cell.

Measured over a million listings: within 700 m both ways cost the same on the mean, and the cells
a third in the worst twentieth. For commoner kinds the cells open more rows than the plane passes
over. (PostgreSQL, and Python that covers the circle, taken together.)
"""

NEAR_M = 1_500
"""Up to this radius. A wider circle takes longer to cover in Python (4 ms at 3 km) than the plane
takes to walk in PostgreSQL, whatever the kind."""

FEW = 1_000
"""Words that fewer listings bear are looked up by the index on words, wherever they are: to read
so many rows takes a few milliseconds. Commoner words are soon met with along the plane."""

STATEMENT = """
SELECT most_common_vals::text::text[], most_common_freqs
FROM pg_stats WHERE schemaname = 'public' AND tablename = 'listing' AND attname = 'kind'
UNION ALL SELECT NULL, NULL LIMIT 1
"""
"""What PostgreSQL's own statistics say: free to read, however many listings there are."""

_FRESH_FOR = timedelta(minutes=5)


class Census:
    """Shares of the kinds, read again every few minutes. Not knowing, nothing is rare."""

    def __init__(self) -> None:
        self._read_at: datetime | None = None
        self._shares: Mapping[str, float] = {}

    def is_stale(self, at: datetime) -> bool:
        """Whether it should be read again."""
        return self._read_at is None or not timedelta() <= at - self._read_at < _FRESH_FOR

    def learn(self, row: tuple[Any, ...], at: datetime) -> None:
        """Take in the row of `STATEMENT`."""
        kinds, shares = row
        self._shares = dict(zip(kinds or (), shares or (), strict=True))
        self._read_at = at

    def rare(self, kinds: tuple[Kind, ...]) -> bool:
        """Whether only few listings are of these kinds. All kinds together are never rare."""
        known = bool(self._shares and kinds)
        return known and sum(self._shares.get(kind, 0.0) for kind in set(kinds)) < RARE
