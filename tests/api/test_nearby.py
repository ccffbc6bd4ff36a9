"""What is nearby, over HTTP."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.clock import now
from tests.factories import HOME, a_job, a_space, an_office, days, walk

NEARBY = "/api/v1/listings/nearby"
HERE = {"lat": HOME.lat, "lng": HOME.lng}


def titles(answer: dict[str, Any]) -> list[str]:
    return [feature["properties"]["title"] for feature in answer["features"]]


def test_everything_within_a_walk_comes_nearest_first(visit: TestClient, session: Session) -> None:
    a_job(session, place=walk(500), title="먼 일")
    a_space(session, place=walk(100, 90), title="가까운 방")
    answer = visit.get(NEARBY, params=HERE)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/geo+json"
    body = answer.json()
    assert (body["type"], body["numberReturned"], body["links"]) == ("FeatureCollection", 2, [])
    assert titles(body) == ["가까운 방", "먼 일"]
    room = body["features"][0]["properties"]
    assert room["distance_m"] == 100.0
    assert room["walk_minutes"] == 2
    assert room["capacity"] == 12
    assert room["office"] == "송정1동 행정복지센터"
    assert room["url"] == f"/spaces/{body['features'][0]['id']}"


def test_a_walk_ends_at_700_metres(visit: TestClient, session: Session) -> None:
    for metres in (699.9995, 700.0005):
        a_job(session, place=walk(metres, 33), title=str(metres))
    assert titles(visit.get(NEARBY, params=HERE).json()) == ["699.9995"]


def test_an_empty_circle_names_the_nearest_beyond(visit: TestClient, session: Session) -> None:
    a_job(session, place=walk(1_500, 10), title="조금 먼 일")
    a_job(session, place=walk(9_000, 10), title="아주 먼 일")
    answer = visit.get(NEARBY, params=HERE).json()
    assert answer["features"] == []
    beyond = answer["nearest_beyond"]["properties"]
    assert (beyond["title"], beyond["distance_m"], beyond["walk_minutes"]) == (
        "조금 먼 일",
        1500.0,
        22,
    )


def test_with_nothing_anywhere_there_is_nothing_beyond(visit: TestClient) -> None:
    assert visit.get(NEARBY, params=HERE).json()["nearest_beyond"] is None


def test_pages_follow_each_other_without_gap_or_repeat(visit: TestClient, session: Session) -> None:
    office = an_office(session)
    for n in range(7):
        a_job(session, office_id=office.id, place=walk(100 * (n // 2)), title=str(n))
    seen: list[str] = []
    url: str = NEARBY
    params: dict[str, float] | None = {**HERE, "limit": 2}
    for _ in range(4):
        answer = visit.get(url, params=params).json()
        seen += titles(answer)
        if not answer["links"]:
            break
        url, params = answer["links"][0]["href"], None
    assert sorted(seen) == [str(n) for n in range(7)]
    assert [int(n) // 2 for n in seen] == sorted(int(n) // 2 for n in seen)


def test_kinds_and_words_narrow_it(visit: TestClient, session: Session) -> None:
    a_job(session, title="책 정리 돕기")
    a_space(session, title="작은 도서관 모임방")
    assert titles(visit.get(NEARBY, params={**HERE, "kind": "space"}).json()) == [
        "작은 도서관 모임방"
    ]
    assert titles(visit.get(NEARBY, params={**HERE, "q": "작은도서관"}).json()) == [
        "작은 도서관 모임방"
    ]
    assert titles(visit.get(NEARBY, params={**HERE, "q": "책 없는말"}).json()) == []
    assert titles(visit.get(NEARBY, params={**HERE, "q": "100%"}).json()) == []


def test_open_at_asks_the_week_the_days_and_the_offer(visit: TestClient, session: Session) -> None:
    office = an_office(session)
    monday_nine_to_six = [Range(540, 1080)]
    a_space(session, office_id=office.id, title="월요일", open_week=monday_nine_to_six)
    a_space(
        session,
        office_id=office.id,
        title="휴일",
        open_week=monday_nine_to_six,
        closed_days=["mon-1"],
    )
    a_space(session, office_id=office.id, title="모름", open_week=[])
    a_space(session, office_id=office.id, title="언제나")
    monday = datetime(2026, 12, 7, 1, 0, tzinfo=UTC).isoformat()  # 10:00 in Korea, the first Monday
    found = titles(visit.get(NEARBY, params={**HERE, "open_at": monday}).json())
    assert sorted(found) == ["언제나", "월요일"]


def test_what_is_not_on_offer_is_not_found(visit: TestClient, session: Session) -> None:
    office = an_office(session)
    a_job(session, office_id=office.id, open_during=days(-2, -1))
    a_job(session, office_id=office.id, published_at=None)
    a_job(session, office_id=office.id, published_at=days(1, 2).lower)
    a_job(session, office_id=office.id, closed_at=now())
    a_job(session, office_id=office.id, visibility="office")
    assert visit.get(NEARBY, params=HERE).json()["features"] == []


def test_a_renamed_office_is_renamed_on_its_listings(visit: TestClient, session: Session) -> None:
    office = an_office(session)
    a_job(session, office_id=office.id)
    office.name = "송정1동 주민센터"
    session.commit()
    (feature,) = visit.get(NEARBY, params={**HERE, "q": "주민센터"}).json()["features"]
    assert feature["properties"]["office"] == "송정1동 주민센터"


def test_what_has_not_changed_is_not_sent_again(visit: TestClient, session: Session) -> None:
    a_job(session)
    first = visit.get(NEARBY, params=HERE)
    again = visit.get(NEARBY, params=HERE, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"].startswith("private")


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("lat", {"lat": None}),
        ("lat", {"lat": "nan"}),
        ("lat", {"lat": "91"}),
        ("lng", {"lng": "-inf"}),
        ("lng", {"lng": "181"}),
        ("within_m", {"within_m": "0"}),
        ("within_m", {"within_m": "5001"}),
        ("kind.0", {"kind": "castle"}),
        ("q", {"q": "\x00"}),
        ("q", {"q": "가" * 5_000}),
        ("open_at", {"open_at": "2026-11-21T10:00:00"}),
        ("limit", {"limit": "0"}),
        ("limit", {"limit": "99999999999999999999"}),
        ("open_at", {"open_at": "9999-12-31T23:59:59Z"}),
        ("open_at", {"open_at": "0001-01-01T00:00:00+23:00"}),
        ("cursor", {"cursor": "abc"}),
        ("cursor", {"cursor": "한글"}),
        ("pace", {"pace": "run"}),
        ("within", {"within": "5"}),
    ],
)
def test_bad_input_is_named(visit: TestClient, field: str, bad: dict[str, str | None]) -> None:
    params = {k: v for k, v in {**HERE, **bad}.items() if v is not None}
    answer = visit.get(NEARBY, params=params)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [e["field"] for e in answer.json()["errors"]] == [field]


async def _asked_raw(app: FastAPI, query: bytes) -> tuple[int, bytes]:
    """Status and body of a nearby request that no client would send."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": NEARBY, "raw_path": NEARBY.encode()}
    scope |= {"query_string": query, "headers": [], "scheme": "http", "server": ("test", 80)}
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


