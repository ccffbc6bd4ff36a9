"""Passwords: hashed by argon2id, and checked at the same cost whether or not there is one."""

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from geo_service.accounts.models import Person
from geo_service.errors import BadField

LEAST, MOST = 10, 200
"""Characters. The second keeps hashing cheap."""

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""Source: OWASP Password Storage Cheat Sheet. Units: memory in KiB."""

_AT_ONCE = BoundedSemaphore(4)
"""Each hash takes its memory; a crowd at the door must not take all of it."""

_NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$x6IqdyYLHD9/nWjUIn/pWw$"
    "pLOnY0zIniDnS3AQvuLCVCkO6HO1Q/9qPTBXAs6b7EQ"
)
"""What is checked when there is nothing to check; made by `HASHER`, as a test holds."""


class PasswordIsTooPlain(BadField):
    """This password is too easy to guess. Choose several words that do not belong together."""

    korean = "짐작하기 쉬운 비밀번호예요. 서로 상관없는 낱말 몇 개를 이어 보세요."

    def __init__(self, field: str) -> None:
        super().__init__(field, self.title())


def _tidy(password: str) -> str:
    """Hangul typed on any machine gives the same signs."""
    return unicodedata.normalize("NFC", password)


def hash_of(password: str, *, email: str | None, field: str = "password") -> str:
    """What is kept of a new password, whose length was checked. Raises: PasswordIsTooPlain."""
    plain = _tidy(password)
    local = (email or "").partition("@")[0]
    if len(set(plain)) < 5 or plain.lower() in {email, local, local * 2}:
        raise PasswordIsTooPlain(field)
    with _AT_ONCE:
        return HASHER.hash(plain)


def is_right(person: Person | None, password: str) -> bool:
    """Whether it is theirs. Nobody's password is never right, and takes as long to say so.

    A hash made with other parameters is made anew, now that the password is here.
    """
    known = person.password_hash if person else None
    with _AT_ONCE:
        try:
            HASHER.verify(known or _NOBODYS, _tidy(password))
        except (Argon2Error, InvalidHashError):
            return False
        if person is None or known is None:
            return False
        if HASHER.check_needs_rehash(known):
            person.password_hash = HASHER.hash(_tidy(password))
    return True
