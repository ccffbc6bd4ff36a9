"""What was measured, as tables for people and as JSON for programs."""

from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from scripts.benchmarks.database import Country
from scripts.benchmarks.goals import Outcome
from scripts.benchmarks.load import Measured, Turns
from scripts.benchmarks.measures import Times, ratios


@dataclass
class Report:
    """One run."""

    machine: str
    countries: list[Country] = field(default_factory=list)
    queries: dict[str, dict[str, dict[str, Times]]] = field(default_factory=dict)
    """By country, by question (all kinds, a common one, a rare one), by way."""

    growth_us: dict[str, float] = field(default_factory=dict)
    http: Measured = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    asked: int = 0
    goals: list[Outcome] = field(default_factory=list)
    walls: dict[str, dict[str, Times]] = field(default_factory=dict)
    """What reading behind the walls costs: by question, by way."""

    def as_json(self) -> dict[str, Any]:
        """Everything, raw turns included."""
        return {
            "machine": self.machine,
            "rows_per_s": {one.name: one.rows_per_s for one in self.countries},
            "queries_us": {
                country: {
                    question: {way: times._asdict() for way, times in ways.items()}
                    for question, ways in questions.items()
                }
                for country, questions in self.queries.items()
            },
            "growth_us": self.growth_us,
            "http": {
                many: {name: asdict(turns) for name, turns in doors.items()}
                for many, doors in self.http.items()
            },
            "wrong": {"asked": self.asked, **self.wrong},
            "goals": [outcome._asdict() for outcome in self.goals],
            "walls_us": {
                question: {way: times._asdict() for way, times in ways.items()}
                for question, ways in self.walls.items()
            },
        }

    def print(self, console: Console) -> None:
        """Tables of ratios first of all."""
        console.print(self.machine)
        for country, questions in self.queries.items():
            for question, ways in questions.items():
                console.print(_query_table(f"{country}: {question}, one connection", ways))
        for many, doors in self.http.items():
            console.print(_http_table(f"HTTP, concurrency {many}", doors))
        for question, ways in self.walls.items():
            console.print(_query_table(f"Walls: {question}, one connection", ways, "no wall"))
        if self.goals:
            console.print(_goal_table(self.goals))


def _query_table(title: str, ways: dict[str, Times], first: str = "ours") -> Table:
    table = Table("way", title=title, title_justify="left")
    for name in ("p50 µs", "p99 µs", "mean µs", f"× {first}, mean"):
        table.add_column(name, justify="right")
    ours = ways[first]
    for way, times in ways.items():
        figures = (f"{value:,.0f}" for value in times)
        table.add_row(way, *figures, f"{times.mean / ours.mean:.2f}")
    return table


def _http_table(title: str, doors: dict[str, Turns]) -> Table:
    door = Column("door", min_width=20)  # figures do not wrap, and would leave it no room
    table = Table(door, title=title, title_justify="left")
    for name in ("÷ floor", "a second", "p50 ms", "p99 ms", "service µs", "database µs", "kB"):
        table.add_column(name, justify="right", no_wrap=True)
    floor = doors["floor"]
    for name, turns in doors.items():
        table.add_row(
            name + (f" ({turns.failed} failed)" if turns.failed else ""),
            str(ratios(turns.per_s, floor.per_s)),
            f"{median(turns.per_s):,.0f}",
            f"{median(turns.p50_ms):.1f}",
            f"{median(turns.p99_ms):.1f}",
            f"{median(turns.service_us):,.0f}",
            f"{median(turns.store_us):,.0f}",
            f"{median(turns.bytes) / 1000:.1f}",
        )
    return table


def _goal_table(goals: list[Outcome]) -> Table:
    table = Table("goal", "measured", "", title="Goals", title_justify="left")
    for outcome in goals:
        table.add_row(outcome.goal, outcome.measured, "met" if outcome.met else "[red]not met")
    return table
