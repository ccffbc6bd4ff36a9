"""Where an embedded cluster keeps its things, and as which user its server runs.

    home/            the folder it was given
    ├── cluster/     PostgreSQL's data folder: absent or complete, never half made
    ├── socket/      the only way in (under /tmp where this path would be too long)
    ├── server.log
    ├── .lock        held while starting or stopping
    └── .users       shared by everybody who uses the server; the last one stops it

`cluster` and `socket` belong to the server's user, and nobody else may enter them: that is why
no password is needed. PostgreSQL refuses to run as root, so root lends it another user: the
owner of `home`, or `postgres` where that is root again.
"""

import hashlib
import os
import pwd
import stat
from pathlib import Path

from geo_service.db.binaries import INSTALL, PostgresIsMissing
from geo_service.errors import Conflict, NotAllowed

SERVER_USER = "postgres"
"""Debian's package makes it."""

STAND_INS = Path("/var/lib/geo-service")
"""Where root keeps clusters whose own folder the server's user may not reach (`/root`, 0700)."""

PORT = 5432
"""There is no port; the number is only part of the socket's name."""

LONGEST_SOCKET_PATH = 107
"""Bytes. Source: `sun_path` in unix(7)."""


class FolderIsNotYours(NotAllowed):
    """The data folder belongs to somebody else."""


class UserHasNoName(Conflict):
    """PostgreSQL runs only as a user who has a name."""


class FolderCannotBeUsed(Conflict):
    """The data folder cannot be made or written."""


class FolderIsNotOurs(Conflict):
    """The data folder holds something that this service did not make."""


def nearest(home: Path) -> Path:
    """The folder itself, or what stands nearest above where it would be made."""
    return next(each for each in (home.resolve(), *home.resolve().parents) if each.exists())


def refuse_files(home: Path) -> None:
    """Raises: FolderCannotBeUsed, where a file stands in its place or above."""
    if not nearest(home).is_dir():
        raise FolderCannotBeUsed(
            f"{nearest(home)} is a file, and {home} cannot be a data folder. "
            "Name another folder: GEO_DATA_DIR=…"
        )


def within_reach(home: Path) -> Path:
    """`home` itself, or root's stand-in for it."""
    home = home.resolve()
    if os.geteuid() != 0 or all(_may_pass(folder, server_user(home)) for folder in home.parents):
        return home
    return STAND_INS / _digest(home)


def server_user(home: Path) -> pwd.struct_passwd:
    """As whom the server runs; root is never the answer.

    Raises: UserHasNoName; PostgresIsMissing, when root has nobody to lend it.
    """
    if mine := os.geteuid():
        return _user(mine)
    owner = next((f.stat().st_uid for f in (home / "cluster", home) if f.exists()), 0)
    if owner:
        return _user(owner)
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        raise PostgresIsMissing(
            f"PostgreSQL refuses to run as root, and there is no user “{SERVER_USER}” to lend it. "
            f"As root: {INSTALL}"
        ) from None


def owner_of(folder: Path) -> str:
    """Whose it is, by name if there is one."""
    try:
        return folder.owner()
    except KeyError:
        return f"user {folder.stat().st_uid}"


def open_home(home: Path) -> None:
    """Make it, or make sure that the server's user gets through it and no further.

    Raises: FolderIsNotYours, FolderCannotBeUsed.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0 and home.stat().st_uid == 0:
            home.chmod(stat.S_IMODE(home.stat().st_mode) | 0o011)
    except PermissionError:
        raise not_yours(home) from None
    except OSError as error:  # a file stands there, or the disk is full or only read
        raise FolderCannotBeUsed(
            f"{home} cannot be a data folder ({error.strerror}). "
            "Name another folder, on a disk with room: GEO_DATA_DIR=…"
        ) from None
    if not os.access(home, os.W_OK | os.X_OK):
        raise not_yours(home)


def not_yours(home: Path) -> FolderIsNotYours:
    """What to tell somebody who may not use it."""
    return FolderIsNotYours(
        f"{home} belongs to “{owner_of(nearest(home))}”. Run this as that user or as root, "
        "or name a folder of your own: GEO_DATA_DIR=…",
        folder=str(home),
    )


def keep_private(folder: Path, user: pwd.struct_passwd) -> None:
    """Make the folder, for that user alone.

    Raises: FolderIsNotYours, when somebody else was there first.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0 and folder.lstat().st_uid == 0:
        os.chown(folder, user.pw_uid, user.pw_gid, follow_symlinks=False)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.pw_uid:
        raise not_yours(folder)
    folder.chmod(0o700)


def socket_folder(home: Path) -> Path:
    """Beside the data, or under /tmp where that path is too long or would be read as a list."""
    beside = home / "socket"
    longest = len(os.fsencode(beside)) + len(f"/.s.PGSQL.{PORT}")
    if longest <= LONGEST_SOCKET_PATH and "," not in str(home):
        return beside
    return Path("/tmp") / f"geo-service-{_digest(home)}"  # noqa: S108 (made 0700, owner checked)


def _user(number: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(number)
    except KeyError:
        raise UserHasNoName(
            f"PostgreSQL runs only as a user who has a name, and user {number} has none on this "
            "machine. Run this as another user, or name a server in GEO_DATABASE_URL."
        ) from None


def _may_pass(folder: Path, user: pwd.struct_passwd) -> bool:
    if not folder.exists():
        return True
    found = folder.stat()
    if found.st_uid == user.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == user.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _digest(home: Path) -> str:
    return hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
