"""Going to a meeting, on pages: with and without an account; what organisers see and change."""

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.meetings.models import Attendee, Going, Help, Rule, Venue
from geo_service.offices.models import Office
from tests.accounts import says
from tests.meeting_doors import HERE, a_centre_here, local
from tests.meetings import a_guest, a_proposal, a_seat, convened, seat_of, the_meeting
from tests.people import Enter, a_person, on_staff
from tests.spaces import ALL_DAY, a_room

V1 = "/api/v1/meetings"


@pytest.fixture
def centre(session: Session) -> Office:
    return a_centre_here(session)


@pytest.fixture
def officer(session: Session, centre: Office, enter: Enter) -> TestClient:
    return enter(on_staff(session, centre.id))


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
