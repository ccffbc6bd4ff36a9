"""The ladder to whoever does not answer: what is tried next, and by when.

call ─nobody─▶ visit ─nobody─▶ note ─nobody─▶ neighbour ─nobody─▶ police ─nobody─▶ unreachable
  └── met or refused: they were reached; a wrong address or number: ask a neighbour
"""

from datetime import date

from geo_service.cases.models import Outcome
from geo_service.cases.workflow.working_days import working_day
from geo_service.reports.models import Rung, Urgency

TAKE_UP_DAYS = {Urgency.TODAY: 0, Urgency.SOON: 1, Urgency.USUAL: 3}
"""Working days until somebody has taken a report up."""

FIRST_CALL_DAYS = {Urgency.TODAY: 0, Urgency.SOON: 1, Urgency.USUAL: 2}
"""Working days from taking up to the first call."""

DAYS = {Rung.CALL: 1, Rung.VISIT: 2, Rung.NOTE: 1, Rung.NEIGHBOUR: 2, Rung.POLICE: 0}
"""Working days for each rung, once the one before it was in vain."""

_LADDER = tuple(Rung)


def rung_after(rung: Rung, outcome: Outcome) -> Rung | None:
    """What is tried next; nothing when they were reached, or when all was tried."""
    if outcome.is_reached:
        return None
    if outcome is Outcome.WRONG and rung in {Rung.CALL, Rung.VISIT, Rung.NOTE}:
        return Rung.NEIGHBOUR
    later = _LADDER[_LADDER.index(rung) + 1 :]
    return later[0] if later else None


def due(rung: Rung, today: date) -> date:
    """By when a rung is to be tried that becomes the next one today."""
    return working_day(today, DAYS[rung])
