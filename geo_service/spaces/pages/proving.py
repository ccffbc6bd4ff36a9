"""Somebody is in my slot: a page to hold up, with the true time on it."""

from fastapi import Request, Response

from geo_service.clock import now
from geo_service.spaces.access import TheBooking
from geo_service.spaces.pages.ways import pages
from geo_service.web.render import page

router = pages()


@router.get("/my/bookings/{booking_id:uuid}/proof")
def proof_page(request: Request, booking: TheBooking) -> Response:
    """Whose the room is at this moment, as the service knows it."""
    at = now()
    answer = page(
        request,
        "spaces/proof.html",
        booking=booking,
        space=booking.space,
        at=at,
        is_now=booking.begins_at <= at and (booking.ends_at is None or at < booking.ends_at),
        soon=at < booking.begins_at,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
