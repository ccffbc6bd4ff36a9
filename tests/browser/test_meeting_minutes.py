"""An alley meeting from its agenda to the look back, by four people with phones and a desk."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.db.embedded import Cluster
from geo_service.meetings.models import Decision, Meeting
from geo_service.meetings.tasks.records import close_ballot, look_back
from geo_service.meetings.workflow.convening import let_time_pass
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.town import Enter, Town, a_town, people
from tests.factories import an_office
from tests.meeting_records import LENGTH, a_convened_meeting, who_comes
from tests.people import a_person, a_token, on_staff

TITLE = "골목 쓰레기 이야기"


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Town]:
    with a_town(cluster, "meeting_minutes") as town:
        yield town


@pytest.fixture
def enter(chromium: Browser, town: Town) -> Iterator[Enter]:
    with people(chromium, town.address) as enter:
        yield enter


def settle(session: Session) -> tuple[str, dict[str, str]]:
    """A meeting that begins soon, and the cookies of who has to do with it."""
    office = an_office(session, phone="+82629600000")
    proposer = a_person(session, name="김반장")
    meeting = a_convened_meeting(
        session,
        proposer,
        begins_at=now() + timedelta(minutes=40),
        office_id=office.id,
        named=True,
        bring="돗자리와 물",
    )
    everybody = {
        "proposer": proposer,
        "neighbour": who_comes(session, meeting, named=True, name="이이웃"),
        "silent": who_comes(session, meeting, name="박조용"),
        "officer": on_staff(session, office.id, name="최담당"),
    }
    return str(meeting.id), {who: a_token(session, one) for who, one in everybody.items()}


def time_passes(town: Town, span: timedelta) -> None:
    """The meeting is put back, since nobody waits for a clock."""
    with town.sessions.begin() as session:
        for meeting in session.query(Meeting):
            assert meeting.begins_at is not None
            begins_at = meeting.begins_at - span
            meeting.during = Range(begins_at, begins_at + LENGTH)
            meeting.open_during = Range(None, begins_at + LENGTH)
            meeting.published_at = begins_at - timedelta(days=5)


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text(words)


def sheets_of(page: Page, path: str) -> int:
    """How many sheets of A4 it takes."""
    page.goto(path)
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def write_agenda(neighbour: Page, proposer: Page, meeting: str) -> None:
    """Two neighbours add to it; one sets the order."""
    neighbour.goto(f"/meetings/{meeting}")
    neighbour.get_by_role("link", name="안건 내기").click()
    neighbour.get_by_label("무엇을 이야기할까요?").fill("쓰레기통 자리")
    neighbour.get_by_label("미리 알면 좋은 것").fill("입구로 옮기면 냄새가 덜 나요.")
    neighbour.get_by_label("얼마나 걸릴까요?").fill("20")
    neighbour.get_by_label("이 자리에서 정해야 해요").check()
    neighbour.get_by_role("button", name="안건 내기").click()
    told(neighbour, "안건을 냈어요.")
    looked_at(neighbour, "minutes-1-agenda")
    proposer.goto(f"/my/meetings/{meeting}/agenda")
    proposer.get_by_label("무엇을 이야기할까요?").fill("서로 인사하기")
    proposer.get_by_role("button", name="안건 내기").click()
    proposer.get_by_role("button", name="위로").click()
    expect(proposer.locator(".points > li").first).to_contain_text("서로 인사하기")
    proposer.get_by_role("link", name="서로 인사하기 고치기").click()
    looked_at(proposer, "minutes-2-item")


def print_sheets(desk: Page, phone: Page, meeting: str) -> None:
    """Each fits on one sheet, and reads well on a screen."""
    desk.goto(f"/office/meetings/{meeting}")
    expect(desk.get_by_role("link", name="알림 포스터")).to_be_visible()
    looked_at(desk, "minutes-3-office")
    for sheet in ("poster", "agenda", "sign-in"):
        assert sheets_of(desk, f"/meetings/{meeting}/print/{sheet}") == 1
        looked_at(desk, f"minutes-4-{sheet}")
        phone.goto(f"/en/meetings/{meeting}/print/{sheet}")
        looked_at(phone, f"minutes-4-{sheet}-en")


def write_minutes(proposer: Page, meeting: str) -> None:
    """Who was there, what was said; then for everybody."""
    proposer.goto(f"/my/meetings/{meeting}/sign-in")
    for name in ("김반장", "이이웃", "박조용"):
        proposer.get_by_role("group", name=name).get_by_label("왔어요").check()
    looked_at(proposer, "minutes-5-sign-in")
    proposer.get_by_role("button", name="저장하기").click()
    told(proposer, "누가 왔는지 적었어요.")
    proposer.get_by_label("몇 명이 함께했나요?").fill("12")
    proposer.get_by_label("나눈 이야기").fill(
        "이이웃 님이 자리를 제안하고 박조용 님이 거들었어요.\n모두 끝까지 이야기했어요."
    )
    proposer.get_by_role("button", name="초안 저장하기").click()
    told(proposer, "초안을 저장했어요.")
    looked_at(proposer, "minutes-6-draft")
    proposer.get_by_role("button", name="저장한 초안 올리기").click()
    told(proposer, "회의록을 올렸어요.")
    proposer.goto(f"/my/meetings/{meeting}/minutes")
    proposer.get_by_label("나눈 이야기").fill("이이웃 님이 자리를 제안했어요.")
    proposer.get_by_role("button", name="초안 저장하기").click()
    proposer.get_by_label("무엇을 왜 고쳤나요?").fill("한 줄이 잘못 들어갔어요")
    proposer.get_by_role("button", name="고친 회의록 올리기").click()
    proposer.get_by_text("고치기 전 글").click()
    expect(proposer.get_by_text("모두 끝까지 이야기했어요.")).to_be_visible()
    expect(proposer.get_by_text("○○○ 님이 거들었어요")).to_be_visible()
    looked_at(proposer, "minutes-7-corrected")


def decide(proposer: Page, meeting: str) -> None:
    """Once by hands, once by a ballot."""
    proposer.goto(f"/my/meetings/{meeting}/decisions")
    proposer.get_by_label("무엇을 물었나요?").fill("다음 달에도 모일까요?")
    for label, number in (("찬성", "9"), ("반대", "1"), ("기권", "2")):
        proposer.get_by_label(label).fill(number)
    proposer.get_by_role("button", name="적기").click()
    told(proposer, "결정을 적었어요.")
    proposer.get_by_text("비밀투표 열기").click()
    proposer.get_by_label("무엇을 묻나요?").fill("쓰레기통을 입구로 옮길까요?")
    about = proposer.get_by_label("어느 안건에 관한 투표인가요?")
    about.select_option(label="쓰레기통 자리")
    proposer.get_by_role("button", name="투표 열기").click()
    told(proposer, "투표를 열고")
    looked_at(proposer, "minutes-8-decisions")


def vote(page: Page, meeting: str, choice: str) -> str:
    """From the page of the meeting to the code of the slip."""
    page.goto(f"/meetings/{meeting}")
    page.get_by_role("link", name="투표하기").click()
    page.get_by_label(choice, exact=True).check()
    looked_at(page, f"minutes-9-ballot-{choice}")
    page.get_by_role("button", name="투표하기").click()
    expect(page.get_by_role("heading", name="투표했어요")).to_be_visible()
    looked_at(page, f"minutes-9-voted-{choice}")
    return page.locator(".receipt b").inner_text()


def the_ballot_closes(town: Town) -> None:
    """Its time is put back too, and the worker comes by."""
    with town.sessions.begin() as session:
        for decision in session.query(Decision).filter(Decision.closed_at.is_(None)).all():
            decision.opened_at -= timedelta(days=7)
            decision.closes_at = now() - timedelta(minutes=1)
            session.flush()
            close_ballot(session, {"decision": str(decision.id)}, now())


def share_out(proposer: Page, meeting: str) -> None:
    """Somebody who agreed to be named does it."""
    proposer.goto(f"/my/meetings/{meeting}/tasks")
    proposer.get_by_label("무엇을 하나요?").fill("구청에 자리를 신청하기")
    owners = proposer.get_by_label("누가 하나요?")
    assert "박조용" not in owners.inner_text()
    owners.select_option(label="이이웃")
    proposer.get_by_label("어느 결정에서 나왔나요?").select_option(
        label="쓰레기통을 입구로 옮길까요?"
    )
    proposer.get_by_role("button", name="적기").click()
    told(proposer, "할 일을 적었어요.")
    looked_at(proposer, "minutes-10-tasks")


def four_weeks_pass(town: Town) -> None:
    """And whoever is to be asked is asked."""
    time_passes(town, timedelta(weeks=5))
    with town.sessions.begin() as session:
        let_time_pass(session, at=now())
        look_back(session, {}, now())


def test_from_the_agenda_to_the_look_back(town: Town, enter: Enter) -> None:
    with town.sessions() as session:
        meeting, tokens = settle(session)
    proposer, neighbour = enter(tokens["proposer"], PHONE), enter(tokens["neighbour"], PHONE)
    silent, desk = enter(tokens["silent"], PHONE), enter(tokens["officer"], DESKTOP)
    anybody = enter("", DESKTOP)

    write_agenda(neighbour, proposer, meeting)
    print_sheets(desk, silent, meeting)
    time_passes(town, timedelta(hours=1))
    write_minutes(proposer, meeting)
    decide(proposer, meeting)
    codes = [vote(neighbour, meeting, "찬성"), vote(silent, meeting, "반대")]
    the_ballot_closes(town)
    share_out(proposer, meeting)

    anybody.goto(f"/meetings/{meeting}/record")
    anybody.get_by_text("투표지 다시 세기").click()
    for code in codes:
        expect(anybody.get_by_text(code)).to_be_visible()
    expect(anybody.get_by_text("찬성 1 · 반대 1 · 기권 0")).to_be_visible()
    expect(anybody.locator("body")).not_to_contain_text("박조용")
    looked_at(anybody, "minutes-11-record")
    anybody.goto(f"/en/meetings/{meeting}/record")
    expect(anybody.get_by_text("Yes 9 · No 1 · Abstained 2")).to_be_visible()
    looked_at(anybody, "minutes-11-record-en")

    four_weeks_pass(town)
    neighbour.goto(f"/meetings/{meeting}/record")
    neighbour.get_by_role("link", name="내가 맡은 일: 어떻게 되었나요?").click()
    neighbour.get_by_label("조금 했어요").check()
    neighbour.get_by_label("한 줄로 남기기").fill("신청하고 답을 기다려요")
    looked_at(neighbour, "minutes-12-outcome")
    neighbour.get_by_role("button", name="남기기", exact=True).click()
    expect(neighbour.get_by_text("신청하고 답을 기다려요")).to_be_visible()
    proposer.goto(f"/my/meetings/{meeting}/look-back")
    proposer.get_by_label("그 뒤로 무엇이 달라졌나요?").fill("골목에서 인사하게 되었어요.")
    looked_at(proposer, "minutes-13-look-back")
    proposer.get_by_role("button", name="남기기", exact=True).click()
    anybody.goto(f"/meetings/{meeting}")
    expect(anybody.get_by_text("골목에서 인사하게 되었어요.")).to_be_visible()
    expect(anybody.get_by_text("돌아본 모임")).to_be_visible()
    looked_at(anybody, "minutes-14-meeting")
