"""The exact shape of tables, as PostgreSQL itself describes it.

Alembic compares neither CHECK and EXCLUDE constraints nor generated columns and operator
classes. Here PostgreSQL makes the models' tables too, in a schema that is rolled back, and its
own words about both are compared, schema by schema.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, MetaData, text

_SCRATCH = "made_by_models"
"""Where the models' tables are made; those of another schema in `made_by_models_` and its name."""

_SHAPE = text("""
    WITH here AS (
        SELECT c.oid, c.relname FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
          AND c.relname <> 'alembic_version'
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    )
    SELECT concat_ws(' ', 'column', relname || '.' || attname, format_type(atttypid, atttypmod),
                     CASE WHEN attnotnull THEN 'not null' END,
                     CASE attidentity WHEN 'a' THEN 'always identity' WHEN 'd' THEN 'identity' END,
                     CASE WHEN attgenerated <> '' THEN 'generated' WHEN adbin IS NOT NULL
                          THEN 'default' END,
                     pg_get_expr(adbin, adrelid))
    FROM here JOIN pg_attribute ON attrelid = oid AND attnum > 0 AND NOT attisdropped
         LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    UNION ALL
    SELECT concat_ws(' ', 'constraint', relname || '.' || conname,
                     pg_get_constraintdef(pg_constraint.oid, true))
    FROM here JOIN pg_constraint ON conrelid = here.oid AND contype NOT IN ('n', 't')
    UNION ALL
    SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid, 0, true))
    FROM here JOIN pg_index ON indrelid = oid
    WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
""")


def differences(connection: Connection, models: MetaData) -> list[str]:
    """What the database has and the models lack (`-`), and the other way round (`+`)."""
    scratch = connection.begin_nested()
    try:
        own = sorted({table.schema for table in models.tables.values() if table.schema})
        made = {"public": _SCRATCH} | {name: f"{_SCRATCH}_{name}" for name in own}
        in_database = _shape_of(connection, made.keys(), own)
        for schema in made.values():
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        connection.execute(text(f"SET LOCAL search_path = {_SCRATCH}, public"))
        connection.execution_options(schema_translate_map={name: made[name] for name in own})
        models.create_all(connection, checkfirst=False)
        connection.execution_options(schema_translate_map=None)
        in_models = _shape_of(connection, made.values(), own)
    finally:
        scratch.rollback()
    only = [f"- {line}" for line in in_database - in_models]
    return sorted(only + [f"+ {line}" for line in in_models - in_database], key=lambda s: s[2:])


def _shape_of(connection: Connection, schemas: Iterable[str], also: Iterable[str]) -> set[str]:
    """Everything in `schemas`; types in `also` are named without their schema."""
    found: set[str] = set()
    for schema in schemas:
        path = ", ".join((schema, *also, "public"))
        connection.execute(text(f"SET LOCAL search_path = {path}"))
        found.update(connection.scalars(_SHAPE))
    return found
