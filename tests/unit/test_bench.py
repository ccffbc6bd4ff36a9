"""The benchmark counts right; what it measures is nobody's test."""

import pytest
from h3.api import basic_int as h3

from scripts.benchmarks import goals, synthetic
from scripts.benchmarks.goals import Outcome
from scripts.benchmarks.load import Turns
from scripts.benchmarks.measures import Rounds, Times, percentile, ratios


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0, 4.0], 0.5) == 3.0
    assert percentile([1.0], 0.99) == 1.0


def test_times_are_told_in_microseconds() -> None:
    assert Times.of([0.001, 0.002, 0.006]) == Times(p50=2000.0, p99=6000.0, mean=3000.0)


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([1.0, 20.0, 6.0], [2.0, 40.0, 4.0]) == Rounds(0.5, 0.5, 1.5)
    with pytest.raises(ValueError, match="shorter"):
        ratios([1.0, 2.0], [1.0])


def turns(per_s: float, p99_ms: float = 1.0) -> Turns:
    return Turns(per_s=[per_s], p99_ms=[p99_ms])


def test_goals_say_whether_they_are_met() -> None:
    measured = {
        16: {
            "floor": turns(1000, p99_ms=10),
            "ours": turns(600, p99_ms=31),
            "tipg bbox": turns(60),
            "FastAPI + Redis": turns(301),
            "ORM + ST_DWithin": turns(40),
        }
    }
    met = [outcome.met for outcome in goals.over_http(measured)]
    assert met == [True, True, False, True, False]
    assert goals.exact(1, 500) == Outcome("every answer exact", "1 of 500 wrong", met=False)
    assert goals.growth(1.0, 2.0).met
    assert not goals.loading((19_000.0,)).met


def test_places_are_the_same_in_every_run() -> None:
    assert synthetic.places(10, 50) == synthetic.places(10, 50)
    assert synthetic.places(10, 50) != synthetic.places(10, 50, seed=2)


def test_a_copied_country_lies_further_east() -> None:
    lat, lng = synthetic.centre(0)
    assert synthetic.centre(len(synthetic.CITIES)) == (lat, lng + synthetic.FURTHER_EAST)


def test_a_listing_lies_in_the_cell_it_names() -> None:
    first = next(synthetic.copy_lines(0)).decode().splitlines()[0].split("\t")
    row = dict(zip(synthetic.COLUMNS.split(", "), first, strict=True))
    lng, lat = map(float, row["place"].removeprefix("POINT(").removesuffix(")").split())
    assert int(row["cell"]) == h3.latlng_to_cell(lat, lng, 9)
    assert row["kind"] in synthetic.KINDS
