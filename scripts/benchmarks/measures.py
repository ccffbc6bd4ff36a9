"""Medians, spread and percentiles of what was timed."""

from collections.abc import Iterable, Sequence
from statistics import mean, median
from typing import NamedTuple, Self


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed; the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Times(NamedTuple):
    """How long something took, in microseconds."""

    p50: float
    p99: float
    mean: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Self:
        """Of single measurements."""
        return cls(
            *(
                round(value * 1e6, 1)
                for value in (median(seconds), percentile(seconds, 0.99), mean(seconds))
            )
        )


class Rounds(NamedTuple):
    """One figure measured in several rounds."""

    median: float
    least: float
    greatest: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        """Of every round's figure."""
        figures = list(values)
        return cls(median(figures), min(figures), max(figures))

    def __str__(self) -> str:
        return f"{self.median:,.2f} ({self.least:,.2f}–{self.greatest:,.2f})"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Rounds:
    """Round by round, so that a neighbour's noise hits both sides."""
    return Rounds.of(one / other for one, other in zip(ours, theirs, strict=True))
