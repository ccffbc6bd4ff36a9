"""Bring a database to the shape that `geo_service.tables` describes, one step at a time.

A step gives up rather than block readers: 4 s for a lock, 30 s for a statement (one that needs
longer, as building an index concurrently, says so with SET LOCAL or in an autocommit block).
Programs that migrate at once take turns.

Write a step: alembic -x url=OWNER_URL revision --autogenerate -m "what it is about"
"""

import time
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection, NullPool, create_engine, func, select, text
from sqlalchemy.types import TypeDecorator

from geo_service import tables
from geo_service.confidential.models import SCHEMA
from geo_service.confidential.sealing import SealedType
from geo_service.geo.columns import PlanePoint

_TURN = func.hashtext("migrations")


def render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write the column type of the day, not our class: old steps must not change with it."""
    if isinstance(item, PlanePoint):
        autogen.imports.add("from geo_service.geo.columns import PlanePoint")
        return "PlanePoint()"
    if isinstance(item, SealedType):
        autogen.imports.add("from geo_service.confidential.sealing import SealedType")
        return "SealedType()"
    item = item.impl_instance if isinstance(item, TypeDecorator) else item
    return alembic_helpers.render_item(kind, item, autogen)


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a schema is one of those that our models describe."""
    return kind != "schema" or name in {None, SCHEMA}


def take_turn(connection: Connection) -> None:
    """Wait until nobody else migrates; the turn ends with the connection.

    Asks again and again: one who waited inside PostgreSQL would hold a snapshot, for which
    CREATE INDEX CONCURRENTLY of the one before would wait in return.
    """
    while not connection.scalar(select(func.pg_try_advisory_lock(_TURN))):
        connection.rollback()
        time.sleep(0.1)


def show_version(connection: Connection) -> None:
    """Let the service see which step its database is at."""
    connection.execute(text("GRANT SELECT ON alembic_version TO geo_app"))


def migrate(connection: Connection) -> None:
    """Run the outstanding steps, one transaction each."""
    take_turn(connection)
    connection.execute(text("SET lock_timeout = '4s'; SET statement_timeout = '30s'"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=tables.complete(),
        render_item=render,
        include_object=alembic_helpers.include_object,
        include_schemas=True,
        include_name=is_ours,
        compare_server_default=True,
        transaction_per_migration=True,
        on_version_apply=lambda ctx, **_: show_version(ctx.connection),
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


url = context.config.attributes.get("url") or context.get_x_argument(as_dictionary=True)["url"]
with create_engine(url, poolclass=NullPool).connect() as connection:
    migrate(connection)
