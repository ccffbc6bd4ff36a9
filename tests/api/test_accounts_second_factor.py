"""The second step of signing in."""

import re
from datetime import timedelta

import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import RecoveryCode, SecondFactor
from geo_service.accounts.queries import recovery_codes_of
from geo_service.accounts.workflow import Secret, second_factor
from geo_service.clock import now
from tests.accounts import PASSWORD, carries_word, is_in, says, with_password
from tests.people import a_person, come_in

DOOR = "/my/account/second-factor"
SECRET = Secret(b"s" * 32)


def telephone(page_text: str) -> pyotp.TOTP:
    """What somebody's authenticator knows after typing the letters of the page."""
    letters = re.search(r'class="spelled">([A-Z2-7 ]+)<', page_text)
    assert letters
    return pyotp.TOTP(letters[1].replace(" ", ""))


def turn_on(visit: TestClient) -> tuple[pyotp.TOTP, list[str]]:
    visit.post(DOOR)
    phone = telephone(visit.get(DOOR).text)
    page = visit.post(f"{DOOR}/confirm", data={"code": phone.now()})
    assert page.status_code == 200
    carries_word(visit)
    return phone, re.findall(r"<code>([a-z2-9-]+)</code>", page.text)


def later(phone: pyotp.TOTP, steps: int = 1) -> str:
    """A code that was not used yet."""
    return phone.generate_otp(phone.timecode(now()) + steps)


def half_in(visit: TestClient, email: str) -> None:
    visit.post("/logout")
    carries_word(visit)
    answer = visit.post(
        "/login", data={"email": email, "password": PASSWORD, "next": "/x"}, follow_redirects=False
    )
    assert answer.headers["location"] == "/login/second"
    assert not is_in(visit)


def test_once_on_it_is_asked_for(session: Session, app: FastAPI) -> None:
    person = with_password(session, email="staff@example.org")
    with come_in(app, session, person) as visit:
        phone, _ = turn_on(visit)
        half_in(visit, "staff@example.org")
        wrong = visit.post("/login/second", data={"code": "000000"})
        assert wrong.status_code == 422
        assert "코드가 맞지 않거나" in says(wrong)
        answer = visit.post("/login/second", data={"code": later(phone)}, follow_redirects=False)
        assert answer.headers["location"] == "/x"
        assert is_in(visit)


def test_a_code_does_not_work_twice(session: Session, app: FastAPI) -> None:
    person = with_password(session, email="staff@example.org")
    with come_in(app, session, person) as visit:
        phone, _ = turn_on(visit)
        code = later(phone)
        half_in(visit, "staff@example.org")
        visit.post("/login/second", data={"code": code})
        carries_word(visit)
        half_in(visit, "staff@example.org")
        assert visit.post("/login/second", data={"code": code}).status_code == 422


def test_a_spare_code_works_once(session: Session, app: FastAPI) -> None:
    person = with_password(session, email="staff@example.org")
    with come_in(app, session, person) as visit:
        _, spare = turn_on(visit)
        assert len(spare) == 8
        half_in(visit, "staff@example.org")
        visit.post("/login/second", data={"code": spare[0].upper().replace("-", " ")})
        assert is_in(visit)
        assert len(session.scalars(recovery_codes_of(person.id)).all()) == 7
        carries_word(visit)
        half_in(visit, "staff@example.org")
        assert visit.post("/login/second", data={"code": spare[0]}).status_code == 422


def test_without_the_first_proof_there_is_no_second(app: FastAPI) -> None:
    with TestClient(app, follow_redirects=False) as visit:
        assert visit.get("/login/second").headers["location"] == "/login"
        for note in ("", "nonsense", "AAAA" * 20, "가"):
            headers = {"cookie": f"half-in={note}".encode()}
            answer = visit.post("/login/second", data={"code": "000000"}, headers=headers)
            assert answer.headers["location"] == "/login"


def test_it_is_turned_off_with_a_code_only(session: Session, app: FastAPI) -> None:
    with come_in(app, session, with_password(session)) as visit:
        phone, _ = turn_on(visit)
        assert "켜져 있어요" in says(visit.get(DOOR))
        assert visit.post(DOOR).status_code == 409
        assert visit.post(f"{DOOR}/off", data={"code": "000000"}).status_code == 422
        assert visit.post(f"{DOOR}/off", data={"code": later(phone)}).status_code == 303
        assert session.scalars(select(SecondFactor)).all() == []
        assert session.scalars(select(RecoveryCode)).all() == []


def test_guessing_ends_soon(session: Session, app: FastAPI) -> None:
    with come_in(app, session, with_password(session)) as visit:
        turn_on(visit)
        statuses = [
            visit.post(f"{DOOR}/off", data={"code": "000000"}).status_code for _ in range(10)
        ]
        assert statuses == [422] * 9 + [429], "the code that turned it on was the first try"


def test_a_wrong_first_code_leaves_it_off(session: Session, app: FastAPI) -> None:
    with come_in(app, session, with_password(session)) as visit:
        visit.post(DOOR)
        answer = visit.post(f"{DOOR}/confirm", data={"code": "000000"})
        assert answer.status_code == 422
        assert "<svg" in answer.text, "the picture is still there"
        assert 'style="' not in answer.text
        assert session.scalars(select(SecondFactor.confirmed_at)).one() is None


def test_the_secret_is_sealed_to_its_person(session: Session) -> None:
    one, other = a_person(session), a_person(session)
    second_factor.propose(session, SECRET, one)
    factor = session.scalars(select(SecondFactor)).one()
    letters = second_factor.letters_of(SECRET, factor).replace(" ", "").encode()
    assert letters not in factor.sealed_secret
    seal = factor.sealed_secret
    assert SECRET.opened("second factor", seal, about=one.id.bytes) == letters
    assert SECRET.opened("second factor", seal, about=other.id.bytes) is None
    assert SECRET.opened("something else", seal, about=one.id.bytes) is None
    with pytest.raises(RuntimeError, match="GEO_SECRET_KEY"):
        second_factor.letters_of(Secret(b"t" * 32), factor)


@pytest.mark.parametrize(
    ("seconds", "passes"), [(-60, False), (-30, True), (30, True), (60, False)]
)
def test_clocks_may_differ_by_half_a_minute(session: Session, seconds: int, passes: bool) -> None:
    person, at = a_person(session), now()
    second_factor.propose(session, SECRET, person)
    factor = session.scalars(select(SecondFactor)).one()
    factor.confirmed_at = at
    letters = second_factor.letters_of(SECRET, factor).replace(" ", "")
    code = pyotp.TOTP(letters).at(at + timedelta(seconds=seconds))
    assert second_factor.passes(session, SECRET, person, code, at=at) is passes
