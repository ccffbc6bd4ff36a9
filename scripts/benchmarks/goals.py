"""What we set out to reach, as ratios within one run, and whether it was reached."""

from collections.abc import Iterator
from typing import NamedTuple

from scripts.benchmarks.load import Measured
from scripts.benchmarks.measures import Rounds, ratios

IMPORT_ROWS_PER_S = 20_000
GROWTH = 2.0
"""Cost per query in the largest country, as a multiple of the smallest, at equal density."""

AT = 16
"""The concurrency that goals speak of."""

THROUGHPUT = {"floor": 0.60, "tipg bbox": 10, "FastAPI + Redis": 2, "ORM + ST_DWithin": 15}
"""Our answers per second, as a multiple of theirs."""

TAIL = 3.0
"""Our 99th percentile, as a multiple of the floor's."""


class Outcome(NamedTuple):
    """One goal, and what was measured."""

    goal: str
    measured: str
    met: bool


def over_http(measured: Measured) -> Iterator[Outcome]:
    """Throughput against everybody, and the tail against the floor."""
    turns = measured[AT]
    for name, least in THROUGHPUT.items():
        ratio = ratios(turns["ours"].per_s, turns[name].per_s)
        yield Outcome(f"ours ≥ {least:g} × {name}", f"{ratio} ×", ratio.median >= least)
    tail = ratios(turns["ours"].p99_ms, turns["floor"].p99_ms)
    yield Outcome(f"p99 ≤ {TAIL:g} × the floor's", f"{tail} ×", tail.median <= TAIL)


def exact(wrong: int, asked: int) -> Outcome:
    """No wrong answer at all."""
    return Outcome("every answer exact", f"{wrong} of {asked} wrong", wrong == 0)


def growth(smallest_s: float, largest_s: float) -> Outcome:
    """A larger country costs about the same."""
    ratio = largest_s / smallest_s
    return Outcome(f"growth ≤ {GROWTH:g} ×", f"{ratio:.2f} ×", ratio <= GROWTH)


def loading(rows_per_s: tuple[float, ...]) -> Outcome:
    """Fast enough for the country's own data."""
    rate = Rounds.of(rows_per_s)
    return Outcome(
        f"import ≥ {IMPORT_ROWS_PER_S:,} rows/s",
        f"{rate.median:,.0f} ({rate.least:,.0f}–{rate.greatest:,.0f})",
        rate.median >= IMPORT_ROWS_PER_S,
    )
