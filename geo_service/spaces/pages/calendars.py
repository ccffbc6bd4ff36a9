"""Bookings in everybody's own calendar: one as a file, all as a private feed."""

from typing import Annotated

from fastapi import Path, Request, Response

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.accounts.models import Tongue
from geo_service.clock import now
from geo_service.errors import NotFound
from geo_service.spaces.access import TheBooking
from geo_service.spaces.models import Feed
from geo_service.spaces.pages.ways import pages
from geo_service.spaces.queries.feeds import fed_bookings, the_feed
from geo_service.spaces.schemas.calendars import calendar_of
from geo_service.spaces.workflow.feeding import close_feed, hashed, open_feed
from geo_service.web.i18n import Language, language_of
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

ICS = "text/calendar; charset=utf-8"

router = pages()


class NoSuchCalendar(NotFound):
    """There is no such calendar, or its address was renewed."""

    korean = "없는 달력이거나 주소가 바뀌었어요."


def _tongue(request: Request) -> Tongue:
    return Tongue.EN if language_of(request) is Language.EN else Tongue.KO


@router.get("/my/bookings/{booking_id:uuid}/calendar.ics")
def one_in_calendar(request: Request, booking: TheBooking) -> Response:
    """One booking, for a calendar."""
    headers = {"Content-Disposition": 'attachment; filename="booking.ics"'}
    body = calendar_of([booking], _tongue(request), at=now())
    return Response(body, media_type=ICS, headers=headers)


@router.get("/my/bookings/calendar")
def calendar_page(request: Request, me: SignedIn, session: ReadSession) -> Response:
    """What the private feed is, and whether it is open."""
    return page(request, "spaces/calendar.html", feed=session.get(Feed, me.id), address="")


@router.post("/my/bookings/calendar")
def renew_calendar(request: Request, me: Acting, session: DbSession) -> Response:
    """Open it with a new address, which is shown this once."""
    word = open_feed(session, me, at=now())
    address = f"{request.base_url}calendar/{word}.ics"
    answer = page(request, "spaces/calendar.html", feed=session.get(Feed, me.id), address=address)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/my/bookings/calendar/close")
def close_calendar(request: Request, me: Acting, session: DbSession, _once: Once) -> Response:
    """Let nobody in any more."""
    close_feed(session, me)
    return led(request, "/my/bookings/calendar", "spaces.feed_closed")


@router.get("/calendar/{calendar_word}.ics")
def feed(calendar_word: Annotated[str, Path(max_length=100)], session: ReadSession) -> Response:
    """All that is booked, for whoever knows the word."""
    found = session.scalar(the_feed(hashed(calendar_word)))
    if found is None:
        raise NoSuchCalendar
    at, person = now(), found.person
    body = calendar_of(session.scalars(fed_bookings(person.id, at=at)), person.tongue, at=at)
    headers = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    return Response(body, media_type=ICS, headers=headers)
