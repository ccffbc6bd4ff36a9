"""The office's pages of bookings and spaces, as browsers without scripts meet them."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.offices.models import Office
from geo_service.spaces.models import Booking, Space, State, Strike, Terms, Wish
from geo_service.spaces.workflow.holding import book
from tests.factories import HOME, an_office
from tests.letters import letters_to
from tests.people import a_person, come_in, on_staff
from tests.spaces import NINE_TO_SIX, a_room, tomorrow

SEEN = {"Accept": "text/html"}


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session, place=HOME)


@pytest.fixture
def desk(app: FastAPI, session: Session, office: Office) -> Iterator[TestClient]:
    with come_in(app, session, on_staff(session, office.id)) as browser:
        yield browser


@pytest.fixture
def neighbour(session: Session) -> Person:
    return a_person(session, name="박동네", phone="+821012345678")


def seen(browser: TestClient, path: str) -> str:
    """What a page says."""
    return browser.get(path, headers=SEEN).text


def sent(browser: TestClient, path: str, **fields: object) -> Response:
    """A form, as a browser sends it."""
    return browser.post(path, data=fields, headers=SEEN)


def booked(session: Session, room: Space, person: Person, *, soon: bool = False) -> Booking:
    """Tomorrow from ten until noon, or for an hour that began just now."""
    booking = book(session, room.id, person, Wish(tomorrow(10, 12), None, "책 모임", 6), at=now())
    if soon:
        booking.during = type(booking.during)(now() - timedelta(minutes=1), now() + _HOUR)
    session.commit()
    return booking


_HOUR = timedelta(hours=1)


def test_requests_come_first_and_are_approved_with_one_press(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    room = a_room(session, office_id=office.id, terms={"needs_approval": True})
    request = booked(session, room, neighbour)
    page = seen(desk, "/office/bookings")
    assert "승인을 기다리는 신청 1건" in page
    assert "010-1234-5678" in page
    answer = sent(desk, f"/office/bookings/{request.id}/approve", back="requests")
    assert answer.headers["location"] == "/office/bookings"
    session.refresh(request)
    assert request.state is State.CONFIRMED
    assert "승인을 기다리는" not in seen(desk, "/office/bookings")


def test_a_request_is_declined_only_with_a_reason_which_is_passed_on(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    room = a_room(session, office_id=office.id, terms={"needs_approval": True})
    request = booked(session, room, neighbour)
    assert sent(desk, f"/office/bookings/{request.id}/decline").status_code == 422
    sent(desk, f"/office/bookings/{request.id}/decline", words="그날은 행사가 있어요.")
    session.refresh(request)
    assert request.state is State.DECLINED
    assert "그날은 행사가 있어요." in letters_to(session, neighbour.email or "")[-1].text


def test_a_week_shows_every_booking_and_the_day_sheet_has_boxes_to_tick(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    booking = booked(session, a_room(session, office_id=office.id, title="모임방"), neighbour)
    day = booking.begins_at.astimezone(KOREA).date()
    assert "오전 10:00" in seen(desk, f"/office/bookings?on={day}")
    sheet = seen(desk, f"/office/bookings/day?on={day}")
    assert 'class="tick-box"' in sheet
    for words in ("모임방", "박동네", "010-1234-5678", "책 모임", booking.code[:3]):
        assert words in sheet


def test_a_code_or_its_picture_checks_somebody_in(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    room = a_room(session, office_id=office.id)
    booking = booked(session, room, neighbour, soon=True)
    assert "박동네" in seen(desk, f"/office/checkin?code={booking.code}")
    wrong = f"{(int(booking.code) + 1) % 1_000_000:06}"
    refused = sent(desk, "/office/checkin", code=wrong)
    assert refused.status_code == 422
    assert "예약 번호가 맞지 않아요" in refused.text
    spoken = f"{booking.code[:3]} {booking.code[3:]}"
    assert sent(desk, "/office/checkin", code=spoken).status_code == 303
    session.refresh(booking)
    assert booking.state is State.CHECKED_IN


def test_a_no_show_is_released_from_the_list_and_forgiven(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    room = a_room(session, office_id=office.id)
    booking = booked(session, room, neighbour, soon=True)
    here = f"/office/bookings/{booking.id}"
    assert f"{here}/release" in seen(desk, "/office/checkin")
    sent(desk, f"{here}/release", back="door")
    session.refresh(booking)
    assert booking.state is State.NO_SHOW
    assert session.get(Strike, booking.id) is not None
    sent(desk, f"{here}/forgive")
    session.expire_all()
    assert session.get(Strike, booking.id) is None


def test_what_another_window_called_off_says_why_it_cannot_be_again(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    booking = booked(session, a_room(session, office_id=office.id), neighbour)
    here = f"/office/bookings/{booking.id}"
    assert sent(desk, f"{here}/call-off", words="행사가 있어요.").status_code == 303
    again = sent(desk, f"{here}/call-off", words="행사가 있어요.")
    assert again.status_code == 422
    assert "이 예약은 지금 그렇게 바꿀 수 없어요." in again.text
    assert "취소됨" in again.text


def test_a_refused_press_is_told_once_and_outside_the_form_for_calling_off(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    booking = booked(session, a_room(session, office_id=office.id), neighbour)
    refused = sent(desk, f"/office/bookings/{booking.id}/check-in").text
    assert refused.count("지금은 도착을 알릴 수 있는 시간이 아니에요.") == 1
    assert refused.count('id="faults"') == 1
    assert '<details class="more" open' not in refused
    empty = sent(desk, f"/office/bookings/{booking.id}/call-off").text
    assert empty.count('id="faults"') == 1
    assert 'href="#f-words"' in empty


@pytest.mark.parametrize("soon", [True, False])
def test_arriving_can_be_pressed_only_when_it_is_time(
    desk: TestClient, session: Session, office: Office, neighbour: Person, *, soon: bool
) -> None:
    booking = booked(session, a_room(session, office_id=office.id), neighbour, soon=soon)
    page = seen(desk, f"/office/bookings/{booking.id}")
    assert ("/check-in" in page) is soon
    assert "/call-off" in page


def test_nobody_is_released_before_it_begins(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    booking = booked(session, a_room(session, office_id=office.id), neighbour)
    assert sent(desk, f"/office/bookings/{booking.id}/release").status_code == 422
    session.refresh(booking)
    assert booking.state is State.CONFIRMED


def test_an_officer_books_at_the_counter_without_approval_and_for_a_neighbour(
    desk: TestClient, session: Session, office: Office
) -> None:
    room = a_room(session, office_id=office.id, terms={"needs_approval": True})
    begins = tomorrow(10, 12).lower
    assert begins is not None
    wish = {
        "space_id": room.id,
        "name": "이할머니",
        "phone": "010-9876-5432",
        "begins": begins.strftime("%Y-%m-%dT%H:%M"),
        "minutes": 120,
    }
    answer = sent(desk, "/office/bookings/new", **wish)
    assert answer.status_code == 303, answer.text
    booking = session.scalars(select(Booking)).one()
    assert (booking.state, booking.person.name) == (State.CONFIRMED, "이할머니")
    assert booking.person.email is None
    again = sent(desk, "/office/bookings/new", **wish)
    assert again.status_code == 422
    assert re.findall(r'name="begins" value="([^"]+)"', again.text.split('class="refusal"')[1])


def test_at_the_counter_free_times_are_offered_only_where_another_time_helps(
    desk: TestClient, session: Session, office: Office
) -> None:
    room = a_room(session, office_id=office.id, capacity=40)
    wish = {"space_id": room.id, "name": "이할머니", "phone": "010-9876-5432", "minutes": 60}
    begins = tomorrow(10, 11).lower or now()
    past = begins - timedelta(days=3)
    gone = sent(desk, "/office/bookings/new", **wish, begins=past.strftime("%Y-%m-%dT%H:%M"))
    assert "이미 지난 시간이에요." in gone.text
    assert "너무 가까워서" not in gone.text
    assert "가장 가까운 빈 시간" in gone.text
    crowd = wish | {"begins": begins.strftime("%Y-%m-%dT%H:%M"), "people": "9,999"}
    many = sent(desk, "/office/bookings/new", **crowd)
    assert many.status_code == 422
    assert '<a href="#f-people">몇 명이 오나요?: 1부터 40까지' in many.text
    assert "가장 가까운 빈 시간" not in many.text


def test_english_pages_of_the_office_say_what_is_korean(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    room = a_room(session, office_id=office.id, title="모임방", hours_words="평일 09:00~18:00")
    booking = booked(session, room, neighbour)
    listed = seen(desk, "/en/office/spaces")
    assert "<h1>Spaces</h1>" in listed
    assert '<span lang="ko">모임방</span>' in listed
    assert '<span lang="ko">평일 09:00~18:00</span>' in listed
    day = booking.begins_at.astimezone(KOREA).date()
    week = seen(desk, f"/en/office/bookings?on={day}")
    assert ' lang="ko">모임방</a>' in week
    assert '<span lang="ko">박동네</span>' in week
    assert "<span>모임방" not in seen(desk, "/office/spaces")


def test_a_new_space_gets_its_hours_then_its_terms_and_can_be_booked(
    desk: TestClient, visit: TestClient, session: Session, office: Office
) -> None:
    told = {"title": "새 모임방", "capacity": "8", "equipment": "칠판, 빔프로젝터"}
    way = sent(desk, "/office/spaces/new", **told, is_shown="true").headers["location"]
    space = session.scalars(select(Space)).one()
    assert (space.office_id, space.place) == (office.id, HOME)
    assert space.equipment == ["칠판", "빔프로젝터"]
    wrong = sent(desk, way, mon="아침부터")
    assert wrong.status_code == 422
    assert "아침부터" in wrong.text
    hours = {"mon": "09:00-12:00, 13:00-18:00", "sat": "10:00-익일 01:00"}
    onwards = sent(desk, way, **hours, holidays="true").headers["location"]
    session.refresh(space)
    assert len(space.open_week or []) == 3
    assert space.closed_days == ["holiday"]
    assert onwards == f"/office/spaces/{space.id}/terms"
    assert 'value="09:00-12:00, 13:00-18:00"' in seen(desk, way)
    sent(desk, onwards, bookable="true", price_won="5,000원", min_minutes=60, max_minutes=120)
    assert session.get_one(Terms, space.id).price_won == 5000
    assert f"/book/{space.id}" in seen(visit, f"/spaces/{space.id}")


def test_a_day_with_bookings_is_closed_only_when_they_may_be_called_off(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    room = a_room(session, office_id=office.id)
    booking = booked(session, room, neighbour)
    here = f"/office/spaces/{room.id}"
    day = booking.begins_at.astimezone(KOREA).date().isoformat()
    refused = sent(desk, f"{here}/closings", on=day, words="행사")
    assert refused.status_code == 422
    assert "그날 예약이 있어요" in refused.text
    sent(desk, f"{here}/closings", on=day, words="행사가 있어요.", cancels="true")
    session.expire_all()
    assert (booking.state, room.closed_days) == (State.CANCELLED, [day])
    assert "행사가 있어요." in letters_to(session, neighbour.email or "")[-1].text
    sent(desk, f"{here}/closings/{day}/removal")
    session.refresh(room)
    assert room.closed_days == []


def test_a_part_stays_where_it_is_while_it_is_booked(
    desk: TestClient, session: Session, office: Office, neighbour: Person
) -> None:
    hall, corner = (a_room(session, office_id=office.id, title=t) for t in ("강당", "한쪽"))
    told = {"title": "한쪽", "is_shown": "true"}
    assert sent(desk, f"/office/spaces/{corner.id}", **told, part_of_id=hall.id).is_redirect
    refused = sent(desk, f"/office/spaces/{hall.id}", title="강당", part_of_id=corner.id)
    assert "속할 수는 없어요" in refused.text
    booked(session, corner, neighbour)
    refused = sent(desk, f"/office/spaces/{corner.id}", **told)
    assert "예약이 남아 있는 동안에는" in refused.text


def test_nothing_of_another_office_can_be_named_in_a_form(
    desk: TestClient, session: Session, neighbour: Person
) -> None:
    theirs = a_room(session)
    begins = tomorrow(10, 12).lower
    assert begins is not None
    wish = {"space_id": theirs.id, "name": "이웃", "phone": "010-9876-5432", "minutes": 60}
    answer = sent(desk, "/office/bookings/new", **wish, begins=begins.strftime("%Y-%m-%dT%H:%M"))
    assert answer.status_code == 422
    told = {"title": "내 방", "office_id": theirs.office_id}
    assert sent(desk, "/office/spaces/new", **told).status_code == 422
    assert sent(desk, "/office/spaces/new", title="내 방", part_of_id=theirs.id).status_code == 422
    assert neighbour.id not in session.scalars(select(Booking.person_id)).all()


def test_wide_open_hours_are_told_as_they_were_typed(
    desk: TestClient, session: Session, office: Office
) -> None:
    room = a_room(session, office_id=office.id, open_week=NINE_TO_SIX)
    assert seen(desk, f"/office/spaces/{room.id}/hours").count('value="09:00-18:00"') == 7
