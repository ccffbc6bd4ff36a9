"""What somebody wrote is never lost because it came late: it stays on their own screen."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, FreshChangingBrowser, Once
from geo_service.accounts.models import SignIn
from geo_service.web.cookies import PLAIN_NAME
from geo_service.web.csrf import HEADER, word_for
from geo_service.web.forms import Sent
from geo_service.web.idempotency import OnceRoute
from tests.markup import Found
from tests.people import a_person, a_token, come_in

router = APIRouter(route_class=OnceRoute)
taken: list[list[tuple[str, str]]] = []

NOTE = '문을 두드렸어요.\n"그대로" <b>& 또</b>'
WRITTEN = {"note": NOTE, "days": ["0", "2"], "version": "3", "password": "hunter2", "empty": ""}
OURS = {"accept": "text/html", "sec-fetch-site": "same-origin"}


@router.get("/en/office/trial")
@router.get("/office/trial")
def ask() -> str:
    """The page of the form."""
    return "form"


@router.post("/en/office/trial")
@router.post("/office/trial")
def take(request: Request, sent: Sent, _person: Acting, _once: Once) -> Response:
    """Takes whatever is sent."""
    taken.append([(name, str(item)) for name, item in sent.multi_items()])
    return RedirectResponse(request.url.path, status_code=303)


@router.post("/office/trial/lock")
def lock(name: Annotated[str, Form()], _browser: FreshChangingBrowser) -> None:
    """Only soon after signing in."""


@pytest.fixture
def client(own_app: FastAPI, session: Session) -> Iterator[TestClient]:
    """The browser of somebody who is signed in; what it sends is proven by its forms alone."""
    taken.clear()
    own_app.router.routes.extend(router.routes)
    with come_in(own_app, session, a_person(session)) as client:
        del client.headers[HEADER]
        yield client


def sign_in_anew(client: TestClient, session: Session) -> None:
    client.cookies.clear()
    client.cookies.set(PLAIN_NAME, a_token(session, a_person(session)), domain="testserver.local")


def send(client: TestClient, path: str = "/office/trial", **also: Any) -> Any:
    """A form that was opened while its person was signed in."""
    word = word_for(client.cookies.get(PLAIN_NAME) or "a session that is no more")
    data = {**WRITTEN, "csrf": word, "once": "key-of-the-form", **also.pop("data", {})}
    return client.post(path, data=data, headers=OURS | also.pop("headers", {}), **also)


def unseen(html: str) -> list[tuple[str, str]]:
    """The hidden fields, in their order."""
    return [(a["name"], a["value"]) for _, a in Found(html).elements if a.get("type") == "hidden"]


def written(html: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in unseen(html) if name not in {"csrf", "once"}]


def press(client: TestClient, html: str) -> Any:
    """The page's only form, sent as a browser does."""
    (form,) = [a for tag, a in Found(html).elements if tag == "form" and a["method"] == "post"]
    data: dict[str, list[str]] = {}
    for name, value in unseen(html):
        data.setdefault(name, []).append(value)
    return client.post(form["action"], data=data, headers=OURS)


ALL_BUT_SECRETS = [("note", NOTE), ("days", "0"), ("days", "2"), ("version", "3"), ("empty", "")]


@pytest.mark.parametrize("path", ["/office/trial", "/en/office/trial?tab=1"])
def test_what_was_written_survives_the_session(
    client: TestClient, session: Session, path: str
) -> None:
    client.cookies.clear()
    late = send(client, path)
    assert late.status_code == 401
    assert late.headers["cache-control"] == "no-store"
    assert written(late.text) == ALL_BUT_SECRETS
    assert "hunter2" not in late.text
    home = "/en" if path.startswith("/en") else ""
    door = {"href": f"{home}/login?next={home}/office", "target": "_blank", "rel": "noopener"}
    assert any(tag == "a" and door.items() <= a.items() for tag, a in Found(late.text).elements)

    still_out = press(client, late.text)
    assert (still_out.status_code, written(still_out.text)) == (401, ALL_BUT_SECRETS)

    sign_in_anew(client, session)
    asked = press(client, still_out.text)
    assert (asked.status_code, written(asked.text)) == (403, ALL_BUT_SECRETS)
    assert asked.headers["cache-control"] == "no-store"
    assert not taken

    assert press(client, asked.text).status_code == 303
    assert press(client, asked.text).headers["idempotency-replayed"] == "true"
    (once,) = taken
    assert [one for one in once if one[0] not in {"csrf", "once"}] == ALL_BUT_SECRETS
    assert dict(once)["once"] == "key-of-the-form"


def test_a_session_that_ran_out_loses_nothing_either(client: TestClient, session: Session) -> None:
    session.delete(session.scalars(select(SignIn)).one())
    session.commit()
    assert written(send(client).text) == ALL_BUT_SECRETS


