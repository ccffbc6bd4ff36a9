"""What whoever told a report is told in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from geo_service.reports.models import SaidBy, Stage


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender is told, once."""

    number: str
    centre: str
    second: str
    """The other centre at a border; mostly empty."""
    way: str
    urgent: bool
    code: str = ""
    """None for who reads on their own pages, or wants to hear nothing."""
    report_id: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A message in plain words."""

    said_by: SaidBy
    said_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a report is, as its reporter learns it."""

    id: UUID
    number: str
    told_at: datetime
    centre_id: UUID
    centre: str
    stage: Stage
    since: datetime
    messages: Sequence[Said] = ()
