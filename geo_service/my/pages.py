"""A resident's front page, their things to take along, and the way out."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import (
    FreshBrowser,
    FreshChangingBrowser,
    SignedIn,
    TheSecret,
)
from geo_service.accounts.models import Person
from geo_service.accounts.workflow import limits, passwords
from geo_service.accounts.workflow.profile import PasswordIsWrong
from geo_service.clock import now
from geo_service.my.queries.front import front_of
from geo_service.my.queries.unpaid import unpaid_of
from geo_service.my.schemas import LeaveForm, LockedLeaveForm, as_json
from geo_service.my.workflow import export_of, leave
from geo_service.offices.queries import posts_of
from geo_service.reports.access import MyRoom
from geo_service.spaces.queries.opening import korean_day
from geo_service.web.cookies import forget_session
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/my", default_response_class=HTMLResponse, include_in_schema=False)


@router.get("")
def front_page(request: Request, person: SignedIn, session: ReadSession) -> Response:
    """What waits for me, what comes next, and the ways to everything that is mine."""
    at = now()
    return page(
        request,
        "my/front.html",
        person=person,
        front=front_of(session, person, at=at),
        today=korean_day(at),
        day_of=korean_day,
    )


@router.get("/export")
def export_page(request: Request, _person: SignedIn) -> Response:
    """What is in the file, before one takes it."""
    return page(request, "my/export.html")


@router.get("/export.json")
def export_file(person: SignedIn, session: ReadSession, room: MyRoom) -> Response:
    """Everything that is kept about me, as a file."""
    headers = {
        "Content-Disposition": 'attachment; filename="dongne-ieum.json"',
        "Cache-Control": "no-store",
    }
    told = export_of(session, person, at=now()) | {"reports": room.export()}
    document = as_json(told)
    return Response(document, media_type="application/json", headers=headers)


@router.get("/leave")
def leave_page(request: Request, browser: FreshBrowser, session: ReadSession) -> Response:
    """What leaving means, and that one means it."""
    return _leave_page(request, session, browser.person, blank(_asked(browser.person)))


@router.post("/leave")
def leave_for_good(
    request: Request,
    sent: Sent,
    browser: FreshChangingBrowser,
    session: DbSession,
    secret: TheSecret,
) -> Response:
    """Leave, with everything given back and every word wiped."""
    at, person = now(), browser.person
    form = filled(_asked(person), sent)
    if told := form.value:
        limits.count(session, secret, (limits.CHECKS_OF, person.id.hex), at=at)
        with form.attempt(session):
            _prove(person, told)
            leave(session, person, at=at)
            answer = led(request, "/", "my.left")
            forget_session(request, answer)
            return answer
    return _leave_page(request, session, person, form)


def _asked(person: Person) -> type[LeaveForm]:
    return LeaveForm if person.password_hash is None else LockedLeaveForm


def _prove(person: Person, told: LeaveForm) -> None:
    """Raises: PasswordIsWrong."""
    if isinstance(told, LockedLeaveForm):
        present = told.present.get_secret_value()
        if not passwords.is_right(person, present):
            raise PasswordIsWrong


def _leave_page(
    request: Request, session: Session, person: Person, form: Filled[LeaveForm]
) -> Response:
    return page(
        request,
        "my/leave.html",
        status=form.status,
        form=form,
        has_password=person.password_hash is not None,
        on_staff=session.scalar(posts_of(person.id).limit(1)) is not None,
        unpaid=session.scalar(unpaid_of(person.id, at=now())),
    )
