"""A desk by the month: from when, and which."""

from datetime import date, datetime, timedelta
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, Visitor
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.spaces.access import TheSpace
from geo_service.spaces.models import Terms, Use, Wish
from geo_service.spaces.pages.ways import asked, pages, space_to_book
from geo_service.spaces.queries.desks import free_desks
from geo_service.spaces.queries.free import bookable_between
from geo_service.spaces.queries.opening import korean_day, midnight
from geo_service.spaces.schemas.forms import DeskForm
from geo_service.spaces.workflow.changing import months_after
from geo_service.spaces.workflow.finishing import let_others_go
from geo_service.spaces.workflow.holding import hold
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

MONTHS_SHOWN = 6

router = pages()


@router.get("/subscribe/{space_id:uuid}")
def choose_desk(request: Request, space: TheSpace, me: Visitor, session: ReadSession) -> Response:
    """From which month, and which of the desks that are free from then on."""
    terms = session.get(Terms, space.id)
    if terms is None or not terms.bookable or space.is_over(now()):
        return page(request, "spaces/by_phone.html", space=space)
    if terms.use is not Use.MONTHLY:
        return led(request, f"/book/{space.id}")
    wanted = filled(DeskForm, asked(request))
    form = blank(DeskForm, starts_on=wanted.value.starts_on if wanted.value else None)
    return _desk_page(request, session, terms, form, me)


@router.post("/subscribe/{space_id:uuid}")
def hold_desk(
    request: Request, space_id: UUID, me: Acting, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Keep it from others while the form is filled in."""
    space, terms = space_to_book(session, space_id)
    if terms.use is not Use.MONTHLY:
        return led(request, f"/book/{space.id}")
    form = filled(DeskForm, sent)
    if (wish := form.value) is not None:
        at = now()
        with form.attempt(session):
            during: Range[datetime] = Range(midnight(wish.starts_on), None)
            let_others_go(session, me, space, at=at)
            held = hold(session, space.id, me, Wish(during, wish.unit_no), at=at)
            return led(request, f"/my/bookings/{held.id}/finish")
    return _desk_page(request, session, terms, form, me)


def _desk_page(
    request: Request,
    session: Session,
    terms: Terms,
    form: Filled[DeskForm],
    me: Person | None,
) -> HTMLResponse:
    at = now()
    starts = list(_first_days(terms, at))
    chosen = next((day for day in starts if [day.isoformat()] == form.given.get("starts_on")), None)
    day = chosen or (starts[0] if starts else None)
    return page(
        request,
        "spaces/subscribe.html",
        status=form.status,
        space=terms.space,
        terms=terms,
        me=me,
        form=form,
        starts=starts,
        day=day,
        free=free_desks(session, terms, day, at=at) if day else [],
        units=range(1, terms.units + 1),
    )


def _first_days(terms: Terms, at: datetime) -> list[date]:
    """Tomorrow, and the first of the months that can be booked already."""
    earliest, latest = bookable_between(terms, at)
    today = korean_day(at)
    month = today.replace(day=1)
    days = [today + timedelta(days=1), *(months_after(month, n) for n in range(1, MONTHS_SHOWN))]
    return sorted({day for day in days if korean_day(earliest) <= day and midnight(day) < latest})
