"""What somebody has begun to tell: sealed, kept for a day, found by a word in their browser.

      whom, where, … ──send──▶ sent: number and code, for an hour ──shown──▶ gone in two minutes

The draft that was sent keeps what its sender must be told, so that pressing twice tells once and
shows the same code. A draft has a key of its own from its first word on: thrown away or forgotten,
it is gone from every backup; sent, its key is the report's.
"""

import json
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Uuid, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.accounts.workflow.secret import Secret
from geo_service.confidential.keys import KeyRing, Shredded
from geo_service.confidential.sealing import SealIsBroken, seal_for, seal_of
from geo_service.reports.models import Draft
from geo_service.reports.schemas.progress import Sent

KEPT_FOR = timedelta(hours=24)
SENT_FOR = timedelta(hours=1)
"""So long the number waits to be shown."""

SHOWN_FOR = timedelta(minutes=2)
"""For who loads the page again by mistake, or changes its language."""

SENT = "sent"
"""The step of a draft that has become a report."""

NOBODYS = UUID(int=0)
"""Where the office's id stands in the key of what was not told to anybody yet."""

_WORD = "word of a draft"


def new_word() -> str:
    """What the browser keeps; nobody guesses it."""
    return token_urlsafe(32)


def hash_of(secret: Secret, *word: str) -> bytes:
    """What the database keeps of it."""
    return secret.digest(_WORD, *word)


def begin(
    session: Session, ring: KeyRing, draft_id: UUID, word_hash: bytes, *, at: datetime
) -> bool:
    """A new one, whose id was claimed; False where another has the same word."""
    row = {
        "id": draft_id,
        "word_hash": word_hash,
        "answers_sealed": _sealed(ring, draft_id, {}),
        "step": "whom",
        "expires_at": at + KEPT_FOR,
    }
    adding = insert(Draft).values(row).on_conflict_do_nothing(index_elements=[Draft.word_hash])
    is_new = bool(cast("CursorResult[Any]", session.execute(adding)).rowcount)
    if not is_new:
        ring.shred(draft_id)
    return is_new


def forget(session: Session, ring: KeyRing, draft: Draft) -> None:
    """Throw it away for good; of one that was sent, the report stays."""
    is_report = draft.step == SENT
    session.delete(draft)
    session.flush()
    if not is_report:
        ring.shred(draft.id)


def forget_old(session: Session, ring: KeyRing, *, at: datetime) -> None:
    """The same for all whose time is over."""
    for draft_id in session.scalars(select(func.reports.forget_drafts(at, type_=Uuid))).all():
        ring.shred(draft_id)


def answers(ring: KeyRing, draft: Draft) -> dict[str, Any]:
    """What was said so far, by page."""
    plain = _opened(ring, draft, "answers", draft.answers_sealed)
    said: dict[str, Any] = json.loads(plain) if plain else {}
    return said


def save(ring: KeyRing, draft: Draft, said: dict[str, Any], step: str, *, at: datetime) -> None:
    """Keep the answers for another day."""
    draft.answers_sealed = _sealed(ring, draft.id, said)
    draft.step, draft.expires_at = step, at + KEPT_FOR


def photo_of(ring: KeyRing, draft: Draft) -> bytes | None:
    """The photo, if there is one."""
    return draft.photo_sealed and _opened(ring, draft, "photo", draft.photo_sealed)


def keep_photo(ring: KeyRing, draft: Draft, photo: bytes | None) -> None:
    """Put a photo in, or take it out."""
    draft.photo_sealed = photo and seal_for(ring, NOBODYS, draft.id).close("photo", photo)


def mark_sent(ring: KeyRing, draft: Draft, sent: Sent, *, until: datetime, wish: str = "") -> None:
    """Of all that was said, keep what its sender must be told. `wish`: a hash of what was asked."""
    told = {name: getattr(sent, name) for name in Sent.__slots__}
    draft.answers_sealed = _sealed(ring, draft.id, {SENT: told, "wish": wish})
    draft.step, draft.expires_at = SENT, until
    keep_photo(ring, draft, None)


def sent_of(ring: KeyRing, draft: Draft) -> Sent | None:
    """What the sender must be told; None while nothing was sent."""
    return Sent(**answers(ring, draft)[SENT]) if draft.step == SENT else None


def mark_shown(draft: Draft, *, at: datetime) -> None:
    """They have seen it; soon it is gone."""
    draft.expires_at = min(draft.expires_at, at + SHOWN_FOR)


def _sealed(ring: KeyRing, draft_id: UUID, said: dict[str, Any]) -> bytes:
    plain = json.dumps(said, ensure_ascii=False)
    return seal_for(ring, NOBODYS, draft_id).close("answers", plain)


def _opened(ring: KeyRing, draft: Draft, field: str, sealed: bytes) -> bytes | None:
    """Nothing where the key was destroyed, and the row is about to go: they begin anew."""
    try:
        return seal_of(ring, draft.id).open(field, sealed)
    except (Shredded, SealIsBroken):
        return None
