"""Keys, each a file outside the database: a backup of one opens nothing of the other.

    folder/
    ├── offices/<office>/<version>     a key of a dong centre, sealed with the service's secret
    ├── things/<2 letters>/<thing>     a key of one report, case or household, wrapped with that
    ├── checkpoints/                   see `checkpoints`
    └── .lock                          held while keys are made, moved or destroyed

Destroying a thing's file destroys the thing, in every copy of the database there is. So the folder
is kept apart from database backups, and its own backups are kept for days, not for years.
"""

import fcntl
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from geo_service.accounts.workflow.secret import Secret
from geo_service.errors import Conflict, NotFound

KEY_BYTES = 32
_PURPOSE = "key of an office"


class Shredded(NotFound):
    """This was destroyed for good, as its time was over."""

    korean = "보관 기한이 지나 완전히 지운 내용이에요."


class KeyIsLost(Conflict):
    """A key that should be in the folder of keys is not there, or was spoilt."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file of a thing's key holds."""

    office_id: UUID
    version: int
    """Which of the office's keys wraps it."""
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class DataKey:
    """The key of one thing, in hand."""

    thing_id: UUID
    office_id: UUID
    version: int
    key: bytes


class KeyRing:
    """The folder of keys. Several processes, and machines that share the folder, may use it."""

    def __init__(self, folder: Path, secret: Secret) -> None:
        self.folder = folder
        self._secret = secret

    def made(self, thing_id: UUID, office_id: UUID) -> DataKey:
        """The key of a thing, made when it has none yet.

        A key outlives a transaction that is undone; nothing was sealed with it then.
        """
        if self._file(thing_id).exists():
            return self.found(thing_id)
        with self._alone():
            if not self._file(thing_id).exists():
                self._keep(thing_id, office_id, self._latest(office_id), token_bytes(KEY_BYTES))
        return self.found(thing_id)

    def found(self, thing_id: UUID) -> DataKey:
        """The key of a thing. Raises: Shredded, KeyIsLost."""
        try:
            return self._unwrapped(thing_id)
        except KeyIsLost:  # moved under another version just now?
            with self._alone():
                return self._unwrapped(thing_id)

    def has(self, thing_id: UUID) -> bool:
        """Whether it can still be opened."""
        return self._file(thing_id).exists()

    def offices(self) -> list[UUID]:
        """The dong centres that have a key."""
        return sorted(UUID(path.name) for path in self.folder.glob("offices/[!.]*"))

    def hand_over(self, thing_id: UUID, to_office_id: UUID) -> None:
        """Wrap the key of a thing for another dong centre; its seals stay as they are."""
        with self._alone():
            key = self._unwrapped(thing_id).key
            self._keep(thing_id, to_office_id, self._latest(to_office_id), key)

    def rotate(self, office_id: UUID) -> int:
        """Give an office a new key, wrap all that is its own anew, destroy the old keys.

        The new version. Killed half-way, nothing is lost: the next time goes on. A thing whose
        own file is spoilt is left as it is.
        """
        with self._alone():
            old = self._versions(office_id)
            new = max(old, default=0) + 1
            self._make(office_id, new)
        for path in self.folder.glob("things/*/[!.]*"):
            with self._alone():
                self._renew(UUID(path.name), office_id, new)
        with self._alone():
            for version in old:
                _destroy(self._office_file(office_id, version))
        return new

    def _renew(self, thing_id: UUID, office_id: UUID, version: int) -> None:
        try:
            kept = self._read(thing_id)
        except (Shredded, KeyIsLost):
            return
        if kept.office_id == office_id and kept.version < version:
            self._keep(thing_id, office_id, version, self._unwrapped(thing_id).key)

    def shred(self, thing_id: UUID) -> bool:
        """Destroy a thing's key, and with it the thing; whether there was one."""
        with self._alone():
            return _destroy(self._file(thing_id))

    def _unwrapped(self, thing_id: UUID) -> DataKey:
        kept = self._read(thing_id)
        try:
            key = aes_key_unwrap(self._office_key(kept.office_id, kept.version), kept.wrapped)
        except (InvalidUnwrap, ValueError):
            raise KeyIsLost from None
        return DataKey(thing_id, kept.office_id, kept.version, key)

    def _read(self, thing_id: UUID) -> Kept:
        try:
            told = json.loads(self._file(thing_id).read_bytes())
            return Kept(UUID(told["office"]), int(told["version"]), b64decode(told["key"]))
        except FileNotFoundError:
            raise Shredded from None
        except (ValueError, TypeError, KeyError, AttributeError):  # killed while destroying it
            raise KeyIsLost from None

    def _keep(self, thing_id: UUID, office_id: UUID, version: int, key: bytes) -> None:
        wrapped = aes_key_wrap(self._office_key(office_id, version), key)
        said = {
            "office": str(office_id),
            "version": version,
            "key": b64encode(wrapped).decode(),
        }
        write_whole(self._file(thing_id), json.dumps(said).encode() + b"\n")

    def _latest(self, office_id: UUID) -> int:
        """The office's present version; its first key is made when it is first needed."""
        if versions := self._versions(office_id):
            return max(versions)
        self._make(office_id, 1)
        return 1

    def _versions(self, office_id: UUID) -> list[int]:
        folder = self.folder / "offices" / str(office_id)
        return [int(path.name) for path in folder.glob("[0-9]*")]

    def _make(self, office_id: UUID, version: int) -> None:
        about = f"{office_id} {version}".encode()
        sealed = self._secret.seal(_PURPOSE, token_bytes(KEY_BYTES), about=about)
        write_whole(self._office_file(office_id, version), sealed)

    def _office_key(self, office_id: UUID, version: int) -> bytes:
        try:
            sealed = self._office_file(office_id, version).read_bytes()
        except FileNotFoundError:
            raise KeyIsLost from None
        about = f"{office_id} {version}".encode()
        if (key := self._secret.opened(_PURPOSE, sealed, about=about)) is None:
            raise KeyIsLost
        return key

    def _office_file(self, office_id: UUID, version: int) -> Path:
        return self.folder / "offices" / str(office_id) / str(version)

    def _file(self, thing_id: UUID) -> Path:
        name = str(thing_id)
        return self.folder / "things" / name[:2] / name

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else changes keys during the block; the kernel lets go for whoever dies."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def write_whole(path: Path, content: bytes) -> None:
    """Absent or complete, whoever is killed meanwhile; on the disk when this returns."""
    for folder in (*reversed(path.parent.parents[:1]), path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{uuid4()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
        f.write(content)
        f.flush()
        os.fsync(f.fileno())
    unfinished.replace(path)
    _settle(path.parent)


def _destroy(path: Path) -> bool:
    """Overwrite, then remove. What a disk kept of an earlier version is wrapped still."""
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _settle(path.parent)
        return True
    return False


def _settle(folder: Path) -> None:
    """Let the names in a folder reach the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
