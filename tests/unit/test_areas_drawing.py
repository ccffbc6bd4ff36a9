"""Map files as operators have them, and those that nobody could use."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo_service.areas.files.drawing import (
    HowToRead,
    NoCoordinateSystem,
    NotOutlines,
    OutsideKorea,
    RepeatedCode,
    UnusableCode,
    read_drawing,
)
from geo_service.areas.files.layers import NoSuchFile, NotAMap, SeveralLayers
from geo_service.areas.files.shapes import sketches
from geo_service.errors import Problem
from tests.mapfiles import a_map, in_grid, square

HERE = square(126.79, 35.13)
CODES = {"adm_cd2": ["2920051500"], "adm_nm": ["광주광역시 광산구 송정1동"]}


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "shp"])
def test_three_kinds_of_map_files_are_read_alike(tmp_path: Path, kind: str) -> None:
    (drawn,) = read_drawing(a_map(tmp_path / f"map.{kind}", [HERE], CODES))
    assert (drawn.code, drawn.name) == ("2920051500", "광주광역시 광산구 송정1동")
    assert drawn.outline.geom_type == "MultiPolygon"
    assert drawn.outline.hausdorff_distance(HERE) < 1e-7
    assert not drawn.was_repaired


@pytest.mark.parametrize("encoding", ["CP949", "UTF-8"])
def test_a_shapefile_of_the_national_grid_says_nothing_of_its_letters(
    tmp_path: Path, encoding: str
) -> None:
    columns = {"EMD_CD": ["29200101"], "EMD_KOR_NM": ["샾정동"]}
    grid = "EPSG:5179"
    path = a_map(tmp_path / "emd.shp", [in_grid(HERE, grid)], columns, grid=grid, encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    (drawn,) = read_drawing(path)
    assert drawn.name == "샾정동"
    assert drawn.outline.hausdorff_distance(HERE) < 1e-8


def test_a_zip_holds_a_shapefile(tmp_path: Path) -> None:
    path = a_map(tmp_path / "map.shp", [HERE], CODES, encoding="CP949")
    with zipfile.ZipFile(tmp_path / "map.zip", "w") as packed:
        for part in tmp_path.glob("map.*"):
            if part.suffix not in {".zip", ".cpg"}:
                packed.write(part, part.name)
    assert read_drawing(path.with_suffix(".zip"))[0].name == CODES["adm_nm"][0]


def test_a_code_that_a_spreadsheet_made_a_number_is_still_a_code(tmp_path: Path) -> None:
    for number in (2920051500, 2920051500.0):
        columns = {"code": [number], "name": ["송정1동"]}
        path = a_map(tmp_path / f"{type(number).__name__}.gpkg", [HERE], columns)
        assert read_drawing(path)[0].code == "2920051500"


def test_an_outline_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(126.7, 35.1), (126.8, 35.2), (126.8, 35.1), (126.7, 35.2)])
    (drawn,) = read_drawing(a_map(tmp_path / "map.geojson", [bow_tie], CODES))
    assert drawn.was_repaired
    assert drawn.outline.is_valid
    assert drawn.outline.area == pytest.approx(0.005)


def test_a_file_without_a_grid_is_read_when_it_is_named(tmp_path: Path) -> None:
    grid = "EPSG:5186"
    path = a_map(tmp_path / "map.shp", [in_grid(HERE, grid)], CODES, grid=grid)
    path.with_suffix(".prj").unlink()
    with pytest.raises(NoCoordinateSystem, match="--crs"):
        read_drawing(path)
    (drawn,) = read_drawing(path, HowToRead(grid=grid))
    assert drawn.outline.hausdorff_distance(HERE) < 1e-8
    with pytest.raises(NoCoordinateSystem, match="EPSG:1"):
        read_drawing(path, HowToRead(grid="EPSG:1"))


def test_one_of_several_layers_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = a_map(tmp_path / "map.gpkg", [HERE], CODES, layer="dongs")
    a_map(path, [HERE], {"code": ["29"], "name": ["광주"]}, layer="provinces", append=False)
    with pytest.raises(SeveralLayers, match="dongs, provinces"):
        read_drawing(path)
    assert read_drawing(path, HowToRead(layer="provinces"))[0].code == "29"
    with pytest.raises(NotAMap):
        read_drawing(path, HowToRead(layer="rivers"))


@pytest.mark.parametrize(
    ("problem", "shapes", "columns", "told"),
    [
        (RepeatedCode, [HERE, HERE], {"code": ["29", "29"], "name": ["가", "나"]}, "29"),
        (UnusableCode, [HERE], {"code": ["광산"], "name": ["가"]}, "1행 '광산'"),
        (UnusableCode, [HERE], {"code": [""], "name": ["가"]}, "1행"),
        (UnusableCode, [HERE], {"code": ["29"], "name": [" "]}, "1행"),
        (NotOutlines, [None], {"code": ["29"], "name": ["가동"]}, "가동"),
        (NotOutlines, [shapely.Polygon()], {"code": ["29"], "name": ["가동"]}, "가동"),
        (NotOutlines, [shapely.Point(127, 35)], {"code": ["29"], "name": ["가동"]}, "가동"),
        (OutsideKorea, [square(139.7, 35.6)], {"code": ["29"], "name": ["도쿄"]}, "도쿄"),
        (OutsideKorea, [square(35.1, 126.8)], {"code": ["29"], "name": ["거꾸로"]}, "거꾸로"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_in_words(
    tmp_path: Path,
    problem: type[Problem],
    shapes: list[Any],
    columns: dict[str, list[str]],
    told: str,
) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": json.loads(shapely.to_geojson(shape) or "null"),
        }
        for shape, code, name in zip(shapes, *columns.values(), strict=True)
    ]
    path = tmp_path / "map.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with pytest.raises(problem, match=told):
        read_drawing(path)


def test_a_map_of_nothing_is_refused(tmp_path: Path) -> None:
    path = a_map(tmp_path / "map.gpkg", [], {"code": [], "name": []})
    with pytest.raises(NotOutlines, match="하나도"):
        read_drawing(path)


def test_what_is_no_map_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile, match=r"none\.shp"):
        read_drawing(tmp_path / "none.shp")
    for name, content in (
        ("words.txt", b"hello"),
        ("words.geojson", b'{"type": "FeatureCollection", "features": [{'),
        ("words.shp", b"\0" * 200),
        ("words.zip", b"PK\3\4"),
        ("table.csv", "code,name\n29,광주\n".encode()),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NotAMap, match=name):
            read_drawing(tmp_path / name)


def test_letters_that_are_neither_utf8_nor_cp949_are_refused(tmp_path: Path) -> None:
    path = a_map(tmp_path / "map.shp", [HERE], {"code": ["29"], "name": ["QQQQ"]})
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace(b"QQQQ", b"\xff\xfe\xff\xff"))
    path.with_suffix(".cpg").unlink(missing_ok=True)
    with pytest.raises(NotAMap, match="CP949"):
        read_drawing(path)


def test_sketches_of_neighbours_still_meet() -> None:
    wavy = [(127 + 0.00002 * (n % 2), 35 + n / 10_000) for n in range(11)]
    west = shapely.MultiPolygon([shapely.Polygon([(126.99, 35.001), (126.99, 35.0), *wavy])])
    east = shapely.MultiPolygon([shapely.Polygon([(127.01, 35.0), (127.01, 35.001), *wavy[::-1]])])
    drawn = sketches([west, east])
    assert sum(map(shapely.get_num_coordinates, drawn)) < 15
    assert drawn[0].intersection(drawn[1]).area == 0
    assert shapely.union_all(drawn).geom_type == "Polygon"
