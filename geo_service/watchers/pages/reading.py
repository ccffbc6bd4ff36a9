"""Reading a card that somebody shows, and counting that a benefit was used."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from sqlalchemy.orm import Session

from geo_service.accounts.access import TheSecret
from geo_service.accounts.workflow import Secret
from geo_service.clock import now
from geo_service.errors import Conflict, NotFound, Problem
from geo_service.watchers.pages.ways import pages, secretly, today
from geo_service.watchers.queries.benefits import benefits_for
from geo_service.watchers.workflow.offering import count_use, counted_already
from geo_service.watchers.workflow.verifying import read_card
from geo_service.web.csrf import proven
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = pages()


def _refused(request: Request, problem: Problem) -> Response:
    """The sentence, and nothing of the card."""
    status = 404 if isinstance(problem, NotFound) else 409
    return secretly(page(request, "watchers/refused.html", status=status, problem=problem))


def _shown(request: Request, session: Session, secret: Secret, letters: str) -> Response:
    at = now()
    try:
        watcher = read_card(session, letters, at=at)
    except (NotFound, Conflict) as problem:
        return _refused(request, problem)
    benefits = session.scalars(benefits_for(watcher.office_id, today())).all()
    return secretly(
        page(
            request,
            "watchers/read.html",
            watcher=watcher,
            letters=letters,
            benefits=benefits,
            counted=counted_already(session, secret, letters, benefits, at=at),
            at=at,
        )
    )


@router.get("/card/{card_token}")
def read_page(
    request: Request, card_token: str, session: ReadSession, secret: TheSecret
) -> Response:
    """Whether it is good, and what stands on it; nothing is written down."""
    return _shown(request, session, secret, card_token)


@router.post("/card/{card_token}/benefits/{benefit_id:uuid}/uses")
def count(
    request: Request,
    card_token: str,
    benefit_id: UUID,
    session: DbSession,
    secret: TheSecret,
    _proof: Annotated[None, Depends(proven)],
) -> Response:
    """Count one use, of whom nobody knows; pressed twice, it is counted once."""
    try:
        is_new = count_use(session, secret, card_token, benefit_id, at=now())
    except (NotFound, Conflict) as problem:
        return _refused(request, problem)
    note = "watchers.counted" if is_new else "watchers.counted_before"
    return led(request, f"/card/{card_token}", note)
