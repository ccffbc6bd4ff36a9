"""Where one page of a search ended, as a word that only this search understands."""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Hashable
from hashlib import blake2b
from math import inf
from typing import NamedTuple, Self
from uuid import UUID

from geo_service.errors import BadField

_PLACE = struct.Struct(">d16s")

_NOT_OURS = BadField("cursor", "Take it from `links` of the page before, with the same search.")


class Rim(NamedTuple):
    """The last listing of a page: everything nearer, or as near with a lower id, was shown."""

    chord2: float
    id: UUID

    def cursor(self, search: Hashable) -> str:
        """A word for URLs, sealed with the search it belongs to."""
        place = _PLACE.pack(self.chord2, self.id.bytes)
        return urlsafe_b64encode(place + _seal(search, place)).decode()

    @classmethod
    def read(cls, cursor: str, search: Hashable) -> Self:
        """The way back. Raises: BadField when the cursor is not one, or of another search."""
        try:
            packed = urlsafe_b64decode(cursor.encode("ascii"))
            place, seal = packed[: _PLACE.size], packed[_PLACE.size :]
            chord2, id_ = _PLACE.unpack(place)
        except (NotBase64, struct.error, ValueError):
            raise _NOT_OURS from None
        if seal != _seal(search, place) or not 0 <= chord2 < inf:
            raise _NOT_OURS
        return cls(chord2, UUID(bytes=id_))


def _seal(search: Hashable, place: bytes) -> bytes:
    return blake2b(place + repr(search).encode(), digest_size=6).digest()
