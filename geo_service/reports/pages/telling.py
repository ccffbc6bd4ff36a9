"""Whom to call first, and then one question after another."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.clock import now
from geo_service.reports.access import ActingRoom, LookingRoom
from geo_service.reports.pages.showing import (
    ask,
    keep_word,
    led_to,
    private,
    steps_of,
)
from geo_service.reports.pages.steps import DONG, MODELS, Steps
from geo_service.reports.workflow import drafts
from geo_service.reports.workflow.routing import dongs_with_centre
from geo_service.web.forms import Complaint, Sent, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/report", default_response_class=HTMLResponse, include_in_schema=False)

Question = Literal["whom", "dong", "what", "signs", "knows", "contact"]


@router.get("")
def start_page(request: Request, room: LookingRoom) -> Response:
    """Whom to call when it cannot wait, and what happens with what one tells."""
    steps = steps_of(room, room.draft(at=now()))
    return private(page(request, "reports/start.html", steps=steps if steps.said else None))


@router.post("/forget")
def forget(request: Request, room: ActingRoom) -> Response:
    """Throw away what was begun."""
    draft = room.draft(at=now(), held=True)
    if draft is not None:
        drafts.forget(room.session, room.ring, draft)
    return led(request, "/report", "reports.forgotten")


@router.get("/{question}")
def question_page(
    request: Request, question: Question, room: LookingRoom, session: ReadSession
) -> Response:
    """One question."""
    steps = steps_of(room, room.draft(at=now()))
    if not steps.may_ask(question):
        return led_to(request, steps.next)
    return ask(request, session, steps, question, steps.form(question))


@router.post("/{question}")
def answer(
    request: Request, question: Question, sent: Sent, room: ActingRoom, session: DbSession
) -> Response:
    """Keep the answer, and go on."""
    at, form = now(), filled(MODELS[question], sent)
    word, draft = room.held(session, at=at)
    steps = steps_of(room, draft)
    if question == DONG and form.value is not None:
        known = {dong.id for dong in dongs_with_centre(session)}
        if form.value.model_dump()["dong"] not in known:
            form.errors["dong"] = Complaint("enum")
    said = steps.said | {question: dict(form.given)}
    drafts.save(room.ring, draft, said, question, at=at)
    steps = Steps(said, is_known=steps.is_known)
    if form.is_good or question not in steps.names:
        return keep_word(request, led_to(request, steps.next), word)
    return keep_word(request, ask(request, session, steps, question, form), word)
