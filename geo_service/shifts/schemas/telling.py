"""Shifts as JSON."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.schemas.asking import MINUTES_A_DAY


class ConfirmationIn(BaseModel):
    """For how long somebody worked."""

    model_config = ConfigDict(extra="forbid")

    minutes: Annotated[int, Field(ge=1, le=MINUTES_A_DAY)] | None = None
    """Paid ones, without breaks; as planned if none."""


class CodeIn(BaseModel):
    """The code that hangs at the place."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(max_length=100, pattern="^[^\x00]*$", examples=["123456"])]


class MyShiftOut(BaseModel):
    """One's own work on one day."""

    id: UUID
    job_id: UUID
    title: str
    work_on: date
    starts_at: datetime | None
    """Null where only the day is agreed."""
    ends_at: datetime | None
    minutes: int
    """Paid, without breaks: as planned, then as the office confirmed."""
    pay_won: int
    state: ShiftState
    attended_at: datetime | None
    confirmed_at: datetime | None

    @classmethod
    def of(cls, shift: Shift) -> Self:
        """As JSON."""
        return cls.model_validate(_told(shift))


class ShiftOut(MyShiftOut):
    """Work of one person on one day, as the office sees it."""

    person_id: UUID
    name: str
    programme_id: UUID | None

    @classmethod
    def of(cls, shift: Shift) -> Self:
        """As JSON."""
        whose = {
            "person_id": shift.person_id,
            "name": shift.worker,
            "programme_id": shift.programme_id,
        }
        return cls.model_validate(_told(shift) | whose)


def _told(shift: Shift) -> dict[str, object]:
    return {
        "id": shift.id,
        "job_id": shift.job_id,
        "title": shift.job.title,
        "work_on": shift.work_on,
        "starts_at": shift.during and shift.during.lower,
        "ends_at": shift.during and shift.during.upper,
        "minutes": shift.minutes,
        "pay_won": shift.pay_won,
        "state": shift.state,
        "attended_at": shift.attended_at,
        "confirmed_at": shift.confirmed_at,
    }
