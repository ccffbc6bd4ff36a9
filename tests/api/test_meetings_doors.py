"""Meetings over HTTP: on pages and for programs, for residents, guests and offices."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA
from geo_service.meetings.models import Attendee, Going, Help, Meeting, MeetingState, Rule, Venue
from geo_service.offices.models import Office
from tests.accounts import a_dong_here, says
from tests.areas import inside
from tests.factories import an_office
from tests.meetings import (
    a_guest,
    a_proposal,
    a_seat,
    convened,
    in_days,
    seat_of,
    supported,
    times_of,
)
from tests.people import a_person, come_in, on_staff
from tests.spaces import ALL_DAY, a_room

V1 = "/api/v1/meetings"
HERE = inside(0)
AROUND = {"lat": HERE.lat, "lng": HERE.lng}
Enter = Callable[[Person], TestClient]


@pytest.fixture
def centre(session: Session) -> Office:
    """The dong centre that answers for HERE."""
    return an_office(session, answers_for_id=a_dong_here(session).id, place=HERE)


@pytest.fixture
def enter(app: FastAPI, session: Session) -> Iterator[Enter]:
    """People's browsers; they are closed afterwards."""
    browsers = []

    def enter(person: Person) -> TestClient:
        browsers.append(browser := come_in(app, session, person))
        return browser.__enter__()

    yield enter
    for browser in browsers:
        browser.__exit__(None, None, None)


@pytest.fixture
def officer(session: Session, centre: Office, enter: Enter) -> TestClient:
    """Somebody who works at the centre."""
    return enter(on_staff(session, centre.id))


def local(days: int) -> str:
    """As a form writes an evening."""
    begins = in_days(days).lower
    assert begins is not None
    return begins.astimezone(KOREA).strftime("%Y-%m-%dT%H:%M")


def typed(**said: Any) -> dict[str, Any]:
    """The form of a proposal."""
    usual = {
        "form": "meeting",
        "title": "골목 화단을 함께 가꾸어요",
        "venue": "outdoors",
        "venue_words": "느티나무 아래 평상",
        "lat": str(HERE.lat),
        "lng": str(HERE.lng),
        "when_1": local(3),
        "when_2": local(4),
        "minutes": "90",
        "seats": "12",
    }
    return {**usual, **said}


def the_meeting(session: Session) -> Meeting:
    session.expire_all()
    return session.scalars(select(Meeting)).one()


def test_a_proposal_is_looked_at_before_it_is_sent(
    session: Session, centre: Office, enter: Enter
) -> None:
    resident = enter(a_person(session, name="한이웃"))
    looked = resident.post("/meetings/new/check", data=typed(check="1"))
    assert looked.status_code == 200
    assert "이렇게 제안해요" in looked.text
    assert 'value="느티나무 아래 평상"' in looked.text
    assert session.scalars(select(Meeting)).all() == []
    mended = resident.post("/meetings/new/check", data=typed(title="새 제목"))
    assert 'value="새 제목"' in mended.text
    sent = resident.post("/meetings/new", data=typed(named="true"))
    meeting = the_meeting(session)
    assert sent.headers["location"] == f"/meetings/{meeting.id}"
    assert (meeting.office_id, meeting.state, len(times_of(session, meeting))) == (
        centre.id,
        MeetingState.PROPOSED,
        2,
    )
    shown = says(resident.get(f"/meetings/{meeting.id}"))
    assert "한이웃" in shown
    assert "3명이 더 응원하면" in shown
    listed = says(resident.get("/meetings", params=AROUND))
    assert meeting.title in listed


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"lat": "", "lng": ""}, "지도에서 자리를 정해 주세요."),
        ({"venue": "online"}, "https://로 시작하는"),
        ({"venue": "online", "link": "javascript:alert(1)"}, "https://로 시작하는"),
        ({"when_2": local(3)}, "같은 시간이 두 번"),
        ({"when_1": "2020-01-01T10:00"}, "지났거나 너무 먼 시간"),
        ({"minutes": "7"}, "보기 가운데에서"),
        ({"seats": "1"}, "2부터 500까지"),
        ({"title": ""}, "적어 주세요."),
    ],
)
def test_what_cannot_be_is_said_in_place(
    session: Session, centre: Office, enter: Enter, said: dict[str, str], words: str
) -> None:
    assert centre
    answer = enter(a_person(session)).post("/meetings/new", data=typed(**said))
    assert answer.status_code == 422
    assert words in says(answer)


