"""Maps that tell how often something happened, and not where.

    homes in each hexagon ──partition──▶ groups of hexagons, each with enough homes
                                              │
    what happened in each hexagon ────────────┴──told──▶ a multiple of k for each group

There is one partition, made of homes alone: what happens does not move its borders. All that is
ever told of a group is a multiple of k. So maps may be laid over each other, of all months, and
subtracted: what is left speaks of whole groups and of multiples of k, as each of them did. Two
partitions would tell of what lies between their borders; so does a finer map beside a coarse one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from h3.api import basic_int as h3

K = 5
"""What is told is a multiple of it. Source: Statistics Korea tells no smaller number of a district
of its census output areas."""

FEWEST_HOMES = 20 * K
"""In each group live at least so many households."""


@dataclass(slots=True)
class _Growing:
    """A group that may still take in its neighbours."""

    cells: list[int]
    homes: int
    borders: dict[int, int]
    """The groups around it, and with how many sides each touches it."""


def partition(homes: Mapping[int, int], fewest: int = FEWEST_HOMES) -> dict[int, frozenset[int]]:
    """The hexagons in connected groups, each with at least `fewest` homes, by the least cell.

    The group with the fewest homes joins the neighbour with the fewest, until all have enough.
    Hexagons that are cut off from all others, and have too few, are in no group.
    Order: of no matter; the same homes make the same groups.
    """
    groups = {cell: _Growing([cell], n, dict(_borders(cell, homes))) for cell, n in homes.items()}
    small = [(group.homes, name) for name, group in groups.items() if group.homes < fewest]
    heapify(small)
    while small:
        count, name = heappop(small)
        group = groups.get(name)
        if group is None or group.homes != count or not group.borders:
            continue  # it was joined meanwhile, or is an island
        nearest = min(
            (groups[other].homes, -sides, other) for other, sides in group.borders.items()
        )
        joined = _join(groups, name, nearest[-1])
        if groups[joined].homes < fewest:
            heappush(small, (groups[joined].homes, joined))
    return {name: frozenset(g.cells) for name, g in groups.items() if g.homes >= fewest}


def _borders(cell: int, homes: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    return ((other, 1) for other in h3.grid_disk(cell, 1) if other != cell and other in homes)


def _join(groups: dict[int, _Growing], one: int, other: int) -> int:
    """Make one group of two neighbours; its name is the lesser of theirs."""
    kept, gone = min(one, other), max(one, other)
    group, taken = groups[kept], groups.pop(gone)
    group.cells += taken.cells
    group.homes += taken.homes
    for around, sides in taken.borders.items():
        del groups[around].borders[gone]
        if around != kept:
            both = group.borders.get(around, 0) + sides
            group.borders[around] = groups[around].borders[kept] = both
    return kept


def told(
    groups: Mapping[int, Iterable[int]], happened: Mapping[int, int], k: int = K
) -> dict[int, int]:
    """What a map may say of each group: how often, as a multiple of `k`; nothing below `k`."""
    counts = {name: sum(happened.get(cell, 0) for cell in cells) for name, cells in groups.items()}
    return {name: count // k * k for name, count in counts.items() if count >= k}
