"""An alley meeting as neighbours live it: proposed, supported, convened, joined, moved."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA
from geo_service.db.embedded import Cluster
from geo_service.meetings.models import Meeting
from geo_service.offices.models import Office
from geo_service.spaces.models import Booking, Space, State
from tests.accounts import a_dong_here, letters_to
from tests.areas import inside
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP
from tests.browser.town import Enter, Town, a_town, people
from tests.factories import an_office, walk
from tests.meetings import in_days
from tests.people import a_person, a_token, on_staff
from tests.spaces import ALL_DAY, a_room

HERE = inside(0)
TITLE = "골목 화단을 함께 가꾸어요"


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Town]:
    with a_town(cluster, "browsing_meetings") as town:
        yield town


@pytest.fixture
def session(town: Town) -> Iterator[Session]:
    """What the server sees at once."""
    with town.sessions() as session:
        yield session


@pytest.fixture
def centre(session: Session) -> Office:
    """The dong centre that answers for HERE, with two rooms nearby."""
    centre = an_office(session, answers_for_id=a_dong_here(session).id, place=HERE)
    for title, metres in (("마을 사랑방", 100), ("작은도서관 모임방", 300)):
        a_room(
            session,
            title=title,
            office_id=centre.id,
            place=walk(metres, 0, HERE),
            open_week=ALL_DAY,
        )
    return centre


@pytest.fixture
def enter(chromium: Browser, town: Town) -> Iterator[Enter]:
    with people(chromium, town.address) as enter:
        yield enter


@pytest.fixture
def comes_in(enter: Enter, session: Session) -> Callable[..., Page]:
    """Somebody, signed in, with a device."""
    return lambda person, **also: enter(a_token(session, person), **also)


def evening(days: int) -> str:
    """As a browser fills it in."""
    begins = in_days(days).lower
    assert begins is not None
    return begins.astimezone(KOREA).strftime("%Y-%m-%dT%H:%M")


def test_an_alley_meeting_from_the_proposal_to_the_day(
    session: Session, centre: Office, enter: Enter, comes_in: Callable[..., Page]
) -> None:
    proposer: Person = a_person(session, name="한이웃", home=HERE.rounded(3))
    officer = on_staff(session, centre.id, name="김주무관")
    meeting = propose(comes_in(proposer), session)
    for number in range(3):
        support(
            comes_in(a_person(session), **({"device": DESKTOP} if number else {})), meeting, number
        )
    mine = comes_in(proposer)
    convene(mine, session, meeting)
    answer(comes_in(officer, device=DESKTOP))
    guest = enter()
    code = found_nearby_and_joined(guest, meeting)
    neighbour = a_person(session, name="박이웃")
    waits = comes_in(neighbour, device=DESKTOP)
    join_the_line(waits, meeting)
    guest_gives_up(guest, code)
    waits.goto(f"/en/meetings/{meeting.id}")
    expect(waits.get_by_text("You are coming", exact=True)).to_be_visible()
    assert "자리가 났어요" in letters_to(session, neighbour.email or "")[-1]
    move(mine, session, meeting)
    assert "바뀌었어요" in letters_to(session, neighbour.email or "")[-1]
    cancel(mine, meeting)
    assert "취소되었어요" in letters_to(session, neighbour.email or "")[-1]
    guest.goto(f"/?lat={HERE.lat}&lng={HERE.lng}&kind=meeting")
    expect(guest.get_by_role("heading", name=TITLE)).to_have_count(0)


def propose(page: Page, session: Session) -> Meeting:
    """With a mistake, a look at it, and then for good."""
    page.goto("/meetings")
    expect(page.get_by_text("이 둘레에는 아직 제안이 없어요.")).to_be_visible()
    looked_at(page, "meetings-none")
    page.get_by_role("link", name="모임 제안하기").click()
    page.get_by_label("무엇을 이야기할까요?").fill(TITLE)
    page.get_by_role("button", name="제안하기").click()
    expect(page.get_by_role("alert")).to_be_focused()
    looked_at(page, "meetings-new-wrong")
    page.get_by_label("모임방").check()
    page.get_by_role("button", name="지도에서 누른 곳을").click(position={"x": 128, "y": 128})
    expect(page.get_by_label("무엇을 이야기할까요?")).to_have_value(TITLE)
    page.get_by_label("첫째 시간").fill(evening(3))
    page.get_by_label("둘째 시간").fill(evening(4))
    page.get_by_label("자리", exact=True).fill("3")
    page.get_by_label("가져올 것").fill("장갑")
    page.get_by_label("제안한 사람으로 내 이름을").check()
    page.get_by_role("button", name="미리보기").click()
    expect(page.get_by_role("heading", name="이렇게 제안해요")).to_be_visible()
    looked_at(page, "meetings-check")
    page.get_by_role("button", name="제안하기").click()
    expect(page.get_by_text("모임을 제안했어요.")).to_be_visible()
    looked_at(page, "meetings-proposed")
    meeting = session.scalars(select(Meeting)).one()
    page.goto(f"/my/meetings/{meeting.id}")
    page.get_by_role("link", name="제안 고치기").click()
    expect(page.get_by_label("둘째 시간")).to_have_value(evening(4))
    page.get_by_label("가져올 것").fill("장갑, 물")
    looked_at(page, "meetings-edit")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_text("장갑, 물")).to_be_visible()
    return meeting


def support(page: Page, meeting: Meeting, number: int) -> None:
    """Both evenings suit the first, one the others."""
    page.goto(f"/meetings?lat={HERE.lat}&lng={HERE.lng}")
    expect(page.get_by_text(f"{number}명 응원")).to_be_visible()
    if number == 1:
        looked_at(page, "meetings-near")
    page.get_by_role("link", name=TITLE).click()
    boxes = page.get_by_role("checkbox")
    boxes.first.check()
    if number == 0:
        boxes.last.check()
    page.get_by_role("button", name="응원해요").click()
    expect(page.get_by_text("응원했어요.")).to_be_visible()
    if number == 2:
        page.goto(f"/en/meetings/{meeting.id}")
        looked_at(page, "meetings-ripe-en")


def convene(page: Page, session: Session, meeting: Meeting) -> None:
    """The room that was chosen is gone; the next one is named, and taken."""
    page.goto("/my")
    page.get_by_role("link", name=TITLE).click()
    looked_at(page, "meetings-mine-ripe")
    page.get_by_role("link", name="모임 열기").click()
    page.get_by_role("link", name="3명이 좋대요").click()
    expect(page.get_by_label("마을 사랑방")).to_be_checked()
    room = session.scalars(select(Space).where(Space.title == "마을 사랑방")).one()
    room.closed_at = room.published_at
    session.commit()
    page.get_by_role("button", name="모임 열기").click()
    expect(page.get_by_role("alert")).to_contain_text("다른 분이 먼저 예약한 방")
    expect(page.get_by_label("작은도서관 모임방")).to_be_checked()
    looked_at(page, "meetings-next-room")
    page.get_by_role("button", name="모임 열기").click()
    expect(page.get_by_text("모임을 열었어요.")).to_be_visible()
    booking = session.scalars(select(Booking)).one()
    assert (booking.state, booking.space.title) == (State.CONFIRMED, "작은도서관 모임방")
    assert booking.during == in_days(3)
    page.goto(f"/meetings/{meeting.id}")
    expect(page.get_by_text("가기로 했어요", exact=True)).to_be_visible()


def answer(page: Page) -> None:
    """The dong's officer comes and helps."""
    page.goto("/office/meetings")
    looked_at(page, "meetings-office")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("가서 도울게요").check()
    page.get_by_label("전할 말").fill("천막을 가져갈게요")
    looked_at(page, "meetings-office-one")
    page.get_by_role("button", name="답하기").click()
    expect(page.get_by_text("답했어요.")).to_be_visible()


