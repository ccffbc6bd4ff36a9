"""When a space is free, on what terms, and whose slot it is."""

from itertools import islice
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from geo_service.clock import now
from geo_service.spaces.access import OurSpace, TheSpace, TheTerms
from geo_service.spaces.queries.bookings import slot_of
from geo_service.spaces.queries.free import Look, free_times
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.schemas import (
    Code,
    Day,
    FreeOut,
    Minutes,
    SlotOut,
    TermsIn,
    TermsOut,
)
from geo_service.spaces.workflow.offering import set_terms
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1/spaces", tags=["spaces"])

MOST_SLOTS = 500


class FreeQuery(BaseModel):
    """Which days, and how long a time."""

    from_: Annotated[Day | None, Field(alias="from", description="Today, if left out.")] = None
    days: Annotated[int, Field(ge=1, le=31)] = 7
    minutes: Annotated[Minutes | None, Field(description="How long; the shortest one may.")] = None


@router.get("/{space_id}/free")
def when_free(
    query: Annotated[FreeQuery, Query()], terms: TheTerms, session: ReadSession
) -> FreeOut:
    """The free times of some days, and every slot of a length in them (at most 500)."""
    at = now()
    free = free_times(session, Look(terms, at), query.from_ or korean_day(at), query.days)
    slots = free.slots(query.minutes or terms.min_minutes)
    return FreeOut.of(free.windows, islice(slots, MOST_SLOTS))


@router.get("/{space_id}/terms")
def read_terms(terms: TheTerms) -> TermsOut:
    """On what terms it is booked."""
    return TermsOut.of(terms)


@router.put("/{space_id}/terms")
def write_terms(space: OurSpace, said: TermsIn, session: DbSession) -> TermsOut:
    """Let it be booked on these terms from now on."""
    return TermsOut.of(set_terms(session, space.id, said.model_dump()))


@router.get("/{space_id}/slot")
def whose_slot(
    space_id: UUID, code: Annotated[Code, Query()], _space: TheSpace, session: ReadSession
) -> SlotOut:
    """Whether this code is that of a booking here and now, for whoever meets at the door."""
    at = now()
    booking = session.scalar(slot_of(space_id, code, at=at))
    if booking is None:
        return SlotOut(valid=False, at=at)
    return SlotOut(
        valid=True,
        at=at,
        begins_at=booking.begins_at,
        ends_at=booking.ends_at,
        unit_no=booking.unit_no,
    )
