"""Booking as people do it: from the map to the door, and when somebody else is faster."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.db.embedded import Cluster
from geo_service.spaces.models import Booking, Space, State, Use, Wish
from geo_service.spaces.workflow.changing import cancel
from geo_service.spaces.workflow.holding import book
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.test_finding import at
from tests.browser.town import Town, a_town, people
from tests.browser.weight import weighed
from tests.factories import HOME, an_office
from tests.people import a_person, a_token, on_staff
from tests.spaces import a_room, desks, tomorrow


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Town]:
    with a_town(cluster, "browsing_bookings") as town:
        yield town


@pytest.fixture
def session(town: Town) -> Iterator[Session]:
    """What the server sees at once."""
    with town.sessions() as session:
        yield session


@pytest.fixture
def enter(chromium: Browser, town: Town, session: Session) -> Iterator[Callable[..., Page]]:
    """Somebody, signed in, with a device."""
    with people(chromium, town.address) as enter:
        yield lambda person, *args, **also: enter(a_token(session, person), *args, **also)


def finish(page: Page) -> None:
    """Agree to the rules, and book."""
    page.get_by_label("규칙을 읽었고 지킬게요").check()
    page.get_by_role("button", name="이대로 예약하기").click()


def taken(session: Session, room: Space, begins: float, ends: float, days: int = 0) -> Booking:
    """Somebody else has it."""
    span, more = tomorrow(begins, ends), timedelta(days=days)
    wish = Wish(type(span)((span.lower or now()) + more, (span.upper or now()) + more))
    booking = book(session, room.id, a_person(session), wish, at=now())
    session.commit()
    return booking


def test_from_the_map_to_the_door(enter: Any, session: Session) -> None:
    room = a_room(
        session,
        title="해돋이방",
        place=HOME,
        open_week=None,
        terms={"check_in_minutes": 600, "price_won": 5000, "no_show_minutes": 20},
    )
    phone: Page = enter(a_person(session))
    phone.goto(at(HOME))
    phone.get_by_role("link", name="해돋이방").click()
    looked_at(phone)
    phone.get_by_role("link", name="바로 예약하기").click()
    looked_at(phone)
    phone.locator(".big-slots button").first.click()
    expect(phone.locator(".held-note")).to_contain_text("10분 남았어요")
    looked_at(phone)
    phone.get_by_role("button", name="이대로 예약하기").click()
    expect(phone.locator("#faults")).to_be_focused()
    phone.get_by_label("무엇을 하실 건가요?").fill("책 모임")
    finish(phone)
    expect(phone.get_by_role("heading", name="예약되었어요")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("link", name="QR과 자세히 보기").click()
    expect(phone.locator(".qr svg")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("button", name="네, 도착했어요").click()
    expect(phone.locator(".note")).to_contain_text("도착을 알렸어요")
    phone.goto(phone.url + "/proof")
    expect(phone.locator("#clock")).to_contain_text(":")
    looked_at(phone)
    state = select(Booking.state).where(Booking.space_id == room.id)
    assert session.scalars(state).all() == [State.CHECKED_IN]


def test_when_somebody_else_was_faster(enter: Any, session: Session) -> None:
    room = a_room(session)
    phone: Page = enter(a_person(session))
    phone.goto(f"/book/{room.id}")
    phone.locator(".week-slots tr", has_text="내일").get_by_text("10:00", exact=True).click()
    phone.get_by_label("무엇을 하실 건가요?").fill("글쓰기 모임")
    held = session.scalars(select(Booking).where(Booking.space_id == room.id)).one()
    held.held_until = now() - timedelta(seconds=1)
    session.commit()
    theirs = taken(session, room, 10, 11)
    finish(phone)
    expect(phone.locator("#faults")).to_contain_text("다른 분이 먼저")
    expect(phone.get_by_label("무엇을 하실 건가요?")).to_have_value("글쓰기 모임")
    looked_at(phone)
    phone.locator(".refusal .big-slots button").nth(1).click()
    expect(phone.locator(".done-panel")).to_contain_text("오전 11:00")
    phone.goto(f"/book/{room.id}")
    phone.locator(".week-slots tr", has_text="내일").get_by_text("10:00", exact=True).click()
    phone.get_by_role("button", name="자리가 나면 알려 주세요").click()
    expect(phone.locator("#waiting")).to_be_visible()
    session.expire_all()
    cancel(session, theirs, at=now())
    session.commit()
    phone.reload()
    expect(phone.locator(".held-note")).to_contain_text("기다리던 자리가 났어요!")
    looked_at(phone)
    phone.get_by_role("link", name="예약 마치기").click()
    finish(phone)
    expect(phone.locator(".done-panel")).to_contain_text("오전 10:00")
    begins_now(session, room)
    phone.get_by_role("link", name="QR과 자세히 보기").click()
    phone.get_by_role("button", name="네, 도착했어요").click()
    expect(phone.locator(".note")).to_contain_text("도착을 알렸어요")


def begins_now(session: Session, room: Space) -> None:
    """What was moved up has come: nobody waits for a clock."""
    state = {"room": room.id, "state": State.CONFIRMED.value}
    session.execute(
        text(
            "UPDATE booking SET during = tstzrange(now(), now() + interval '1 hour')"
            " WHERE space_id = :room AND state = :state AND lower(during) = ("
            "SELECT min(lower(during)) FROM booking WHERE space_id = :room AND state = :state)"
        ),
        state,
    )
    session.commit()


def test_a_clashing_series_without_scripts_on_a_very_small_screen(
    enter: Any, session: Session
) -> None:
    room = a_room(session)
    clash = taken(session, room, 10, 12, days=14)
    small = {"viewport": {"width": 320, "height": 640}}
    phone: Page = enter(a_person(session), small, java_script_enabled=False)
    with weighed(phone) as weight:
        phone.goto(f"/book/{room.id}?times=4")
    assert weight.kb("Document") <= 25, weight.table
    assert weight.kb("Stylesheet") <= 20, weight.table
    phone.locator(".week-slots tr", has_text="내일").get_by_text("10:00", exact=True).click()
    day = clash.begins_at.astimezone(KOREA)
    expect(phone.locator(".clashes li")).to_contain_text([f"{day.month}월 {day.day}일"])
    phone.get_by_role("button", name="그 전까지 2번만 예약하기").click()
    expect(phone.locator(".dates li")).to_have_count(2)
    finish(phone)
    expect(phone.locator(".done-panel .dates li")).to_have_count(2)


def test_a_desk_by_the_month_is_chosen_and_given_notice(enter: Any, session: Session) -> None:
    lab = desks(session, 2, title="청년 책상", terms={"use": Use.MONTHLY, "price_won": 90_000})
    phone: Page = enter(a_person(session))
    phone.goto(f"/subscribe/{lab.id}")
    looked_at(phone)
    phone.get_by_role("button", name="2번 자리").click()
    phone.get_by_label("무엇을 하실 건가요?").fill("글쓰기")
    finish(phone)
    expect(phone.locator(".done-panel")).to_contain_text("2번 자리")
    other: Page = enter(a_person(session))
    other.goto(f"/subscribe/{lab.id}")
    expect(other.locator(".desks .taken")).to_contain_text("2번 자리")
    phone.goto("/my/bookings")
    phone.get_by_role("link", name="청년 책상").first.click()
    looked_at(phone)


def test_an_officer_approves_and_prints_the_day(enter: Any, session: Session) -> None:
    office = an_office(session, name="인쇄도서관", place=HOME)
    room = a_room(session, office_id=office.id, terms={"needs_approval": True})
    request = taken(session, room, 10, 12)
    day = request.begins_at.astimezone(KOREA).date()
    officer = on_staff(session, office.id)
    desk: Page = enter(officer, DESKTOP)
    desk.goto("/office/bookings")
    looked_at(desk)
    desk.get_by_role("button", name="승인").click()
    expect(desk.locator(".note")).to_contain_text("승인하고")
    desk.goto(f"/office/bookings/day?on={day}")
    looked_at(desk)
    desk.emulate_media(media="print")
    expect(desk.locator(".rooms")).to_be_hidden()
    expect(desk.locator(".tick-box")).to_be_visible()
    phone: Page = enter(officer, PHONE)
    for path in ("/office/checkin", "/office/bookings/new", "/office/spaces"):
        phone.goto(path)
        looked_at(phone)
    for path in ("", "/hours", "/terms"):
        phone.goto(f"/office/spaces/{room.id}{path}")
        looked_at(phone)
