"""Meetings for everybody: proposals near a place, and one meeting."""

from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, model_validator
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, Visitor
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.listings.queries.spots import NOWHERE, Spot, spots_named, starting_point
from geo_service.listings.queries.surroundings import surroundings
from geo_service.meetings.access.meetings import JoinedMeeting, NoSuchMeeting, TheMeeting
from geo_service.meetings.models import Meeting, Support
from geo_service.meetings.queries.meetings import (
    my_seat,
    suits_of,
    support_counted,
    times_of,
)
from geo_service.meetings.queries.near import PROPOSALS_WITHIN_M, proposals_near
from geo_service.meetings.schemas.calendars import calendar_of
from geo_service.meetings.schemas.forms import SupportForm
from geo_service.meetings.workflow.proposing import support, withdraw
from geo_service.meetings.workflow.recording import record_of
from geo_service.offices.models import Role
from geo_service.offices.queries import posts_of
from geo_service.spaces.queries.opening import korean_day
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.params import Latitude, Longitude, Words
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

ICS = "text/calendar; charset=utf-8"


class Around(BaseModel):
    """Around what place; one's home, if that is known and nothing is said."""

    model_config = ConfigDict(frozen=True)

    place: Words = ""
    lat: Latitude | None = None
    lng: Longitude | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.lat is None) != (self.lng is None):
            raise ValueError("lat and lng belong together")
        return self


@router.get("/meetings")
def near_page(
    request: Request, around: Annotated[Around, Query()], me: Visitor, session: ReadSession
) -> Response:
    """What neighbours propose near a place."""
    spot, missed = _standpoint(session, around, me)
    found = session.execute(proposals_near(spot.place, at=now())).all()
    return page(
        request,
        "meetings/near.html",
        spot=spot,
        missed=missed,
        around=around,
        proposals=found,
        within_m=PROPOSALS_WITHIN_M,
    )


def _standpoint(session: Session, around: Around, me: Person | None) -> tuple[Spot, str]:
    """Where, and the words that no place bears."""
    if around.lat is not None and around.lng is not None:
        return Spot("", Place(round(around.lat, 4), round(around.lng, 4))), ""
    if around.place and (named := spots_named(session, around.place)):
        return named[0], ""
    if me is not None and me.home is not None:
        return Spot("", me.home), around.place
    return starting_point(session) or NOWHERE, around.place


@router.get("/meetings/{meeting_id:uuid}")
def meeting_page(
    request: Request, meeting: TheMeeting, me: Visitor, session: ReadSession
) -> Response:
    """What, when, where, and whether there is room; of a proposal, which times suit."""
    mine = session.scalars(suits_of(meeting.id, me.id)).all() if me else []
    return _meeting_page(request, session, meeting, me, blank(SupportForm, times=mine))


@router.post("/meetings/{meeting_id:uuid}/support")
def support_page(
    request: Request,
    meeting: JoinedMeeting,
    sent: Sent,
    me: Acting,
    session: DbSession,
    _once: Once,
) -> Response:
    """I want it too."""
    form = filled(SupportForm, sent)
    if form.value is not None:
        with form.attempt(session):
            support(session, meeting, me, form.value.times, at=now())
            return led(request, f"/meetings/{meeting.id}", "meetings.supported")
    return _meeting_page(request, session, meeting, me, form)


@router.post("/meetings/{meeting_id:uuid}/support/withdrawal")
def withdraw_page(
    request: Request, meeting: JoinedMeeting, me: Acting, session: DbSession, _once: Once
) -> Response:
    """Not any more."""
    form = blank(SupportForm)
    with form.attempt(session):
        withdraw(session, meeting, me)
        return led(request, f"/meetings/{meeting.id}", "meetings.withdrawn")
    return _meeting_page(request, session, meeting, me, form)


@router.get("/meetings/{meeting_id:uuid}/calendar.ics")
def in_calendar(meeting: TheMeeting) -> Response:
    """For everybody's own calendar; a proposal has no day yet."""
    if meeting.during is None:
        raise NoSuchMeeting
    headers = {
        "Content-Disposition": 'attachment; filename="meeting.ics"',
        "Cache-Control": "no-cache",
    }
    return Response(calendar_of(meeting, at=now()), media_type=ICS, headers=headers)


def _meeting_page(
    request: Request,
    session: Session,
    meeting: Meeting,
    me: Person | None,
    form: Filled[SupportForm],
) -> Response:
    at = now()
    return page(
        request,
        "meetings/meeting.html",
        status=form.status,
        **surroundings(session, meeting, at=at),
        **_standing(session, meeting, me),
        form=form,
        at=at,
        today=korean_day(at),
        times=session.execute(times_of(meeting.id)).all(),
        supporters=session.scalar(support_counted(meeting.id)) or 0,
        takes_people=meeting.takes_people(at),
        record=record_of(session, meeting, at=at),
    )


def _standing(session: Session, meeting: Meeting, me: Person | None) -> dict[str, Any]:
    """What whoever looks has to do with it: `me`, `seat`, `supports`, where they `manage` it."""
    if me is None:
        return {"me": None, "seat": None, "supports": False, "manage": ""}
    is_mine = meeting.proposed_by_id == me.id and not meeting.by_office
    return {
        "me": me,
        "seat": session.scalar(my_seat(meeting.id, me.id)),
        "supports": session.get(Support, (meeting.id, me.id)) is not None,
        "manage": "/my/meetings" if is_mine else _as_officer(session, meeting, me),
    }


def _as_officer(session: Session, meeting: Meeting, me: Person) -> str:
    posts = session.scalars(posts_of(me.id)) if me.on_staff else ()
    ours = any(p.office_id == meeting.office_id and p.role is Role.OFFICER for p in posts)
    return "/office/meetings" if ours else ""
