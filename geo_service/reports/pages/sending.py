"""One look at all of it, sent, and what happens next."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.areas.models import Area
from geo_service.clock import now
from geo_service.offices.models import Office
from geo_service.reports.access import ActingRoom, LookingRoom, Room
from geo_service.reports.files.categories import categories
from geo_service.reports.models import Draft
from geo_service.reports.pages.showing import keep_word, led_to, private, steps_of
from geo_service.reports.pages.steps import CHECK, WHOM, Steps
from geo_service.reports.schemas.forms import CheckForm
from geo_service.reports.workflow import drafts
from geo_service.reports.workflow.routing import NobodyAnswersThere, route_to
from geo_service.web.forms import Filled, blank
from geo_service.web.i18n import language_of
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/report", default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/check")
def check_page(request: Request, room: LookingRoom, session: ReadSession) -> Response:
    """Each answer, with a way to mend it."""
    steps = steps_of(room, room.draft(at=now()))
    return _check(request, session, steps, blank(CheckForm))


@router.post("/check")
def send(request: Request, room: ActingRoom, session: DbSession) -> Response:
    """Send it; pressed twice, it is sent once."""
    at, form = now(), blank(CheckForm)
    draft = room.draft(at=at, held=True)
    if draft is not None and draft.step == drafts.SENT:
        return led_to(request, "done")
    steps = steps_of(room, draft)
    if draft is None or steps.incomplete is not None:
        return led_to(request, steps.incomplete or WHOM)
    with form.attempt(room.session):
        _send(request, room, session, draft, steps, at=at)
        return keep_word(request, led_to(request, "done"), room.word or "")
    return _check(request, session, steps, form)


@router.get("/done")
def done_page(request: Request, room: LookingRoom) -> Response:
    """Its number; and the code, this once."""
    at = now()
    draft = room.draft(at=at, held=True)
    sent = drafts.sent_of(room.ring, draft) if draft else None
    if draft is None or sent is None:
        return led_to(request, "")
    drafts.mark_shown(draft, at=at)
    return private(page(request, "reports/done.html", sent=sent))


def _send(
    request: Request, room: Room, session: Session, draft: Draft, steps: Steps, *, at: datetime
) -> None:
    told = steps.told(drafts.photo_of(room.ring, draft))
    route = route_to(session, told.place, steps.dong_id)
    room.count_report(session, at=at)
    tongue = language_of(request).value
    sent = room.tell(session, draft.id, told, route, tongue, at=at)
    drafts.mark_sent(room.ring, draft, sent, until=at + drafts.SENT_FOR)


def _check(request: Request, session: Session, steps: Steps, form: Filled[Any]) -> Response:
    if steps.incomplete is not None:
        return led_to(request, steps.incomplete)
    dong = None
    try:
        route = route_to(session, steps.pin, steps.dong_id)
    except NobodyAnswersThere as problem:
        form.refused(problem)
    else:
        office = session.get_one(Office, route.centre_id)
        dong = session.get(Area, office.answers_for_id)
    return private(
        page(
            request,
            "reports/check.html",
            status=form.status,
            form=form,
            steps=steps,
            step=CHECK,
            kinds=categories(),
            dong=dong and dong.name,
        )
    )
