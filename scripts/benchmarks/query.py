"""How long one connection takes, every way in turn, place after place."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from time import perf_counter

from geo_service.db.reader import OPTIONS
from scripts.benchmarks.candidates import WAYS, OurWay, Question
from scripts.benchmarks.database import Country
from scripts.benchmarks.measures import Times

_BLOCK = 25
"""Places that one way answers before it is the next one's turn."""


def times(
    country: Country, questions: Sequence[Question], ways: Sequence[str] = tuple(WAYS)
) -> dict[str, list[float]]:
    """Seconds for every question, by way. A first lap, which prepares and warms, is not kept."""
    with ExitStack() as stack:
        asked = {name: WAYS[name](stack.enter_context(country.connect(OPTIONS))) for name in ways}
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for lap in ("warm", "timed"):
            for start in range(0, len(questions), _BLOCK):
                for name, way in asked.items():
                    for question in questions[start : start + _BLOCK]:
                        began = perf_counter()
                        way(question)
                        if lap == "timed":
                            seconds[name].append(perf_counter() - began)
        return seconds


def summary(seconds: Mapping[str, Sequence[float]]) -> dict[str, Times]:
    """Of every way."""
    return {name: Times.of(values) for name, values in seconds.items()}


def growth(
    countries: Sequence[Country], questions: Mapping[str, Sequence[Question]]
) -> list[float]:
    """Mean seconds per query of ours in ever larger countries, asked in turn, the same density.

    The places are those of each country's own regions.
    """
    with ExitStack() as stack:
        ways = [
            (OurWay(stack.enter_context(country.connect(OPTIONS))), questions[country.name])
            for country in countries
        ]
        spent = [0.0] * len(ways)
        laps = len(ways[0][1]) // _BLOCK
        for lap in range(2 * laps):
            for n, (way, asked) in enumerate(ways):
                some = asked[lap % laps * _BLOCK :][:_BLOCK]
                began = perf_counter()
                for question in some:
                    way(question)
                if lap >= laps:
                    spent[n] += perf_counter() - began
        return [seconds / (laps * _BLOCK) for seconds in spent]
