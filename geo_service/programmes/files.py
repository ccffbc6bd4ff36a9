"""The least that an hour of work is worth, year by year, from `data/minimum_wage.csv`."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import geo_service

_FILE = Path(geo_service.__file__).parents[1] / "data" / "minimum_wage.csv"


@dataclass(frozen=True, slots=True)
class Wage:
    """The minimum wage of a year."""

    year: int
    hourly_won: int
    announced: bool = True
    """Whether the year's own wage is known; otherwise it is the last one known."""


@cache
def announced_wages() -> dict[int, int]:
    """Won per hour by year. Source: 고용노동부 고시 (data/minimum_wage.csv)."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): int(row["hourly_won"]) for row in csv.DictReader(file)}


def wage_of(year: int) -> Wage:
    """What an hour is worth at least in a year, as far as it is known."""
    known = announced_wages()
    if year in known:
        return Wage(year, known[year])
    nearest = max((told for told in known if told < year), default=min(known))
    return Wage(year, known[nearest], announced=False)


def wages_between(first: date, last: date) -> Iterable[Wage]:
    """The minimum wage of every year that the days from `first` to `last` touch."""
    return (wage_of(year) for year in range(first.year, last.year + 1))
