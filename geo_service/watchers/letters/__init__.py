"""What we write to watchers and to dong centres, in the language they chose."""

from geo_service.watchers.letters.membership import (
    confirmed,
    declined,
    ended,
    received,
    renewal_due,
    renewed,
    run_out,
)
from geo_service.watchers.letters.plan import called_off, plan_opened, planned, replanned

__all__ = [
    "called_off",
    "confirmed",
    "declined",
    "ended",
    "plan_opened",
    "planned",
    "received",
    "renewal_due",
    "renewed",
    "replanned",
    "run_out",
]
