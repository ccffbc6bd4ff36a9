"""Allowance programmes for tests."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.programmes.models import Programme
from tests.factories import an_office

MONDAY = date(2026, 11, 2)
"""The first Monday of a month that has four whole weeks after it."""


def a_programme(session: Session, **said: Any) -> Programme:
    """A programme of the autumn of 2026 with money for a hundred hours."""
    usual = {
        "name": "광산시민수당",
        "hourly_won": 12_000,
        "budget_won": 1_200_000,
        "valid_from": date(2026, 9, 1),
        "valid_until": date(2026, 12, 31),
    }
    office_id = said.pop("office_id", None) or an_office(session).id
    session.add(programme := Programme(**usual | {"office_id": office_id} | said))
    session.commit()
    return programme


def take(session: Session, programme: Programme, person_id: UUID, day: date, minutes: int) -> None:
    """What a planned shift does to the balance; only the owner of the tables may do it alone."""
    won = minutes * programme.hourly_won // 60
    session.execute(
        text("SELECT programme_take(:programme, :person, :day, :minutes, :won)"),
        {
            "programme": programme.id,
            "person": person_id,
            "day": day,
            "minutes": minutes,
            "won": won,
        },
    )
    session.refresh(programme)
