"""A ring of hexagons with homes around the pilot's first dong centre."""

from h3.api import basic_int as h3
from sqlalchemy.orm import Session

from geo_service.areas.models import Area
from geo_service.clock import now
from geo_service.geo.cells import cell_of
from geo_service.neighbourhoods.files.figures import Figure
from geo_service.neighbourhoods.imports import Outcome, take_in
from tests.areas import a_district, inside

TOWN = sorted(h3.grid_disk(cell_of(inside(1)), 2))
"""Nineteen hexagons."""


def settled(session: Session, homes: int = 40) -> Outcome:
    """So many households live in each of them."""
    figures = [Figure(n, homes, cell=cell) for n, cell in enumerate(TOWN)]
    outcome = take_in(session, figures, at=now())
    session.commit()
    return outcome


def a_settled_district(session: Session) -> Area:
    """A district with neighbourhoods."""
    district = a_district(session)
    settled(session)
    return district


def within(cell: int, n: int = 0) -> int:
    """A hexagon of the size that reports are kept at, inside a larger one."""
    return int(sorted(h3.cell_to_children(cell, 10))[n % 7])
