"""Convene, move and cancel: the same for who proposed a meeting and for the dong's office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.meetings.models import Attendee, Going, Interpreter, Meeting, Room, Time, Venue
from geo_service.meetings.queries.meetings import people_of, support_counted, times_of, to_call
from geo_service.meetings.schemas.forms import (
    LENGTHS,
    CancelForm,
    ConveneForm,
    LookForm,
    MoveForm,
    lasting,
)
from geo_service.meetings.workflow.changing import cancel, move
from geo_service.meetings.workflow.convening import convene
from geo_service.meetings.workflow.rooms import free_rooms
from geo_service.web.forms import Filled, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who acts, and on which side of the counter."""

    person: Person
    for_office: bool = False

    @property
    def base(self) -> str:
        """Where their pages are."""
        return "/office/meetings" if self.for_office else "/my/meetings"


def organised(session: Session, meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """What organisers see besides: who comes, what they need, and whom to call."""
    everybody = session.scalars(people_of(meeting.id)).all()
    return {
        "meeting": meeting,
        "times": session.execute(times_of(meeting.id)).all(),
        "supporters": session.scalar(support_counted(meeting.id)) or 0,
        "wishes": wishes_of(everybody),
        "calls": session.scalars(to_call(meeting.id)).all(),
        "takes_people": meeting.takes_people(at),
        "at": at,
    }


def wishes_of(everybody: Sequence[Attendee]) -> dict[str, Any]:
    """Sums, never who."""
    coming = [one for one in everybody if one.going is Going.COMING]
    languages = {
        each: sum(one.interpreter is each for one in coming)
        for each in Interpreter
        if any(one.interpreter is each for one in coming)
    }
    return {
        "people": sum(one.people for one in coming),
        "children": sum(one.children for one in coming),
        "step_free": sum(one.step_free for one in coming),
        "languages": languages,
        "waiting": sum(one.people for one in everybody if one.going is Going.WAITING),
    }


def convene_page(
    request: Request, session: Session, meeting: Meeting, who: Organiser, time_id: UUID | None
) -> Response:
    """First a time, then a room that is free then."""
    form = blank(ConveneForm, time_id=time_id)
    return _convene_page(request, session, meeting, who, form, time_id)


def convene_it(
    request: Request, session: Session, meeting: Meeting, who: Organiser, sent: FormData
) -> Response:
    """The deed; the next free room is named where somebody was faster."""
    form = filled(ConveneForm, sent)
    if told := form.value:
        with form.attempt(session):
            convene(
                session,
                meeting,
                told.time_id,
                room_id=told.room_id,
                by=who.person,
                for_office=who.for_office,
                at=now(),
            )
            return led(request, f"{who.base}/{meeting.id}", "meetings.convened")
    session.expire(meeting)
    return _convene_page(request, session, meeting, who, form, told.time_id if told else None)


def _convene_page(
    request: Request,
    session: Session,
    meeting: Meeting,
    who: Organiser,
    form: Filled[ConveneForm],
    time_id: UUID | None,
) -> Response:
    at = now()
    time = session.get(Time, time_id) if time_id else None
    if time is not None and (time.meeting_id != meeting.id or time.begins_at <= at):
        time = None
    return page(
        request,
        "meetings/convene.html",
        status=form.status,
        form=form,
        who=who,
        time=time,
        rooms=_rooms(session, meeting, time.during if time else None, who, at=at),
        **_next_room(form),
        **organised(session, meeting, at=at),
    )


def move_page(request: Request, session: Session, meeting: Meeting, who: Organiser) -> Response:
    """Another time."""
    minutes = 90
    if meeting.begins_at and meeting.ends_at:
        minutes = int((meeting.ends_at - meeting.begins_at).total_seconds()) // 60
    form = blank(MoveForm, when=meeting.begins_at, minutes=minutes, venue_words=meeting.venue_words)
    return _move_page(request, session, meeting, who, form, None)


def move_it(
    request: Request, session: Session, meeting: Meeting, who: Organiser, sent: FormData
) -> Response:
    """The deed."""
    form = filled(MoveForm, sent)
    during = None
    if told := form.value:
        during = lasting(told.when, told.minutes)
        with form.attempt(session):
            move(
                session,
                meeting,
                during,
                room_id=told.room_id,
                venue_words=told.venue_words,
                why=told.why,
                by=who.person,
                at=now(),
            )
            return led(request, f"{who.base}/{meeting.id}", "meetings.moved")
    session.expire(meeting)
    return _move_page(request, session, meeting, who, form, during)


def move_looked(
    request: Request, session: Session, meeting: Meeting, who: Organiser, sent: FormData
) -> Response:
    """The same form with the rooms that are free then; nothing is kept."""
    form, asked = filled(MoveForm, sent), filled(LookForm, sent)
    form.errors = dict(asked.errors)  # the others are told when it is sent
    during = lasting(asked.value.when, asked.value.minutes) if asked.value else None
    return _move_page(request, session, meeting, who, form, during)


def _move_page(
    request: Request,
    session: Session,
    meeting: Meeting,
    who: Organiser,
    form: Filled[MoveForm],
    during: Range[datetime] | None,
) -> Response:
    at = now()
    return page(
        request,
        "meetings/move.html",
        status=form.status,
        form=form,
        who=who,
        meeting=meeting,
        lengths=LENGTHS,
        during=during,
        rooms=_rooms(session, meeting, during, who, at=at),
        **_next_room(form),
    )


def cancel_page(request: Request, meeting: Meeting, who: Organiser) -> Response:
    """That one means it, and why."""
    return _cancel_page(request, meeting, who, blank(CancelForm))


def cancel_it(
    request: Request, session: Session, meeting: Meeting, who: Organiser, sent: FormData
) -> Response:
    """The deed."""
    form = filled(CancelForm, sent)
    if told := form.value:
        with form.attempt(session):
            cancel(session, meeting, why=told.why, by_id=who.person.id, at=now())
            return led(request, f"{who.base}/{meeting.id}", "meetings.cancelled")
    return _cancel_page(request, meeting, who, form)


def _cancel_page(
    request: Request, meeting: Meeting, who: Organiser, form: Filled[CancelForm]
) -> Response:
    return page(
        request, "meetings/cancel.html", status=form.status, form=form, who=who, meeting=meeting
    )


def _rooms(
    session: Session,
    meeting: Meeting,
    during: Range[datetime] | None,
    who: Organiser,
    *,
    at: datetime,
) -> list[Room]:
    """None are looked for where no room is wanted, or no time is known."""
    if during is None or meeting.venue is not Venue.ROOM:
        return []
    return free_rooms(session, meeting, during, who.person, at=at)


def _next_room(form: Filled[Any]) -> dict[str, Any]:
    """Which room is offered instead of one that is gone."""
    for wrong in form.summary:
        if wrong.kind == "room-is-gone":
            return {"next_room": wrong.facts.get("next_id") or ""}
    return {"next_room": ""}