def found_nearby_and_joined(page: Page, meeting: Meeting) -> str:
    """By who has no account; two seats, which are the last."""
    page.goto(f"/?lat={HERE.lat}&lng={HERE.lng}")
    page.get_by_role("link", name="모임", exact=True).click()
    expect(page).to_have_url(re.compile("kind=meeting"))
    expect(page.get_by_text("작은도서관 모임방")).to_have_count(1)
    looked_at(page, "meetings-home")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("천막을 가져갈게요")).to_be_visible()
    looked_at(page, "meetings-page")
    page.get_by_role("link", name="갈게요").click()
    page.get_by_label("이름", exact=True).fill("최이웃")
    page.get_by_label("전화번호", exact=True).fill("010-2345-6789")
    page.get_by_label("함께 오는 아이").fill("1")
    page.get_by_label("계단 없는 길이 필요해요").check()
    page.get_by_label("통역이 필요하면").select_option("vi")
    page.get_by_role("button", name="갈게요").click()
    expect(page.get_by_role("alert")).to_be_focused()
    looked_at(page, "meetings-join-wrong")
    page.get_by_label("이름과 전화번호를 모임을 연 이웃과").check()
    page.get_by_role("button", name="갈게요").click()
    expect(page.get_by_role("heading", name="자리를 맡았어요")).to_be_visible()
    looked_at(page, "meetings-seat")
    page.goto(f"/meetings/{meeting.id}")
    expect(page.get_by_text("3자리가 모두 찼어요.")).to_be_visible()
    page.go_back()
    return (page.locator(".code").text_content() or "").strip()


