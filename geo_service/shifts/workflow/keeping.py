"""Whose name a pay sheet keeps, though the account is gone, and for how long."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Date, cast, delete, func, select, text
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.shifts.models import COUNTS, Payee, Shift

KEPT_FOR = timedelta(days=3 * 366)
"""Employers keep who was paid what for three years after the last entry.

Source: 근로기준법 제42조와 제48조, 시행령 제22조.
"""


def keep_name(session: Session, person_id: UUID, name: str, *, at: datetime) -> None:
    """Let pay sheets go on naming somebody who leaves: who has worked must be paid.

    Work that nobody has confirmed yet counts from today. Without work, nothing is kept.
    """
    today = at.astimezone(KOREA).date()
    entered_on = cast(func.timezone(str(KOREA), Shift.confirmed_at), Date)
    last = session.scalar(
        select(func.max(func.coalesce(entered_on, today))).where(
            Shift.person_id == person_id, text(COUNTS)
        )
    )
    if last is not None and last + KEPT_FOR > today:
        session.add(Payee(person_id=person_id, name=name, kept_until=last + KEPT_FOR))
        session.flush()


def forget_names(session: Session, *, at: datetime) -> None:
    """Forget names that no pay sheet needs any more."""
    session.execute(delete(Payee).where(Payee.kept_until <= at.astimezone(KOREA).date()))
