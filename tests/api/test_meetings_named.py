"""Whether one may be named is one's own to say, before a meeting, at it, and ever after."""

from datetime import timedelta

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.meetings.models import Meeting, MeetingState, Wishes
from geo_service.meetings.queries.meetings import my_seat
from geo_service.meetings.workflow.joining import change
from geo_service.meetings.workflow.minutes import Said, draft, publish, sign_in
from tests.accounts import says
from tests.meeting_records import a_convened_meeting, who_comes
from tests.meetings import CODE, a_guest, convened
from tests.people import Enter, a_person

WORDS = "김제안 님과 이웃 박참석 님이 말했어요."


def told_long_after(session: Session) -> Meeting:
    proposer = a_person(session, name="김제안")
    meeting = a_convened_meeting(session, proposer, named=True)
    who_comes(session, meeting, named=True, name="박참석")
    draft(session, meeting, Said(WORDS), at=now())
    publish(session, meeting, by_office=False, at=now())
    meeting.state, meeting.closed_at = MeetingState.LOOKED_BACK, now()
    meeting.published_at = now() - timedelta(days=1)
    session.commit()
    return meeting


def test_a_proposer_and_who_came_hide_and_show_their_names_long_after(
    session: Session, enter: Enter, visit: TestClient
) -> None:
    meeting = told_long_after(session)
    proposer = meeting.proposed_by
    assert proposer is not None
    here = f"/meetings/{meeting.id}"
    mine = enter(proposer)
    assert "이름 가리기" in says(mine.get(here))
    assert mine.post(f"{here}/named", follow_redirects=False).status_code == 303
    assert "이름 밝히기" in says(mine.get(here))
    for path in (here, f"{here}/record", f"/api/v1{here}/record"):
        page = visit.get(path).text
        assert "김제안" not in page
    assert "박참석" in visit.get(f"{here}/record").text
    assert mine.put(f"/api/v1{here}/named", json={"named": True}).status_code == 204
    assert "김제안" in visit.get(f"{here}/record").text


def test_a_proposer_without_a_seat_and_a_neighbour_of_another_meeting(
    session: Session, enter: Enter, visit: TestClient
) -> None:
    meeting = told_long_after(session)
    proposer = meeting.proposed_by
    assert proposer is not None
    seat = session.scalars(my_seat(meeting.id, proposer.id)).one()
    session.delete(seat)
    session.commit()
    here = f"/meetings/{meeting.id}"
    assert enter(a_person(session)).post(f"{here}/named").status_code == 303
    assert "김제안" in visit.get(f"{here}/record").text
    enter(proposer).post(f"{here}/named")
    assert "김제안" not in visit.get(f"{here}/record").text


def test_a_guest_says_it_by_code(session: Session, visit: TestClient) -> None:
    guest = a_guest(session, convened(session))
    assert "이름 밝히기" in says(visit.get(f"/seat/{CODE}"))
    visit.post(f"/seat/{CODE}/named", data={"named": "true"})
    session.refresh(guest)
    assert guest.named
    assert visit.put(f"/api/v1/seats/{CODE}/named", json={"named": False}).status_code == 204
    session.refresh(guest)
    assert not guest.named


def test_what_a_proposer_says_of_the_seat_or_on_the_sheet_holds_for_the_proposal(
    session: Session,
) -> None:
    coming = convened(session, named=True)
    assert coming.proposed_by is not None
    seat = session.scalars(my_seat(coming.id, coming.proposed_by.id)).one()
    change(session, seat, Wishes(named=False), at=now())
    assert not coming.named
    begun = a_convened_meeting(session, named=True)
    sign_in(session, begun, came=[], named=[], at=now())
    assert not begun.named
