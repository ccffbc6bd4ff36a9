"""What people said, sealed field by field: AES-256-GCM, under the key of its thing.

    1 byte    the form: 1
    2 bytes   the version of the office's key when it was sealed
    16 bytes  the office that it was sealed for
    12 bytes  nonce
    rest      what was said, and 16 bytes by which any change is noticed

What stands before the nonce, the thing and the name of the field are authenticated: moved to
another row or column, or given another office, a seal does not open.
"""

from dataclasses import dataclass
from secrets import token_bytes
from struct import Struct
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.types import UserDefinedType

from geo_service.confidential.keys import DataKey, KeyRing
from geo_service.errors import Conflict

FORM = 1
_HEAD = Struct(">BH16s")
_NONCE_BYTES = 12
_TAG_BYTES = 16
LEAST_BYTES = _HEAD.size + _NONCE_BYTES + _TAG_BYTES


class SealIsBroken(Conflict):
    """This was changed, or never sealed, or belongs elsewhere; it cannot be read."""

    korean = "내용이 손상되어 읽을 수 없어요."


class SealedType(UserDefinedType[bytes]):
    """The domain `reports.sealed`: PostgreSQL itself refuses what was never sealed."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The type's name in DDL."""
        return "reports.sealed"


@dataclass(frozen=True, slots=True)
class Seal:
    """One thing's key in hand: seals and opens each of its fields."""

    _key: DataKey

    @property
    def office_id(self) -> UUID:
        """The dong centre whose key wraps it now."""
        return self._key.office_id

    def close(self, field: str, plain: str | bytes) -> bytes:
        """Sealed, for the column of that name (without `_sealed`)."""
        said = plain.encode() if isinstance(plain, str) else plain
        head = _HEAD.pack(FORM, self._key.version, self._key.office_id.bytes)
        nonce = token_bytes(_NONCE_BYTES)
        return head + nonce + AESGCM(self._key.key).encrypt(nonce, said, self._about(head, field))

    def open(self, field: str, sealed: bytes) -> bytes:
        """What was sealed. Raises: SealIsBroken."""
        head, rest = sealed[: _HEAD.size], sealed[_HEAD.size :]
        nonce, body = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
        try:
            return AESGCM(self._key.key).decrypt(nonce, body, self._about(head, field))
        except (InvalidTag, ValueError):
            raise SealIsBroken from None

    def text(self, field: str, sealed: bytes | None) -> str | None:
        """The same as text; nothing stays nothing. Raises: SealIsBroken."""
        return None if sealed is None else self.open(field, sealed).decode()

    def _about(self, head: bytes, field: str) -> bytes:
        return head + self._key.thing_id.bytes + field.encode()


def seal_for(ring: KeyRing, office_id: UUID, thing_id: UUID) -> Seal:
    """To seal what is new; the thing gets its key when it has none."""
    return Seal(ring.made(thing_id, office_id))


def seal_of(ring: KeyRing, thing_id: UUID) -> Seal:
    """To open what is there; behind doors, ask `Confidential.look_into`, which writes it down.

    Raises: Shredded, KeyIsLost.
    """
    return Seal(ring.found(thing_id))


def seal(ring: KeyRing, office_id: UUID, thing_id: UUID, field: str, plain: str | bytes) -> bytes:
    """One field of a thing, sealed."""
    return seal_for(ring, office_id, thing_id).close(field, plain)


def opened(ring: KeyRing, thing_id: UUID, field: str, sealed: bytes) -> bytes:
    """One field of a thing, opened. Raises: SealIsBroken, Shredded, KeyIsLost."""
    return seal_of(ring, thing_id).open(field, sealed)
