"""An office's pages of its jobs: what is typed, what is told back, what it comes to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.geo.place import Place
from geo_service.geo.walking import metres_in
from geo_service.jobs.models import Job, JobState, Turn
from geo_service.jobs.workflow import UNDO_FOR
from geo_service.listings.access import MAP_PX
from geo_service.offices.models import Office, OfficeKind
from geo_service.programmes.workflow.wages import highest_wage
from tests.factories import HOME, a_job, an_office, walk
from tests.jobs import OFFICE, a_draft
from tests.people import come_in, on_staff

TODAY = now().astimezone(KOREA).date()
WEEK = timedelta(days=7)
LEAST = highest_wage(TODAY + WEEK, TODAY + 3 * WEEK)

TYPED: dict[str, Any] = {
    "title": "경로당 점심 준비 돕기",
    "where": "office",
    "pay_unit": "hour",
    "pay_won": "１１,５００원",
    "works_from": (TODAY + WEEK).isoformat(),
    "works_until": (TODAY + 3 * WEEK).isoformat(),
    "days": ["mon", "wed"],
    "starts": "10:00",
    "ends": "13:00",
    "seats": "2",
    "turn": "lottery",
    "questions": "걸어서 오시나요?\n\n칼질을 해 보셨나요?",
    "publish": "now",
}


@dataclass
class Officer:
    """At a desk of an office."""

    client: TestClient
    office: Office
    session: Session

    def type(self, path: str = "/office/jobs", **said: Any) -> Response:
        """Send the form."""
        return self.client.post(path, data=TYPED | said)

    def job(self) -> Job:
        """The one that was written last."""
        self.session.expire_all()
        jobs = select(Job).where(Job.office_id == self.office.id).order_by(Job.updated_at.desc())
        return self.session.scalars(jobs).one()


@pytest.fixture
def officer(app: FastAPI, session: Session) -> Iterator[Officer]:
    office = an_office(session, **OFFICE)
    with come_in(app, session, on_staff(session, office.id)) as client:
        yield Officer(client, office, session)


def value(page: Response, name: str) -> str:
    """What a field of a page holds."""
    found = re.search(rf'<input[^>]* name="{name}"[^>]*?(?: value="([^"]*)")?>', page.text)
    assert found, name
    return found[1] or ""


def test_an_officer_writes_a_job_and_everybody_can_read_it(officer: Officer) -> None:
    answer = officer.type()
    job = officer.job()
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/office/jobs/{job.id}"
    assert (job.state, job.pay_won, job.turn) == (JobState.PUBLISHED, 11_500, Turn.LOTTERY)
    assert job.questions == ["걸어서 오시나요?", "칼질을 해 보셨나요?"]
    assert job.hours_words == "월 10:00–13:00 · 수 10:00–13:00"
    page = officer.client.get(f"/jobs/{job.id}").text
    assert "추첨으로" in page
    assert f"/apply/{job.id}" in page


@pytest.mark.parametrize("answered", ["", "/en"])
def test_every_page_of_the_office_opens(officer: Officer, answered: str) -> None:
    officer.type()
    job = officer.job()
    for path in ("", "/new", f"/{job.id}", f"/{job.id}/edit", "?q=없는+말", "?state=done"):
        page = officer.client.get(f"{answered}/office/jobs{path}")
        assert page.status_code == 200, path


def test_a_draft_may_have_holes_but_is_not_published_with_them(officer: Officer) -> None:
    holes = {"works_from": "", "works_until": "", "days": [], "starts": "", "ends": ""}
    refused = officer.type(**holes)
    assert refused.status_code == 422
    assert "일하는 첫날을 적어 주세요." in refused.text
    assert not officer.session.scalars(select(Job)).all(), "nothing is kept by halves"
    assert officer.type(**holes, publish="draft").status_code == 303
    assert officer.job().state is JobState.DRAFT


def test_a_job_is_scheduled(officer: Officer) -> None:
    day = TODAY + timedelta(days=2)
    assert officer.type(publish="on").status_code == 422
    officer.type(publish="on", publish_on=f"{day}T09:00")
    job = officer.job()
    assert job.published_at is not None
    assert job.published_at.astimezone(KOREA).strftime("%Y-%m-%d %H:%M") == f"{day} 09:00"
    assert officer.client.get(f"/jobs/{job.id}").status_code == 404
    assert "공개 예약" in officer.client.get("/office/jobs").text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"title": ""}, "적어 주세요."),
        (
            {"pay_won": "9,000"},
            f"{LEAST.hourly_won:,}원 이상이어야 해요. {LEAST.year}년 최저임금은",
        ),
        ({"pay_unit": "task", "pay_won": "30,000"}, "한 번에 몇 시간 걸리는지 적어 주세요."),
        (
            {"pay_unit": "task", "pay_won": "30,000", "task_hours": "3"},
            f"{3 * LEAST.hourly_won:,}원 이상",
        ),
        ({"works_until": TODAY.isoformat()}, "첫날보다 앞선 날이에요."),
        ({"ends": ""}, "요일과 시작 시각, 끝 시각을 모두 정해 주세요."),
        ({"ends": "10:00"}, "시작과 끝이 같아요."),
        ({"days_2": ["mon"], "starts_2": "12:00", "ends_2": "14:00"}, "다른 줄과 시간이 겹쳐요."),
        ({"days": ["mon"], "starts": "00:00", "ends": "23:00", "days_2": ["wed"]}, "요일과 시작"),
        ({"questions": "\n".join("가나다라마바")}, "5개까지"),
        ({"where": "elsewhere", "address": "아무 데도 없는 곳"}, "어디인지 찾지 못했어요."),
        ({"seats": "0"}, "1부터 999까지"),
        ({"apply_until": "2020-01-01T00:00"}, "신청 마감이 공개하는 때보다 빨라요."),
        ({"programme_id": str(uuid4())}, "쓸 수 있는 수당 사업이 아니에요."),
        ({"office_id": str(uuid4())}, "어느 기관의 일인지"),
    ],
)
def test_what_is_wrong_is_told_in_its_place(
    officer: Officer, said: dict[str, Any], told: str
) -> None:
    page = officer.type(**said)
    assert page.status_code == 422
    assert told in page.text
    assert value(page, "title") == said.get("title", TYPED["title"])
    assert not officer.session.scalars(select(Job)).all()


def test_the_wage_of_a_year_yet_unknown_is_told_beside_the_pay(officer: Officer) -> None:
    page = officer.type("/office/jobs/preview", works_until="2030-01-10")
    assert page.status_code == 200
    assert "2030년 최저임금은 아직 몰라서 10,320원으로 살펴요." in page.text


def test_the_card_of_the_phone_follows_what_is_typed(officer: Officer) -> None:
    part = officer.client.post(
        "/office/jobs/preview",
        data=TYPED | {"title": "화단 돌보기", "pay_won": "12"},
        headers={"HX-Request-Type": "partial"},
    )
    assert "화단 돌보기" in part.text
    assert "월 10:00–13:00 · 수 10:00–13:00" in part.text
    assert "<form" not in part.text
    assert not officer.session.scalars(select(Job)).all()


def test_a_place_is_found_by_its_name(officer: Officer) -> None:
    there = walk(metres_in(10))
    an_office(
        officer.session,
        kind=OfficeKind.LIBRARY,
        name="시험도서관",
        place=there,
        address="광산구 책길 1",
    )
    page = officer.type("/office/jobs/preview", address="시험도서관", find="1")
    assert value(page, "lat") == f"{there.lat:.6f}"
    assert officer.type(where="elsewhere", address="시험도서관").status_code == 303
    job = officer.job()
    assert (job.address, job.place) == ("시험도서관", there.rounded(6))


def test_a_tap_on_the_map_moves_the_pin(officer: Officer) -> None:
    page = officer.type(
        "/office/jobs/preview",
        map_lat=HOME.lat,
        map_lng=HOME.lng,
        **{"pin.x": MAP_PX // 2, "pin.y": MAP_PX // 4},
    )
    assert float(value(page, "lat")) > HOME.lat + 0.001
    assert float(value(page, "lng")) == pytest.approx(HOME.lng, abs=1e-6)
    assert 'src="data:image/svg+xml;base64,' in page.text


def test_a_key_pressed_on_the_map_moves_nothing(officer: Officer) -> None:
    page = officer.type(
        "/office/jobs/preview", map_lat=HOME.lat, map_lng=HOME.lng, **{"pin.x": 0, "pin.y": 0}
    )
    assert value(page, "lat") == ""


def test_one_of_several_spots_is_chosen(officer: Officer) -> None:
    page = officer.type("/office/jobs/preview", spot="35.2,126.8|수완동")
    assert (value(page, "lat"), value(page, "address")) == ("35.200000", "수완동")


def test_a_place_is_written_as_coordinates(officer: Officer) -> None:
    assert officer.type(where="elsewhere", lat="53.2", lng="126.8").status_code == 422
    assert officer.type(where="elsewhere", lat="35.2", lng="126.8").status_code == 303
    assert officer.job().place == Place(35.2, 126.8)


def test_an_edit_is_shown_as_it_is_and_kept(officer: Officer) -> None:
    officer.type()
    job = officer.job()
    page = officer.client.get(f"/office/jobs/{job.id}/edit")
    assert value(page, "pay_won") == "11500"
    assert value(page, "starts") == "10:00"
    version = value(page, "version")
    saved = officer.type(f"/office/jobs/{job.id}/edit", version=version, seats="5")
    assert saved.status_code == 303
    assert (officer.job().seats, officer.job().version) == (5, 2)


def test_two_officers_see_what_they_wrote_at_once(officer: Officer) -> None:
    officer.type()
    path = f"/office/jobs/{officer.job().id}/edit"
    version = value(officer.client.get(path), "version")
    officer.type(path, version=version, title="경로당 저녁 준비 돕기")
    conflict = officer.type(path, version=version, title="경로당 아침 준비 돕기")
    assert conflict.status_code == 422
    assert "경로당 저녁 준비 돕기" in conflict.text
    assert "경로당 아침 준비 돕기" in conflict.text
    assert officer.job().title == "경로당 저녁 준비 돕기"
    version = value(conflict, "version")
    chosen = officer.type(path, version=version, title="경로당 아침 준비 돕기")
    assert chosen.status_code == 303
    assert officer.job().title == "경로당 아침 준비 돕기"


def test_every_button_does_its_deed_and_says_so(officer: Officer) -> None:
    officer.type(publish="draft")
    job = officer.job()

    def press(deed: str) -> JobState:
        assert officer.client.post(f"/office/jobs/{job.id}/{deed}").status_code == 303
        return officer.job().state

    assert press("publish") is JobState.PUBLISHED
    assert press("unpublish") is JobState.DRAFT
    assert press("publish") is JobState.PUBLISHED
    assert press("close") is JobState.CLOSED
    page = officer.client.get(f"/office/jobs/{job.id}").text
    assert "모집을 마감했어요." in page
    assert f"/office/jobs/{job.id}/reopen" in page
    assert press("reopen") is JobState.PUBLISHED


def test_a_deed_that_is_refused_says_why_on_the_same_page(officer: Officer) -> None:
    officer.type()
    refused = officer.client.post(f"/office/jobs/{officer.job().id}/done")
    assert refused.status_code == 409
    assert "아직 일할 날이 남았어요." in refused.text
    english = officer.client.post(f"/en/office/jobs/{officer.job().id}/remove")
    assert "This job has been published already." in english.text


def test_undo_is_offered_for_half_a_minute(officer: Officer) -> None:
    job = a_draft(officer.session, office=officer.office)
    path = f"/office/jobs/{job.id}"
    officer.client.post(f"{path}/remove")
    assert f"{path}/restore" in officer.client.get(path).text
    officer.session.execute(
        text("UPDATE listing SET removed_at = :then"), {"then": now() - 2 * UNDO_FOR}
    )
    officer.session.commit()
    assert f"{path}/restore" not in officer.client.get(path).text
    assert officer.client.post(f"{path}/restore").status_code == 409


def test_work_that_is_over_is_marked_done(officer: Officer) -> None:
    week_ago = {"works_from": TODAY - WEEK, "works_until": TODAY - WEEK}
    job = a_job(officer.session, office_id=officer.office.id, **week_ago)
    path = f"/office/jobs/{job.id}"
    assert f"{path}/done" in officer.client.get(path).text
    officer.client.post(f"{path}/done")
    assert officer.job().state is JobState.DONE
    officer.client.post(f"{path}/take-up-again")
    assert officer.job().state is JobState.CLOSED


def test_a_copy_asks_for_its_days(officer: Officer) -> None:
    officer.type()
    copied = officer.client.post(f"/office/jobs/{officer.job().id}/copy")
    page = officer.client.get(copied.headers["location"])
    assert value(page, "works_from") == ""
    assert value(page, "title") == TYPED["title"]


def test_a_filled_job_says_so_to_everybody(officer: Officer) -> None:
    job = a_job(officer.session, office_id=officer.office.id)
    officer.session.execute(text("UPDATE job SET taken = seats"))
    officer.session.commit()
    page = officer.client.get(f"/jobs/{job.id}").text
    assert "자리가 다 찼어요." in page
    assert ">신청하기<" not in page
    assert "대기자로 신청하기" in page


def test_a_long_list_is_turned(officer: Officer) -> None:
    for _ in range(51):
        a_job(officer.session, office_id=officer.office.id)
    first = officer.client.get("/office/jobs").text
    assert 'rel="next"' in first
    second = officer.client.get("/office/jobs?skip=50").text
    assert second.count('role="rowheader"') == 1


def test_what_came_with_the_pilot_can_be_edited(officer: Officer) -> None:
    job = a_job(officer.session, office_id=officer.office.id, open_week=None)
    page = officer.client.get(f"/office/jobs/{job.id}/edit")
    saved = officer.type(f"/office/jobs/{job.id}/edit", version=value(page, "version"))
    assert saved.status_code == 303
