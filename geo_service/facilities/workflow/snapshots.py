"""What a batch writes over, kept as JSON, and how to put it back.

All else in the rows stays as it is when a batch is undone: others may have written it since, or
the column may be younger than the batch.
"""

from collections.abc import Mapping

from geo_service.facilities.models import Change
from geo_service.facilities.workflow.cells import FACILITY, LISTING, SPACE

_WRITTEN: dict[Change, dict[str, tuple[str, ...]]] = {
    Change.CHANGED: {
        "listing": (*LISTING, "closed_at"),
        "space": tuple(SPACE),
        "facility": (*FACILITY, "reference_on", "gone_on"),
    },
    Change.VANISHED: {"listing": ("closed_at",), "facility": ("gone_on",)},
}
"""What either change writes. A column that it does not write costs as much to keep as one it does:
whole rows would take a third of an import's time."""


def remember(change: Change) -> str:
    """The beginning of a statement, FROM a join of facility, listing and space, before they change.

    It needs the number of the `batch`.
    """
    kept = ", ".join(
        f"'{table}', jsonb_build_object({_told(table, columns)})"
        for table, columns in _WRITTEN[change].items()
    )
    return f"""
        INSERT INTO facility_change (batch_id, facility_id, change, before)
        SELECT :batch, facility.id, '{change}', jsonb_build_object({kept})
    """


def _told(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}', {table}.{name}" for name in ("id", *columns))


def _put_back(change: Change, written: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The statements that put back what such a change of a batch wrote over."""
    return tuple(
        f"""
        UPDATE {table} SET {", ".join(f"{name} = was.{name}" for name in columns)}
        FROM facility_change AS change,
             jsonb_populate_record(NULL::{table}, change.before -> '{table}') AS was
        WHERE change.batch_id = :batch AND change.change = '{change}' AND {table}.id = was.id
        """  # noqa: S608 (names of our own tables and columns)
        for table, columns in written.items()
    )


PUT_BACK = tuple(
    statement for change, written in _WRITTEN.items() for statement in _put_back(change, written)
)
"""Undoes what a batch changed or closed."""
