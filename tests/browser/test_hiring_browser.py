"""A neighbour applies on a phone, an officer decides at a desk, the neighbour reads why.

`TEST_SHOTS=/some/folder` keeps a picture of every page that is looked at.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.db.embedded import Cluster
from geo_service.db.session import Sessions
from geo_service.hiring.workflow.deciding import decide
from geo_service.jobs.models import Job, Turn
from geo_service.jobs.workflow import close
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.town import Town, a_town, people
from tests.factories import an_office
from tests.hiring import an_application
from tests.jobs import OFFICE
from tests.people import a_person, a_token, on_staff
from tests.programmes import a_programme
from tests.shifts import a_weekly_job

QUESTION = "오전 9시까지 올 수 있나요?"


@dataclass
class Workplace:
    """A town, an office, and whatever a test puts there."""

    town: Town
    office: UUID
    programme: UUID
    officer: Person

    @property
    def sessions(self) -> Sessions:
        """What the town holds."""
        return self.town.sessions

    def job(self, **said: Any) -> UUID:
        """Two weeks of mornings, which begin in two weeks."""
        first = now().astimezone(KOREA).date() + timedelta(days=14)
        usual = {
            "works_from": first,
            "works_until": first + timedelta(days=13),
            "office_id": self.office,
            "programme_id": self.programme,
        }
        with self.sessions() as session:
            return a_weekly_job(session, **usual | said).id

    def person(self, **said: Any) -> Person:
        """A neighbour."""
        with self.sessions() as session:
            return a_person(session, **said)

    def token(self, person: Person) -> str:
        """The cookie of their browser."""
        with self.sessions() as session:
            return a_token(session, person)


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Workplace]:
    with a_town(cluster, "browsing_applications") as town:
        with town.sessions() as session:
            office = an_office(session, phone="+82621234567", **OFFICE)
            last = now().date() + timedelta(days=120)
            programme = a_programme(
                session, office_id=office.id, valid_until=last, minutes_in_all=6_000
            )
            officer = on_staff(session, office.id, name="김담당")
        yield Workplace(town, office.id, programme.id, officer)


@pytest.fixture
def enter(chromium: Browser, town: Workplace) -> Iterator[Callable[..., Page]]:
    """Somebody with a device, signed in."""
    with people(chromium, town.town.address) as enter:
        yield lambda person, *args, **also: enter(town.token(person), *args, **also)


def applies(page: Page, job: UUID) -> None:
    """By keyboard alone, from the job to the number."""
    page.goto(f"/apply/{job}")
    looked_at(page, "1-whom")
    page.get_by_role("button", name="다음").press("Enter")
    page.get_by_label("전화번호").fill("010-12")
    page.get_by_role("button", name="다음").press("Enter")
    expect(page.locator("#faults")).to_be_focused()
    looked_at(page, "2-contact")
    page.get_by_label("전화번호").fill("010-1234-5678")
    page.get_by_role("button", name="다음").press("Enter")
    page.get_by_label(QUESTION).fill("네, 걸어서 10분이에요.")
    looked_at(page, "3-questions")
    page.get_by_role("button", name="다음").press("Enter")
    looked_at(page, "4-check")
    page.get_by_role("button", name="신청 보내기").press("Enter")
    expect(page.get_by_role("heading", name="신청이 들어갔어요")).to_be_visible()
    expect(page.locator(".receipt")).to_have_text(re.compile(r"[0-9A-F]{4}-\d"))
    looked_at(page, "5-done")


def test_a_neighbour_applies_the_office_decides_and_the_neighbour_reads_why(
    town: Workplace, enter: Callable[..., Page]
) -> None:
    job = town.job(title="경로당 점심 준비 돕기", questions=[QUESTION], seats=1)
    quick, slow = town.person(name="이빠른"), town.person(name="박느긋")
    phone = enter(quick, PHONE)
    applies(phone, job)
    late = enter(slow, DESKTOP)
    applies(late, job)
    desk = enter(town.officer, DESKTOP)
    desk.goto(f"/office/jobs/{job}/applications")
    expect(desk.get_by_text("100시간")).to_have_count(2)
    looked_at(desk, "6-list")
    desk.get_by_role("link", name="1. 이빠른").click()
    looked_at(desk, "7-one")
    desk.get_by_role("link", name="경로당 점심 준비 돕기").click()
    desk.get_by_role("button", name="규칙대로 정하기").click()
    expect(desk.get_by_role("alert")).to_contain_text("규칙대로 정하고 모두에게 알렸어요.")
    looked_at(desk, "8-decided")
    phone.get_by_role("link", name="내 신청 보기").click()
    expect(phone.locator(".status").first).to_have_text("확정")
    expect(phone.locator("main")).to_contain_text("예정")
    looked_at(phone, "9-hired")
    late.goto("/my/applications")
    looked_at(late, "10-mine")
    late.get_by_role("link", name="경로당 점심 준비 돕기").click()
    expect(late.locator("main")).to_contain_text("순서는 2번째이고 자리는 1개예요.")
    looked_at(late, "11-waiting")
    phone.get_by_role("button", name="신청 취소").click()
    expect(phone.get_by_role("alert")).to_contain_text("신청을 취소했어요.")
    late.reload()
    late.get_by_role("button", name="일할게요").click()
    expect(late.get_by_role("alert")).to_contain_text("자리를 받으셨어요.")


def test_a_job_that_closed_meanwhile_says_so_and_shows_another(
    town: Workplace, enter: Callable[..., Page]
) -> None:
    job, _other = town.job(title="먼저 닫히는 일"), town.job(title="아직 열린 일")
    page = enter(town.person(phone="+821012345678"), PHONE, java_script_enabled=False)
    page.goto(f"/apply/{job}")
    page.get_by_role("button", name="다음").click()
    page.get_by_role("button", name="다음").click()
    with town.sessions() as session:
        close(session, session.get_one(Job, job), at=now())
        session.commit()
    page.get_by_role("button", name="신청 보내기").click()
    expect(page.get_by_role("alert")).to_have_text("이미 모집을 마감한 일자리예요.")
    expect(page.get_by_role("heading", name="가까운 다른 일자리")).to_be_visible()


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_officer_applies_for_somebody_at_the_counter(
    town: Workplace, enter: Callable[..., Page], device: dict[str, Any]
) -> None:
    job = town.job(title="창구에서 신청하는 일", questions=[QUESTION])
    page = enter(town.officer, device)
    page.goto(f"/office/jobs/{job}/applications")
    page.get_by_role("link", name="창구에서 신청 받기").click()
    page.get_by_role("button", name="신청 받기").click()
    expect(page.locator("#faults")).to_be_focused()
    looked_at(page, "12-counter")
    page.get_by_label("일할 분 이름").fill("김순자")
    page.get_by_label("일할 분 전화번호").fill("010-1111-2222")
    page.get_by_label("옆에 함께 있어요").check()
    page.get_by_label(QUESTION).fill("네")
    page.get_by_label("신청하는 데 동의했어요").check()
    page.get_by_role("button", name="신청 받기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("김순자")
    expect(page.locator("main")).to_contain_text("김담당")
    looked_at(page, "13-counter-done")


def test_a_draw_can_be_read_by_anybody(town: Workplace, enter: Callable[..., Page]) -> None:
    job = town.job(title="추첨하는 일", turn=Turn.LOTTERY, seats=2)
    with town.sessions() as session:
        held = session.get_one(Job, job)
        for _ in range(5):
            an_application(session, held, at=now())
        close(session, held, at=now())
        decide(session, held, at=now())
        session.commit()
    page = enter(town.person(), PHONE)
    page.goto(f"/en/jobs/{job}/draw")
    expect(page.get_by_role("list").filter(has_text="No. 1").get_by_role("listitem")).to_have_count(
        5
    )
    looked_at(page, "14-draw")


def test_a_relative_is_asked_for_consent(town: Workplace, enter: Callable[..., Page]) -> None:
    page = enter(town.person(), PHONE)
    page.goto(f"/apply/{town.job()}")
    page.get_by_label("다른 사람을 도와서 대신 신청해요").check()
    page.get_by_role("button", name="다음").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("일할 분은 누구인가요?")
    looked_at(page, "15-worker")
