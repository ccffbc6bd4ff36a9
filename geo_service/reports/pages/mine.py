"""What somebody who is signed in has told."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.clock import now
from geo_service.reports.access import MyReport, MyRoom, MyTalk, MyTalkedReport, Room
from geo_service.reports.pages.showing import private
from geo_service.reports.schemas.forms import MessageForm
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.i18n import language_of
from geo_service.web.idempotency import TheWish
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession

router = APIRouter(
    prefix="/my/reports", default_response_class=HTMLResponse, include_in_schema=False
)


@router.get("")
def my_reports_page(request: Request, room: MyRoom) -> Response:
    """Each with its stage, told last first."""
    return private(page(request, "reports/mine.html", reports=room.mine()))


@router.get("/{report_id:uuid}")
def my_report_page(request: Request, mine: MyReport, room: MyRoom) -> Response:
    """How far it is, and what both sides said."""
    return _show(request, room, mine, blank(MessageForm))


@router.post("/{report_id:uuid}/messages")
def say_more(
    request: Request,
    mine: MyTalkedReport,
    sent: Sent,
    room: MyTalk,
    session: DbSession,
    wish: TheWish,
) -> Response:
    """Write to the centre."""
    form = filled(MessageForm, sent)
    if form.value is not None:
        with form.attempt(room.session):
            room.say(session, mine, form.value.text, wish, at=now())
            return led(request, f"/my/reports/{mine}", "reports.said")
    return _show(request, room, mine, form)


def _show(request: Request, room: Room, report_id: UUID, form: Filled[MessageForm]) -> Response:
    home = language_of(request).prefix
    return private(
        page(
            request,
            "reports/conversation.html",
            status=form.status,
            told=room.progress(report_id),
            form=form,
            action=f"{home}/my/reports/{report_id}/messages",
            by_receipt=False,
        )
    )
