"""A meeting under its lock."""

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.db.base import Base
from geo_service.errors import Problem
from geo_service.meetings.models import Meeting
from geo_service.meetings.queries.meetings import held
from geo_service.meetings.workflow.problems import NotAProposal, NotConvened, TimeIsPast

Row = TypeVar("Row", bound=Base)

AHEAD = timedelta(days=90)
"""Nobody plans further."""


def hold_meeting(session: Session, meeting_id: UUID) -> Meeting:
    """A meeting as it is now, and nobody else changes it until we are done."""
    session.execute(held(meeting_id))
    return session.get_one(Meeting, meeting_id, populate_existing=True)


def hold_row(session: Session, row: Row, gone: Problem, *, shared: bool = False) -> Row:
    """A row of a meeting as it is now, locked; for others to read, too, if `shared`.

    Whoever locks a meeting and a row of it, locks the meeting first. Raises: `gone`.
    """
    found: Row | None = session.get(
        type(row),
        inspect(row).identity,
        populate_existing=True,
        with_for_update={"read": shared},
    )
    if found is None:
        raise gone
    return found


def hold_proposal(session: Session, meeting_id: UUID) -> Meeting:
    """The same, if it is still a proposal. Raises: NotAProposal."""
    meeting = hold_meeting(session, meeting_id)
    if not meeting.is_proposal:
        raise NotAProposal
    return meeting


def hold_convened(session: Session, meeting_id: UUID, *, at: datetime) -> Meeting:
    """The same, if it takes people now. Raises: NotConvened."""
    meeting = hold_meeting(session, meeting_id)
    if not meeting.takes_people(at):
        raise NotConvened
    return meeting


def expect_ahead(during: Range[datetime], *, at: datetime) -> None:
    """Raises: TimeIsPast."""
    if during.lower is None or not at < during.lower <= at + AHEAD:
        raise TimeIsPast
