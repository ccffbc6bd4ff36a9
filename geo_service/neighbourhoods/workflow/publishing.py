"""Once a month, what the walls let out is written down for everybody."""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.session import vault_of
from geo_service.neighbourhoods.models import Publication, PublishedCount
from geo_service.neighbourhoods.queries import told_by_fives


def publish(session: Session, *, at: datetime) -> bool:
    """Publish the year that ended with the last whole month, unless it is out already.

    Only a worker may: it has a vault. Raises: VaultIsClosed.
    """
    until = at.astimezone(KOREA).date().replace(day=1)
    if session.get(Publication, until) is not None:
        return False
    midnight = datetime.combine(until, time(), KOREA)
    with vault_of(session).opened(Claims(Standing.CLOCKWORK, purpose="publish")) as vault:
        told = vault.execute(told_by_fives(midnight)).all()
    _write(session, until, dict(told), at)
    return True


def _write(session: Session, until: date, told: dict[int, int], at: datetime) -> None:
    session.add(Publication(until=until, published_at=at))
    session.flush()
    session.add_all(
        PublishedCount(until=until, neighbourhood_id=name, told=count)
        for name, count in told.items()
    )
    session.flush()
