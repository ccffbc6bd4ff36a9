"""Memberships, cards and decisions as JSON."""

from datetime import datetime
from enum import StrEnum, auto
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from geo_service.watchers.models import Watcher, WatcherState
from geo_service.web.fields import Plain


class MembershipOut(BaseModel):
    """One's own membership."""

    id: UUID
    state: WatcherState
    name: Annotated[str, Field(description="As chosen for the card.")]
    dong: Annotated[str, Field(examples=["송정1동"])]
    asked_at: datetime
    valid_until: Annotated[
        datetime | None, Field(description="A midnight in Korea: the last day is the one before.")
    ]
    reason: Annotated[str, Field(description="Why it was declined or ended; else empty.")]

    @classmethod
    def of(cls, watcher: Watcher) -> Self:
        """What the person is told."""
        return cls(
            id=watcher.id,
            state=watcher.state,
            name=watcher.name,
            dong=watcher.dong_name,
            asked_at=watcher.asked_at,
            valid_until=watcher.valid_until,
            reason=watcher.reason,
        )


class WatcherOut(MembershipOut):
    """A membership as its dong centre sees it."""

    office_id: UUID
    phone: Annotated[str | None, Field(description="E.164; null once it is over.")]

    @classmethod
    def of(cls, watcher: Watcher) -> Self:
        """What staff are told."""
        own = MembershipOut.of(watcher).model_dump()
        return cls(office_id=watcher.office_id, phone=watcher.phone, **own)


class CardIn(BaseModel):
    """What the QR of a card holds, after the last slash."""

    model_config = ConfigDict(extra="forbid")

    token: Annotated[str, StringConstraints(max_length=200)]


class CardOut(BaseModel):
    """What stands on a card, and nothing else."""

    name: str
    dong: str
    valid_until: datetime

    @classmethod
    def of(cls, watcher: Watcher) -> Self:
        """Of a card that was read as good."""
        assert watcher.valid_until is not None, "a good card has an end"  # noqa: S101
        return cls(name=watcher.name, dong=watcher.dong_name, valid_until=watcher.valid_until)


class Decision(StrEnum):
    """What a dong centre decides."""

    CONFIRM = auto()
    DECLINE = auto()
    END = auto()
    """Of who is a watcher already."""


class DecisionIn(BaseModel):
    """A decision; who is turned away is told why."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    decision: Decision
    reason: Annotated[
        Plain, Field(max_length=300, description="Needed unless it is `confirm`; they read it.")
    ] = ""


class WatchersQuery(BaseModel):
    """Which memberships."""

    model_config = ConfigDict(extra="forbid")

    state: WatcherState = WatcherState.WAITING
