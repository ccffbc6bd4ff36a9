"""Rows as they were, kept as JSON, and how to put them back."""

from collections.abc import Iterable

from geo_service.facilities.workflow.cells import FACILITY, LISTING, SPACE

REMEMBER = """
    INSERT INTO facility_change (batch_id, facility_id, change, before)
    SELECT :batch, facility.id, :change, jsonb_build_object(
        'listing', to_jsonb(listing.*) - '{words,feature_head,plane}'::text[],
        'space', to_jsonb(space.*),
        'facility', to_jsonb(facility.*))
"""
"""Remembers the rows of a join of facility, listing and space, before they change."""


def _put_back(table: str, written: Iterable[str]) -> str:
    """The statement that puts what imports write in every remembered row back as it was.

    All else stays as it is: others may have written it since, or the column may be younger than
    the batch.
    """
    columns = ", ".join(f"{name} = was.{name}" for name in written)
    return f"""
        UPDATE {table} SET {columns}
        FROM facility_change AS change,
             jsonb_populate_record(NULL::{table}, change.before -> '{table}') AS was
        WHERE change.batch_id = :batch AND {table}.id = was.id
    """  # noqa: S608 (names of our own tables and columns)


PUT_BACK = (
    _put_back("listing", (*LISTING, "closed_at")),
    _put_back("space", SPACE),
    _put_back("facility", (*FACILITY, "reference_on", "gone_on")),
)
"""Undoes what a batch changed or closed."""
