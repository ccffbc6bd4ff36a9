"""The tables are what the models say."""

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from geo_service.db.embedded import Cluster
from geo_service.db.migrate import differences


def test_migrations_make_what_the_models_describe(cluster: Cluster, engine: Engine) -> None:
    assert engine.dialect.name == "postgresql"
    assert differences(cluster.url("geo_owner")) == []


HELD = """
    SELECT relname::text, held FROM pg_class,
        unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS held
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        AND has_table_privilege('geo_app', oid, held)
"""
"""What requests may do beyond reading."""


def test_the_service_may_do_to_tables_only_what_requests_do(session: Session) -> None:
    held = {(table, privilege) for table, privilege in session.execute(text(HELD))}
    assert {privilege for _, privilege in held} == {"INSERT", "UPDATE", "DELETE"}
    written = {table for table, _ in held}
    assert written.isdisjoint({"alembic_version", "spatial_ref_sys", "programme_use"})
    kept = {"import_row", "booking_event", "meeting_edition"}  # what was said stays said
    assert {privilege for table, privilege in held if table in kept} == {"INSERT"}
    assert session.scalar(text("SELECT current_user")) == "geo_app"
