"""What is paid in a month: shift by shift, person by person, and in all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Line:
    """One confirmed shift."""

    person_id: UUID
    name: str
    on: date
    job: str
    programme: str
    """Empty where the office pays by itself."""
    hours: str
    """`10:00–13:00`; empty where only the day was agreed."""
    minutes: int
    won: int

    @property
    def person_no(self) -> str:
        """Tells people apart; spreadsheets sum by it, so no two may share one."""
        return self.person_id.hex[:10].upper()


@dataclass(frozen=True, slots=True)
class Person:
    """All lines of one person."""

    lines: Sequence[Line]

    @property
    def name(self) -> str:
        """As they want to be called."""
        return self.lines[0].name

    @property
    def person_no(self) -> str:
        """Tells two people of one name apart."""
        return self.lines[0].person_no

    @property
    def minutes(self) -> int:
        """Of all their shifts."""
        return sum(line.minutes for line in self.lines)

    @property
    def won(self) -> int:
        """For all their shifts."""
        return sum(line.won for line in self.lines)


@dataclass(frozen=True, slots=True)
class PaySheet:
    """One month of some offices."""

    first: date
    """The first day of the month."""
    last: date
    lines: Sequence[Line]
    """Order: by person, then day and hour."""

    @property
    def month(self) -> str:
        """`2026-11`."""
        return f"{self.first:%Y-%m}"

    @property
    def people(self) -> Iterable[Person]:
        """Everybody who is paid, in the order of the lines."""
        for _, lines in groupby(self.lines, key=lambda line: line.person_id):
            yield Person(tuple(lines))

    @property
    def minutes(self) -> int:
        """Of all shifts."""
        return sum(line.minutes for line in self.lines)

    @property
    def won(self) -> int:
        """For all shifts."""
        return sum(line.won for line in self.lines)


HEADS = ("번호", "이름", "날짜", "시간", "일자리", "사업", "인정 시간(분)", "금액(원)")
"""Of the columns of a line."""

PEOPLE_HEADS = ("번호", "이름", "근무 수", "인정 시간(분)", "금액(원)")
"""Of the columns of a person."""

TOTAL = "합계"
