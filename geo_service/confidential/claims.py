"""On whose behalf a confidential transaction speaks: what row level security believes."""

import hmac
import json
from dataclasses import dataclass
from enum import StrEnum, auto
from hashlib import sha256
from uuid import UUID

BLOCK_BYTES = 64
"""How many bytes SHA-256 takes at a time. Source: RFC 2104."""


class Standing(StrEnum):
    """What somebody is to the reports; operators are nothing to them."""

    REPORTER = auto()
    """Who told something, signed in or by a receipt: sees the reports named in the claims."""
    CASEWORKER = auto()
    """Sees what is told to the dong centres named in the claims."""
    LEAD = auto()
    """Sees figures and looks of those dong centres, and no report."""
    CLOCKWORK = auto()
    """Happens by itself: sees ids, stages and dates, by functions only."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Who asks, for which dong centres or reports, and why."""

    role: Standing
    person_id: UUID | None = None
    offices: frozenset[UUID] = frozenset()
    reports: frozenset[UUID] = frozenset()
    purpose: str = ""
    """The door or the task; written down with every look."""

    def said(self, *, backend: int, transaction: str, until: float) -> str:
        """As PostgreSQL is told: good in one transaction of one backend, for a short while."""
        told = {
            "role": str(self.role),
            "person": self.person_id and str(self.person_id),
            "offices": sorted(map(str, self.offices)),
            "reports": sorted(map(str, self.reports)),
            "backend": backend,
            "transaction": transaction,
            "until": until,
        }
        return json.dumps(told)


def proof(key: bytes, said: str) -> str:
    """What only the service can say of these claims: HMAC-SHA-256, in hex."""
    return hmac.new(key, said.encode(), sha256).hexdigest()


def pads(key: bytes) -> tuple[bytes, bytes]:
    """The key as PostgreSQL needs it, which knows SHA-256 but no HMAC.

    Shape: inner, outer; the proof is `sha256(outer + sha256(inner + said))`.
    """
    block = key.ljust(BLOCK_BYTES, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)
