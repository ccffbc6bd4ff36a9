"""An officer sets up a programme, sees its money, changes and closes it."""

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.programmes.models import Programme
from geo_service.programmes.queries import programmes_of
from tests.factories import an_office
from tests.people import a_person, come_in, on_staff
from tests.programmes import a_programme
from tests.shifts import a_weekly_job, planned

TYPED = {
    "name": "광산시민수당",
    "budget_won": "1,200,000원",
    "hourly_won": "12,000",
    "valid_from": "2026-09-01",
    "valid_until": "2026-12-31",
    "hours_in_all": "100",
    "hours_a_week": "7.5",
}


@pytest.fixture
def programme(session: Session) -> Programme:
    return a_programme(session, minutes_in_all=6_000)


@pytest.fixture
def officer(app: FastAPI, session: Session, programme: Programme) -> Iterator[TestClient]:
    with come_in(app, session, on_staff(session, programme.office_id)) as client:
        yield client


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_programme_is_set_up_in_hours_and_won(
    officer: TestClient, session: Session, programme: Programme
) -> None:
    answer = officer.post("/office/budget/new", data=TYPED)
    assert answer.status_code == 303
    made = session.scalars(programmes_of({programme.office_id})).all()
    (new,) = [each for each in made if each.id != programme.id]
    assert answer.headers["location"] == f"/office/budget/{new.id}"
    assert (new.budget_won, new.minutes_in_all, new.minutes_a_week) == (1_200_000, 6_000, 450)
    page = officer.get(f"/office/budget/{new.id}").text
    assert "모두 100시간 · 한 주 7시간 30분" in page
    assert 'value="7.5"' in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"hourly_won": "9,000"}, "10,320원 이상이어야 해요."),
        ({"valid_until": "2026-08-01"}, "끝나는 날이 시작하는 날보다 앞서요."),
        ({"hours_a_week": "120"}, "한 주의 시간은 한 달보다"),
        ({"name": " "}, "적어 주세요."),
        ({"hours_in_all": "7.3"}, "다시 확인해 주세요."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    officer: TestClient, said: dict[str, str], told: str
) -> None:
    page = officer.post("/office/budget/new", data=TYPED | said)
    assert page.status_code == 422
    assert told in page.text
    assert "1,200,000원" in page.text


def test_the_money_is_told_in_words(
    officer: TestClient, session: Session, programme: Programme
) -> None:
    job = a_weekly_job(session, programme_id=programme.id, office_id=programme.office_id)
    planned(session, job, a_person(session, name="김이음").id)
    page = officer.get("/office/budget").text
    assert "<dt>계획</dt><dd>144,000원</dd>" in page
    assert "<dt>남음</dt><dd>1,056,000원</dd>" in page
    told = officer.get(f"/office/budget/{programme.id}").text
    assert "김이음" in told
    assert "12시간" in told
    assert "88시간" in told


def test_no_programme_yet_says_what_one_is_for(app: FastAPI, session: Session) -> None:
    with come_in(app, session, on_staff(session, an_office(session).id)) as client:
        assert "아직 사업이 없어요." in client.get("/office/budget").text
        assert "There is no programme yet." in client.get("/en/office/budget").text


def test_terms_are_changed_unless_somebody_was_faster(
    officer: TestClient, session: Session, programme: Programme
) -> None:
    door = f"/office/budget/{programme.id}"
    seen = {"version": version_in(officer.get(door).text)}
    assert officer.post(door, data=TYPED | seen).status_code == 303
    session.refresh(programme)
    assert (programme.version, programme.minutes_a_week) == (2, 450)
    late = officer.post(door, data=TYPED | seen | {"name": "다른 이름", "hours_a_week": "8"})
    assert late.status_code == 422
    assert "그 사이에 다른 사람이 고쳤어요." in late.text


def test_a_budget_below_what_is_promised_is_refused(
    officer: TestClient, session: Session, programme: Programme
) -> None:
    job = a_weekly_job(session, programme_id=programme.id, office_id=programme.office_id)
    planned(session, job, a_person(session).id)
    door = f"/office/budget/{programme.id}"
    seen = {"version": version_in(officer.get(door).text)}
    page = officer.post(door, data=TYPED | seen | {"budget_won": "100000"})
    assert (page.status_code, "예산을 줄일 수 없어요." in page.text) == (422, True)


def test_a_closed_programme_is_only_looked_at(officer: TestClient, programme: Programme) -> None:
    door = f"/office/budget/{programme.id}"
    assert officer.post(f"{door}/closing").status_code == 303
    page = officer.get(door).text
    assert "에 마감했어요." in page
    assert "사업 고치기" not in page
    assert "이미 마감한 사업이에요." in officer.post(f"{door}/closing").text
