"""Whose name a pay sheet keeps, though the account is gone, and for how long."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Date, cast, delete, func, select, text
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.shifts.models import COUNTS, KEPT_FOR, Payee, Shift

ENTERED_ON = cast(func.timezone(str(KOREA), Shift.confirmed_at), Date)
"""The day on which pay was entered, on the wall in Korea."""


def keep_name(session: Session, person_id: UUID, name: str, *, at: datetime) -> None:
    """Let pay sheets go on naming somebody who leaves: who has worked must be paid.

    Work that nobody has confirmed yet counts from today. Without work, nothing is kept.
    """
    today = at.astimezone(KOREA).date()
    last = session.scalar(
        select(func.max(func.coalesce(ENTERED_ON, today))).where(
            Shift.person_id == person_id, text(COUNTS)
        )
    )
    if last is not None and last + KEPT_FOR > today:
        session.add(Payee(person_id=person_id, name=name, kept_until=last + KEPT_FOR))
        session.flush()


def forget_names(session: Session, *, at: datetime) -> None:
    """Forget names that no pay sheet needs any more; work may be confirmed after one has left."""
    today = at.astimezone(KOREA).date()
    entered_since = (
        select(Shift.id)
        .where(Shift.person_id == Payee.person_id, today - KEPT_FOR < ENTERED_ON)
        .exists()
    )
    session.execute(delete(Payee).where(Payee.kept_until <= today, ~entered_since))
