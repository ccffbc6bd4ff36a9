"""What somebody has begun to tell: sealed, kept for a day, found by a word in their browser.

      whom, where, … ──send──▶ sent: number and code, for an hour ──shown──▶ gone in two minutes

The draft that was sent keeps what its sender must be told, so that pressing twice tells once and
shows the same code.
"""

import json
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.accounts.workflow.secret import Secret
from geo_service.reports.models import Draft
from geo_service.reports.schemas.progress import Sent

KEPT_FOR = timedelta(hours=24)
SENT_FOR = timedelta(hours=1)
"""So long the number waits to be shown."""

SHOWN_FOR = timedelta(minutes=2)
"""For who loads the page again by mistake, or changes its language."""

SENT = "sent"
"""The step of a draft that has become a report."""

_PURPOSE, _WORD = "draft of a report", "word of a draft"


def new_word() -> str:
    """What the browser keeps; nobody guesses it."""
    return token_urlsafe(32)


def hash_of(secret: Secret, *word: str) -> bytes:
    """What the database keeps of it."""
    return secret.digest(_WORD, *word)


def begin(
    session: Session, secret: Secret, draft_id: UUID, word_hash: bytes, *, at: datetime
) -> bool:
    """A new one, whose id was claimed; False where another has the same word."""
    row = {
        "id": draft_id,
        "word_hash": word_hash,
        "answers_sealed": _sealed(secret, draft_id, {}),
        "step": "whom",
        "expires_at": at + KEPT_FOR,
    }
    adding = insert(Draft).values(row).on_conflict_do_nothing(index_elements=[Draft.word_hash])
    return bool(cast("CursorResult[Any]", session.execute(adding)).rowcount)


def answers(secret: Secret, draft: Draft) -> dict[str, Any]:
    """What was said so far, by page."""
    plain = secret.opened(_PURPOSE, draft.answers_sealed, about=draft.id.bytes)
    said: dict[str, Any] = json.loads(plain) if plain else {}
    return said


def save(secret: Secret, draft: Draft, said: dict[str, Any], step: str, *, at: datetime) -> None:
    """Keep the answers for another day."""
    draft.answers_sealed = _sealed(secret, draft.id, said)
    draft.step, draft.expires_at = step, at + KEPT_FOR


def photo_of(secret: Secret, draft: Draft) -> bytes | None:
    """The photo, if there is one."""
    if draft.photo_sealed is None:
        return None
    return secret.opened(_PURPOSE, draft.photo_sealed, about=b"photo" + draft.id.bytes)


def keep_photo(secret: Secret, draft: Draft, photo: bytes | None) -> None:
    """Put a photo in, or take it out."""
    about = b"photo" + draft.id.bytes
    draft.photo_sealed = photo and secret.seal(_PURPOSE, photo, about=about)


def mark_sent(secret: Secret, draft: Draft, sent: Sent, *, until: datetime, wish: str = "") -> None:
    """Of all that was said, keep what its sender must be told. `wish`: a hash of what was asked."""
    told = {name: getattr(sent, name) for name in Sent.__slots__}
    draft.answers_sealed = _sealed(secret, draft.id, {SENT: told, "wish": wish})
    draft.step, draft.expires_at = SENT, until
    keep_photo(secret, draft, None)


def sent_of(secret: Secret, draft: Draft) -> Sent | None:
    """What the sender must be told; None while nothing was sent."""
    return Sent(**answers(secret, draft)[SENT]) if draft.step == SENT else None


def mark_shown(draft: Draft, *, at: datetime) -> None:
    """They have seen it; soon it is gone."""
    draft.expires_at = min(draft.expires_at, at + SHOWN_FOR)


def _sealed(secret: Secret, draft_id: UUID, said: dict[str, Any]) -> bytes:
    plain = json.dumps(said, ensure_ascii=False).encode()
    return secret.seal(_PURPOSE, plain, about=draft_id.bytes)
