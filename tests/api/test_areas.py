"""Areas over HTTP."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, Register
from tests.areas import DRAWN_ON, a_district, a_dong, an_area, inside, plot, share
from tests.factories import an_office

AREAS = "/api/v1/areas"


def query(column: float) -> dict[str, float]:
    place = inside(column)
    return {"lat": place.lat, "lng": place.lng}


@pytest.fixture
def dong(session: Session) -> Area:
    """An administrative dong with an outline."""
    return a_dong(session, a_district(session), "하나동", "51000", shape=plot(0))


@pytest.mark.parametrize(
    "words",
    [
        "Hana-dong",
        "hanadong",
        "HANA",
        "Siheom-gu Hana-dong",
        "Hana-dong, Siheom-gu",
        "Hana-dong, Siheom-gu, Busan",
    ],
)
def test_an_area_is_found_by_its_name_in_latin_letters(
    visit: TestClient, dong: Area, words: str
) -> None:
    found = visit.get(AREAS, params={"q": words}).json()["areas"]
    assert [area["id"] for area in found] == [dong.id]


def test_an_area_tells_its_names_codes_and_what_is_around_it(visit: TestClient, dong: Area) -> None:
    answer = visit.get(AREAS, params={"q": "하나"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {
        "areas": [
            {
                "id": dong.id,
                "level": "dong",
                "register": "administrative",
                "name": "하나동",
                "full_name": "부산광역시 시험구 하나동",
                "aliases": ["부산 시험구 하나동"],
                "codes": ["2699051000"],
                "parents": ["부산광역시", "시험구"],
                "source": "시험",
                "reference_on": DRAWN_ON.isoformat(),
            }
        ]
    }


def test_only_codes_in_force_are_told(visit: TestClient, session: Session) -> None:
    merged = date(2026, 7, 1)
    an_area(session, "부산광역시", ("26", Range(None, merged)), ("13", Range(merged, None)))
    (area,) = visit.get(AREAS, params={"q": "부산"}).json()["areas"]
    assert area["codes"] == ["13"]


def test_level_and_limit_narrow_it(visit: TestClient, dong: Area) -> None:
    def names(**params: Any) -> list[str]:
        found = visit.get(AREAS, params={"q": "부산", **params}).json()["areas"]
        return [area["name"] for area in found]

    assert names() == ["부산광역시", "시험구", dong.name]
    assert names(level="sigungu") == ["시험구"]
    assert names(limit=1) == ["부산광역시"]


def test_what_the_client_has_is_not_sent_again(visit: TestClient, dong: Area) -> None:
    for url, params in ((AREAS, {"q": dong.name}), (f"{AREAS}/at", query(0))):
        etag = visit.get(url, params=params).headers["etag"]
        again = visit.get(url, params=params, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_a_place_tells_its_areas_and_who_answers(
    visit: TestClient, session: Session, dong: Area
) -> None:
    place = inside(0.2)
    office = an_office(
        session, name="하나동 센터", place=place, phone="+82629601234", answers_for_id=dong.id
    )
    answer = visit.get(f"{AREAS}/at", params=query(0)).json()
    assert [area["name"] for area in answer["areas"]] == ["하나동", "시험구"]
    assert answer["centre"] == {
        "id": str(office.id),
        "name": "하나동 센터",
        "address": None,
        "place": {"lat": place.lat, "lng": place.lng},
        "phone": "+82629601234",
        "dong": "하나동",
        "confirmed": True,
    }


def test_an_answer_from_legal_dongs_alone_is_unconfirmed(
    visit: TestClient, session: Session, dong: Area
) -> None:
    district = dong.parent
    assert district is not None
    legal = a_dong(session, district, "옛동", "10100", register=Register.LEGAL, shape=plot(2))
    share(session, legal, dong)
    an_office(session, answers_for_id=dong.id)
    centre = visit.get(f"{AREAS}/at", params=query(2)).json()["centre"]
    assert (centre["dong"], centre["confirmed"], centre["place"]) == ("하나동", False, None)


def test_outside_there_is_nothing(visit: TestClient) -> None:
    assert visit.get(f"{AREAS}/at", params={"lat": -90, "lng": 180}).json() == {
        "areas": [],
        "centre": None,
    }


@pytest.mark.parametrize(
    ("path", "params", "field"),
    [
        ("", {}, "q"),
        ("", {"q": ""}, "q"),
        ("", {"q": "가" * 61}, "q"),
        ("", {"q": "가\0나"}, "q"),
        ("", {"q": "가", "limit": 0}, "limit"),
        ("", {"q": "가", "limit": 51}, "limit"),
        ("", {"q": "가", "limit": "many"}, "limit"),
        ("", {"q": "가", "level": "galaxy"}, "level"),
        ("", {"q": "가", "colour": "red"}, "colour"),
        ("/at", {"lat": 35}, "lng"),
        ("/at", {"lat": "nan", "lng": 126}, "lat"),
        ("/at", {"lat": 35, "lng": 181}, "lng"),
        ("/at", {"lat": 1e400, "lng": 126}, "lat"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(
    visit: TestClient, path: str, params: dict[str, Any], field: str
) -> None:
    answer = visit.get(f"{AREAS}{path}", params=params)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("q", ["%", "_", "\\", "'; DROP TABLE area; --", "😀", " ", "ㅎ"])
def test_any_words_may_be_asked(visit: TestClient, dong: Area, q: str) -> None:
    assert dong.id
    answer = visit.get(AREAS, params={"q": q})
    assert (answer.status_code, answer.json()) == (200, {"areas": []})
