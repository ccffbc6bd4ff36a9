"""A record, told from facts, and a person's own words beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.offices.models import OfficeKind
from geo_service.shifts.models import Shift
from geo_service.trust.models import Answer, Remark, Review
from geo_service.trust.queries import (
    missed_by,
    reviews_of_office,
    reviews_of_person,
    worked_for,
)

FEWEST = 5
"""Of fewer people than this, nothing is told about an office: one could guess who they are."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many said what to one question; the silent are in none of them."""

    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def asked(self) -> int:
        """How many answered."""
        return self.yes + self.partly + self.no

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> "Tally":
        """Count them."""
        told = list(answers)
        return cls(*(told.count(answer) for answer in (Answer.YES, Answer.PARTLY, Answer.NO)))


@dataclass(frozen=True, slots=True)
class Kinds:
    """Work for one kind of office."""

    kind: OfficeKind
    jobs: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Record:
    """What happened, and what was said of it."""

    worked: Sequence[Kinds]
    missed: Sequence[tuple[Shift, Remark | None]]
    reviews: Sequence[Review]

    @property
    def jobs(self) -> int:
        """How many jobs were worked and confirmed."""
        return sum(each.jobs for each in self.worked)

    @property
    def minutes(self) -> int:
        """How much in all."""
        return sum(each.minutes for each in self.worked)

    @property
    def kept(self) -> Tally:
        """Whether they kept the time."""
        return Tally.of(review.kept for review in self.reviews)

    @property
    def again(self) -> Tally:
        """Whether offices would work with them again."""
        return Tally.of(review.again for review in self.reviews)


def record_of(session: Session, person_id: UUID, *, at: datetime) -> Record:
    """The record of a person, as the person reads it and an office they applied to."""
    return Record(
        worked=[Kinds(*row) for row in session.execute(worked_for(person_id))],
        missed=[(shift, remark) for shift, remark in session.execute(missed_by(person_id))],
        reviews=session.scalars(reviews_of_person(person_id, at=at)).all(),
    )


@dataclass(frozen=True, slots=True)
class OfficeRecord:
    """What people who worked for an office say of it."""

    kept: Tally
    again: Tally


def office_record(session: Session, office_id: UUID, *, at: datetime) -> OfficeRecord | None:
    """The tallies of an office; None while fewer than `FEWEST` people have said anything."""
    reviews = session.scalars(reviews_of_office(office_id, at=at)).all()
    if len({review.by_id for review in reviews}) < FEWEST:  # one may have worked there often
        return None
    return OfficeRecord(
        kept=Tally.of(review.kept for review in reviews),
        again=Tally.of(review.again for review in reviews),
    )


def remark(session: Session, shift: Shift, words: str, *, at: datetime) -> Remark:
    """Say what is wrong about a missed shift; said again, the later words stand."""
    found = session.get(Remark, shift.id)
    if found is None:
        found = Remark(shift_id=shift.id, words=words, written_at=at)
        session.add(found)
    found.words, found.written_at = words, at
    session.flush()
    return found
