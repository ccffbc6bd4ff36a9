"""A receipt code opens a conversation in this browser, for half an hour."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access.secret import keep_note, note
from geo_service.accounts.workflow.limits import TooManyTries
from geo_service.clock import now
from geo_service.reports.access import ActingRoom, LookingRoom, NoSuchCode, Room
from geo_service.reports.pages.showing import private
from geo_service.reports.schemas.forms import CodeForm, MessageForm
from geo_service.web.cookies import forget
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.i18n import language_of
from geo_service.web.idempotency import TheWish
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession

router = APIRouter(
    prefix="/report/receipt", default_response_class=HTMLResponse, include_in_schema=False
)

OPEN = "receipt"
"""The note of a browser in which a conversation is open."""

OPEN_FOR = timedelta(minutes=30)


@router.get("")
def receipt_page(request: Request, room: LookingRoom) -> Response:
    """The conversation that is open, or a field for a code."""
    report_id = _opened(request)
    if report_id is None or not _may_see(room, report_id):
        return _ask(request, blank(CodeForm))
    return _conversation(request, room, report_id, blank(MessageForm))


@router.post("")
def open_conversation(
    request: Request, sent: Sent, room: ActingRoom, session: DbSession
) -> Response:
    """Open it; codes that are not right are counted."""
    at, form = now(), filled(CodeForm, sent)
    if form.value is not None:
        try:
            report_id = room.open_receipt(session, form.value.code, at=at)
        except TooManyTries as problem:
            form.refused(problem)
            report_id = None
        else:
            if report_id is None:
                form.refused(NoSuchCode())
        if report_id is not None:
            answer = led(request, "/report/receipt")
            said = {"report": report_id.hex}
            keep_note(request, answer, OPEN, said, at=at, good_for=OPEN_FOR)
            return answer
    return _ask(request, Filled(CodeForm, {}, errors=form.errors, summary=form.summary))


@router.post("/messages")
def say_more(
    request: Request, sent: Sent, room: ActingRoom, session: DbSession, wish: TheWish
) -> Response:
    """Write to the centre."""
    report_id = _opened(request)
    if report_id is None or not _may_see(room, report_id):
        return _ask(request, blank(CodeForm).refused(NoSuchCode()))
    form = filled(MessageForm, sent)
    if form.value is not None:
        with form.attempt(room.session):
            room.say(session, report_id, form.value.text, wish, at=now())
            return led(request, "/report/receipt", "reports.said")
    return _conversation(request, room, report_id, form)


@router.post("/close")
def close_conversation(request: Request, _room: ActingRoom) -> Response:
    """Not in this browser any more."""
    answer = led(request, "/report", "reports.left")
    forget(request, answer, OPEN)
    return answer


def _opened(request: Request) -> UUID | None:
    said = note(request, OPEN, at=now())
    return UUID(said["report"]) if said else None


def _may_see(room: Room, report_id: UUID) -> bool:
    """Claim the report of which this browser proved that it knows the code."""
    room.claim(report_id)
    return room.has(report_id)


def _ask(request: Request, form: Filled[CodeForm]) -> Response:
    """What was typed is not sent back: it may be nearly right."""
    return private(page(request, "reports/receipt.html", status=form.status, form=form))


def _conversation(
    request: Request, room: Room, report_id: UUID, form: Filled[MessageForm]
) -> Response:
    home = language_of(request).prefix
    return private(
        page(
            request,
            "reports/conversation.html",
            status=form.status,
            told=room.progress(report_id),
            form=form,
            action=f"{home}/report/receipt/messages",
            by_receipt=True,
        )
    )
