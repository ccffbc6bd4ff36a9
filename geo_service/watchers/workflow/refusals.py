"""Who was turned away is not confirmed by a rule, even where they have deleted that they were."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.accounts.workflow import Secret
from geo_service.watchers.models import Refusal

KEPT_FOR = timedelta(days=365)
"""So long people look at who enrols again; until they say yes, if that is sooner."""


def keep_refusal(session: Session, secret: Secret, person_id: UUID, *, at: datetime) -> None:
    """Keep that they were turned away, and nothing else."""
    kept = insert(Refusal).values(mark=_mark(secret, person_id), until=at + KEPT_FOR)
    session.execute(
        kept.on_conflict_do_update(
            index_elements=[Refusal.mark], set_={"until": kept.excluded.until}
        )
    )


def was_turned_away(session: Session, secret: Secret, person_id: UUID, *, at: datetime) -> bool:
    """Whether that is kept of them."""
    kept = exists().where(Refusal.mark == _mark(secret, person_id), Refusal.until > at)
    return session.scalars(select(kept)).one()


def drop_refusal(session: Session, secret: Secret, person_id: UUID) -> None:
    """People have looked, and said yes."""
    session.execute(delete(Refusal).where(Refusal.mark == _mark(secret, person_id)))


def forget_refusals(session: Session, *, at: datetime) -> None:
    """Drop those of more than a year ago."""
    session.execute(delete(Refusal).where(Refusal.until <= at))


def _mark(secret: Secret, person_id: UUID) -> bytes:
    return secret.digest("watcher turned away", person_id.hex)
