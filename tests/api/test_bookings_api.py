"""Booking over JSON, for residents and for the office."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.spaces.models import Booking, Space, Use, Wish
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.workflow.holding import book
from tests.people import a_person, come_in, on_staff
from tests.spaces import a_room, desks, tomorrow

API = "/api/v1"


@pytest.fixture
def ann(session: Session) -> Person:
    return a_person(session)


@pytest.fixture
def me(app: FastAPI, session: Session, ann: Person) -> Iterator[TestClient]:
    with come_in(app, session, ann) as client:
        yield client


@pytest.fixture
def room(session: Session) -> Space:
    return a_room(session, open_week=None)


def wish(space: Space, begins: float = 10, ends: float = 12, **also: Any) -> dict[str, Any]:
    span = tomorrow(begins, ends)
    assert span.lower
    assert span.upper
    times = {"begins_at": span.lower.isoformat(), "ends_at": span.upper.isoformat()}
    return {"space_id": str(space.id), **times, **also}


def made(me: TestClient, body: dict[str, Any], path: str = "/bookings") -> dict[str, Any]:
    answer = me.post(f"{API}{path}", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_hold_confirm_move_and_cancel(me: TestClient, room: Space) -> None:
    mine = made(me, wish(room))
    assert (mine["state"], mine["space"], len(mine["code"])) == ("held", room.title, 6)
    url = f"{API}/bookings/{mine['id']}"
    assert me.post(f"{url}/confirm").json()["state"] == "confirmed"
    times = {name: wish(room, 13, 14)[name] for name in ("begins_at", "ends_at")}
    assert me.patch(url, json=times).status_code == 200
    assert [b["id"] for b in me.get(f"{API}/bookings").json()] == [mine["id"]]
    assert me.delete(url).status_code == 204
    told = me.get(url).json()
    assert told["state"] == "cancelled"
    assert [e["deed"] for e in told["events"]] == ["hold", "confirm", "move", "cancel"]


def test_a_booking_sent_twice_is_made_once(me: TestClient, room: Space) -> None:
    key = {"Idempotency-Key": "tomorrow-at-ten"}
    body = wish(room, confirm=True)
    first, again = (me.post(f"{API}/bookings", json=body, headers=key) for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    other = me.post(f"{API}/bookings", json=wish(room, 13, 14), headers=key)
    assert other.status_code == 422


def test_what_is_taken_is_a_conflict_with_free_times(
    me: TestClient, session: Session, room: Space
) -> None:
    book(session, room.id, a_person(session), Wish(tomorrow(10, 12)), at=now())
    refused = me.post(f"{API}/bookings", json=wish(room))
    assert refused.status_code == 409
    problem = refused.json()
    assert problem["type"] == "/problems/slot-is-taken"
    assert len(problem["nearest"]) == 3
    begins, ends = problem["nearest"][0].split("/")
    times = {"begins_at": begins, "ends_at": ends}
    made(me, wish(room) | times)


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_anothers_booking_is_not_there(
    me: TestClient, session: Session, room: Space, method: str
) -> None:
    other = book(session, room.id, a_person(session), Wish(tomorrow(10, 12)), at=now())
    session.commit()
    times = {name: wish(room)[name] for name in ("begins_at", "ends_at")}
    body = {"json": times} if method == "patch" else {}
    answer = me.request(method, f"{API}/bookings/{other.id}", **body)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-booking")


def test_a_series_is_one_thing(me: TestClient, session: Session, room: Space) -> None:
    series = made(me, wish(room, times=3), "/series")
    url = f"{API}/series/{series['id']}"
    told = me.post(f"{url}/confirm").json()
    assert [b["state"] for b in told["bookings"]] == ["confirmed"] * 3
    assert [s["id"] for s in me.get(f"{API}/series").json()] == [series["id"]]
    clash = me.post(f"{API}/series", json=wish(room, times=2))
    assert clash.json()["dates"] == [b["begins_at"][:10] for b in told["bookings"]][:2]
    assert me.delete(url).status_code == 204
    assert {b["state"] for b in me.get(url).json()["bookings"]} == {"cancelled"}
    assert session


def test_a_desk_by_the_month(me: TestClient, session: Session) -> None:
    room = desks(session, 3, terms={"use": Use.MONTHLY})
    begins_on = (korean_day(now()) + timedelta(days=5)).isoformat()
    body = {"space_id": str(room.id), "begins_on": begins_on, "unit_no": 2}
    mine = made(me, body, "/subscriptions")
    assert (mine["unit_no"], mine["state"], mine["ends_at"]) == (2, "confirmed", None)
    assert [s["id"] for s in me.get(f"{API}/subscriptions").json()] == [mine["id"]]
    ended = me.post(f"{API}/subscriptions/{mine['id']}/notice").json()
    assert ended["ends_at"] is not None


def test_waiting_and_being_offered(
    me: TestClient, app: FastAPI, session: Session, room: Space
) -> None:
    bo = a_person(session)
    theirs = book(session, room.id, bo, Wish(tomorrow(10, 12)), at=now())
    session.commit()
    line = made(me, wish(room), "/waiting")
    with come_in(app, session, bo) as other:
        assert other.delete(f"{API}/bookings/{theirs.id}").status_code == 204
    (told,) = me.get(f"{API}/waiting").json()
    assert (told["id"], told["state"]) == (line["id"], "offered")
    offered = me.post(f"{API}/bookings/{told['booking_id']}/confirm")
    assert offered.json()["state"] == "confirmed"
    assert me.get(f"{API}/waiting").json() == []
    assert me.delete(f"{API}/waiting/{line['id']}").status_code == 204


def test_everybody_sees_when_it_is_free(visit: TestClient, session: Session) -> None:
    room = a_room(session)
    book(session, room.id, a_person(session), Wish(tomorrow(10, 12)), at=now())
    session.commit()
    day = (korean_day(now()) + timedelta(days=1)).isoformat()
    query = {"from": day, "days": 1, "minutes": 120}
    free = visit.get(f"{API}/spaces/{room.id}/free", params=query).json()
    assert [w["begins_at"][11:16] for w in free["windows"]] == ["09:00", "12:00"]
    assert free["slots"][0]["begins_at"][11:16] == "12:00"
    assert visit.get(f"{API}/spaces/{room.id}/terms").json()["min_minutes"] == 60


def test_the_door_knows_whose_slot_it_is(visit: TestClient, session: Session, ann: Person) -> None:
    room = a_room(session, open_week=None)
    hour = now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    span = tomorrow(10, 12)
    mine = book(session, room.id, ann, Wish(span), at=now())
    mine.during = type(span)(hour - timedelta(hours=1), hour + timedelta(hours=1))
    session.commit()
    url = f"{API}/spaces/{room.id}/slot"
    assert visit.get(url, params={"code": mine.code}).json()["valid"] is True
    wrong = "000000" if mine.code != "000000" else "111111"
    assert visit.get(url, params={"code": wrong}).json()["valid"] is False


def test_the_office_sets_terms_and_decides(
    me: TestClient, app: FastAPI, session: Session, room: Space, ann: Person
) -> None:
    with come_in(app, session, on_staff(session, room.office_id)) as officer:
        terms = {"needs_approval": True, "price_won": 3_000}
        assert officer.put(f"{API}/spaces/{room.id}/terms", json=terms).status_code == 200
        ask, also = (made(me, wish(room, 10 + n, 11 + n, confirm=True)) for n in range(2))
        waiting = officer.get(f"{API}/office/requests").json()
        assert [(b["id"], b["person"]) for b in waiting] == [
            (ask["id"], ann.name),
            (also["id"], ann.name),
        ]
        url = f"{API}/office/bookings"
        assert officer.post(f"{url}/{ask['id']}/approve").json()["state"] == "confirmed"
        no = officer.post(f"{url}/{also['id']}/decline", json={"words": "행사가 있어요."})
        assert no.json()["state"] == "declined"
        days = {"from": ask["begins_at"][:10], "days": 1}
        assert [b["id"] for b in officer.get(url, params=days).json()] == [ask["id"]]
        off = officer.post(f"{url}/{ask['id']}/call-off", json={})
        assert off.json()["state"] == "cancelled"
        told = officer.get(f"{url}/{ask['id']}").json()["events"]
        assert [event["deed"] for event in told] == ["hold", "confirm", "approve", "cancel"]


def test_another_offices_booking_is_not_there(
    app: FastAPI, session: Session, room: Space, ann: Person
) -> None:
    mine: Booking = book(session, room.id, ann, Wish(tomorrow(10, 12)), at=now())
    session.commit()
    with come_in(app, session, on_staff(session, a_room(session).office_id)) as officer:
        assert officer.get(f"{API}/office/bookings/{mine.id}").status_code == 404
        assert officer.put(f"{API}/spaces/{room.id}/terms", json={}).status_code == 404


@pytest.mark.parametrize(
    "terms",
    [{"step_minutes": 7}, {"min_minutes": 90, "max_minutes": 60}, {"min_minutes": 45}, {"cat": 1}],
)
def test_terms_that_contradict_themselves(
    app: FastAPI, session: Session, room: Space, terms: dict[str, int]
) -> None:
    with come_in(app, session, on_staff(session, room.office_id)) as officer:
        assert officer.put(f"{API}/spaces/{room.id}/terms", json=terms).status_code == 422
