"""Accounts of the tests: letters they get, forms they send, proofs they give."""

import re
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.workflow.passwords import HASHER
from geo_service.areas.models import Area
from geo_service.mail.models import Envelope
from geo_service.web.cookies import PLAIN_NAME
from geo_service.web.csrf import HEADER, word_for
from tests.areas import a_district, a_dong, plot
from tests.people import a_person

PASSWORD = "구름 사다리 호박 열쇠"  # noqa: S105 (of nobody)


def with_password(session: Session, **said: Any) -> Person:
    """A neighbour who signs in by PASSWORD."""
    return a_person(session, password_hash=HASHER.hash(PASSWORD), **said)


def letters_to(session: Session, address: str) -> list[str]:
    """What was written to an address, the newest last."""
    written = select(Envelope).where(Envelope.address == address).order_by(Envelope.written_at)
    return [f"{one.subject}\n{one.text}" for one in session.scalars(written)]


def code_in(letter: str) -> str:
    """The six digits of a letter."""
    return re.findall(r"\b\d{6}\b", letter)[-1]


def another_code(code: str) -> str:
    """A wrong one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def carries_word(client: TestClient) -> None:
    """Let this browser prove what it sends, as our pages do for whoever is signed in."""
    token = client.cookies.get(PLAIN_NAME)
    client.headers.pop(HEADER, None)
    if token:
        client.headers[HEADER] = word_for(token)


def is_in(client: TestClient) -> bool:
    """Whether the service knows who this is."""
    return client.get("/api/v1/me").status_code == 200


def says(answer: Response) -> str:
    """The words of a page, without marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def a_dong_here(session: Session) -> Area:
    """A dong, in which `tests.areas.inside(0)` lies."""
    return a_dong(session, a_district(session), "시험1동", "51000", shape=plot(0))
