"""Small counts are hidden, and so are some larger ones, so that nobody finds them by subtracting.

A table says its total and one count for each row. Whatever is below five is hidden. What is
hidden then adds up to the total less all that is shown; so it must be at least two counts that
together are at least five: otherwise the smallest count that is still shown is hidden as well.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5
"""Whatever is fewer could be known by name."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Counts(Generic[K]):
    """A table of counts; None is hidden."""

    shown: Mapping[K, int | None]
    total: int | None


def hidden(counts: Mapping[K, int]) -> Counts[K]:
    """The same table, as it may be read. Order: as it was given.

    `counts` divide one whole: what they add up to is its size.
    """
    total = sum(counts.values())
    if total < LEAST:
        return Counts(dict.fromkeys(counts), None)
    secret = {key for key, count in counts.items() if count < LEAST}
    rest = sorted((key for key in counts if key not in secret), key=lambda key: counts[key])
    while secret and rest and not _is_vague([counts[key] for key in secret]):
        secret.add(rest.pop(0))
    shown = {key: None if key in secret else count for key, count in counts.items()}
    return Counts(shown, total)


def hidden_marks(counts: Mapping[K, int], whole: int) -> Counts[K]:
    """The same for marks of which one thing may bear several, so that they have no sum.

    How many things there are is hidden where they are few, and then every mark is.
    """
    if whole < LEAST:
        return Counts(dict.fromkeys(counts), None)
    return Counts({k: None if n < LEAST else n for k, n in counts.items()}, whole)


def _is_vague(secret: list[int]) -> bool:
    return len(secret) > 1 and sum(secret) >= LEAST
