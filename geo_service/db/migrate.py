"""Bring a database to the tables of this version, and tell how far it is.

Alembic runs the steps, and each of them loads what it needs: as much as a whole command does.
Most starts find nothing to do, so the names of the steps are read without it.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import ProgrammingError

from geo_service.errors import Conflict, NotAllowed

if TYPE_CHECKING:
    from alembic.config import Config

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"

_NAMES = re.compile(r'^revision = "(\w+)"\ndown_revision = (?:"(\w+)"|None)$', re.MULTILINE)
"""How a step says which it is, and which it follows."""


_STEPS = "migrations/versions/*.py"


EXTENSIONS = ("postgis", "pg_trgm", "btree_gist")
"""Made by `bootstrap.sql`."""

ROLES = ("geo_owner", "geo_app", "geo_reports")
"""The same."""

_LACKS = text("""
    SELECT name FROM unnest(:extensions ::text[]) name
    WHERE name NOT IN (SELECT extname FROM pg_extension)
    UNION ALL
    SELECT name FROM unnest(:roles ::text[]) name WHERE name NOT IN (SELECT rolname FROM pg_roles)
""")
_WHO = text("SELECT current_user, has_schema_privilege('public', 'CREATE')")


class SchemaIsNewer(Conflict):
    """The database was migrated by a newer version of this service."""


class DatabaseIsBare(Conflict):
    """As superuser, run geo_service/db/bootstrap.sql in this database first."""


class WrongLogin(NotAllowed):
    """This login may not look at the tables of the service."""


def migrate(owner_url: str) -> None:
    """Run the outstanding steps of `migrations/`. Safe to run twice, or at once.

    Raises: SchemaIsNewer, DatabaseIsBare, WrongLogin.
    """
    engine = create_engine(owner_url, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        if not pending(connection):
            return
        _check(connection)
    from alembic import command  # noqa: PLC0415 (only where there is something to do)

    command.upgrade(_config(owner_url), "head")


def _check(connection: Connection) -> None:
    """Whether the steps can be taken. Raises: DatabaseIsBare, WrongLogin."""
    wanted = {"extensions": list(EXTENSIONS), "roles": list(ROLES)}
    if lacks := connection.scalars(_LACKS, wanted).all():
        raise DatabaseIsBare(f"{DatabaseIsBare.title()} It lacks {', '.join(lacks)}.")
    role, may_make_tables = connection.execute(_WHO).one()
    if not may_make_tables:
        raise WrongLogin(
            f"“{role}” may not make tables. Sign in as geo_owner in GEO_OWNER_DATABASE_URL."
        )


def pending(connection: Connection) -> tuple[str, ...]:
    """The steps that this database still waits for, first one first.

    Raises: SchemaIsNewer, WrongLogin.
    """
    steps = steps_in_order()
    begun = connection.scalar(text("SELECT to_regclass('alembic_version')"))
    done = _done(connection) if begun else set()
    if unknown := done - set(steps):
        raise SchemaIsNewer(
            f"It has taken a step this version does not know: {', '.join(sorted(unknown))}. "
            "Install the version that it was migrated by."
        )
    return steps[max((steps.index(step) + 1 for step in done), default=0) :]


def _done(connection: Connection) -> set[str]:
    role = connection.scalar(text("SELECT current_user"))
    try:
        return set(connection.scalars(text("SELECT version_num FROM alembic_version")))
    except ProgrammingError as error:
        if not isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            raise
        raise WrongLogin(
            f"“{role}” may not look at the tables. Sign in as geo_app in GEO_DATABASE_URL, "
            "and as geo_owner in GEO_OWNER_DATABASE_URL."
        ) from None


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
