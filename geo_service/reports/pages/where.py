"""The page of the place."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.listings.access import MAP_PX
from geo_service.listings.queries.spots import spots_named
from geo_service.reports.access import ActingRoom, LookingRoom
from geo_service.reports.pages.placing import (
    Wish,
    map_picture,
    middle,
    said_of,
    wish_of,
)
from geo_service.reports.pages.showing import ask, keep_word, led_to, steps_of
from geo_service.reports.pages.steps import WHERE, Steps
from geo_service.reports.schemas.forms import WhereForm
from geo_service.reports.workflow import drafts
from geo_service.reports.workflow.routing import NobodyAnswersThere, route_to
from geo_service.web.forms import Complaint, Filled, Sent, filled
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/report/where", default_response_class=HTMLResponse, include_in_schema=False
)


@router.get("")
def where_page(request: Request, room: LookingRoom, session: ReadSession) -> Response:
    """A map to tap on, words to find it by, or neither."""
    steps = steps_of(room, room.draft(at=now()))
    if not steps.may_ask(WHERE):
        return led_to(request, steps.next)
    return _show(request, session, steps, steps.form(WHERE))


@router.post("")
def say_where(request: Request, sent: Sent, room: ActingRoom, session: DbSession) -> Response:
    """Keep the place, and stay to look at it or go on."""
    at, form = now(), filled(WhereForm, sent)
    word, draft = room.held(session, at=at)
    steps = steps_of(room, draft)
    wish = wish_of(session, sent, steps.pin)
    if form.value is not None and not wish.is_looking:
        _ask_for_something(form, wish)
    said = steps.said | said_of(session, wish, sees_dong=_sees_dong(session, wish))
    said["looked"] = wish.is_looking and "find" in sent
    if form.errors:
        said[WHERE] = dict(form.given)
    drafts.save(room.ring, draft, said, WHERE, at=at)
    steps = Steps(said, is_known=steps.is_known)
    if form.is_good and not wish.is_looking:
        return keep_word(request, led_to(request, steps.next), word)
    if form.is_good:
        return keep_word(request, led_to(request, f"{WHERE}#where"), word)
    return keep_word(request, _show(request, session, steps, form), word)


def _ask_for_something(form: Filled[WhereForm], wish: Wish) -> None:
    if wish.pin is None and not wish.words and not wish.is_unknown:
        form.errors["words"] = Complaint(
            "nowhere",
            "Write where it is, tap on the map, or choose “I do not know the address”.",
            "말로 적거나 지도를 누르거나 ‘주소를 몰라요’를 골라 주세요.",
        )


def _sees_dong(session: Session, wish: Wish) -> bool:
    """Whether the place itself tells who answers."""
    if wish.pin is None:
        return False
    try:
        route_to(session, wish.pin, None)
    except NobodyAnswersThere:
        return False
    return True


def _show(request: Request, session: Session, steps: Steps, form: Filled[WhereForm]) -> Response:
    looked = bool(steps.said.get("looked"))
    words = "".join(form.given.get("words", []))
    found = spots_named(session, words) if looked and words else []
    return ask(
        request,
        session,
        steps,
        WHERE,
        form,
        pin=steps.pin,
        middle=middle(session, steps.pin),
        picture=map_picture(request, session, steps.pin),
        px=MAP_PX,
        spots=found[1:],
        missed=looked and not found,
    )
