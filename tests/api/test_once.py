"""A wish sent twice is done once, whoever loses the answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Body, FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once
from geo_service.accounts.models import Person
from geo_service.app import build_app
from geo_service.clock import now
from geo_service.db.opening import Database
from geo_service.errors import Conflict
from geo_service.offices.models import Office, OfficeKind
from geo_service.settings import Settings
from geo_service.web import notes
from geo_service.web.forms import Sent
from geo_service.web.idempotency import KEPT_FOR, KeptAnswer, OnceRoute, forget_old, take_turn
from geo_service.web.session import DbSession
from tests.people import a_person, come_in

KEY = {"Idempotency-Key": "e5b1c9f0-made-by-the-client"}

router = APIRouter(route_class=OnceRoute)


class Enough(Conflict):
    """There are enough."""


def an_office(session: Session, name: str) -> Office:
    """A deed: unlike the factory of that name it does not commit."""
    session.add(office := Office(kind=OfficeKind.LIBRARY, name=name))
    session.flush()
    return office


@router.post("/api/v1/trial", status_code=201)
def found(
    name: Annotated[str, Body(embed=True)], session: DbSession, _person: Acting, _once: Once
) -> dict[str, str]:
    """An effect that can be counted, and an answer that can be recognised."""
    if name == "그만":
        raise Enough
    office = an_office(session, name=name)
    return {"id": str(office.id), "name": office.name}


@router.post("/trial")
def found_on_a_page(request: Request, sent: Sent, session: DbSession, _once: Once) -> Response:
    """The same, as pages do it."""
    if sent["name"] == "":
        return Response("적어 주세요.", status_code=422)
    office = an_office(session, name=str(sent["name"]))
    answer = RedirectResponse(f"{request.url.path}/{office.id}", status_code=303)
    notes.leave(answer, "trial.founded")
    answer.set_cookie("secret", "only-once")
    return answer


@pytest.fixture
def trial(own_app: FastAPI) -> FastAPI:
    """The service with two doors more."""
    own_app.include_router(router)
    return own_app


@pytest.fixture
def client(trial: FastAPI, session: Session) -> Iterator[TestClient]:
    """Somebody who is signed in."""
    with come_in(trial, session, a_person(session)) as client:
        yield client


def named(session: Session, name: str) -> int:
    return session.scalar(select(func.count()).where(Office.name == name)) or 0


def test_a_lost_answer_is_given_again_and_nothing_is_done_twice(
    client: TestClient, session: Session
) -> None:
    first = client.post("/api/v1/trial", json={"name": "첫째"}, headers=KEY)
    again = client.post("/api/v1/trial", json={"name": "첫째"}, headers=KEY)
    assert (again.status_code, again.content) == (first.status_code, first.content) != (0, b"")
    assert again.headers["content-type"] == first.headers["content-type"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert named(session, "첫째") == 1


def test_without_a_key_every_wish_is_a_new_one(client: TestClient, session: Session) -> None:
    for _ in range(2):
        assert client.post("/api/v1/trial", json={"name": "또"}).status_code == 201
    assert named(session, "또") == 2
    assert session.scalar(select(func.count()).select_from(KeptAnswer)) == 0


def test_another_wish_under_the_same_key_is_refused(client: TestClient, session: Session) -> None:
    client.post("/api/v1/trial", json={"name": "하나"}, headers=KEY)
    other = client.post("/api/v1/trial", json={"name": "둘"}, headers=KEY)
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/key-used-before"
    elsewhere = client.post("/trial", data={"name": "하나"}, headers=KEY)
    assert elsewhere.status_code == 422
    assert named(session, "둘") == 0


def test_a_key_is_its_persons_own(trial: FastAPI, session: Session, client: TestClient) -> None:
    mine = client.post("/api/v1/trial", json={"name": "비밀"}, headers=KEY)
    with come_in(trial, session, a_person(session)) as other:
        theirs = other.post("/api/v1/trial", json={"name": "비밀"}, headers=KEY)
    assert theirs.status_code == 201
    assert theirs.json()["id"] != mine.json()["id"]
    assert "idempotency-replayed" not in theirs.headers


def test_nobody_unknown_gets_a_kept_answer(client: TestClient) -> None:
    client.post("/api/v1/trial", json={"name": "문"}, headers=KEY)
    client.cookies.clear()
    assert client.post("/api/v1/trial", json={"name": "문"}, headers=KEY).status_code == 401


def test_the_same_person_in_another_browser_is_the_same_person(
    trial: FastAPI, session: Session
) -> None:
    person = a_person(session)
    answers = []
    for _ in range(2):
        with come_in(trial, session, person) as browser:
            answers.append(browser.post("/api/v1/trial", json={"name": "둘 다"}, headers=KEY))
    assert answers[0].json() == answers[1].json()


def test_a_refusal_is_not_kept(client: TestClient, session: Session) -> None:
    assert client.post("/api/v1/trial", json={"name": "그만"}, headers=KEY).status_code == 409
    assert client.post("/api/v1/trial", json={"name": "다시"}, headers=KEY).status_code == 201
    assert named(session, "다시") == 1


@pytest.mark.parametrize("key", ["short", "x" * 201, "with a space", "탭키탭키탭키탭키"])
def test_a_key_is_8_to_200_visible_signs(client: TestClient, key: str) -> None:
    answer = client.post(
        "/api/v1/trial", json={"name": "열쇠"}, headers={"Idempotency-Key": key.encode()}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def send(client: TestClient, **said: str) -> Any:
    return client.post("/trial", data=said | {"csrf": client.headers["x-csrf-token"]})


def test_a_form_sent_twice_leads_to_the_same_page(client: TestClient, session: Session) -> None:
    first = send(client, name="책방", once="key-of-the-form")
    again = send(client, name="책방", once="key-of-the-form")
    assert first.status_code == again.status_code == 303
    assert again.headers["location"] == first.headers["location"]
    assert named(session, "책방") == 1


def test_a_kept_answer_says_its_note_again_and_gives_away_no_other_cookie(
    client: TestClient,
) -> None:
    first = send(client, name="쪽지", once="key-of-the-form")
    again = send(client, name="쪽지", once="key-of-the-form")
    assert len(first.headers.get_list("set-cookie")) == 2
    (cookie,) = again.headers.get_list("set-cookie")
    assert cookie.startswith("note=trial.founded;")


def test_a_form_that_was_wrong_may_be_mended_and_sent(client: TestClient, session: Session) -> None:
    assert send(client, name="", once="key-of-the-form").status_code == 422
    assert send(client, name="고침", once="key-of-the-form").status_code == 303
    assert named(session, "고침") == 1


def test_files_are_part_of_the_wish(client: TestClient) -> None:
    def with_file(content: bytes) -> int:
        said = {"name": "사진", "once": "key-of-the-form"}
        return client.post("/trial", data=said, files={"picture": ("a", content)}).status_code

    assert [with_file(b"1"), with_file(b"1"), with_file(b"2")] == [303, 303, 422]


def test_a_door_that_forgot_to_keep_answers_fails_at_once(session: Session) -> None:
    forgetful = Request({"type": "http", "state": {}})
    with pytest.raises(TypeError, match="route_class=OnceRoute"):
        take_turn(forgetful, session, a_person(session).id, None)


def test_answers_are_kept_for_two_days(client: TestClient, session: Session) -> None:
    client.post("/api/v1/trial", json={"name": "오래"}, headers=KEY)
    assert forget_old(session, now() + KEPT_FOR - timedelta(minutes=1)) == 0
    assert forget_old(session, now() + KEPT_FOR + timedelta(minutes=1)) == 1
    assert client.post("/api/v1/trial", json={"name": "오래"}, headers=KEY).status_code == 201
    assert named(session, "오래") == 2


@pytest.mark.parametrize(
    ("said", "broken"),
    [({"status": 404}, "once_went_well_check"), ({"key_hash": b"short"}, "once_hashed_check")],
)
def test_only_good_answers_are_kept_and_only_hashes_of_keys(
    session: Session, said: dict[str, Any], broken: str
) -> None:
    usual = {"key_hash": bytes(32), "wish_hash": bytes(32), "status": 201, "headers": []}
    person = a_person(session)
    session.add(KeptAnswer(**{**usual, "body": b"", "person_id": person.id, **said}))
    with pytest.raises(IntegrityError, match=broken):
        session.flush()


TWINS = 20


def test_twenty_at_once_do_it_once(open_database: Database) -> None:
    app = build_app(Settings(), open_database)
    app.include_router(router)
    start = Barrier(TWINS)
    with TestClient(app, raise_server_exceptions=False) as lifespan:
        sessions = open_database.sessions
        with sessions() as session:
            person = a_person(session)
            browser = come_in(app, session, person)
            lifespan.cookies = browser.cookies

        def press(_: int) -> tuple[int, bytes]:
            start.wait()
            answer = lifespan.post(
                "/api/v1/trial",
                json={"name": "스무 사람"},
                headers=KEY | dict(browser.headers),
            )
            return answer.status_code, answer.content

        with ThreadPoolExecutor(TWINS) as crowd:
            answers = list(crowd.map(press, range(TWINS)))
        with sessions() as session:
            assert named(session, "스무 사람") == 1
            session.delete(session.get(Person, person.id))
            session.commit()
            assert session.scalar(select(func.count()).select_from(KeptAnswer)) == 0
    assert len(set(answers)) == 1
    assert answers[0][0] == 201
