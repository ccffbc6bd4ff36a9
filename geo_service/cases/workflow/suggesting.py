"""Which cases may be about the same household."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.cases.queries.near import first_reports_of, open_cases_around
from geo_service.cases.workflow.reading import LookInto
from geo_service.geo.ellipsoid import metres_between
from geo_service.geo.place import Place
from geo_service.reports.models import Report, Stage
from geo_service.reports.workflow.opening import opened


@dataclass(frozen=True, slots=True)
class Near:
    """An open case nearby."""

    id: UUID
    number: str
    stage: Stage
    opened_at: datetime
    metres: float


def near(
    session: Session,
    look_into: LookInto,
    reports: Collection[Report],
    *,
    but: Collection[UUID] = (),
) -> Sequence[Near]:
    """The open cases of the same centre around these reports. Order: nearest first."""
    found: dict[UUID, Near] = {}
    for report in reports:
        if report.cell is None:
            continue
        here = opened(look_into("report", report.id, report.centre_id), report).place
        cases = session.scalars(open_cases_around(report.cell, report.centre_id, but=but)).all()
        places = _places(session, look_into, [case.id for case in cases])
        for case in cases:
            for there in places.get(case.id, []):
                metres = metres_between(here, there) if here else 0.0
                if case.id not in found or metres < found[case.id].metres:
                    found[case.id] = Near(case.id, case.number, case.stage, case.opened_at, metres)
    return sorted(found.values(), key=lambda each: each.metres)


def _places(
    session: Session, look_into: LookInto, cases: Collection[UUID]
) -> dict[UUID, list[Place]]:
    places: dict[UUID, list[Place]] = {}
    for report in session.scalars(first_reports_of(cases)):
        seal = look_into("place", report.id, report.centre_id)
        place = opened(seal, report).place
        if report.case_id is not None and place is not None:
            places.setdefault(report.case_id, []).append(place)
    return places
