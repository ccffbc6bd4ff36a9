"""Codes by mail: they prove that an address is somebody's, and so make and open accounts.

asked for ──the right digits, in the same browser──▶ used (gone)
   │ five wrong ones, or ten minutes
   ▼
 worthless
"""

from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import randbelow, token_urlsafe

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geo_service import mail
from geo_service.accounts import letters
from geo_service.accounts.models import MailCode, Person, Purpose, Tongue
from geo_service.accounts.models.codes import MOST_TRIES
from geo_service.accounts.queries import hashed, the_person_with
from geo_service.accounts.workflow.browsers import close_all
from geo_service.accounts.workflow.secret import Secret
from geo_service.db.session import expecting
from geo_service.errors import BadField, Conflict

GOOD_FOR = timedelta(minutes=10)


class CodeIsWrong(BadField):
    """This code is not right. Look at the newest letter once more."""

    korean = "코드가 맞지 않아요. 가장 최근에 온 메일을 다시 확인해 주세요."

    def __init__(self) -> None:
        super().__init__("code", self.title())


class CodeIsWorthless(BadField):
    """This code is too old, or was tried too often. Ask for a new letter."""

    korean = "시간이 지났거나 여러 번 틀려서 쓸 수 없는 코드예요. 새 코드를 받아 주세요."

    def __init__(self) -> None:
        super().__init__("code", self.title())


class AddressIsTaken(Conflict):
    """Another account has this address."""

    korean = "이미 다른 계정에서 쓰는 주소예요."


def ask_to_come_in(  # noqa: PLR0913 (what a new account is made of)
    session: Session,
    secret: Secret,
    email: str,
    *,
    tongue: Tongue,
    name: str | None = None,
    password_hash: str | None = None,
    at: datetime,
) -> str:
    """Send a code, with `name` also where no account exists; the challenge for the browser.

    Whoever asks sees no difference between addresses that have an account and those that have
    none: only the letter, which is read by whose address it is, tells.
    """
    person = session.scalar(the_person_with(email))
    waiting = MailCode(
        challenge_hash=b"",
        code_hash=b"",
        email=email,
        expires_at=at + GOOD_FOR,
        name=name,
        password_hash=password_hash,
        tongue=tongue,
    )
    challenge, code = _wait_for(session, secret, waiting)
    if person is not None:
        mail.send(session, to=email, letter=letters.code_to_come_in(code, person.tongue))
    elif name:
        mail.send(session, to=email, letter=letters.code_to_begin(code, tongue))
    else:
        mail.send(session, to=email, letter=letters.nobody_here(tongue))
    return challenge


def ask_to_move(
    session: Session, secret: Secret, person: Person, email: str, *, at: datetime
) -> str:
    """Send a code to an address that a person wants to have; the challenge for the browser."""
    waiting = MailCode(
        challenge_hash=b"",
        code_hash=b"",
        email=email,
        expires_at=at + GOOD_FOR,
        purpose=Purpose.MOVE,
        person_id=person.id,
    )
    challenge, code = _wait_for(session, secret, waiting)
    mail.send(session, to=email, letter=letters.code_to_move(code, person.tongue))
    return challenge


def the_waiting(session: Session, challenge: str, *, at: datetime) -> MailCode | None:
    """The code for which this browser waits."""
    waiting = select(MailCode).where(
        MailCode.challenge_hash == hashed(challenge), MailCode.expires_at > at
    )
    return session.scalar(waiting)


def answer(
    session: Session, secret: Secret, challenge: str, code: str, *, at: datetime
) -> MailCode | BadField:
    """What was waited for, which is thereby used up; or why the code does not count.

    The problem is returned, not raised: the try must be remembered.
    """
    waiting = session.get(MailCode, hashed(challenge), with_for_update=True)
    if waiting is None or waiting.expires_at <= at or waiting.tries >= MOST_TRIES:
        return CodeIsWorthless()
    given = "".join(sign for sign in code if sign.isdigit())
    if not compare_digest(waiting.code_hash, _code_hash(secret, challenge, given)):
        waiting.tries += 1
        return CodeIsWrong() if waiting.tries < MOST_TRIES else CodeIsWorthless()
    session.delete(waiting)
    session.flush()
    return waiting


def come_in(session: Session, waiting: MailCode, *, at: datetime) -> Person:
    """Whose address was proven; a new account where there is none. Raises: CodeIsWorthless.

    What was said when the code was asked for counts for new accounts only.
    """
    person = session.scalar(the_person_with(waiting.email).with_for_update())
    if person is None:
        if waiting.name is None:
            raise CodeIsWorthless
        person = Person(
            name=waiting.name,
            email=waiting.email,
            email_confirmed_at=at,
            password_hash=waiting.password_hash,
            tongue=waiting.tongue,
            joined_at=at,
        )
        with expecting(session, "person_email_key", CodeIsWorthless()):
            session.add(person)
    elif person.email_confirmed_at is None:
        person.password_hash = None  # whoever chose it had not shown that the address is theirs
        close_all(session, person)
        person.email_confirmed_at = at
    return person


def move(session: Session, person: Person, waiting: MailCode, *, at: datetime) -> None:
    """Give a person the address that was proven. Raises: AddressIsTaken, CodeIsWorthless."""
    if waiting.person_id != person.id:
        raise CodeIsWorthless
    with expecting(session, "person_email_key", AddressIsTaken()):
        person.email, person.email_confirmed_at = waiting.email, at
    forget_codes(session, person)


def forget_codes(session: Session, person: Person) -> None:
    """Codes that were sent for a person, or to their address, open nothing any more."""
    theirs = (MailCode.person_id == person.id) | (MailCode.email == person.email)
    session.execute(delete(MailCode).where(theirs))


def _wait_for(session: Session, secret: Secret, waiting: MailCode) -> tuple[str, str]:
    challenge, code = token_urlsafe(32), f"{randbelow(1_000_000):06}"
    waiting.challenge_hash = hashed(challenge)
    waiting.code_hash = _code_hash(secret, challenge, code)
    session.add(waiting)
    session.flush()
    return challenge, code


def _code_hash(secret: Secret, challenge: str, code: str) -> bytes:
    return secret.digest("code by mail", challenge, code)