def test_an_officer_proposes_for_their_office_and_for_no_other(
    session: Session, centre: Office, officer: TestClient
) -> None:
    assert centre.name in officer.get("/meetings/new").text
    other = an_office(session, name="다른 센터")
    refused = officer.post("/meetings/new", data=typed(office_id=str(other.id)))
    assert refused.status_code == 422
    officer.post("/meetings/new", data=typed(office_id=str(centre.id)))
    meeting = the_meeting(session)
    assert (meeting.by_office, meeting.office_id) == (True, centre.id)
    assert officer.get(f"/my/meetings/{meeting.id}").status_code == 404
    assert officer.get(f"/office/meetings/{meeting.id}").status_code == 200


def test_neighbours_support_it_and_its_proposer_convenes_it_in_a_room(
    session: Session, centre: Office, enter: Enter
) -> None:
    proposer = a_person(session)
    meeting = a_proposal(session, proposer, office=centre, venue=Venue.ROOM, place=HERE)
    mine, (first, _) = enter(proposer), times_of(session, meeting)
    early = mine.post(f"/my/meetings/{meeting.id}/convene", data={"time_id": str(first.id)})
    assert early.status_code == 422
    assert "응원이 모자라요" in says(early)
    for _ in range(3):
        neighbour = enter(a_person(session))
        neighbour.post(f"/meetings/{meeting.id}/support", data={"times": [str(first.id)]})
    room = a_room(session, title="마을 사랑방", place=HERE, open_week=ALL_DAY, capacity=20)
    assert "3명이 좋대요" in says(mine.get(f"/my/meetings/{meeting.id}/convene"))
    chosen = mine.get(f"/my/meetings/{meeting.id}/convene?time={first.id}")
    assert f'value="{room.id}" checked' in chosen.text
    told = {"time_id": str(first.id), "room_id": str(room.id)}
    assert mine.post(f"/my/meetings/{meeting.id}/convene", data=told).status_code == 303
    after = the_meeting(session)
    assert (after.state, after.venue_words) == (MeetingState.CONVENED, "마을 사랑방")
    again = mine.post(f"/my/meetings/{meeting.id}/convene", data=told)
    assert again.status_code == 422


def test_support_is_withdrawn(session: Session, enter: Enter) -> None:
    meeting = a_proposal(session)
    neighbour = enter(a_person(session))
    neighbour.post(f"/meetings/{meeting.id}/support", data={})
    assert "응원 거두기" in neighbour.get(f"/meetings/{meeting.id}").text
    assert meeting.title in says(neighbour.get("/my/meetings"))
    neighbour.post(f"/meetings/{meeting.id}/support/withdrawal")
    assert "응원 거두기" not in neighbour.get(f"/meetings/{meeting.id}").text


def test_a_taken_room_is_answered_with_the_next_one(
    session: Session, centre: Office, officer: TestClient
) -> None:
    meeting = a_proposal(session, office=centre, venue=Venue.ROOM, place=HERE)
    shut = a_room(session, title="닫힌 방", place=HERE, terms={"bookable": False})
    free = a_room(session, title="빈 사랑방", place=HERE, open_week=ALL_DAY)
    first, _ = times_of(session, meeting)
    told = {"time_id": str(first.id), "room_id": str(shut.id)}
    refused = officer.post(f"/office/meetings/{meeting.id}/convene", data=told)
    assert refused.status_code == 422
    assert "다음으로 가까운 빈 방은 이곳이에요: 빈 사랑방" in says(refused)
    assert f'value="{free.id}" checked' in refused.text


