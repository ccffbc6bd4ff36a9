"""`geo-service facilities`: import official files, list the batches, undo one."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from geo_service.clock import KOREA
from geo_service.db.opening import Whereabouts
from geo_service.facilities import queries, workflow
from geo_service.facilities.imports import STEPS, Upload, import_file
from geo_service.facilities.imports.troubles import harmless
from geo_service.facilities.models import Outcome
from geo_service.facilities.schemas import Report

app = typer.Typer(
    help="Official files of public facilities: 공공시설개방정보, 도서관, 경로당.",
    no_args_is_help=True,
)

_SAID = {
    "rows": "행",
    "added": "추가",
    "changed": "변경",
    "unchanged": "그대로",
    "repaired": "고쳐서 실음",
    "held_back": "보류",
    "refused": "거절",
    "vanished": "사라짐",
}

_SHOWN = 5
"""So many rows of each troubled outcome are shown; the report file has them all."""

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, nothing else.")]


@app.command("import")
def import_(  # noqa: PLR0913 (a command line has as many options as it has)
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False, readable=True)
    ],
    *,
    dry_run: Annotated[bool, typer.Option(help="Say what would be; write nothing.")] = False,
    provider: Annotated[
        str | None, typer.Option(help="Who published it, where the file does not say.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write how every row ended, as .csv or .json.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Import official files, CSV, XLSX, XLS or JSON: each as one batch, whole or not at all.

    With several files, those before one that is refused stay imported.
    """
    if report and report.suffix not in (".csv", ".json"):
        raise typer.BadParameter("must end in .csv or .json", param_hint="--report")
    if report:
        _open_for_writing(report)
    database: Whereabouts = context.obj
    reports: list[Report] = []
    try:
        with _progress(hidden=as_json) as progress, database.sessions() as sessions:
            for path in files:
                upload = Upload(path.name, path.read_bytes(), provider)
                step = partial(progress, escape(path.name))
                with sessions.begin() as session:
                    reports.append(import_file(session, upload, dry_run=dry_run, progress=step))
    finally:
        _tell(reports, as_json=as_json, whole=len(reports) == len(files))
        if report and reports:
            _write(report, reports)


def _open_for_writing(report: Path) -> None:
    """Refuse a report that cannot be written before anything is imported."""
    try:
        report.open("a").close()
    except OSError as error:
        raise typer.BadParameter(
            f"cannot be written: {error.strerror}", param_hint="--report"
        ) from error


def _tell(reports: list[Report], *, as_json: bool, whole: bool) -> None:
    """Say what was imported; as JSON only when all of it was."""
    if not as_json:
        for each in reports:
            _show(each)
    elif whole:
        told = [each.tell() for each in reports]
        _print_json(told[0] if len(told) == 1 else {"batches": told})


@app.command()
def undo(
    context: typer.Context,
    batch: Annotated[int, typer.Argument(min=1, max=2**31 - 1)],
    *,
    as_json: AsJson = False,
) -> None:
    """Undo BATCH: remove what it added, restore what it changed, reopen what it closed."""
    database: Whereabouts = context.obj
    with database.sessions() as sessions, sessions.begin() as session:
        undone = workflow.undo(session, batch)
    if as_json:
        _print_json(undone._asdict())
    else:
        typer.echo(
            f"{batch}번 묶음을 되돌렸습니다: 삭제 {undone.removed:,}, 복원 {undone.restored:,},"
            f" 다시 엶 {undone.reopened:,}"
            + (f", 예약이 있어 닫기만 함 {undone.kept:,}" if undone.kept else "")
        )


