"""Official files of facilities on the screen: looked through, taken in, undone, by operators."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.errors import BadField, NotFound, Problem
from geo_service.facilities.imports import Upload, incoming
from geo_service.facilities.imports.providers import ProviderUnknown
from geo_service.facilities.imports.template import COLUMNS
from geo_service.facilities.imports.troubles import Row, table_of
from geo_service.facilities.models import FacilityFile, ImportBatch, Outcome
from geo_service.facilities.queries import batches, promise_of, troubled_rows, waiting_files
from geo_service.facilities.schemas import Trouble
from geo_service.facilities.workflow import undo
from geo_service.jobs.files import as_csv, as_workbook
from geo_service.offices.access import ActingDesk, Desk
from geo_service.web.fields import FormModel, Line
from geo_service.web.forms import Filled, Sent, blank, filled, fit
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/office/import/facilities",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SHOWN = 100
"""So many rows that need somebody are shown; all of them can be had as a table."""

As = Annotated[Literal["page", "csv"], Query(alias="as")]
"""The page of a file or of a batch, or the table of all rows in it that need somebody."""


class NoSuchOfficialFile(NotFound):
    """There is no such file."""

    korean = "그런 파일이 없어요."


class SayProvider(BadField):
    """Neither the file nor its name says who published it."""

    korean = "파일에 제공 기관이 없어요. 여기에 적어 주세요. 예: 광주광역시 광산구"


class NoSuchBatch(NotFound):
    """There is no such import."""

    korean = "그런 가져오기가 없어요."


class FacilitiesForm(FormModel):
    """An official file."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: Annotated[UploadFile, Field(json_schema_extra={"chosen": True})]
    provider: Annotated[Line, Field(max_length=140)] | None = None
    """Who published it, where the file does not say."""


Cell = Annotated[Line, Field(max_length=300)]


class MendForm(FormModel):
    """Cells of one row, as far as they are asked."""

    facility: Cell | None = None
    room: Cell | None = None
    road_address: Cell | None = None
    lot_address: Cell | None = None
    lat: Cell | None = None
    lng: Cell | None = None
    phone: Cell | None = None
    provider: Cell | None = None
    reference: Cell | None = None


def _the_file(facility_file_id: UUID, session: ReadSession) -> FacilityFile:
    return _found(session.get(FacilityFile, facility_file_id))


def _held_file(facility_file_id: UUID, session: DbSession) -> FacilityFile:
    return _found(session.get(FacilityFile, facility_file_id, with_for_update=True))


def _found(file: FacilityFile | None) -> FacilityFile:
    if file is None:
        raise NoSuchOfficialFile
    return file


TheFile = Annotated[FacilityFile, Depends(_the_file)]
HeldFile = Annotated[FacilityFile, Depends(_held_file)]


@router.get("")
def facilities_page(request: Request, _desk: Desk, session: ReadSession) -> HTMLResponse:
    """Where official files are sent, and the batches that they made."""
    return _facilities_page(request, session, blank(FacilitiesForm))