def test_a_guest_joins_changes_and_leaves_by_code(session: Session, visit: TestClient) -> None:
    meeting = convened(session)
    form = {"name": "박이웃", "phone": "010-2345-6789", "children": "1", "once": "k" * 20}
    unasked = visit.post(f"/meetings/{meeting.id}/join", data=form, follow_redirects=False)
    assert unasked.status_code == 422
    form["agreed"] = "true"
    first, second = (
        visit.post(f"/meetings/{meeting.id}/join", data=form, follow_redirects=False)
        for _ in range(2)
    )
    seat = first.headers["location"]
    assert seat == second.headers["location"]
    assert seat.startswith("/seat/")
    code = seat.removeprefix("/seat/")
    shown = visit.get(seat)
    assert shown.headers["cache-control"] == "no-store"
    assert f"{code[:4]} {code[4:8]} {code[8:]}" in says(shown)
    spelled = {"code": f"{code[:4].lower()}-{code[4:8]} {code[8:]}"}
    found = visit.post("/seat", data=spelled, follow_redirects=False)
    assert found.headers["location"] == seat
    assert visit.post("/seat", data={"code": "WRONG"}).status_code == 422
    visit.post(seat, data={"children": "2", "step_free": "true"})
    one = session.scalars(select(Attendee).where(Attendee.phone.is_not(None))).one()
    session.refresh(one)
    assert (one.children, one.step_free) == (2, True)
    left = visit.post(f"{seat}/leave", follow_redirects=False)
    assert left.headers["location"] == f"/meetings/{meeting.id}"
    assert visit.get(seat).status_code == 404


def test_a_resident_joins_changes_and_leaves(session: Session, enter: Enter) -> None:
    meeting, person = convened(session, seats=3), a_person(session)
    me = enter(person)
    assert me.get(f"/meetings/{meeting.id}/join").status_code == 200
    me.post(f"/meetings/{meeting.id}/join", data={"children": "1"})
    seat = seat_of(session, meeting, person.id)
    assert seat is not None
    assert (seat.going, seat.children) == (Going.COMING, 1)
    waits = enter(a_person(session))
    assert "모두 찼어요" in waits.get(f"/meetings/{meeting.id}").text
    waits.post(f"/meetings/{meeting.id}/join", data={})
    assert "줄을 서 있어요" in says(waits.get(f"/meetings/{meeting.id}"))
    me.post(f"/meetings/{meeting.id}/leave")
    assert seat_of(session, meeting, person.id) is None
    assert "가기로 했어요" in says(waits.get(f"/meetings/{meeting.id}"))


def test_an_online_meeting_tells_its_link_only_to_who_comes(session: Session, enter: Enter) -> None:
    link = "https://meet.example.org/alley"
    meeting = convened(session, venue=Venue.ONLINE, link=link, seats=2)
    comes, waits = a_person(session), a_person(session)
    a_seat(session, meeting, comes)
    a_seat(session, meeting, waits)
    assert link in enter(comes).get(f"/meetings/{meeting.id}").text
    browser = enter(waits)
    for path in (f"/meetings/{meeting.id}", f"/meetings/{meeting.id}/calendar.ics"):
        assert link not in browser.get(path).text
    assert link not in browser.get(f"{V1}/{meeting.id}").text
    assert link not in browser.get(f"/api/v1/listings/{meeting.id}").text


