"""People of the tests, and how they come in already signed in."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person, Scope, SignIn
from geo_service.accounts.queries import hashed
from geo_service.accounts.workflow.tokens import make_token
from geo_service.clock import now
from geo_service.offices.models import Role, Staff
from geo_service.web.cookies import PLAIN_NAME
from geo_service.web.csrf import HEADER, word_for

_numbers = count(1)

Enter = Callable[[Person], TestClient]
"""Somebody's browser, in which they are signed in."""


def a_person(session: Session, **said: Any) -> Person:
    """A neighbour with a confirmed address."""
    number = next(_numbers)
    usual = {
        "name": f"이웃{number}",
        "email": f"neighbour{number}@example.org",
        "email_confirmed_at": now(),
    }
    session.add(person := Person(**usual | said))
    session.commit()
    return person


def on_staff(session: Session, office_id: UUID, *roles: Role, **said: Any) -> Person:
    """Somebody who works there; an officer unless said otherwise."""
    person = a_person(session, **said)
    for role in roles or (Role.OFFICER,):
        session.add(Staff(person_id=person.id, office_id=office_id, role=role))
    session.commit()
    return person


def a_token(session: Session, person: Person) -> str:
    """The cookie of a browser in which they are signed in."""
    token = token_urlsafe(32)
    session.add(
        SignIn(token_hash=hashed(token), person_id=person.id, expires_at=now() + timedelta(days=1))
    )
    session.commit()
    return token


def a_program(session: Session, person: Person) -> str:
    """What a program of theirs shows to do all that they may."""
    _, token = make_token(
        session, person, "시험", list(Scope), good_for=timedelta(days=1), at=now()
    )
    return token


def come_in(app: FastAPI, session: Session, person: Person) -> TestClient:
    """Their browser: it carries the cookie and the word against forgery.

    For `with`, as `TestClient` is; redirects are not followed.
    """
    token = a_token(session, person)
    client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    client.cookies.set(PLAIN_NAME, token, domain="testserver.local")
    client.headers[HEADER] = word_for(token)
    return client
