"""`geo-service areas …`: outlines from an operator's map file."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from geo_service.areas.files.drawing import HowToRead, read_drawing
from geo_service.areas.imports import Scope, Supersession, supersede
from geo_service.areas.models import Level, Register
from geo_service.areas.queries import today
from geo_service.areas.workflow import load_default
from geo_service.db.opening import Whereabouts

app = typer.Typer(help="행정구역 경계를 가져옵니다. Outlines of areas.", no_args_is_help=True)

_ROWS = {
    "added": "추가 added",
    "reopened": "다시 유효 reopened",
    "changed": "변경 changed",
    "unchanged": "그대로 unchanged",
    "closed": "폐지 closed",
    "repaired": "경계 수정 repaired",
    "districts": "새 시·군·구 new districts",
}
_NAMED = 6
"""So many names are printed for each outcome; `--json` prints all."""


@app.callback()
def areas() -> None:
    """행정구역 경계를 가져옵니다. Outlines of areas."""


@app.command("import")
def import_(  # noqa: PLR0913 — a command line has as many options as it has
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="GeoJSON, GeoPackage (.gpkg) or Shapefile (.shp)", exists=True, readable=True
        ),
    ],
    *,
    level: Annotated[Level, typer.Option(help="How large the areas of the file are.")] = Level.DONG,
    register: Annotated[
        Register | None,
        typer.Option(help="Which dongs: administrative (행정동, usual) or legal (법정동)."),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="From which day they are so; today if not said."),
    ] = None,
    code_column: Annotated[str | None, typer.Option(help="The column of the code.")] = None,
    name_column: Annotated[str | None, typer.Option(help="The column of the name.")] = None,
    layer: Annotated[str | None, typer.Option(help="The layer, if there are several.")] = None,
    crs: Annotated[str | None, typer.Option(help="The grid, as EPSG:5179.")] = None,
    source: Annotated[str | None, typer.Option(help="Whom to credit; else the file name.")] = None,
    whole: Annotated[
        bool | None,
        typer.Option("--whole/--part", help="Whether each district is there in full."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """경계 파일을 가져와 같은 코드의 옛 경계를 바꿉니다. Outlines in FILE supersede the known ones.

    The file is taken in full or not at all. What stood in the same district but is not in the
    file is closed from that day on, never deleted.
    """
    scope = Scope(
        level=level,
        register=_register(level, register),
        on=on.date() if on else today(),
        source=(source or file.name)[:140],
        whole=whole,
    )
    database: Whereabouts = context.obj
    with _progress(quiet=as_json) as say:
        say(f"{file.name} 읽는 중 reading")
        drawn = read_drawing(file, HowToRead(code_column, name_column, layer, crs))
        say("데이터베이스 여는 중 opening the database")
        with database.sessions() as sessions, sessions() as session, session.begin() as transaction:
            say("기본 구역 확인 중 looking at the known areas")
            load_default(session)
            say(f"경계 {len(drawn)}개 비교·저장 중 comparing and storing")
            report = supersede(session, drawn, scope)
            if dry_run:
                transaction.rollback()
    if as_json:
        typer.echo(json.dumps(_told(report, file, scope, dry_run=dry_run), ensure_ascii=False))
    else:
        _print(report, file, dry_run=dry_run)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Steps and the time they take, on standard error: a national file takes minutes."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    console = Console(stderr=True)
    moves = not quiet and console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not moves) as progress:

        def finish() -> None:
            for task in progress.task_ids:
                progress.update(task, total=1, completed=1)

        def say(step: str) -> None:
            finish()
            progress.add_task(escape(step), total=None)
            if not quiet and not moves:  # a log has no use for a wheel
                typer.echo(f"· {step}", err=True)

        yield say
        finish()


def _register(level: Level, register: Register | None) -> Register:
    if level is not Level.DONG:
        return Register.BOTH
    if register is Register.BOTH:
        raise typer.BadParameter("A dong is legal or administrative.", param_hint="--register")
    return register or Register.ADMINISTRATIVE


def _told(report: Supersession, file: Path, scope: Scope, *, dry_run: bool) -> dict[str, object]:
    return {
        "file": file.name,
        "level": scope.level,
        "register": scope.register,
        "on": scope.on.isoformat(),
        "dry_run": dry_run,
    } | report.as_dict()


def _print(report: Supersession, file: Path, *, dry_run: bool) -> None:
    title = f"{file.name}: {report.rows}" + (
        " (시험 실행, 저장 안 함 / dry run)" if dry_run else ""
    )
    table = Table("결과 outcome", "수", "이름 names", title=title)
    for outcome, words in _ROWS.items():
        names: list[str] = getattr(report, outcome)
        more = " …" if len(names) > _NAMED else ""
        table.add_row(words, str(len(names)), ", ".join(names[:_NAMED]) + more)
    Console().print(table)