def test_the_calendar_follows_what_happens(
    session: Session, visit: TestClient, officer: TestClient, centre: Office
) -> None:
    meeting = convened(session, office=centre)
    file = visit.get(f"/meetings/{meeting.id}/calendar.ics")
    event = Calendar.from_ical(file.content).walk("VEVENT")[0]
    assert (event.start, event["STATUS"], event["SEQUENCE"]) == (
        meeting.begins_at,
        "CONFIRMED",
        0,
    )
    officer.post(f"/office/meetings/{meeting.id}/cancel", data={"why": "비가 와요"})
    file = visit.get(f"/meetings/{meeting.id}/calendar.ics")
    event = Calendar.from_ical(file.content).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    proposal = a_proposal(session)
    assert visit.get(f"/meetings/{proposal.id}/calendar.ics").status_code == 404


def test_moving_shows_rooms_tells_guests_and_lists_whom_to_call(
    session: Session, centre: Office, enter: Enter
) -> None:
    proposer = a_person(session)
    meeting = convened(session, proposer, office=centre, venue=Venue.ROOM, place=HERE)
    guest = a_guest(session, meeting)
    room = a_room(session, title="마을 사랑방", place=HERE, open_week=ALL_DAY)
    mine = enter(proposer)
    looked = mine.post(
        f"/my/meetings/{meeting.id}/move/rooms", data={"when": local(5), "minutes": "60"}
    )
    assert f'value="{room.id}" checked' in looked.text
    form = {"when": local(5), "minutes": "60", "room_id": str(room.id), "why": "비가 온대요"}
    assert mine.post(f"/my/meetings/{meeting.id}/move", data=form).status_code == 303
    assert "비가 온대요" in says(mine.get(f"/meetings/{meeting.id}"))
    shown = says(mine.get(f"/my/meetings/{meeting.id}"))
    assert "전화로 알려 줄 분" in shown
    assert guest.name in shown
    mine.post(f"/my/meetings/{meeting.id}/called/{guest.id}")
    assert "전화로 알려 줄 분" not in mine.get(f"/my/meetings/{meeting.id}").text
    without_reason = mine.post(f"/my/meetings/{meeting.id}/cancel", data={})
    assert without_reason.status_code == 422
    mine.post(f"/my/meetings/{meeting.id}/cancel", data={"why": "다음에 해요"})
    assert "취소된 모임이에요. 다음에 해요" in says(mine.get(f"/meetings/{meeting.id}"))


def test_the_office_answers_and_sets_its_rule(
    session: Session, centre: Office, officer: TestClient
) -> None:
    meeting = convened(session, office=centre)
    assert "답을 기다려요" in officer.get("/office/meetings").text
    said = {"help": "coming", "words": "천막을 가져갈게요"}
    officer.post(f"/office/meetings/{meeting.id}/help", data=said)
    assert the_meeting(session).help is Help.COMING
    assert "천막을 가져갈게요" in officer.get(f"/meetings/{meeting.id}").text
    assert officer.post("/office/meetings", data={"supporters": "2"}).status_code == 422
    officer.post("/office/meetings", data={"office_id": str(centre.id), "supporters": "5"})
    assert session.get_one(Rule, centre.id).supporters == 5


def test_wishes_are_sums_for_organisers_and_nobodys_else(
    session: Session, centre: Office, officer: TestClient, visit: TestClient
) -> None:
    meeting = convened(session, office=centre)
    a_seat(session, meeting, a_person(session, name="홍길동"), step_free=True, interpreter="vi")
    shown = says(officer.get(f"/office/meetings/{meeting.id}"))
    assert "계단 없는 길 1명" in shown
    assert "베트남어 1명" in shown
    assert "홍길동" not in shown
    assert "베트남어" not in visit.get(f"/meetings/{meeting.id}").text


