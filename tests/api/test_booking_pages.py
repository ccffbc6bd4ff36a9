"""Booking on pages, as browsers without scripts meet them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.hours.closures import WEEKDAYS
from geo_service.spaces.models import Booking, Feed, Series, Space, State, Use, Who, Wish
from geo_service.spaces.workflow.changing import cancel
from geo_service.spaces.workflow.holding import book
from tests.people import a_person, come_in
from tests.spaces import a_room, desks, tomorrow

SEEN = {"Accept": "text/html"}
TOLD = {"agreed": "true", "purpose": "책 모임", "people": "4"}


def local(moment: datetime) -> str:
    """As a form writes it."""
    return moment.astimezone(KOREA).strftime("%Y-%m-%dT%H:%M")


def at_ten(days: int = 0) -> str:
    """Ten in the morning of tomorrow, or so many days later."""
    return local((tomorrow(10, 11).lower or now()) + timedelta(days=days))


def later_on(begins: float, ends: float, days: int) -> Wish:
    """The same hours, so many days after tomorrow."""
    span, more = tomorrow(begins, ends), timedelta(days=days)
    return Wish(type(span)((span.lower or now()) + more, (span.upper or now()) + more))


def seen(browser: TestClient, path: str) -> str:
    """What a page says."""
    return browser.get(path, headers=SEEN).text


def sent(browser: TestClient, path: str, **fields: object) -> Response:
    """A form, as a browser sends it."""
    return browser.post(path, data=fields, headers=SEEN)


def taken(session: Session, room: Space, begins: float, ends: float, days: int = 0) -> Booking:
    """Somebody else has it."""
    booking = book(session, room.id, a_person(session), later_on(begins, ends, days), at=now())
    session.commit()
    return booking


@pytest.fixture
def me(session: Session) -> Person:
    return a_person(session)


@pytest.fixture
def mine(app: FastAPI, session: Session, me: Person) -> Iterator[TestClient]:
    with come_in(app, session, me) as browser:
        yield browser


def held(browser: TestClient, room: Space, **fields: object) -> str:
    """The way on after a time was held."""
    answer = sent(browser, f"/book/{room.id}", **{"begins": at_ten(), "minutes": 60} | fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_what_is_free_is_a_button_and_what_is_taken_leads_to_the_waiting_list(
    visit: TestClient, mine: TestClient, session: Session
) -> None:
    room = a_room(session)
    taken(session, room, 10, 12)
    page = seen(mine, f"/book/{room.id}")
    assert f'name="begins" value="{at_ten()}"' not in page
    assert f"/book/{room.id}/time?begins={at_ten()}&amp;minutes=60" in page
    assert f'name="begins" value="{local(tomorrow(12, 13).lower or now())}"' in page
    assert 'action="/book/' in page
    assert f'action="/book/{room.id}/time" method="get"' in seen(visit, f"/book/{room.id}")


def test_who_is_not_signed_in_comes_back_to_the_time_they_chose(
    visit: TestClient, mine: TestClient, session: Session
) -> None:
    room = a_room(session)
    page = seen(visit, f"/book/{room.id}/time?begins={at_ten()}&minutes=90")
    (door,) = re.findall(r'href="(/login\?next=[^"]+)"', page.split("<main", 1)[1])
    back = unquote(door.removeprefix("/login?next=")).replace("&amp;", "&")
    assert "이 시간 잡기" in seen(mine, unquote(back))


def test_a_held_time_is_finished_with_a_few_words_and_then_shows_its_code(
    mine: TestClient, session: Session, me: Person
) -> None:
    room = a_room(session)
    way = held(mine, room)
    assert "10분 남았어요." in seen(mine, way)
    done = sent(mine, way, **TOLD).headers["location"]
    booking = session.scalars(select(Booking).where(Booking.person_id == me.id)).one()
    assert booking.state is State.CONFIRMED
    assert (booking.purpose, booking.people) == ("책 모임", 4)
    page = seen(mine, done)
    assert f"{booking.code[:3]} {booking.code[3:]}" in page
    assert f"{booking.id.hex[:4].upper()}-" in page
    assert f"/my/bookings/{booking.id}/calendar.ics" in page
    assert booking.code[:3] in seen(mine, "/my/bookings")


def test_pressing_twice_or_going_back_holds_one_time(
    mine: TestClient, session: Session, me: Person
) -> None:
    room = a_room(session)
    assert held(mine, room) == held(mine, room)
    held(mine, room, begins=local(tomorrow(14, 15).lower or now()))
    live = select(Booking).where(Booking.person_id == me.id, Booking.state == State.HELD)
    assert [local(booking.begins_at)[-5:] for booking in session.scalars(live)] == ["14:00"]


def test_rules_that_were_not_agreed_to_keep_what_was_typed(
    mine: TestClient, session: Session
) -> None:
    way = held(mine, a_room(session))
    answer = sent(mine, way, purpose="책 모임")
    assert answer.status_code == 422
    assert "책 모임</textarea>" in answer.text
    assert 'id="faults"' in answer.text


def run_out(session: Session, way: str) -> Booking:
    """The ten minutes are over."""
    booking = session.get_one(Booking, way.split("/")[-2])
    booking.held_until = now() - timedelta(seconds=1)
    session.commit()
    return booking


def test_a_hold_that_ran_out_is_renewed_if_nobody_came(mine: TestClient, session: Session) -> None:
    way = held(mine, a_room(session))
    run_out(session, way)
    assert "잡아 둔 시간이 지났어요" in seen(mine, way)
    done = sent(mine, way, **TOLD).headers["location"]
    assert done.endswith("/done")
    assert "책 모임" in seen(mine, done.removesuffix("/done"))


def test_what_was_taken_meanwhile_keeps_the_form_and_offers_the_nearest_times(
    mine: TestClient, session: Session
) -> None:
    room = a_room(session)
    way = held(mine, room)
    run_out(session, way)
    taken(session, room, 10, 11)
    answer = sent(mine, way, **TOLD)
    assert answer.status_code == 422
    assert "책 모임</textarea>" in answer.text
    near = re.findall(r'name="begins" value="([^"]+)"', answer.text)
    assert [moment[-5:] for moment in near] == ["09:00", "11:00", "11:30"]
    done = sent(mine, way, **TOLD, begins=near[1]).headers["location"]
    assert "11:00" in seen(mine, done)


def test_a_series_with_clashes_books_nothing_names_the_days_and_says_what_can_be_done(
    mine: TestClient, session: Session, me: Person
) -> None:
    room = a_room(session)
    clash = taken(session, room, 10, 12, days=14)
    answer = sent(mine, f"/book/{room.id}", begins=at_ten(), minutes=60, times=4)
    assert answer.status_code == 422
    (days,) = re.findall(r'<ul class="clashes">(.*?)</ul>', answer.text)
    assert f"{clash.begins_at.astimezone(KOREA).day}일" in days
    assert days.count("<li>") == 1
    assert "그 전까지 2번만 예약하기" in answer.text
    other_times = re.findall(r'name="begins" value="([^"]+)"', answer.text)
    assert at_ten()[:11] + "09:00" in other_times
    assert session.scalars(select(Booking).where(Booking.person_id == me.id)).all() == []


def test_a_series_is_finished_and_cancelled_as_one(
    mine: TestClient, session: Session, me: Person
) -> None:
    way = held(mine, a_room(session), times=3)
    assert sent(mine, way, **TOLD).status_code == 303
    series = session.scalars(select(Series).where(Series.person_id == me.id)).one()
    assert "매주 · 3번 남음" in seen(mine, "/my/bookings")
    assert sent(mine, f"/my/series/{series.id}/cancel").status_code == 303
    states = session.scalars(select(Booking.state).where(Booking.series_id == series.id)).all()
    assert states == [State.CANCELLED] * 3


def test_a_series_may_end_on_a_day_instead_of_after_so_many_times(
    mine: TestClient, session: Session
) -> None:
    last = (tomorrow(10, 11).lower or now()) + timedelta(days=15)
    way = held(mine, a_room(session), until=last.date().isoformat())
    assert "매주 3번" in seen(mine, way)


@pytest.mark.parametrize(
    ("room", "begins", "words"),
    [
        ({"terms": {"notice_minutes": 4320}}, 10.0, "시작하기 3일 전까지"),
        ({"terms": {"ahead_days": 1}}, 10.0 + 48, "오늘부터 1일 뒤까지"),
        ({"closed_days": [*WEEKDAYS]}, 10.0, "쉬는 날이에요"),
        ({}, 20.0, "문을 여는 시간이 아니에요"),
        ({"terms": {"who": Who.DONG}}, 10.0, "이웃 확인하기"),
    ],
)
def test_each_refusal_has_its_own_plain_words(
    mine: TestClient, session: Session, room: dict[str, Any], begins: float, words: str
) -> None:
    space = a_room(session, **room)
    moment = local(tomorrow(begins, begins + 1).lower or now())
    answer = sent(mine, f"/book/{space.id}", begins=moment, minutes=60)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_used_up_quota_says_how_much_one_may_book(mine: TestClient, session: Session) -> None:
    room = a_room(session, terms={"quota_bookings": 1})
    sent(mine, held(mine, room), **TOLD)
    answer = sent(
        mine, f"/book/{room.id}", begins=local(tomorrow(14, 15).lower or now()), minutes=60
    )
    assert "한 주에 1번까지" in answer.text
    assert 'href="/my/bookings"' in answer.text


def test_whoever_waits_is_offered_what_becomes_free_and_takes_it(
    mine: TestClient, session: Session, me: Person
) -> None:
    room = a_room(session)
    theirs = taken(session, room, 10, 11)
    page = seen(mine, f"/book/{room.id}/time?begins={at_ten()}&minutes=60")
    assert "자리가 나면 알려 주세요" in page
    answer = sent(mine, f"/book/{room.id}/waiting", begins=at_ten(), minutes=60)
    assert answer.headers["location"] == "/my/bookings#waiting"
    assert "그만 기다리기" in seen(mine, "/my/bookings")
    cancel(session, theirs, at=now())
    session.commit()
    page = seen(mine, "/my/bookings")
    assert "기다리던 자리가 났어요!" in page
    (way,) = re.findall(r'href="(/my/bookings/[^"]+/finish)"', page)
    assert sent(mine, way, **TOLD).headers["location"].endswith("/done")
    booked = select(Booking.state).where(Booking.person_id == me.id)
    assert session.scalars(booked).all() == [State.CONFIRMED]


def test_a_booking_is_moved_and_a_taken_time_offers_the_nearest(
    mine: TestClient, session: Session
) -> None:
    room = a_room(session)
    sent(mine, way := held(mine, room), **TOLD)
    taken(session, room, 13, 14)
    here = way.removesuffix("/finish")
    refused = sent(mine, f"{here}/move", begins=local(tomorrow(13, 14).lower or now()), minutes=60)
    assert refused.status_code == 422
    assert "가장 가까운 빈 시간" in refused.text
    moved = sent(mine, f"{here}/move", begins=local(tomorrow(15, 16).lower or now()), minutes=60)
    assert moved.status_code == 303
    assert "오후 3:00~4:00" in seen(mine, here)


def test_the_time_one_has_is_no_other_time(mine: TestClient, session: Session) -> None:
    sent(mine, way := held(mine, a_room(session)), **TOLD)
    here = way.removesuffix("/finish")
    page = seen(mine, f"{here}/move")
    assert f'value="{at_ten()}"' not in page
    assert f'value="{at_ten()[:11]}11:00"' in page
    same = sent(mine, f"{here}/move", begins=at_ten(), minutes=60)
    assert same.status_code == 422
    assert "지금 예약한 시간과 같아서 바꾸지 않았어요." in same.text
    assert "가장 가까운 빈 시간" not in same.text
    longer = sent(mine, f"{here}/move", begins=at_ten(), minutes=120)
    assert longer.status_code == 303


def test_all_that_is_wrong_in_the_last_questions_is_told_at_once_beside_its_field(
    mine: TestClient, session: Session
) -> None:
    way = held(mine, a_room(session, capacity=40))
    answer = sent(mine, way, purpose="책 모임", people="99")
    assert answer.status_code == 422
    assert '<a href="#f-people">몇 명이 오나요?: 1부터 40까지' in answer.text
    assert '<a href="#f-agreed">규칙을 읽었고 지킬게요: ' in answer.text
    assert 'id="f-people-wrong"' in answer.text
    assert answer.text.count("40명까지 들어갈 수 있어요.") == 1, "the hint of the field"


def test_a_desk_by_the_month_is_chosen_by_its_number(mine: TestClient, session: Session) -> None:
    lab = desks(session, 3, terms={"use": Use.MONTHLY, "price_won": 90_000})
    page = seen(mine, f"/subscribe/{lab.id}")
    (day, *_) = re.findall(r"starts_on=([0-9-]+)", page)
    way = sent(mine, f"/subscribe/{lab.id}", starts_on=day, unit_no=2).headers["location"]
    assert sent(mine, way, agreed="true").headers["location"].endswith("/done")
    page = seen(mine, f"/subscribe/{lab.id}")
    assert re.findall(r'name="unit_no" value="(\d)"', page) == ["1", "3"]
    assert "2번 자리" in seen(mine, "/my/bookings")
    notice = sent(mine, way.replace("/finish", "/notice"))
    assert notice.status_code == 303
    assert "끝나는 날" in seen(mine, way.removesuffix("/finish"))


def test_a_calendar_feed_opens_by_its_word_until_it_is_renewed(
    mine: TestClient, visit: TestClient, session: Session
) -> None:
    sent(mine, held(mine, a_room(session)), **TOLD)
    page = sent(mine, "/my/bookings/calendar").text
    (path,) = re.findall(r"<code>http://[^/]+(/calendar/[^<]+\.ics)</code>", page)
    answer = visit.get(path)
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).events
    assert event.start == tomorrow(10, 11).lower
    assert "TZID=Asia/Seoul" in answer.text
    assert event.walk("VALARM")
    sent(mine, "/my/bookings/calendar")
    assert visit.get(path).status_code == 404


def test_only_a_hash_of_the_word_is_kept(session: Session, me: Person) -> None:
    session.add(Feed(person_id=me.id, word_hash=b"short", made_at=now()))
    with pytest.raises(IntegrityError, match="booking_feed_hashed_check"):
        session.flush()


def test_one_booking_goes_into_a_calendar(mine: TestClient, session: Session) -> None:
    way = held(mine, a_room(session, title="모임방"))
    sent(mine, way, **TOLD)
    answer = mine.get(way.replace("/finish", "/calendar.ics"))
    (event,) = Calendar.from_ical(answer.content).events
    assert str(event["summary"]) == "모임방"


def test_a_code_is_drawn_and_whoever_is_there_says_so_and_proves_it(
    mine: TestClient, session: Session
) -> None:
    room = a_room(session, terms={"check_in_minutes": 60}, open_week=None)
    at = now()
    soon = at + timedelta(minutes=60 - at.minute % 30)
    sent(mine, way := held(mine, room, begins=local(soon)), **TOLD)
    here = way.removesuffix("/finish")
    page = seen(mine, here)
    assert '<div class="qr"><svg' in page
    assert "네, 도착했어요" in page
    assert sent(mine, f"{here}/here").status_code == 303
    assert "도착함" in seen(mine, here)
    assert 'id="clock"' in seen(mine, f"{here}/proof")


def test_a_space_page_says_when_it_is_free_next_and_leads_there(
    visit: TestClient, session: Session
) -> None:
    room = a_room(session, terms={"price_won": 5000})
    page = seen(visit, f"/spaces/{room.id}")
    assert "1시간에 5,000원" in page
    assert "가장 빠른 빈 시간" in page
    assert f'href="/book/{room.id}"' in page


def test_a_space_that_is_not_booked_here_names_the_telephone(
    visit: TestClient, session: Session
) -> None:
    room = a_room(session, terms={"bookable": False}, phone="+82621234567")
    assert f"/book/{room.id}" not in seen(visit, f"/spaces/{room.id}")
    assert "062-123-4567" in seen(visit, f"/book/{room.id}")
