"""Propose a meeting: the form, its place on the map, how it will look, and send it.

The same form writes a proposal anew, while nobody supports it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.listings.access import MAP_PX, Placed, pin_picture, placed
from geo_service.meetings.access.meetings import MyChangedMeeting, MyMeeting
from geo_service.meetings.models import Meeting, Time
from geo_service.meetings.queries.meetings import times_of
from geo_service.meetings.schemas.forms import LENGTHS, TIMES, MeetingForm
from geo_service.meetings.workflow.proposing import propose, revise
from geo_service.offices.access.offices import NotYourOffice
from geo_service.offices.models import Office, Role
from geo_service.offices.queries import offices_in, posts_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

NEW = "/meetings/new"
"""Where the form is sent."""

BEGINNING: dict[str, Any] = {"form": "meeting", "venue": "outdoors", "minutes": 90, "seats": 20}
"""What a new form proposes."""


@router.get(NEW)
def new_page(request: Request, me: SignedIn, session: ReadSession) -> Response:
    """An empty form."""
    where = placed(session, FormData(), me.home)
    return _form_page(request, session, me, blank(MeetingForm, **BEGINNING), where)


@router.post("/meetings/new/check")
def check(request: Request, sent: Sent, me: Acting, session: DbSession) -> Response:
    """The form with its place found, or how it will look; nothing is kept."""
    return _check(request, session, me, sent)


def _check(
    request: Request, session: Session, me: Person, sent: FormData, meeting: Meeting | None = None
) -> Response:
    where = placed(session, sent, me.home)
    form = filled(MeetingForm, where.sent)
    if form.value is not None and "check" in sent:
        return page(
            request,
            "meetings/check.html",
            form=form,
            told=form.value,
            offer=form.value.offer(),
            names=list(form.given),
            meeting=meeting,
            there=_address_of(meeting),
        )
    if "check" not in sent:
        form.errors.clear()  # they are told when it is sent
        form.summary.clear()
    return _form_page(request, session, me, form, where, meeting)


@router.post(NEW)
def send(request: Request, sent: Sent, me: Acting, session: DbSession, _once: Once) -> Response:
    """Propose it to the neighbours."""
    where = placed(session, sent, me.home)
    form = filled(MeetingForm, where.sent)
    if told := form.value:
        with form.attempt(session):
            office = _office(session, me, told)
            meeting = propose(session, told.offer(), by=me, office=office, at=now())
            return led(request, f"/meetings/{meeting.id}", "meetings.proposed")
    return _form_page(request, session, me, form, where)


@router.get("/my/meetings/{meeting_id:uuid}/edit")
def edit_page(request: Request, meeting: MyMeeting, me: SignedIn, session: ReadSession) -> Response:
    """The form with what the proposal says."""
    said = _as_typed(meeting, _times(session, meeting), at=now())
    known = {"lat": said["lat"], "lng": said["lng"], "address": meeting.address}
    where = placed(session, FormData({**known, "pinned": meeting.address}), me.home)
    return _form_page(request, session, me, blank(MeetingForm, **said), where, meeting)


@router.post("/my/meetings/{meeting_id:uuid}/edit/check")
def check_again(
    request: Request, meeting: MyChangedMeeting, sent: Sent, me: Acting, session: DbSession
) -> Response:
    """The same form with its place found, or how it will look; nothing is kept."""
    return _check(request, session, me, sent, meeting)


@router.post("/my/meetings/{meeting_id:uuid}/edit")
def edit(
    request: Request,
    meeting: MyChangedMeeting,
    sent: Sent,
    me: Acting,
    session: DbSession,
    _once: Once,
) -> Response:
    """Write the proposal anew; what programs offered beyond three times stays, if it can."""
    where = placed(session, sent, me.home)
    form = filled(MeetingForm, where.sent)
    if told := form.value:
        with form.attempt(session):
            offer, at = told.offer(), now()
            begins = {during.lower for during in offer.times}
            more = [
                time.during
                for time in _times(session, meeting)[len(TIMES) :]
                if time.begins_at > at and time.begins_at not in begins
            ]
            revise(session, meeting, replace(offer, times=(*offer.times, *more)), at=at)
            return led(request, f"/meetings/{meeting.id}", "meetings.changed")
    return _form_page(request, session, me, form, where, meeting)


def _times(session: Session, meeting: Meeting) -> list[Time]:
    return [time for time, _ in session.execute(times_of(meeting.id))]


def _as_typed(meeting: Meeting, times: list[Time], *, at: datetime) -> dict[str, Any]:
    """What a proposal says, by the fields of the form; times that went by are left out."""
    ahead = [time.begins_at for time in times[: len(TIMES)] if time.begins_at > at]
    lasts = (times[0].ends_at - times[0].begins_at).total_seconds() if times else 0
    same = ("form", "title", "summary", "venue", "venue_words", "address", "bring", "seats")
    return {
        **{name: getattr(meeting, name) for name in same},
        **dict(zip(TIMES, ahead, strict=False)),
        "lat": f"{meeting.place.lat:.6f}",
        "lng": f"{meeting.place.lng:.6f}",
        "link": meeting.link or "",
        "minutes": int(lasts) // 60,
        "named": meeting.named,
    }


def _office(session: Session, me: Person, told: MeetingForm) -> Office | None:
    """Raises: NotYourOffice."""
    if told.office_id is None:
        return None
    for office in _offices(session, me):
        if office.id == told.office_id:
            return office
    raise NotYourOffice


def _offices(session: Session, me: Person) -> list[Office]:
    """For which somebody may propose as an officer."""
    if not me.on_staff:
        return []
    posts = session.scalars(posts_of(me.id))
    ids = {post.office_id for post in posts if post.role is Role.OFFICER}
    return list(session.scalars(offices_in(ids)))


def _address_of(meeting: Meeting | None) -> str:
    return f"/my/meetings/{meeting.id}/edit" if meeting else NEW


def _form_page(
    request: Request,
    session: Session,
    me: Person,
    form: Filled[MeetingForm],
    where: Placed,
    meeting: Meeting | None = None,
) -> Response:
    return page(
        request,
        "meetings/new.html",
        status=form.status,
        form=form,
        where=where,
        px=MAP_PX,
        picture=pin_picture(request, session, where.pin, pinned=where.is_known),
        lengths=LENGTHS,
        offices=[] if meeting else _offices(session, me),
        meeting=meeting,
        there=_address_of(meeting),
    )
