"""What somebody who leaves the service has written for meetings, or is written of them there."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from geo_service.accounts.models import Person
from geo_service.meetings.models import (
    AgendaItem,
    Decision,
    LookBack,
    Minutes,
    Task,
)
from geo_service.meetings.queries.records import meetings_that_know
from geo_service.meetings.workflow.names import VEIL, pattern_of
from geo_service.meetings.workflow.standing import hold_meeting

TEXTS: tuple[InstrumentedAttribute[str], ...] = (
    AgendaItem.title,
    AgendaItem.words,
    Minutes.words,
    Minutes.also,
    Decision.question,
    Decision.words,
    Task.words,
    Task.went_words,
    LookBack.words,
)
"""Where a name may stand; editions of minutes are veiled by the database alone."""


def part_from_records(session: Session, person: Person) -> None:
    """Veil their name in all that was written, and give back what they had not done yet.

    What was on an agenda, who voted and who did something stays, of somebody without a name.
    """
    ids = session.scalars(meetings_that_know(person.id)).all()
    for meeting_id in ids:
        hold_meeting(session, meeting_id)
    for meeting_id in ids:
        _veil(session, meeting_id, pattern_of(person.name))
    mine = Task.owner_id == person.id
    session.execute(update(Task).where(mine, Task.done_at.is_(None)).values(owner_id=None))
    session.execute(update(Minutes).where(Minutes.scribe_id == person.id).values(scribe_id=None))
    session.expire_all()


def _veil(session: Session, meeting_id: UUID, pattern: str) -> None:
    for text in TEXTS:
        veiled = func.regexp_replace(text, pattern, VEIL, "gi")
        session.execute(
            update(text.class_)
            .where(text.class_.meeting_id == meeting_id, text.op("~*")(pattern))
            .values({text: veiled})
        )
    session.execute(select(func.meeting_editions_veil(meeting_id, pattern)))
