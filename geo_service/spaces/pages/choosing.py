"""Choosing a time: what is free soon, and a week at a glance."""

from datetime import timedelta
from typing import Any

from fastapi import Request, Response
from sqlalchemy.orm import Session

from geo_service.accounts.access import Visitor
from geo_service.clock import now
from geo_service.spaces.access import TheSpace
from geo_service.spaces.models import Terms, Use
from geo_service.spaces.pages.ways import asked, pages
from geo_service.spaces.queries.bookings import my_holds
from geo_service.spaces.queries.free import Look, free_times
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.queries.starting import (
    DayOfStarts,
    first_day,
    last_day,
    next_free_day,
    starts_of,
)
from geo_service.spaces.schemas.forms import LookForm
from geo_service.web.forms import Filled, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import ReadSession

DAYS = 7
SOON_DAYS = 3
SOON_TIMES = 3
USUAL_MINUTES = 60

router = pages()


@router.get("/book/{space_id:uuid}")
def choose_time(request: Request, space: TheSpace, me: Visitor, session: ReadSession) -> Response:
    """When it is free, for as long and as often as one wants it."""
    terms = session.get(Terms, space.id)
    if terms is None or not terms.bookable or space.is_over(now()):
        return page(request, "spaces/by_phone.html", space=space)
    if terms.use is Use.MONTHLY:
        return led(request, f"/subscribe/{space.id}")
    look = Look(terms, now())
    form = filled(LookForm, asked(request))
    return page(
        request,
        "spaces/book.html",
        space=space,
        terms=terms,
        me=me,
        holds=session.scalars(my_holds(me.id, space.id, at=look.at)).all() if me else [],
        **times_to_choose(session, look, form),
    )


def times_to_choose(session: Session, look: Look, form: Filled[LookForm]) -> dict[str, Any]:
    """A week of times from the day somebody asked for, and those that come soonest.

    Shape: `minutes`, `times`, `until`, `lengths`, `most_times`, `today`, `days`, `soon`, `first`,
    `earlier` and `later` (days to go on from, or None), `next_free` (a day, where the week has
    none).
    """
    wanted = form.value or LookForm()
    terms, today = look.terms, korean_day(look.at)
    minutes = wanted.minutes or min(max(USUAL_MINUTES, terms.min_minutes), terms.max_minutes)
    begin, end = first_day(look), last_day(look)
    first = min(max(wanted.on or begin, begin), end)
    free = free_times(session, look, first, DAYS + 1)
    days = starts_of(free, look, first, DAYS, minutes)
    after = first + timedelta(days=DAYS)
    has_free = any(day.free for day in days)
    return {
        "form": form,
        "minutes": minutes,
        "times": wanted.times,
        "until": wanted.until,
        "lengths": lengths_of(terms),
        "most_times": min(terms.ahead_days // 7 + 1, 53),
        "today": today,
        "first": first,
        "last": end,
        "days": days,
        "soon": soon(days) if wanted.on is None else [],
        "earlier": max(first - timedelta(days=DAYS), begin) if first > begin else None,
        "later": after if after <= end else None,
        "next_free": None if has_free else next_free_day(session, look, after, minutes),
    }


def soon(days: list[DayOfStarts]) -> list[DayOfStarts]:
    """The next days on which something is free, with a few times that do not overlap."""
    free = [day for day in days if day.free][:SOON_DAYS]
    return [DayOfStarts(day.on, day.apart(SOON_TIMES)) for day in free]


def lengths_of(terms: Terms) -> list[int]:
    """How long one may have it, in steps that fit into a list. Units: minutes."""
    step = terms.step_minutes * -(-30 // terms.step_minutes)
    between = range(terms.min_minutes, terms.max_minutes + 1, step)
    return sorted({*between[:48], terms.max_minutes})
