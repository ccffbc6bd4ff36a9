"""Official files of facilities on the screen: looked through, taken in, undone, by operators."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum, auto
from typing import Annotated

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.responses import HTMLResponse
from pydantic import ConfigDict, Field
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.errors import NotFound, Problem
from geo_service.facilities.imports import Upload, import_file
from geo_service.facilities.models import ImportBatch, ImportRow, Outcome
from geo_service.facilities.queries import batches
from geo_service.facilities.schemas import Report
from geo_service.facilities.workflow import undo
from geo_service.offices.access import ActingDesk, Desk
from geo_service.web.fields import FormModel, Line
from geo_service.web.forms import Filled, Sent, blank, filled
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

SHOWN = 100
"""So many rows with trouble are shown; the command line writes them all."""

TROUBLED = (Outcome.REFUSED, Outcome.HELD_BACK, Outcome.REPAIRED)


class NoSuchBatch(NotFound):
    """There is no such import."""

    korean = "그런 가져오기가 없어요."


class Then(StrEnum):
    """What becomes of a file."""

    LOOK = auto()
    TAKE_IN = auto()


class FacilitiesForm(FormModel):
    """An official file."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: UploadFile
    provider: Annotated[Line, Field(max_length=140)] | None = None
    """Who published it, where the file does not say."""
    then: Then


@router.get("")
def facilities_page(request: Request, _desk: Desk, session: ReadSession) -> HTMLResponse:
    """Where official files are sent, and the batches that they made."""
    return _facilities_page(request, session, blank(FacilitiesForm, then=Then.LOOK))


@router.post("")
def send_facilities(
    request: Request, sent: Sent, _desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Say what a file would do, or take it in: whole, or not at all."""
    form = filled(FacilitiesForm, sent)
    report = None
    if form.value is not None:
        told = form.value
        upload = Upload(told.file.filename or "", told.file.file.read(), told.provider)
        with form.attempt(session), _in_korean():
            report = import_file(session, upload, dry_run=told.then is Then.LOOK)
            if report.batch is not None:
                return _go_on(request, f"/{report.batch}", "facilities.taken_in")
    return _facilities_page(request, session, form, report)


@router.get("/{number}")
def batch_page(request: Request, number: str, _desk: Desk, session: ReadSession) -> HTMLResponse:
    """What a batch did, and which rows it could not take as they were."""
    batch = _the_batch(session, number)
    return page(
        request,
        "facilities/batch.html",
        batch=batch,
        outcomes=list(Outcome),
        troubled=session.scalars(_troubled_rows(batch.id)).all(),
    )


@router.post("/{number}/undo")
def undo_batch(
    request: Request, number: str, _desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Undo a whole batch."""
    batch = _the_batch(session, number)
    with _in_korean():
        undo(session, batch.id)
    return _go_on(request, f"/{batch.id}", "facilities.undone")


def _facilities_page(
    request: Request,
    session: Session,
    form: Filled[FacilitiesForm],
    report: Report | None = None,
) -> HTMLResponse:
    entries = report.entries if report else []
    return page(
        request,
        "facilities/import.html",
        status=form.status,
        form=form,
        report=report,
        outcomes=list(Outcome),
        troubled=[entry for entry in entries if entry.outcome in TROUBLED][:SHOWN],
        batches=session.scalars(batches().limit(20)).all(),
    )


def _the_batch(session: Session, number: str) -> ImportBatch:
    known = number.isdecimal() and len(number) < 10
    batch = session.get(ImportBatch, int(number)) if known else None
    if batch is None:
        raise NoSuchBatch
    return batch


def _troubled_rows(batch_id: int) -> Select[ImportRow]:
    troubled = ImportRow.outcome.in_(TROUBLED)
    rows = select(ImportRow).where(ImportRow.batch_id == batch_id, troubled)
    return rows.order_by(ImportRow.line).limit(SHOWN)


@contextmanager
def _in_korean() -> Iterator[None]:
    """What is wrong with an official file is told in Korean, and more exactly than by its type."""
    try:
        yield
    except Problem as problem:
        problem.korean = problem.korean or problem.detail or ""  # type: ignore[misc]
        raise


def _go_on(request: Request, path: str, note: str) -> Response:
    return led(request, f"/office/import/facilities{path}", note)
