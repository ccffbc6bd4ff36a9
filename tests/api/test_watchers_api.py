"""Watchers as programs see them: membership, cards, decisions, and what a dong plans."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, Level, Register
from geo_service.offices.models import Office
from geo_service.watchers.models import WatcherState
from geo_service.watchers.queries.members import membership_of
from tests.factories import an_office
from tests.people import a_person, a_program, on_staff
from tests.watchers import a_card_shown, a_watcher, an_activity


@pytest.fixture
def centre(session: Session) -> Office:
    """The centre of a dong."""
    province = Area(level=Level.SIDO, register=Register.BOTH, name="시험도", full_name="시험도")
    session.add(province)
    session.flush()
    dong = Area(
        level=Level.DONG,
        register=Register.ADMINISTRATIVE,
        name="시험동",
        full_name="시험동",
        parent_id=province.id,
    )
    session.add(dong)
    session.flush()
    return an_office(session, answers_for_id=dong.id)


def test_programs_ask_verify_list_and_decide(
    session: Session, visit: TestClient, centre: Office
) -> None:
    waits = a_watcher(session, office_id=centre.id, state=WatcherState.WAITING)
    good = a_card_shown(session, a_watcher(session, office_id=centre.id))
    read = visit.post("/api/v1/watchers/verification", json={"token": good})
    assert read.json().keys() == {"name", "dong", "valid_until"}
    assert (read.json()["name"], read.json()["dong"]) == ("골목지기", "시험동")
    bad = visit.post("/api/v1/watchers/verification", json={"token": good[:-1]})
    assert (bad.status_code, bad.json()["type"]) == (404, "/problems/not-a-card")
    officer = {"Authorization": f"Bearer {a_program(session, on_staff(session, centre.id))}"}
    listed = visit.get("/api/v1/watchers", headers=officer).json()
    assert [one["id"] for one in listed] == [str(waits.id)]
    door = f"/api/v1/watchers/{waits.id}/decision"
    silent = visit.put(door, json={"decision": "decline"}, headers=officer)
    assert (silent.status_code, silent.json()["errors"][0]["field"]) == (422, "reason")
    spoilt = visit.put(door, json={"decision": "decline", "reason": "왜\0냐"}, headers=officer)
    assert (spoilt.status_code, spoilt.json()["errors"][0]["field"]) == (422, "reason")
    told = visit.put(door, json={"decision": "confirm"}, headers=officer).json()
    assert (told["state"], told["phone"]) == ("confirmed", "+821012345678")
    told = visit.put(door, json={"decision": "end", "reason": "그만"}, headers=officer).json()
    assert (told["state"], told["phone"], told["reason"]) == ("ended", None, "그만")
    again = visit.put(door, json={"decision": "decline", "reason": "또"}, headers=officer)
    assert again.status_code in {409, 422}
    mine = {"Authorization": f"Bearer {a_program(session, waits.person)}"}
    assert visit.get("/api/v1/watchers/me", headers=mine).json()["state"] == "ended"
    for _ in range(2):
        assert visit.delete("/api/v1/watchers/me", headers=mine).status_code == 204
    assert visit.get("/api/v1/watchers/me", headers=mine).json() is None
    assert session.scalars(membership_of(waits.person_id)).all() == []


def test_programs_list_activities_and_sign_up_and_off(
    session: Session, visit: TestClient, centre: Office
) -> None:
    watcher, other = (a_watcher(session, office_id=centre.id) for _ in range(2))
    activity = an_activity(session, office_id=centre.id, seats=1)
    elsewhere = an_activity(session)
    here = "/api/v1/watchers/activities"
    mine, theirs, nobody = (
        {"Authorization": f"Bearer {a_program(session, person)}"}
        for person in (watcher.person, other.person, a_person(session))
    )
    (line,) = visit.get(here, headers=mine).json()
    assert (line["id"], line["seats"], line["coming"], line["i_come"]) == (
        str(activity.id),
        1,
        0,
        False,
    )
    assert visit.get(here, headers=nobody).json() == []
    for _ in range(2):
        told = visit.put(f"{here}/{activity.id}/part", headers=mine)
        assert (told.status_code, told.json()["coming"], told.json()["i_come"]) == (200, 1, True)
    full = visit.put(f"{here}/{activity.id}/part", headers=theirs)
    assert (full.status_code, full.json()["type"]) == (409, "/problems/no-seat-in-activity")
    for headers, door in ((mine, elsewhere.id), (nobody, activity.id)):
        assert visit.put(f"{here}/{door}/part", headers=headers).status_code == 404
    for _ in range(2):
        assert visit.delete(f"{here}/{activity.id}/part", headers=mine).status_code == 204
    (line,) = visit.get(here, headers=theirs).json()
    assert (line["coming"], line["i_come"]) == (0, False)
