"""How often anybody may try. All workers count in one table, so more workers are no more tries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.accounts.models import Attempts
from geo_service.accounts.workflow.secret import Secret
from geo_service.errors import TooMany


class TooManyTries(TooMany):
    """Too many tries. Please wait a while and try again."""

    korean = "너무 여러 번 시도했어요. 잠시 뒤에 다시 해 주세요."


@dataclass(frozen=True)
class Limit:
    """So many of something in so long a time; counting begins with the first."""

    name: str
    most: int
    within: timedelta


_QUARTER, _HOUR, _DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)

PASSWORDS_HERE = Limit("password from an address for an account", 10, _QUARTER)
PASSWORDS_FOR = Limit("password for an account", 50, _HOUR)
"""Roomier than from one address, or strangers could keep the owner out."""
PASSWORDS_FROM = Limit("password from an address", 100, _QUARTER)
"""A whole school may share one address."""
LETTERS_TO = Limit("letter with a code to an address", 5, _HOUR)
LETTERS_FROM = Limit("letter with a code asked from an address", 30, _HOUR)
CODES_FROM = Limit("code from an address", 60, _HOUR)
FACTORS_OF = Limit("second factor of a person", 10, _QUARTER)
TOKENS_OF = Limit("token of a person", 20, _DAY)
CHECKS_OF = Limit("own password asked again", 10, _QUARTER)


def expect_room(session: Session, secret: Secret, limit: Limit, of: str, *, at: datetime) -> None:
    """Where only wrong tries are counted, by `count` afterwards. Raises: TooManyTries."""
    known = session.get(Attempts, secret.digest("attempts", limit.name, of, size=16))
    if known is not None and known.until > at and known.number >= limit.most:
        raise TooManyTries(wait_s=ceil((known.until - at).total_seconds()))


def count(session: Session, secret: Secret, *tries: tuple[Limit, str], at: datetime) -> None:
    """Count one try of each, in one statement that locks in one order. Raises: TooManyTries.

    Call it outside any savepoint and answer afterwards without raising, or it is forgotten.
    """
    limits = {secret.digest("attempts", limit.name, of, size=16): limit for limit, of in tries}
    new = insert(Attempts).values(
        [{"key": k, "number": 1, "until": at + limits[k].within} for k in sorted(limits)]
    )
    is_over = Attempts.until <= at
    counted = new.on_conflict_do_update(
        index_elements=[Attempts.key],
        set_={
            "number": case((is_over, 1), else_=Attempts.number + 1),
            "until": case((is_over, new.excluded.until), else_=Attempts.until),
        },
    ).returning(Attempts.key, Attempts.number, Attempts.until)
    waits = [
        until - at for key, number, until in session.execute(counted) if number > limits[key].most
    ]
    if waits:
        raise TooManyTries(wait_s=ceil(max(waits).total_seconds()))
