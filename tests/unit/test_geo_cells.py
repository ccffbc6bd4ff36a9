"""Hexagons as integers: parents, children and outlines, pentagons included."""

import pytest
from h3.api import basic_int as h3

from geo_service.geo.cells import (
    RESOLUTION,
    cell_centre,
    cell_of,
    cell_outline,
    children_range,
    parent_bits,
    parent_of,
)
from geo_service.geo.place import Place

GWANGSAN = Place(35.1395, 126.7937)
PENTAGONS = h3.get_pentagons(RESOLUTION)
BIGINT = range(1 << 63)


@pytest.mark.parametrize("resolution", range(5, RESOLUTION + 1))
@pytest.mark.parametrize("cell", [cell_of(GWANGSAN), *PENTAGONS])
def test_a_range_of_children_is_exact(cell: int, resolution: int) -> None:
    parent = parent_of(cell, resolution)
    children = h3.cell_to_children(parent, RESOLUTION)
    assert children_range(parent) == (min(children), max(children))


@pytest.mark.parametrize("resolution", range(RESOLUTION + 1))
def test_parents_are_read_off_the_bits(resolution: int) -> None:
    keep, put = parent_bits(resolution)
    assert keep in BIGINT
    assert put in BIGINT
    cells = h3.grid_disk(cell_of(GWANGSAN), 20)
    for pentagon in PENTAGONS:
        cells += h3.grid_disk(pentagon, 5)
    assert [cell & keep | put for cell in cells] == [
        h3.cell_to_parent(cell, resolution) for cell in cells
    ]


def test_cells_fit_into_a_bigint() -> None:
    assert all(cell in BIGINT for cell in [cell_of(GWANGSAN), *PENTAGONS])


def test_the_cell_of_a_place_never_changes() -> None:
    assert cell_of(GWANGSAN) == 617_851_193_869_467_647


def test_an_outline_is_a_closed_ring() -> None:
    outline = cell_outline(cell_of(GWANGSAN))
    assert len(outline) == 7
    assert outline[0] == outline[-1]
    assert cell_centre(cell_of(GWANGSAN)).lat == pytest.approx(
        sum(corner.lat for corner in outline[1:]) / 6, abs=1e-6
    )


def test_a_pentagon_has_its_corners_twice_where_faces_meet() -> None:
    assert {len(cell_outline(pentagon)) for pentagon in PENTAGONS} == {11}
