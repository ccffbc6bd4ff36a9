"""The last step of every way in: a new session for this browser, or first the second factor."""

from datetime import datetime, timedelta
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access.devices import device_of
from geo_service.accounts.access.secret import keep_note, note
from geo_service.accounts.models import Person
from geo_service.accounts.queries import AT_MOST_STAFF
from geo_service.accounts.workflow.browsers import AT_MOST, open_browser
from geo_service.accounts.workflow.second_factor import is_asked_of
from geo_service.web.cookies import forget, keep_session, session_token
from geo_service.web.i18n import language_of
from geo_service.web.onward import led
from geo_service.web.reading import way_back

HALF = "half-in"
"""The note of a browser that has shown the first proof and not yet the second."""

HALF_FOR = timedelta(minutes=5)

CHALLENGE = "challenge"
"""The cookie of a browser that waits for a code by mail."""

WAY = "way"
"""The note of a browser that went to a provider."""


def back(request: Request, address: str) -> RedirectResponse:
    """To the page from which somebody came, if it is one of ours; else home."""
    there = way_back(address or f"{language_of(request).prefix}/")
    return RedirectResponse(there, status_code=303, headers={"Cache-Control": "no-store"})


def enter(
    request: Request, session: Session, person: Person, address: str, *, at: datetime
) -> RedirectResponse:
    """Let somebody in whose first proof was good, and lead them to `address`."""
    if is_asked_of(session, person):
        answer = led(request, "/login/second")
        said = {"person": person.id.hex, "next": address}
        keep_note(request, answer, HALF, said, at=at, good_for=HALF_FOR)
        return answer
    return let_in(request, session, person, address, at=at)


def half_in(request: Request, session: Session, *, at: datetime) -> tuple[Person, str] | None:
    """Who has shown the first proof in this browser, and where they want to go."""
    said = note(request, HALF, at=at)
    person = session.get(Person, UUID(said["person"])) if said else None
    return (person, said["next"]) if said and person and person.left_at is None else None


def let_in(
    request: Request, session: Session, person: Person, address: str, *, at: datetime
) -> RedirectResponse:
    """Sign this browser in, with a token that it never had before."""
    answer = back(request, address)
    renew(request, answer, session, person, at=at)
    for done in (HALF, CHALLENGE, WAY):
        forget(request, answer, done)
    return answer


def renew(
    request: Request, answer: Response, session: Session, person: Person, *, at: datetime
) -> None:
    """Give this browser a new token, at sign-in and whenever somebody may do more than before."""
    token = open_browser(
        session,
        person,
        at=at,
        device=device_of(request.headers.get("user-agent", "")),
        instead_of=session_token(request),
    )
    stays = AT_MOST_STAFF if person.on_staff else AT_MOST
    keep_session(request, answer, token, max_age_s=int(stays.total_seconds()))
