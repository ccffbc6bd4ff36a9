"""An attacker with every map ever shown learns nothing finer than a group and a multiple."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from h3.api import basic_int as h3
from hypothesis import given
from hypothesis import strategies as st

from geo_service.geo.cells import cell_of
from geo_service.geo.partition import K, partition, told
from tests.factories import HOME

FEWEST = 30
TOWN = sorted(h3.grid_disk(cell_of(HOME), 3))

homes = st.dictionaries(st.sampled_from(TOWN), st.integers(0, 60), min_size=8, max_size=37)
"""A town with holes, and hexagons where nobody lives."""

reports = st.lists(st.sampled_from(TOWN), max_size=120)

Town = Mapping[int, int]


def group_of(groups: Mapping[int, frozenset[int]], cell: int) -> int | None:
    return next((name for name, cells in groups.items() if cell in cells), None)


@given(homes)
def test_groups_are_connected_and_large_and_share_no_hexagon(town: Town) -> None:
    groups = partition(town, FEWEST)
    for name, cells in groups.items():
        assert name == min(cells)
        assert sum(town[cell] for cell in cells) >= FEWEST
        reached, edge = {name}, {name}
        while edge:
            edge = {near for cell in edge for near in h3.grid_disk(cell, 1)} & cells - reached
            reached |= edge
        assert reached == cells
    together = Counter(cell for cells in groups.values() for cell in cells)
    assert set(together.values()) <= {1}


@given(homes)
def test_whoever_is_in_no_group_is_cut_off_with_too_few(town: Town) -> None:
    groups = partition(town, FEWEST)
    left = set(town) - {cell for cells in groups.values() for cell in cells}
    while left:
        island, edge = set[int](), {left.pop()}
        while edge:
            island |= edge
            edge = {near for cell in edge for near in h3.grid_disk(cell, 1)} & town.keys() - island
        left -= island
        assert sum(town[cell] for cell in island) < FEWEST


@given(homes, st.randoms())
def test_the_same_homes_make_the_same_groups(town: Town, chance: object) -> None:
    shuffled = list(town.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert partition(dict(shuffled), FEWEST) == partition(town, FEWEST)


@given(homes, reports, st.data())
def test_what_was_told_elsewhere_in_the_same_group_gives_the_same_maps(
    town: Town, happened: list[int], data: st.DataObject
) -> None:
    """Every report is moved within its group: all maps stay as they were, at every time."""
    groups = partition(town, FEWEST)
    maps = [told(groups, Counter(happened[:n])) for n in range(0, len(happened) + 1, 7)]
    moved = [
        data.draw(st.sampled_from(sorted(groups[name])))
        if (name := group_of(groups, cell))
        else cell
        for cell in happened
    ]
    assert [told(groups, Counter(moved[:n])) for n in range(0, len(moved) + 1, 7)] == maps


@given(homes, reports, st.sampled_from(TOWN), st.sampled_from(TOWN))
def test_one_report_more_less_or_elsewhere_is_a_multiple_of_a_group_or_nothing(
    town: Town, happened: list[int], here: int, there: int
) -> None:
    groups = partition(town, FEWEST)
    base = told(groups, Counter(happened))
    added, moved = (
        told(groups, Counter([*happened, here])),
        told(groups, Counter([*happened, there])),
    )
    for one, other, at_most in ((base, added, 1), (added, moved, 2)):
        steps = {name: one.get(name, 0) - other.get(name, 0) for name in groups}
        changed = {name: step for name, step in steps.items() if step}
        assert {abs(step) for step in changed.values()} <= {K}
        assert changed.keys() <= {group_of(groups, here), group_of(groups, there)}
        assert len(changed) <= at_most


@given(homes, reports)
def test_below_a_multiple_no_report_shows_at_all(town: Town, happened: list[int]) -> None:
    """Worlds that agree on the multiples give equal maps, whatever else they differ in."""
    groups = partition(town, FEWEST)
    counts = Counter(happened)
    for cells in groups.values():
        over = sum(counts[cell] for cell in cells) % K
        for cell in sorted(cells):
            spare = min(over, counts[cell])
            counts[cell] -= spare
            over -= spare
        assert sum(counts[cell] for cell in cells) % K == 0
    assert told(groups, counts) == told(groups, Counter(happened))


@given(homes, reports)
def test_maps_subtracted_from_each_other_are_multiples_of_groups(
    town: Town, happened: list[int]
) -> None:
    groups = partition(town, FEWEST)
    maps = [told(groups, Counter(happened[:n])) for n in range(0, len(happened) + 1, 5)]
    for earlier, later in pairwise(maps):
        assert {(later.get(name, 0) - earlier.get(name, 0)) % K for name in groups} <= {0}
        assert later.keys() >= earlier.keys()
    assert sum(maps[-1].values()) % K == 0 if maps else True
