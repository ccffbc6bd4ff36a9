"""Looks, sealed in batches by signed files outside the database.

    looks in order  →  a digest that begins with the one before  →  folder/checkpoints/00000001.json

A chain alone would miss a cut tail, and could be made anew by whoever rewrites everything. Here
each link is signed (Ed25519) with a key that follows from the service's secret, which no database
holds. Copy the files elsewhere now and then: whoever has both folders may still cut both.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from geo_service.accounts.workflow.secret import Secret
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.keys import write_whole
from geo_service.confidential.models import Look, Sealing
from geo_service.confidential.session import Vault

BATCH = 10_000
"""At most so many looks under one seal."""

BEGIN = bytes(32)
"""What the first digest begins with."""


@dataclass(frozen=True)
class Checkpoint:
    """One signed file: all looks after the checkpoint before it, up to `last_id`."""

    number: int
    first_id: int
    last_id: int
    looks: int
    hash: str
    before: str
    sealed_at: str

    @property
    def said(self) -> bytes:
        """What is signed."""
        return json.dumps(asdict(self), sort_keys=True).encode()


class Checkpoints:
    """The folder of signed files, and the looks that they are about."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.folder = vault.ring.folder / "checkpoints"
        self._key = _signing_key(vault.secret)

    def seal(self, *, at: datetime) -> int:
        """Seal what was not sealed yet; how many looks."""
        count = 0
        while sealed := self._seal_batch(at):
            count += sealed
        return count

    def _seal_batch(self, at: datetime) -> int:
        with self._opened() as session:
            last = self._latest()
            rows = _looks_after(session, last.last_id if last else 0, BATCH)
            if last and session.get(Sealing, last.number) is None:
                session.add(_row(last))  # the file was written, and then somebody was killed
            if not rows:
                return 0
            before = bytes.fromhex(last.hash) if last else BEGIN
            checkpoint = Checkpoint(
                number=last.number + 1 if last else 1,
                first_id=rows[0].id,
                last_id=rows[-1].id,
                looks=len(rows),
                hash=digest(before, rows).hex(),
                before=before.hex(),
                sealed_at=at.astimezone(UTC).isoformat(),
            )
            session.add(_row(checkpoint))
            session.flush()
            self._write(checkpoint)
            return len(rows)

    def verify(self) -> list[str]:
        """What is wrong, in plain sentences; nothing where every look is as it was sealed."""
        return [*self._complaints()]

    def _complaints(self) -> Iterator[str]:
        """One transaction for each file: claims hold for a minute, and many files take longer."""
        last_id, before, number = 0, BEGIN.hex(), 0
        with self._opened() as session:  # before the files: a file is there before its row
            highest = session.scalar(select(func.max(Sealing.number))) or 0
        for path in sorted(self.folder.glob("*.json")):
            number += 1
            checkpoint = self._read(path)
            if checkpoint is None:
                yield f"Checkpoint {path.stem} was not signed by this service."
                return
            if (checkpoint.number, checkpoint.before) != (number, before):
                yield f"A checkpoint before {checkpoint.number} is missing."
                return
            with self._opened() as session:
                complaints = [*_compared(session, checkpoint, last_id)]
            yield from complaints
            last_id, before = checkpoint.last_id, checkpoint.hash
        if highest > number:
            yield f"Checkpoints {number + 1} to {highest} are missing from {self.folder}."

    def _latest(self) -> Checkpoint | None:
        paths = sorted(self.folder.glob("*.json"))
        return self._read(paths[-1]) if paths else None

    def _read(self, path: Path) -> Checkpoint | None:
        try:
            told: dict[str, Any] = json.loads(path.read_text())
            signature = b64decode(told.pop("signature"))
            checkpoint = Checkpoint(**told)
            self._key.public_key().verify(signature, checkpoint.said)
        except (ValueError, TypeError, KeyError, InvalidSignature):
            return None
        return checkpoint

    def _write(self, checkpoint: Checkpoint) -> None:
        signature = b64encode(self._key.sign(checkpoint.said)).decode()
        said = asdict(checkpoint) | {"signature": signature}
        path = self.folder / f"{checkpoint.number:08}.json"
        write_whole(path, json.dumps(said, indent=1).encode() + b"\n")

    def _opened(self) -> Any:
        return self._vault.opened(Claims(Standing.CLOCKWORK, purpose="checkpoints"))


def digest(before: bytes, looks: list[Look]) -> bytes:
    """Of a batch of looks and all before it."""
    chain = sha256(before)
    for look in looks:
        line = json.dumps(_told(look)).encode()
        chain.update(len(line).to_bytes(4, "big") + line)
    return chain.digest()


def _told(look: Look) -> list[str | int | None]:
    """A look as it is hashed: every column, in a form that does not change."""
    return [
        look.id,
        look.at.astimezone(UTC).isoformat(),
        look.person_id.hex if look.person_id else None,
        str(look.standing),
        look.thing,
        look.thing_id.hex if look.thing_id else None,
        look.centre_id.hex if look.centre_id else None,
        look.purpose,
        look.address_hash.hex() if look.address_hash else None,
    ]


def _compared(session: Session, checkpoint: Checkpoint, after_id: int) -> Iterator[str]:
    found = _looks_after(session, after_id, checkpoint.looks + 1, are_sealed=True)
    rows = [look for look in found if look.id <= checkpoint.last_id]
    span = f"Looks {checkpoint.first_id} to {checkpoint.last_id}"
    if len(rows) < checkpoint.looks:
        yield f"{span}: {checkpoint.looks - len(rows)} are missing."
    elif len(rows) > checkpoint.looks:
        yield f"{span}: some were added afterwards."
    elif digest(bytes.fromhex(checkpoint.before), rows).hex() != checkpoint.hash:
        yield f"{span}: what they say, or their order, was changed."


def _looks_after(
    session: Session, last_id: int, at_most: int, *, are_sealed: bool = False
) -> list[Look]:
    """Those that are sealed do not change: they are read without keeping others from looking."""
    found = func.reports.looks_after(last_id, at_most, are_sealed)
    rows = found.table_valued(*Look.__table__.columns)
    seen = aliased(Look, rows)
    return list(session.scalars(select(seen).order_by(seen.id)))


def _row(checkpoint: Checkpoint) -> Sealing:
    return Sealing(
        number=checkpoint.number,
        first_id=checkpoint.first_id,
        last_id=checkpoint.last_id,
        looks=checkpoint.looks,
        hash=bytes.fromhex(checkpoint.hash),
        sealed_at=datetime.fromisoformat(checkpoint.sealed_at),
    )


def _signing_key(secret: Secret) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret.digest("signature of looks"))
