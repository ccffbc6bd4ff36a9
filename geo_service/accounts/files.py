"""The file that holds the service's secret, where nobody named one."""

import os
from base64 import b64decode, b64encode
from pathlib import Path
from secrets import token_bytes
from uuid import uuid4

NAME = "secret.key"
_BYTES = 32


def secret_kept_in(folder: Path) -> bytes:
    """The secret of a data folder, made when there is none; only its owner can read it.

    Written beside, then linked to its name: of two who start at once, the first one's stays.
    """
    path = folder / NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{uuid4()}"
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
            f.write(b64encode(token_bytes(_BYTES)) + b"\n")
            os.fsync(f.fileno())
        try:
            path.hardlink_to(unfinished)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return b64decode(path.read_bytes())