def test_programs_propose_support_convene_join_move_and_cancel(
    session: Session, centre: Office, enter: Enter
) -> None:
    assert centre
    proposer = a_person(session)
    mine = enter(proposer)
    wish = {
        "form": "get_together",
        "title": "저녁 평상",
        "venue": "outdoors",
        "times": [moment.isoformat() for moment in (in_days(3).lower, in_days(4).lower) if moment],
        "seats": 3,
        **AROUND,
    }
    made = mine.post(V1, json=wish, headers={"Idempotency-Key": "propose-1"})
    assert made.status_code == 201, made.text
    meeting_id, first = made.json()["id"], made.json()["times"][0]["id"]
    assert mine.post(V1, json=wish | {"venue": "online"}).status_code == 422
    (near,) = mine.get(V1, params=AROUND).json()
    assert (near["id"], near["distance_m"]) == (meeting_id, 0.0)
    path = f"{V1}/{meeting_id}"
    neighbours = [enter(a_person(session)) for _ in range(3)]
    for one in neighbours:
        answer = one.post(f"{path}/support", json={"times": [first]})
    assert (answer.json()["state"], answer.json()["times"][0]["suits"]) == ("supported", 3)
    assert mine.get(f"{path}/rooms", params={"time_id": first}).json() == []
    told = mine.post(f"{path}/convening", json={"time_id": first})
    assert (told.status_code, told.json()["state"]) == (201, "convened")
    one, two, three = neighbours
    seat = one.post(f"{path}/seats", json={"children": 1}).json()
    assert seat["going"] == "coming"
    assert two.post(f"{path}/seats", json={}).json()["going"] == "waiting"
    assert one.post(f"{path}/seats", json={"children": 1}).json() == seat
    assert one.delete(f"{path}/seat").status_code == 204
    assert two.get("/api/v1/my/meetings").json()[0]["going"] == "coming"
    assert three.delete(f"{path}/support").status_code == 409
    when = in_days(6).lower
    assert when is not None
    moved = mine.post(f"{path}/move", json={"begins_at": when.isoformat(), "why": "비"})
    assert moved.json()["why"] == "비"
    gone = mine.post(f"{path}/cancellation", json={"why": "다음에"})
    assert gone.json()["state"] == "cancelled"


def test_programs_take_a_seat_for_a_guest(session: Session, visit: TestClient) -> None:
    meeting = convened(session)
    assert visit.post(f"{V1}/{meeting.id}/seats", json={}).status_code == 422
    guest = {"name": "박이웃", "phone": "010-2345-6789"}
    seat = visit.post(f"{V1}/{meeting.id}/seats", json=guest).json()
    assert visit.get(f"/api/v1/seats/{seat['code']}").json()["going"] == "coming"
    assert visit.delete(f"/api/v1/seats/{seat['code']}").status_code == 204
    assert visit.get(f"/api/v1/seats/{seat['code']}").status_code == 404


def test_programs_of_an_office_convene_answer_and_cancel(
    session: Session, centre: Office, officer: TestClient
) -> None:
    meeting = supported(session, a_proposal(session, office=centre), people=1)
    path, (first, _) = f"/api/v1/office/meetings/{meeting.id}", times_of(session, meeting)
    (listed,) = officer.get("/api/v1/office/meetings").json()
    assert (listed["id"], listed["supporters"]) == (str(meeting.id), 1)
    assert officer.post(f"{path}/convening", json={"time_id": str(first.id)}).status_code == 201
    assert officer.put(f"{path}/help", json={"help": "not_coming"}).json()["help"] == "not_coming"
    when = in_days(6).lower
    assert when is not None
    move = {"begins_at": when.isoformat(), "why": "행사"}
    assert officer.post(f"{path}/move", json=move).json()["help"] == "asked"
    assert officer.post(f"{path}/cancellation", json={"why": "행사"}).json()["state"] == "cancelled"


def test_somebody_who_asks_for_many_seats_is_asked_to_wait(
    session: Session, visit: TestClient
) -> None:
    meeting = convened(session, seats=500)
    statuses = [
        visit.post(
            f"{V1}/{meeting.id}/seats", json={"name": "박", "phone": f"010-2345-{n:04}"}
        ).status_code
        for n in range(31)
    ]
    assert statuses == [201] * 30 + [429]
