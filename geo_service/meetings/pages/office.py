"""Meetings in the dong of an office: asked for help, convened, moved, cancelled; and its rule."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.meetings.access.meetings import CalledByOffice, OurChangedMeeting, OurMeeting
from geo_service.meetings.models import SUPPORTERS, Meeting, Rule
from geo_service.meetings.pages.organising import (
    Organiser,
    cancel_it,
    cancel_page,
    convene_it,
    convene_page,
    move_it,
    move_looked,
    move_page,
    organised,
)
from geo_service.meetings.queries.meetings import our_meetings
from geo_service.meetings.schemas.forms import HelpForm, RuleForm
from geo_service.meetings.workflow.changing import answer
from geo_service.meetings.workflow.joining import called
from geo_service.meetings.workflow.proposing import set_rule
from geo_service.offices.access import ActingDesk, Desk, Work, the_office
from geo_service.offices.models import OfficeKind
from geo_service.offices.queries import offices_in
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/office/meetings",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)

LOOKED_BACK = timedelta(days=60)
"""So long what is over is still listed."""


@router.get("")
def list_page(request: Request, desk: Desk, session: ReadSession) -> Response:
    """Every meeting of our dong: who waits for an answer first."""
    return _list_page(request, session, desk, None)


@router.post("")
def rule_page(
    request: Request, sent: Sent, desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """How many must support a proposal from now on."""
    form = filled(RuleForm, sent)
    if told := form.value:
        with form.attempt(session):
            set_rule(session, the_office(session, desk, told.office_id).id, told.supporters)
            return led(request, "/office/meetings", "meetings.ruled")
    return _list_page(request, session, desk, form)


def _list_page(
    request: Request, session: Session, desk: Work, form: Filled[RuleForm] | None
) -> Response:
    at = now()
    centres = [
        office
        for office in session.scalars(offices_in(desk.offices))
        if office.kind is OfficeKind.DONG_CENTRE
    ]
    rules = {
        rule.office_id: rule.supporters
        for rule in session.scalars(select(Rule).where(Rule.office_id.in_(desk.offices)))
    }
    first = centres[0].id if centres else None
    usual = rules.get(first, SUPPORTERS) if first else SUPPORTERS
    return page(
        request,
        "meetings/office.html",
        status=form.status if form else 200,
        form=form or blank(RuleForm, supporters=usual, office_id=first),
        meetings=session.execute(our_meetings(desk.offices, since=at - LOOKED_BACK)).all(),
        centres=centres,
        rules={office.id: rules.get(office.id, SUPPORTERS) for office in centres},
        several=len(desk.offices) > 1,
    )


@router.get("/{meeting_id:uuid}")
def one_page(request: Request, meeting: OurMeeting, desk: Desk, session: ReadSession) -> Response:
    """One of them."""
    return _one_page(request, session, meeting, desk, blank(HelpForm, of=meeting))


@router.post("/{meeting_id:uuid}/help")
def help_them(
    request: Request,
    meeting: OurChangedMeeting,
    sent: Sent,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """Whether one of us comes."""
    form = filled(HelpForm, sent)
    if told := form.value:
        with form.attempt(session):
            answer(session, meeting, told.help, told.words, at=now())
            return led(request, f"/office/meetings/{meeting.id}", "meetings.answered")
    return _one_page(request, session, meeting, desk, form)


def _one_page(
    request: Request, session: Session, meeting: Meeting, desk: Work, form: Filled[HelpForm]
) -> Response:
    return page(
        request,
        "meetings/office_one.html",
        status=form.status,
        form=form,
        who=Organiser(desk.person, for_office=True),
        **organised(session, meeting, at=now()),
    )


@router.get("/{meeting_id:uuid}/convene")
def convening(
    request: Request,
    meeting: OurMeeting,
    desk: Desk,
    session: ReadSession,
    time: UUID | None = None,
) -> Response:
    """Choose its time, and a room."""
    return convene_page(request, session, meeting, _us(desk), time)


@router.post("/{meeting_id:uuid}/convene")
def convene(
    request: Request,
    meeting: OurChangedMeeting,
    sent: Sent,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """It takes place."""
    return convene_it(request, session, meeting, _us(desk), sent)


@router.get("/{meeting_id:uuid}/move")
def moving(request: Request, meeting: OurMeeting, desk: Desk, session: ReadSession) -> Response:
    """Choose another time."""
    return move_page(request, session, meeting, _us(desk))


@router.post("/{meeting_id:uuid}/move/rooms")
def look_for_rooms(
    request: Request, meeting: OurChangedMeeting, sent: Sent, desk: ActingDesk, session: DbSession
) -> Response:
    """Which rooms are free then."""
    return move_looked(request, session, meeting, _us(desk), sent)


@router.post("/{meeting_id:uuid}/move")
def move(
    request: Request,
    meeting: OurChangedMeeting,
    sent: Sent,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """It takes place at another time."""
    return move_it(request, session, meeting, _us(desk), sent)


@router.get("/{meeting_id:uuid}/cancel")
def cancelling(request: Request, meeting: OurMeeting, desk: Desk) -> Response:
    """Before one cancels."""
    return cancel_page(request, meeting, _us(desk))


@router.post("/{meeting_id:uuid}/cancel")
def cancel(
    request: Request,
    meeting: OurChangedMeeting,
    sent: Sent,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """It does not take place."""
    return cancel_it(request, session, meeting, _us(desk), sent)


@router.post("/{meeting_id:uuid}/called/{attendee_id:uuid}")
def called_page(
    request: Request,
    meeting: OurChangedMeeting,
    one: CalledByOffice,
    session: DbSession,
    _once: Once,
) -> Response:
    """One of us has called them."""
    called(session, one)
    return led(request, f"/office/meetings/{meeting.id}", "meetings.called")


def _us(desk: Work) -> Organiser:
    return Organiser(desk.person, for_office=True)
