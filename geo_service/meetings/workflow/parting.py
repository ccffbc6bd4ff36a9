"""What somebody who leaves the service has written for meetings, or is written of them there."""

import unicodedata
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from geo_service.accounts.models import Person
from geo_service.meetings.models import (
    MINUTES_MAX,
    AgendaItem,
    Decision,
    LookBack,
    Minutes,
    Task,
)
from geo_service.meetings.queries.records import meetings_that_know
from geo_service.meetings.workflow.names import VEIL, names_of, word_pattern_of
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
        forget_name(session, meeting_id, person.name)
    mine = Task.owner_id == person.id
    session.execute(update(Task).where(mine, Task.done_at.is_(None)).values(owner_id=None))
    session.execute(update(Minutes).where(Minutes.scribe_id == person.id).values(scribe_id=None))
    session.expire_all()


def forget_name(session: Session, meeting_id: UUID, name: str) -> None:
    """Take a name out of all that was written for a meeting; no text outgrows its column."""
    pattern = word_pattern_of(name)
    for text in TEXTS:
        plain = func.normalize(text)
        longest = getattr(text.type, "length", None) or MINUTES_MAX
        veiled = func.left(func.regexp_replace(plain, pattern, VEIL, "gi"), longest)
        session.execute(
            update(text.class_)
            .where(text.class_.meeting_id == meeting_id, plain.op("~*")(pattern))
            .values({text: veiled})
        )
    session.execute(select(func.meeting_editions_veil(meeting_id, pattern)))


def forget_hidden(session: Session, meeting_id: UUID, name: str) -> None:
    """The same, unless somebody of that name agreed to be told."""
    if unicodedata.normalize("NFC", name).strip() in names_of(session, meeting_id).hidden:
        forget_name(session, meeting_id, name)
