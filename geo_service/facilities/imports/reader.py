"""The cells of a row by their fields, whichever columns a file has."""

from collections.abc import Sequence
from operator import itemgetter

_NOWHERE = -1
"""An empty cell is put behind every row."""


class Reader:
    """Picks some fields out of rows.

    A field that the file does not have is empty; of one that has several columns it is the first
    filled one.
    """

    def __init__(self, places: dict[str, list[int]], fields: Sequence[str]) -> None:
        wanted = [places.get(field, []) for field in fields]
        self._first = itemgetter(*(found[0] if found else _NOWHERE for found in wanted))
        self._several = [(at, found) for at, found in enumerate(wanted) if len(found) > 1]

    def __call__(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells, in the order of the fields that were asked for."""
        told: tuple[str, ...] = self._first((*cells, ""))
        if not self._several:
            return told
        chosen = list(told)
        for at, found in self._several:
            chosen[at] = next((cells[place] for place in found if cells[place]), "")
        return tuple(chosen)
