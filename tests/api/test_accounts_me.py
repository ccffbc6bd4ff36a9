"""One's own account: what is told, what is kept, and what is not."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.accounts.models import Tongue
from geo_service.accounts.models.person import NEIGHBOUR_FOR
from geo_service.accounts.workflow import export_of, leave
from geo_service.clock import KOREA, now
from geo_service.geo.place import Place
from geo_service.geo.walking import Pace
from tests.accounts import (
    PASSWORD,
    a_dong_here,
    carries_word,
    is_in,
    letters_to,
    says,
    with_password,
)
from tests.areas import inside
from tests.people import a_person, come_in

HERE = inside(0)
AT = {"lat": HERE.lat + 0.00123, "lng": HERE.lng + 0.00123}
NOWHERE = {"lat": "0", "lng": "0"}


def test_me(session: Session, app: FastAPI) -> None:
    person = a_person(session, name="김이웃", phone="+821012345678", pace=Pace.SLOW)
    with come_in(app, session, person) as visit:
        me = visit.get("/api/v1/me").json()
    assert {name: me[name] for name in ("name", "phone", "pace", "language", "has_home")} == {
        "name": "김이웃",
        "phone": "+821012345678",
        "pace": "slow",
        "language": "ko",
        "has_home": False,
    }
    assert me["neighbour_of"] is None


def test_a_part_of_me_changes_and_the_rest_stays(session: Session, app: FastAPI) -> None:
    with come_in(app, session, a_person(session, name="김이웃")) as visit:
        changed = visit.patch("/api/v1/me", json={"phone": "010-1234-5678", "language": "en"})
        assert changed.status_code == 200
        assert changed.json()["phone"] == "+821012345678"
        assert changed.json()["name"] == "김이웃"
        assert visit.patch("/api/v1/me", json={"phone": None}).json()["phone"] is None


@pytest.mark.parametrize(
    "wish",
    [
        {"name": ""},
        {"name": None},
        {"name": " "},
        {"name": "x\0"},
        {"name": "x" * 61},
        {"phone": "1"},
        {"phone": "x" * 1_000},
        {"pace": "running"},
        {"language": None},
        {"home": {"lat": 91, "lng": 0}},
        {"home": {"lat": 1}},
        {"home": NOWHERE},
        {"email": "x@example.org"},
        {"on_staff": True},
    ],
)
def test_unfit_changes_are_refused(session: Session, app: FastAPI, wish: dict[str, Any]) -> None:
    with come_in(app, session, a_person(session)) as visit:
        before = visit.get("/api/v1/me").json()
        assert visit.patch("/api/v1/me", json=wish).status_code == 422
        assert visit.get("/api/v1/me").json() == before


def test_home_is_kept_roughly_and_never_told(session: Session, app: FastAPI) -> None:
    a_dong_here(session)
    person = a_person(session)
    with come_in(app, session, person) as visit:
        assert visit.post("/my/account/home", data=AT).headers["location"] == "/my/account"
        session.refresh(person)
        assert person.home == Place(AT["lat"], AT["lng"]).rounded(3)
        assert person.home is not None
        assert (person.home.lat, person.home.lng) != (AT["lat"], AT["lng"])
        told = [visit.get(door) for door in ("/api/v1/me", "/my/account", "/my/account/home")]
        assert told[0].json()["has_home"] is True
        assert told[0].json()["home_dong"] == "부산광역시 시험구 시험1동"
        assert "시험1동에 있어요" in says(told[1])
        for answer in told:
            assert str(person.home.lat) not in answer.text
            assert str(person.home.lng) not in answer.text
        visit.post("/my/account/home/forget")
        assert visit.get("/api/v1/me").json()["has_home"] is False


def test_over_the_api_too(session: Session, app: FastAPI) -> None:
    a_dong_here(session)
    with come_in(app, session, a_person(session)) as visit:
        assert visit.patch("/api/v1/me", json={"home": AT}).json()["has_home"] is True
        assert visit.patch("/api/v1/me", json={"home": None}).json()["home_dong"] is None


def test_a_neighbour_is_who_was_there_within_the_year(session: Session, app: FastAPI) -> None:
    dong, person = a_dong_here(session), a_person(session)
    with come_in(app, session, person) as visit:
        visit.post("/my/account/neighbour", data=AT)
        session.refresh(person)
        assert (person.neighbour_of_id, person.home) == (dong.id, None)
        assert person.neighbour_since is not None
        assert visit.get("/api/v1/me").json()["neighbour_of"].endswith("시험1동")
        assert "시험1동 이웃" in says(visit.get("/my/account"))
        seen_on = person.neighbour_since.astimezone(KOREA)
        assert f"{seen_on.month}월 {seen_on.day}일" in says(visit.get("/my/account"))
        assert "시험1동 이웃이에요" in says(visit.get("/my/account/neighbour"))
        person.neighbour_since = now() - NEIGHBOUR_FOR - timedelta(hours=1)
        session.commit()
        assert visit.get("/api/v1/me").json()["neighbour_of"] is None
        assert "아직 확인하지 않았어요" in says(visit.get("/my/account"))
        assert "끝났어요" in says(visit.get("/my/account/neighbour"))
        visit.post("/my/account/neighbour/forget")
        session.refresh(person)
        assert (person.neighbour_of_id, person.neighbour_since) == (None, None)


@pytest.mark.parametrize("door", ["/my/account/home", "/my/account/neighbour"])
@pytest.mark.parametrize("sent", [NOWHERE, {}, {"lat": "x", "lng": ""}, {"lat": "nan", "lng": "1"}])
def test_nowhere_is_said_in_place(
    session: Session, app: FastAPI, door: str, sent: dict[str, str]
) -> None:
    with come_in(app, session, a_person(session)) as visit:
        answer = visit.post(door, data=sent)
        assert answer.status_code == 422
        assert "알 수 없어요" in says(answer)


def test_the_profile_page(session: Session, app: FastAPI) -> None:
    with come_in(app, session, a_person(session)) as visit:
        door = "/my/account/profile"
        told = {"name": "새 이름", "phone": "010 1234 5678", "tongue": "en", "pace": "slow"}
        assert visit.post(door, data=told).status_code == 303
        page = visit.get("/my/account")
        assert "바뀐 내용을 저장했어요" in page.text
        assert "010-1234-5678" in page.text
        refused = visit.post(door, data=told | {"name": "", "phone": "1"})
        assert refused.status_code == 422
        assert "faults" in refused.text
        assert visit.get("/api/v1/me").json()["name"] == "새 이름"


def test_a_new_password_ends_every_other_session_and_is_told_by_mail(
    session: Session, app: FastAPI
) -> None:
    person = with_password(session, email="known@example.org", tongue=Tongue.EN)
    with come_in(app, session, person) as here, come_in(app, session, person) as there:
        door, new = "/my/account/password", "구름 사다리 호박 자물쇠"
        wrong = here.post(door, data={"present": "wrong", "new": new})
        assert wrong.status_code == 422
        assert "지금 쓰는 비밀번호와 달라요" in says(wrong)
        assert here.post(door, data={"present": PASSWORD, "new": "short"}).status_code == 422
        assert here.post(door, data={"present": PASSWORD, "new": new}).status_code == 303
        assert is_in(here)
        assert not is_in(there)
        assert "Your password was changed" in letters_to(session, "known@example.org")[-1]
        carries_word(here)
        here.post("/logout")
        here.post("/login", data={"email": "known@example.org", "password": new})
        assert is_in(here)


def test_the_first_password_needs_none_before(session: Session, app: FastAPI) -> None:
    with come_in(app, session, a_person(session)) as visit:
        assert "지금 쓰는 비밀번호" not in visit.get("/my/account/password").text
        assert visit.post("/my/account/password", data={"new": PASSWORD}).status_code == 303


DOORS = [
    "/my/account",
    "/my/account/profile",
    "/my/account/home",
    "/my/account/neighbour",
    "/my/account/password",
    "/my/account/email",
    "/my/account/tokens",
    "/my/account/second-factor",
]


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_opens_for_who_is_in_and_for_nobody_else(
    session: Session, app: FastAPI, language: str
) -> None:
    with come_in(app, session, a_person(session)) as visit, TestClient(app) as stranger:
        for door in DOORS:
            page = visit.get(language + door)
            assert page.status_code == 200, door
            assert len(page.content) < 25_000
            assert stranger.get(language + door).status_code == 401, door


def test_who_left_is_gone_without_a_trace(session: Session, app: FastAPI) -> None:
    a_dong_here(session)
    person = with_password(session, email="known@example.org", phone="+821012345678")
    with come_in(app, session, person) as visit:
        visit.post("/my/account/home", data=AT)
        visit.post("/my/account/neighbour", data=AT)
        visit.post("/api/v1/tokens", json={"name": "x", "scopes": ["read"]})
        visit.post("/my/account/second-factor")
        visit.post("/login/code", data={"email": "known@example.org"})
        session.refresh(person)
        leave(session, person, now())
        session.commit()
        assert not is_in(visit)
        visit.cookies.clear()
        visit.post("/login", data={"email": "known@example.org", "password": PASSWORD})
        assert not is_in(visit)
    session.refresh(person)
    kept = {name for name, value in vars(person).items() if value and not name.startswith("_")}
    assert kept <= {"id", "name", "tongue", "pace", "joined_at", "left_at"}
    assert person.name == "탈퇴한 이웃"


def test_an_export_tells_all_but_secrets(session: Session, app: FastAPI) -> None:
    a_dong_here(session)
    person = with_password(session, email="known@example.org")
    with come_in(app, session, person) as visit:
        visit.post("/my/account/home", data=AT)
        visit.post("/api/v1/tokens", json={"name": "게시판", "scopes": ["read"]})
    session.expire_all()
    told = export_of(session, person, now())
    assert told["email"] == "known@example.org"
    assert told["home_rounded"] == {"lat": round(AT["lat"], 3), "lng": round(AT["lng"], 3)}
    assert [token["name"] for token in told["tokens"]] == ["게시판"]
    assert len(told["signed_in"]) == 1
    assert "argon2" not in str(told)
    assert not any(isinstance(value, bytes) for value in told.values())
