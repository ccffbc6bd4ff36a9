"""The bookings of an office: what waits, a week of every space, a day on paper."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy.dialects.postgresql import Range

from geo_service.clock import now
from geo_service.offices.access import Desk
from geo_service.spaces.models import Booking, State, Terms, Use
from geo_service.spaces.pages.ways import asked, pages
from geo_service.spaces.queries.bookings import office_bookings, office_spaces, requests_to
from geo_service.spaces.queries.opening import is_closed_on, korean_day, midnight
from geo_service.web.fields import Day
from geo_service.web.forms import filled
from geo_service.web.render import page
from geo_service.web.session import ReadSession

WEEK = timedelta(days=7)
DAY = timedelta(days=1)

router = pages()


class CalendarForm(BaseModel):
    """Which day, and which space."""

    model_config = ConfigDict(extra="ignore")

    on: Day | None = None
    space: UUID | None = None


def _asked(request: Request, today: date) -> tuple[date, UUID | None]:
    wanted = filled(CalendarForm, asked(request)).value or CalendarForm()
    return wanted.on or today, wanted.space


def by_space_and_day(bookings: Iterable[Booking]) -> dict[tuple[UUID, date], list[Booking]]:
    """What is booked in one space on one day; order: by time."""
    found: dict[tuple[UUID, date], list[Booking]] = defaultdict(list)
    for booking in bookings:
        found[booking.space_id, korean_day(booking.begins_at)].append(booking)
    return found


@router.get("/office/bookings")
def week_page(request: Request, desk: Desk, session: ReadSession) -> Response:
    """What waits for an answer, and a week of all spaces."""
    today = korean_day(now())
    on, only = _asked(request, today)
    monday = on - timedelta(days=on.weekday())
    spaces = session.scalars(office_spaces(desk.offices)).all()
    bookable = [
        space
        for space in spaces
        if (terms := session.get(Terms, space.id)) and terms.use is Use.HOURLY
    ]
    during = Range(midnight(monday), midnight(monday + WEEK))
    bookings = session.scalars(office_bookings(desk.offices, during)).all()
    shown = [space for space in bookable if only in (None, space.id)]
    days = [monday + n * DAY for n in range(WEEK.days)]
    return page(
        request,
        "spaces/desk/week.html",
        today=today,
        monday=monday,
        days=days,
        earlier=monday - WEEK,
        later=monday + WEEK,
        spaces=shown,
        choices=bookable,
        only=only,
        shut={(s.id, day) for s in shown for day in days if is_closed_on(s, day)},
        hourly=by_space_and_day(b for b in bookings if b.use is Use.HOURLY),
        desks=[b for b in bookings if b.use is Use.MONTHLY],
        requests=session.scalars(requests_to(desk.offices)).all(),
    )


@router.get("/office/bookings/day")
def day_page(request: Request, desk: Desk, session: ReadSession) -> Response:
    """One day on one sheet of paper, with boxes to tick at the door."""
    at = now()
    today = korean_day(at)
    on, only = _asked(request, today)
    during = Range(midnight(on), midnight(on + DAY))
    expected = [State.ASKED, State.CONFIRMED, State.CHECKED_IN, State.NO_SHOW]
    bookings = [
        b
        for b in session.scalars(office_bookings(desk.offices, during))
        if b.state in expected and only in (None, b.space_id)
    ]
    spaces = {b.space_id: b.space for b in bookings}
    return page(
        request,
        "spaces/desk/day.html",
        on=on,
        at=at,
        today=today,
        earlier=on - DAY,
        later=on + DAY,
        spaces=list(spaces.values()),
        bookings=bookings,
    )
