"""What we write to people about their applications, in the language they chose."""

from geo_service.hiring.letters.reasons import why
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
