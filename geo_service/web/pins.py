"""Pins of a drawn map: as many as can stand side by side without covering each other."""

from collections.abc import Iterable
from dataclasses import dataclass

HALF_HEIGHT = 15
"""Half the height of a pin as it is drawn. Units: of the drawing, when nothing enlarges it."""

GAP = 3
"""Pins keep this far apart, so that each has its white rim."""

ROOMY = 1.5
"""Where the map is the main thing, pins may be drawn so many times as large."""

SMALL = 2.8
"""On a strip of a phone's screen they must be, or nobody could read their numbers."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One or more listings at one spot of the drawing."""

    x: float
    y: float
    numbers: tuple[int, ...]
    kinds: frozenset[str]

    @property
    def label(self) -> str:
        """`3`, `3–5` for neighbours in the list, `3+2` for a three and two others."""
        first, last, more = self.numbers[0], self.numbers[-1], len(self.numbers) - 1
        if not more:
            return str(first)
        return f"{first}–{last}" if last - first == more else f"{first}+{more}"

    @property
    def look(self) -> str:
        """The kind it shows, or `mixed`."""
        return next(iter(self.kinds)) if len(self.kinds) == 1 else "mixed"

    @property
    def half_width(self) -> float:
        """Half the width of the pin: longer labels need longer pins."""
        return HALF_HEIGHT + 4.5 * (len(self.label) - 1)

    def covers(self, other: "Pin", size: float) -> bool:
        """Whether the two would touch, drawn `size` times as large."""
        wide = (self.half_width + other.half_width + GAP) * size
        high = (2 * HALF_HEIGHT + GAP) * size
        return abs(self.x - other.x) < wide and abs(self.y - other.y) < high

    def joined(self, other: "Pin") -> "Pin":
        """One for both, at the place of the nearer one."""
        nearer = min(self, other, key=lambda pin: pin.numbers)
        numbers = tuple(sorted(self.numbers + other.numbers))
        return Pin(nearer.x, nearer.y, numbers, self.kinds | other.kinds)


def side_by_side(pins: Iterable[Pin], size: float) -> tuple[Pin, ...]:
    """As few joined as need be. Order: nearest last, so that it is drawn on top."""
    apart: list[Pin] = []
    for pin in pins:
        added = pin
        while met := next((other for other in apart if other.covers(added, size)), None):
            apart.remove(met)
            added = met.joined(added)
        apart.append(added)
    return tuple(sorted(apart, key=lambda pin: pin.numbers, reverse=True))
