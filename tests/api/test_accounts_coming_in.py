"""In by password, and out."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import SignIn
from geo_service.accounts.queries import hashed
from geo_service.accounts.workflow import passwords
from geo_service.clock import now
from geo_service.web.cookies import PLAIN_NAME
from tests.accounts import PASSWORD, carries_word, is_in, says, with_password
from tests.people import a_person, come_in

HTML = {"accept": "text/html"}


def sent(email: str, password: str = PASSWORD, **also: str) -> dict[str, str]:
    return {"email": email, "password": password, **also}


def test_a_password_opens_the_door(session: Session, visit: TestClient) -> None:
    with_password(session, email="ok@example.org")
    answer = visit.post("/login", data=sent(" OK@example.org "), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert is_in(visit)


def test_over_https_the_cookie_belongs_to_this_host_alone(session: Session, app: FastAPI) -> None:
    with_password(session, email="ok@example.org")
    with TestClient(app, base_url="https://testserver", follow_redirects=False) as visit:
        cookie = visit.post("/login", data=sent("ok@example.org")).headers["set-cookie"]
        assert cookie.startswith("__Host-session=")
        assert "; Secure" in cookie
        assert "Domain" not in cookie
        assert is_in(visit)


def test_the_database_does_not_know_the_token(session: Session, visit: TestClient) -> None:
    with_password(session, email="ok@example.org")
    visit.post("/login", data=sent("ok@example.org"))
    token = visit.cookies[PLAIN_NAME]
    assert len(token) >= 43  # 256 bits
    assert session.scalars(select(SignIn.token_hash)).one() == hashed(token)


def test_strangers_and_wrong_passwords_hear_the_same_after_the_same_work(
    session: Session, visit: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(session, email="known@example.org")
    a_person(session, email="nopassword@example.org")
    checked: list[str] = []

    class Counting:
        def verify(self, known: str, password: str) -> bool:
            checked.append(known.rpartition("$")[0].rpartition("$")[0])  # the parameters
            return passwords_hasher.verify(known, password)

        def check_needs_rehash(self, known: str) -> bool:
            return passwords_hasher.check_needs_rehash(known)

    passwords_hasher = passwords.HASHER
    monkeypatch.setattr(passwords, "HASHER", Counting())
    answers = [
        visit.post("/login", data=sent(f"{who}@example.org", "구름 사다리 호박 자물쇠"))
        for who in ("known", "unknown", "nopassword")
    ]
    assert {answer.status_code for answer in answers} == {422}
    words = {says(answer).replace(who, "") for answer, who in zip(answers, ("",) * 3, strict=True)}
    assert len(words) == 1
    assert "이메일이나 비밀번호가 맞지 않아요" in words.pop()
    assert len(checked) == 3
    assert len(set(checked)) == 1
    assert not is_in(visit)


def test_nobody_signs_in_with_the_password_of_nobody(session: Session, visit: TestClient) -> None:
    a_person(session, email="nopassword@example.org")
    assert visit.post("/login", data=sent("nopassword@example.org", "nobody's password"))
    assert not is_in(visit)


def test_an_old_hash_is_made_anew(session: Session, visit: TestClient) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    person = a_person(session, email="old@example.org", password_hash=old)
    visit.post("/login", data=sent("old@example.org"))
    assert is_in(visit)
    session.refresh(person)
    assert person.password_hash is not None
    assert "m=19456,t=2,p=1" in person.password_hash


@pytest.mark.parametrize(
    ("onwards", "location"),
    [
        ("/jobs/1?a=b", "/jobs/1?a=b"),
        ("/en/my/account", "/en/my/account"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\tx", "/"),
        ("", "/"),
    ],
)
def test_one_is_led_on_within_this_site_only(
    session: Session, visit: TestClient, onwards: str, location: str
) -> None:
    with_password(session, email="ok@example.org")
    answer = visit.post("/login", data=sent("ok@example.org", next=onwards), follow_redirects=False)
    assert answer.headers["location"] == location


def test_every_sign_in_gets_a_new_token_and_ends_the_old(session: Session, app: FastAPI) -> None:
    person = with_password(session, email="ok@example.org")
    with come_in(app, session, person) as visit:
        before = visit.cookies[PLAIN_NAME]
        visit.post("/login", data=sent("ok@example.org"))
        assert visit.cookies[PLAIN_NAME] != before
        assert session.get(SignIn, hashed(before)) is None


def test_a_stranger_s_page_signs_nobody_in(session: Session, visit: TestClient) -> None:
    with_password(session, email="mallory@example.org")
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://elsewhere.example"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver:8080"},
        {"origin": "null"},
        {"referer": "http://elsewhere.example/login"},
    ):
        for door in ("/login", "/signup", "/login/code", "/logout"):
            answer = visit.post(door, data=sent("mallory@example.org", name="x"), headers=headers)
            assert answer.status_code == 403, (door, headers)
    assert not is_in(visit)


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}]
)
def test_our_own_page_does(session: Session, visit: TestClient, headers: dict[str, str]) -> None:
    with_password(session, email="ok@example.org")
    visit.post("/login", data=sent("ok@example.org"), headers=headers)
    assert is_in(visit)


def test_signing_out_ends_the_session_and_not_only_the_cookie(
    session: Session, app: FastAPI
) -> None:
    with come_in(app, session, a_person(session)) as visit:
        token = visit.cookies[PLAIN_NAME]
        assert visit.post("/logout").status_code == 303
        assert PLAIN_NAME not in visit.cookies
        visit.cookies.set(PLAIN_NAME, token)
        assert not is_in(visit)


def test_nobody_is_signed_out_by_a_form_without_the_word(session: Session, app: FastAPI) -> None:
    with come_in(app, session, a_person(session)) as visit:
        visit.headers.pop("X-CSRF-Token")
        assert visit.post("/logout").status_code == 403
        assert visit.post("/logout", data={"csrf": "00" * 24}).status_code == 403
        assert is_in(visit)


def test_sign_out_everywhere(session: Session, app: FastAPI) -> None:
    person = a_person(session)
    with come_in(app, session, person) as one, come_in(app, session, person) as other:
        assert "지금 이 기기" in one.get("/my/account").text
        assert one.post("/my/account/browsers/close").headers["location"] == "/login"
        assert not is_in(one)
        assert not is_in(other)


def test_one_other_browser_is_signed_out(session: Session, app: FastAPI) -> None:
    person, stranger = a_person(session), a_person(session)
    with (
        come_in(app, session, person) as one,
        come_in(app, session, person) as other,
        come_in(app, session, stranger) as third,
    ):
        there = session.scalars(
            select(SignIn.id).where(SignIn.token_hash == hashed(other.cookies[PLAIN_NAME]))
        ).one()
        door = f"/my/account/browsers/{there}/close"
        assert third.post(door).status_code == 404
        assert is_in(other)
        assert one.post(door).status_code == 303
        assert not is_in(other)
        assert is_in(one)
        assert one.post(door).status_code == 404


def test_who_is_not_known_is_led_to_the_door_and_back(app: FastAPI) -> None:
    with TestClient(app, follow_redirects=False, headers=HTML) as visit:
        page = visit.get("/en/my/account?x=1")
        assert page.status_code == 303
        assert page.headers["location"] == "/en/login?next=/en/my/account%3Fx%3D1"
        form = visit.post("/my/account/profile", headers={"referer": "http://testserver/jobs/1"})
        assert form.headers["location"] == "/login?next=/jobs/1"
        away = visit.post("/my/account/profile")
        assert away.headers["location"] == "/login?next=/"
        partial = visit.get(
            "/my/account",
            headers={"hx-request": "true", "hx-current-url": "http://testserver/my?tab=2"},
        )
        assert partial.status_code == 401
        assert partial.headers["hx-redirect"] == "/login?next=/my%3Ftab%3D2"
        program = visit.get("/api/v1/me")
        assert (program.status_code, program.headers["www-authenticate"]) == (401, "Bearer")
        assert program.json()["type"] == "/problems/not-signed-in"


HOSTILE = [
    "",
    "\0",
    "a" * 1_000_000,
    "가@나.다" * 50,
    "@",
    "x@y\r\nbcc: z@example.org",
    "'; --",
    "💥",
]


@pytest.mark.parametrize("door", ["/login", "/signup", "/login/code", "/login/code/enter"])
def test_nothing_that_is_typed_breaks_a_door(visit: TestClient, door: str) -> None:
    for typed in HOSTILE:
        fields = dict.fromkeys(("email", "password", "name", "code", "next"), typed)
        answer = visit.post(door, data=fields)
        assert 400 <= answer.status_code < 500, (door, typed[:20])
        assert "💥" not in answer.text or typed == "💥"


def test_an_address_in_hangul_is_an_address(session: Session, visit: TestClient) -> None:
    with_password(session, email="이웃@한국.kr")
    visit.post("/login", data=sent("이웃@한국.kr"))
    assert is_in(visit)


def test_a_lock_is_changed_only_soon_after_signing_in(session: Session, app: FastAPI) -> None:
    person = a_person(session)
    with come_in(app, session, person) as visit:
        sign_in = session.scalars(select(SignIn)).one()
        sign_in.signed_in_at = now() - timedelta(minutes=61)
        session.commit()
        assert is_in(visit)
        answer = visit.get("/my/account/password", headers=HTML)
        assert answer.headers["location"] == "/login?next=/my/account/password"
        assert "한 번 더 확인" in visit.get("/login").text
        assert visit.post("/my/account/password", data={"new": PASSWORD}).status_code == 401


def test_a_session_is_seen_now_and_then_and_without_writing_at_a_look(
    session: Session, app: FastAPI
) -> None:
    with come_in(app, session, a_person(session)) as visit:
        sign_in = session.scalars(select(SignIn)).one()
        long_ago = sign_in.seen_at = now() - timedelta(minutes=6)
        session.commit()
        assert is_in(visit)
        session.refresh(sign_in)
        assert sign_in.seen_at > long_ago
        recently = sign_in.seen_at
        assert is_in(visit)
        session.refresh(sign_in)
        assert sign_in.seen_at == recently


def test_the_word_is_another_on_every_page(session: Session, app: FastAPI) -> None:
    with come_in(app, session, a_person(session)) as visit:
        carries_word(visit)
        words = {visit.get("/my/account/profile").text.split('name="csrf" value="')[1][:48]}
        words |= {visit.get("/my/account/profile").text.split('name="csrf" value="')[1][:48]}
        assert len(words) == 2
