"""Files on their way: sent and looked through, mended row by row, taken in while others watch."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

import structlog
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.errors import Conflict, NotFound, Problem
from geo_service.facilities.files import Row, Table, packed, read_table, unpacked
from geo_service.facilities.imports import Source, Upload, import_table
from geo_service.facilities.imports.coordinates import read_point
from geo_service.facilities.imports.datasets import NAMES, recognise
from geo_service.facilities.imports.reader import Reader
from geo_service.facilities.imports.reasons import because
from geo_service.facilities.imports.sizes import read_date
from geo_service.facilities.models import UNKEPT, FacilityFile, Outcome
from geo_service.facilities.schemas import Asked, Draft, Entry, Trouble

TAKE_IN = "facilities.take_in"
"""The task that takes in a file."""

PATIENCE = timedelta(minutes=15)
"""So long a file that stands in somebody's way is tried again; then whoever waits is told."""

_PASSING = ("08", "40", "53", "55P", "57")
"""How the codes of what passes begin: no connection, a deadlock, no room, a lock, a stop."""

_UNFORESEEN = (
    "예상하지 못한 문제가 생겼어요. 파일을 다시 올려 보고, 또 그러면 시스템 담당자에게 알려 주세요."
)

_NAME, _ADDRESS, _POINT = ("facility", "room"), ("road_address", "lot_address"), ("lat", "lng")

_EVERYTHING = (*_NAME, *_ADDRESS, *_POINT, "phone", "provider", "reference")

_MENDED_BY = {
    "no-name": _NAME,
    "name-too-long": _NAME,
    "no-address": _ADDRESS,
    "no-provider": ("provider",),
    "wrong-length": _EVERYTHING,
    "listed-by-another": (*_NAME, *_ADDRESS, *_POINT),
    "older-vintage": ("reference",),
}
"""What a clerk has to look at for a reason; for every other one it is the address or the point."""

_NO_POINT = because("no-point")

_log = structlog.get_logger()

_UNCLEAR = because("unclear-cells").words
"""Such a row is mended in the file only."""


class FileHasBegun(Conflict):
    """This file is being taken in already."""

    korean = "이미 싣기 시작한 파일이에요."


class NothingToTakeIn(Conflict):
    """This file would change nothing."""

    korean = "실을 것이 없는 파일이에요."


class NoSuchRow(NotFound):
    """This row of the file needs no mending."""

    korean = "고칠 줄이 아니에요."


def receive(session: Session, upload: Upload, *, at: datetime) -> FacilityFile:
    """Look through a file, and keep it without personal numbers until it is taken in.

    Raises: Unreadable, UnknownColumns, ProviderUnknown.
    """
    source = upload.source
    file = FacilityFile(
        file=source.name[:300],
        sha256=source.sha256,
        provider=source.provider,
        content=b"",
        sent_at=at,
    )
    _look_through(session, file, read_table(upload.data, NAMES))
    session.add(file)
    session.flush()
    return file


def mend(session: Session, file: FacilityFile, line: int, said: Mapping[str, str | None]) -> None:
    """Say a row anew, and look through all of them again: a row is judged by its neighbours too.

    Raises: FileHasBegun, NoSuchRow.
    """
    table = _unbegun(file)
    trouble = next((each for each in troubles(file) if each.line == line and each.asked), None)
    if trouble is None:
        raise NoSuchRow
    row = next(row for row in (*table.rows, *table.broken) if row.line == line)
    cells = _filled_up(row.cells, len(table.columns))
    for asked in trouble.asked:
        cells[table.columns.index(asked.column)] = said.get(asked.field) or ""
    table.rows, table.broken = (
        [each for each in rows if each.line != line] for rows in (table.rows, table.broken)
    )
    table.rows = sorted([*table.rows, Row(line, tuple(cells))])
    _look_through(session, file, table)
    session.flush()


def begin(session: Session, file: FacilityFile, *, at: datetime) -> None:
    """Let the file be taken in by a worker. Raises: FileHasBegun, NothingToTakeIn."""
    if file.begun_at is not None:
        raise FileHasBegun
    if file.is_idle:
        raise NothingToTakeIn
    file.begun_at = at
    later.queue(session, TAKE_IN, {"file": str(file.id)}, key=f"{TAKE_IN}:{file.id}")


def take_in(session: Session, file: FacilityFile, *, at: datetime) -> None:
    """Take it in, whole or not at all; whoever watches sees how far it is, or that it failed.

    The file keeps what it promised: its batch tells what came of it.
    """
    if file.content is None:
        return
    source = Source(file.file, file.sha256, file.provider)
    table = unpacked(file.content)
    tell = partial(tell_progress, session, file)
    tell(step="", done=0)  # it may be tried again
    try:
        with session.begin_nested():
            report, _ = import_table(
                session,
                table,
                source,
                progress=lambda step: tell(step=step),
                count=lambda done: tell(done=done),
            )
    except Problem as problem:
        file.refusal = (problem.korean or problem.detail or problem.title())[:300]
    except Exception as error:
        waited = at - (file.begun_at or at)
        if _is_lost(error) or (_may_pass(error) and waited < PATIENCE):
            raise
        _log.error("file failed", file=str(file.id), error=type(error).__name__, exc_info=error)
        file.refusal = _UNFORESEEN
    else:
        file.batch_id = report.batch
    file.content, file.troubled = None, []
    file.finished_at = max(at, file.begun_at or at)
    session.flush()


