"""Rows as they were, kept as JSON, and how to put them back."""

from sqlalchemy import Table

from geo_service.facilities.models import Facility
from geo_service.listings.models import Listing
from geo_service.spaces.models import Space

_FOLLOWING = frozenset({"updated_at", "words", "feature_head"})
"""Columns that a trigger writes. `updated_at` moves on even when a row is put back: what was
cached of it in between is stale."""

REMEMBER = """
    INSERT INTO facility_change (batch_id, facility_id, change, before)
    SELECT :batch, facility.id, :change, jsonb_build_object(
        'listing', to_jsonb(listing.*) - '{words,feature_head,plane}'::text[],
        'space', to_jsonb(space.*),
        'facility', to_jsonb(facility.*))
"""
"""Remembers the rows of a join of facility, listing and space, before they change."""


def _put_back(table: Table) -> str:
    """The statement that puts every remembered row of a table back as it was."""
    kept = [
        column.name
        for column in table.columns
        if not column.primary_key and column.computed is None and column.name not in _FOLLOWING
    ]
    columns = ", ".join(f"{name} = was.{name}" for name in kept)
    return f"""
        UPDATE {table.name} SET {columns}
        FROM facility_change AS change,
             jsonb_populate_record(NULL::{table.name}, change.before -> '{table.name}') AS was
        WHERE change.batch_id = :batch AND {table.name}.id = was.id
    """  # noqa: S608 (names of our own tables and columns)


PUT_BACK = tuple(
    _put_back(model.metadata.tables[model.__tablename__]) for model in (Listing, Space, Facility)
)