def join_the_line(page: Page, meeting: Meeting) -> None:
    page.goto(f"/en/meetings/{meeting.id}")
    looked_at(page, "meetings-page-full-en")
    page.get_by_role("link", name="Join the line").click()
    page.get_by_role("button", name="Join the line").click()
    expect(page.get_by_text("You are in line", exact=True)).to_be_visible()
    page.goto("/my/meetings")
    looked_at(page, "meetings-my")


def guest_gives_up(page: Page, code: str) -> None:
    """They type the code that they wrote down."""
    page.goto("/seat")
    page.get_by_label("참여 번호").fill("AAAA")
    page.get_by_role("button", name="찾기").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("참여 번호").fill(code.lower())
    page.get_by_role("button", name="찾기").click()
    page.get_by_role("button", name="못 가요").click()
    expect(page.get_by_text("자리를 내어 주셔서 고맙습니다.")).to_be_visible()


def move(page: Page, session: Session, meeting: Meeting) -> None:
    """To another evening, in the same room."""
    page.goto(f"/my/meetings/{meeting.id}")
    page.get_by_role("link", name="시간·장소 바꾸기").click()
    page.get_by_label("새 시간").fill(evening(5))
    page.get_by_role("button", name="그때 빈 방 보기").click()
    expect(page.get_by_label("작은도서관 모임방")).to_be_checked()
    looked_at(page, "meetings-move")
    page.get_by_role("button", name="바꾸고 알리기").click()
    expect(page.get_by_role("alert")).to_contain_text("까닭")
    page.get_by_label("새 시간").fill(evening(5))
    page.get_by_role("button", name="그때 빈 방 보기").click()
    page.get_by_label("까닭").fill("비가 온대요")
    page.get_by_role("button", name="바꾸고 알리기").click()
    expect(page.get_by_text("바꾸었어요.")).to_be_visible()
    session.expire_all()
    assert session.scalars(select(Booking)).one().during == in_days(5)
    page.goto(f"/meetings/{meeting.id}")
    expect(page.get_by_text("비가 온대요")).to_be_visible()


def cancel(page: Page, meeting: Meeting) -> None:
    page.goto(f"/my/meetings/{meeting.id}/cancel")
    page.get_by_label("까닭").fill("다음 달에 다시 해요")
    looked_at(page, "meetings-cancel")
    page.get_by_role("button", name="모임 취소하기").click()
    expect(page.get_by_text("취소했어요.")).to_be_visible()
    page.goto(f"/meetings/{meeting.id}")
    expect(page.get_by_text("취소된 모임이에요. 다음 달에 다시 해요")).to_be_visible()
    looked_at(page, "meetings-cancelled")
