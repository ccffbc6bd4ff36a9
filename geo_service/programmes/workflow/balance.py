"""How much of a programme is left: of its money, and of one person's hours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import psycopg
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.errors import Conflict
from geo_service.programmes.models import ALL_TIME, Period, Programme
from geo_service.programmes.queries import used_by


class BudgetIsSpent(Conflict):
    """The budget of this programme does not reach so far."""

    korean = "예산이 모자라요. 예산 화면에서 남은 돈을 확인해 주세요."


class HoursAreUsedUp(Conflict):
    """This person would work more hours than the programme allows."""

    korean = "이 사람이 이 사업에서 일할 수 있는 시간을 넘어요."


class NotPaidThen(Conflict):
    """The programme does not pay for work on this day."""

    korean = "이 날은 사업 기간이 아니에요."


_MEANING: dict[str, type[Conflict]] = {
    "programme_within_budget_check": BudgetIsSpent,
    "programme_use_within_cap_check": HoursAreUsedUp,
    "programme_pays_then": NotPaidThen,
}
"""What the database says no with, and what that means."""


@contextmanager
def within_bounds(session: Session) -> Iterator[None]:
    """Flush what the block plans; what the database refuses becomes a problem, and is undone.

    Raises: BudgetIsSpent, HoursAreUsedUp, NotPaidThen.
    """
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        cause = error.orig
        name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        if name in _MEANING:
            raise _MEANING[name] from error
        raise


@dataclass(frozen=True, slots=True)
class Balance:
    """What one person has worked or planned in one period, and may."""

    period: Period
    minutes: int
    worked_minutes: int
    """The part of them that the office has confirmed."""
    cap_minutes: int | None

    @property
    def left_minutes(self) -> int | None:
        """None is without end."""
        return None if self.cap_minutes is None else self.cap_minutes - self.minutes


def balance_of(session: Session, programme: Programme, person_id: UUID, day: date) -> list[Balance]:
    """A person's hours around a day: in all, that month, that week."""
    caps = {
        (Period.ALL, ALL_TIME): programme.minutes_in_all,
        (Period.MONTH, day.replace(day=1)): programme.minutes_a_month,
        (Period.WEEK, day - timedelta(days=day.weekday())): programme.minutes_a_week,
    }
    used = {
        (use.period, use.begins_on): (use.minutes, use.worked_minutes)
        for use in session.scalars(used_by(person_id, programme.id))
    }
    return [Balance(key[0], *used.get(key, (0, 0)), cap) for key, cap in caps.items()]
