"""Listings of a region, one listing, and counts by hexagon, over HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, AreaCode, Level, Register
from geo_service.clock import now
from geo_service.geo.cells import cell_of, parent_of
from geo_service.geo.place import Place
from tests.factories import HOME, a_job, a_space, an_office, days, walk

LISTINGS = "/api/v1/listings"
AROUND_HOME = "126.79,35.13,126.81,35.15"


def titles(answer: dict[str, Any]) -> set[str]:
    return {feature["properties"]["title"] for feature in answer["features"]}


def test_a_box_holds_what_lies_inside(visit: TestClient, session: Session) -> None:
    a_job(session, title="안")
    a_job(session, title="밖", place=walk(5_000))
    answer = visit.get(LISTINGS, params={"bbox": AROUND_HOME})
    assert answer.status_code == 200
    assert titles(answer.json()) == {"안"}


def test_a_box_may_cross_the_antimeridian(visit: TestClient, session: Session) -> None:
    a_job(session, title="피지", place=walk(10, start=Place(-16.8, 179.99)))
    a_job(session, title="광주")
    answer = visit.get(LISTINGS, params={"bbox": "179,-18,-179,-16"}).json()
    assert titles(answer) == {"피지"}


def test_pages_of_a_region_hold_everything_once(visit: TestClient, session: Session) -> None:
    office = an_office(session)
    for n in range(5):
        a_job(session, office_id=office.id, title=str(n))
    answer = visit.get(LISTINGS, params={"kind": "job", "limit": 2}).json()
    seen = [feature["properties"]["title"] for feature in answer["features"]]
    while answer["links"]:
        answer = visit.get(answer["links"][0]["href"]).json()
        seen += [feature["properties"]["title"] for feature in answer["features"]]
    assert sorted(seen) == ["0", "1", "2", "3", "4"]


def test_an_area_holds_its_parts_and_answers_to_old_codes(
    visit: TestClient, session: Session
) -> None:
    province = Area(level=Level.SIDO, register=Register.BOTH, name="시험도", full_name="시험도")
    session.add(province)
    session.flush()
    district = Area(
        level=Level.SIGUNGU,
        register=Register.BOTH,
        name="시험구",
        full_name="시험도 시험구",
        parent_id=province.id,
    )
    session.add(district)
    session.flush()
    old = Range(None, now().date())
    district.codes.append(AreaCode(code="99990", valid_during=old))
    session.flush()
    a_job(session, title="안", area_id=district.id)
    a_job(session, title="밖")
    assert titles(visit.get(LISTINGS, params={"area": "99990"}).json()) == {"안"}


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("bbox", {"bbox": "1,2,3"}),
        ("bbox", {"bbox": "a,b,c,d"}),
        ("bbox", {"bbox": "0,10,1,5"}),
        ("bbox", {"bbox": "-181,0,0,1"}),
        ("bbox", {"bbox": "nan,0,0,1"}),
        ("bbox", {"bbox": "0,0,inf,1"}),
        ("area", {"area": "00000"}),
        ("area", {"area": "x"}),
        ("kind.0", {"kind": "castle"}),
        ("cursor", {"cursor": "AAAA"}),
    ],
)
def test_bad_input_is_named(visit: TestClient, field: str, bad: dict[str, str]) -> None:
    answer = visit.get(LISTINGS, params=bad)
    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == [field]


def test_one_listing_tells_everything(visit: TestClient, session: Session) -> None:
    space = a_space(
        session,
        summary="조용한 방",
        open_week=[Range(540, 1080)],
        closed_days=["holiday"],
        equipment=["빔프로젝터"],
        how_to_book="전화",
    )
    answer = visit.get(f"{LISTINGS}/{space.id}")
    assert answer.status_code == 200
    told = answer.json()["properties"]
    assert told["summary"] == "조용한 방"
    assert told["week"][0] == {"day": "mon", "open": [["09:00", "18:00"]]}
    assert told["week"][1] == {"day": "tue", "open": []}
    assert told["equipment"] == ["빔프로젝터"]
    assert told["office_details"]["name"] == "송정1동 행정복지센터"
    assert (told["closed"], told["demo"]) == (False, False)


def test_a_closed_listing_says_so(visit: TestClient, session: Session) -> None:
    job = a_job(session, closed_at=now())
    assert visit.get(f"{LISTINGS}/{job.id}").json()["properties"]["closed"] is True


@pytest.mark.parametrize(
    "hidden", [{"visibility": "office"}, {"published_at": None}], ids=["private", "draft"]
)
def test_what_is_not_public_is_not_there(
    visit: TestClient, session: Session, hidden: dict[str, Any]
) -> None:
    job = a_job(session, **hidden)
    for id_ in (job.id, uuid4()):
        answer = visit.get(f"{LISTINGS}/{id_}")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-listing")


def test_hexagons_count_what_they_hold(visit: TestClient, session: Session) -> None:
    office = an_office(session)
    for metres in (0, 10, 20, 700):
        a_job(session, office_id=office.id, place=walk(metres))
    a_space(session, office_id=office.id)
    params = {"bbox": AROUND_HOME, "resolution": 7}
    answer = visit.get(f"{LISTINGS}/cells", params=params).json()
    counted = {f["id"]: f["properties"]["count"] for f in answer["features"]}
    assert sum(counted.values()) == 5
    assert counted[f"{parent_of(cell_of(HOME), 7):x}"] >= 4
    ring = answer["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    jobs = visit.get(f"{LISTINGS}/cells", params={**params, "kind": "job"}).json()
    assert sum(f["properties"]["count"] for f in jobs["features"]) == 4


def test_a_box_ends_where_it_says(visit: TestClient, session: Session) -> None:
    edge = 126.81
    a_job(session, title="밖", place=Place(HOME.lat, edge + 4e-6))
    a_job(session, title="안", place=Place(HOME.lat, edge - 4e-6))
    answer = visit.get(LISTINGS, params={"bbox": f"126.79,35.13,{edge},35.15"}).json()
    assert titles(answer) == {"안"}


def test_hexagons_of_half_the_earth_lie_on_the_right_half(
    visit: TestClient, session: Session
) -> None:
    a_job(session, place=Place(1.5, 0.0))
    a_job(session, place=Place(1.5, -170.0))
    params = {"bbox": "-100,0,130,3", "resolution": 3}
    (hexagon,) = visit.get(f"{LISTINGS}/cells", params=params).json()["features"]
    assert hexagon["id"] == f"{parent_of(cell_of(Place(1.5, 0.0)), 3):x}"


def test_a_job_whose_time_has_run_out_is_closed(visit: TestClient, session: Session) -> None:
    job = a_job(session, open_during=days(-3, -1))
    assert visit.get(f"{LISTINGS}/{job.id}").json()["properties"]["closed"] is True


def test_too_fine_a_grid_for_so_large_a_box_is_refused(visit: TestClient) -> None:
    for bbox in ("124,33,132,39", "-180,0,180,0", "180,-90,180,90", "-180,37,180,37"):
        answer = visit.get(f"{LISTINGS}/cells", params={"bbox": bbox, "resolution": 9})
        assert [e["field"] for e in answer.json()["errors"]] == ["resolution"], bbox
