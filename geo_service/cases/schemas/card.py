"""A card of the board."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from geo_service.reports.models import Stage


@dataclass(frozen=True, slots=True)
class Card:
    """A case, or a report that nobody has taken up, as the board shows it."""

    id: UUID
    path: str
    number: str
    centre: str
    stage: Stage
    categories: tuple[str, ...]
    is_urgent: bool
    since: datetime
    due_on: date | None
    due_for: str
    """`take_up`, `accept`, `follow_up`, or the rung of a step."""
    mark: str = ""
    """`border`, `unconfirmed`, `handed` (to us), `sent` (by us), `ending` or `idle`."""
    who: str | None = None
    case_id: UUID | None = None
    reports: int = 1
    version: int = 0
    moves: tuple[Stage, ...] = ()
