"""What somebody looks for."""

from dataclasses import dataclass
from datetime import datetime

from geo_service.geo.place import Place
from geo_service.geo.walking import WALK_RADIUS_M, Pace
from geo_service.listings.models import Kind


@dataclass(frozen=True)
class Search:
    """What somebody looks for around a place. Equal searches share their cursors."""

    here: Place
    within_m: float = WALK_RADIUS_M
    kinds: tuple[Kind, ...] = ()
    words: str = ""
    open_at: datetime | None = None
    limit: int = 50
    pace: Pace = Pace.USUAL
