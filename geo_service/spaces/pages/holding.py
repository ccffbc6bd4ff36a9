"""One time: held for whoever signs in, or what to do where it cannot be had."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, Visitor
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.errors import Problem
from geo_service.spaces.access import TheSpace
from geo_service.spaces.models import Space, Terms, Use, Wish
from geo_service.spaces.pages.ways import asked, pages, space_to_book
from geo_service.spaces.queries.bookings import my_holds
from geo_service.spaces.queries.free import Look, nearest_slots
from geo_service.spaces.queries.opening import Window, korean_day
from geo_service.spaces.queries.starting import all_weeks_free, as_starts, holds, weekly
from geo_service.spaces.schemas.forms import TimeForm
from geo_service.spaces.workflow.finishing import let_others_go
from geo_service.spaces.workflow.holding import hold
from geo_service.spaces.workflow.problems import SeriesClashes, SlotIsTaken
from geo_service.spaces.workflow.queueing import wait
from geo_service.spaces.workflow.repeating import hold_series
from geo_service.spaces.workflow.rules import check_wish
from geo_service.web.forms import Complaint, Filled, Sent, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

ALTERNATIVES = 3
HOPELESS = {"quota-reached", "only-for-neighbours", "bookings-suspended", "too-many-holds"}
"""Refusals that another time does not help."""

router = pages()


@router.get("/book/{space_id:uuid}/time")
def look_at_time(request: Request, space: TheSpace, me: Visitor, session: ReadSession) -> Response:
    """One time: whether it can be had, and what else."""
    terms = session.get(Terms, space.id)
    form = filled(TimeForm, asked(request))
    if terms is None or terms.use is not Use.HOURLY or form.value is None:
        return led(request, f"/book/{space.id}")
    look = Look(terms, now())
    found = _verdict(session, look, form.value)
    if found is not None:
        form.refused(found)
    return _time_page(request, session, look, form, me, status=200)


@router.post("/book/{space_id:uuid}")
def hold_time(
    request: Request,
    space_id: UUID,
    me: Acting,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Keep it from others while its form is filled in."""
    space, terms = space_to_book(session, space_id)
    form = filled(TimeForm, sent)
    if form.value is None or terms.use is not Use.HOURLY:
        return led(request, f"/book/{space.id}")
    at, wish = now(), form.value
    mine = session.scalars(my_holds(me.id, space.id, at=at)).all()
    same = [held for held in mine if held.begins_at == wish.begins and held.series_id is None]
    if same and wish.times_from == 1 and same[0].ends_at == wish.ends:
        return led(request, f"/my/bookings/{same[0].id}/finish")
    with form.attempt(session):
        let_others_go(session, me, space, at=at)
        return led(request, _held(session, space, me, wish, at))
    return _time_page(request, session, Look(terms, at), form, me, status=form.status)


def _held(session: Session, space: Space, me: Person, wish: TimeForm, at: datetime) -> str:
    """Where to go on with what is held now."""
    wanted = Wish(Range(wish.begins, wish.ends))
    if wish.times_from > 1:
        series = hold_series(session, space.id, me, wanted, wish.times_from, at=at)
        return f"/my/series/{series.id}/finish"
    return f"/my/bookings/{hold(session, space.id, me, wanted, at=at).id}/finish"


@router.post("/book/{space_id:uuid}/waiting")
def wait_for_time(
    request: Request,
    space_id: UUID,
    me: Acting,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Be told when somebody gives it up."""
    space, terms = space_to_book(session, space_id)
    form = filled(TimeForm, sent)
    if form.value is None or terms.use is not Use.HOURLY:
        return led(request, f"/book/{space.id}")
    with form.attempt(session):
        wait(session, space.id, me, Range(form.value.begins, form.value.ends), at=now())
        return led(request, "/my/bookings#waiting", "spaces.waiting")
    return _time_page(request, session, Look(terms, now()), form, me, status=form.status)


def _verdict(session: Session, look: Look, wish: TimeForm) -> Problem | None:
    """Why it cannot be had, as far as anybody may know before they sign in."""
    try:
        during = Range(wish.begins, wish.ends)
        check_wish(look.terms, during, unit_no=None, people=None, at=look.at)
    except Problem as problem:
        return problem
    free, spans = weekly(session, look, (wish.begins, wish.ends), wish.times_from)
    clashes = [span for span in spans if not holds(free, span)]
    if not clashes:
        return None
    if wish.times_from == 1:
        return SlotIsTaken()
    return SeriesClashes(dates=[korean_day(begins).isoformat() for begins, _ in clashes])


def _time_page(
    request: Request,
    session: Session,
    look: Look,
    form: Filled[TimeForm],
    me: Person | None,
    *,
    status: int,
) -> HTMLResponse:
    wish = form.value
    assert wish is not None, "only a time that was understood has a page"  # noqa: S101
    wrong = form.summary[0] if form.summary else None
    return page(
        request,
        "spaces/time.html",
        status=status,
        space=look.terms.space,
        terms=look.terms,
        me=me,
        wish=wish,
        wrong=wrong,
        today=korean_day(look.at),
        **_ways_out(session, look, wish, wrong),
    )


def _ways_out(
    session: Session, look: Look, wish: TimeForm, wrong: Complaint | None
) -> dict[str, Any]:
    """What somebody can do instead.

    Shape: `clashes`, days of a series that cannot be had; `fewer`, how many times it can be had
    before the first of them; `other_times` and `nearest`, times that can be had.
    """
    span: Window = (wish.begins, wish.ends)
    ways: dict[str, Any] = {"clashes": [], "fewer": 0, "other_times": [], "nearest": []}
    if wrong is None or wrong.kind in HOPELESS:
        return ways
    if wrong.kind == "series-clashes":
        free, spans = weekly(session, look, span, wish.times_from)
        taken = [n for n, each in enumerate(spans) if not holds(free, each)]
        ways["clashes"] = [spans[n][0] for n in taken]
        ways["fewer"] = taken[0] if taken and taken[0] > 1 else 0
        others = all_weeks_free(session, look, span, wish.times_from)
        ways["other_times"] = as_starts(sorted(others[:ALTERNATIVES]))
    else:
        ways["nearest"] = as_starts(nearest_slots(session, look, Range(*span)))
    return ways
