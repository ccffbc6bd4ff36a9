"""Set up, change and close a programme."""

from dataclasses import fields
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.db.session import expecting
from geo_service.errors import BadField, Conflict
from geo_service.programmes.models import Programme
from geo_service.programmes.schemas.terms import Terms
from geo_service.programmes.workflow.wages import guard_hourly


class ProgrammeIsClosed(Conflict):
    """This programme is closed."""

    korean = "이미 마감한 사업이에요."


class BudgetIsPromised(Conflict):
    """More than this budget has been planned already."""

    korean = "이미 계획된 금액보다 예산을 줄일 수 없어요."


class HoursArePromised(Conflict):
    """Somebody has more hours planned than this."""

    korean = "이미 계획된 시간보다 한도를 줄일 수 없어요."


class EndsBeforeItBegins(BadField):
    """A programme must not end before it begins."""

    korean = "끝나는 날이 시작하는 날보다 앞서요."


def set_up(session: Session, office_id: UUID, terms: Terms) -> Programme:
    """A new programme of an office. Raises: EndsBeforeItBegins, PaysTooLittle."""
    _check(terms)
    told = {field.name: getattr(terms, field.name) for field in fields(terms)}
    programme = Programme(office_id=office_id, **told)
    session.add(programme)
    session.flush()
    session.refresh(programme)  # the balance is the database's
    return programme


def change(session: Session, programme: Programme, terms: Terms) -> None:
    """Other terms, as far as what is planned already allows.

    What lies outside of a shorter time stays planned, and shifts keep the pay they were planned
    with. Raises: ProgrammeIsClosed, BudgetIsPromised, HoursArePromised, EndsBeforeItBegins,
    PaysTooLittle.
    """
    hold(session, programme)
    if programme.closed_at is not None:
        raise ProgrammeIsClosed
    _check(terms)
    with (
        expecting(session, "programme_within_budget_check", BudgetIsPromised()),
        expecting(session, "programme_use_within_cap_check", HoursArePromised()),
    ):
        for field in fields(terms):
            setattr(programme, field.name, getattr(terms, field.name))
        programme.version += 1


def close(session: Session, programme: Programme, *, at: datetime) -> None:
    """Plan nothing more from it; what is planned stays. Raises: ProgrammeIsClosed."""
    hold(session, programme)
    if programme.closed_at is not None:
        raise ProgrammeIsClosed
    programme.closed_at = at
    session.flush()


def hold(session: Session, programme: Programme) -> None:
    """Keep it from others until the transaction ends; readers and new jobs do not wait."""
    session.refresh(programme, with_for_update={"of": Programme, "key_share": True})


def _check(terms: Terms) -> None:
    if terms.valid_until < terms.valid_from:
        raise EndsBeforeItBegins("valid_until", EndsBeforeItBegins.title())
    guard_hourly(terms.hourly_won, terms.valid_from, terms.valid_until)
