"""What walls do by themselves: looks are sealed, and what is over ends."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from geo_service.confidential import retention
from geo_service.confidential.checkpoints import Checkpoints
from geo_service.confidential.session import vault_of
from geo_service.later import Payload, task


@task("confidential.seal_looks", every=timedelta(minutes=5))
def seal_looks(session: Session, _payload: Payload, at: datetime) -> None:
    """Sign who looked since the last time."""
    Checkpoints(vault_of(session)).seal(at=at)


@task("confidential.end_what_is_over", every=timedelta(days=1))
def end_what_is_over(session: Session, _payload: Payload, at: datetime) -> None:
    """Warn of what ends in a month, and destroy what was warned of."""
    vault = vault_of(session)
    retention.warn(vault, at=at)
    retention.end(vault, at=at)
