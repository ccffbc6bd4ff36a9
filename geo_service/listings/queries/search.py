"""What somebody looks for."""

from datetime import datetime
from typing import NamedTuple

from geo_service.geo.place import Place
from geo_service.geo.walking import WALK_RADIUS_M, Pace
from geo_service.listings.models import Kind


class Search(NamedTuple):
    """What somebody looks for around a place. Equal searches share their cursors."""

    here: Place
    within_m: float = WALK_RADIUS_M
    kinds: tuple[Kind, ...] = ()
    words: str = ""
    open_at: datetime | None = None
    limit: int = 50
    pace: Pace = Pace.USUAL
