"""Booking at the counter for somebody who cannot or does not want to do it alone."""

from datetime import timedelta
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.accounts.access import Once
from geo_service.accounts.workflow.counter import person_at_the_counter
from geo_service.clock import now
from geo_service.offices.access import ActingDesk, Desk
from geo_service.offices.access.desk import Work
from geo_service.spaces.access import NoSuchSpace
from geo_service.spaces.models import Space, Terms, Use, Wish
from geo_service.spaces.pages.ways import ANOTHER_TIME_HELPS, asked, pages
from geo_service.spaces.queries.bookings import office_space, office_spaces
from geo_service.spaces.queries.free import Look, nearest_slots
from geo_service.spaces.queries.starting import Start, as_starts
from geo_service.spaces.schemas.desk_forms import CounterForm
from geo_service.spaces.schemas.forms import for_no_more_than
from geo_service.spaces.workflow.counter import book_for
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

USUAL_MINUTES = 60

router = pages()


@router.get("/office/bookings/new")
def counter_page(request: Request, desk: Desk, session: ReadSession) -> Response:
    """For whom, which space, when."""
    given = {name: said[-1:] for name, said in filled(CounterForm, asked(request)).given.items()}
    form = blank(CounterForm, minutes=USUAL_MINUTES)
    form.given = {**form.given, **{name: said for name, said in given.items() if said}}
    return _counter_page(request, session, desk, form)


@router.post("/office/bookings/new")
def book_at_the_counter(
    request: Request, desk: ActingDesk, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Book it in their name."""
    form = _filled(session, desk, sent)
    if (told := form.value) is not None:
        with form.attempt(session):
            space = _our_space(session, desk, told.space_id)
            person = person_at_the_counter(session, told.name, told.phone)
            ends = told.begins + timedelta(minutes=told.minutes)
            wish = Wish(Range(told.begins, ends), told.unit_no, told.purpose, told.people)
            booking = book_for(
                session,
                space,
                person,
                wish,
                at=now(),
                by=desk.person,
                lives_here=told.lives_here,
            )
            return led(request, f"/office/bookings/{booking.id}", "spaces.booked")
    return _counter_page(request, session, desk, form)


def _filled(session: Session, desk: Work, sent: FormData) -> Filled[CounterForm]:
    """What was sent; more people than the space has room for are too many."""
    chosen = sent.get("space_id")
    spaces = session.scalars(office_spaces(desk.offices))
    capacity = next((space.capacity for space in spaces if str(space.id) == chosen), None)
    return filled(for_no_more_than(capacity, CounterForm), sent)


def _our_space(session: Session, desk: Work, space_id: UUID) -> Space:
    space = session.scalar(office_space(desk.offices, space_id))
    if space is None:
        raise NoSuchSpace
    return space


def _counter_page(
    request: Request, session: Session, desk: Work, form: Filled[CounterForm]
) -> HTMLResponse:
    found = [
        terms
        for space in session.scalars(office_spaces(desk.offices))
        if (terms := session.get(Terms, space.id)) and terms.use is Use.HOURLY and terms.bookable
    ]
    return page(
        request,
        "spaces/desk/counter.html",
        status=form.status,
        form=form,
        choices=found,
        nearest=_nearest(session, found, form),
    )


def _nearest(session: Session, found: list[Terms], form: Filled[CounterForm]) -> list[Start]:
    """Free times near one that was refused."""
    told = form.value
    terms = next((t for t in found if told is not None and t.space_id == told.space_id), None)
    helps = any(wrong.kind in ANOTHER_TIME_HELPS for wrong in form.summary)
    if told is None or terms is None or not helps:
        return []
    wish = Range(told.begins, told.begins + timedelta(minutes=told.minutes))
    return as_starts(nearest_slots(session, Look(terms, now()), wish))