def _is_lost(error: Exception) -> bool:
    """Whether there is no connection by which to tell anything."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _may_pass(error: Exception) -> bool:
    """Whether PostgreSQL was only busy: the worker tries again."""
    code = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return (code or "").startswith(_PASSING)


def tell_progress(session: Session, file: FacilityFile, **said: object) -> None:
    """Say how far it is beside the transaction that is still under way, for others to see."""
    bind = session.get_bind()
    with Session(bind, join_transaction_mode="create_savepoint") as aside, aside.begin():
        aside.execute(update(FacilityFile).where(FacilityFile.id == file.id).values(**said))


def troubles(file: FacilityFile) -> Sequence[Trouble]:
    """Its rows that need somebody, those first that are left out without."""
    return [Trouble.of(told) for told in file.troubled]


def _unbegun(file: FacilityFile) -> Table:
    if file.begun_at is not None or file.content is None:
        raise FileHasBegun
    return unpacked(file.content)


def _look_through(session: Session, file: FacilityFile, table: Table) -> None:
    """Keep what the file would do, and its rows as they may be kept."""
    source = Source(file.file, file.sha256, file.provider)
    report, drafts = import_table(session, table, source, dry_run=True)
    originals = {draft.line: tuple(draft.original.values()) for draft in drafts}
    file.content = packed(table.columns, (Row(*each) for each in originals.items()))
    file.dataset, file.counts = report.dataset, report.counts
    file.vanished = len(report.vanished)
    file.troubled = [each.tell() for each in _troubles(table, report.entries, drafts)]


def _troubles(table: Table, entries: Iterable[Entry], drafts: Iterable[Draft]) -> list[Trouble]:
    columns = recognise(table).columns_of(table)
    originals = {draft.line: draft.original for draft in drafts}
    width = len(table.columns)
    unclear = {
        row.line: [_UNCLEAR]
        for row in table.broken
        if not _is_clear(_filled_up(originals[row.line].values(), width), columns)
    }
    found = [entry for entry in entries if entry.outcome in (*UNKEPT, Outcome.REPAIRED)]
    found.sort(key=lambda entry: (entry.outcome not in UNKEPT, entry.line))
    return [
        Trouble(
            line=entry.line,
            outcome=entry.outcome.value,
            name=entry.name,
            reasons=[*(reason.words for reason in entry.reasons), *unclear.get(entry.line, ())],
            asked=[]
            if entry.line in unclear
            else _asked(table, entry, originals[entry.line], columns),
        )
        for entry in found
    ]


def _filled_up(cells: Iterable[str], width: int) -> list[str]:
    """The cells of a row, blank where they are missing, without those behind the last column."""
    return [*cells, *[""] * width][:width]


def _is_clear(cells: Sequence[str], columns: Mapping[str, list[int]]) -> bool:
    """Whether a row of wrong length differs at its end only, as far as nobody is asked.

    Where a comma too many or too few moved the cells, point and day are not in their columns. What
    stands right shows that everything in front of it does; the rest has to be what is asked for.
    """
    lat, lng, day = Reader(dict(columns), ("lat", "lng", "reference"))(tuple(cells))
    right = ["lat", "lng"] if read_point(lat, lng).place else []
    right += ["reference"] if read_date(day) else []
    unasked = (places for field, places in columns.items() if field not in _EVERYTHING)
    last = max(chain.from_iterable(unasked), default=-1)
    return last < max((columns[field][0] for field in right), default=0)


def _asked(
    table: Table, entry: Entry, original: Mapping[str, str], columns: Mapping[str, list[int]]
) -> list[Asked]:
    """The cells that may mend a row, each in the first of its columns that says something.

    None where the row has no point and the file no columns for one: nothing else helps it.
    """
    pointless = columns.keys().isdisjoint(_POINT)
    if entry.outcome not in UNKEPT or (pointless and _NO_POINT in entry.reasons):
        return []
    fields = dict.fromkeys(
        field
        for reason in entry.reasons
        for field in _MENDED_BY.get(reason.code, (*_ADDRESS, *_POINT))
    )
    told = []
    for field in fields:
        if names := [table.columns[place] for place in columns.get(field, ())]:
            column = next((name for name in names if original.get(name)), names[0])
            told.append(Asked(field, column, original.get(column, "")))
    return told
