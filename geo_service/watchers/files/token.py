"""The token on a card: 87 bytes, 116 letters in an address.

    byte 0          the version of this form, 1
    bytes 1-2       which key signed it
    bytes 3-18      the serial of the card
    bytes 19-22     when it runs out, in seconds since 1970
    bytes 23-86     Ed25519 over all before

87 bytes are exactly 116 letters of base64url, so no bit of an address is without meaning: nobody
can write the same token in another way.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import Struct
from typing import Self
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION = 1
SIGNATURE_BYTES = 64
_SAID = Struct(">BH16sI")
BYTES = _SAID.size + SIGNATURE_BYTES
_LETTERS = re.compile(r"[A-Za-z0-9_-]{116}")


@dataclass(frozen=True, slots=True)
class Token:
    """What a card says, and what vouches for it."""

    key_id: int
    card_id: UUID
    runs_out_at: datetime
    """In whole seconds."""
    signature: bytes = b""

    @property
    def said(self) -> bytes:
        """What is signed."""
        seconds = int(self.runs_out_at.timestamp())
        return _SAID.pack(VERSION, self.key_id, self.card_id.bytes, seconds)

    def signed(self, key: Ed25519PrivateKey) -> str:
        """The letters in an address."""
        return urlsafe_b64encode(self.said + key.sign(self.said)).decode()

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether the holder of that key said so."""
        try:
            key.verify(self.signature, self.said)
        except InvalidSignature:
            return False
        return True

    @classmethod
    def read(cls, letters: str) -> Self | None:
        """What an address says, true or not; None where it is no token at all."""
        if not _LETTERS.fullmatch(letters):
            return None
        plain = urlsafe_b64decode(letters)
        version, key_id, card, seconds = _SAID.unpack(plain[: _SAID.size])
        if version != VERSION:
            return None
        until = datetime.fromtimestamp(seconds, UTC)
        return cls(key_id, UUID(bytes=card), until, plain[_SAID.size :])
