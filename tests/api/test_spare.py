"""Two free hours: jobs and rooms in one list, what is no chance, and how much is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.geo.nearby import Circle
from geo_service.geo.place import Place
from geo_service.jobs.models import Job
from geo_service.listings.queries.visible import open_values
from geo_service.spaces.models import Use, Wish
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.workflow.holding import book
from geo_service.spare.models import Asking
from geo_service.spare.queries import chances, next_chance
from geo_service.spare.queries.near import MOST_ROOMS, jobs_near, rooms_near
from tests.factories import HOME, a_job, an_office, walk
from tests.people import a_person
from tests.plans import plan_of
from tests.shifts import weekly
from tests.spaces import MONDAY, a_room, at, hours
from tests.urgent import a_call

EVERYWHERE = {"open_week": None}
"""For rooms that are open whenever the test runs."""


def asking(hour: float = 10, minutes: int = 120, day: int = 0) -> Asking:
    return Asking(HOME, minutes, at(hour, day))


def found(session: Session, asked: Asking) -> list[tuple[str, int, int]]:
    """Title, hour of beginning and minutes of walking of every chance."""
    return [
        (one.listing.title, round((one.begins_at - at(0)).total_seconds() / 60), one.walk_minutes)
        for one in chances(session, asked)
    ]


def a_morning(session: Session, begins: str, ends: str, **said: Any) -> Job:
    """Work on that Monday."""
    usual = {
        "works_from": MONDAY.date(),
        "works_until": MONDAY.date(),
        "open_week": weekly({0: [f"{begins}-{ends}"]}),
        "published_at": MONDAY - timedelta(days=3),
    }
    return a_job(session, **usual | said)


def test_jobs_and_rooms_stand_in_one_list_by_their_walk(session: Session) -> None:
    a_room(session, title="먼 방", place=walk(600))
    a_morning(session, "10:30", "12:00", title="책 정리", place=walk(300))
    a_room(session, title="가까운 방", place=walk(100))
    assert found(session, asking()) == [
        ("가까운 방", 630, 2),
        ("책 정리", 630, 5),
        ("먼 방", 630, 9),
    ]


def test_work_fits_only_if_one_can_walk_there_and_be_done(session: Session) -> None:
    a_morning(session, "10:05", "11:00", place=walk(700))
    a_morning(session, "10:30", "13:00")
    a_morning(session, "09:30", "11:00")
    a_morning(session, "10:30", "11:00", place=walk(1_050))
    a_morning(session, "10:30", "11:00", closed_at=at(9))
    a_morning(session, "10:30", "11:00", title="내일", works_from=at(0, 1).date(), works_until=None)
    assert found(session, asking()) == []
    assert len(found(session, asking(minutes=180))) == 1


def test_a_call_that_rings_is_a_chance_whenever_it_begins(session: Session) -> None:
    call = a_call(session, at(10), hours=5, title="급식 돕기")
    (one,) = chances(session, asking())
    assert (one.is_urgent, one.begins_at, one.ends_at) == (True, call.needed_at, None)
    assert chances(session, asking(16)) == []


def test_rooms_are_free_soon_for_the_whole_time(session: Session) -> None:
    taken, short = a_room(session), a_room(session, title="한 시간", terms={"max_minutes": 60})
    book(session, taken.id, a_person(session), Wish(hours(11, 12)), at=MONDAY)
    for terms in (
        {"bookable": False},
        {"use": Use.MONTHLY},
        {"min_minutes": 180},
        {"notice_minutes": 90},
        {"max_minutes": 30, "min_minutes": 30},
    ):
        a_room(session, terms=terms)
    a_room(session, open_week=weekly({0: ["14:00-18:00"]}))
    (one,) = chances(session, asking())
    assert (one.listing.id, one.ends_at - one.begins_at) == (short.id, timedelta(hours=1))
    assert {c.listing.id for c in chances(session, asking(12))} >= {taken.id, short.id}


def test_where_there_is_nothing_now_the_next_is_named(session: Session) -> None:
    room = a_room(session, place=walk(500))
    assert chances(session, asking(22)) == []
    coming = next_chance(session, asking(22))
    assert coming is not None
    assert (coming.listing.id, coming.begins_at) == (room.id, at(9, 1))
    job = a_morning(session, "08:00", "09:00", works_until=(MONDAY + timedelta(days=1)).date())
    job.open_week = weekly({1: ["08:00-09:00"]})
    session.commit()
    sooner = next_chance(session, asking(22))
    assert sooner is not None
    assert (sooner.listing.id, sooner.begins_at) == (job.id, at(8, 1))
    assert next_chance(session, Asking(Place(34, 124), 120, at(22))) is None


@pytest.mark.parametrize("lat", [90, -90, 89.9999])
def test_at_the_ends_of_the_earth_there_is_nothing(session: Session, lat: float) -> None:
    pole = Asking(Place(lat, 0), 120, at(10))
    assert (chances(session, pole), next_chance(session, pole)) == ([], None)


@contextmanager
def counted(connection: Connection) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection, "before_cursor_execute", note)


def test_no_more_rooms_are_looked_at_than_the_nearest_few(
    session: Session, connection: Connection
) -> None:
    office = an_office(session)
    for n in range(MOST_ROOMS + 6):
        a_room(session, office_id=office.id, place=walk(10 + n))
    session.expunge_all()
    with counted(connection) as sent:
        assert len(chances(session, asking())) == MOST_ROOMS
    assert len(sent) <= 2 * MOST_ROOMS + 3


def test_both_are_found_along_the_plane(session: Session) -> None:
    values = {"at": at(10), **Circle(HOME, 1_000).binds, **open_values(at(10))}
    for question in (jobs_near(korean_day(at(10))), rooms_near(open_at=True)):
        plan = plan_of(session, question.params(**values))
        assert "listing_plane_idx" in plan
        assert "Seq Scan on listing" not in plan


def test_programs_get_geojson(session: Session, visit: TestClient) -> None:
    room = a_room(session, terms={"price_won": 3_000}, **EVERYWHERE)
    told = visit.get("/api/v1/now", params={"lat": HOME.lat, "lng": HOME.lng, "minutes": 60})
    assert told.headers["content-type"] == "application/geo+json"
    (feature,) = told.json()["features"]
    assert feature["id"] == str(room.id)
    assert feature["properties"]["cost_won"] == 3_000
    assert feature["properties"]["walk_minutes"] == 1
    empty = visit.get("/api/v1/now?lat=34&lng=124").json()
    assert (empty["numberReturned"], empty["features"], empty["next"]) == (0, [], None)
    for wrong in ("minutes=30", "minutes=999", "lat=91", "pace=fast", "more=1"):
        assert visit.get(f"/api/v1/now?lat=35&lng=126&{wrong}").status_code == 422


def test_the_page_shows_them_and_carries_its_question(session: Session, visit: TestClient) -> None:
    room = a_room(session, title="모임방", **EVERYWHERE)
    a_job(session, urgent_until=now() + timedelta(hours=2))
    here = f"lat={HOME.lat}&lng={HOME.lng}"
    korean, english = visit.get(f"/now?{here}"), visit.get(f"/en/now?{here}&minutes=180")
    assert "모임방" in korean.text
    assert f"/book/{room.id}?minutes=120" in korean.text
    assert "Free now for 3 h" in english.text
    assert "minutes=60&amp;" in korean.text or "&amp;minutes=60" in korean.text
    nothing = visit.get("/now?lat=34&lng=124")
    assert "걸어서 15분 안에 지금 할 수 있는 것이 없어요." in nothing.text
    assert "찾지 못했어요" in visit.get("/now?place=없는곳이름").text
    assert visit.get("/now?lat=&lng=").status_code == 200
    assert visit.get("/now?lat=35").status_code == 422


def test_the_home_page_leads_there_with_its_place(session: Session, visit: TestClient) -> None:
    a_room(session)
    assert "/now?lat=35.14" in visit.get("/?lat=35.14&lng=126.79&kind=job").text
