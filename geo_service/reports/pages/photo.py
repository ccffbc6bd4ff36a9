"""A photo, or none."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import UploadFile

from geo_service.accounts.access import TheAddress
from geo_service.accounts.workflow import limits
from geo_service.clock import now
from geo_service.errors import Problem
from geo_service.reports.access import PHOTOS_FROM, ActingRoom, LookingRoom
from geo_service.reports.files.photo import FILE_BYTES, redrawn
from geo_service.reports.pages.showing import ask, keep_word, led_to, steps_of
from geo_service.reports.pages.steps import PHOTO, Steps
from geo_service.reports.schemas.forms import PhotoForm
from geo_service.reports.workflow import drafts
from geo_service.web.forms import Sent, blank, filled
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/report/photo", default_response_class=HTMLResponse, include_in_schema=False
)


@router.get("")
def photo_page(request: Request, room: LookingRoom, session: ReadSession) -> Response:
    """What not to show on it."""
    steps = steps_of(room, room.draft(at=now()))
    if not steps.may_ask(PHOTO):
        return led_to(request, steps.next)
    return ask(request, session, steps, PHOTO, blank(PhotoForm))


@router.post("")
def put_photo(
    request: Request, sent: Sent, room: ActingRoom, session: DbSession, address: TheAddress
) -> Response:
    """Draw it anew and keep that; without a photo, go on."""
    at, form = now(), filled(PhotoForm, sent)
    word, draft = room.held(session, at=at)
    steps = steps_of(room, draft)
    said = steps.said | {"photo_seen": True}
    file = sent.get("photo")
    if form.value is not None and isinstance(file, UploadFile) and file.filename:
        try:
            limits.count(session, room.secret, (PHOTOS_FROM, address), at=at)
            photo = redrawn(file.file.read(FILE_BYTES + 1))
        except Problem as problem:
            form.refused(problem)
        else:
            drafts.keep_photo(room.ring, draft, photo)
            said["has_photo"] = True
    if form.is_refused:
        return keep_word(request, ask(request, session, steps, PHOTO, form), word)
    drafts.save(room.ring, draft, said, PHOTO, at=at)
    steps = Steps(said, is_known=steps.is_known)
    return keep_word(request, led_to(request, steps.next), word)


@router.post("/removal")
def take_photo_out(request: Request, room: ActingRoom, session: DbSession) -> Response:
    """Without it."""
    at = now()
    word, draft = room.held(session, at=at)
    drafts.keep_photo(room.ring, draft, None)
    said = steps_of(room, draft).said | {"has_photo": False}
    drafts.save(room.ring, draft, said, PHOTO, at=at)
    return keep_word(request, led_to(request, PHOTO), word)
