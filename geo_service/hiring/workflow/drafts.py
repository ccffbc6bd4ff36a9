"""What somebody has begun to write: kept on the server, for them alone."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from geo_service.accounts.queries import hashed
from geo_service.hiring.models import Draft
from geo_service.hiring.queries import the_draft, the_draft_in

KEPT_FOR = timedelta(days=7)


def save(
    session: Session, person_id: UUID, job_id: UUID, said: dict[str, Any], *, at: datetime
) -> str:
    """Add to a person's draft; the token with which their browser may go on when signed out."""
    token = token_urlsafe(32)
    draft = session.scalar(the_draft(person_id, job_id).with_for_update())
    if draft is None:
        draft = Draft(person_id=person_id, job_id=job_id, token_hash=hashed(token))
        session.add(draft)
    draft.token_hash, draft.said, draft.saved_at = hashed(token), draft.said | said, at
    session.flush()
    return token


def save_signed_out(
    session: Session, token: str, job_id: UUID, said: dict[str, Any], *, at: datetime
) -> bool:
    """The same, for a browser whose session has ended; whether there was such a draft."""
    draft = session.scalar(the_draft_in(hashed(token), job_id).with_for_update())
    if draft is None or draft.saved_at < at - KEPT_FOR:
        return False
    draft.said, draft.saved_at = draft.said | said, at
    session.flush()
    return True


def forget(session: Session, person_id: UUID, job_id: UUID) -> None:
    """It was sent."""
    session.execute(delete(Draft).where(Draft.person_id == person_id, Draft.job_id == job_id))
