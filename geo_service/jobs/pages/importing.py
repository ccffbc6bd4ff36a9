"""A file of jobs on its way in: sent, looked through, mended, taken in, and given back."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.errors import BadField, NotFound
from geo_service.jobs.files import as_csv, as_workbook, rows_of
from geo_service.jobs.imports.columns import COLUMNS, meant, recognised
from geo_service.jobs.imports.telling import told
from geo_service.jobs.models import JobBatch, JobRow, Outcome
from geo_service.jobs.queries import batches_of, rows_of_batch, the_batch
from geo_service.jobs.schemas.forms import FileForm, NewJobForm
from geo_service.jobs.schemas.rows import checked
from geo_service.jobs.workflow import guard_wage
from geo_service.jobs.workflow.batches import BatchHasBegun, begin, classify, undo
from geo_service.listings.queries.spots import spots_named
from geo_service.offices.access import ActingDesk, Desk, the_office
from geo_service.offices.queries import offices_in
from geo_service.web.forms import Filled, Sent, blank, filled, fit
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NoSuchUpload(NotFound):
    """There is no such file."""

    korean = "그런 파일이 없어요."


class NoFileChosen(BadField):
    """No file was chosen."""

    korean = "골라 주세요."


def _the_batch(batch_id: UUID, desk: Desk, session: ReadSession) -> JobBatch:
    batch = session.scalar(the_batch(desk.offices, batch_id))
    if batch is None:
        raise NoSuchUpload
    return batch


def _held_batch(batch_id: UUID, desk: ActingDesk, session: DbSession) -> JobBatch:
    batch = session.scalar(the_batch(desk.offices, batch_id).with_for_update(of=JobBatch))
    if batch is None:
        raise NoSuchUpload
    return batch


TheBatch = Annotated[JobBatch, Depends(_the_batch)]
HeldBatch = Annotated[JobBatch, Depends(_held_batch)]


@router.get("/office/jobs/template.xlsx", response_class=Response)
def template_workbook(_desk: Desk) -> Response:
    """The table to be filled, with lists to choose from."""
    body = as_workbook(
        [column.name for column in COLUMNS],
        [column.example for column in COLUMNS],
        [column.hint for column in COLUMNS],
        [tuple(column.choices) for column in COLUMNS],
    )
    return _download(body, XLSX, "jobs.xlsx")


@router.get("/office/jobs/template.csv", response_class=Response)
def template_csv(_desk: Desk) -> Response:
    """The same as text."""
    rows = ([column.name for column in COLUMNS], [column.example for column in COLUMNS])
    return _download(as_csv(rows), "text/csv; charset=utf-8", "jobs.csv")


@router.get("/office/import")
def import_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """Where files are sent, and those that came before."""
    return _import_page(request, session, desk.offices, blank(FileForm))


@router.post("/office/import")
def send_file(
    request: Request, sent: Sent, desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Look through a file; nothing is taken in yet."""
    form = filled(FileForm, sent)
    if "file" in form.errors:
        form.refused(NoFileChosen("file", "Choose a file."))
    if form.value is not None:
        said = form.value
        with form.attempt(session):
            office = the_office(session, desk, said.office_id)
            head, *rows = rows_of(said.file.file.read())
            columns, ignored = recognised(head)
            batch = JobBatch(
                office_id=office.id,
                sent_by_id=desk.person.id,
                file=fit(said.file.filename or "")[:200],
                sent_at=now(),
                ignored=ignored,
            )
            session.add(batch)
            session.flush()
            places: dict[str, dict[str, list[str]]] = {}
            for line, row in enumerate(rows, 2):
                if any(row):
                    cells = _placed(session, meant(columns, row), places)
                    _keep(session, batch, line, cells)
            return led(request, _address(batch))
    return _import_page(request, session, desk.offices, form)


@router.get("/office/import/{batch_id:uuid}")
def batch_page(
    request: Request,
    batch: TheBatch,
    session: ReadSession,
    line: Annotated[int, Query(ge=1, le=100_000)] = 0,
) -> HTMLResponse:
    """What the file will do, is doing, or has done."""
    return _batch_page(request, session, batch, line)


