"""Tokens of programs: scoped, told once, revocable."""

from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import ApiToken, Person, Scope
from geo_service.accounts.queries import hashed
from geo_service.accounts.workflow.tokens import make_token
from geo_service.clock import now
from tests.accounts import says
from tests.factories import an_office
from tests.people import a_person, come_in, on_staff

TOKENS = "/api/v1/tokens"


def bearer(session: Session, person: Person, *scopes: Scope) -> dict[str, str]:
    _, words = make_token(
        session, person, "시험", scopes or (Scope.READ,), good_for=timedelta(days=1), at=now()
    )
    session.commit()
    return {"authorization": f"Bearer {words}"}


def test_a_token_is_told_once_and_kept_as_a_hash(session: Session, app: FastAPI) -> None:
    with come_in(app, session, a_person(session)) as visit:
        made = visit.post(TOKENS, json={"name": "게시판", "scopes": ["read"], "days": 30})
        assert made.status_code == 201
        words = made.json()["token"]
        assert words.startswith("dongne_")
        assert session.scalars(select(ApiToken.token_hash)).one() == hashed(words)
        (listed,) = visit.get(TOKENS).json()
        assert "token" not in listed
        assert listed == {name: made.json()[name] for name in listed}


def test_a_program_reads_with_it_and_is_noted(session: Session, visit: TestClient) -> None:
    person = a_person(session)
    headers = bearer(session, person)
    assert visit.get("/api/v1/me", headers=headers).json()["id"] == str(person.id)
    token = session.scalars(select(ApiToken)).one()
    session.refresh(token)
    assert token.last_used_at is not None


def test_a_token_does_what_its_scopes_say(session: Session, visit: TestClient) -> None:
    person = a_person(session)
    reading, writing = bearer(session, person), bearer(session, person, Scope.WRITE)
    refused = visit.patch("/api/v1/me", json={"name": "새"}, headers=reading)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/token-may-not")
    assert visit.get("/api/v1/me", headers=writing).status_code == 403
    changed = visit.patch("/api/v1/me", json={"name": "새 이름"}, headers=writing)
    assert changed.json()["name"] == "새 이름"


def test_office_work_needs_a_scope_of_its_own(session: Session, visit: TestClient) -> None:
    person = on_staff(session, an_office(session).id)
    private, official = bearer(session, person), bearer(session, person, Scope.READ, Scope.OFFICE)
    refused = visit.get("/api/v1/offices", headers=private)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/token-may-not")
    assert len(visit.get("/api/v1/offices", headers=official).json()) == 1


def test_a_program_needs_no_word_and_gets_nothing_from_a_cookie(
    session: Session, app: FastAPI
) -> None:
    with come_in(app, session, a_person(session)) as visit:
        headers = {"authorization": "Bearer nonsense"}
        refused = visit.get("/api/v1/me", headers=headers)
        assert (refused.status_code, refused.json()["type"]) == (401, "/problems/token-is-no-good")
        del visit.headers["x-csrf-token"]
        basic = {"authorization": "Basic cHJveHk6c2VjcmV0", "sec-fetch-site": "cross-site"}
        assert visit.patch("/api/v1/me", json={}, headers=basic).status_code == 403
        assert visit.patch("/api/v1/me", json={}, headers=headers).status_code == 401


@pytest.mark.parametrize("scope", list(Scope))
def test_no_token_makes_or_revokes_tokens(
    session: Session, visit: TestClient, scope: Scope
) -> None:
    person = a_person(session)
    headers = bearer(session, person, Scope.READ, Scope.WRITE, scope)
    wish = {"name": "x", "scopes": ["read"]}
    refused = visit.post(TOKENS, json=wish, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/only-in-a-browser")
    token = session.scalars(select(ApiToken.id)).one()
    assert visit.delete(f"{TOKENS}/{token}", headers=headers).status_code == 403
    assert visit.get("/my/account/password", headers=headers).status_code == 403
    assert visit.post("/my/account/browsers/close", headers=headers).status_code == 403


def test_a_revoked_token_opens_nothing(session: Session, app: FastAPI) -> None:
    person = a_person(session)
    headers = bearer(session, person)
    with come_in(app, session, person) as visit, come_in(app, session, a_person(session)) as other:
        token = session.scalars(select(ApiToken.id)).one()
        assert other.delete(f"{TOKENS}/{token}").status_code == 404
        assert visit.delete(f"{TOKENS}/{token}").status_code == 204
        assert visit.get("/api/v1/me", headers=headers).status_code == 401
        assert visit.delete(f"{TOKENS}/{uuid4()}").status_code == 404


def test_a_token_that_ran_out_opens_nothing(session: Session, visit: TestClient) -> None:
    headers = bearer(session, a_person(session))
    token = session.scalars(select(ApiToken)).one()
    token.made_at, token.expires_at = now() - timedelta(days=2), now() - timedelta(days=1)
    session.commit()
    assert visit.get("/api/v1/me", headers=headers).status_code == 401


def test_twenty_tokens_are_enough(session: Session, app: FastAPI) -> None:
    person = a_person(session)
    for _ in range(20):
        bearer(session, person)
    with come_in(app, session, person) as visit:
        answer = visit.post(TOKENS, json={"name": "x", "scopes": ["read"]})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/too-many-tokens")


@pytest.mark.parametrize(
    "wish",
    [
        {"name": "", "scopes": ["read"]},
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["admin"]},
        {"name": "x\0", "scopes": ["read"]},
        {"name": "x" * 61, "scopes": ["read"]},
        {"name": "x", "scopes": ["read"], "days": 366},
        {"name": "x", "scopes": ["read"], "other": 1},
    ],
)
def test_unfit_wishes_are_refused(session: Session, app: FastAPI, wish: dict[str, object]) -> None:
    with come_in(app, session, a_person(session)) as visit:
        assert visit.post(TOKENS, json=wish).status_code == 422


def test_on_the_page_too(session: Session, app: FastAPI) -> None:
    with come_in(app, session, a_person(session)) as visit:
        assert "아직 만든 토큰이 없어요" in says(visit.get("/my/account/tokens"))
        door, wish = "/my/account/tokens", {"name": "게시판", "scopes": ["read"], "days": "30"}
        assert visit.post(door, data=wish | {"scopes": []}).status_code == 422
        made = visit.post(door, data=wish)
        assert made.headers["cache-control"] == "no-store"
        words = made.text.split("<code>")[1].split("</code>")[0]
        listed = visit.get(door)
        assert "게시판" in listed.text
        assert words not in listed.text
        token = session.scalars(select(ApiToken.id)).one()
        assert visit.post(f"{door}/{token}/revoke").headers["location"] == door
        assert visit.post(f"{door}/{token}/revoke").status_code == 404
