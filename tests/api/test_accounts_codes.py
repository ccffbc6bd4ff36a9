"""Signing up, and in by codes that come by mail."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import MailCode, Person, Tongue
from geo_service.accounts.workflow.passwords import HASHER
from geo_service.clock import now
from tests.accounts import (
    PASSWORD,
    another_code,
    carries_word,
    code_in,
    is_in,
    letters_to,
    says,
    with_password,
)
from tests.people import a_person, come_in

NEW = {"name": "김이웃", "email": "new@example.org"}
ENTER = "/login/code/enter"


def newest(session: Session, address: str = "new@example.org") -> str:
    return code_in(letters_to(session, address)[-1])


def person_with(session: Session, email: str) -> Person | None:
    return session.scalars(select(Person).where(Person.email == email)).one_or_none()


def test_an_account_is_made_when_the_code_comes_back(session: Session, visit: TestClient) -> None:
    page = visit.post("/signup", data=NEW | {"password": PASSWORD, "next": "/jobs/1"})
    assert page.url.path == ENTER
    assert "new@example.org 주소로 메일을 보냈어요" in says(page)
    assert person_with(session, "new@example.org") is None
    code = newest(session)
    answer = visit.post(
        ENTER, data={"code": f" {code[:3]} {code[3:]} ", "next": "/jobs/1"}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/jobs/1")
    person = person_with(session, "new@example.org")
    assert person is not None
    assert (person.name, person.tongue) == ("김이웃", Tongue.KO)
    assert person.email_confirmed_at is not None
    assert person.password_hash is not None
    assert HASHER.verify(person.password_hash, PASSWORD)
    assert is_in(visit)


def test_in_english_the_letter_is_english(session: Session, visit: TestClient) -> None:
    visit.post("/en/signup", data=NEW)
    assert "Welcome" in letters_to(session, "new@example.org")[-1]
    visit.post(f"/en{ENTER}", data={"code": newest(session)})
    person = person_with(session, "new@example.org")
    assert person is not None
    assert (person.tongue, person.password_hash) == (Tongue.EN, None)


def test_signing_up_with_a_known_address_looks_the_same_and_changes_nothing(
    session: Session, visit: TestClient
) -> None:
    known = with_password(session, email="known@example.org", name="원래 이름")
    before = known.password_hash
    mine = visit.post(
        "/signup", data=NEW | {"email": "known@example.org", "password": "x" * 9 + "abcd"}
    )
    other = visit.post("/signup", data=NEW | {"password": "x" * 9 + "abcd"})
    assert says(mine).replace("known", "new") == says(other)
    visit.post("/signup", data=NEW | {"email": "known@example.org", "password": "x" * 9 + "abcd"})
    visit.post(ENTER, data={"code": newest(session, "known@example.org")})
    assert visit.get("/api/v1/me").json()["name"] == "원래 이름"
    session.refresh(known)
    assert known.password_hash == before


def test_a_code_signs_in(session: Session, visit: TestClient) -> None:
    a_person(session, email="known@example.org", tongue=Tongue.EN)
    visit.post("/login/code", data={"email": "Known@example.org"})
    assert "Your code" in letters_to(session, "known@example.org")[-1], "in their own language"
    visit.post(ENTER, data={"code": newest(session, "known@example.org")})
    assert is_in(visit)


def test_an_unknown_address_looks_the_same_and_gets_no_code(
    session: Session, visit: TestClient
) -> None:
    a_person(session, email="known@example.org")
    known = visit.post("/login/code", data={"email": "known@example.org"})
    unknown = visit.post("/login/code", data={"email": "other@example.org"})
    assert says(known).replace("known", "other") == says(unknown)
    (letter,) = letters_to(session, "other@example.org")
    assert "회원가입" in letter
    assert not any(sign.isdigit() for sign in letter)


def test_a_code_counts_once(session: Session, visit: TestClient) -> None:
    a_person(session, email="known@example.org")
    visit.post("/login/code", data={"email": "known@example.org"})
    code, challenge = newest(session, "known@example.org"), visit.cookies["challenge"]
    visit.post(ENTER, data={"code": code})
    visit.cookies.clear()
    visit.cookies.set("challenge", challenge)
    assert visit.post(ENTER, data={"code": code}).status_code == 422
    assert not is_in(visit)


def test_a_code_counts_only_in_the_browser_that_asked(
    session: Session, visit: TestClient, app: FastAPI
) -> None:
    a_person(session, email="known@example.org")
    visit.post("/login/code", data={"email": "known@example.org"})
    code = newest(session, "known@example.org")
    other = TestClient(app, raise_server_exceptions=False)
    assert other.post(ENTER, data={"code": code}).status_code == 422
    assert not is_in(other)


def test_five_wrong_codes_make_the_right_one_worthless(session: Session, visit: TestClient) -> None:
    a_person(session, email="known@example.org")
    visit.post("/login/code", data={"email": "known@example.org"})
    code = newest(session, "known@example.org")
    pages = [visit.post(ENTER, data={"code": another_code(code)}) for _ in range(5)]
    assert {page.status_code for page in pages} == {422}
    assert "코드가 맞지 않아요" in says(pages[3])
    assert "새 코드를 받아 주세요" in says(pages[4])
    assert visit.post(ENTER, data={"code": code}).status_code == 422
    assert not is_in(visit)


def test_ten_minutes_later_a_code_is_worthless(session: Session, visit: TestClient) -> None:
    a_person(session, email="known@example.org")
    visit.post("/login/code", data={"email": "known@example.org"})
    session.scalars(select(MailCode)).one().expires_at = now() - timedelta(seconds=1)
    session.commit()
    assert visit.get(ENTER, follow_redirects=False).headers["location"] == "/login/code"
    code = newest(session, "known@example.org")
    assert visit.post(ENTER, data={"code": code}).status_code == 422
    assert not is_in(visit)


def test_the_database_cannot_tell_the_code(session: Session, visit: TestClient) -> None:
    visit.post("/signup", data=NEW)
    waiting = session.scalars(select(MailCode)).one()
    session.refresh(waiting)
    code = newest(session)
    kept = [str(getattr(waiting, column.key)) for column in MailCode.__table__.columns]
    assert not any(code in one for one in kept)


def test_whose_address_was_never_confirmed_begins_anew(session: Session, app: FastAPI) -> None:
    person = with_password(session, email="claimed@example.org", email_confirmed_at=None)
    with come_in(app, session, person) as stranger, TestClient(app) as owner:
        owner.post("/login/code", data={"email": "claimed@example.org"})
        owner.post(ENTER, data={"code": newest(session, "claimed@example.org")})
        assert is_in(owner)
        assert not is_in(stranger)
    session.refresh(person)
    assert person.password_hash is None


def test_an_address_moves_when_its_mail_is_read(session: Session, app: FastAPI) -> None:
    person = a_person(session, email="old@example.org")
    with come_in(app, session, person) as visit:
        visit.post("/my/account/email", data={"email": "new@example.org"})
        page = visit.get("/my/account/email/code")
        assert "new@example.org 주소로" in says(page)
        wrong = visit.post("/my/account/email/code", data={"code": another_code(newest(session))})
        assert wrong.status_code == 422
        visit.post("/my/account/email/code", data={"code": newest(session)})
        assert visit.get("/api/v1/me").json()["email"] == "new@example.org"
    assert "이메일 주소가 바뀌었어요" in letters_to(session, "old@example.org")[-1]


def test_an_address_that_somebody_has_does_not_move(session: Session, app: FastAPI) -> None:
    a_person(session, email="taken@example.org")
    with come_in(app, session, a_person(session, email="old@example.org")) as visit:
        visit.post("/my/account/email", data={"email": "taken@example.org"})
        answer = visit.post(
            "/my/account/email/code", data={"code": newest(session, "taken@example.org")}
        )
        assert answer.status_code == 422
        assert "이미 다른 계정에서 쓰는 주소예요" in says(answer)
        assert visit.get("/api/v1/me").json()["email"] == "old@example.org"


def test_a_code_for_moving_signs_nobody_in(session: Session, app: FastAPI) -> None:
    with come_in(app, session, a_person(session, email="old@example.org")) as visit:
        visit.post("/my/account/email", data={"email": "new@example.org"})
        code = newest(session)
        visit.post("/logout")
        carries_word(visit)
        assert visit.post(ENTER, data={"code": code}).status_code == 422
        assert not is_in(visit)


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaa", "new@example.org", "newnewnewnew" * 20, "\0" * 12]
)
def test_plain_passwords_are_refused_in_place(
    session: Session, visit: TestClient, password: str
) -> None:
    answer = visit.post("/signup", data=NEW | {"password": password})
    assert answer.status_code == 422
    assert 'value="김이웃"' in answer.text
    assert password == NEW["email"] or password not in answer.text
    assert letters_to(session, "new@example.org") == []
