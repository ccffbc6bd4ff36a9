"""`geo-service households import`: public figures of homes, from an operator's file."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from geo_service.clock import now
from geo_service.db.opening import Whereabouts
from geo_service.errors import Invalid
from geo_service.neighbourhoods.files.figures import read_figures
from geo_service.neighbourhoods.imports import Outcome, take_in

app = typer.Typer(
    help="세대수 통계를 가져옵니다. Figures of homes, for maps that hide each of them.",
    no_args_is_help=True,
)

_NAMED = 10


class NothingIsKnown(Invalid):
    """No row names a dong whose outline is known. First run: geo-service areas import FILE."""


@app.callback()
def households() -> None:
    """세대수 통계를 가져옵니다. Figures of homes, for maps that hide each of them."""


@app.command("import")
def import_(  # noqa: PLR0913 (a command line has as many options as it has)
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    within: Annotated[
        str, typer.Option(help="The province of the dongs, where the file leaves it out.")
    ] = "",
    people_per_home: Annotated[
        float | None, typer.Option(min=1, max=10, help="For files that count people.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """세대수 통계(CSV)를 가져와 이웃 구역을 다시 그립니다. Homes of FILE become neighbourhoods.

    Columns: `cell` or 행정동코드 or 자치구 and 동, with 세대수; or 계 (people). Import outlines of
    administrative dongs first: `geo-service areas import`.
    """
    database: Whereabouts = context.obj
    figures = read_figures(file.read_bytes(), people_per_home)
    with database.sessions() as sessions, sessions() as session, session.begin() as transaction:
        outcome = take_in(session, figures, within=within, at=now())
        if dry_run or not outcome.rows:
            transaction.rollback()
    if as_json:
        typer.echo(json.dumps(asdict(outcome), ensure_ascii=False))
    else:
        _print(outcome, file.name, dry_run=dry_run)
    if not outcome.rows:
        raise NothingIsKnown


def _print(outcome: Outcome, name: str, *, dry_run: bool) -> None:
    table = Table(title=name + (" (시험 실행, 저장 안 함 / dry run)" if dry_run else ""), box=None)
    table.add_row("행 rows", str(outcome.rows))
    table.add_row("세대 homes", str(outcome.homes))
    table.add_row("육각형 hexagons", str(outcome.cells))
    table.add_row("이웃 구역 neighbourhoods", str(outcome.neighbourhoods))
    table.add_row("모르는 곳 unknown", str(len(outcome.unknown)))
    Console().print(table)
    for row in outcome.unknown[:_NAMED]:
        typer.echo(f"  {row}")
