"""The second proof: turned on with a first code, asked for at sign-in, turned off with a code."""

from datetime import datetime
from hmac import compare_digest
from secrets import choice

import pyotp
from sqlalchemy import delete
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person, RecoveryCode, SecondFactor
from geo_service.accounts.queries import the_second_factor_of
from geo_service.accounts.workflow.secret import Secret
from geo_service.errors import BadField, Conflict

ISSUER = "동네이음"
STEP_S = 30
_SEAL = "second factor"
_SPARE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that people confuse."""
_SPARE_CODES, _SPARE_LENGTH = 8, 16


class FactorIsWrong(BadField):
    """This code is not right, or was used already. Take the next one from your phone."""

    korean = "코드가 맞지 않거나 이미 쓴 코드예요. 휴대전화에 새로 나온 코드를 적어 주세요."

    def __init__(self) -> None:
        super().__init__("code", self.title())


class AlreadyOn(Conflict):
    """The second step is on already."""

    korean = "2단계 확인을 이미 쓰고 있어요."


def is_asked_of(session: Session, person: Person) -> bool:
    """Whether they turned it on."""
    factor = session.scalar(the_second_factor_of(person.id))
    return factor is not None and factor.confirmed_at is not None


def propose(session: Session, secret: Secret, person: Person) -> None:
    """Make up a secret to share with a telephone; it replaces one that was never confirmed.

    Raises: AlreadyOn.
    """
    session.get_one(Person, person.id, with_for_update=True)
    factor = session.scalar(the_second_factor_of(person.id))
    sealed = secret.seal(_SEAL, pyotp.random_base32().encode(), about=person.id.bytes)
    if factor is None:
        session.add(SecondFactor(person_id=person.id, sealed_secret=sealed))
    elif factor.confirmed_at is None:
        factor.sealed_secret = sealed
    else:
        raise AlreadyOn


def address_of(secret: Secret, person: Person, factor: SecondFactor) -> str:
    """The `otpauth:` address that a QR code shows to the telephone."""
    return _generator(secret, factor).provisioning_uri(
        name=person.email or person.name, issuer_name=ISSUER
    )


def letters_of(secret: Secret, factor: SecondFactor) -> str:
    """The same as letters in groups of four, for whoever cannot scan."""
    letters = _generator(secret, factor).secret
    return " ".join(letters[n : n + 4] for n in range(0, len(letters), 4))


def confirm(
    session: Session, secret: Secret, person: Person, code: str, *, at: datetime
) -> list[str]:
    """Turn it on, now that the telephone knows it; the spare codes, told once.

    Raises: FactorIsWrong.
    """
    factor = session.scalar(the_second_factor_of(person.id).with_for_update())
    if factor is None or factor.confirmed_at or not _takes(secret, factor, code, at):
        raise FactorIsWrong
    factor.confirmed_at = at
    return _spare_codes(session, secret, person)


def passes(session: Session, secret: Secret, person: Person, code: str, *, at: datetime) -> bool:
    """Whether a code of the telephone, or a spare one, is right; it is not right twice."""
    factor = session.scalar(the_second_factor_of(person.id).with_for_update())
    if factor is None or factor.confirmed_at is None:
        return False
    return _takes(secret, factor, code, at) or _takes_spare(session, secret, person, code)


def turn_off(session: Session, person: Person) -> None:
    """Ask for it no longer."""
    session.execute(delete(SecondFactor).where(SecondFactor.person_id == person.id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))


def _generator(secret: Secret, factor: SecondFactor) -> pyotp.TOTP:
    opened = secret.opened(_SEAL, factor.sealed_secret, about=factor.person_id.bytes)
    if opened is None:
        raise RuntimeError("GEO_SECRET_KEY is not the one that sealed this second factor.")
    return pyotp.TOTP(opened.decode())


def _takes(secret: Secret, factor: SecondFactor, code: str, at: datetime) -> bool:
    """Clocks may differ by half a minute."""
    generator, now = _generator(secret, factor), int(at.timestamp()) // STEP_S
    given = "".join(code.split()).encode()
    for step in (now - 1, now, now + 1):
        right = generator.generate_otp(step).encode()
        if step > factor.last_step and compare_digest(given, right):
            factor.last_step = step
            return True
    return False


def _takes_spare(session: Session, secret: Secret, person: Person, code: str) -> bool:
    used = delete(RecoveryCode).where(
        RecoveryCode.code_hash == _spare_hash(secret, person, code),
        RecoveryCode.person_id == person.id,
    )
    return session.execute(used.returning(RecoveryCode.code_hash)).first() is not None


def _spare_codes(session: Session, secret: Secret, person: Person) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [
        "".join(choice(_SPARE_LETTERS) for _ in range(_SPARE_LENGTH)) for _ in range(_SPARE_CODES)
    ]
    session.add_all(
        RecoveryCode(code_hash=_spare_hash(secret, person, code), person_id=person.id)
        for code in codes
    )
    session.flush()
    return ["-".join(code[n : n + 4] for n in range(0, _SPARE_LENGTH, 4)) for code in codes]


def _spare_hash(secret: Secret, person: Person, code: str) -> bytes:
    plain = "".join(code.lower().replace("-", "").split())
    return secret.digest("recovery code", person.id.hex, plain)
