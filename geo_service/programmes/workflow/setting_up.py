"""Set up, change and close a programme."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.db.session import expecting
from geo_service.errors import Conflict
from geo_service.programmes.models import Programme


class ProgrammeIsClosed(Conflict):
    """This programme is closed."""

    korean = "이미 마감한 사업이에요."


class BudgetIsPromised(Conflict):
    """More than this budget has been planned already."""

    korean = "이미 계획된 금액보다 예산을 줄일 수 없어요."


class HoursArePromised(Conflict):
    """Somebody has more hours planned than this."""

    korean = "이미 계획된 시간보다 한도를 줄일 수 없어요."


@dataclass(frozen=True, slots=True)
class Terms:
    """All that an office decides about a programme."""

    name: str
    hourly_won: int
    budget_won: int
    valid_from: date
    valid_until: date
    minutes_in_all: int | None = None
    minutes_a_month: int | None = None
    minutes_a_week: int | None = None


def set_up(session: Session, office_id: UUID, terms: Terms) -> Programme:
    """A new programme of an office."""
    told = {field.name: getattr(terms, field.name) for field in fields(terms)}
    programme = Programme(office_id=office_id, **told)
    session.add(programme)
    session.flush()
    return programme


def change(session: Session, programme: Programme, terms: Terms) -> None:
    """Other terms, as far as what is planned already allows.

    Raises: ProgrammeIsClosed, BudgetIsPromised, HoursArePromised.
    """
    session.refresh(programme, with_for_update=True)
    if programme.closed_at is not None:
        raise ProgrammeIsClosed
    with (
        expecting(session, "programme_within_budget_check", BudgetIsPromised()),
        expecting(session, "programme_use_within_cap_check", HoursArePromised()),
    ):
        for field in fields(terms):
            setattr(programme, field.name, getattr(terms, field.name))
        programme.version += 1


def close(session: Session, programme: Programme, *, at: datetime) -> None:
    """Plan nothing more from it; what is planned stays. Raises: ProgrammeIsClosed."""
    session.refresh(programme, with_for_update=True)
    if programme.closed_at is not None:
        raise ProgrammeIsClosed
    programme.closed_at = at
    session.flush()
