"""Say that one comes, with an account or without, and change one's mind."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.accounts.access import Acting, Once, Visitor
from geo_service.clock import now
from geo_service.meetings.access.joining import Joiner, TheJoiner
from geo_service.meetings.access.meetings import (
    ChangedGuestSeat,
    GuestSeat,
    JoinedMeeting,
    NoSeatOfThisCode,
    TheMeeting,
)
from geo_service.meetings.models import Attendee, Going, Meeting
from geo_service.meetings.queries.meetings import my_seat, the_seat
from geo_service.meetings.schemas.forms import CodeForm, GuestForm, NamedForm, WishesForm
from geo_service.meetings.workflow.consenting import agree, agree_by_seat
from geo_service.meetings.workflow.joining import change, hashed, join, leave
from geo_service.meetings.workflow.problems import NotConvened
from geo_service.web.csrf import proven
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)


@router.get("/meetings/{meeting_id:uuid}/join")
def join_page(request: Request, meeting: TheMeeting, me: Visitor, session: ReadSession) -> Response:
    """Who comes, with whom, and what they need; what was said before, if it was."""
    one = session.scalar(my_seat(meeting.id, me.id)) if me else None
    form: Filled[WishesForm] = (
        blank(WishesForm, of=one) if one else blank(WishesForm if me else GuestForm, children=0)
    )
    return _join_page(request, meeting, form, one, is_guest=me is None)


@router.post("/meetings/{meeting_id:uuid}/join")
def say_that_one_comes(
    request: Request, meeting: JoinedMeeting, sent: Sent, joiner: TheJoiner, session: DbSession
) -> Response:
    """Take a seat, or a place in the line; who has one, says anew what they need."""
    if joiner.person is None:
        return _join_as_guest(request, session, meeting, filled(GuestForm, sent), joiner)
    form, at = filled(WishesForm, sent), now()
    one = session.scalar(my_seat(meeting.id, joiner.person.id))
    if told := form.value:
        with form.attempt(session):
            if one is not None:
                change(session, one, told.wishes(), at=at)
            else:
                one = join(session, meeting, joiner.person, told.wishes(), at=at)
            return led(request, f"/meetings/{meeting.id}", f"meetings.{_said(one)}")
    return _join_page(request, meeting, form, one, is_guest=False)


def _join_as_guest(
    request: Request,
    session: Session,
    meeting: Meeting,
    form: Filled[GuestForm],
    joiner: Joiner,
) -> Response:
    at = now()
    if told := form.value:
        code = joiner.guest_code(meeting, told.phone, at=at)
        with form.attempt(session):
            one = join(session, meeting, told.guest(code), told.wishes(), at=at)
            return led(request, f"/seat/{code}", f"meetings.{_said(one)}")
    return _join_page(request, meeting, form, None, is_guest=True)


def _said(one: Attendee) -> str:
    return "coming" if one.going is Going.COMING else "waiting"


def _join_page(
    request: Request,
    meeting: Meeting,
    form: Filled[WishesForm] | Filled[GuestForm],
    one: Attendee | None,
    *,
    is_guest: bool,
) -> Response:
    open_now = meeting.takes_people(now())
    if not open_now and not form.is_refused:
        form.refused(NotConvened())
    return page(
        request,
        "meetings/join.html",
        status=form.status,
        meeting=meeting,
        form=form,
        seat=one,
        is_guest=is_guest,
    )


@router.post("/meetings/{meeting_id:uuid}/leave")
def give_up(
    request: Request, meeting: JoinedMeeting, me: Acting, session: DbSession, _once: Once
) -> Response:
    """Not come after all; who does not, changes nothing."""
    one = session.scalar(my_seat(meeting.id, me.id))
    if one is not None:
        leave(session, one, at=now())
    return led(request, f"/meetings/{meeting.id}", "meetings.left")


@router.post("/meetings/{meeting_id:uuid}/named")
def be_named(
    request: Request, meeting: JoinedMeeting, me: Acting, sent: Sent, session: DbSession
) -> Response:
    """Whether I may be named, before the meeting and ever after."""
    agree(session, meeting, me, named=_may_be_named(sent))
    return led(request, f"/meetings/{meeting.id}", "meetings.changed")


@router.get("/seat")
def code_page(request: Request) -> Response:
    """Where a guest types their code."""
    return page(request, "meetings/code.html", form=blank(CodeForm))


@router.post("/seat", dependencies=[Depends(proven)])
def find_seat(request: Request, sent: Sent, session: ReadSession) -> Response:
    """To the seat that has this code."""
    form = filled(CodeForm, sent)
    if told := form.value:
        if session.scalar(the_seat(hashed(told.code))) is not None:
            code = "".join(sign for sign in told.code.upper() if sign.isalnum())
            return led(request, f"/seat/{code}")
        form.refused(NoSeatOfThisCode("code", NoSeatOfThisCode.title()))
    return page(request, "meetings/code.html", status=form.status, form=form)


@router.get("/seat/{seat_code}")
def seat_page(request: Request, seat_code: str, one: GuestSeat) -> Response:
    """Where a guest changes their mind."""
    return _seat_page(request, seat_code, one, blank(WishesForm, of=one))


@router.post("/seat/{seat_code}")
def change_seat(
    request: Request, seat_code: str, one: ChangedGuestSeat, sent: Sent, session: DbSession
) -> Response:
    """Other children, other needs."""
    form = filled(WishesForm, sent)
    if told := form.value:
        with form.attempt(session):
            change(session, one, told.wishes(), at=now())
            return led(request, f"/seat/{seat_code}", "meetings.changed")
    return _seat_page(request, seat_code, one, form)


@router.post("/seat/{seat_code}/named")
def be_named_by_code(
    request: Request, seat_code: str, one: ChangedGuestSeat, sent: Sent, session: DbSession
) -> Response:
    """Whether a guest may be named."""
    agree_by_seat(session, one, named=_may_be_named(sent))
    return led(request, f"/seat/{seat_code}", "meetings.changed")


def _may_be_named(sent: FormData) -> bool:
    form = filled(NamedForm, sent)
    return form.value is not None and form.value.named


@router.post("/seat/{seat_code}/leave")
def give_up_seat(
    request: Request, seat_code: str, one: ChangedGuestSeat, session: DbSession
) -> Response:
    """Not come after all; name and phone number are deleted at once."""
    meeting_id, form = one.meeting_id, blank(WishesForm, of=one)
    with form.attempt(session):
        leave(session, one, at=now())
        return led(request, f"/meetings/{meeting_id}", "meetings.left")
    return _seat_page(request, seat_code, one, form)


def _seat_page(
    request: Request, seat_code: str, one: Attendee, form: Filled[WishesForm]
) -> Response:
    answer = page(
        request,
        "meetings/seat.html",
        status=form.status,
        seat=one,
        meeting=one.meeting,
        form=form,
        code=seat_code,
        takes_people=one.meeting.takes_people(now()),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
