"""What an office decides about a programme, whichever way it was said."""

from dataclasses import dataclass
from datetime import date

BUDGET_MOST = 1_000_000_000_000
HOURLY_MOST = 1_000_000
MINUTES_MOST = 600_000
"""Ten thousand hours."""


@dataclass(frozen=True, slots=True)
class Terms:
    """All of it."""

    name: str
    hourly_won: int
    budget_won: int
    valid_from: date
    valid_until: date
    minutes_in_all: int | None = None
    minutes_a_month: int | None = None
    minutes_a_week: int | None = None
