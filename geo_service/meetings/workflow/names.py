"""Whose name may be told. Every other name is veiled, whoever wrote it into whatever text.

Names are veiled when a text is read: whoever takes back their consent disappears at once, and a
name that only looked like one is not lost. When the service forgets a name, it is taken out of the
texts for good, but only where it stands as a word (`parting.forget_name`).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.workflow.leaving import GONE
from geo_service.meetings.queries.records import called_of_all

VEIL = "○○○"
"""Instead of a name."""

SHORT = 2
"""Names of so few letters stand inside many words; they are names only where a word begins."""


@dataclass(frozen=True)
class Names:
    """What the people of one meeting are called."""

    people: dict[UUID, str]
    """With an account, and they agreed."""
    guests: tuple[str, ...]
    """Without an account, and they agreed. Order: by name."""
    hidden: frozenset[str]
    """Of those who did not agree."""

    def of(self, person_id: UUID | None) -> str | None:
        """What may be told of somebody; None where nothing may."""
        return self.people.get(person_id) if person_id else None

    @property
    def told(self) -> list[str]:
        """All that may be told. Order: by name."""
        return sorted([*self.people.values(), *self.guests])

    def veil(self, words: str) -> str:
        """The same words without the names of those who did not agree."""
        return self._hidden.sub(VEIL, unicodedata.normalize("NFC", words))

    @cached_property
    def _hidden(self) -> re.Pattern[str]:
        longest_first = sorted(self.hidden, key=len, reverse=True)
        return re.compile("|".join(map(pattern_of, longest_first)) or r"(?!)", re.IGNORECASE)


def pattern_of(name: str) -> str:
    """A name however people space it; a single letter must stand alone.

    Shape: a regular expression that Python and PostgreSQL read alike.
    """
    plain = unicodedata.normalize("NFC", name)
    letters = [re.escape(letter) for letter in plain if not letter.isspace()]
    spaced = r"\s*".join(letters)
    if len(letters) > SHORT:
        return spaced
    return rf"(?<!\w){spaced}" if len(letters) == SHORT else rf"(?<!\w){spaced}(?!\w)"


_ADDRESSED = "님 씨 군 양 네 이 선생님 어르신 할머니 할아버지 아저씨 아주머니 통장님 회장님"
_PARTICLES = (
    "이 가 은 는 을 를 와 과 의 도 만 에 에게 에게서 에게는 한테 한테서 께 께서 께서는 이랑 랑"
    " 이나 나 로 으로 부터 까지 처럼 보다 마다 조차 이라고 라고 이라는 라는 이고 이며 입니다"
    " 이에요 예요 이었어요 였어요 아 야 s"
)


def word_pattern_of(name: str) -> str:
    """A name where it is a word, alone or with what Korean adds to a name.

    Shape: as `pattern_of`.
    """
    plain = unicodedata.normalize("NFC", name)
    letters = [re.escape(letter) for letter in plain if not letter.isspace()]
    spaced = r"\s*".join(letters)
    if len(letters) < SHORT:
        return rf"(?<!\w){spaced}(?!\w)"
    addressed, particles = ("|".join(words.split()) for words in (_ADDRESSED, _PARTICLES))
    return rf"(?<!\w){spaced}(?=(?:{addressed})?(?:{particles})?(?:\W|$))"


def names_of(session: Session, meeting_id: UUID) -> Names:
    """As they stand now."""
    return _sorted(session.execute(called_of_all(meeting_id)))


def _sorted(everybody: Iterable[tuple[UUID | None, str, bool]]) -> Names:
    people: dict[UUID, str] = {}
    guests, silent = list[str](), set[str]()
    for person_id, name, agreed in everybody:
        plain = unicodedata.normalize("NFC", name).strip()
        if not plain or plain == GONE:
            continue
        if not agreed:
            silent.add(plain)
        elif person_id is None:
            guests.append(plain)
        else:
            people[person_id] = plain
    agreed_names = {*people.values(), *guests}
    return Names(people, tuple(sorted(guests)), frozenset(silent - agreed_names))
