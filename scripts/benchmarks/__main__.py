"""The command line of `./scripts/bench`."""

import json
import os
import platform
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from geo_service.db.cluster import Cluster
from scripts.benchmarks import database, exactness, goals, load, query, synthetic, walls
from scripts.benchmarks.candidates import Question
from scripts.benchmarks.database import ROOT, Country
from scripts.benchmarks.report import Report
from scripts.benchmarks.servers import all_doors

LISTINGS = {"100 k": 1, "1 M": 10, "5 M": 50}
"""Countries by their number of regions."""

ASKED = {
    "every kind": (),
    "a common kind (25 %)": ("job",),
    "a rare kind (1 %)": ("resource",),
}

_errors = Console(stderr=True)


def say(sentence: str) -> None:
    """One step, for the person who waits."""
    _errors.print(f"· {sentence}", highlight=False)


def questions(regions: int, number: int, kinds: tuple[str, ...] = ()) -> list[Question]:
    """From places drawn like the listings; the same in every run."""
    return [Question(lat, lng, kinds=kinds) for lat, lng in synthetic.places(regions, number)]


def bench(
    *,
    large: Annotated[bool, typer.Option("--large", help="Add five million listings.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer places, fewer rounds.")] = False,
    walls_only: Annotated[
        bool, typer.Option("--walls", help="Only what the walls around reports cost.")
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write all figures here.")
    ] = None,
    home: Annotated[Path, typer.Option(help="Keeps the databases between runs.")] = ROOT
    / "var/bench",
) -> None:
    """Measure the nearby query and the nearby door against what others would do."""
    places = 200 if quick else 1_000
    sizes = [regions for regions in LISTINGS.values() if large or regions <= 10]
    with database.running(home) as cluster:
        if walls_only:
            Report("", walls=walls.measure(cluster, say)).print(Console())
            return
        countries = [database.country(cluster, regions, say) for regions in sizes]
        report = Report(_machine(), countries)
        main = countries[1]
        _queries(report, main, places)
        _growth(report, countries, places)
        _http(report, main, cluster, quick=quick)
        report.walls = walls.measure(cluster, say)
    report.print(Console())
    if json_file:
        json_file.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n")


def _queries(report: Report, country: Country, places: int) -> None:
    report.queries[country.name] = {}
    for name, kinds in ASKED.items():
        say(f"One connection, {name}")
        seconds = query.times(country, questions(country.regions, places, kinds))
        report.queries[country.name][name] = query.summary(seconds)


def _growth(report: Report, countries: list[Country], places: int) -> None:
    say("Growth at equal density")
    asked = {one.name: questions(one.regions, places) for one in countries}
    seconds = query.growth(countries, asked)
    report.growth_us = {
        one.name: round(each * 1e6, 1) for one, each in zip(countries, seconds, strict=True)
    }
    report.goals.append(goals.growth(seconds[0], seconds[-1]))
    report.goals.append(goals.loading(countries[1].rows_per_s))


def _http(report: Report, country: Country, cluster: Cluster, *, quick: bool) -> None:
    asked = questions(country.regions, 500)
    say("What is right, according to PostGIS on the spheroid")
    right = exactness.right_answers(country, asked)
    say("Starting the servers")
    with all_doors(country, cluster, cluster.home) as doors:
        report.asked = len(asked)
        for door in doors:
            if door.name in {"ours", "FastAPI + Redis"}:
                said = [exactness.ids_of(door.ask(question)) for question in asked]
                report.wrong[door.name] = exactness.wrong(right, said)
        asked = questions(country.regions, 2_000)
        plan = load.QUICK if quick else load.FULL
        report.http = load.measure(doors, asked, cluster.home, plan, say)
    report.goals[:0] = goals.over_http(report.http)
    report.goals.append(goals.exact(report.wrong["ours"], report.asked))


def _machine() -> str:
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, load {busy:.1f} at the end; Python {platform.python_version()}"


if __name__ == "__main__":
    typer.run(bench)
