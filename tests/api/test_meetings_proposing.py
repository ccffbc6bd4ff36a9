"""Proposing on pages: looked at first, supported by neighbours, convened in a room."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.meetings.models import Meeting, MeetingState, Time, Venue
from geo_service.offices.models import Office
from tests.accounts import says
from tests.factories import an_office
from tests.meeting_doors import AROUND, HERE, a_centre_here, local, typed
from tests.meetings import a_proposal, in_days, supported, the_meeting, times_of
from tests.people import Enter, a_person, a_program, on_staff
from tests.spaces import ALL_DAY, a_room


@pytest.fixture
def centre(session: Session) -> Office:
    return a_centre_here(session)


@pytest.fixture
def officer(session: Session, centre: Office, enter: Enter) -> TestClient:
    return enter(on_staff(session, centre.id))


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


def test_a_proposal_is_written_anew_until_somebody_supports_it(
    session: Session, centre: Office, enter: Enter
) -> None:
    assert centre
    mine, other = enter(a_person(session)), enter(a_person(session))
    mine.post("/meetings/new", data=typed(summary="꽃을 심어요"))
    meeting = the_meeting(session)
    path = f"/my/meetings/{meeting.id}/edit"
    assert path in mine.get(f"/my/meetings/{meeting.id}").text
    page = mine.get(path)
    assert "꽃을 심어요" in page.text
    assert f'value="{local(4)}"' in page.text
    assert other.get(path).status_code == other.post(path, data=typed()).status_code == 404
    assert "이렇게 고쳐요" in says(mine.post(f"{path}/check", data=typed(check="1")))
    assert mine.post(path, data=typed(when_2=local(3))).status_code == 422
    sent = mine.post(path, data=typed(title="골목 의자", when_1=local(5), when_2=""))
    assert sent.headers["location"] == f"/meetings/{meeting.id}"
    meeting = the_meeting(session)
    assert (meeting.title, meeting.summary, meeting.version) == ("골목 의자", "", 2)
    assert [time.during for time in times_of(session, meeting)] == [in_days(5)]
    supported(session, meeting, 1)
    refused = mine.post(path, data=typed())
    assert "이웃이 지금 글을 보고 응원했어요" in says(refused)
    assert the_meeting(session).title == "골목 의자"
    assert path not in mine.get(f"/my/meetings/{meeting.id}").text


def test_times_that_the_form_does_not_show_stay_while_they_can(
    session: Session, centre: Office, enter: Enter
) -> None:
    me = a_person(session)
    hidden = (in_days(10), in_days(11))
    times = (*map(in_days, (3, 4, 5)), *hidden)
    meeting = a_proposal(session, me, office=centre, place=HERE, times=times)
    sent = {"when_2": "", "when_1": local(10)}
    answer = enter(me).post(f"/my/meetings/{meeting.id}/edit", data=typed(**sent))
    assert answer.status_code == 303
    assert [time.during for time in times_of(session, meeting)] == list(hidden)
    past = (in_days(-5), in_days(-4), in_days(-3), in_days(-2), in_days(12))
    for time, during in zip(times_of(session, meeting), past, strict=False):
        time.during = during
    session.add_all(Time(meeting_id=meeting.id, during=during) for during in past[2:])
    session.commit()
    enter(me).post(f"/my/meetings/{meeting.id}/edit", data=typed(when_2=""))
    assert [time.during for time in times_of(session, meeting)] == [in_days(3), in_days(12)]


def test_a_program_writes_anew_what_it_has_seen(
    session: Session, visit: TestClient, centre: Office
) -> None:
    me = a_person(session)
    meeting = a_proposal(session, me, office=centre, place=HERE)
    path = f"/api/v1/meetings/{meeting.id}"
    visit.headers["Authorization"] = f"Bearer {a_program(session, me)}"
    times = [during.lower.isoformat() for during in (in_days(6), in_days(7)) if during.lower]
    told = {"form": "get_together", "title": "함께 밥 먹어요", "venue": "cafe", "times": times}
    wish = {**told, **AROUND}
    assert visit.put(path, json=wish).status_code == 428
    seen = {"If-Match": visit.get(path).headers["etag"]}
    answer = visit.put(path, json=wish, headers=seen)
    assert (answer.status_code, answer.json()["title"]) == (200, "함께 밥 먹어요")
    assert len(answer.json()["times"]) == 2
    assert visit.put(path, json=wish, headers=seen).status_code == 412
    supported(session, meeting, 1)
    again = {"If-Match": answer.headers["etag"]}
    assert visit.put(path, json=wish, headers=again).status_code == 409


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
