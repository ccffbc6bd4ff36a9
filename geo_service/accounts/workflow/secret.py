"""The one key that is not in the database: it seals, and it keys hashes of what is short.

Every purpose has a key of its own, derived from it; what was sealed for one opens for no other.
"""

from functools import lru_cache
from hashlib import blake2b
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LEAST_BYTES = 32
_NONCE_BYTES = 12


class Secret:
    """The service's secret, the same for all its workers."""

    def __init__(self, master: bytes) -> None:
        if len(master) < LEAST_BYTES:
            raise ValueError(f"A secret has at least {LEAST_BYTES} bytes.")
        self._master = master
        self._key = lru_cache(self._derived)

    def _derived(self, purpose: str) -> bytes:
        return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(self._master)

    def seal(self, purpose: str, plain: bytes, *, about: bytes = b"") -> bytes:
        """So that only `opened` with the same purpose, about the same thing, reads it."""
        nonce = token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._key(purpose)).encrypt(nonce, plain, about)

    def opened(self, purpose: str, sealed: bytes, *, about: bytes = b"") -> bytes | None:
        """What was sealed; None when it was not, or for something else."""
        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return AESGCM(self._key(purpose)).decrypt(nonce, body, about)
        except (InvalidTag, ValueError):
            return None

    def digest(self, purpose: str, *parts: str, size: int = 32) -> bytes:
        """A hash that nobody without the secret can compare with guesses."""
        said = "\0".join(parts).encode()
        return blake2b(said, digest_size=size, key=self._key(purpose)).digest()
