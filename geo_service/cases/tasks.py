"""What becomes of cases by itself: told when late, looked at again, lists forgotten.

Each changes by state only: run twice, it tells nobody twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.cases.workflow.escalating import escalate, escalate_idle, remind
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.session import vault_of
from geo_service.later import Payload, task


@contextmanager
def _by_itself(session: Session, name: str) -> Iterator[Session]:
    with vault_of(session).opened(Claims(Standing.CLOCKWORK, purpose=name)) as confidential:
        yield confidential


@task("cases.escalate", every=timedelta(hours=1))
def escalate_late(session: Session, _payload: Payload, at: datetime) -> None:
    """Tell leads what is late, and what stands still."""
    with _by_itself(session, "cases.escalate") as confidential:
        escalate(confidential, at=at)
        escalate_idle(confidential, at=at)


@task("cases.remind", every=timedelta(hours=6))
def remind_to_look_again(session: Session, _payload: Payload, at: datetime) -> None:
    """Four weeks after somebody was connected."""
    with _by_itself(session, "cases.remind") as confidential:
        remind(confidential, at=at)


@task("cases.forget_lists", every=timedelta(hours=6))
def forget_lists(session: Session, _payload: Payload, at: datetime) -> None:
    """Destroy lists of households that were taken in, or that nobody took in for a day.

    Their keys go first: killed in between, the next time finds the rows again, and no key stays.
    """
    ring = vault_of(session).ring
    with _by_itself(session, "cases.forget_lists") as confidential:
        for list_id in confidential.scalars(select(func.reports.forget_lists(at))).all():
            ring.shred(list_id)
