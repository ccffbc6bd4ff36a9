"""What we write to people about their applications, in the language they chose."""

from geo_service.hiring.letters.steps import (
    changed,
    closed,
    declined,
    hired,
    offered,
    put_on_the_list,
    received,
    tomorrow,
)
from geo_service.hiring.schemas.reasons import why

__all__ = [
    "changed",
    "closed",
    "declined",
    "hired",
    "offered",
    "put_on_the_list",
    "received",
    "tomorrow",
    "why",
]
