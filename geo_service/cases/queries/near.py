"""Cases that may be about the same household: found by hexagon, never by distance."""

from collections.abc import Collection
from uuid import UUID

from h3.api import basic_int as h3
from sqlalchemy import Select, select

from geo_service.cases.queries import Rows
from geo_service.reports.models import CaseFile, Report, Stage


def cells_around(cell: int) -> list[int]:
    """A hexagon and the six beside it: some two hundred metres across."""
    return [int(each) for each in h3.grid_disk(cell, 1)]


def open_cases_around(cell: int, centre_id: UUID, *, but: Collection[UUID] = ()) -> Rows:
    """The open cases of a centre in a hexagon or beside it. Order: the latest first."""
    return (
        select(CaseFile)
        .where(
            CaseFile.cell.in_(cells_around(cell)),
            CaseFile.centre_id == centre_id,
            CaseFile.stage != Stage.CLOSED,
            CaseFile.id.not_in(but),
        )
        .order_by(CaseFile.opened_at.desc(), CaseFile.id)
        .limit(20)
    )


def first_reports_of(cases: Collection[UUID]) -> Select[Report]:
    """What was told of these cases. Order: as it was told."""
    return (
        select(Report)
        .where(Report.case_id.in_(cases), Report.place_sealed.is_not(None))
        .order_by(Report.told_at, Report.id)
    )
