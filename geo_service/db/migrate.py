"""Bring a database to the tables of this version, and tell how far it is.

Alembic runs the steps, and each of them loads what it needs: as much as a whole command does.
Most starts find nothing to do, so the names of the steps are read without it.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, NullPool, create_engine, text

from geo_service.errors import Conflict

if TYPE_CHECKING:
    from alembic.config import Config

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"

_NAMES = re.compile(r'^revision = "(\w+)"\ndown_revision = (?:"(\w+)"|None)$', re.MULTILINE)
"""How a step says which it is, and which it follows."""


_STEPS = "migrations/versions/*.py"


class SchemaIsNewer(Conflict):
    """The database was migrated by a newer version of this service."""


def migrate(owner_url: str) -> None:
    """Run the outstanding steps of `migrations/`. Safe to run twice, or at once.

    Raises: SchemaIsNewer.
    """
    with create_engine(owner_url, poolclass=NullPool).connect() as connection:
        if not pending(connection):
            return
    from alembic import command  # noqa: PLC0415 (only where there is something to do)

    command.upgrade(_config(owner_url), "head")


def pending(connection: Connection) -> tuple[str, ...]:
    """The steps that this database still waits for, first one first.

    Raises: SchemaIsNewer.
    """
    steps = steps_in_order()
    begun = connection.scalar(text("SELECT to_regclass('alembic_version')"))
    done = set(connection.scalars(text("SELECT version_num FROM alembic_version")) if begun else ())
    if unknown := done - set(steps):
        raise SchemaIsNewer(
            f"It has taken a step this version does not know: {', '.join(sorted(unknown))}. "
            "Install the version that it was migrated by."
        )
    return steps[max((steps.index(step) + 1 for step in done), default=0) :]


def differences(owner_url: str) -> list[str]:
    """Where the tables that the migrations made are not those that the models describe."""
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415 (as above)
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    from geo_service.db import shape  # noqa: PLC0415

    config = _config(owner_url)
    steps = ScriptDirectory.from_config(config)
    found: list[str] = []

    def compare(_revision: object, context: Any) -> list[Any]:
        assert context.connection is not None  # noqa: S101 (offline mode has none)
        found.extend(shape.differences(context.connection, context.opts["target_metadata"]))
        return []

    with EnvironmentContext(config, steps, fn=compare):
        steps.run_env()
    return found


@cache
def steps_in_order() -> tuple[str, ...]:
    """Every step there is, first one first."""
    told = (_NAMES.search(path.read_text()) for path in _PROJECT.parent.glob(_STEPS))
    after = {follows: step for step, follows in (each.groups() for each in told if each)}
    steps = []
    step = after.get(None)
    while step:
        steps.append(step)
        step = after.get(step)
    return tuple(steps)


def _config(url: str | None = None) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 (as above)

    return Config(toml_file=_PROJECT, attributes={"url": url})