@app.command("batches")
def list_batches(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the batches, the newest first."""
    database: Whereabouts = context.obj
    with database.sessions() as sessions, sessions() as session:
        batches = list(session.scalars(queries.batches()))
    if as_json:
        told = [
            {
                "batch": batch.id,
                "file": batch.file,
                "dataset": batch.dataset,
                "imported_at": batch.imported_at,
                "undone_at": batch.undone_at,
                "rows": batch.rows,
                **batch.counts,
                "vanished": batch.vanished,
            }
            for batch in batches
        ]
        _print_json({"batches": told})
        return
    for batch in batches:
        moment = f"{batch.imported_at.astimezone(KOREA):%Y-%m-%d %H:%M}"
        counts = {"rows": batch.rows, **batch.counts, "vanished": batch.vanished}
        told_counts = ", ".join(f"{_SAID[name]} {counts[name]:,}" for name in _SAID if counts[name])
        undone = " (되돌림)" if batch.undone_at else ""
        typer.echo(f"{batch.id}번{undone} {moment} {batch.file}: {told_counts}")


@contextmanager
def _progress(*, hidden: bool) -> Iterator[Any]:
    """A bar on stderr that tells the step under way and how far it is, to people at a terminal."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("데이터베이스 여는 중", total=None)

        def tell(file: str, step: str) -> None:
            begun = STEPS.index(step)
            words = f"{file}: {step} ({begun + 1}/{len(STEPS)})"
            bar.update(task, description=words, completed=begun, total=len(STEPS), refresh=True)

        yield tell


def _show(report: Report) -> None:
    console = Console()
    told = report.tell()
    title = f"{report.file} · {report.dataset}"
    table = Table(*_SAID.values(), title=escape(title), title_justify="left")
    table.add_row(*(f"{told[name]:,}" for name in _SAID))
    console.print(table)
    for outcome in (Outcome.REPAIRED, Outcome.HELD_BACK, Outcome.REFUSED):
        troubled = [entry for entry in report.entries if entry.outcome is outcome]
        for entry in troubled[:_SHOWN]:
            reasons = " ".join(reason.words for reason in entry.reasons)
            told_line = f"  {_SAID[outcome.value]} {entry.line}번째 줄 {entry.name}: {reasons}"
            console.print(told_line, markup=False, highlight=False)
        if len(troubled) > _SHOWN:
            console.print(f"  {_SAID[outcome.value]} … {len(troubled) - _SHOWN:,}행 더")
    for title in report.vanished[:_SHOWN]:
        console.print(f"  {_SAID['vanished']} {title}", markup=False, highlight=False)
    if len(report.vanished) > _SHOWN:
        console.print(f"  {_SAID['vanished']} … {len(report.vanished) - _SHOWN:,}곳 더")
    if report.dry_run:
        console.print("시험 실행입니다. 아무것도 바꾸지 않았습니다.")
    else:
        console.print(
            f"{report.batch}번 묶음. 되돌리기: geo-service facilities undo {report.batch}"
        )


def _write(path: Path, reports: list[Report]) -> None:
    """How every row ended, and what vanished, which has no line in the file.

    JSON, or a CSV that opens in a Korean Excel by a double click.
    """
    rows: list[dict[str, Any]] = [
        {
            "file": report.file,
            "line": entry.line,
            "outcome": entry.outcome.value,
            "name": entry.name,
            "reasons": [reason._asdict() for reason in entry.reasons],
            "key": entry.key,
        }
        for report in reports
        for entry in report.entries
    ]
    gone: list[dict[str, Any]] = [
        {"file": report.file, "name": title} for report in reports for title in report.vanished
    ]
    if path.suffix == ".json":
        told = {"batches": [report.tell() for report in reports], "rows": rows, "vanished": gone}
        path.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        columns = ["file"] * (len(reports) > 1) + ["line", "outcome", "name", "reasons", "key"]
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            told_reasons = " / ".join(
                f"{reason['words']} [{reason['code']}]" for reason in row["reasons"]
            )
            writer.writerow({**row, "reasons": told_reasons, "name": harmless(row["name"])})
        for room in gone:
            writer.writerow({**room, "outcome": "vanished", "name": harmless(room["name"])})


def _print_json(told: dict[str, Any]) -> None:
    typer.echo(orjson.dumps(told).decode())
