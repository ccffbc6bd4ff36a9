"""Everything that somebody wrote, or that says who they are, beside their account."""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, case, column, delete, select, table, update
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.hiring.models import Application, Draft, Reason
from geo_service.offices.models import Invitation
from geo_service.shifts.models import Shift
from geo_service.spaces.models import Booking, Event, Feed, QuotaUse, Strike
from geo_service.trust.models import Remark, Review
from geo_service.urgent.models import Asked, Availability
from geo_service.watchers.models import Enrolment, Watcher

DELETED: tuple[Any, ...] = (
    Availability,
    Asked,
    Draft,
    Enrolment,
    Feed,
    QuotaUse,
    Strike,
    Watcher,
)
"""Rows that are of no use to anybody else."""

ANSWERS = table("once", column("person_id", Uuid))
"""What they were told by doors that answer once; its class knows HTTP, and we do not."""

KEPT = {
    "shift.person_id": "days, hours and pay: the pay sheet must be kept for years",
    "payee.person_id": "the name, where paid work is listed, for the three years that the law asks",
    "programme_use.person_id": "minutes of the programme, which its accounts stand on",
    "application.person_id": "that a seat was given and why, without answers, phone and words",
    "booking.person_id": "when a room was taken, without what for",
    "booking_series.person_id": "which of those belonged together",
    "booking_waiting.person_id": "that somebody waited, without more",
    "booking_event.by_id": "that the booker did it, who has no name any more",
    "application.by_id": "that somebody close wrote it: the other's application",
    "review.by_id": "who wrote it has no name; two answers are counted, the line is gone",
    "meeting_agenda_item.by_id": "what neighbours talked about is the meeting's; the name is gone",
    "meeting_voter.person_id": "that somebody voted: the count stands on it",
    "meeting_task.owner_id": "that somebody did it; what was not done is given back",
}
"""Columns of rows that stay, naming a person of whom nothing is left, and why."""

NO_WORDS = "–"
"""Instead of what an office wrote about its decision."""


def wipe(session: Session, person: Person) -> None:
    """No text by them or about them is left, and no telephone."""
    for rows in DELETED:
        session.execute(delete(rows).where(rows.person_id == person.id))
    session.execute(delete(ANSWERS).where(ANSWERS.c.person_id == person.id))
    session.execute(delete(Invitation).where(Invitation.email == person.email))
    _wipe_work(session, person.id)
    _wipe_rooms(session, person.id)


def _wipe_work(session: Session, person_id: UUID) -> None:
    theirs = Application.person_id == person_id
    words = case((Application.reason == Reason.OFFICE, NO_WORDS), else_="")
    session.execute(
        update(Application).where(theirs).values(phone=None, answers=[], reason_words=words)
    )
    reviewed = Review.application_id.in_(select(Application.id).where(theirs))
    session.execute(update(Review).where(reviewed).values(line="", reply=""))
    worked = Remark.shift_id.in_(select(Shift.id).where(Shift.person_id == person_id))
    session.execute(delete(Remark).where(worked))


def _wipe_rooms(session: Session, person_id: UUID) -> None:
    theirs = Booking.person_id == person_id
    booked = Event.booking_id.in_(select(Booking.id).where(theirs))
    session.execute(update(Booking).where(theirs).values(purpose="", people=None))
    session.execute(update(Event).where(booked, Event.words != "").values(words=""))