@router.post("")
def send_facilities(
    request: Request, sent: Sent, _desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Look through a file; nothing is taken in yet."""
    form = filled(FacilitiesForm, sent)
    if form.value is not None:
        told = form.value
        upload = Upload(fit(told.file.filename or ""), told.file.file.read(), told.provider)
        with form.attempt(session), _in_korean():
            file = incoming.receive(session, upload, at=now())
            return _go_on(request, _address(file))
    return _facilities_page(request, session, form)


@router.get("/template.xlsx", response_class=Response)
def template_workbook(_desk: Desk) -> Response:
    """The table to be filled by who has no official file."""
    body = as_workbook(*zip(*COLUMNS, strict=True), sheet_name="공공시설")
    return _download(body, XLSX, "facilities.xlsx")


@router.get("/template.csv", response_class=Response)
def template_csv(_desk: Desk) -> Response:
    """The same as text."""
    names, examples, *_ = zip(*COLUMNS, strict=True)
    return _download(as_csv((names, examples)), "text/csv; charset=utf-8", "facilities.csv")


@router.get("/files/{facility_file_id:uuid}")
def file_page(
    request: Request,
    file: TheFile,
    _desk: Desk,
    session: ReadSession,
    line: Annotated[int, Query(ge=1, le=1_000_000)] = 0,
    as_: As = "page",
) -> Response:
    """What the file would do, or how far it is."""
    if file.batch_id is not None and "HX-Request-Type" not in request.headers:
        return _go_on(request, f"/{file.batch_id}")
    if as_ == "csv":
        told = incoming.troubles(file)
        return _table((each.line, each.outcome, each.name, each.reasons) for each in told)
    return _file_page(request, session, file, _mended(file, line))


@router.post("/files/{facility_file_id:uuid}/rows/{line:int}")
def mend_row(
    request: Request,
    line: int,
    sent: Sent,
    file: HeldFile,
    _desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """Say a row anew."""
    form = filled(MendForm, sent)
    if form.value is None:
        return _file_page(request, session, file, _mended(file, line), form)
    incoming.mend(session, file, line, form.value.model_dump())
    return _go_on(request, _address(file), "facilities.looked_again")


@router.post("/files/{facility_file_id:uuid}/take-in")
def take_in(
    request: Request, file: HeldFile, _desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Let the worker take it in."""
    incoming.begin(session, file, at=now())
    return _go_on(request, _address(file))


@router.get("/{number}")
def batch_page(
    request: Request, number: str, _desk: Desk, session: ReadSession, as_: As = "page"
) -> Response:
    """What a batch did, and which rows it could not take as they were."""
    batch = _the_batch(session, number)
    troubled = session.scalars(troubled_rows(batch.id)).all()
    if as_ == "csv":
        return _table(
            (row.line, row.outcome, row.name, (words for _, words in row.reasons))
            for row in troubled
        )
    return page(
        request,
        "facilities/batch.html",
        batch=batch,
        promise=session.scalar(promise_of(batch.id)),
        outcomes=list(Outcome),
        troubled=troubled,
        shown=SHOWN,
    )


@router.post("/{number}/undo")
def undo_batch(
    request: Request, number: str, _desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Undo a whole batch."""
    batch = _the_batch(session, number)
    with _in_korean():
        undone = undo(session, batch.id)
    note = "facilities.undone_but_kept" if undone.kept else "facilities.undone"
    return _go_on(request, f"/{batch.id}", note)


def _facilities_page(
    request: Request, session: Session, form: Filled[FacilitiesForm]
) -> HTMLResponse:
    return page(
        request,
        "facilities/import.html",
        status=form.status,
        form=form,
        waiting=session.scalars(waiting_files().limit(20)).all(),
        batches=session.scalars(batches().limit(20)).all(),
    )


def _file_page(
    request: Request,
    session: Session,
    file: FacilityFile,
    mended: Trouble | None,
    form: Filled[MendForm] | None = None,
) -> HTMLResponse:
    if form is None and mended is not None:
        form = blank(MendForm, **{each.field: each.cell for each in mended.asked})
    return page(
        request,
        "facilities/file.html",
        status=form.status if form else 200,
        file=file,
        batch=session.get(ImportBatch, file.batch_id) if file.batch_id else None,
        outcomes=list(Outcome),
        troubled=incoming.troubles(file),
        shown=SHOWN,
        mended=mended,
        form=form,
    )


def _mended(file: FacilityFile, line: int) -> Trouble | None:
    """The row to mend: that one, or the first."""
    if file.begun_at is not None:
        return None
    bad = [trouble for trouble in incoming.troubles(file) if trouble.asked]
    return next((trouble for trouble in bad if trouble.line == line), next(iter(bad), None))


def _table(rows: Iterable[Row]) -> Response:
    return _download(table_of(rows), "text/csv; charset=utf-8", "rows.csv")


def _download(body: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)


def _address(file: FacilityFile) -> str:
    return f"/files/{file.id}"


def _the_batch(session: Session, number: str) -> ImportBatch:
    known = number.isdecimal() and len(number) < 10
    batch = session.get(ImportBatch, int(number)) if known else None
    if batch is None:
        raise NoSuchBatch
    return batch


@contextmanager
def _in_korean() -> Iterator[None]:
    """What is wrong with an official file is told in Korean, and more exactly than by its type."""
    try:
        yield
    except ProviderUnknown as problem:
        raise SayProvider("provider", "Say who published this file.") from problem
    except Problem as problem:
        problem.korean = problem.korean or problem.detail or ""  # type: ignore[misc]
        raise


def _go_on(request: Request, path: str, note: str = "") -> Response:
    return led(request, f"/office/import/facilities{path}", note)