def test_a_form_of_the_session_before_is_kept_and_not_taken(
    client: TestClient, session: Session
) -> None:
    old = word_for(client.cookies[PLAIN_NAME])
    sign_in_anew(client, session)
    asked = send(client, data={"csrf": old})
    assert (asked.status_code, written(asked.text)) == (403, ALL_BUT_SECRETS)
    assert "한 번만 더 눌러 주세요" in asked.text
    assert not taken


STRANGERS = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
]


@pytest.mark.parametrize("is_in", [True, False])
@pytest.mark.parametrize("headers", STRANGERS)
def test_a_strangers_page_gets_no_button_of_ours(
    client: TestClient, headers: dict[str, str], *, is_in: bool
) -> None:
    if not is_in:
        client.cookies.clear()
    answer = send(client, headers=headers, data={"csrf": "made up"})
    assert answer.status_code in {303, 403}
    assert "두드렸어요" not in answer.text
    assert not taken


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "null"}, {"origin": "http://elsewhere.example"}]
)
def test_neither_does_who_does_not_say_whose_page_it_was(
    client: TestClient, headers: dict[str, str]
) -> None:
    client.cookies.clear()
    data = {**WRITTEN, "csrf": "made up"}
    answer = client.post("/office/trial", data=data, headers={"accept": "text/html", **headers})
    assert answer.status_code in {303, 403}
    assert "두드렸어요" not in answer.text


def test_an_old_browser_names_our_origin(client: TestClient) -> None:
    client.cookies.clear()
    headers = {"accept": "text/html", "origin": "http://testserver"}
    answer = client.post("/office/trial", data={**WRITTEN, "csrf": "old"}, headers=headers)
    assert (answer.status_code, written(answer.text)) == (401, ALL_BUT_SECRETS)


def test_who_was_never_signed_in_is_led_to_the_door(client: TestClient) -> None:
    client.cookies.clear()
    answer = send(client, data={"csrf": ""}, headers={"referer": "http://testserver/office/trial"})
    assert answer.headers["location"] == "/login?next=/office/trial"
    assert "set-cookie" not in answer.headers


def test_a_button_that_held_nothing_leads_to_the_door_which_says_why(client: TestClient) -> None:
    client.cookies.clear()
    data = {"csrf": "old", "once": "key-of-the-form", "password": "hunter2"}
    led = client.post("/office/trial", data=data, headers=OURS)
    assert led.status_code == 303
    assert "로그인이 끝나서 하지 못했어요" in client.get(led.headers["location"]).text


def test_a_script_is_told_as_before(client: TestClient) -> None:
    client.cookies.clear()
    answer = send(client, headers={"hx-request": "true"})
    assert (answer.status_code, answer.text) == (401, "")
    assert answer.headers["hx-redirect"].startswith("/login")


def test_a_file_cannot_be_kept_and_the_page_says_so(client: TestClient) -> None:
    client.cookies.clear()
    late = send(client, files={"picture": ("a.png", b"bytes of it")})
    assert written(late.text) == ALL_BUT_SECRETS
    assert "파일을 다시 골라 주세요" in late.text
    assert "bytes of it" not in late.text
    assert "파일을 다시" not in send(client, files={"picture": ("", b"")}).text


def test_what_cannot_be_shown_breaks_nothing(client: TestClient) -> None:
    client.cookies.clear()
    body = "note=a%00b%ED%A0%80c&csrf=old"
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/office/trial", content=body, headers=OURS | form)
    assert answer.status_code == 401
    assert "\0" not in answer.text


def test_signing_in_once_more_is_asked_in_its_own_words(
    client: TestClient, session: Session
) -> None:
    sign_in = session.scalars(select(SignIn)).one()
    sign_in.signed_in_at = sign_in.signed_in_at.replace(year=2020)
    session.commit()
    late = send(client, "/office/trial/lock", data={"name": "노트북"})
    assert late.status_code == 401
    assert "한 번 더 로그인해 주세요" in late.text
    assert ("name", "노트북") in written(late.text)


def test_a_second_thing_under_the_same_key_may_be_sent_too(client: TestClient) -> None:
    assert send(client).status_code == 303
    other = send(
        client, data={"note": "다른 말"}, headers={"referer": "http://testserver/office/trial"}
    )
    assert other.status_code == 422
    assert "이것도 보낼까요?" in other.text
    assert ("note", "다른 말") in written(other.text)
    assert ("a", "/office/trial") in [(tag, a.get("href")) for tag, a in Found(other.text).elements]
    assert press(client, other.text).status_code == 303
    assert [dict(one)["note"] for one in taken] == [NOTE, "다른 말"]
    assert len({dict(one)["once"] for one in taken}) == 2