def test_a_million_characters_are_refused_by_name(app: FastAPI) -> None:
    query = b"lat=35.14&lng=126.79&q=" + b"a" * 1_000_000
    status, body = anyio.run(_asked_raw, app, query)
    assert status == 422
    assert [e["field"] for e in json.loads(body)["errors"]] == ["q"]
    assert len(body) < 1_000


@pytest.mark.parametrize("position", range(8))
def test_a_cursor_that_somebody_changed_is_refused(
    visit: TestClient, session: Session, position: int
) -> None:
    office = an_office(session)
    for _ in range(2):
        a_job(session, office_id=office.id)
    link = visit.get(NEARBY, params={**HERE, "limit": 1}).json()["links"][0]["href"]
    packed = bytearray(urlsafe_b64decode(link.split("cursor=")[1]))
    packed[position] ^= 0xFF
    cursor = urlsafe_b64encode(bytes(packed)).decode()
    answer = visit.get(NEARBY, params={**HERE, "limit": 1, "cursor": cursor})
    assert [e["field"] for e in answer.json()["errors"]] == ["cursor"]


def test_a_cursor_of_another_search_is_refused(visit: TestClient, session: Session) -> None:
    office = an_office(session)
    for _ in range(3):
        a_job(session, office_id=office.id)
    link = visit.get(NEARBY, params={**HERE, "limit": 2}).json()["links"][0]["href"]
    cursor = link.split("cursor=")[1]
    answer = visit.get(NEARBY, params={**HERE, "limit": 2, "within_m": 500, "cursor": cursor})
    assert answer.status_code == 422
