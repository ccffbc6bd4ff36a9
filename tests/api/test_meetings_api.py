"""Meetings for programs: of residents, of guests and of offices."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.offices.models import Office
from tests.meeting_doors import AROUND, a_centre_here
from tests.meetings import a_proposal, convened, in_days, supported, times_of
from tests.people import Enter, a_person, on_staff

V1 = "/api/v1/meetings"


@pytest.fixture
def centre(session: Session) -> Office:
    return a_centre_here(session)


@pytest.fixture
def officer(session: Session, centre: Office, enter: Enter) -> TestClient:
    return enter(on_staff(session, centre.id))


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