@router.post("/office/import/{batch_id:uuid}/rows/{line:int}")
def mend_row(
    request: Request, line: int, sent: Sent, batch: HeldBatch, session: DbSession, _once: Once
) -> Response:
    """Say a row anew."""
    row = session.get(JobRow, (batch.id, line))
    if row is None:
        raise NoSuchUpload
    if batch.begun_at is not None:
        raise BatchHasBegun
    said = {
        name: [fit(item) for item in sent.getlist(name) if isinstance(item, str) and item]
        for name in NewJobForm.model_fields
        if name in sent or f"asked-{name}" in sent
    }
    cells = {**row.cells, **said}
    cells["where"] = ["elsewhere" if cells.get("address") else "office"]
    form = _keep(session, batch, line, _placed(session, cells, {}))
    if form.is_refused:
        return _batch_page(request, session, batch, line)
    return led(request, _address(batch))


@router.post("/office/import/{batch_id:uuid}/take-in")
def take_in(request: Request, batch: HeldBatch, session: DbSession, _once: Once) -> Response:
    """Let its good rows be taken in."""
    begin(session, batch, at=now())
    return led(request, _address(batch), "jobs.taken_in")


@router.post("/office/import/{batch_id:uuid}/undo")
def undo_batch(request: Request, batch: HeldBatch, session: DbSession, _once: Once) -> Response:
    """Give all of it back."""
    undo(session, batch, at=now())
    return led(request, _address(batch), "jobs.batch_undone")


def _keep(session: Session, batch: JobBatch, line: int, cells: Any) -> Filled[NewJobForm]:
    """Write a row down with what it will do; its form says what is wrong with it."""
    form = _judged(cells, now())
    row = session.get(JobRow, (batch.id, line))
    if row is None:
        row = JobRow(batch_id=batch.id, line=line, cells=cells, outcome=Outcome.BAD)
        session.add(row)
    row.cells = cells
    good = form.value if not form.is_refused else None
    classify(session, row, batch, None if good is None else good.offer())
    session.flush()
    return form


def _judged(cells: Any, at: datetime) -> Filled[NewJobForm]:
    form = checked(cells)
    ends = form.errors.get("ends")
    if ends and ends.kind == "unfit" and not form.errors.keys().isdisjoint(("days", "starts")):
        del form.errors["ends"]  # it only says that the other two are not told
    if form.value is not None:
        try:
            guard_wage(form.value.offer(), at)
        except BadField as problem:
            form.refused(problem)
    return form


def _placed(session: Session, cells: dict[str, list[str]], known: dict[str, Any]) -> Any:
    """The same cells with the place that their address means."""
    words = " ".join(cells.get("address", []))
    if words and words not in known:
        found = spots_named(session, words)[:1]
        known[words] = {
            "lat": [f"{spot.place.lat:.6f}" for spot in found],
            "lng": [f"{spot.place.lng:.6f}" for spot in found],
        }
    return {**cells, **known.get(words, {})}


def _import_page(
    request: Request, session: Session, offices: frozenset[UUID], form: Filled[FileForm]
) -> HTMLResponse:
    return page(
        request,
        "jobs/import.html",
        status=form.status,
        form=form,
        offices={each.id: each.name for each in session.scalars(offices_in(offices))},
        batches=session.scalars(batches_of(offices).limit(20)).all(),
    )


def _batch_page(request: Request, session: Session, batch: JobBatch, line: int) -> HTMLResponse:
    rows = session.scalars(rows_of_batch(batch.id)).all()
    bad = [row for row in rows if row.outcome is Outcome.BAD]
    mended = next((row for row in bad if row.line == line), next(iter(bad), None))
    todo = [row for row in rows if row.outcome in {Outcome.NEW, Outcome.CHANGED}]
    at = now()
    wrong = {row.line: _judged(row.cells, at) for row in bad}
    form = wrong[mended.line] if mended and batch.begun_at is None else None
    return page(
        request,
        "jobs/batch.html",
        status=form.status if form and line else 200,
        batch=batch,
        rows=rows,
        bad=bad,
        wrong=wrong,
        told={row.line: told(row.cells) for row in rows},
        mended=mended,
        form=form,
        todo=len(todo),
        done=sum(row.taken_in or bool(row.refusal) for row in todo),
        refused=[row for row in todo if row.refusal],
        taken=[row for row in todo if row.taken_in],
        numbers={outcome: sum(row.outcome is outcome for row in rows) for outcome in Outcome},
        columns={column.field: column for column in COLUMNS},
    )


def _address(batch: JobBatch) -> str:
    return f"/office/import/{batch.id}"


def _download(body: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)
