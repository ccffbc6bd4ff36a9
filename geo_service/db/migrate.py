"""Bring a database to the tables of this version, and tell how far it is."""

from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine

from geo_service.db import shape
from geo_service.errors import Conflict

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


class SchemaIsNewer(Conflict):
    """The database was migrated by a newer version of this service."""


def migrate(owner_url: str) -> None:
    """Run the outstanding steps of `migrations/`. Safe to run twice, or at once.

    Raises: SchemaIsNewer.
    """
    with create_engine(owner_url, poolclass=NullPool).connect() as connection:
        pending(connection)
    command.upgrade(_config(owner_url), "head")


def pending(connection: Connection) -> tuple[str, ...]:
    """The steps that this database still waits for, first one first.

    Raises: SchemaIsNewer.
    """
    steps = _steps()
    done = MigrationContext.configure(connection).get_current_heads()
    if unknown := set(done) - set(steps):
        raise SchemaIsNewer(
            f"It has taken a step this version does not know: {', '.join(sorted(unknown))}. "
            "Install the version that it was migrated by."
        )
    return steps[max((steps.index(step) + 1 for step in done), default=0) :]


def differences(owner_url: str) -> list[str]:
    """Where the tables that the migrations made are not those that the models describe."""
    config = _config(owner_url)
    steps = ScriptDirectory.from_config(config)
    found: list[str] = []

    def compare(_revision: object, context: MigrationContext) -> list[Any]:
        assert context.connection is not None  # noqa: S101 (offline mode has none)
        found.extend(shape.differences(context.connection, context.opts["target_metadata"]))
        return []

    with EnvironmentContext(config, steps, fn=compare):
        steps.run_env()
    return found


@cache
def _steps() -> tuple[str, ...]:
    """Every step there is, first one first."""
    walk = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(step.revision for step in walk)[::-1]


def _config(url: str | None = None) -> Config:
    return Config(toml_file=_PROJECT, attributes={"url": url})
