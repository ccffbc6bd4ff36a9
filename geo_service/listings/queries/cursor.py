"""Where one page of a search ended, as a word that only this search understands."""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Hashable
from hashlib import blake2b
from typing import NamedTuple, Self
from uuid import UUID

from geo_service.errors import BadField

_LAYOUT = struct.Struct(">d16s6s")


class Rim(NamedTuple):
    """The last listing of a page: everything nearer, or as near with a lower id, was shown."""

    chord2: float
    id: UUID

    def cursor(self, search: Hashable) -> str:
        """A word for URLs, sealed with the search it belongs to."""
        packed = _LAYOUT.pack(self.chord2, self.id.bytes, _seal(search))
        return urlsafe_b64encode(packed).decode()

    @classmethod
    def read(cls, cursor: str, search: Hashable) -> Self:
        """The way back. Raises: BadField when the cursor is not one, or of another search."""
        try:
            chord2, id_, seal = _LAYOUT.unpack(urlsafe_b64decode(cursor.encode("ascii")))
        except (NotBase64, struct.error, ValueError):
            seal = b""
        if seal != _seal(search):
            raise BadField(
                "cursor", "Take it from `links` of the page before, with the same search."
            )
        return cls(chord2, UUID(bytes=id_))


def _seal(search: Hashable) -> bytes:
    return blake2b(repr(search).encode(), digest_size=6).digest()
