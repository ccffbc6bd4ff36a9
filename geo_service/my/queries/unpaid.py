"""Whether money may still be on its way to somebody."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from geo_service.clock import KOREA
from geo_service.shifts.models import Shift, ShiftState

SETTLED_AFTER_MONTHS = 1
"""Offices pay for a month within the next."""


def unpaid_of(person_id: UUID, *, at: datetime) -> Select[int]:
    """How many shifts were worked that are not confirmed, or confirmed since last month began."""
    today = at.astimezone(KOREA).date()
    months = today.year * 12 + today.month - 1 - SETTLED_AFTER_MONTHS
    since = today.replace(year=months // 12, month=months % 12 + 1, day=1)
    return select(func.count()).where(
        Shift.person_id == person_id,
        or_(
            Shift.state == ShiftState.ATTENDED,
            (Shift.state == ShiftState.CONFIRMED) & (Shift.work_on >= since),
        ),
    )
