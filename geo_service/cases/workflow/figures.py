"""Sums of a quarter, with small ones hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.cases.queries.board import names_of_centres
from geo_service.cases.queries.figures import sums
from geo_service.cases.workflow.hiding import Counts, hidden, hidden_marks
from geo_service.cases.workflow.stages import COLUMNS
from geo_service.reports.files.categories import categories


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months. Quarters do not overlap: no two answers can be subtracted from each other."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The one with this day in it."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def before(self) -> "Quarter":
        """The one before it."""
        return Quarter(self.year - (self.number == 1), (self.number + 2) % 4 + 1)

    @property
    def after(self) -> "Quarter":
        """The one after it."""
        return Quarter(self.year + (self.number == 4), self.number % 4 + 1)

    @property
    def months(self) -> list[str]:
        """`2026-10` and the two after it."""
        month = 3 * self.number - 2
        return [f"{self.year}-{each:02}" for each in range(month, month + 3)]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many reports, by one thing at a time."""

    by_centre: Counts[str]
    by_stage: Counts[str]
    by_category: Counts[str]
    by_month: Counts[str]

    @property
    def total(self) -> int | None:
        """Of all reports; None where they are few."""
        return self.by_month.total


def figures_of(session: Session, centres: frozenset[UUID], quarter: Quarter) -> Figures:
    """The sums of these centres in a quarter, as a lead may read them."""
    names = session.execute(names_of_centres(centres)).all()
    by_id = _counted(session, "centre", quarter, [str(row.id) for row in names])
    by_centre = {row.name: by_id[str(row.id)] for row in sorted(names, key=lambda row: row.name)}
    by_stage = _counted(session, "stage", quarter, [str(stage) for stage in COLUMNS])
    by_category = _counted(session, "category", quarter, list(categories()))
    by_month = _counted(session, "month", quarter, quarter.months)
    return Figures(
        hidden(by_centre),
        hidden(by_stage),
        hidden_marks(by_category, sum(by_month.values())),
        hidden(by_month),
    )


def _counted(session: Session, by: str, quarter: Quarter, names: list[str]) -> Mapping[str, int]:
    """Every name with its count, also those of which there is none."""
    told = {
        row.name: row.reports
        for row in session.execute(sums(by, quarter.first, quarter.after.first))
    }
    return {name: told.get(name, 0) for name in dict.fromkeys([*names, *told])}
